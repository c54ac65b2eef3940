package stat

import (
	"fmt"
	"strings"
)

// Total is the code of a dimension that is not broken down. Unknown is the code of a
// value that the publisher does not know.
const (
	Total   = "_T"
	Unknown = "_U"
)

// Kind says whether values may be added up over time.
type Kind string

// A flow counts what happened in a period; a stock is a level on a date and is
// never summed over time.
const (
	Flow  Kind = "flow"
	Stock Kind = "stock"
)

// Dimensions are the breakdowns of a series, each a code or Total. The
// reference area is not among them: it is the same for all of a source's series
// that share a measure, and so is not part of a series' name.
type Dimensions struct {
	Age, Category, Destination, Origin, Route, Sex string
}

// AllTotal is the breakdown of a series that is not broken down.
var AllTotal = Dimensions{Total, Total, Total, Total, Total, Total}

// pairs returns the dimensions with their names, in alphabetical order.
func (d Dimensions) pairs() [6][2]string {
	return [6][2]string{{"age", d.Age}, {"category", d.Category}, {"destination", d.Destination},
		{"origin", d.Origin}, {"route", d.Route}, {"sex", d.Sex}}
}

// Field returns the field of the dimension called name, or nil if there is none.
func (d *Dimensions) Field(name string) *string {
	switch name {
	case "age":
		return &d.Age
	case "category":
		return &d.Category
	case "destination":
		return &d.Destination
	case "origin":
		return &d.Origin
	case "route":
		return &d.Route
	case "sex":
		return &d.Sex
	}
	return nil
}

// SeriesID is the permanent name of a series:
// source:measure:FREQ[:dimension=code…], dimensions in alphabetical order and
// only those that are not Total. It is used in addresses and never changes.
type SeriesID string

// NewSeriesID builds the identifier of a series.
func NewSeriesID(source, measure string, f Frequency, d Dimensions) SeriesID {
	id := source + ":" + measure + ":" + string(f)
	for _, p := range d.pairs() {
		if p[1] != Total && p[1] != "" {
			id += ":" + p[0] + "=" + p[1]
		}
	}
	return SeriesID(id)
}

// Measure returns the identifier without its dimensions: source:measure:FREQ.
func (id SeriesID) Measure() string { return strings.TrimSuffix(string(id.Group()), ":*") }

// Group names all breakdowns of one measure and frequency together:
// source:measure:FREQ:* for a series with dimensions, and the series itself for
// one without. A publisher who restates a table restates all of its breakdowns, even
// one that is left out.
func (id SeriesID) Group() SeriesID {
	rest, colons := string(id), 2
	if prefix(rest) != "" {
		colons++
	}
	for i := range len(rest) {
		if rest[i] != ':' {
			continue
		}
		if colons--; colons < 0 {
			return SeriesID(rest[:i+1] + "*")
		}
	}
	return id
}

// IsGroup reports whether id names a group of breakdowns and not a series.
func (id SeriesID) IsGroup() bool { return strings.HasSuffix(string(id), ":*") }

// prefix returns the prefix of the identifiers of users' own sources, or "".
func prefix(id string) string {
	for _, p := range []string{"tidy:", "tidy-events:", tablePrefix} {
		if strings.HasPrefix(id, p) {
			return p
		}
	}
	return ""
}

// isWord reports whether s is a part of an identifier: lower-case words joined by hyphens.
func isWord(s string) bool {
	return joined(s, "-", func(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' })
}

// isCode reports whether s is a dimension's code as an identifier may have it.
func isCode(s string) bool {
	return joined(s, "-.", func(c byte) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
	})
}

// joined reports whether s is one or more parts of these characters, joined by a separator each.
func joined(s, separators string, is func(byte) bool) bool {
	inPart := false
	for i := range len(s) {
		switch {
		case is(s[i]):
			inPart = true
		case inPart && strings.IndexByte(separators, s[i]) >= 0:
			inPart = false
		default:
			return false
		}
	}
	return inPart
}

// Parse splits the identifier. It is the inverse of NewSeriesID and refuses every
// identifier that NewSeriesID would not build. A source may have the form tidy:<name>,
// tidy-events:<name> or table:<name>.
func (id SeriesID) Parse() (source, measure string, f Frequency, d Dimensions, err error) {
	bad := func(why string) (string, string, Frequency, Dimensions, error) {
		return "", "", "", Dimensions{}, fmt.Errorf("series %q: %s", string(id), why)
	}
	own := prefix(string(id))
	name, rest, _ := strings.Cut(string(id[len(own):]), ":")
	measure, rest, more := strings.Cut(rest, ":")
	if !more {
		return bad("want source:measure:FREQ")
	}
	part, rest, more := strings.Cut(rest, ":")
	if !isWord(name) {
		return bad("bad source")
	}
	if !isWord(measure) {
		return bad("bad measure")
	}
	if f = Frequency(part); !f.Valid() {
		return bad("frequency is not one of D, W, M, Q, A")
	}
	d = AllTotal
	for last := ""; more; {
		part, rest, more = strings.Cut(rest, ":")
		k, v, _ := strings.Cut(part, "=")
		field := d.Field(k)
		if field == nil || !isCode(v) {
			return bad("bad dimension " + part)
		}
		if k <= last || v == Total {
			return bad("dimensions are not in alphabetical order")
		}
		*field, last = v, k
	}
	return own + name, measure, f, d, nil
}

// Frequency returns the frequency in the identifier, or "" where it has none.
func (id SeriesID) Frequency() Frequency {
	_, _, f, _, _ := id.Parse()
	return f
}

// Series is one measure for one area and breakdown over time: what all of its
// observations share, and what a reader must know about it.
type Series struct {
	ID      SeriesID
	Source  string
	Measure string // "arrivals"
	Unit    string // "persons", "boats", "events", "cases"
	Flow    string // arrival, removal, fatality, prevention, asylum
	Kind    Kind
	RefArea string // ISO 3166-1 alpha-3 of the area that the figures are about
	Dimensions
	Title       string // "Small-boat arrivals, daily"
	Definition  string // what is counted, and what is not
	Designation string // the publisher's own: "provisional operational data"
	// One and Many continue a count in a sentence: "person has arrived in a
	// small boat", "people have arrived in small boats". A series without them
	// has no headline.
	One, Many string
}

// Frequency returns how often the series has a value.
func (s Series) Frequency() Frequency { return s.ID.Frequency() }

// Balances reports whether a value of the series may be below zero. When people move
// from missing to dead, the entry that subtracts them may be in a period of its own.
// Bodies found are never subtracted in this way. Of a table, the layout has said whether it may.
func (s Series) Balances() bool {
	return s.Flow == "fatality" && s.Kind == Flow && s.Measure != "dead" || strings.HasPrefix(s.Source, tablePrefix) && s.Kind == Flow
}

// tablePrefix begins the identifiers of tables that a layout describes.
const tablePrefix = "table:"

// NewSeries fills in a series' identifier from its parts. Empty dimensions
// become Total.
func NewSeries(s Series, f Frequency) Series {
	for _, p := range []*string{&s.Age, &s.Category, &s.Destination, &s.Origin, &s.Route, &s.Sex} {
		if *p == "" {
			*p = Total
		}
	}
	s.ID = NewSeriesID(s.Source, s.Measure, f, s.Dimensions)
	return s
}
