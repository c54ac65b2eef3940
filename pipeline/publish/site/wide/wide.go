package wide

import (
	"cmp"
	"encoding/json"
	"slices"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// IndexFile is the list of all sheets.
const IndexFile = Folder + "measures.json"

// The title and the description of the list.
const (
	Title       = "Wide files"
	Description = "The list of the files below data/wide: one CSV for each measure, frequency and breakdown, with a row for each series and a column for each period. " +
		"Each says which table its figures come from. An empty cell is missing, never 0. Files of the same shape have the statuses, and the ends of ranges."
)

// Measure is what one data set counts.
type Measure struct {
	ID        string    `json:"id"` // source:measure
	Name      string    `json:"name"`
	Unit      string    `json:"unit"`
	Kind      stat.Kind `json:"kind"`
	Source    string    `json:"source"`
	Publisher string    `json:"publisher"`
	Late      string    `json:"late,omitempty"` // why its figures are not newer, if they should be
	Page      string    `json:"page,omitempty"` // of its series that is not broken down
	Sheets    []Sheet   `json:"sheets"`
}

// Sheet is a file with the figures of a measure in one breakdown and frequency.
type Sheet struct {
	File      string    `json:"file"` // below data/wide
	Frequency string    `json:"frequency"`
	By        string    `json:"by,omitempty"`     // the dimension that rows are told apart by
	Within    []string  `json:"within,omitempty"` // other dimensions of its rows
	Only      []Choice  `json:"only,omitempty"`   // the codes of those
	Table     string    `json:"table"`            // where its figures come from
	Basis     string    `json:"basis,omitempty"`  // of the rows there
	Status    string    `json:"status,omitempty"` // of all its figures
	Marks     string    `json:"marks,omitempty"`  // file of their statuses, if they differ
	Lower     string    `json:"lower,omitempty"`  // files of the ends of ranges
	Upper     string    `json:"upper,omitempty"`
	Series    int       `json:"series"`
	Periods   int       `json:"periods"`
	First     stat.Date `json:"first"` // first day of the first period
	Last      stat.Date `json:"last"`  // last day of the last period with a figure
	Release   stat.Date `json:"release"`
}

// Choice is a part that the rows of a sheet may be narrowed to.
type Choice struct {
	Dimension string `json:"dimension"`
	Code      string `json:"code"`
	Label     string `json:"label"`
}

// Set are the sheets of a site.
type Set struct {
	names    *names
	sheets   []*sheet
	measures []Measure
}

// New groups the figures of a site into sheets.
func New(index *content.Index) *Set {
	r := newReader(index)
	w := &Set{names: newNames(r), sheets: r.all()}
	place := map[string]int{} // of measures, by the series of the site
	for i, s := range index.Site.Series {
		if m := measureOf(s.ID); place[m] == 0 {
			place[m] = i + 1
		}
	}
	at := map[string]int{}
	for _, s := range w.sheets {
		i, ok := at[s.measure]
		if !ok {
			i = len(w.measures)
			at[s.measure] = i
			w.measures = append(w.measures, w.measure(index, s))
		}
		w.measures[i].Sheets = append(w.measures[i].Sheets, w.describe(s))
	}
	for _, m := range w.measures {
		slices.SortStableFunc(m.Sheets, func(a, b Sheet) int {
			return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(len(a.Within), len(b.Within)), cmp.Compare(rank[a.Frequency], rank[b.Frequency]))
		})
	}
	last := len(index.Site.Series) + 1
	slices.SortStableFunc(w.measures, func(a, b Measure) int { return cmp.Compare(cmp.Or(place[a.ID], last), cmp.Or(place[b.ID], last)) })
	return w
}

// measureOf returns the measure of a series, or "".
func measureOf(id stat.SeriesID) string {
	source, measure, _, _, err := id.Parse()
	if err != nil {
		return ""
	}
	return source + ":" + measure
}

// Measures returns what the sheets are about, in the order of the site.
func (w *Set) Measures() []Measure { return w.measures }

func (w *Set) measure(index *content.Index, s *sheet) Measure {
	id, _, _ := cut(s.measure)
	source := index.Source(id)
	m := Measure{ID: s.measure, Name: w.names.measure(s.measure), Unit: s.unit, Kind: s.kind, Source: source.Title, Publisher: source.Publisher, Late: calendar.Chip(index, id)}
	for _, f := range []stat.Frequency{stat.Daily, stat.Weekly, stat.Monthly, stat.Quarterly, stat.Annual} {
		m.Page = cmp.Or(m.Page, index.SeriesPage(stat.SeriesID(s.measure+":"+string(f))))
	}
	return m
}

func (w *Set) describe(s *sheet) Sheet {
	d := Sheet{File: s.name() + ".csv", Frequency: s.frequency, By: s.by, Table: s.table, Basis: s.basis, Series: len(s.rows), Release: s.vintage}
	if status, same := s.status(); same {
		d.Status = string(status)
	}
	for _, f := range s.forms() {
		switch f.suffix {
		case ".marks.csv":
			d.Marks = s.name() + f.suffix
		case ".lower.csv":
			d.Lower = s.name() + f.suffix
		case ".upper.csv":
			d.Upper = s.name() + f.suffix
		}
	}
	periods := s.periods()
	d.Periods = len(periods)
	if len(periods) > 0 {
		d.First = periods[0].start
	}
	for _, cells := range s.rows {
		for p, c := range cells {
			if c.value.IsKnown() {
				d.Last = max(d.Last, p.end)
			}
		}
	}
	d.Within, d.Only = w.within(s)
	return d
}

// within returns the dimensions of a sheet's series except the one that tells its rows apart, and
// the codes that they have there.
func (w *Set) within(s *sheet) (names []string, choices []Choice) {
	seen := map[[2]string]bool{}
	for _, id := range s.ids() {
		_, _, _, d, _ := id.Parse()
		for _, name := range broken(d) {
			code := *d.Field(name)
			if name == s.by || seen[[2]string{name, code}] {
				continue
			}
			seen[[2]string{name, code}] = true
			choices = append(choices, Choice{name, code, w.names.code(name, code)})
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names, choices
}

// Write writes the sheets and their list. It lets go of the figures, which take much memory, so it may be
// called once.
func (w *Set) Write(write func(name string, data []byte) error) error {
	sheets := w.sheets
	w.sheets = nil
	for i, s := range sheets {
		sheets[i] = nil
		for _, f := range s.forms() {
			if err := write(Folder+s.name()+f.suffix, s.csv(w.names, f.text)); err != nil {
				return err
			}
		}
	}
	text, err := json.Marshal(w.measures)
	if err != nil {
		return err
	}
	return write(IndexFile, append(text, '\n'))
}
