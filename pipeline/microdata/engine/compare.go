package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/microdata/parquetfile"
)

// CompareSpec says what to compare with the year before.
type CompareSpec struct {
	// Date is the date column of a cube. Keys are the dimensions that make a row. Value is the sum
	// that is compared. Other dimensions are summed over.
	Date  string
	Keys  []string
	Value string
	// First is the first day that the records cover.
	First time.Time
}

// comparison is the manifest of a folder of comparisons: what it was made from.
type comparison struct {
	Spec string `json:"spec"` // hash of the CompareSpec
	Last string `json:"last"` // last day
	// Keys are the combinations of codes, sorted.
	Keys       [][]string       `json:"keys"`
	Partitions []comparisonPart `json:"partitions"`
	// Carries are the hashes of the files that hold the years to date, by year.
	Carries map[int]string `json:"carries"`
}

// comparisonPart is one month of the cube.
type comparisonPart struct {
	Name string `json:"name"`
	From string `json:"from"` // hash of the cube's file
	Last string `json:"last"` // last day with records
	Has  []byte `json:"has"`  // a bit for each key that occurs
}

// comparer compares. All workers share it.
type comparer struct {
	spec       CompareSpec
	dir        string
	cube       string
	durable    bool
	manifest   *Manifest
	keys       [][]string
	lookup     map[string]int
	prefixes   [][]byte // ",route,nationality," by key
	header     []byte
	longest    int   // bound on the bytes of a row
	first      int64 // days since 1970-01-01
	last       int64
	parts      []comparisonPart
	sums       map[month][]int64 // by day of the month and key; holds months of two years at a time
	carryovers *carryovers
	kept       map[int]string // hashes of the carryovers of each year
	months     []month        // to write
	workers    int
	files      []string
	readers    [][]parquetfile.Values
	writers    []csvWriter
}

// Compare writes year=YYYY/YYYY-MM.csv, sorted. It has a row for each day from spec.First to the
// last day of the cube and for each combination of keys that ever occurs. A row has the sum of the
// day, of the year to date, and of the year before to the same calendar day (29 February is
// compared with 28 February), the difference, the difference in hundredths of a per cent, and the
// mean of seven days in thousandths. All are whole numbers, truncated towards zero. The comparisons
// are empty if the year before was not covered from 1 January; the percentage is also empty if that
// year's sum is not above zero. Days before First count as zero in the mean.
//
// Compare rewrites only the months touched by a change of the cube, and returns their paths.
func Compare(ctx context.Context, cube, to string, spec CompareSpec, o Options) ([]string, error) {
	c := &comparer{spec: spec, cube: cube, dir: to, durable: o.Durable, workers: o.workers(), sums: map[month][]int64{}}
	c.first = spec.First.Unix() / 86400
	c.readers, c.writers = make([][]parquetfile.Values, c.workers), make([]csvWriter, c.workers)
	var err error
	if c.manifest, err = ReadManifest(cube); err != nil {
		return nil, err
	}
	old, err := readComparison(to)
	if err != nil {
		return nil, err
	}
	if err := c.findKeys(old); err != nil {
		return nil, err
	}
	if len(c.keys) == 0 {
		return nil, errors.New("the cube has no records to compare")
	}
	c.plan(old)
	c.openCarryovers(old)
	c.kept = maps.Clone(c.carryovers.hashes)
	for i := 0; i < len(c.months); {
		j := i
		for j < len(c.months) && c.months[j].year == c.months[i].year {
			j++
		}
		if err := c.year(ctx, c.months[i:j]); err != nil {
			return nil, err
		}
		i = j
	}
	if len(c.months) == 0 {
		return nil, nil
	}
	return c.files, c.commit(old)
}

func readComparison(dir string) (*comparison, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return &comparison{}, nil
	}
	if err != nil {
		return nil, err
	}
	c := &comparison{}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ManifestName), err)
	}
	return c, nil
}

func (s CompareSpec) hash() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %s", s.Date, s.Keys, s.Value, s.First.Format(time.DateOnly)))
	return hex.EncodeToString(sum[:])
}

