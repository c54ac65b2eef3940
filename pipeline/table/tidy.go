package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Tidy is a file in the tidy layout: observations, each with its release, and the comment lines
// about the file.
type Tidy struct {
	Observations []stat.Observation
	Meta         map[string]string // publisher, licence, title, …
}

// tidyMeta are the keys, besides the column names, that a comment line may have.
var tidyMeta = []string{"title", "publisher", "licence", "attribution", "url", "note"}

// tidyDefaults are the values of columns that may be left out, though they are not empty in every
// file.
var tidyDefaults = map[string]string{
	"ref_area": stat.Total, "route": stat.Total, "origin": stat.Total, "destination": stat.Total, "category": stat.Total,
	"sex": stat.Total, "age": stat.Total, "kind": string(stat.Flow), "lower": "", "upper": "", "revised": "false",
	"publisher_mark": "", "first_seen": "", "release": "", "locator": "",
}

// IsTidy reports whether data looks like a CSV in the tidy layout. It does if the header, the first
// line that is not a comment, has a column for the series, or if a comment line above it gives the
// series of all rows.
func IsTidy(data []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		text := strings.TrimSpace(string(line))
		switch {
		case strings.HasPrefix(text, "# series: "), strings.HasPrefix(text, "#series: "):
			return true
		case !strings.HasPrefix(text, "#"):
			return slices.ContainsFunc(strings.Split(text, ","), func(s string) bool { return tidyName(s) == "series" })
		}
	}
	return false
}

// tidyName returns a column's name from a header: without quotation marks, in lower case, with
// underscores for spaces. Columns are our own and have one name each.
func tidyName(header string) string {
	return strings.ReplaceAll(decode.Words(strings.Trim(header, ` "`)), " ", "_")
}

// OtherSeparator returns the character that separates the header of a file that would be in the
// tidy layout with commas: a semicolon, a tab or a vertical line. It returns "" for any other file.
func OtherSeparator(data []byte) string {
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		text := strings.TrimSpace(string(line))
		if strings.HasPrefix(text, "#") {
			continue
		}
		for _, sep := range []string{";", "\t", "|"} {
			names := strings.Split(text, sep)
			for i := range names {
				names[i] = tidyName(names[i])
			}
			if len(names) > 1 && (slices.Contains(names, "series") || slices.Contains(names, "period_start")) {
				return sep
			}
		}
		break
	}
	return ""
}

// SeparatorError is the error about a file that is separated by another character than a comma.
func SeparatorError(file, sep string) error {
	return &decode.Error{File: file, Err: fmt.Errorf("the columns are separated by %q: %w", sep, decode.ErrFormat), Hint: "use commas: save the file as comma-separated UTF-8 CSV"}
}

// ReadTidy reads a CSV in the tidy layout: "# key: value" lines with the values common to all rows,
// a header with columns of the table observations in any order, and one row per observation. Errors
// are *decode.Error and name file. base gives the release's source, and its vintage and first-seen
// instant if the file does not. Rows of several vintages are several releases, whose identifiers
// are made from the sha256 in base.
func ReadTidy(file string, data []byte, base stat.Release) (*Tidy, error) {
	return ReadTidyBy(file, data, base, nil)
}

// ReadTidyBy is ReadTidy with a rule that each row must keep. The rule's error is reported with the
// row and with the column that the rule names.
func ReadTidyBy(file string, data []byte, base stat.Release, rule func(stat.Observation) (column string, err error)) (*Tidy, error) {
	fail := func(line int, column string, err error, hint string) error {
		return &decode.Error{File: file, Line: line, Column: column, Err: err, Hint: hint}
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, fail(0, "", fmt.Errorf("not UTF-8 text: %w", decode.ErrFormat), "save the file as UTF-8 CSV")
	}
	if n := len(data); n > 0 && data[n-1] != '\n' {
		return nil, fail(1+bytes.Count(data, []byte("\n")), "", fmt.Errorf("%w: the last line has no end; the file may be cut short", decode.ErrFormat),
			"fetch or save the file again; if it is whole, end its last line")
	}
	if sep := OtherSeparator(data); sep != "" {
		return nil, SeparatorError(file, sep)
	}
	t := &tidyReader{file: file, base: base, rule: rule, constants: map[string]string{}, meta: map[string]string{},
		series: map[stat.SeriesID]*stat.Series{}, releases: map[string]*stat.Release{}}
	rest, lines, err := t.comments(bytes.TrimPrefix(data, []byte("\ufeff")))
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(rest))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, fail(lines+1, "", fmt.Errorf("no header: %w", decode.ErrFormat), "the file is empty or not CSV")
	}
	if err := t.header(slices.Clone(header), lines+1); err != nil {
		return nil, err
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			at := 0
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				at = lines + parse.StartLine
			}
			return nil, fail(at, "", fmt.Errorf("%w: %w", decode.ErrShape, err), "correct the row: one value for each column")
		}
		line, _ := r.FieldPos(0)
		if err := t.row(record, lines+line); err != nil {
			return nil, err
		}
	}
	if len(t.obs) == 0 {
		return nil, fail(0, "", fmt.Errorf("no rows: %w", decode.ErrShape), "the file has a header but no rows")
	}
	return &Tidy{t.obs, t.meta}, nil
}

