package source

import (
	"fmt"
	"regexp"
	"time"

	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// tidyID matches the identifier of figures of one's own in the tidy layout.
var tidyID = regexp.MustCompile(`^tidy:[a-z0-9]+(-[a-z0-9]+)*$`)

// IsTidy reports whether id has the form tidy:<name>.
func IsTidy(id string) bool { return tidyID.MatchString(id) }

// maxTidy is the size of the largest tidy file, in bytes.
const maxTidy = 64 << 20

// Tidy returns the source tidy:<name>: figures of one's own in the tidy layout, without a place to
// fetch them from or a promised frequency. The comment lines of the file say who publishes them and
// under what licence; the arguments are those of the newest file.
func Tidy(id, title, publisher, licence string) *Source {
	return &Source{
		ID: id, Title: or(title, id), Terms: Terms{Publisher: or(publisher, "not stated"), Licence: or(licence, "not stated")},
		Holds: "Figures given by hand in the tidy layout.",
		Place: origin.Place{MaxBytes: maxTidy},
		Every: 366, Grace: 366,
		Rules: []check.Rule{check.Breakdowns},
		Pairs: []check.Pair{check.PeoplePerBoat},
		Date:  func(name string, _ []byte) (stat.Date, time.Time) { return DateInName(name), time.Time{} },
		Decode: func(f File) (Result, error) {
			return Result{}, &decode.Error{File: f.Name, Err: fmt.Errorf("not a CSV in the tidy layout: %w", decode.ErrFormat),
				Hint: "the header must have a column called series; see the table observations in the data dictionary"}
		},
	}
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// eventsID matches the identifier of microdata of one's own.
var eventsID = regexp.MustCompile(`^tidy-events:[a-z0-9]+(-[a-z0-9]+)*$`)

// IsEvents reports whether id has the form tidy-events:<name>.
func IsEvents(id string) bool { return eventsID.MatchString(id) }

// IsOwn reports whether id is that of figures or microdata of one's own, which need no
// registration.
func IsOwn(id string) bool { return IsTidy(id) || IsEvents(id) }

// MaxRecords is the size of the largest file of microdata, in bytes, as it is given.
const MaxRecords = 64 << 30

// Events returns the source tidy-events:<name>: microdata of one's own, without a place to fetch it
// from or a promised frequency. The layout says the rest.
func Events(id string, l *layout.Layout) *Source {
	return &Source{
		ID: id, Title: or(l.Title, id), Homepage: l.Homepage,
		Terms: Terms{Publisher: or(l.Publisher, "not stated"), Licence: or(l.Licence, "not stated"), LicenceAt: l.LicenceAt},
		Holds: "Records given by hand, counted by day.",
		Place: origin.Place{MaxBytes: MaxRecords},
		Every: 366, Grace: 366,
		Records: l,
		Date:    func(name string, _ []byte) (stat.Date, time.Time) { return DateInName(name), time.Time{} },
	}
}