// read reads the first n columns of a file of the cube: date, keys, value.
func (c *comparer) read(worker int, f File, n int) ([]parquetfile.Values, error) {
	r, err := parquetfile.Open(local(c.cube, f.Path))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	names := append(append([]string{c.spec.Date}, c.spec.Keys...), c.spec.Value)
	if c.readers[worker] == nil {
		c.readers[worker] = make([]parquetfile.Values, len(names))
	}
	v := c.readers[worker]
	for i, name := range names[:n] {
		if err := r.Read(name, &v[i]); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// setKeys sorts the keys and formats each as it appears in a row.
func (c *comparer) setKeys(all map[string]bool) {
	for key := range all {
		c.keys = append(c.keys, strings.Split(key, "\x00"))
	}
	slices.SortFunc(c.keys, slices.Compare)
	c.lookup = map[string]int{}
	for i, key := range c.keys {
		c.lookup[joinKey(key)] = i
		b := append(make([]byte, 0, prefixRoom), ',')
		for _, code := range key {
			b = append(appendField(b, code), ',')
		}
		c.prefixes = append(c.prefixes, b)
	}
	c.header = appendField(nil, c.spec.Date)
	for _, k := range c.spec.Keys {
		c.header = appendField(append(c.header, ','), k)
	}
	c.header = appendField(append(c.header, ','), c.spec.Value)
	c.header = append(c.header, ",ytd,ytd_last,yoy_abs,yoy_bp,mean7_milli\n"...)
	for _, b := range c.prefixes {
		c.longest = max(c.longest, 10+len(b)+prefixRoom+6*21+len(fixedText{}.bytes))
	}
	c.longest += len(c.header)
}

// appendField appends a text as a CSV field.
func appendField(b []byte, text string) []byte {
	if !strings.ContainsAny(text, ",\"\r\n") {
		return append(b, text...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(text, `"`, `""`)...), '"')
}

// plan lists the months to write: those from each change to the end of its year, the same months of
// the year after, and the month after the change, because its first means reach back into it.
func (c *comparer) plan(old *comparison) {
	last := monthOf(c.last)
	var all []month
	for m := monthOf(c.first); !last.less(m); m = m.next() {
		all = append(all, m)
	}
	if old.Spec != c.spec.hash() || !slices.EqualFunc(old.Keys, c.keys, slices.Equal) {
		c.months = all
		return
	}
	changed := c.changed(old)
	for _, m := range all {
		for ch := range changed {
			if (m.year == ch.year || m.year == ch.year+1) && m.month >= ch.month || m == ch.next() {
				c.months = append(c.months, m)
				break
			}
		}
	}
}

// changed returns the months of the cube that differ from the last run.
func (c *comparer) changed(old *comparison) map[month]bool {
	changed := map[month]bool{}
	was := map[string]string{}
	for _, p := range old.Partitions {
		was[p.Name] = p.From
	}
	for _, p := range c.parts {
		if was[p.Name] != p.From {
			changed[monthOf(parseDay(p.Name+"-01"))] = true
		}
		delete(was, p.Name)
	}
	for name := range was { // removed
		changed[monthOf(parseDay(name+"-01"))] = true
	}
	if day := parseDay(old.Last); day != c.last { // the last row moves
		changed[monthOf(min(day, c.last))] = true
	}
	return changed
}

// year writes months of one year. It reads months of that year and the year before.
func (c *comparer) year(ctx context.Context, months []month) error {
	for year := months[0].year - 1; year <= months[0].year; year++ {
		if err := c.carryovers.read(year); err != nil {
			return err
		}
	}
	need := map[month]bool{}
	for _, m := range months {
		prior := month{m.year - 1, m.month}
		need[m], need[prior], need[m.before()] = true, true, true
		c.needCarryover(m.before(), m.year, need)
		c.needCarryover(prior.before(), prior.year, need)
	}
	maps.DeleteFunc(c.sums, func(m month, _ []int64) bool { return m.year < months[0].year-1 })
	var load []month
	for m := range need {
		if c.sums[m] == nil {
			load = append(load, m)
			c.sums[m] = zeros(31 * len(c.keys))
		}
	}
	if err := parallel(c.workers, len(load), func(worker, i int) error { return c.load(worker, load[i]) }); err != nil {
		return err
	}
	for _, m := range months {
		c.carryover(m.before(), m.year)
		c.carryover(m, m.year)
		c.carryover(month{m.year - 1, m.month}.before(), m.year-1)
	}
	err := parallel(c.workers, len(months), func(worker, i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return c.write(worker, months[i])
	})
	if err != nil {
		return err
	}
	for _, m := range months {
		c.files = append(c.files, m.path())
	}
	c.kept[months[0].year], err = c.carryovers.write(months[0].year, c.durable)
	return err
}

// load reads the sums of a month of the cube, by day and key.
func (c *comparer) load(worker int, m month) error {
	at, found := c.manifest.find(m.name())
	if !found {
		return nil
	}
	for _, f := range c.manifest.Partitions[at].Files {
		v, err := c.read(worker, f, len(c.spec.Keys)+2)
		if err != nil {
			return err
		}
		if err := c.sum(worker, c.sums[m], m, v); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return nil
}

// sum adds a file of the cube.
func (c *comparer) sum(worker int, sums []int64, m month, v []parquetfile.Values) error {
	n := len(c.spec.Keys)
	columns := v[1 : n+1]
	size, err := combinations(columns)
	if err != nil {
		return err
	}
	places := make([]int32, size) // of each combination in the keys
	codes := make([]string, n)
	for at := range places {
		textsOf(at, columns, codes)
		place, ok := c.lookup[joinKey(codes)]
		if !ok {
			place = -1 // does not occur
		}
		places[at] = int32(place)
	}
	days := make([]int, len(v[0].Ints))
	for i, day := range v[0].Ints {
		of := int(day - m.start())
		if of < 0 || of >= m.days() {
			return fmt.Errorf("a day outside its month, %d days off", of)
		}
		days[i] = of * len(c.keys)
	}
	r := &c.writers[worker]
	r.index = combine(r.index, columns)
	dates, values, ints := v[0].Codes, v[n+1].Codes, v[n+1].Ints
	for row, at := range r.index {
		sums[days[dates[row]]+int(places[at])] += ints[values[row]]
	}
	return nil
}

// commit writes the manifest and removes months that no longer exist.
func (c *comparer) commit(old *comparison) error {
	data, err := json.Marshal(comparison{
		Spec: c.spec.hash(), Last: time.Unix(c.last*86400, 0).UTC().Format(time.DateOnly), Keys: c.keys, Partitions: c.parts,
		Carries: c.kept,
	})
	if err != nil {
		return err
	}
	f, err := atomicfile.Create(filepath.Join(c.dir, ManifestName))
	if err != nil {
		return err
	}
	if _, err := f.Write(append(data, '\n')); err != nil {
		f.Abort()
		return err
	}
	if err := f.Commit(c.durable); err != nil {
		return err
	}
	for m := monthOf(c.last).next(); old.Last != "" && !monthOf(parseDay(old.Last)).less(m); m = m.next() {
		if err := os.Remove(local(c.dir, m.path())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
