package event

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/event/colfile"
)

// CompareSpec says what is compared with the year before.
type CompareSpec struct {
	// Date is the date column of a cube, Keys are the dimensions that make a
	// row, Value is the sum that is compared. Other dimensions are summed over.
	Date  string
	Keys  []string
	Value string
	// First is the first day that the records cover.
	First time.Time
}

// comparison is what the folder of comparisons was made of; it is its manifest.
type comparison struct {
	Spec string `json:"spec"` // hash of the CompareSpec
	Last string `json:"last"` // last day
	// Keys are the combinations of codes, sorted.
	Keys       [][]string       `json:"keys"`
	Partitions []comparisonPart `json:"partitions"`
}

// comparisonPart is one month of the cube.
type comparisonPart struct {
	Name string `json:"name"`
	From string `json:"from"` // hash of the cube's file
	Last string `json:"last"` // last day with records
	Has  []byte `json:"has"`  // a bit for each key that occurs
}

// comparer compares; it is used by all workers at once.
type comparer struct {
	spec      CompareSpec
	dir       string
	cube      string
	durable   bool
	manifest  *Manifest
	keys      [][]string
	lookup    map[string]int
	prefixes  [][]byte // ",route,nationality," by key
	header    []byte
	first     int64 // days since 1970
	last      int64
	parts     []comparisonPart
	years     map[int][]int64 // sums by day of the year and key
	months    []month         // that are written
	workers   int
	files     []string
	readers   [][]colfile.Values
	rendering []renderer
}

// Compare writes, for each day from spec.First to the last of the cube and for each
// combination of keys that ever occurs, the sum of the day, of the year to date, of the
// year before to the same calendar day (29 February is compared with 28 February),
// their difference, that in hundredths of a percent, and the thousandths of the mean of
// seven days: year=YYYY/YYYY-MM.csv, sorted. All are whole numbers, cut off
// towards zero. Comparisons are empty where the year before was not covered
// from 1 January, the percentage also where that year's sum is not above zero.
// Days before First count as none in the mean.
//
// Only the months that a change of the cube touches are written again. Their
// paths are returned.
func Compare(ctx context.Context, cube, to string, spec CompareSpec, o Options) ([]string, error) {
	c := &comparer{spec: spec, cube: cube, dir: to, durable: o.Durable, workers: o.workers(), years: map[int][]int64{}}
	c.first = spec.First.Unix() / 86400
	c.readers, c.rendering = make([][]colfile.Values, c.workers), make([]renderer, c.workers)
	var err error
	if c.manifest, err = ReadManifest(cube); err != nil {
		return nil, err
	}
	old, err := readComparison(to)
	if err != nil {
		return nil, err
	}
	if err := c.survey(old); err != nil {
		return nil, err
	}
	if len(c.keys) == 0 {
		return nil, errors.New("the cube has no records to compare")
	}
	c.plan(old)
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

// survey finds the keys that occur and the last day. Months of the cube that are as they
// were when they were last looked at are taken from the manifest.
func (c *comparer) survey(old *comparison) error {
	known := map[string]comparisonPart{}
	if old.Spec == c.spec.hash() {
		for _, p := range old.Partitions {
			known[p.Name] = p
		}
	}
	occurs := make([]map[string]bool, len(c.manifest.Partitions))
	c.parts = make([]comparisonPart, len(c.manifest.Partitions))
	err := parallel(c.workers, len(c.parts), func(worker, i int) error {
		p := c.manifest.Partitions[i]
		c.parts[i] = comparisonPart{Name: p.Name, From: hashFiles(p)}
		if k, ok := known[p.Name]; ok && k.From == c.parts[i].From {
			c.parts[i] = k
			return nil
		}
		occurs[i] = map[string]bool{}
		return c.occurring(worker, p, occurs[i], &c.parts[i])
	})
	if err != nil {
		return err
	}
	all := map[string]bool{}
	for i, p := range c.parts {
		if occurs[i] == nil {
			occurs[i] = old.keysOf(p)
		}
		for key := range occurs[i] {
			all[key] = true
		}
		if day := parseDay(p.Last); day > c.last {
			c.last = day
		}
	}
	c.setKeys(all)
	for i := range c.parts {
		c.parts[i].Has = make([]byte, (len(c.keys)+7)/8)
		for key := range occurs[i] {
			at := c.lookup[key]
			c.parts[i].Has[at/8] |= 1 << (at % 8)
		}
	}
	return nil
}

func hashFiles(p Partition) string {
	var hashes []string
	for _, f := range p.Files {
		hashes = append(hashes, f.SHA256)
	}
	return strings.Join(hashes, " ")
}

// keysOf returns the keys that occurred in a partition.
func (c *comparison) keysOf(p comparisonPart) map[string]bool {
	keys := map[string]bool{}
	for i, key := range c.Keys {
		if i/8 < len(p.Has) && p.Has[i/8]>>(i%8)&1 == 1 {
			keys[joinKey(key)] = true
		}
	}
	return keys
}

// joinKey makes one text of the codes of a key. No code holds a control character.
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
		v, err := c.read(worker, f)
		if err != nil {
			return err
		}
		last = max(last, slices.Max(v[0].Ints))
		seen := map[uint64]bool{}
		combine(v[1:len(c.spec.Keys)+1], func(_ int, at uint64) { seen[at] = true })
		codes := make([]string, len(c.spec.Keys))
		for at := range seen {
			for i := len(codes) - 1; i >= 0; i-- {
				size := uint64(len(v[i+1].Texts))
				codes[i] = v[i+1].Texts[at%size]
				at /= size
			}
			keys[joinKey(codes)] = true
		}
	}
	part.Last = time.Unix(last*86400, 0).UTC().Format(time.DateOnly)
	return nil
}

