package engine

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// Values of a column that are not numbers.
const (
	null     = ^uint32(0)
	overflow = ^uint32(1) // a text that did not fit into the cache
	bad      = ^uint32(2) // breaks a rule of the column
	special  = bad
)

const (
	// maxCachedText is the length of the longest text that a cache keeps, in bytes.
	maxCachedText = 256
	// maxCacheBytes is the number of bytes of text that a cache keeps.
	maxCacheBytes = 8 << 20
)

// ruleCache remembers the result of a column's rule for each text, so that the rule runs once for
// each different text and not once per row. Each worker has one for each column.
//
// A text of up to 16 bytes is identified by its first eight bytes, its last eight and its length. A
// longer one is compared in full.
type ruleCache struct {
	slots  []slot
	texts  []string
	values []uint32
	bytes  int
	seed   [2]uint64
}

type slot struct {
	first, last uint64
	length      uint32
	entry       uint32 // + 1; 0 means free
	value       uint32
	_           uint32
}

// newRuleCache returns an empty cache. Its hash has a random seed, so that nobody can prepare texts
// that all fall on one slot. The output does not depend on the seed.
func newRuleCache() *ruleCache {
	s := maphash.MakeSeed()
	return &ruleCache{slots: make([]slot, 1<<8), seed: [2]uint64{maphash.String(s, "first"), maphash.String(s, "last")}}
}

// lowBytes masks the first n of eight bytes.
var lowBytes = [9]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1}

// ends returns the identifying bytes of a text of n bytes: its first eight and its last eight,
// padded with zeros if it is shorter. from begins with the text. before ends with it and has at
// least eight bytes. There is no branch on the length, because it could not be predicted.
func ends(from, before []byte, n uint32) (first, last uint64) {
	k := min(n, 8)
	first = binary.LittleEndian.Uint64(from) & lowBytes[k]
	last = binary.LittleEndian.Uint64(before[len(before)-8:]) >> (8 * (8 - k))
	return first, last
}

// find returns the value of data[start:end] and whether the cache has it. Eight bytes after the
// end, and the eight before it, must be readable.
func (m *ruleCache) find(data []byte, start, end uint32) (value uint32, ok bool) {
	n := end - start
	first, last := ends(data[start:], data[:end], n)
	h := m.hash(first, last, n)
	if n > 16 {
		h = m.long(h, data[start:end])
	}
	for i := h; ; i++ {
		s := &m.slots[i&uint64(len(m.slots)-1)]
		if s.first == first && s.last == last && s.length == n && s.entry != 0 && (n <= 16 || m.texts[s.entry-1] == string(data[start:end])) {
			return s.value, true
		}
		if s.entry == 0 {
			return 0, false
		}
	}
}

func (m *ruleCache) hash(first, last uint64, n uint32) uint64 {
	hi, lo := bits.Mul64(first^m.seed[0], last^m.seed[1]^uint64(n))
	return hi ^ lo
}

// long adds the middle of a text to its hash.
func (m *ruleCache) long(h uint64, text []byte) uint64 {
	for i := 8; i+8 < len(text); i += 8 {
		hi, lo := bits.Mul64(h^binary.LittleEndian.Uint64(text[i:]), m.seed[0]|1)
		h = hi ^ lo
	}
	return h
}

// room reports whether a text of n bytes can be kept.
func (m *ruleCache) room(n int) bool {
	return n <= maxCachedText && len(m.texts) < maxCodes && m.bytes+n <= maxCacheBytes
}

// keep remembers the value of a text that is not in the cache yet.
func (m *ruleCache) keep(text []byte, value uint32) {
	if 2*len(m.texts) >= len(m.slots) {
		m.grow()
	}
	m.texts, m.values = append(m.texts, string(text)), append(m.values, value)
	m.bytes += len(text)
	m.place(len(m.texts) - 1)
}

func (m *ruleCache) grow() {
	m.slots = make([]slot, 4*len(m.slots))
	for e := range m.texts {
		m.place(e)
	}
}

// place puts an entry into the first free slot, starting from its own.
func (m *ruleCache) place(entry int) {
	var padded [8 + maxCachedText + 8]byte
	n := uint32(copy(padded[8:], m.texts[entry]))
	s := slot{length: n, entry: uint32(entry) + 1, value: m.values[entry]}
	s.first, s.last = ends(padded[8:], padded[:8+n], n)
	h := m.hash(s.first, s.last, n)
	if n > 16 {
		h = m.long(h, padded[8:8+n])
	}
	for ; m.slots[h&uint64(len(m.slots)-1)].entry != 0; h++ {
	}
	m.slots[h&uint64(len(m.slots)-1)] = s
}
