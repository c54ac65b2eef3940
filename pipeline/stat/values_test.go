package stat

import (
	"cmp"
	"strings"
	"testing"
	"time"
)

func TestLeapYearsAreThoseOfTheCalendar(t *testing.T) {
	for y := 1; y <= 2800; y++ {
		if want := time.Date(y, time.March, 0, 0, 0, 0, 0, time.UTC).Day() == 29; IsLeap(y) != want {
			t.Fatalf("%d: leap is %v", y, !want)
		}
	}
}

func TestDateParts(t *testing.T) {
	d := MustDate("2024-02-29")
	if y, m, day := d.YMD(); y != 2024 || m != time.February || day != 29 || d.Year() != 2024 || d.Month() != time.February {
		t.Errorf("%d %s %d, %d, %s", y, m, day, d.Year(), d.Month())
	}
	if got := d.MonthStart(); got != MustDate("2024-02-01") {
		t.Errorf("month starts %s", got)
	}
	if got := MustDate("1969-12-31").Time(); got != time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC) {
		t.Errorf("midnight is %s", got)
	}
	if d, err := ParseDate("0000-12-31"); d != 0 || err == nil {
		t.Errorf("no date is read as %d, %v", d, err)
	}
	if d, err := ParseDate("0001-01-01"); d != 1 || err != nil {
		t.Errorf("the first day is %d, %v", d, err)
	}
	for _, c := range [][3]string{{"2025-03-29", "2026-03-29"}, {"2024-02-10", "2025-02-10"}, {"2023-03-29", "2024-03-29"}} {
		if got := MustDate(c[0]).AddYears(1).String(); got != c[1] {
			t.Errorf("a year after %s is %s", c[0], got)
		}
	}
	if got := MustDate("2096-02-29").AddYears(4).String(); got != "2100-02-28" {
		t.Errorf("got %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a bad date in the program does not panic")
		}
	}()
	MustDate("2026-02-30")
}

func TestDateFromText(t *testing.T) {
	d := MustDate("2026-01-02")
	if err := d.UnmarshalText([]byte{}); err != nil || d != 0 {
		t.Errorf("no text is %d, %v", d, err)
	}
	for _, bad := range []string{"2", "2026", "2026-02-30"} {
		if err := d.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is %s", bad, d)
		}
	}
}

func TestSumOutOfRangeIsNoNumber(t *testing.T) {
	if n, ok := Sum(1<<62, 1<<62); n != 0 || ok {
		t.Errorf("%d, %v", n, ok)
	}
	for _, text := range []string{"1000000001", "-1000000001", "99999999999999999999"} {
		if c, err := ParseCount(text); c.IsKnown() || err == nil || err.Error() != `"`+text+`" is not a count: more than 1000000000` {
			t.Errorf("%q: %s, %v", text, c, err)
		}
	}
}

func TestPeriodValidateErrors(t *testing.T) {
	first, last := MustDate("1900-01-01"), MustDate("2199-12-31")
	for _, c := range []struct {
		p    Period
		want string
	}{
		{Period{first, last, PrecisionRange}, ""},
		{Period{first, first, PrecisionRange}, ""},
		{Period{first - 1, last, PrecisionRange}, "1899-12-31 to 2199-12-31 is outside the years 1900 to 2199"},
		{Period{first, last + 1, PrecisionRange}, "1900-01-01 to 2200-01-01 is outside the years 1900 to 2199"},
		{Period{0, last, PrecisionDay}, "period without a date"},
		{Period{first, 0, PrecisionDay}, "period without a date"},
		{Period{first + 1, first, PrecisionRange}, "period ends 1900-01-01, before its start 1900-01-02"},
		{Period{first, first, "fortnight"}, `precision "fortnight" is not one of day, week, month, quarter, year, range`},
		{Period{first, last, PrecisionDay}, "1900-01-01 to 2199-12-31 is not a day"},
		{Period{MustDate("2026-02-01"), MustDate("2026-04-30"), PrecisionQuarter}, "2026-02-01 to 2026-04-30 is not a quarter"},
		{Period{MustDate("2026-01-02"), MustDate("2026-12-31"), PrecisionYear}, "2026-01-02 to 2026-12-31 is not a year"},
		{Quarter(2026, 2), ""},
		{Quarter(2026, 3), ""},
	} {
		got := ""
		if err := c.p.Validate(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%+v: %q, want %q", c.p, got, c.want)
		}
	}
	for start := time.January; start <= time.December; start++ {
		p := Period{NewDate(2026, start, 1), NewDate(2026, start+3, 0), PrecisionQuarter}
		if want := start%3 == 1; (p.Validate() == nil) != want {
			t.Errorf("a quarter from %s: %v", start, p.Validate())
		}
	}
}

