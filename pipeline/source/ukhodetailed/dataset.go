package ukhodetailed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Family is the tables of one source, declared as data: which there are, and which sums of each are
// published. Its Series and Decode are those of the source.
type Family struct {
	ID       string // of the source
	Flow     string // the code of the flow of all of its series
	Datasets []*Dataset
}

// Dataset is a table and the sums of it that are published.
type Dataset struct {
	View
	Sums []Sum
}

// Measure is what sums count.
type Measure struct{ Name, Unit, Title, Definition string }

// Sum is the series of one measure, broken down by the codes of some columns.
type Sum struct {
	Measure *Measure
	Only    []Only   // which rows count: those that all of these let through
	By      []string // the names of columns with a dimension; none for the total
	As      string   // the dimension of the first of these, if it is another than the column's
	// Compared means that the total is compared over time.
	Compared bool
	// Codes are the codes of the one column whose series are compared over time.
	Codes []string
}

// Only lets the rows through whose code in a column is one of some.
type Only struct {
	Column string
	Codes  []string
	// OrAbsent means that all rows count in a file that lacks the column. Otherwise none does, and
	// the sum is not stated.
	OrAbsent bool
}

// Series returns the series that are compared over time.
func (f *Family) Series() []stat.Series {
	var out []stat.Series
	for _, d := range f.Datasets {
		for _, s := range d.Sums {
			for _, dims := range d.compared(s) {
				out = append(out, f.series(d, s, dims))
			}
		}
	}
	return out
}

// SeriesID returns the identifier of a series of a measure, with a category or the total.
func (f *Family) SeriesID(m *Measure, category string) stat.SeriesID {
	d := stat.AllTotal
	d.Category = category
	return stat.NewSeriesID(f.ID, m.Name, stat.Quarterly, d)
}

// Within returns the rules that the totals of some measures never exceed that of another.
func (f *Family) Within(all *Measure, parts ...*Measure) (out []check.Rule) {
	for _, p := range parts {
		out = append(out, check.Subset(f.SeriesID(p, stat.Total), f.SeriesID(all, stat.Total)))
	}
	return out
}

// compared returns the breakdowns of a sum that are compared over time.
func (d *Dataset) compared(s Sum) []stat.Dimensions {
	if s.Compared {
		return []stat.Dimensions{stat.AllTotal}
	}
	var out []stat.Dimensions
	for _, code := range s.Codes {
		dims := stat.AllTotal
		*dims.Field(d.dimension(s, 0)) = code
		out = append(out, dims)
	}
	return out
}

// dimension returns the dimension of a column that a sum is broken down by.
func (d *Dataset) dimension(s Sum, i int) string {
	if i == 0 && s.As != "" {
		return s.As
	}
	return d.Columns[d.index(s.By[i])].As
}

// series describes a breakdown of a sum.
func (f *Family) series(d *Dataset, s Sum, dims stat.Dimensions) stat.Series {
	kind := stat.Flow
	if d.Stock {
		kind = stat.Stock
	}
	x := stat.Series{Source: f.ID, Measure: s.Measure.Name, Unit: s.Measure.Unit, Flow: f.Flow, Kind: kind, RefArea: "GBR",
		Title: s.Measure.Title, Definition: s.Measure.Definition, Designation: "official statistics", Dimensions: dims}
	for i, name := range s.By {
		c := d.Columns[d.index(name)]
		code := *dims.Field(d.dimension(s, i))
		if x.Title += ", "; strings.HasPrefix(code, "_") {
			x.Title += strings.ToLower(c.Name) + " "
		}
		x.Title += labelOf(c.List, code)
	}
	return stat.NewSeries(x, stat.Quarterly)
}

// labelOf returns the label of a code in a list, or the code.
func labelOf(list, code string) string {
	labels, err := schemas.CodeLabels(list)
	if err != nil {
		panic(err) // Check, in a test of each family, rules that out
	}
	return cmp.Or(labels[code], code)
}

// Decode reads the datasets that a file has and adds their rows up. Anything unexpected is an error
// with its place, and no result comes with it.
func (f *Family) Decode(file source.File) (source.Result, error) {
	x, err := Open(file)
	if err != nil {
		return source.Result{}, err
	}
	var views []*View
	for _, d := range f.Datasets {
		views = append(views, &d.View)
	}
	tables, err := x.Tables(views...)
	if err != nil {
		return source.Result{}, err
	}
	if len(tables) == 0 { // all of them are optional
		_, err := x.book.Sheet(views[0].Sheets...)
		return source.Result{}, err
	}
	var out source.Result
	for _, t := range tables {
		d := f.Datasets[slices.Index(views, t.View)]
		if err := f.read(d, t, &out); err != nil {
			return source.Result{}, err
		}
	}
	out.Notes, err = x.Notes(tables)
	if err != nil {
		return source.Result{}, err
	}
	return out, nil
}

