package engine

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

// carries are the years to date at the end of each month, kept from run to run
// so that one month can be written without reading those before it. A year is
// one file, read when it is asked for.
type carries struct {
	dir  string
	keys int
	// hashes are those of the files of an earlier run, by year; from is the first
	// month of a year that they no longer hold for.
	hashes map[int]string
	from   map[int]int
	// sums are by month and key.
	sums map[month][]int64
}

// openCarries returns the carries of an earlier run that are still true: those of the same keys,
// of months before the first change of their year.
func (c *comparer) openCarries(old *comparison) {
	c.carries = &carries{dir: c.dir, keys: len(c.keys), hashes: map[int]string{}, from: map[int]int{}, sums: map[month][]int64{}}
	if old.Spec != c.spec.hash() || !slices.EqualFunc(old.Keys, c.keys, slices.Equal) {
		return
	}
	c.carries.hashes = old.Carries
	if c.carries.hashes == nil {
		c.carries.hashes = map[int]string{}
	}
	for m := range c.changed(old) {
		if was, ok := c.carries.from[m.year]; !ok || m.month < was {
			c.carries.from[m.year] = m.month
		}
	}
}

func (c *carries) path(year int) string {
	return filepath.Join(c.dir, "_carry", fmt.Sprintf("%04d.bin", year))
}

// read reads the file of a year, once. A file that is not as its hash says is as good as none.
func (c *carries) read(year int) error {
	hash, ok := c.hashes[year]
	if !ok {
		return nil
	}
	delete(c.hashes, year)
	data, err := os.ReadFile(c.path(year))
	if errors.Is(err, fs.ErrNotExist) || err == nil && hashText(data) != hash {
		return nil
	}
	if err != nil {
		return err
	}
	for m := (month{year, 1}); len(data) >= 8*c.keys; m = m.next() {
		if from, ok := c.from[year]; ok && m.month >= from {
			break
		}
		sums := make([]int64, c.keys)
		for k := range sums {
			sums[k] = int64(binary.LittleEndian.Uint64(data[8*k:]))
		}
		c.sums[m] = sums
		data = data[8*c.keys:]
	}
	return nil
}

func hashText(data []byte) string { return fmt.Sprintf("%016x", xxhash.Sum64(data)) }

// write keeps the months of a year from January to the last that is known.
func (c *carries) write(year int, durable bool) (hash string, err error) {
	data := make([]byte, 0, 12*8*c.keys)
	for m := (month{year, 1}); m.year == year && c.sums[m] != nil; m = m.next() {
		for _, v := range c.sums[m] {
			data = binary.LittleEndian.AppendUint64(data, uint64(v))
		}
	}
	f, err := atomicfile.Create(c.path(year))
	if err != nil {
		return "", err
	}
	if _, err := f.Write(data); err != nil {
		f.Abort()
		return "", err
	}
	return hashText(data), f.Commit(durable)
}

// needCarry adds the months that carry will have to sum up.
func (c *comparer) needCarry(m month, year int, need map[month]bool) {
	for ; m.year == year && c.carries.sums[m] == nil; m = m.before() {
		need[m] = true
	}
}

// carry returns the year to date at the end of a month; before January it is nil.
func (c *comparer) carry(m month, year int) []int64 {
	if m.year != year {
		return nil
	}
	if sums := c.carries.sums[m]; sums != nil {
		return sums
	}
	sums := make([]int64, len(c.keys))
	copy(sums, c.carry(m.before(), year))
	for day := range m.days() {
		add(sums, c.sums[m][day*len(c.keys):])
	}
	c.carries.sums[m] = sums
	return sums
}
