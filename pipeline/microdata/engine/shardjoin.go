package engine

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
)

var errTruncated = errors.New("the data of a shard is cut off")

// FindDuplicates finds the duplicates in one bucket of the keys of all shards. It calls visit with
// each row whose key an earlier record has, in the order of the records: the row's partition, its
// shard, and an encoded reference to it. Keys are compared in full.
func FindDuplicates(l Layout, keys iter.Seq[[]byte], visit func(partition string, shard int, row []byte) error) error {
	p, err := compile(l)
	if err != nil {
		return err
	}
	type list struct {
		shard int
		keys  []byte
	}
	var lists []list
	for data := range keys {
		shard, n := binary.Uvarint(data)
		if n <= 0 {
			return errTruncated
		}
		lists = append(lists, list{int(shard), data[n:]})
	}
	slices.SortFunc(lists, func(a, b list) int { return cmp.Compare(a.shard, b.shard) })
	seen := newKeySet()
	for _, l := range lists {
		for b := l.keys; len(b) > 0; {
			k, rest, err := nextKey(b)
			if err != nil || k.part > len(p.parts) {
				return errTruncated
			}
			b = rest
			if seen.add(k.text) || k.part == 0 {
				continue
			}
			row := binary.AppendUvarint(nil, uint64(l.shard))
			row = binary.AppendUvarint(row, uint64(k.block))
			row = binary.AppendUvarint(row, uint64(k.row))
			row = append(row, clipped(k.text)...)
			if err := visit(p.parts[k.part-1].name(), l.shard, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// keySet is a set of keys that are already in memory. It stores references instead of copies, which
// takes half the time and half the memory of a map of strings.
type keySet struct {
	seed   maphash.Seed
	slots  []uint32 // position in keys + 1; 0 means free
	hashes []uint64
	keys   [][]byte
}

func newKeySet() *keySet { return &keySet{seed: maphash.MakeSeed(), slots: make([]uint32, 1<<10)} }

// add adds a key and reports whether it is new. The caller must not change the key afterwards.
func (s *keySet) add(key []byte) bool {
	h := maphash.Bytes(s.seed, key)
	mask := uint64(len(s.slots) - 1)
	i := h & mask
	for ; s.slots[i] != 0; i = (i + 1) & mask {
		if e := s.slots[i] - 1; s.hashes[e] == h && bytes.Equal(s.keys[e], key) {
			return false
		}
	}
	s.hashes, s.keys = append(s.hashes, h), append(s.keys, key)
	s.slots[i] = uint32(len(s.keys))
	if 2*len(s.keys) > len(s.slots) {
		s.grow()
	}
	return true
}

func (s *keySet) grow() {
	s.slots = make([]uint32, 2*len(s.slots))
	mask := uint64(len(s.slots) - 1)
	for e, h := range s.hashes {
		i := h & mask
		for s.slots[i] != 0 {
			i = (i + 1) & mask
		}
		s.slots[i] = uint32(e) + 1
	}
}

// shardKey is a key of a shard. part is the partition of the layout plus one, or 0 for a refused
// row.
type shardKey struct {
	block, row, part int
	text             []byte
}

// nextKey splits the first key off a list.
func nextKey(b []byte) (k shardKey, rest []byte, err error) {
	var length int
	for _, v := range []*int{&k.block, &k.row, &k.part, &length} {
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return k, nil, errTruncated
		}
		*v, b = int(x), b[n:]
	}
	if length > len(b) {
		return k, nil, errTruncated
	}
	k.text = b[:length]
	return k, b[length:], nil
}

// rowAt is a row of a block of a shard.
type rowAt struct{ shard, block, row int }

// dupAt is a row whose key an earlier row has, with the key as shown in rejects.
type dupAt struct {
	rowAt
	key []byte
}

// rowsAt parses and sorts the references made by FindDuplicates.
func rowsAt(rows iter.Seq[[]byte]) ([]dupAt, error) {
	var out []dupAt
	for b := range rows {
		var r dupAt
		for _, v := range []*int{&r.shard, &r.block, &r.row} {
			x, n := binary.Uvarint(b)
			if n <= 0 {
				return nil, errTruncated
			}
			*v, b = int(x), b[n:]
		}
		r.key = slices.Clone(b)
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b dupAt) int {
		return cmp.Or(cmp.Compare(a.shard, b.shard), cmp.Compare(a.block, b.block), cmp.Compare(a.row, b.row))
	})
	return out, nil
}

// JoinTallies merges the tallies of all shards, given in any order.
func JoinTallies(l Layout, tallies iter.Seq[[]byte]) ([]byte, error) {
	p, err := compile(l)
	if err != nil {
		return nil, err
	}
	joint := tally{Varied: make([]bool, len(p.columns))}
	texts, size := make([]map[string]struct{}, len(p.columns)), make([]int, len(p.columns))
	for data := range tallies {
		var t tally
		if err := decode(data, &t); err != nil {
			return nil, err
		}
		joint.Shards = append(joint.Shards, t.Shards...)
		for i := range p.columns {
			joint.Varied[i] = joint.Varied[i] || t.Varied[i]
			if joint.Varied[i] {
				continue
			}
			if texts[i] == nil {
				texts[i] = map[string]struct{}{}
			}
			for _, text := range t.Texts[i] {
				if _, ok := texts[i][text]; !ok {
					texts[i][text] = struct{}{}
					size[i] += len(text)
				}
			}
			joint.Varied[i] = len(texts[i]) > maxCodes || size[i] > maxCacheBytes
		}
	}
	for i := range p.columns {
		if err := p.columns[i].checkVaried(joint.Varied[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(joint.Shards, func(a, b shardTally) int { return cmp.Compare(a.Number, b.Number) })
	return encode(joint)
}

// checkVaried returns an error if a code column has too many codes.
func (c *column) checkVaried(varied bool) error {
	if varied && c.Kind == Code {
		return fmt.Errorf("column %q has more than %d different codes, or codes that are too long; declare it as text", c.From, maxCodes)
	}
	return nil
}

// Inputs returns the raw files with the number of records of each, from a joint tally.
func Inputs(joint []byte) ([]Input, error) {
	var t tally
	if err := decode(joint, &t); err != nil {
		return nil, err
	}
	return t.inputs(), nil
}

// inputs expects the shards in order.
func (t *tally) inputs() []Input {
	var out []Input
	for i, s := range t.Shards {
		if i == 0 || s.File != t.Shards[i-1].File {
			out = append(out, Input{File: s.Name})
		}
		out[len(out)-1].Records += s.Records
	}
	return out
}

// firsts returns, by shard, the 0-based number of its first record in the file.
func (t *tally) firsts() map[int]int64 {
	out := map[int]int64{}
	var n int64
	for i, s := range t.Shards {
		if i == 0 || s.File != t.Shards[i-1].File {
			n = 0
		}
		out[s.Number] = n
		n += s.Records
	}
	return out
}

// Rejects calls visit with the refused rows of one shard and its duplicates, in the order of the
// records. refused comes from ReadShard, duplicates from FindDuplicates for this shard, and joint
// is the tally of all shards.
func Rejects(l Layout, refused []byte, duplicates iter.Seq[[]byte], joint []byte, visit func(Reject) error) error {
	p, err := compile(l)
	if err != nil {
		return err
	}
	var t tally
	var r refusedRows
	if err := errors.Join(decode(joint, &t), decode(refused, &r)); err != nil {
		return err
	}
	rows, err := rowsAt(duplicates)
	if err != nil {
		return err
	}
	first := t.firsts()[r.Shard]
	for i, b := range r.Blocks {
		list := parseRefusals(b.Rows)
		for ; len(rows) > 0 && rows[0].block == i; rows = rows[1:] {
			list = append(list, refusal{uint32(rows[0].row), duplicated, rows[0].key, 0})
		}
		slices.SortFunc(list, byRow)
		if err := p.visitRejects(list, r.File, first+b.Record, b.Line, b.Breaks, visit); err != nil {
			return err
		}
	}
	return nil
}