// sum is a sum of a table while it is read.
type sum struct {
	Sum
	by   []int    // indexes of columns
	as   []string // the dimension of each
	only []filter
	// groups are the column that is broken down further and the one that does it, or nil. A row with
	// one code in both is in the sum of the groups, under that code.
	groups []int
	cube   *Cube
}

// filter is an Only by the index of its column.
type filter struct {
	column int
	codes  []string
}

// read adds the rows of a table up into out.
func (f *Family) read(d *Dataset, t *Table, out *source.Result) error {
	sums := f.sums(d, t)
	seen, labelled := newSeenRows(), 0
	excluded, err := t.Each(func(r Row) error {
		if r.Excluded {
			labelled++
		} else if err := seen.add(t, r); err != nil {
			return err
		}
		for i := range sums {
			sums[i].add(r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	out.Findings = slices.Concat(out.Findings, t.findings(), seen.findings(t))
	out.Findings = appendFinding(t, out.Findings, "rows-excluded", labelled)
	incomplete := 0
	for _, s := range sums {
		for _, dims := range d.compared(s.Sum) {
			s.cube.Fill(dims, false)
		}
		incomplete += s.cube.incomplete()
		out.Observations = s.cube.AppendTo(out.Observations)
	}
	out.Findings = appendFinding(t, out.Findings, "sums-incomplete", incomplete)
	out.Excluded, out.Rows = append(out.Excluded, excluded...), out.Rows+t.Rows()
	return nil
}

// sums returns the sums of a dataset that a table has all columns for.
func (f *Family) sums(d *Dataset, t *Table) []sum {
	var out []sum
	for _, s := range d.Sums {
		x := sum{Sum: s}
		whole := true
		for k, name := range s.By {
			i := d.index(name)
			whole = whole && t.labels[i] >= 0
			x.by, x.as = append(x.by, i), append(x.as, d.dimension(s, k))
			if of := d.Columns[i].PartOf; of != "" {
				x.groups = []int{d.index(of), i}
			}
		}
		for _, o := range s.Only {
			if i := d.index(o.Column); t.labels[i] >= 0 {
				x.only = append(x.only, filter{i, o.Codes})
			} else if !o.OrAbsent {
				whole = false
			}
		}
		if !whole {
			continue
		}
		x.cube = NewCube(t, func(dims stat.Dimensions) stat.Series { return f.series(d, s, dims) })
		out = append(out, x)
	}
	return out
}

// add adds a row, if it counts. A row that is left out for a label of a column that decides it may
// count.
func (s *sum) add(r Row) {
	for _, o := range s.only {
		if code := r.Codes[o.column]; code != "" && !slices.Contains(o.codes, code) {
			return
		}
	}
	if s.groups != nil && r.Codes[s.groups[0]] == r.Codes[s.groups[1]] && !r.Excluded {
		return
	}
	d := stat.AllTotal
	for i, column := range s.by {
		*d.Field(s.as[i]) = r.Codes[column]
	}
	s.cube.Sum(d, r)
}

// Check returns what is wrong with the declaration of a family, or nil. It is for tests.
func (f *Family) Check() error {
	for _, d := range f.Datasets {
		if len(d.Columns) > maxColumns {
			return fmt.Errorf("%s has %d columns, at most %d can be read", d.Sheets[0], len(d.Columns), maxColumns)
		}
		for _, s := range d.Sums {
			names := slices.Clone(s.By)
			for _, o := range s.Only {
				names = append(names, o.Column)
			}
			for _, name := range names {
				if i := d.index(name); i < 0 || d.Columns[i].List == "" {
					return fmt.Errorf("%s: %s: no column %q with a code list", d.Sheets[0], s.Measure.Name, name)
				}
			}
			for i, name := range s.By {
				if !strings.Contains(" origin destination sex age category ", " "+d.dimension(s, i)+" ") {
					return fmt.Errorf("%s: column %q has no dimension", d.Sheets[0], name)
				}
			}
		}
	}
	return nil
}

// Source completes the description of a family's source: what the family declares, and what all
// detailed datasets have in common.
func (f *Family) Source(s source.Source) source.Source {
	s.ID, s.Series, s.Decode, s.Kinds = f.ID, f.Series(), f.Decode, len(f.Datasets) > 1
	return Describe(s)
}

// Describe completes the description of a source with what all detailed datasets have in common.
// They come out quarterly, on a Thursday about eight weeks after the quarter's end, and each
// release restates all quarters and revises the last ones.
func Describe(s source.Source) source.Source {
	s.Terms, s.Date = source.HomeOffice, Date
	s.Homepage = "https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables"
	s.Schedule, s.Zone, s.Poll, s.Every, s.Grace = "40 9 * * *", "Europe/London", source.PollHomeOffice, 92, 31
	s.Limits = check.Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Changed: 0.5, Reworded: 0.25}
	s.Cumulative, s.MaxExcluded = true, 50
	// The datasets list the combinations that occur. A category that is not listed may not have
	// been in use.
	s.Breakdowns.Occurring = []string{"age", "destination", "origin", "sex"}
	return s
}
