package layout

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/strictjson"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Defaults for what a layout leaves out.
const (
	defaultGap     = 31
	defaultRejects = 1.0
	maxCount       = 1<<31 - 1
)

var (
	firstDay = stat.NewDate(1970, time.January, 1)
	lastDay  = stat.NewDate(2099, time.December, 31)
)

var (
	columnName  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
	measureName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// reserved are the column names already taken in the output, with what takes them. Readers of
// Parquet read the value in a folder's name as a column of that name.
var reserved = map[string]string{
	"n":      "the number of records in the sums",
	"year":   "the year in the names of the folders",
	"source": "the source in the names of the folders",
	"file":   "the file that a record came in",
	"record": "the number of a record in its file",
}

// complete fills in what the layout leaves out, and returns an error if the layout is wrong.
func (l *Layout) complete() error {
	if l.File.Delimiter == "tab" {
		l.File.Delimiter = "\t"
	}
	if err := l.File.Validate(); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	for i := range l.Columns {
		if err := l.Columns[i].complete(); err != nil {
			return fmt.Errorf("column %q: %w", l.Columns[i].Name, err)
		}
	}
	for _, check := range []func() error{l.checkTexts, l.completeRules, l.completeMeasures, l.completeDimensions} {
		if err := check(); err != nil {
			return err
		}
	}
	return l.Engine().Validate()
}

func (c *Column) complete() error {
	if !columnName.MatchString(c.Name) {
		return errors.New("a name is lower-case letters, digits and underscores, beginning with a letter; put the name in the files into from")
	}
	if what := reserved[c.Name]; what != "" {
		return fmt.Errorf("the name is taken by %s; choose another, and put the name in the files into from", what)
	}
	codes := c.Codes != nil || c.CodeList != "" || c.Blank != "" || c.Default != ""
	switch {
	case c.Kind != engine.Code && codes:
		return errors.New("codes, codelist, blank and default are only for the kind code")
	case c.Kind != engine.Date && (c.Formats != nil || c.Order != "" || !c.First.IsZero() || !c.Last.IsZero()):
		return errors.New("formats, order, first and last are only for the kind date")
	case c.Kind != engine.Count && (c.Min != 0 || c.Max != 0):
		return errors.New("min and max are only for the kind count")
	case c.Blank != "" && c.Nullable:
		return errors.New("blank and nullable both say what an empty field means")
	}
	switch c.Kind {
	case engine.Date:
		if c.Formats == nil {
			c.anyForm = true
			c.Formats = []string{time.DateOnly}
		}
		if c.First.IsZero() {
			c.First = firstDay
		}
		if c.Last.IsZero() {
			c.Last = lastDay
		}
		return wholeDays(c.Formats)
	case engine.Count:
		if c.Max == 0 {
			c.Max = maxCount
		}
	case engine.Code:
		return c.completeCodes()
	}
	return nil
}

// wholeDays refuses formats without a day: a date known only to the month must not be put on a day.
func wholeDays(formats []string) error {
	for _, f := range formats {
		for _, day := range []stat.Date{stat.NewDate(2001, time.February, 3), stat.NewDate(2019, time.December, 31)} {
			if t, err := time.Parse(f, day.Time().Format(f)); err != nil || !t.Equal(day.Time()) {
				return fmt.Errorf("format %q does not say day, month and year, as 2006-01-02 and 02/01/2006 do", f)
			}
		}
	}
	return nil
}

// completeCodes adds to the codes of the column those of the code list, and its labels as any publisher
// writes them, also in capitals.
func (c *Column) completeCodes() error {
	if c.CodeList != "" {
		if !slices.Contains(schemas.CodeListNames(), c.CodeList) {
			return fmt.Errorf("there is no code list %q", c.CodeList)
		}
		list, err := schemas.CodeList(c.CodeList)
		if err != nil {
			return err
		}
		if c.Codes == nil {
			c.Codes = map[string]string{}
		}
		texts := map[string]string{}
		if slices.Contains(schemas.LabelNames(), c.CodeList) {
			for label, code := range codes.For(c.CodeList, codes.Anyone).Listed() {
				if label != "" && !codes.MayBeTotal(label) { // Blank says what an empty field means
					texts[label], texts[strings.ToUpper(label)] = code, code
				}
			}
		}
		for _, x := range list {
			texts[x.Code] = x.Code
		}
		for text, code := range texts {
			if _, given := c.Codes[text]; !given && code != stat.Total {
				c.Codes[text] = code
			}
		}
	}
	if (c.Blank != "" || c.Default != "") && c.Codes == nil {
		return errors.New("blank and default need codes or a codelist")
	}
	if c.Codes != nil && len(c.Codes) == 0 {
		return errors.New("the codes are empty")
	}
	if c.Blank != "" {
		if code, given := c.Codes[""]; given && code != c.Blank {
			return errors.New("codes and blank contradict each other about an empty field")
		}
		c.Codes[""] = c.Blank
	}
	return nil
}

// checkTexts checks the texts that readers see: each is one line, and addresses begin with
// https://.
func (l *Layout) checkTexts() error {
	texts := []string{l.Title, l.Publisher, l.Licence, l.Designation}
	for _, m := range l.measures() {
		texts = append(texts, m.Title, m.Definition, m.One, m.Many)
	}
	if err := strictjson.CheckTexts(texts); err != nil {
		return err
	}
	for _, at := range []string{l.Homepage, l.LicenceAt} {
		u, err := url.Parse(at)
		if at != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(at) > strictjson.MaxText) {
			return fmt.Errorf("%.40q is not an address that begins with https://", at)
		}
	}
	if l.Title == "" {
		return errors.New("no title")
	}
	return nil
}

