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

// carryovers are the years to date at the end of each month. They are kept from run to run, so that
// one month can be written without reading the months before it. Each year is one file, read on
// demand.
type carryovers struct {
	dir  string
	keys int
	// hashes are the hashes of the files of an earlier run, by year. from is the first month of a
	// year for which they no longer hold.
	hashes map[int]string
	from   map[int]int
	// sums are by month and key.
	sums map[month][]int64
}

// openCarryovers opens the carryovers of an earlier run that still hold: those with the same keys,
// before the first changed month of their year.
func (c *comparer) openCarryovers(old *comparison) {
	c.carryovers = &carryovers{dir: c.dir, keys: len(c.keys), hashes: map[int]string{}, from: map[int]int{}, sums: map[month][]int64{}}
	if old.Spec != c.spec.hash() || !slices.EqualFunc(old.Keys, c.keys, slices.Equal) {
		return
	}
	c.carryovers.hashes = old.Carries
	if c.carryovers.hashes == nil {
		c.carryovers.hashes = map[int]string{}
	}
	for m := range c.changed(old) {
		if was, ok := c.carryovers.from[m.year]; !ok || m.month < was {
			c.carryovers.from[m.year] = m.month
		}
	}
}

func (c *carryovers) path(year int) string {
	return filepath.Join(c.dir, "_carry", fmt.Sprintf("%04d.bin", year))
}

// read reads the file of a year, once. It ignores a file that is missing or does not match its
// hash.
func (c *carryovers) read(year int) error {
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

// write writes the months of a year from January to the last one known.
func (c *carryovers) write(year int, durable bool) (hash string, err error) {
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

// needCarryover adds the months that carryover will have to sum.
func (c *comparer) needCarryover(m month, year int, need map[month]bool) {
	for ; m.year == year && c.carryovers.sums[m] == nil; m = m.before() {
		need[m] = true
	}
}

// carryover returns the year to date at the end of a month; nil before January.
func (c *comparer) carryover(m month, year int) []int64 {
	if m.year != year {
		return nil
	}
	if sums := c.carryovers.sums[m]; sums != nil {
		return sums
	}
	sums := make([]int64, len(c.keys))
	copy(sums, c.carryover(m.before(), year))
	for day := range m.days() {
		add(sums, c.sums[m][day*len(c.keys):])
	}
	c.carryovers.sums[m] = sums
	return sums
}
