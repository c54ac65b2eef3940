package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/microdata/parquetfile"
)

// CubeSpec says how records are summed.
type CubeSpec struct {
	// Date is the date column. Dims are the code columns to sum by.
	Date string   `json:"date"`
	Dims []string `json:"dims"`
	// Sum is the count column to sum. If it is empty, records are only counted. A missing value in
	// the column is an error.
	Sum string `json:"sum,omitzero"`
}

// countColumn is the column of a cube with the number of records.
const countColumn = "n"

// maxRecords is the largest number of records that a partition of a cube may have: with the
// greatest number that a count column may hold, their sum still fits into an int64.
const maxRecords = 1 << 32

// maxCells is the largest number of cells of a partition that are kept in a plain array; more are
// kept in a map.
const maxCells = 1 << 22

// Cube sums the partitions of the folder from, which Normalise wrote, into the folder to. It writes
// one row for each date and combination of dimensions that occurs, with the sum and the number of
// records n, sorted. It leaves a partition as it is if its records did not change, and returns the
// names of the others.
func Cube(ctx context.Context, from, to string, spec CubeSpec, o Options) ([]string, error) {
	if err := spec.validate(); err != nil {
		return nil, err
	}
	records, err := ReadManifest(from)
	if err != nil {
		return nil, err
	}
	old, err := oldManifest(to)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Partitions: make([]Partition, len(records.Partitions))}
	stale := m.stale(records, old, spec)
	cubers := make([]*cuber, o.workers())
	err = parallel(o.workers(), len(stale), func(worker, i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if cubers[worker] == nil {
			if cubers[worker], err = newCuber(spec); err != nil {
				return err
			}
		}
		p := &m.Partitions[stale[i]]
		p.Files, err = cubers[worker].partition(records.Partitions[stale[i]], from, to, o.Durable)
		return err
	})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, i := range stale {
		names = append(names, m.Partitions[i].Name)
	}
	if len(stale) == 0 && len(m.Partitions) == len(old.Partitions) {
		return nil, nil
	}
	if err := m.write(to, o.Durable); err != nil {
		return nil, err
	}
	return names, m.removeStale(to, old)
}

// stale fills a manifest with the unchanged partitions and returns the positions of the others.
func (m *Manifest) stale(records, old *Manifest, spec CubeSpec) (stale []int) {
	for i, p := range records.Partitions {
		m.Partitions[i] = Partition{Name: p.Name, From: spec.hash(p)}
		if at, found := old.find(p.Name); found && old.Partitions[at].From == m.Partitions[i].From {
			m.Partitions[i] = old.Partitions[at]
			continue
		}
		stale = append(stale, i)
	}
	return stale
}

