package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/microdata/parquetfile"
)

// findKeys finds the keys that occur and the last day. It takes unchanged months of the cube from
// the manifest.
func (c *comparer) findKeys(old *comparison) error {
	known := map[string]comparisonPart{}
	if old.Spec == c.spec.hash() {
		for _, p := range old.Partitions {
			known[p.Name] = p
		}
	}
	found := make([]map[string]bool, len(c.manifest.Partitions)) // nil if known
	c.parts = make([]comparisonPart, len(c.manifest.Partitions))
	err := parallel(c.workers, len(c.parts), func(worker, i int) error {
		p := c.manifest.Partitions[i]
		c.parts[i] = comparisonPart{Name: p.Name, From: hashFiles(p)}
		if k, ok := known[p.Name]; ok && k.From == c.parts[i].From {
			c.parts[i] = k
			return nil
		}
		found[i] = map[string]bool{}
		return c.occurring(worker, p, found[i], &c.parts[i])
	})
	if err != nil {
		return err
	}
	for _, p := range c.parts {
		c.last = max(c.last, parseDay(p.Last))
	}
	c.join(old, found)
	return nil
}

// join merges the keys of all months. A known month has a bit for each of the old keys.
func (c *comparer) join(old *comparison, found []map[string]bool) {
	all := map[string]bool{}
	occurs := make([]byte, (len(old.Keys)+7)/8)
	for i, p := range c.parts {
		for key := range found[i] {
			all[key] = true
		}
		for k, bits := range p.Has {
			if k < len(occurs) {
				occurs[k] |= bits
			}
		}
	}
	for i, key := range old.Keys {
		if occurs[i/8]>>(i%8)&1 == 1 {
			all[joinKey(key)] = true
		}
	}
	c.setKeys(all)
	same := slices.EqualFunc(old.Keys, c.keys, slices.Equal)
	for i := range c.parts {
		if found[i] == nil && same {
			continue
		}
		if found[i] == nil {
			found[i] = old.keysOf(c.parts[i])
		}
		c.parts[i].Has = make([]byte, (len(c.keys)+7)/8)
		for key := range found[i] {
			at := c.lookup[key]
			c.parts[i].Has[at/8] |= 1 << (at % 8)
		}
	}
}

func hashFiles(p Partition) string {
	var hashes []string
	for _, f := range p.Files {
		hashes = append(hashes, f.SHA256)
	}
	return strings.Join(hashes, " ")
}

// keysOf returns the keys that occur in a partition.
func (c *comparison) keysOf(p comparisonPart) map[string]bool {
	keys := map[string]bool{}
	for i, key := range c.Keys {
		if i/8 < len(p.Has) && p.Has[i/8]>>(i%8)&1 == 1 {
			keys[joinKey(key)] = true
		}
	}
	return keys
}

// joinKey joins the codes of a key into one text. No code holds a control character.
func joinKey(codes []string) string { return strings.Join(codes, "\x00") }

func parseDay(text string) int64 {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0
	}
	return t.Unix() / 86400
}

// occurring finds the keys and the last day of a partition.
func (c *comparer) occurring(worker int, p Partition, keys map[string]bool, part *comparisonPart) error {
	last := int64(0)
	for _, f := range p.Files {
		v, err := c.read(worker, f, len(c.spec.Keys)+1)
		if err != nil {
			return err
		}
		last = max(last, slices.Max(v[0].Ints))
		columns := v[1 : len(c.spec.Keys)+1]
		size, err := combinations(columns)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		seen := make([]bool, size)
		r := &c.writers[worker]
		r.index = combine(r.index, columns)
		for _, at := range r.index {
			seen[at] = true
		}
		codes := make([]string, len(columns))
		for at, yes := range seen {
			if yes {
				textsOf(at, columns, codes)
				keys[joinKey(codes)] = true
			}
		}
	}
	part.Last = time.Unix(last*86400, 0).UTC().Format(time.DateOnly)
	return nil
}

// combine returns, for each row, the number of its combination of texts.
func combine(at []uint32, columns []parquetfile.Values) []uint32 {
	at = sized(at, len(columns[0].Codes))
	clear(at)
	for i := range columns {
		size := uint32(len(columns[i].Texts))
		for row, code := range columns[i].Codes {
			at[row] = at[row]*size + uint32(code)
		}
	}
	return at
}

// combinations returns the number of possible combinations of texts.
func combinations(columns []parquetfile.Values) (int, error) {
	size := 1
	for i := range columns {
		if size *= max(1, len(columns[i].Texts)); size > maxCells {
			return 0, fmt.Errorf("more than %d combinations of keys", maxCells)
		}
	}
	return size, nil
}

// textsOf splits the number of a combination into its texts.
func textsOf(at int, columns []parquetfile.Values, texts []string) {
	for i := len(columns) - 1; i >= 0; i-- {
		size := len(columns[i].Texts)
		texts[i] = columns[i].Texts[at%size]
		at /= size
	}
}