// completeRules fills in and checks the rules for the records as a whole.
func (l *Layout) completeRules() error {
	if l.Update == "" {
		l.Update = Append
	}
	if l.MaxGap == 0 {
		l.MaxGap = defaultGap
	}
	if l.MaxRejects == nil {
		most := defaultRejects
		l.MaxRejects = &most
	}
	if l.Duplicate == "" {
		l.Duplicate = "duplicate"
	}
	switch {
	case l.Update != Append && l.Update != Replace:
		return fmt.Errorf("update %q is neither %s nor %s", l.Update, Append, Replace)
	case l.MaxGap < 0:
		return fmt.Errorf("max_gap is %d days", l.MaxGap)
	case *l.MaxRejects < 0 || *l.MaxRejects > 100:
		return fmt.Errorf("max_rejects is %g per cent", *l.MaxRejects)
	}
	if l.Date == "" {
		if i := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Kind == engine.Date }); i >= 0 {
			l.Date = l.Columns[i].Name
		}
	}
	first := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Kind == engine.Date })
	if first < 0 || l.Columns[first].Name != l.Date {
		return fmt.Errorf("the date %q is not the first date column, by which the files are partitioned", l.Date)
	}
	return nil
}

// completeMeasures checks the measures to sum and count.
func (l *Layout) completeMeasures() error {
	if l.Sum == nil && l.Count == nil {
		return errors.New("neither sum nor count says what is measured")
	}
	for _, m := range l.measures() {
		if !measureName.MatchString(m.Measure) || !measureName.MatchString(m.Unit) {
			return fmt.Errorf("measure %q in %q: both must be lower-case words joined by hyphens", m.Measure, m.Unit)
		}
		if m.Title == "" {
			m.Title = strings.ReplaceAll(m.Measure, "-", " ")
		}
		if (m.One == "") != (m.Many == "") {
			return fmt.Errorf("measure %q: one and many must be set together", m.Measure)
		}
	}
	if l.Sum != nil && l.Count != nil && l.Sum.Measure == l.Count.Measure {
		return fmt.Errorf("sum and count are both the measure %q", l.Sum.Measure)
	}
	if l.Count != nil && l.Count.Column != "" {
		return errors.New("count counts records and takes no column")
	}
	if l.Sum != nil {
		if c := l.column(l.Sum.Column); c == nil || c.Kind != engine.Count || c.Nullable {
			return fmt.Errorf("sum: %q is not a count column without nullable", l.Sum.Column)
		}
	}
	if l.RefArea == "" {
		l.RefArea = stat.Total
	}
	if err := codes.CheckListed("flow", l.Flow); err != nil {
		return err
	}
	return codes.CheckListed("area", l.RefArea)
}

