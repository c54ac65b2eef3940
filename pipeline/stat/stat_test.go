package stat

import (
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		date string
		unix int32
		slot int
		end  string
		day  time.Weekday
	}{
		{"1970-01-01", 0, 1, "1970-01-31", time.Thursday},
		{"1969-12-31", -1, 366, "1969-12-31", time.Wednesday},
		{"0001-01-01", -719162, 1, "0001-01-31", time.Monday},
		{"2024-02-29", 19782, 60, "2024-02-29", time.Thursday},
		{"2023-03-01", 19417, 61, "2023-03-31", time.Wednesday},
		{"2024-03-01", 19783, 61, "2024-03-31", time.Friday},
		{"2100-02-28", 47540, 59, "2100-02-28", time.Sunday},
	} {
		d := MustDate(c.date)
		if d.String() != c.date || d.UnixDays() != c.unix || d.Slot() != c.slot || d.MonthEnd().String() != c.end || d.Weekday() != c.day {
			t.Errorf("%s: %s, %d days, slot %d, month ends %s, %s", c.date, d, d.UnixDays(), d.Slot(), d.MonthEnd(), d.Weekday())
		}
		if DateFromUnixDays(c.unix) != d {
			t.Errorf("%d days is %s", c.unix, DateFromUnixDays(c.unix))
		}
	}
	if Date(0).String() != "" || Date(0).Long() != "" || !Date(0).IsZero() {
		t.Error("no date is shown as one")
	}
	if got := MustDate("2025-09-06").Long(); got != "6 September 2025" {
		t.Errorf("long form %q", got)
	}
}

func TestDateOfKeepsTheDayOfItsZone(t *testing.T) {
	east := time.FixedZone("east", 13*3600)
	if got := DateOf(time.Date(2026, 1, 1, 0, 30, 0, 0, east)); got != MustDate("2026-01-01") {
		t.Errorf("got %s", got)
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, s := range []string{"", "2023-02-29", "2024-13-01", "2024-1-1", "20240101", "01/01/2024", "2024-01-01T00:00:00", " 2024-01-01"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q is %s", s, d)
		}
	}
}

func TestDateText(t *testing.T) {
	if err := quick.Check(func(n uint16) bool {
		d := Date(n)
		text, err := d.MarshalText()
		var back Date
		return err == nil && back.UnmarshalText(text) == nil && back == d
	}, nil); err != nil {
		t.Error(err)
	}
}

