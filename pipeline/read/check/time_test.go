package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// in returns the text of an error, "" for none, and fails if it does not wrap want.
func in(t *testing.T, err, want error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if !errors.Is(err, want) {
		t.Errorf("%v does not wrap %v", err, want)
	}
	return err.Error()
}

func TestClock(t *testing.T) {
	c := NewClock(time.Date(2026, 2, 15, 23, 30, 0, 0, time.UTC), time.FixedZone("east", 3600))
	if c.Day != stat.MustDate("2026-02-16") || !c.At.Equal(time.Date(2026, 2, 15, 23, 30, 0, 0, time.UTC)) || c.At.Location() != time.UTC {
		t.Errorf("%+v", c)
	}
	for day, want := range map[stat.Date]string{
		0:                           "",
		c.Day:                       "",
		c.Day + 1:                   "2026-02-17 is in the future: the file was retrieved on 2026-02-16",
		stat.MustDate("1900-01-01"): "",
		stat.MustDate("1899-12-31"): "1899-12-31 is before the year 1900",
		stat.Date(1):                "0001-01-01 is before the year 1900",
		stat.MustDate("2199-12-31"): "2199-12-31 is in the future: the file was retrieved on 2026-02-16",
	} {
		err := c.CheckDay(day)
		if got := fmt.Sprint(err); err == nil && want != "" || err != nil && got != want {
			t.Errorf("%s: %s, want %q", day, got, want)
		}
		if errors.Is(err, ErrAhead) != (day > c.Day) {
			t.Errorf("%s: %v", day, err)
		}
	}
	in(t, c.CheckDay(1), ErrLongAgo)
}