// tidyReader is the state of reading one file.
type tidyReader struct {
	file      string
	base      stat.Release
	rule      func(stat.Observation) (column string, err error) // or nil
	constants map[string]string
	meta      map[string]string
	columns   []string
	series    map[stat.SeriesID]*stat.Series
	releases  map[string]*stat.Release
	obs       []stat.Observation
}

// comments reads the lines that begin with "#" and returns the rest. A line that is not "key:
// value" is a remark. A key that is neither a column nor known is an error, because it may be a
// misspelt column.
func (t *tidyReader) comments(data []byte) (rest []byte, lines int, err error) {
	columns := schemas.MustLoad("observations")
	for bytes.HasPrefix(data, []byte("#")) {
		line, after, _ := bytes.Cut(data, []byte("\n"))
		lines++
		data = after
		key, value, found := strings.Cut(strings.TrimSpace(string(line[1:])), ": ")
		_, twice := t.constants[key]
		if _, again := t.meta[key]; twice || again {
			return nil, 0, t.fail(lines, "", fmt.Errorf("%q is given twice: %w", key, decode.ErrHeader), "keep one of the lines")
		}
		switch {
		case !found || strings.Contains(key, " "):
		case columns.Index(key) >= 0:
			t.constants[key] = strings.TrimSpace(value)
		case slices.Contains(tidyMeta, key):
			t.meta[key] = strings.TrimSpace(value)
		default:
			return nil, 0, &decode.Error{File: t.file, Line: lines, Err: fmt.Errorf("key %q is neither a column nor one of %s: %w",
				key, strings.Join(tidyMeta, ", "), decode.ErrHeader), Hint: "correct the key, or write the remark without a colon"}
		}
	}
	return data, lines, nil
}

// header checks that the columns are known, occur once, and are complete together with the
// constants and defaults.
func (t *tidyReader) header(header []string, line int) error {
	table := schemas.MustLoad("observations")
	for i, written := range header {
		name := tidyName(written)
		header[i] = name
		_, constant := t.constants[name]
		switch {
		case table.Index(name) < 0:
			return t.fail(line, written, fmt.Errorf("unknown column: %w", decode.ErrHeader), "columns may be left out but never renamed; see the schema of observations")
		case slices.Contains(header[:i], name) || constant:
			return t.fail(line, name, fmt.Errorf("column given twice: %w", decode.ErrHeader), "keep one of them")
		}
	}
	t.columns = header
	for _, c := range table.Columns {
		_, constant := t.constants[c.Name]
		_, optional := tidyDefaults[c.Name]
		derived := slices.Contains([]string{"source", "period_end", "precision", "obs_status", "vintage", "measure"}, c.Name)
		if !slices.Contains(header, c.Name) && !constant && !optional && !derived && c.Required {
			return t.fail(line, c.Name, fmt.Errorf("column is missing: %w", decode.ErrHeader), "add the column, or a line \"# "+c.Name+": …\" above the header")
		}
	}
	return nil
}

func (t *tidyReader) fail(line int, column string, err error, hint string) error {
	return &decode.Error{File: t.file, Line: line, Column: column, Err: err, Hint: hint}
}

