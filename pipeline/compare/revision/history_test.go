package revision

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// ledgerOf adds releases to a ledger, and encodes and decodes it before the last one.
func ledgerOf(t *testing.T, releases ...Release) *Ledger {
	t.Helper()
	l := &Ledger{}
	for i, r := range releases {
		if i == len(releases)-1 {
			l = again(t, l)
		}
		if err := l.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func historyOf(t *testing.T, releases ...Release) *History {
	t.Helper()
	return ledgerOf(t, releases...).Histories().Of(arrivals.ID)
}

// told writes the statements of each day as "day lag:value@age", with "-" for a missing value.
func told(h *History) string {
	var lines []string
	for _, v := range h.Periods {
		line := v.Period.Start.String()[8:]
		for _, s := range v.Statements {
			value := s.Value.String()
			if value == "" {
				value = "-"
			}
			line += fmt.Sprintf(" %d:%s@%d", s.Lag, value, s.Age)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestHistory(t *testing.T) {
	within := func(r Release, from int) Release { // the days before are not covered
		r.Coverage[0].Start = first.AddDays(from - 1)
		return r
	}
	for name, c := range map[string]struct {
		releases []Release
		want     string
	}{
		"one release": {[]Release{release("2026-01-05", "5 6")}, "01 -1:5@4\n02 -1:6@3"},
		"a day a release": {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", "5 7 8"), release("2026-01-08", "4 7 8 9")},
			"01 1:5@4 2:5@5 3:4@7\n02 0:6@3 1:7@4 2:7@6\n03 0:8@3 1:8@5\n04 0:9@4"},
		"two days a release": {[]Release{release("2026-01-05", "1 2 3 4 5"), release("2026-01-07", "1 2 3 4 5 6 7")},
			"01 2:1@4 3:1@6\n02 1:2@3 2:2@5\n03 1:3@2 2:3@4\n04 0:4@1 1:4@3\n05 0:5@0 1:5@2\n06 0:6@1\n07 0:7@0"},
		"a release was missed": {[]Release{release("2026-01-05", "1"), release("2026-01-06", "1 2"), release("2026-01-07", "1 2 3"), release("2026-01-09", "1 2 3 4 5")},
			"01 0:1@4 1:1@5 2:1@6 3:1@8\n02 0:2@4 1:2@5 2:2@7\n03 0:3@4 1:3@6\n04 1:4@5\n05 0:5@4"},
		"no release adds a day": {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", "5 7")}, "01 -1:5@4 -1:5@5\n02 -1:6@3 -1:7@4"},
		"withdrawn and again": {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", "5 . 8"), release("2026-01-07", "5 7 8 9")},
			"01 1:5@4 2:5@5 3:5@6\n02 0:6@3 1:-@4 2:7@5\n03 0:8@3 1:8@4\n04 0:9@3"},
		"missing at first": {[]Release{release("2026-01-05", "5 -"), release("2026-01-06", "5 7 8")}, "01 1:5@4 2:5@5\n02 0:-@3 1:7@4\n03 0:8@3"},
		"outside the span": {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", ". 6 7"), release("2026-01-07", "4 6 7 8")},
			"01 1:5@4 3:4@6\n02 0:6@3 1:6@4 2:6@5\n03 0:7@3 1:7@4\n04 0:8@3"},
		"a shorter span": {[]Release{release("2026-01-05", "5"), release("2026-01-06", "5 6"), release("2026-01-07", "4")}, "01 0:5@4 1:5@5 2:4@6\n02 0:6@4"},
		"a window":       {[]Release{release("2026-01-05", "5"), within(release("2026-01-06", ". 6"), 2)}, "01 0:5@4\n02 0:6@4"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(historyOf(t, c.releases...)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestHistoryOfNothing(t *testing.T) {
	h := ledgerOf(t, release("2026-01-05", "5")).Histories().Of(boats.ID)
	if len(h.Periods) != 0 || h.Series != nil || len(h.Releases) != 0 {
		t.Errorf("%+v", h)
	}
	if _, ok := h.Maturity(); ok {
		t.Error("it matures")
	}
	if _, ok := h.FirstImmature(first.AddDays(9)); ok {
		t.Error("it is immature")
	}
	if r, ok := h.SameAge(first, first, first.AddDays(9)); ok {
		t.Error("of the same age", r)
	}
}

// TestHistoryOfOtherFiles has releases of one source that state different series: only those of
// the series count, whether its own span or that of its group says so.
func TestHistoryOfOtherFiles(t *testing.T) {
	women := bySex("F")
	only := func(day string, values ...int64) Release {
		r := withBoats(release(day, "0"), women, values...)
		r.Observations, r.Coverage = r.Observations[1:], r.Coverage[1:]
		return r
	}
	group := only("2026-01-09", 5, 7, 8)
	group.Coverage[0].Series = women.ID.Group()
	twice := only("2026-01-10", 5, 7, 8, 9)
	twice.Coverage = []stat.Coverage{{Series: women.ID, Start: first.AddDays(1), End: first.AddDays(3)}, {Series: women.ID.Group(), Start: first, End: first.AddDays(2)}}
	begin := only("2026-01-06", 5, 6)
	begin.Coverage = append([]stat.Coverage{{Series: women.ID, Start: first, End: first}}, stat.Coverage{Series: women.ID.Group(), Start: first.AddDays(1), End: first.AddDays(1)})
	h := ledgerOf(t, release("2026-01-05", "1"), begin, release("2026-01-07", "1 2"), group, twice).Histories().Of(women.ID)
	if got, want := told(h), "01 1:5@5 2:5@8 3:5@9\n02 0:6@4 1:7@7 2:7@8\n03 0:8@6 1:8@7\n04 0:9@6"; got != want || len(h.Releases) != 3 || h.Series.ID != women.ID {
		t.Errorf("got\n%s\nwant\n%s\n%d releases", got, want, len(h.Releases))
	}
}

// TestHistoryAfterARange states days again that a range had superseded: what was known before
// belongs to another statement.
func TestHistoryAfterARange(t *testing.T) {
	whole := release("2026-01-07", "0")
	whole.Observations = []stat.Observation{span(whole, 1, 2, 30)}
	h := historyOf(t, release("2026-01-05", "5 6"), release("2026-01-06", "4 7"), covering(whole, arrivals.ID, 2), release("2026-01-08", "5 8 9"), release("2026-01-09", "5 9 9 1"))
	if got, want := told(h), "01 2:5@7 3:5@8\n02 1:8@6 2:9@7\n03 0:9@5 1:9@6\n04 0:1@5"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		list []int
		want int
	}{{nil, 0}, {[]int{4}, 4}, {[]int{9, 1}, 1}, {[]int{9, 1, 5}, 5}, {[]int{9, 1, 5, 7}, 5}} {
		if got := median(c.list); got != c.want {
			t.Errorf("%v: %d", c.list, got)
		}
	}
}

func TestVintages(t *testing.T) {
	h := historyOf(t, release("2026-01-05", "5 6 7"), release("2026-01-06", "5 8 7"), release("2026-01-07", "5 6 7"))
	for i, want := range []bool{false, true, false} {
		if got := h.Periods[i].Revised(); got != want {
			t.Errorf("%d: revised %v", i, got)
		}
	}
	if one := historyOf(t, release("2026-01-05", "5")); one.Periods[0].Revised() {
		t.Error("one statement is a revision")
	}
	if got := h.Periods[1].Last(); got.Value != stat.Known(6) || got.Release.ID != "2026-01-07" {
		t.Errorf("last %+v", got)
	}
}