func TestContainsBothEnds(t *testing.T) {
	june := Month(2026, time.June)
	for _, c := range []struct {
		from, to Date
		want     bool
	}{{june.Start, june.End, true}, {june.Start - 1, june.End, false}, {june.Start, june.End + 1, false}, {june.Start + 1, june.End - 1, true}} {
		if got := june.Contains(Period{c.from, c.to, PrecisionRange}); got != c.want {
			t.Errorf("June contains %s to %s: %v", c.from, c.to, got)
		}
	}
}

func TestEachStatus(t *testing.T) {
	order := []Status{"", Normal, Provisional, Estimated, Break, Suppressed, NotExisting, Missing}
	for i, a := range order {
		for j, b := range order {
			if got, want := Worst(a, b), order[max(i, j)]; got != want {
				t.Errorf("worst of %q and %q is %q", a, b, got)
			}
		}
	}
	for _, c := range []struct {
		s              Status
		label          string
		hasValue       bool
		absent, caveat Mark
	}{
		{Normal, "as published", true, MarkNotAvailable, ""},
		{Provisional, "provisional", true, MarkNotAvailable, MarkProvisional},
		{Estimated, "estimated", true, MarkNotAvailable, MarkEstimated},
		{Break, "break in series", true, MarkNotAvailable, MarkBreak},
		{NotExisting, "not applicable", false, MarkNotApplicable, ""},
		{Missing, "not available", false, MarkNotAvailable, ""},
		{Suppressed, "suppressed", false, MarkConfidential, ""},
		{"X", "X", true, MarkNotAvailable, ""},
	} {
		if c.s.Label() != c.label || c.s.HasValue() != c.hasValue || c.s.Absent() != c.absent || c.s.Caveat() != c.caveat {
			t.Errorf("%s: %q, %v, %q, %q", c.s, c.s.Label(), c.s.HasValue(), c.s.Absent(), c.s.Caveat())
		}
	}
}

func TestEachMarkHasAMeaning(t *testing.T) {
	want := map[Mark]string{
		"[b]": "break", "[c]": "confidential", "[e]": "estimated", "[immature]": "immature", "[low]": "low base", "[p]": "provisional",
		"[r]": "revised", "[u]": "low reliability", "[x]": "not available", "[z]": "not applicable",
	}
	if len(Marks) != len(want) {
		t.Errorf("%d marks", len(Marks))
	}
	for _, m := range Marks {
		if before, _, _ := strings.Cut(m.Meaning(), ":"); before != want[m] {
			t.Errorf("%s means %q", m, m.Meaning())
		}
	}
	if got := Mark("[y]").Meaning(); got != "[y]" {
		t.Errorf("an unknown mark means %q", got)
	}
}

