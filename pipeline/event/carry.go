package event

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/cespare/xxhash/v2"

	"crossings/pipeline/atomicfile"
)

// carryName is the file that keeps the year to date at the end of each month,
// so that one month can be written without reading those before it.
const carryName = "_carry.bin"

// readCarries reads the carries that are still true: those of the same keys, of months
// before the first change of their year. A file that is not as the manifest says is as
// good as none.
func (c *comparer) readCarries(old *comparison) error {
	c.carries = map[month][]int64{}
	if old.Spec != c.spec.hash() || !slices.EqualFunc(old.Keys, c.keys, slices.Equal) {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(c.dir, carryName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	size := 8 * len(c.keys)
	if fmt.Sprintf("%016x", xxhash.Sum64(data)) != old.CarryHash || len(data) != size*len(old.Carried) {
		return nil
	}
	changed := c.changed(old)
	for i, name := range old.Carried {
		m, err := parseMonth(name)
		if err != nil {
			return err
		}
		stale := false
		for ch := range changed {
			stale = stale || ch.year == m.year && ch.month <= m.month
		}
		if stale {
			continue
		}
		sums := make([]int64, len(c.keys))
		for k := range sums {
			sums[k] = int64(binary.LittleEndian.Uint64(data[i*size+8*k:]))
		}
		c.carries[m] = sums
	}
	return nil
}

// writeCarries keeps the carries, and returns their months and the hash of the file.
func (c *comparer) writeCarries() (carried []string, hash string, err error) {
	var data []byte
	for m := monthOf(c.first); !monthOf(c.last).less(m); m = m.next() {
		sums := c.carries[m]
		if sums == nil {
			continue
		}
		carried = append(carried, m.name())
		for _, v := range sums {
			data = binary.LittleEndian.AppendUint64(data, uint64(v))
		}
	}
	f, err := atomicfile.Create(filepath.Join(c.dir, carryName))
	if err != nil {
		return nil, "", err
	}
	if _, err := f.Write(data); err != nil {
		f.Abort()
		return nil, "", err
	}
	return carried, fmt.Sprintf("%016x", xxhash.Sum64(data)), f.Commit(c.durable)
}