// combine calls visit with the number of each row's combination of texts.
func combine(columns []colfile.Values, visit func(row int, at uint64)) {
	for row := range columns[0].Codes {
		at := uint64(0)
		for i := range columns {
			at = at*uint64(len(columns[i].Texts)) + uint64(columns[i].Codes[row])
		}
		visit(row, at)
	}
}

// read reads the date, the keys and the value of a file of the cube.
func (c *comparer) read(worker int, f File) ([]colfile.Values, error) {
	r, err := colfile.Open(local(c.cube, f.Path))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	names := append(append([]string{c.spec.Date}, c.spec.Keys...), c.spec.Value)
	if c.readers[worker] == nil {
		c.readers[worker] = make([]colfile.Values, len(names))
	}
	v := c.readers[worker]
	for i, name := range names {
		if err := r.Read(name, &v[i]); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// setKeys sorts the keys and renders how each stands in a row.
func (c *comparer) setKeys(all map[string]bool) {
	for key := range all {
		c.keys = append(c.keys, strings.Split(key, "\x00"))
	}
	slices.SortFunc(c.keys, slices.Compare)
	c.lookup = map[string]int{}
	for i, key := range c.keys {
		c.lookup[joinKey(key)] = i
		b := []byte{','}
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
}

// appendField appends a text as a field of CSV.
func appendField(b []byte, text string) []byte {
	if !strings.ContainsAny(text, ",\"\r\n") {
		return append(b, text...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(text, `"`, `""`)...), '"')
}

// month is one file of comparisons.
type month struct{ year, month int }

func (m month) next() month {
	if m.month == 12 {
		return month{m.year + 1, 1}
	}
	return month{m.year, m.month + 1}
}

func (m month) before(o month) bool {
	return m.year < o.year || m.year == o.year && m.month < o.month
}

func monthOf(day int64) month {
	t := time.Unix(day*86400, 0).UTC()
	return month{t.Year(), int(t.Month())}
}

// plan lists the months that have to be written: those of the year from each change on, the same
// of the year after, and the one after the change, whose first means reach into it.
func (c *comparer) plan(old *comparison) {
	last := monthOf(c.last)
	var all []month
	for m := monthOf(c.first); !last.before(m); m = m.next() {
		all = append(all, m)
	}
	if old.Spec != c.spec.hash() || !slices.EqualFunc(old.Keys, c.keys, slices.Equal) {
		c.months = all
		return
	}
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
	for name := range was { // gone
		changed[monthOf(parseDay(name+"-01"))] = true
	}
	if day := parseDay(old.Last); day != c.last { // rows end elsewhere
		changed[monthOf(min(day, c.last))] = true
	}
	for _, m := range all {
		for ch := range changed {
			if (m.year == ch.year || m.year == ch.year+1) && m.month >= ch.month || m == ch.next() {
				c.months = append(c.months, m)
				break
			}
		}
	}
}

// year writes months of one year: it reads that year and the one before, whole, and
// forgets earlier ones.
func (c *comparer) year(ctx context.Context, months []month) error {
	y := months[0].year
	for old := range c.years {
		if old < y-1 {
			delete(c.years, old)
		}
	}
	for _, load := range []int{y - 1, y} {
		if err := c.load(load); err != nil {
			return err
		}
	}
	err := parallel(c.workers, len(months), func(worker, i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return c.write(worker, months[i])
	})
	for _, m := range months {
		c.files = append(c.files, m.path())
	}
	return err
}

// load reads the sums of a year into an array by day and key. Every year has 366 days
// in it, so that the same place is the same calendar day; 29 February of a common year is zero.
func (c *comparer) load(year int) error {
	if c.years[year] != nil {
		return nil
	}
	sums := make([]int64, 366*len(c.keys))
	c.years[year] = sums
	prefix := fmt.Sprintf("%04d-", year)
	var parts []Partition
	for _, p := range c.manifest.Partitions {
		if strings.HasPrefix(p.Name, prefix) {
			parts = append(parts, p)
		}
	}
	return parallel(c.workers, len(parts), func(worker, i int) error {
		for _, f := range parts[i].Files {
			v, err := c.read(worker, f)
			if err != nil {
				return err
			}
			if err := c.sum(sums, year, v); err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
		}
		return nil
	})
}

// sum adds a file of the cube.
func (c *comparer) sum(sums []int64, year int, v []colfile.Values) error {
	n := len(c.spec.Keys)
	size := uint64(1)
	for i := range n {
		size *= uint64(max(1, len(v[i+1].Texts)))
	}
	if size > maxCells {
		return fmt.Errorf("%d combinations of keys; at most %d can be compared", size, maxCells)
	}
	places := make([]int32, size) // of each combination among the keys, + 1
	days := make([]int, len(v[0].Ints))
	for i, day := range v[0].Ints {
		days[i] = slotOf(day, year) * len(c.keys)
	}
	codes := make([]string, n)
	value := &v[n+1]
	combine(v[1:n+1], func(row int, at uint64) {
		place := places[at]
		if place == 0 {
			for i := range codes {
				codes[i] = v[i+1].Texts[v[i+1].Codes[row]]
			}
			place = int32(c.lookup[joinKey(codes)]) + 1
			places[at] = place
		}
		sums[days[v[0].Codes[row]]+int(place)-1] += value.Ints[value.Codes[row]]
	})
	return nil
}

// commit writes the manifest and removes months that are no more.
func (c *comparer) commit(old *comparison) error {
	data, err := json.Marshal(comparison{
		Spec: c.spec.hash(), Last: time.Unix(c.last*86400, 0).UTC().Format(time.DateOnly), Keys: c.keys, Partitions: c.parts,
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
	for m := monthOf(c.last).next(); old.Last != "" && !monthOf(parseDay(old.Last)).before(m); m = m.next() {
		if err := os.Remove(local(c.dir, m.path())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (m month) path() string { return fmt.Sprintf("year=%04d/%04d-%02d.csv", m.year, m.year, m.month) }
