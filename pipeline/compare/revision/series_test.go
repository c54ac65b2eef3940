package revision

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

var boats = stat.NewSeries(stat.Series{Source: "a-b", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
	One: "boat", Many: "boats"}, stat.Daily)

// withBoats adds consecutive days of a second series to a release.
func withBoats(r Release, s *stat.Series, values ...int64) Release {
	for i, n := range values {
		r.Observations = append(r.Observations, stat.Observation{Series: s, Period: stat.Day(first.AddDays(i)), Value: stat.Known(n), Status: stat.Normal, Release: &r.Release})
	}
	r.Coverage = append(r.Coverage, stat.Coverage{Series: s.ID, Start: first, End: first.AddDays(len(values) - 1), Observations: len(values)})
	return r
}

// covering widens the coverage of a release to the first days of January.
func covering(r Release, id stat.SeriesID, days int) Release {
	r.Coverage = slices.Clone(r.Coverage)
	r.Coverage[0].Series, r.Coverage[0].Start, r.Coverage[0].End = id, first, first.AddDays(days-1)
	return r
}

func texts(list []Revision) string {
	var out []string
	for _, r := range list {
		out = append(out, string(r.Series.ID)+" "+text(r))
	}
	return strings.Join(out, "\n")
}

func TestSeriesOfOneRelease(t *testing.T) {
	silent := boats
	silent.Many = ""
	level := boats
	level.Kind = stat.Stock
	const a, b = "a-b:arrivals:D ", "a-b:boats:D "
	for name, c := range map[string]struct {
		releases []Release
		want     string
	}{
		"each has its verdict": {[]Release{withBoats(release("2026-02-01", "900 99"), &boats, 900, 101), withBoats(release("2026-02-08", "900 100"), &boats, 900, 102)},
			a + "02 99>100 02-01 02-08 substantial\n" + b + "02 101>102 02-01 02-08"},
		"the other way round": {[]Release{withBoats(release("2026-02-01", "900 101"), &boats, 900, 99), withBoats(release("2026-02-08", "900 102"), &boats, 900, 100)},
			a + "02 101>102 02-01 02-08\n" + b + "02 99>100 02-01 02-08 substantial"},
		"without words": {[]Release{withBoats(release("2026-02-01", "900"), &silent, 900, 99), withBoats(release("2026-02-08", "900"), &silent, 900, 100)},
			b + "02 99>100 02-01 02-08"},
		"a stock": {[]Release{withBoats(release("2026-02-01", "900"), &level, 900, 99), withBoats(release("2026-02-08", "900"), &level, 900, 100)},
			b + "02 99>100 02-01 02-08"},
		"the span of another series": {[]Release{withBoats(release("2026-02-01", "900 101 7"), &boats, 1, 2, 3), withBoats(release("2026-02-08", "900 101"), &boats, 1, 2, 3)}, ""},
		"withdrawn before another series": {[]Release{withBoats(release("2026-02-01", "900 101 7"), &boats, 1), withBoats(covering(release("2026-02-08", "900 101"), arrivals.ID, 3), &boats, 1)},
			a + "03 7> 02-01 02-08 withdrawn substantial"},
		"withdrawn at the end": {[]Release{release("2026-02-01", "900 101 7"), covering(release("2026-02-08", "900 101"), arrivals.ID, 3)},
			a + "03 7> 02-01 02-08 withdrawn substantial"},
		"withdrawn by its group": {[]Release{withBoats(release("2026-02-01", "900"), bySex("F"), 5), covering(release("2026-02-08", "900"), "a-b:landed:D:*", 3)},
			"a-b:landed:D:sex=F 01 5> 02-01 02-08 withdrawn"},
		"withdrawn by itself": {[]Release{withBoats(release("2026-02-01", "900"), bySex("F"), 5), covering(release("2026-02-08", "900"), "a-b:landed:D:sex=F", 3)},
			"a-b:landed:D:sex=F 01 5> 02-01 02-08 withdrawn"},
		"outside the span it stays": {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", ". 101"), release("2026-02-15", "901 101")},
			a + "01 900>901 02-01 02-15"},
		"known for the first time": {[]Release{release("2026-02-01", "-"), release("2026-02-08", "5")}, a + "01 >5 02-01 02-08 available"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := texts(inOrder(t, c.releases)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func bySex(sex string) *stat.Series {
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "landed", Kind: stat.Flow, Dimensions: stat.Dimensions{Sex: sex}}, stat.Daily)
	return &s
}

// TestWithdrawnDaysAreInOrder withdraws so many days that a map would not list them in order by
// chance.
func TestWithdrawnDaysAreInOrder(t *testing.T) {
	var l Ledger
	for _, r := range []Release{release("2026-02-01", strings.Repeat("5 ", 28)), covering(release("2026-02-08", "5"), arrivals.ID, 28)} {
		if err := l.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.Revisions) != 27 {
		t.Fatalf("%d revisions", len(l.Revisions))
	}
	for i, r := range l.Revisions {
		if r.Period != stat.Day(first.AddDays(i+1)) || r.Kind != Withdrawn {
			t.Errorf("%d: %s", i, text(r))
		}
	}
}

// span states one figure from one day of January to another.
func span(r Release, from, to int, n int64) stat.Observation {
	per := stat.Period{Start: stat.NewDate(2026, 1, from), End: stat.NewDate(2026, 1, to), Precision: stat.PrecisionRange}
	return stat.Observation{Series: &arrivals, Period: per, Value: stat.Known(n), Status: stat.Normal, Release: &r.Release}
}

// TestRangesSupersede states the same days again in other periods.
func TestRangesSupersede(t *testing.T) {
	stated := func(day string, cover int, spans ...[3]int) Release {
		r := release(day, "0")
		r.Observations = nil
		for _, s := range spans {
			r.Observations = append(r.Observations, span(r, s[0], s[1], int64(s[2])))
		}
		return covering(r, arrivals.ID, cover)
	}
	for name, c := range map[string]struct {
		releases []Release
		want     string
	}{
		"a range from the day on":     {[]Release{release("2026-02-01", "900 101 7"), stated("2026-02-08", 5, [3]int{1, 1, 900}, [3]int{2, 2, 101}, [3]int{3, 5, 9})}, ""},
		"a range that was superseded": {[]Release{stated("2026-02-01", 10, [3]int{1, 10, 20}), stated("2026-02-08", 20, [3]int{1, 20, 30}), stated("2026-02-15", 10, [3]int{1, 10, 25})}, ""},
		"an overlap with a removed":   {[]Release{stated("2026-02-01", 30, [3]int{1, 10, 5}, [3]int{30, 30, 900}), stated("2026-02-08", 30, [3]int{30, 30, 900}), from5(stated("2026-02-15", 30, [3]int{5, 12, 7}, [3]int{30, 30, 901})), from5(stated("2026-02-22", 30, [3]int{5, 12, 7}, [3]int{30, 30, 902}))}, "01 5> 02-01 02-08 withdrawn\n30 900>901 02-08 02-15\n30 901>902 02-15 02-22"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range inOrder(t, c.releases) {
				got = append(got, strings.TrimSuffix(text(r), " substantial"))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}

func from5(r Release) Release {
	r.Coverage[0].Start = stat.NewDate(2026, 1, 5)
	return r
}

// TestOverlapIsAnError has releases that state days twice. The ledger must not change.
func TestOverlapIsAnError(t *testing.T) {
	twice := release("2026-02-08", "901 101")
	twice.Observations = append(twice.Observations, span(twice, 2, 2, 5))
	start := release("2026-02-01", "900 101")
	overlapping := release("2026-02-01", "900 101")
	overlapping.Observations = append(overlapping.Observations, span(overlapping, 1, 2, 5))
	for name, releases := range map[string][]Release{"before": {overlapping, release("2026-02-08", "901 101")}, "after": {start, twice}} {
		var l Ledger
		if err := l.Add(releases[0]); err != nil {
			t.Fatal(err)
		}
		was := encoded(t, &l)
		if err := l.Add(releases[1]); err == nil || !strings.Contains(err.Error(), "overlaps") {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(encoded(t, &l), was) {
			t.Errorf("%s: the ledger has changed", name)
		}
	}
}

func TestAHeadlineOfOverlapsIsAnError(t *testing.T) {
	good := release("2026-02-01", "900 101").Observations
	bad := append(slices.Clone(good), good[0])
	for _, c := range [][2][]stat.Observation{{bad, good}, {good, bad}} {
		if changes, err := changesHeadline(&arrivals, c[0], c[1]); changes || err == nil {
			t.Errorf("%v, %v", changes, err)
		}
	}
}

func TestHeadlineFigures(t *testing.T) {
	p, err := compare.NewPath(&arrivals, release("2026-02-01", "50 40 30 20 10").Observations)
	if err != nil {
		t.Fatal(err)
	}
	day := int64(first)
	got, err := headlineFigures(p, first.AddDays(4))
	if want := []int64{150, -1, -1, 0, 1, day, day, 2, day + 1, day + 1, 3, day + 2, day + 2, 1, day, day, 2, day + 1, day + 1, 3, day + 2, day + 2}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := headlineFigures(p, 0); got != nil || err == nil {
		t.Errorf("without a cut-off: %v, %v", got, err)
	}
	empty, err := compare.NewPath(&arrivals, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := headlineFigures(empty, first); got != nil || err != nil {
		t.Errorf("without a value: %v, %v", got, err)
	}
}

func TestRounded(t *testing.T) {
	if got := rounded(stat.Count{}); got != -1 {
		t.Errorf("missing is %d", got)
	}
	for n, want := range map[int64]int64{0: 0, 7: 7, 98: 98, 99: 99, 100: 100, 101: 100, 109: 100, 110: 110, 999: 990, 1999: 1900, 12345: 12000} {
		if got := rounded(stat.Known(n)); got != want {
			t.Errorf("%d is %d, want %d", n, got, want)
		}
	}
	if got := sign(stat.Count{}); got != 0 {
		t.Errorf("the sign of a missing count is %d", got)
	}
	for n, want := range map[int64]int64{-9: -1, -1: -1, 0: 0, 1: 1, 9: 1} {
		if got := sign(stat.Known(n)); got != want {
			t.Errorf("the sign of %d is %d", n, got)
		}
	}
}

func TestInternerHasNoRepeats(t *testing.T) {
	var p interner[string]
	for i, c := range []struct {
		v    string
		want int
	}{{"a", 0}, {"b", 1}, {"a", 0}, {"c", 2}, {"b", 1}} {
		if got := p.index(c.v); got != c.want {
			t.Errorf("%d: %s is at %d", i, c.v, got)
		}
	}
	if strings.Join(p.list, "") != "abc" {
		t.Errorf("list %q", p.list)
	}
}

func TestRevisionsAreDecoded(t *testing.T) {
	l := Ledger{Revisions: inOrder(t, []Release{release("2026-02-01", "900 99 7"), release("2026-02-08", "900 100r ."), release("2026-02-15", "900 100 8")})}
	got := again(t, &l)
	if len(l.Revisions) != 2 || texts(got.Revisions) != texts(l.Revisions) {
		t.Errorf("%d revisions, decoded as\n%s", len(l.Revisions), texts(got.Revisions))
	}
	for i, r := range got.Revisions {
		if want := l.Revisions[i]; *r.Series != *want.Series || r.NewRelease != want.NewRelease || !r.FirstSeen.Equal(want.FirstSeen) {
			t.Errorf("%+v, want %+v", r, want)
		}
	}
}

// TestDecodeLedgerRefuses has references to entries that do not exist.
func TestDecodeLedgerRefuses(t *testing.T) {
	if l, err := DecodeLedger([]byte("no ledger")); l != nil || err == nil {
		t.Errorf("no ledger is %v, %v", l, err)
	}
	for _, c := range []struct {
		revision, series, release, first, read int
		want                                   string
	}{
		{},
		{revision: -1, want: "a revision refers to series -1 of 1"},
		{revision: 1, want: "a revision refers to series 1 of 1"},
		{series: -1, want: "a statement refers to series -1 of 1 and release 0 of 2"},
		{series: 1, want: "a statement refers to series 1 of 1 and release 0 of 2"},
		{release: -1, want: "a statement refers to series 0 of 1 and release -1 of 2"},
		{release: 2, want: "a statement refers to series 0 of 1 and release 2 of 2"},
		{release: 1},
		{first: -1, want: "a statement refers to release -1 of the 1 that were read"},
		{first: 1, want: "a statement refers to release 1 of the 1 that were read"},
		{read: -1, want: "the ledger has read release -1 of 2"},
		{read: 2, want: "the ledger has read release 2 of 2"},
	} {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(storedLedger{Series: []stat.Series{arrivals}, Releases: []stat.Release{{ID: "x"}, {ID: "y"}}, Read: []storedRelease{{Release: c.read}},
			Revisions: []storedRevision{{Series: c.revision}}, State: []storedStatement{{Series: c.series, Release: c.release, First: c.first}}}); err != nil {
			t.Fatal(err)
		}
		l, err := DecodeLedger(b.Bytes())
		if got := fmt.Sprint(err); c.want != "" && (got != c.want || l != nil) || c.want == "" && err != nil {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestSummariseBySeries(t *testing.T) {
	ledger := inOrder(t, []Release{
		withBoats(release("2026-02-01", "900 101 7"), &boats, 900, 99), withBoats(covering(release("2026-02-08", "900 103 ."), arrivals.ID, 3), &boats, 900, 100),
		withBoats(release("2026-02-15", "900 101 9"), &boats, 900, 102), withBoats(covering(release("2026-02-22", "900 101 ."), arrivals.ID, 3), &boats, 900, 102)})
	got := Summarise(ledger, map[stat.SeriesID]int{arrivals.ID: 2, boats.ID: 2})
	want := []Summary{
		{Series: arrivals.ID, Revisions: 5, Observations: 2, Withdrawn: 1, Revised: 2, Silent: 5, Substantial: 3, Fall: -2, Rise: 2, Absolute: 4, Lag: 50},
		{Series: boats.ID, Revisions: 2, Observations: 2, Revised: 1, Silent: 2, Substantial: 1, Rise: 2, Absolute: 3, Lag: 44},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v\nof\n%s", got, want, texts(ledger))
	}
	if share, ok := (Summary{Observations: 3, Withdrawn: 1, Revised: 2}).Share(); share != 50 || !ok {
		t.Errorf("share %v", share)
	}
	if share, ok := (Summary{}).Share(); share != 0 || ok {
		t.Errorf("share of nothing %v", share)
	}
}

// TestSummariesAreInOrder sums up so many series that a map would not list them in order by
// chance.
func TestSummariesAreInOrder(t *testing.T) {
	var ledger []Revision
	for i := range 20 {
		ledger = append(ledger, Revision{Series: &stat.Series{ID: stat.SeriesID(fmt.Sprintf("s:m%02d:D", 19-i))}})
	}
	for i, s := range Summarise(ledger, nil) {
		if want := stat.SeriesID(fmt.Sprintf("s:m%02d:D", i)); s.Series != want {
			t.Errorf("%d is %s", i, s.Series)
		}
	}
}
