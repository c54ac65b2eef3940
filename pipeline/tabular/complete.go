package tabular

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/read/strictjson"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

var measureName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// The most that a layout may ask for.
const (
	maxDays  = 10_000
	maxTimes = 1_000_000
)

// Encodings are the encodings of text files.
var Encodings = []string{"utf-8", "utf-16", "windows-1252", "iso-8859-1"}

// MaxAbove is how many rows with content may be above the header.
const MaxAbove = 200

// complete fills in what the layout leaves out, and returns an error if the layout is wrong.
func (l *Layout) complete() error {
	for _, check := range []func() error{l.checkTexts, l.File.complete, l.completePeriod, l.completeKind, l.completeValues,
		l.completeDimensions, l.completeColumns, l.completeSeries, l.checkMarks, l.completePlace} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkTexts checks the texts that readers see: each is one line.
func (l *Layout) checkTexts() error {
	texts := []string{l.Title, l.Publisher, l.Licence, l.Designation}
	for _, v := range l.AllValues() {
		texts = append(texts, v.Title, v.Definition, v.One, v.Many)
	}
	if err := strictjson.CheckTexts(texts); err != nil {
		return err
	}
	if l.Title == "" {
		return errors.New("no title")
	}
	for _, at := range []string{l.Homepage, l.LicenceAt} {
		if at != "" && (webAddress(at) == nil || len(at) > strictjson.MaxText) {
			return fmt.Errorf("%.40q is not an address that begins with https://", at)
		}
	}
	return nil
}

func (f *File) complete() error {
	if f.Delimiter == "tab" {
		f.Delimiter = "\t"
	}
	if f.Delimiter == "" {
		f.Delimiter = ","
	}
	if f.Encoding == "" {
		f.Encoding = "utf-8"
	}
	if f.HeaderRows == 0 {
		f.HeaderRows = 1
	}
	if f.Decimal == "" {
		f.Decimal = "."
	}
	if f.Thousands == "" && f.Decimal == "." && f.Delimiter != ";" {
		f.Thousands = ","
	}
	_, err := path.Match(f.Sheet, "")
	switch {
	case !slices.Contains([]string{",", ";", "\t", "|"}, f.Delimiter):
		return fmt.Errorf("file: the delimiter %q is not a comma, semicolon, tab or vertical line", f.Delimiter)
	case !slices.Contains(Encodings, f.Encoding):
		return fmt.Errorf("file: the encoding %q is not one of %s", f.Encoding, strings.Join(Encodings, ", "))
	case err != nil:
		return fmt.Errorf("file: sheet %q: %w", f.Sheet, err)
	case f.Skip < 0 || f.Skip > MaxAbove:
		return fmt.Errorf("file: skip is %d, not 0 to %d", f.Skip, MaxAbove)
	case f.HeaderRows < 1 || f.HeaderRows > 4:
		return fmt.Errorf("file: header_rows is %d, not 1 to 4", f.HeaderRows)
	case f.Decimal != "." && f.Decimal != ",":
		return fmt.Errorf("file: the decimal mark %q is neither a point nor a comma", f.Decimal)
	case f.Thousands != "" && !slices.Contains([]string{",", ".", " ", "'"}, f.Thousands) || f.Thousands == f.Decimal:
		return fmt.Errorf("file: %q cannot separate thousands", f.Thousands)
	case f.SplitFirst != "" && (utf8.RuneCountInString(f.SplitFirst) != 1 || f.SplitFirst == f.Delimiter):
		return fmt.Errorf("file: split_first %q is not one character other than the delimiter", f.SplitFirst)
	}
	return nil
}

// Form returns how periods are written.
func (p *Period) Form() period.Form {
	return period.Form{Length: p.Is, Order: p.Order, Names: p.Names, FiscalStart: p.Fiscal}
}

func (l *Layout) completePeriod() error {
	p := &l.Period
	if err := p.Form().Validate(); err != nil {
		return fmt.Errorf("period: is: %w", err)
	}
	ways := 0
	for _, is := range []bool{p.Column != "", p.Across && p.Year == "", p.Year != ""} {
		if is {
			ways++
		}
	}
	parts := map[period.Length]bool{period.Month: p.Month != "" || p.Across, period.Quarter: p.Quarter != "" || p.Across, period.Half: p.Across, period.Year: true}[p.Is]
	switch {
	case ways != 1:
		return errors.New("period: choose one of column, across, or year with month or quarter")
	case p.Year == "" && (p.Month != "" || p.Quarter != ""), p.Year != "" && !parts, p.Month != "" && p.Quarter != "",
		p.Month != "" && p.Is != period.Month, p.Quarter != "" && p.Is != period.Quarter, p.Across && (p.Month != "" || p.Quarter != ""):
		return fmt.Errorf("period: the columns do not make a %s", p.Is)
	case p.Across && p.Year != "" && p.Is == period.Year:
		return errors.New("period: the years are across or in a column, not both")
	case p.Ending != 0 && (p.Is != period.YearEnding || p.Ending < 1 || p.Ending > 12):
		return errors.New("period: ending is the number of a month, for years ending in it")
	case p.Total != "" && l.Kind == stat.Stock:
		return errors.New("period: levels have no total over periods")
	}
	return nil
}

func (l *Layout) completeKind() error {
	if l.Kind == "" {
		l.Kind = stat.Flow
	}
	if l.Status == "" {
		l.Status = stat.Normal
	}
	if l.RefArea == "" {
		l.RefArea = stat.Total
	}
	if l.Rounded == 0 {
		l.Rounded = 1
	}
	if l.Times == 0 {
		l.Times = 1
	}
	switch {
	case l.Kind != stat.Flow && l.Kind != stat.Stock:
		return fmt.Errorf("kind %q is neither flow nor stock", l.Kind)
	case !l.Status.Valid() || !l.Status.HasValue():
		return fmt.Errorf("status %q is not that of a value: A, P, E or B", l.Status)
	case l.Rounded < 1 || l.Rounded > maxTimes || l.Times < 1 || l.Times > maxTimes:
		return fmt.Errorf("rounded and times are 1 to %d", maxTimes)
	}
	if err := codes.CheckListed("flow", l.Flow); err != nil {
		return fmt.Errorf("flow: %w", err)
	}
	if err := codes.CheckListed("area", l.RefArea); err != nil {
		return fmt.Errorf("ref_area: %w", err)
	}
	return nil
}

// AllValues returns all measures with their columns or labels, in an order that depends only on the
// layout.
func (l *Layout) AllValues() (out []*Value) {
	for i := range l.Values {
		out = append(out, &l.Values[i])
	}
	if l.Measures != nil {
		for _, label := range slices.Sorted(maps.Keys(l.Measures.Labels)) {
			v := l.Measures.Labels[label]
			v.Column = label
			out = append(out, &v)
		}
	}
	return out
}

func (l *Layout) completeValues() error {
	values := l.AllValues()
	switch {
	case len(values) == 0:
		return errors.New("no values")
	case l.Measures == nil && l.Period.Across && (len(l.Values) != 1 || l.Values[0].Column != ""):
		return errors.New("values: where the periods are across there is one measure, without a column, or measures by label")
	case l.Measures != nil && (l.Measures.Column == "" || len(l.Measures.Labels) == 0):
		return errors.New("measures: name their column and their labels")
	case l.Measures != nil && l.Period.Across && len(l.Values) > 0:
		return errors.New("values: where the periods are across and measures have labels there are no other values")
	case l.Measures != nil && !l.Period.Across && (len(l.Values) != 1 || l.Values[0].Column == "" || l.Values[0].Measure != ""):
		return errors.New("values: with measures by label, name the one column of values, without a measure")
	}
	seen := map[string]bool{}
	for _, v := range values {
		if l.Measures != nil && v.Measure == "" && v == &l.Values[0] {
			continue
		}
		if err := l.checkValue(v); err != nil {
			return fmt.Errorf("values: %q: %w", v.Column, err)
		}
		key := v.Measure
		for _, name := range slices.Sorted(maps.Keys(v.Where)) {
			key += " " + name + "=" + v.Where[name]
		}
		if seen[key] {
			return fmt.Errorf("values: two columns are %q; where says how they differ", key)
		}
		seen[key] = true
	}
	return nil
}

// checkValue checks one measure.
func (l *Layout) checkValue(v *Value) error {
	switch {
	case v.Column == "" && !l.Period.Across:
		return errors.New("name its column")
	case !measureName.MatchString(v.Measure) || !measureName.MatchString(v.Unit):
		return fmt.Errorf("the measure %q and the unit %q are lower-case words joined by hyphens", v.Measure, v.Unit)
	case v.Most < 0:
		return fmt.Errorf("most is %d, less than none", v.Most)
	case (v.One == "") != (v.Many == ""):
		return errors.New("one and many must be set together")
	}
	for name, code := range v.Where {
		if new(stat.Dimensions).Field(name) == nil {
			return fmt.Errorf("where: %q is not one of age, category, destination, origin, route and sex", name)
		}
		if slices.ContainsFunc(l.Dimensions, func(d Dimension) bool { return d.Name == name }) {
			return fmt.Errorf("where: %s is a dimension with a column already", name)
		}
		if err := codes.CheckDimension(name, code); err != nil {
			return fmt.Errorf("where: %w", err)
		}
	}
	return nil
}

func (l *Layout) completeDimensions() error {
	for i := range l.Dimensions {
		d := &l.Dimensions[i]
		fail := func(err error) error { return fmt.Errorf("dimension %q: %w", d.Name, err) }
		if new(stat.Dimensions).Field(d.Name) == nil {
			return fail(errors.New("choose one of age, category, destination, origin, route and sex"))
		}
		if d.Column == "" {
			return fail(errors.New("name its column"))
		}
		if slices.ContainsFunc(l.Dimensions[:i], func(o Dimension) bool { return o.Name == d.Name }) {
			return fail(errors.New("it is declared twice; add up the rows of the other column with sum_over"))
		}
		if d.CodeList != "" && !slices.Contains(schemas.CodeListNames(), d.CodeList) {
			return fail(fmt.Errorf("there is no code list %q", d.CodeList))
		}
		if d.Some && d.Occurring {
			return fail(errors.New("a part without a row is either 0 (occurring) or not stated (some), not both"))
		}
		own := slices.Sorted(maps.Values(d.Codes))
		if d.Blank != "" {
			own = append(own, d.Blank)
		}
		for _, code := range own {
			if err := codes.CheckDimension(d.Name, code); err != nil {
				return fail(err)
			}
		}
	}
	return nil
}

// completeColumns checks that no column has two uses.
func (l *Layout) completeColumns() error {
	use := map[string]string{}
	add := func(column, what string) error {
		if column == "" {
			return nil
		}
		key := decode.Words(column)
		if key == "" {
			return fmt.Errorf("%s: the column %q has no words", what, column)
		}
		if use[key] != "" {
			return fmt.Errorf("the column %q is both %s and %s", column, use[key], what)
		}
		use[key] = what
		return nil
	}
	var errs []error
	for _, c := range []struct{ column, what string }{{l.Period.Column, "period"}, {l.Period.Year, "year"}, {l.Period.Month, "month"}, {l.Period.Quarter, "quarter"}} {
		errs = append(errs, add(c.column, c.what))
	}
	for _, v := range l.Values {
		errs = append(errs, add(v.Column, "value"))
	}
	if l.Measures != nil {
		errs = append(errs, add(l.Measures.Column, "measure"))
	}
	for _, d := range l.Dimensions {
		errs = append(errs, add(d.Column, "dimension"))
	}
	for _, c := range l.SumOver {
		errs = append(errs, add(c, "sum_over"))
	}
	for _, c := range l.Ignore {
		errs = append(errs, add(c, "ignore"))
	}
	if l.Flags != nil {
		errs = append(errs, add(l.Flags.Column, "flags"))
	}
	for column, texts := range l.Only {
		if len(texts) == 0 || decode.Words(column) == "" {
			errs = append(errs, fmt.Errorf("only: %q has no texts", column))
		}
	}
	return errors.Join(errs...)
}

// completeSeries fills in the breakdowns to publish, and checks the checks.
func (l *Layout) completeSeries() error {
	if l.Series == nil {
		l.Series = []string{""}
		for _, d := range l.Dimensions {
			l.Series = append(l.Series, d.Name)
		}
	}
	seen := map[int]bool{}
	for _, names := range l.Series {
		set, err := l.Set(names)
		if err != nil {
			return fmt.Errorf("series: %w", err)
		}
		if seen[set] {
			return fmt.Errorf("series: %q occurs twice", names)
		}
		seen[set] = true
	}
	keys := map[string]bool{}
	for _, v := range l.AllValues() {
		keys[decode.Words(v.Column)] = true
	}
	for _, c := range l.Checks {
		for _, name := range append([]string{c.Total}, c.Parts...) {
			if !keys[decode.Words(name)] {
				return fmt.Errorf("checks: there are no values called %q", name)
			}
		}
		if len(c.Parts) == 0 {
			return fmt.Errorf("checks: %q has no parts", c.Total)
		}
	}
	return nil
}

// Set returns the dimensions named in a text, as bits by their order in the layout.
func (l *Layout) Set(names string) (bits int, err error) {
	for _, name := range strings.Fields(names) {
		i := slices.IndexFunc(l.Dimensions, func(d Dimension) bool { return d.Name == name })
		if i < 0 || bits&(1<<i) != 0 {
			return 0, fmt.Errorf("%q is not a list of dimensions of this layout", names)
		}
		bits |= 1 << i
	}
	return bits, nil
}

// checkMarks checks the statuses of texts and flags.
func (l *Layout) checkMarks() error {
	for text, s := range l.Missing {
		if !s.Valid() || s.HasValue() {
			return fmt.Errorf("missing: %q: %q is not the status of a missing value: O, M or Q", text, s)
		}
	}
	if l.Flags == nil {
		return nil
	}
	for flag, s := range l.Flags.Meaning {
		if flag == "" || s != "" && !s.Valid() {
			return fmt.Errorf("flags: %q: %q is no status", flag, s)
		}
	}
	if l.Flags.Column == "" && !l.Flags.InCells {
		return errors.New("flags: they are in a column or in_cells")
	}
	return nil
}

// completePlace checks where files are found, and when.
func (l *Layout) completePlace() error {
	if l.Every == 0 {
		l.Every = 366
	}
	if l.Grace == 0 {
		l.Grace = l.Every
	}
	if l.Every < 1 || l.Every > maxDays || l.Grace < 1 || l.Grace > maxDays {
		return fmt.Errorf("every and grace are 1 to %d days", maxDays)
	}
	if _, err := time.LoadLocation(l.Zone); err != nil || l.Zone == "Local" {
		return fmt.Errorf("there is no time zone %q", l.Zone)
	}
	if l.Place == nil {
		return nil
	}
	return l.Place.check()
}