// row turns one record into an observation.
func (t *tidyReader) row(record []string, line int) error {
	get := func(name string) string {
		if i := slices.Index(t.columns, name); i >= 0 {
			return record[i]
		}
		if v, ok := t.constants[name]; ok {
			return v
		}
		return tidyDefaults[name]
	}
	s, err := t.seriesOf(get, line)
	if err != nil {
		return err
	}
	period, column, err := tidyPeriod(get, s.Frequency(), s.Kind)
	if err != nil {
		return t.fail(line, column, fmt.Errorf("%w: %w", decode.ErrPeriod, err), "dates are YYYY-MM-DD, and both ends are included")
	}
	release, err := t.releaseOf(get, line)
	if err != nil {
		return err
	}
	o := stat.Observation{Series: s, Period: period, Status: stat.Status(get("obs_status")),
		Mark: get("publisher_mark"), Release: release, Locator: get("locator")}
	if o.Revised, err = tidyBool(get("revised")); err != nil {
		return t.fail(line, "revised", err, "true or false")
	}
	for _, name := range numberColumns {
		to := map[string]*stat.Count{"value": &o.Value, "lower": &o.Lower, "upper": &o.Upper}[name]
		if *to, err = stat.ParseCount(get(name)); err != nil {
			return t.fail(line, name, fmt.Errorf("%q is %w of at most %d", get(name), decode.ErrCount, int64(stat.MaxCount)), "write plain digits, or leave it empty if the value is missing")
		}
	}
	if o.Status == "" {
		o.Status = stat.Normal
		if !o.Value.IsKnown() {
			o.Status = stat.Missing
		}
	}
	if o.Locator == "" {
		o.Locator = fmt.Sprintf("line %d", line)
	}
	if err := t.check(o, line); err != nil {
		return err
	}
	if t.rule != nil {
		if column, err := t.rule(o); err != nil {
			return t.fail(line, column, fmt.Errorf("%w: %w", decode.ErrPeriod, err), "a period must be over when its figure is published, and no date may be in the future")
		}
	}
	t.obs = append(t.obs, o)
	return nil
}

// numberColumns are the columns with counts, in reading order.
var numberColumns = []string{"value", "lower", "upper"}

// check returns an error if the columns of an observation contradict each other.
func (t *tidyReader) check(o stat.Observation, line int) error {
	err := o.Validate()
	switch {
	case err == nil:
		return nil
	case !o.Status.Valid() || o.Status.HasValue() != o.Value.IsKnown():
		return t.fail(line, "obs_status", fmt.Errorf("%w: %w", decode.ErrShape, err), "a value has a status such as A or P; an empty value O, M or Q")
	}
	for i, c := range []stat.Count{o.Value, o.Lower, o.Upper} {
		if n, known := c.Get(); known && n < 0 && !o.Series.Balances() {
			return t.fail(line, numberColumns[i], fmt.Errorf("%w: %w", decode.ErrCount, err), "only missing people can be below zero, in an entry that moves them to the dead")
		}
	}
	column := "lower"
	if n, known := o.Upper.Sub(o.Value).Get(); known && n < 0 {
		column = "upper"
	}
	return t.fail(line, column, fmt.Errorf("%w: %w", decode.ErrShape, err), "lower is the least and upper the greatest possible value")
}