// completeDimensions checks the dimensions.
func (l *Layout) completeDimensions() error {
	for i := range l.Dimensions {
		d := &l.Dimensions[i]
		if err := l.completeDimension(d); err != nil {
			return fmt.Errorf("dimension %q: %w", d.Name, err)
		}
		if slices.ContainsFunc(l.Dimensions[:i], func(o Dimension) bool { return o.Name == d.Name || o.Column == d.Column }) {
			return fmt.Errorf("dimension %q: it or its column is declared twice", d.Name)
		}
	}
	return nil
}

func (l *Layout) completeDimension(d *Dimension) error {
	if d.Column == "" {
		d.Column = d.Name
	}
	if d.Frequency == "" {
		d.Frequency = stat.Daily
	}
	c := l.column(d.Column)
	switch {
	case new(stat.Dimensions).Field(d.Name) == nil:
		return errors.New("choose one of age, category, destination, origin, route and sex")
	case d.Frequency != stat.Daily && d.Frequency != stat.Monthly:
		return fmt.Errorf("frequency %q is neither D nor M", d.Frequency)
	case c == nil || c.Kind != engine.Code || c.Nullable:
		return fmt.Errorf("column %q is not a code column without nullable", d.Column)
	}
	own := slices.Collect(maps.Values(c.Codes))
	if c.Default != "" {
		own = append(own, c.Default)
	}
	slices.Sort(own)
	for _, code := range own {
		if err := codes.CheckDimension(d.Name, code); err != nil {
			return fmt.Errorf("column %q: %w", d.Column, err)
		}
	}
	if d.Name == "sex" && c.Codes == nil {
		return fmt.Errorf("column %q needs codes, or the codelist sex", d.Column)
	}
	return nil
}

// measures returns the measures of the layout.
func (l *Layout) measures() (out []*Measure) {
	for _, m := range []*Measure{l.Sum, l.Count} {
		if m != nil {
			out = append(out, m)
		}
	}
	return out
}

// column returns the column called name, or nil.
func (l *Layout) column(name string) *Column {
	i := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &l.Columns[i]
}

// Engine returns the layout in the form that the engine takes, with lineage.
func (l *Layout) Engine() engine.Layout {
	out := engine.Layout{Writing: l.File, Key: l.Key, Duplicate: l.Duplicate, Sort: l.Sort, Lineage: true, Everywhere: true}
	for _, c := range l.Columns {
		e := engine.Column{Name: c.Name, From: c.From, Kind: c.Kind, Nullable: c.Nullable, Reason: c.Reason,
			Formats: c.Formats, Order: c.Order, AnyForm: c.anyForm, Codes: c.Codes, Default: c.Default, Min: c.Min, Max: min(c.Max, stat.MaxCount)}
		if c.Kind == engine.Date {
			e.First, e.Last = c.First.Time(), c.Last.Time()
		}
		e.Word = c.Kind == engine.Code && c.Codes == nil && slices.ContainsFunc(l.Dimensions, func(d Dimension) bool { return d.Column == c.Name })
		out.Columns = append(out.Columns, e)
	}
	return out
}

// EngineUntil is Engine for files released on a day: it refuses records with a later date.
func (l *Layout) EngineUntil(released stat.Date) engine.Layout {
	out := l.Engine()
	for i := range out.Columns {
		if c := &out.Columns[i]; c.Name == l.Date && c.Last.After(released.Time()) {
			c.Last = released.Time()
			if c.Last.Before(c.First) {
				c.Last = c.First
			}
		}
	}
	return out
}

// Cube returns how the records are summed.
func (l *Layout) Cube() engine.CubeSpec {
	spec := engine.CubeSpec{Date: l.Date}
	for _, d := range l.Dimensions {
		spec.Dims = append(spec.Dims, d.Column)
	}
	if l.Sum != nil {
		spec.Sum = l.Sum.Column
	}
	return spec
}