func TestOver(t *testing.T) {
	week := stat.WeekEnding(sunday)
	for _, c := range []struct {
		own      bool
		p        stat.Period
		released stat.Date
		want     string
	}{
		{false, stat.Day(sunday), sunday + 1, ""},
		{false, stat.Day(sunday), sunday, "2026-02-15 was not over when it was published on 2026-02-15"},
		{true, stat.Day(sunday), sunday, ""},
		{true, stat.Day(sunday), sunday - 1, "2026-02-15 was not over when it was published on 2026-02-14"},
		{true, week, sunday, "2026-02-09 to 2026-02-15 was not over when it was published on 2026-02-15"},
		{false, week, sunday + 1, ""},
	} {
		if got := in(t, Time{OwnDay: c.own}.CheckOver(c.p, c.released), ErrNotOver); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for day, want := range map[stat.Date]string{sunday - 1: "", sunday: "", sunday + 1: "2026-02-16 was not over when it was published on 2026-02-15"} {
		if got := in(t, CheckIncident(day, sunday), ErrNotOver); got != want {
			t.Errorf("%s: %q", day, got)
		}
	}
}

func TestDates(t *testing.T) {
	clock := Clock{At: time.Date(2026, 2, 16, 12, 0, 0, 0, time.UTC), Day: sunday + 1}
	for name, c := range map[string]struct {
		time      Time
		vintage   stat.Date
		firstSeen time.Time
		period    stat.Period
		missing   bool
		want      string // column, then the error
	}{
		"good":            {vintage: sunday + 1, firstSeen: clock.At, period: stat.Day(sunday)},
		"vintage ahead":   {vintage: sunday + 2, period: stat.Day(sunday), want: "vintage: X: 2026-02-17 is in the future: the file was retrieved on 2026-02-16"},
		"seen ahead":      {vintage: sunday + 1, firstSeen: clock.At.Add(time.Second), period: stat.Day(sunday), want: "first_seen: X: 2026-02-16T12:00:01Z is in the future: the file was retrieved at 2026-02-16T12:00:00Z"},
		"midnight ahead":  {vintage: sunday + 1, firstSeen: clock.At.Add(-12 * time.Hour), period: stat.Day(sunday)},
		"long ago":        {vintage: sunday + 1, period: stat.Day(stat.MustDate("1899-12-31")), want: "period_start: X: 1899-12-31 is before the year 1900"},
		"the first":       {vintage: sunday + 1, period: stat.Day(stat.MustDate("1900-01-01"))},
		"not over":        {vintage: sunday + 1, period: stat.Day(sunday + 1), want: "period_start: X: 2026-02-16 was not over when it was published on 2026-02-16"},
		"not over, blank": {vintage: sunday + 1, period: stat.Day(sunday + 1), missing: true},
		"fills ahead":     {time: Time{FillsAhead: true}, vintage: sunday + 1, period: stat.Day(sunday + 1)},
		"its own day":     {time: Time{OwnDay: true}, vintage: sunday + 1, period: stat.Day(sunday + 1)},
	} {
		o := obs(days, c.period, 5)
		o.Locator, o.Release = "X", &stat.Release{Vintage: c.vintage, FirstSeen: c.firstSeen}
		if c.missing {
			o.Value = stat.Count{}
		}
		got := ""
		if f := c.time.CheckDates(o, clock); f != nil {
			got = f.Column + ": " + f.Error()
			if f.Where != "X" || f.Unwrap() != f.Err || f.Err == nil {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	early := Clock{At: (sunday + 1).Time().Add(-time.Hour), Day: sunday + 1}
	o := obs(days, stat.Day(sunday), 5)
	o.Release = &stat.Release{Vintage: sunday + 1, FirstSeen: (sunday + 1).Time()}
	if f := (Time{}).CheckDates(o, early); f != nil {
		t.Errorf("the start of the day of a vintage is ahead: %v", f)
	}
}

func TestKnownLeavesOutWhatIsNotOver(t *testing.T) {
	clock := Clock{At: (sunday + 9).Time(), Day: sunday + 9}
	released := &stat.Release{Vintage: sunday - 3}
	filled := func(values ...int64) []stat.Observation { // a week; the last four days are not over
		list := said(values...)
		for i := range list {
			list[i].Release = released
		}
		return list
	}
	const tail = " rows, here the first, are for periods from 2026-02-12 to 2026-02-15 that were not over when they were published; they are no figures and are left out"
	for name, c := range map[string]struct {
		time     Time
		list     []stat.Observation
		kept     int
		severity stat.Severity
		want     string
	}{
		"all over":         {Time{}, filled(1, 2, 3), 3, "", ""},
		"blank":            {Time{}, filled(1, 2, 3, -1, -1, -1, -1), 3, stat.SeverityWarning, "4" + tail},
		"zeros of fillers": {Time{FillsAhead: true}, filled(1, 2, 3, 0, -1, 0, 0), 3, stat.SeverityNote, "4" + tail},
		"one is a figure":  {Time{FillsAhead: true}, filled(1, 2, 3, 0, 0, 1, 0), 3, stat.SeverityWarning, "4" + tail},
	} {
		kept, found, err := c.time.Past(c.list, clock)
		if err != nil || len(kept) != c.kept || (len(found) == 1) != (c.want != "") {
			t.Errorf("%s: %d kept, %v, %v", name, len(kept), found, err)
			continue
		}
		if len(found) == 1 && (found[0].Severity != c.severity || found[0].Message != c.want || found[0].Code != "not-over" || found[0].Where != "S!2026-02-12") {
			t.Errorf("%s: %+v", name, found[0])
		}
	}
	if kept, found, err := (Time{FillsAhead: true}).Past(filled(1, 2, 3, 4), clock); err != nil || len(kept) != 3 || len(found) != 1 {
		t.Errorf("one row ahead: %v, %v, %v", kept, found, err)
	}
	kept, found, err := Time{}.Past(filled(1, 2, 3, 4), clock)
	if kept != nil || found != nil || in(t, err, ErrNotOver) != "S!2026-02-12: 2026-02-12 was not over when it was published on 2026-02-12" {
		t.Errorf("%v, %v, %v", kept, found, err)
	}
}

// TestKnownKeepsWhatFollows has a period that was not over above one that was.
func TestKnownKeepsWhatFollows(t *testing.T) {
	clock := Clock{At: (sunday + 9).Time(), Day: sunday + 9}
	list := said(1, 2, 3, -1)
	list[0], list[3] = list[3], list[0]
	for i := range list {
		list[i].Release = &stat.Release{Vintage: sunday - 3}
	}
	kept, found, err := Time{}.Past(list, clock)
	if err != nil || len(found) != 1 || !slices.Equal(kept, list[1:]) {
		t.Errorf("%v, %v, %v", kept, found, err)
	}
}

func TestGates(t *testing.T) {
	for name, c := range map[string]struct {
		gate                 Gate
		note, warning, error bool
	}{"default": {GateDefault, false, false, true}, "off": {GateOff, false, false, false}, "strict": {GateStrict, false, true, true}} {
		g, err := ParseGate(name)
		if err != nil || g != c.gate || g.String() != name {
			t.Errorf("%s is %v, %v", name, g, err)
		}
		if g.Holds(stat.SeverityNote) != c.note || g.Holds(stat.SeverityWarning) != c.warning || g.Holds(stat.SeverityError) != c.error {
			t.Errorf("%s holds the wrong ones", name)
		}
	}
	if g, err := ParseGate("lax"); g != GateDefault || err == nil || err.Error() != `"lax" is none of off, default, strict` {
		t.Errorf("%v, %v", g, err)
	}
}

// TestReleaseLeavesItsInputAsItIs passes observations that are not in order.
func TestReleaseLeavesItsInputAsItIs(t *testing.T) {
	list := said(1, 2, 3)
	slices.Reverse(list)
	before := slices.Clone(list)
	if _, err := Release(list, nil); err != nil || !slices.Equal(list, before) {
		t.Errorf("%v, %v", list, err)
	}
}

// TestADateTwiceNamesBothPlaces has a key that two rows state.
func TestADateTwiceNamesBothPlaces(t *testing.T) {
	list := said(1, 1)
	list[1].Period, list[1].Locator = list[0].Period, "below"
	_, err := Release(list, nil)
	if err == nil || !strings.HasPrefix(err.Error(), list[0].Locator+" and below: ") {
		t.Errorf("%v", err)
	}
}