// hash returns the hash of everything that a partition's sums depend on.
func (s CubeSpec) hash(p Partition) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q\n", s.Date, s.Dims, s.Sum)
	for _, f := range p.Files {
		fmt.Fprintln(h, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// cuber sums one partition after another.
type cuber struct {
	spec    CubeSpec
	out     *parquetfile.Writer
	columns []parquetfile.Values // date, dimensions, sum
	index   []uint64             // of the cell of each row
	cells
	chunks []parquetfile.Chunk
}

// names returns the columns to read: the date, the dimensions and the summed column, if any.
func (s CubeSpec) names() []string {
	names := append([]string{s.Date}, s.Dims...)
	if s.Sum != "" {
		names = append(names, s.Sum)
	}
	return names
}

// cells are sums and numbers of records by index: in plain arrays, or in a map from index to
// position.
type cells struct {
	sums, counts []int64
	places       map[uint64]int
	records      int64 // added so far
}

func newCuber(spec CubeSpec) (*cuber, error) {
	out, err := parquetfile.NewWriter()
	n := len(spec.names())
	return &cuber{spec: spec, out: out, columns: make([]parquetfile.Values, n), chunks: make([]parquetfile.Chunk, n+1)}, err
}

// axis is one dimension of the cells: its values in order.
type axis struct {
	texts []string
	size  int
	base  int64 // of the date
}

// partition sums the files of one partition.
func (c *cuber) partition(p Partition, from, to string, durable bool) ([]File, error) {
	axes, err := c.axes(p, from)
	if err != nil {
		return nil, err
	}
	size := uint64(1)
	for _, a := range axes {
		if size > 1<<62/uint64(a.size) {
			return nil, fmt.Errorf("partition %s: the dimensions have too many values", p.Name)
		}
		size *= uint64(a.size)
	}
	c.reset(size)
	for _, f := range p.Files {
		if err := c.add(local(from, f.Path), axes); err != nil {
			return nil, err
		}
	}
	m, err := parseMonth(p.Name)
	if err != nil {
		return nil, err
	}
	f, err := c.write(to, m.partPath(0), axes, size, durable)
	return []File{f}, err
}

// axes finds the values of each dimension in all files of a partition. The days are those of its
// month.
func (c *cuber) axes(p Partition, from string) ([]axis, error) {
	m, err := parseMonth(p.Name)
	if err != nil {
		return nil, err
	}
	axes := []axis{{base: m.start(), size: m.days()}}
	for range c.spec.Dims {
		axes = append(axes, axis{})
	}
	for _, f := range p.Files {
		r, err := parquetfile.Open(local(from, f.Path))
		if err != nil {
			return nil, err
		}
		for i, name := range c.spec.Dims {
			texts, err := r.Dictionary(name)
			if err != nil {
				r.Close()
				return nil, err
			}
			axes[i+1].texts = append(axes[i+1].texts, texts...)
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	for i := range axes[1:] {
		a := &axes[i+1]
		slices.Sort(a.texts)
		a.texts = slices.Compact(a.texts)
		a.size = max(1, len(a.texts))
	}
	return axes, nil
}

// reset empties the cells.
func (c *cells) reset(size uint64) {
	c.places, c.records = nil, 0
	if size > maxCells {
		c.places = map[uint64]int{}
		c.sums, c.counts = c.sums[:0], c.counts[:0]
		return
	}
	c.sums, c.counts = sized(c.sums, int(size)), sized(c.counts, int(size))
	clear(c.sums)
	clear(c.counts)
}

// add sums one file.
func (c *cuber) add(path string, axes []axis) error {
	r, err := parquetfile.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for i, name := range c.spec.names() {
		if err := r.Read(name, &c.columns[i]); err != nil {
			return err
		}
	}
	if err := c.indexes(path, axes); err != nil {
		return err
	}
	if c.records += int64(len(c.index)); c.records > maxRecords {
		return fmt.Errorf("%s: its month has more than %d records; their sums could overflow", path, int64(maxRecords))
	}
	values, err := c.values(path, len(axes))
	if err != nil {
		return err
	}
	if c.places == nil {
		counts := c.counts
		for _, at := range c.index {
			counts[at]++
		}
		if values != nil {
			sums := c.sums
			for row, at := range c.index {
				sums[at] += values.Ints[values.Codes[row]]
			}
		}
		return nil
	}
	for row, at := range c.index {
		place, ok := c.places[at]
		if !ok {
			place = len(c.sums)
			c.places[at] = place
			c.sums, c.counts = append(c.sums, 0), append(c.counts, 0)
		}
		if values != nil {
			c.sums[place] += values.Ints[values.Codes[row]]
		}
		c.counts[place]++
	}
	return nil
}

// values returns the summed column, or nil.
func (c *cuber) values(path string, at int) (*parquetfile.Values, error) {
	if c.spec.Sum == "" {
		return nil, nil
	}
	sum := &c.columns[at]
	if slices.Contains(sum.Codes, parquetfile.Null) {
		return nil, fmt.Errorf("%s: column %s has missing values; it cannot be summed", path, c.spec.Sum)
	}
	return sum, nil
}

// indexes computes the cell of each row, one dimension after another.
func (c *cuber) indexes(path string, axes []axis) error {
	rows := len(c.columns[0].Codes)
	c.index = sized(c.index, rows)
	clear(c.index)
	var table []uint64
	for i, a := range axes {
		v := &c.columns[i]
		table = sized(table, len(v.Texts)+len(v.Ints)+1)
		for k := range table[1:] {
			at := -1
			if i == 0 {
				at = int(v.Ints[k] - a.base)
			} else if p, ok := slices.BinarySearch(a.texts, v.Texts[k]); ok {
				at = p
			}
			if at < 0 || at >= a.size {
				return fmt.Errorf("%s: column %d of the cube has a value outside its partition", path, i)
			}
			table[k+1] = uint64(at)
		}
		table[0] = ^uint64(0)
		size := uint64(a.size)
		for row, code := range v.Codes {
			if code == parquetfile.Null {
				return fmt.Errorf("%s: a dimension is missing in row %d", path, row+1)
			}
			c.index[row] = c.index[row]*size + table[code+1]
		}
	}
	return nil
}

// validate returns an error if the spec is wrong.
func (s CubeSpec) validate() error {
	if s.Date == "" {
		return errors.New("a cube needs a date")
	}
	if names := s.names(); slices.Contains(names, countColumn) {
		return fmt.Errorf("a cube cannot sum a column %q: the name is taken by its number of records", countColumn)
	}
	if slices.Contains(s.Dims, s.Date) || s.Sum != "" && slices.Contains(s.Dims, s.Sum) {
		return fmt.Errorf("a cube cannot have its date or its sum among the dimensions %s", strings.Join(s.Dims, ", "))
	}
	return nil
}