func TestNewSeriesFillsIn(t *testing.T) {
	s := NewSeries(Series{Source: "a", Measure: "b", Dimensions: Dimensions{Sex: "F"}}, Quarterly)
	if want := (Dimensions{Total, Total, Total, Total, Total, "F"}); s.Dimensions != want || s.ID != "a:b:Q:sex=F" || s.Frequency() != Quarterly {
		t.Errorf("%+v", s)
	}
	if id := NewSeriesID("a", "b", Daily, Dimensions{Age: "Y", Sex: Total}); id != "a:b:D:age=Y" {
		t.Errorf("empty dimensions give %s", id)
	}
	for _, c := range []struct {
		id      SeriesID
		measure string
		group   bool
	}{{"a:b:D", "a:b:D", false}, {"a:b:D:*", "a:b:D", true}, {"a:b:D:sex=F", "a:b:D", false}, {"a:b", "a:b", false}} {
		if c.id.Measure() != c.measure || c.id.IsGroup() != c.group {
			t.Errorf("%s: measure %s, group %v", c.id, c.id.Measure(), c.id.IsGroup())
		}
	}
	if f := SeriesID("a:b:D:sex=").Frequency(); f != "" {
		t.Errorf("a bad identifier has frequency %s", f)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for id, want := range map[SeriesID]string{
		"a:b":                   "want source:measure:FREQ",
		"A:b:D":                 "bad source",
		"a:B:D":                 "bad measure",
		"a:b:X":                 "frequency is not one of D, W, M, Q, A",
		"a:b:D:ref_area=GBR":    "bad dimension ref_area=GBR",
		"a:b:D:sex=":            "bad dimension sex=",
		"a:b:D:sex=F:age=Y":     "dimensions are not in alphabetical order",
		"tidy-events:B:b:D":     "bad source",
		"tidy:mine:b:D:color=x": "bad dimension color=x",
	} {
		source, measure, f, d, err := id.Parse()
		if err == nil || err.Error() != `series "`+string(id)+`": `+want || source+measure+string(f) != "" || d != (Dimensions{}) {
			t.Errorf("%s: %q %q %q %+v, %v", id, source, measure, f, d, err)
		}
	}
}

func TestOnlyFlowsOfTheMissingBalance(t *testing.T) {
	for _, c := range []struct {
		flow, measure string
		kind          Kind
		want          bool
	}{{"fatality", "missing", Flow, true}, {"fatality", "missing", Stock, false}, {"fatality", "dead", Flow, false}, {"arrival", "missing", Flow, false}} {
		if got := (Series{Flow: c.flow, Measure: c.measure, Kind: c.kind}).Balances(); got != c.want {
			t.Errorf("%+v balances: %v", c, got)
		}
	}
}

func TestASumThatLacksRows(t *testing.T) {
	if one, two := Lacking("A!B2", 1), Lacking("A!B2", 2); one != "A!B2; 1 row in quarantine" || two != "A!B2; 2 rows in quarantine" {
		t.Errorf("%q, %q", one, two)
	}
	for _, c := range []struct {
		status  Status
		locator string
		want    bool
	}{{Estimated, Lacking("A", 1), true}, {Break, Lacking("A", 3), true}, {Normal, Lacking("A", 1), false}, {Estimated, "A", false}, {Break, "A", false}} {
		if got := (Observation{Status: c.status, Locator: c.locator}).Incomplete(); got != c.want {
			t.Errorf("%s %q is incomplete: %v", c.status, c.locator, got)
		}
	}
}

func TestOrderOfObservations(t *testing.T) {
	a, b := Series{ID: "a"}, Series{ID: "b"}
	day := func(s *Series, from, to Date) Observation {
		return Observation{Series: s, Period: Period{Start: from, End: to}}
	}
	sorted := []Observation{day(&a, 1, 1), day(&a, 1, 9), day(&a, 2, 2), day(&b, 1, 1)}
	for i, x := range sorted {
		for j, y := range sorted {
			if got := x.Compare(y); got != cmp.Compare(i, j) {
				t.Errorf("%d to %d is %d", i, j, got)
			}
		}
	}
	if id := NewReleaseID(MustDate("2026-01-02"), "0123456789abcdef"); id != "2026-01-02-01234567" {
		t.Errorf("release %s", id)
	}
	if got := (Release{ID: "b"}).Compare(Release{ID: "a"}); got != 1 {
		t.Errorf("releases of one instant: %d", got)
	}
}

func TestCoverageMeets(t *testing.T) {
	c := Coverage{Series: "a:b:D:sex=F", Start: 10, End: 20}
	for _, d := range []struct {
		Coverage
		want bool
	}{
		{Coverage{Series: "a:b:D:sex=F", Start: 20, End: 30}, true},
		{Coverage{Series: "a:b:D:sex=F", Start: 1, End: 10}, true},
		{Coverage{Series: "a:b:D:sex=F", Start: 21, End: 30}, false},
		{Coverage{Series: "a:b:D:sex=F", Start: 1, End: 9}, false},
		{Coverage{Series: "a:b:D:*", Start: 12, End: 13}, true},
		{Coverage{Series: "a:b:D:sex=M", Start: 12, End: 13}, false},
		{Coverage{Series: "a:c:D:sex=F", Start: 12, End: 13}, false},
	} {
		if c.Meets(d.Coverage) != d.want || d.Coverage.Meets(c) != d.want {
			t.Errorf("%+v meets: %v, %v", d.Coverage, c.Meets(d.Coverage), d.Coverage.Meets(c))
		}
	}
}

func TestSeverityInWords(t *testing.T) {
	for s, want := range map[Severity]string{SeverityNote: "note", SeverityWarning: "warning", SeverityError: "error"} {
		if got := s.String(); got != want {
			t.Errorf("%q is %q", string(s), got)
		}
	}
}

// TestValidateErrors holds the messages: a person must find the observation by them.
func TestValidateErrors(t *testing.T) {
	s := NewSeries(Series{Source: "a", Measure: "b"}, Daily)
	day := Day(MustDate("2026-01-02"))
	for _, c := range []struct {
		o    Observation
		want string
	}{
		{Observation{Period: Period{day.Start, day.End, "x"}}, `a:b:D: precision "x" is not one of day, week, month, quarter, year, range`},
		{Observation{Period: day, Status: "X"}, `a:b:D 2026-01-02: status "X" is not in the code list`},
		{Observation{Period: day, Status: Missing, Value: Known(3)}, `a:b:D 2026-01-02: status O with value "3"`},
		{Observation{Period: day, Status: Normal, Value: Known(-1)}, `a:b:D 2026-01-02: -1 is below zero`},
		{Observation{Period: day, Status: Normal, Value: Known(0)}, ``},
		{Observation{Period: day, Status: Normal, Value: Known(MaxCount + 1)}, `a:b:D 2026-01-02: 1000000001 is beyond the largest count, 1000000000`},
	} {
		c.o.Series = &s
		got := ""
		if err := c.o.Validate(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	dead := NewSeries(Series{Source: "a", Measure: "missing", Flow: "fatality", Kind: Flow}, Daily)
	o := Observation{Series: &dead, Period: day, Status: Normal, Value: Known(-MaxCount)}
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
}
