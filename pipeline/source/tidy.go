package source

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// tidyID matches the identifier of figures of one's own in the tidy layout.
var tidyID = regexp.MustCompile(`^tidy:[a-z0-9]+(-[a-z0-9]+)*$`)

// IsTidy reports whether id has the form tidy:<name>.
func IsTidy(id string) bool { return tidyID.MatchString(id) }

// maxTidy is the size of the largest tidy file, in bytes.
const maxTidy = 64 << 20

// licences are the addresses of licences that tidy files name often, by the name in lower case.
var licences = map[string]string{
	"open government licence v3.0": openGovernment,
	"ogl v3.0":                     openGovernment,
	"cc by 4.0":                    "https://creativecommons.org/licenses/by/4.0/",
}

// About is what the newest file of a tidy source says of it in its comment lines. Each may be "".
type About struct{ Title, Publisher, Licence, Homepage string }

// Tidy returns the source tidy:<name>: figures of one's own in the tidy layout, without a place to
// fetch them from or a promised frequency. A homepage that is not an address of the web is left out.
func Tidy(id string, about About) *Source {
	return &Source{
		ID: id, Title: cmp.Or(about.Title, id),
		Terms:    Terms{Publisher: cmp.Or(about.Publisher, "not stated"), Licence: cmp.Or(about.Licence, "not stated"), LicenceAt: licences[strings.ToLower(about.Licence)]},
		Homepage: webAddress(about.Homepage),
		Holds:    "Figures given by hand in the tidy layout.",
		Place:    origin.Place{MaxBytes: maxTidy},
		Every:    366, Grace: 366,
		Rules: []check.Rule{check.Breakdowns},
		Pairs: []check.Pair{check.PeoplePerBoat},
		Date:  func(name string, _ []byte) (stat.Date, time.Time) { return DateInName(name), time.Time{} },
		Decode: func(f File) (Result, error) {
			if sep := table.OtherSeparator(f.Data); sep != "" {
				return Result{}, table.SeparatorError(f.Name, sep)
			}
			return Result{}, &decode.Error{File: f.Name, Err: fmt.Errorf("not a CSV in the tidy layout: %w", decode.ErrFormat),
				Hint: "the header must have a column called series; see docs/own-figures.md"}
		},
	}
}

// webAddress returns an address if it is absolute and of the web, else "".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return ""
	}
	return u.String()
}

// tidyTitle makes the title of a series from its codes and the title of its data set, such as
// "Let in, category dover, quarterly (Ports)".
func tidyTitle(dataSet string, x *stat.Series) string {
	measures, _ := schemas.CodeLabels("measure")
	title := cmp.Or(measures[x.Measure], strings.ReplaceAll(x.Measure, "-", " "))
	if title != "" {
		title = strings.ToUpper(title[:1]) + title[1:] // the codes of measures are ASCII
	}
	for _, d := range [][2]string{{"age", x.Age}, {"category", x.Category}, {"destination", x.Destination}, {"origin", x.Origin}, {"route", x.Route}, {"sex", x.Sex}} {
		if d[1] != stat.Total && d[1] != "" {
			title += ", " + layout.LabelOf(d[0], d[1])
		}
	}
	return title + ", " + x.Frequency().Word() + " (" + dataSet + ")"
}

// eventsID matches the identifier of microdata of one's own.
var eventsID = regexp.MustCompile(`^tidy-events:[a-z0-9]+(-[a-z0-9]+)*$`)

// IsEvents reports whether id has the form tidy-events:<name>.
func IsEvents(id string) bool { return eventsID.MatchString(id) }

// IsOwn reports whether id is that of figures, a table or microdata of one's own, which need no
// registration.
func IsOwn(id string) bool { return IsTidy(id) || IsEvents(id) || IsTable(id) }

// MaxRecords is the size of the largest file of microdata, in bytes, as it is given.
const MaxRecords = 64 << 30

// Events returns the source tidy-events:<name>: microdata of one's own, without a place to fetch it
// from or a promised frequency. The layout says the rest.
func Events(id string, l *layout.Layout) *Source {
	return &Source{
		ID: id, Title: cmp.Or(l.Title, id), Homepage: l.Homepage,
		Terms: Terms{Publisher: cmp.Or(l.Publisher, "not stated"), Licence: cmp.Or(l.Licence, "not stated"), LicenceAt: l.LicenceAt},
		Holds: "Records given by hand, counted by day.",
		Place: origin.Place{MaxBytes: MaxRecords},
		Every: 366, Grace: 366,
		Records: l,
		Date:    func(name string, _ []byte) (stat.Date, time.Time) { return DateInName(name), time.Time{} },
	}
}