func TestAddYearsMovesOnlyTheLeapDay(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2024-02-29", -1, "2023-02-28"}, {"2024-02-29", 4, "2028-02-29"}, {"2023-02-28", 1, "2024-02-28"}, {"2025-12-31", -1, "2024-12-31"}, {"2000-02-29", 100, "2100-02-28"}} {
		if got := MustDate(c.from).AddYears(c.n); got.String() != c.want {
			t.Errorf("%s and %d years: %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := MustDate("2024-02-29").InYear(2021).String(); got != "2021-02-28" {
		t.Errorf("got %s", got)
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		p          Period
		start, end string
		days       int
	}{
		{Day(MustDate("2026-02-15")), "2026-02-15", "2026-02-15", 1},
		{WeekEnding(MustDate("2026-02-15")), "2026-02-09", "2026-02-15", 7},
		{Month(2024, time.February), "2024-02-01", "2024-02-29", 29},
		{Quarter(2025, 4), "2025-10-01", "2025-12-31", 92},
		{Quarter(2025, 1), "2025-01-01", "2025-03-31", 90},
		{Year(2024), "2024-01-01", "2024-12-31", 366},
	} {
		if err := c.p.Validate(); err != nil || c.p.Start.String() != c.start || c.p.End.String() != c.end || c.p.Days() != c.days {
			t.Errorf("%+v: %s to %s, %d days, %v", c.p, c.p.Start, c.p.End, c.p.Days(), err)
		}
	}
	for name, p := range map[string]Period{
		"no dates": {}, "backwards": {MustDate("2026-01-02"), MustDate("2026-01-01"), PrecisionRange},
		"no month":      {MustDate("2026-01-02"), MustDate("2026-01-31"), PrecisionMonth},
		"two days":      {MustDate("2026-01-02"), MustDate("2026-01-03"), PrecisionDay},
		"six-day week":  {MustDate("2026-01-02"), MustDate("2026-01-07"), PrecisionWeek},
		"odd precision": {MustDate("2026-01-02"), MustDate("2026-01-07"), "fortnight"},
	} {
		if p.Validate() == nil {
			t.Errorf("%s passed", name)
		}
	}
	if !Year(2024).Contains(Month(2024, time.February)) || Month(2024, time.February).Contains(Year(2024)) {
		t.Error("contains is wrong")
	}
}

func TestMissingIsNeverZero(t *testing.T) {
	var missing Count
	if missing == Known(0) || missing.IsKnown() || missing.String() != "" || Known(0).String() != "0" {
		t.Error("missing and zero are the same")
	}
	if Known(1).Add(missing).IsKnown() || missing.Sub(Known(1)).IsKnown() {
		t.Error("a sum over a missing count is known")
	}
	if n, ok := Known(3).Sub(Known(5)).Get(); n != -2 || !ok {
		t.Error("difference is wrong")
	}
}

func TestParseCount(t *testing.T) {
	for s, want := range map[string]Count{"": {}, "0": Known(0), "1305": Known(1305), "1000000000": Known(MaxCount)} {
		if got, err := ParseCount(s); err != nil || got != want {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"+1", "1.0", "1,305", " 1", "1e3", "-", "0x1f", "9223372036854775808"} {
		if got, err := ParseCount(s); err == nil || got.IsKnown() {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestWorstStatus(t *testing.T) {
	for _, c := range [][3]Status{{"", Normal, Normal}, {Normal, Provisional, Provisional}, {Missing, Provisional, Missing}, {Break, Estimated, Break}} {
		if Worst(c[0], c[1]) != c[2] || Worst(c[1], c[0]) != c[2] {
			t.Errorf("worst of %q and %q", c[0], c[1])
		}
	}
	for _, s := range []Status{Normal, Provisional, Estimated, Break, NotExisting, Missing, Suppressed} {
		if !s.Valid() || s.Label() == string(s) {
			t.Errorf("status %s has no label", s)
		}
	}
	if Status("X").Valid() || Missing.HasValue() || !Break.HasValue() {
		t.Error("status is wrong")
	}
}

func TestSeriesID(t *testing.T) {
	for id, d := range map[SeriesID]Dimensions{
		"ukho-small-boats:arrivals:D":                           AllTotal,
		"ukho-returns:returns:Q:category=enforced":              {Total, "enforced", Total, Total, Total, Total},
		"iom-missing-migrants:dead:M:route=english-channel":     {Total, Total, Total, Total, "english-channel", Total},
		"tidy:mine:arrivals:A:age=Y18T24:origin=AFG:sex=F":      {"Y18T24", Total, Total, "AFG", Total, "F"},
		"a:b-c:W:age=_U:category=x:destination=FRA:route=r.1-2": {"_U", "x", "FRA", Total, "r.1-2", Total},
	} {
		source, measure, f, got, err := id.Parse()
		if err != nil || got != d {
			t.Errorf("%s: %+v, %v", id, got, err)
		}
		if NewSeriesID(source, measure, f, got) != id || id.Frequency() != f {
			t.Errorf("%s is built as %s", id, NewSeriesID(source, measure, f, got))
		}
	}
	for _, id := range []SeriesID{"", "a", "a:b", "a:b:X", "A:b:D", "a:b:D:sex=F:age=_U", "a:b:D:sex=_T", "a:b:D:sex=", "a:b:D:ref_area=GBR", "a:b:D:sex=F:sex=M", "a/b:c:D", "a:b:D:", "tidy:b:D", "a:b:D:origin=../x"} {
		if _, _, _, _, err := id.Parse(); err == nil {
			t.Errorf("%q passed", id)
		}
	}
}

// A source and a measure have lower-case letters and digits, a code also capitals and "_". A hyphen, and in a code a dot, joins two parts.
func TestTheCharactersOfAnIdentifier(t *testing.T) {
	const word = "abcdefghijklmnopqrstuvwxyz0123456789"
	for _, c := range []struct{ before, after, characters, joins string }{
		{"", ":b:D", word, "-"},
		{"a:", ":D", word, "-"},
		{"a:b:D:sex=", "", word + "ABCDEFGHIJKLMNOPQRSTUVWXYZ_", "-."},
	} {
		for i := range 256 {
			x := string([]byte{byte(i)})
			is, joins := strings.Contains(c.characters, x), strings.Contains(c.joins, x)
			for part, want := range map[string]bool{x: is, x + "a": is, "a" + x: is, "a" + x + "a": is || joins, "a" + x + x + "a": is} {
				id := SeriesID(c.before + part + c.after)
				if _, _, _, _, err := id.Parse(); (err == nil) != want {
					t.Errorf("%q: %v", id, err)
				}
			}
		}
	}
}

func TestSeriesGroup(t *testing.T) {
	for id, want := range map[SeriesID]SeriesID{
		"ukho-small-boats:arrivals:D":                  "ukho-small-boats:arrivals:D",
		"ukho-returns:returns:Q:category=enforced":     "ukho-returns:returns:Q:*",
		"ukho-returns:returns:Q:destination=ALB:sex=F": "ukho-returns:returns:Q:*",
		"tidy:mine:arrivals:A":                         "tidy:mine:arrivals:A",
		"tidy:mine:arrivals:A:origin=AFG":              "tidy:mine:arrivals:A:*",
		"ukho-returns:returns:Q:*":                     "ukho-returns:returns:Q:*",
	} {
		if got := id.Measure(); got != strings.TrimSuffix(string(want), ":*") {
			t.Errorf("%s is of %s", id, got)
		}
		if got := id.Group(); got != want {
			t.Errorf("%s is in group %s, want %s", id, got, want)
		}
	}
}

func FuzzSeriesID(f *testing.F) {
	f.Add("ukho-returns:returns:Q:category=enforced")
	f.Add("tidy:mine:a:D:age=x:sex=y")
	f.Fuzz(func(t *testing.T, s string) {
		source, measure, freq, d, err := SeriesID(s).Parse()
		if err == nil && string(NewSeriesID(source, measure, freq, d)) != s {
			t.Errorf("%q is taken for %s", s, NewSeriesID(source, measure, freq, d))
		}
	})
}

func TestReleasesAreOrderedByWhenTheyWereKnown(t *testing.T) {
	day := MustDate("2026-02-20")
	morning := Release{ID: "b", Vintage: day, FirstSeen: day.Time().Add(9 * time.Hour)}
	evening := Release{ID: "a", Vintage: day, FirstSeen: day.Time().Add(16 * time.Hour)}
	next := Release{ID: "0", Vintage: day + 1}
	if morning.Compare(evening) >= 0 || evening.Compare(next) >= 0 || next.Compare(next) != 0 {
		t.Error("order is wrong")
	}
}

func TestObservationValidate(t *testing.T) {
	s := NewSeries(Series{Source: "a", Measure: "b"}, Daily)
	good := Observation{Series: &s, Period: Day(MustDate("2026-01-01")), Value: Known(1), Status: Normal}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Observation){
		"no period":        func(o *Observation) { o.Period = Period{} },
		"no status":        func(o *Observation) { o.Status = "" },
		"missing, a value": func(o *Observation) { o.Status = Missing },
		"normal, no value": func(o *Observation) { o.Value = Count{} },
	} {
		o := good
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s passed", name)
		}
	}
}

// FuzzParseDate reads days of the command line and of files: what is accepted is a day
// and written as it was read.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-06-26", "2024-02-29", "2026-02-30", "0001-01-01", "0000-12-31", "9999-12-31", "1970-01-01", "2026-6-1", "2026-06-26T00:00:00Z", "yesterday"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := ParseDate(text); err == nil && (d.IsZero() || d.String() != text) {
			t.Errorf("%q is %d, %q", text, d, d)
		}
	})
}