// tidyBool reads true or false as people and spreadsheets write them.
func tidyBool(s string) (bool, error) {
	switch s {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false: %w", s, decode.ErrShape)
}

// seriesOf returns the series of a row. All rows of a series must agree on its properties, and its
// identifier must agree with its columns.
func (t *tidyReader) seriesOf(get func(string) string, line int) (*stat.Series, error) {
	id := stat.SeriesID(get("series"))
	s := stat.Series{ID: id, Source: t.base.Source, Measure: get("measure"), Unit: get("unit"), Flow: get("flow"), Kind: stat.Kind(get("kind")), RefArea: get("ref_area"),
		Dimensions: stat.Dimensions{Age: get("age"), Category: get("category"), Destination: get("destination"), Origin: get("origin"), Route: get("route"), Sex: get("sex")}}
	if old := t.series[id]; old != nil {
		if s.Measure == "" {
			s.Measure = old.Measure
		}
		if *old != s {
			return nil, t.fail(line, "series", fmt.Errorf("%s has different properties in an earlier row: %w", id, decode.ErrShape), "unit, flow, kind and dimensions must be the same in all rows of a series")
		}
		return old, nil
	}
	source, measure, f, d, err := id.Parse()
	if err != nil {
		return nil, t.fail(line, "series", fmt.Errorf("%w: %w", decode.ErrShape, err), "write "+string(t.base.Source)+":measure:FREQ and :dimension=code for each breakdown, in alphabetical order. A measure is lower-case words joined by hyphens, FREQ is D, W, M, Q or A, and a code has letters, digits, _, - and .; see docs/own-figures.md")
	}
	if s.Measure == "" {
		s.Measure = measure
	}
	if given := get("source"); source != t.base.Source || given != "" && given != source {
		return nil, t.fail(line, "series", fmt.Errorf("%s is not a series of %s: %w", id, t.base.Source, decode.ErrShape), "ingest the file under the source that it names")
	}
	if s.Measure != measure || s.Dimensions != d || !f.Valid() {
		return nil, t.fail(line, "series", fmt.Errorf("%s does not agree with the measure and dimensions of its row: %w", id, decode.ErrShape), "the identifier names every dimension that is not _T")
	}
	for column, value := range map[string]string{"kind": string(s.Kind), "flow": s.Flow, "sex": s.Sex} {
		if err := inCodeList(column, value); err != nil {
			return nil, t.fail(line, column, err, "see the code list "+column+" in the data dictionary")
		}
	}
	t.series[id] = &s
	return &s, nil
}

// inCodeList returns an error if the value is not in the named code list.
func inCodeList(name, value string) error {
	codes, err := schemas.CodeList(name)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(codes, func(c schemas.Code) bool { return c.Code == value }) {
		return fmt.Errorf("%q is not in the code list: %w", value, decode.ErrShape)
	}
	return nil
}

// tidyPeriod reads a row's period. If the row does not give the end, it follows from the start and
// the series' frequency. The periods of a flow are of its frequency, or ranges.
func tidyPeriod(get func(string) string, f stat.Frequency, kind stat.Kind) (stat.Period, string, error) {
	start, err := stat.ParseDate(get("period_start"))
	if err != nil {
		return stat.Period{}, "period_start", err
	}
	y, m, _ := start.YMD()
	p := map[stat.Frequency]stat.Period{stat.Daily: stat.Day(start), stat.Weekly: stat.WeekEnding(start.AddDays(6)),
		stat.Monthly: stat.Month(y, m), stat.Quarterly: stat.QuarterOf(start), stat.Annual: stat.Year(y)}[f]
	if kind == stat.Stock {
		p = stat.Day(start) // a stock on a date, whatever its frequency
	}
	p.Start = start
	if end := get("period_end"); end != "" {
		if p.End, err = stat.ParseDate(end); err != nil {
			return p, "period_end", err
		}
	}
	if precision := get("precision"); precision != "" {
		p.Precision = stat.Precision(precision)
	}
	column := "period_start"
	own, fits := precisions[f], p.Precision == stat.PrecisionRange || kind == stat.Stock
	if err = p.Validate(); err == nil && p.Precision != own && !fits {
		column, err = "precision", fmt.Errorf("the series is by the %s, but the row is a %s", own, p.Precision)
	}
	return p, column, err
}

// precisions are the precisions of the periods in a series of a frequency.
var precisions = map[stat.Frequency]stat.Precision{stat.Daily: stat.PrecisionDay, stat.Weekly: stat.PrecisionWeek,
	stat.Monthly: stat.PrecisionMonth, stat.Quarterly: stat.PrecisionQuarter, stat.Annual: stat.PrecisionYear}

// releaseOf returns the release of a row: one for each vintage in the file.
func (t *tidyReader) releaseOf(get func(string) string, line int) (*stat.Release, error) {
	text, seen := get("vintage"), get("first_seen")
	if r := t.releases[text+" "+seen]; r != nil {
		return r, nil
	}
	r := t.base
	if text != "" {
		d, err := stat.ParseDate(text)
		if err == nil {
			err = stat.Day(d).Validate()
		}
		if err != nil {
			return nil, t.fail(line, "vintage", fmt.Errorf("%w: %w", decode.ErrPeriod, err), "the release date, YYYY-MM-DD")
		}
		r.Vintage, r.FirstSeen = d, d.Time()
	}
	if r.Vintage.IsZero() {
		return nil, t.fail(line, "vintage", fmt.Errorf("no release date: %w", decode.ErrPeriod), "add a line \"# vintage: YYYY-MM-DD\", or give --released")
	}
	if r.FirstSeen.IsZero() {
		r.FirstSeen = r.Vintage.Time()
	}
	if seen != "" {
		at, err := time.Parse(time.RFC3339, seen)
		if err != nil {
			return nil, t.fail(line, "first_seen", fmt.Errorf("%q is not an instant: %w", seen, decode.ErrPeriod), "as in 2026-02-20T16:12:58Z")
		}
		r.FirstSeen = at.UTC()
	}
	r.ID = stat.NewReleaseID(r.Vintage, r.SHA256)
	t.releases[text+" "+seen] = &r
	return &r, nil
}
