package engine

import (
	"fmt"

	"crossings/pipeline/microdata/parquetfile"
)

// maxMargins is the largest number of days of all codes together in the margins of a cube.
const maxMargins = 1 << 25

// Margins are the sums of a cube by day: of all records, and by each dimension separately.
type Margins struct {
	// First is the first day with a record, in days since 1970-01-01.
	First int64
	// Total has a value for each day from First to the last day with a record.
	Total Daily
	// By is indexed by dimension, in the order of the spec, then by code. Each Daily is as long as
	// Total.
	By []map[string]*Daily
}

// Daily holds the sums and the numbers of records by day.
type Daily struct{ Sums, Counts []int64 }

// ReadMargins reads the margins of a cube that Cube wrote to dir. Total is empty if the cube is
// empty.
func ReadMargins(dir string, spec CubeSpec) (*Margins, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	x := &Margins{By: make([]map[string]*Daily, len(spec.Dims))}
	for i := range x.By {
		x.By[i] = map[string]*Daily{}
	}
	if len(m.Partitions) == 0 {
		return x, nil
	}
	first, err := parseMonth(m.Partitions[0].Name)
	if err != nil {
		return nil, err
	}
	last, err := parseMonth(m.Partitions[len(m.Partitions)-1].Name)
	if err != nil {
		return nil, err
	}
	r := &marginReader{Margins: x, spec: spec, days: int(last.next().start() - first.start()), columns: make([]parquetfile.Values, len(spec.names())+1)}
	x.First = first.start()
	x.Total = r.daily()
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			if err := r.add(local(dir, f.Path)); err != nil {
				return nil, err
			}
		}
	}
	x.trim()
	return x, nil
}

// marginReader adds up one file of a cube after another.
type marginReader struct {
	*Margins
	spec    CubeSpec
	days    int
	codes   int
	columns []parquetfile.Values // date, dimensions, sum if there is one, count
	at      []int                // the day of each row
}

func (r *marginReader) daily() Daily {
	return Daily{make([]int64, r.days), make([]int64, r.days)}
}

// add adds the rows of one file.
func (r *marginReader) add(path string) error {
	f, err := parquetfile.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for i, name := range append(r.spec.names(), countColumn) {
		if err := f.Read(name, &r.columns[i]); err != nil {
			return err
		}
	}
	dates := &r.columns[0]
	r.at = sized(r.at, len(dates.Codes))
	for row, code := range dates.Codes {
		day := -1
		if code != parquetfile.Null {
			day = int(dates.Ints[code] - r.First)
		}
		if day < 0 || day >= r.days {
			return fmt.Errorf("%s: row %d has a day outside the partitions of the cube", path, row+1)
		}
		r.at[row] = day
	}
	if err := r.sum(path, func(int) *Daily { return &r.Total }); err != nil {
		return err
	}
	for i := range r.spec.Dims {
		if err := r.dimension(i, path); err != nil {
			return err
		}
	}
	return nil
}

// dimension adds the rows of the current file to the codes of one dimension.
func (r *marginReader) dimension(i int, path string) error {
	v := &r.columns[i+1]
	table := make([]*Daily, len(v.Texts))
	for k, code := range v.Texts {
		if r.By[i][code] == nil {
			if r.codes++; r.codes > maxMargins/r.days {
				return fmt.Errorf("%s: the dimensions have more than %d codes over %d days", path, r.codes-1, r.days)
			}
			d := r.daily()
			r.By[i][code] = &d
		}
		table[k] = r.By[i][code]
	}
	for row, code := range v.Codes {
		if code == parquetfile.Null {
			return fmt.Errorf("%s: %s is missing in row %d", path, r.spec.Dims[i], row+1)
		}
	}
	return r.sum(path, func(row int) *Daily { return table[v.Codes[row]] })
}

// sum adds each row of the current file to the Daily that of returns for it.
func (r *marginReader) sum(path string, of func(row int) *Daily) error {
	counts := &r.columns[len(r.columns)-1]
	sums := counts
	if r.spec.Sum != "" {
		sums = &r.columns[len(r.columns)-2]
	}
	for row, day := range r.at {
		d := of(row)
		sum, good := added(d.Sums[day], sums.Ints[sums.Codes[row]])
		count, fine := added(d.Counts[day], counts.Ints[counts.Codes[row]])
		if !good || !fine {
			return fmt.Errorf("%s: the sums of a day do not fit into 64 bits", path)
		}
		d.Sums[day], d.Counts[day] = sum, count
	}
	return nil
}

// added returns the sum of two numbers, and false if it does not fit into an int64.
func added(a, b int64) (int64, bool) {
	n := a + b
	return n, (a^n)&(b^n) >= 0
}

// trim cuts off the days before the first record and after the last.
func (x *Margins) trim() {
	from, to := 0, len(x.Total.Counts)
	for from < to && x.Total.Counts[from] == 0 {
		from++
	}
	for from < to && x.Total.Counts[to-1] == 0 {
		to--
	}
	cut := func(d *Daily) { d.Sums, d.Counts = d.Sums[from:to], d.Counts[from:to] }
	x.First += int64(from)
	cut(&x.Total)
	for _, codes := range x.By {
		for _, d := range codes {
			cut(d)
		}
	}
}
