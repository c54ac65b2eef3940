package source

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // the day in London must not depend on the machine

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// london is the zone in which GOV.UK's days begin and end.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zone is part of the program
	}
	return l
}()

// updatedOn is the day that a page shows as that of its last change.
var updatedOn = regexp.MustCompile(`^(?:Published .{1,40} )?(?:Last updated|Updated) (\d{1,2} [A-Z][a-z]+ 20\d\d)\b`)

// PageDate returns when a page of GOV.UK with the figures of days up to last
// was released: the day in London, and the instant where the page has one. The
// zero last means not known.
//
//  1. govuk:public-updated-at, unless that cannot be: last was not over yet,
//     the page was not published yet (govuk:first-published-at), or the page
//     itself shows a later day ("Updated 19 July 2022"). Editors date a page
//     when they write it, and add figures without dating it anew.
//  2. govuk:updated-at in these cases, or where the page has nothing else.
//  3. For pages before July 2022, which have neither, the day that they show.
//  4. The day in the file's name.
func PageDate(name string, page *decode.HTML, last stat.Date) (stat.Date, time.Time) {
	public, updated := instant(page, "govuk:public-updated-at"), instant(page, "govuk:updated-at")
	first, shown := instant(page, "govuk:first-published-at"), shownDate(page)
	at := public
	if day := stat.DateOf(public.In(london)); public.IsZero() || day <= last || public.Before(first) || day < shown {
		if !updated.IsZero() {
			at = updated
		}
	}
	switch {
	case !at.IsZero():
		return stat.DateOf(at.In(london)), at.UTC().Truncate(time.Second)
	case !shown.IsZero():
		return shown, time.Time{}
	}
	return DateInName(name), time.Time{}
}

// PageDateOf returns a Date of a source that is a page of GOV.UK; last returns the last
// day that the page has figures of, or no date.
func PageDateOf(last func(*decode.HTML) stat.Date) func(name string, data []byte) (stat.Date, time.Time) {
	return func(name string, data []byte) (stat.Date, time.Time) {
		page, err := decode.OpenHTML(name, data, decode.DefaultLimits)
		if err != nil {
			return DateInName(name), time.Time{}
		}
		return PageDate(name, page, last(page))
	}
}

// instant returns the time in a page's meta element, or the zero time.
func instant(page *decode.HTML, name string) time.Time {
	t, err := time.Parse(time.RFC3339, page.Meta(name))
	if err != nil {
		return time.Time{}
	}
	return t
}

// shownDate returns the day that a page shows as that of its last change, or no
// date.
func shownDate(page *decode.HTML) stat.Date {
	for _, x := range page.Texts() {
		if m := updatedOn.FindStringSubmatch(x.Text); m != nil {
			if day, err := LongDate(m[1]); err == nil {
				return day
			}
		}
	}
	return 0
}

// CheckDay returns an error for a day that figures published on the day released, at
// most most days later, cannot be of. The commonest reason is a wrong year,
// which would write over the figures of another. The error wraps
// decode.ErrPeriod.
func CheckDay(day, released stat.Date, most int) error {
	good := func(d stat.Date) bool { return d < released && int(released-d) <= most }
	for _, years := range []int{1, -1} {
		if right := day.AddYears(years); !good(day) && good(right) {
			return fmt.Errorf("%w that the page can state: %s is a year off, published on %s it can only be %s; it would overwrite %d",
				decode.ErrPeriod, day.Long(), released, right, day.Year())
		}
	}
	switch {
	case day >= released:
		return fmt.Errorf("%w that the page can state: %s was not over when it was published on %s", decode.ErrPeriod, day.Long(), released)
	case !good(day):
		return fmt.Errorf("%w that the page can state: %s is %d days before it was published on %s, want at most %d",
			decode.ErrPeriod, day.Long(), released-day, released, most)
	}
	return nil
}

// LongDate reads a day such as "25 May 2022". The error wraps decode.ErrPeriod.
func LongDate(s string) (stat.Date, error) {
	y, m, d, err := decode.DateText(s)
	if err != nil {
		return 0, err
	}
	return stat.NewDate(y, m, d), nil
}

// PageDay reads the day in column i of a row. The error is a *decode.Error.
func PageDay(r decode.HTMLRow, i int) (stat.Date, error) {
	y, m, d, err := r.Date(i)
	if err != nil {
		return 0, err
	}
	return stat.NewDate(y, m, d), nil
}

// LastDay returns the last day in the first column of a table of days, or no
// date. Rows that have none are passed over: they are for the decoder to refuse.
func LastDay(t decode.HTMLTable) (last stat.Date) {
	for _, r := range t.Rows[1:] {
		if day, err := PageDay(r, 0); err == nil {
			last = max(last, day)
		}
	}
	return last
}

// PageCount fills in an observation from column i of its row: a count, or a dash
// for not available, with the note that the row has and the mark that the count
// has. "[r]" and "Revised" say that the publisher revised it. A mark that is not
// known, such as a footnote's, is kept, and known is false. The error is a
// *decode.Error.
func PageCount(o stat.Observation, r decode.HTMLRow, i int, note string) (_ stat.Observation, known bool, err error) {
	o.Locator, known = r.Ref(i), true
	if text, whole := r.Plain(i); whole && text == "-" {
		o.Status, o.Mark, o.Revised = stat.Missing, "-", IsRevised(note)
		return o, true, nil
	}
	n, mark, err := r.Count(i)
	if err != nil {
		return o, false, err
	}
	o.Status, o.Value = stat.Provisional, stat.Known(n)
	o.Mark = strings.TrimSpace(mark + " " + note)
	revised, known := MarkOf(mark)
	o.Revised = revised || IsRevised(note)
	return o, known, nil
}

// MarkOf says of a count's mark whether it tells that the count was revised, and
// whether that is all it tells.
func MarkOf(mark string) (revised, known bool) {
	known = true
	for _, m := range strings.Fields(mark) {
		revised, known = revised || m == "[r]", known && m == "[r]"
	}
	return revised, known
}

// IsRevised reports whether a note says that the publisher revised the figures.
func IsRevised(note string) bool { return strings.EqualFold(note, "Revised") }

// UnknownMark is the finding about a note or mark that no rule explains.
func UnknownMark(o stat.Observation, what string) stat.Finding {
	return stat.Finding{Code: "unknown-note", Where: o.Locator,
		Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", what, o.Period.Start)}
}

// UnknownTables is the finding about a page with tables that are not read, or
// nothing.
func UnknownTables(page *decode.HTML) []stat.Finding {
	if n := len(page.Tables()); n > 1 {
		return []stat.Finding{{Code: "unknown-table", Message: fmt.Sprintf("the page has %d tables and one of them is read; see whether the others hold figures", n)}}
	}
	return nil
}
