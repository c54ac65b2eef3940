package revision

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// growing makes releases a day apart. Each adds a day of 100; values[lag] is what a day has at
// that lag, and the last of them what it has from then on.
func growing(n int, values ...int) []Release {
	var out []Release
	for r := range n {
		var words []string
		for day := range r + 1 {
			words = append(words, fmt.Sprint(values[min(r-day, len(values)-1)]))
		}
		out = append(out, release(first.AddDays(r+1).String(), strings.Join(words, " ")))
	}
	return out
}

// with changes one day from a release on.
func with(releases []Release, from, day int, value stat.Count) []Release {
	for i := from; i < len(releases); i++ {
		o := &releases[i].Observations[day]
		o.Value, o.Status = value, stat.Normal
		if !value.IsKnown() {
			o.Status = stat.Missing
		}
	}
	return releases
}

// every changes all days of the releases from one on.
func every(releases []Release, from int, by int64) []Release {
	for i := from; i < len(releases); i++ {
		for day := range releases[i].Observations {
			o := &releases[i].Observations[day]
			n, _ := o.Value.Get()
			o.Value = stat.Known(n + by)
		}
	}
	return releases
}

func TestMaturity(t *testing.T) {
	for name, c := range map[string]struct {
		releases []Release
		want     string // releases days moved/periods late wholesale, then the ranges
	}{
		"one release":          {growing(1, 100), "unknown 0"},
		"nothing is restated":  {[]Release{release("2026-01-02", "5"), release("2026-01-03", ". 5")}, "unknown 0"},
		"no day is added":      {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", "5 7")}, "unknown 0"},
		"nothing moves":        {growing(6, 100), "0 0 0/0 0 0"},
		"moves once":           {growing(9, 100, 110), "1 2 8/8 0 0 | 0: 8/8 0..10 0..10%"},
		"moves down twice":     {growing(9, 100, 90, 81), "2 3 8/8 0 0 | 0: 8/8 -19..0 -19..0% | 1: 7/7 -9..0 -10..0%"},
		"moves late only":      {growing(9, 100, 100, 100, 120), "3 4 6/8 0 0 | 0: 6/8 0..20 0..20% | 1: 6/7 0..20 0..20% | 2: 6/6 0..20 0..20%"},
		"quiet between":        {growing(12, 100, 110, 110, 110, 110, 120), "5 6 11/11 0 0 | 0: 11/11 0..20 0..20% | 1: 7/10 0..10 0..9.1% | 2: 7/9 0..10 0..9.1% | 3: 7/8 0..10 0..9.1% | 4: 7/7 0..10 0..9.1%"},
		"mature between":       {growing(12, 100, 110, 110, 110, 110, 110, 120), "1 2 11/11 6 0 | 0: 11/11 0..10 0..10%"},
		"one correction":       {with(growing(9, 100), 2, 1, stat.Known(99)), "0 0 0/0 1 0"},
		"two corrections":      {with(with(growing(9, 100), 2, 1, stat.Known(99)), 5, 4, stat.Known(98)), "1 2 2/8 0 0 | 0: 2/8 -2..0 -2..0%"},
		"a late correction":    {with(growing(12, 100, 110), 11, 1, stat.Known(99)), "1 2 11/11 1 0 | 0: 11/11 0..10 0..10%"},
		"withdrawn":            {with(with(growing(9, 100), 2, 1, stat.Count{}), 5, 4, stat.Count{}), "1 2 2/8 0 0 | 0: 2/8 0..0 0..0%"},
		"known at last":        {with(with(with(with(growing(9, 100), 1, 1, stat.Count{}), 4, 4, stat.Count{}), 2, 1, stat.Known(5)), 5, 4, stat.Known(5)), "0 0 0/0 0 0"},
		"restated as a whole":  {every(growing(12, 100, 110), 11, 7), "1 2 10/10 0 1 | 0: 10/10 0..10 0..10%"},
		"restated at the end":  {every(growing(12, 100), 11, 7), "0 0 0/0 0 1"},
		"too few to be whole":  {every(growing(5, 100), 4, 7), "4 5 4/4 0 0 | 0: 4/4 0..7 0..7% | 1: 3/3 0..7 0..7% | 2: 2/2 0..7 0..7% | 3: 1/1 0..7 0..7% moving"},
		"just settled":         {growing(6, 100, 110), "1 2 5/5 0 0 | 0: 5/5 0..10 0..10%"},
		"not yet settled":      {growing(5, 100, 110), "1 2 4/4 0 0 | 0: 4/4 0..10 0..10% moving"},
		"always as a whole":    {every(every(every(growing(12, 100)[8:], 1, 7), 2, 7), 3, 7), "unknown 3"},
		"older periods":        {growing(12, 100, 110)[6:], "1 2 5/5 0 0 | 0: 5/5 0..10 0..10%"},
		"a tenth of them":      {with(with(growing(21, 100), 2, 1, stat.Known(99)), 5, 4, stat.Known(98)), "1 2 2/20 0 0 | 0: 2/20 -2..0 -2..0%"},
		"soon and late":        {with(with(growing(12, 100), 2, 1, stat.Known(99)), 11, 2, stat.Known(98)), "0 0 0/0 2 0"},
		"not known between":    {with(with(growing(9, 100, 110, 120), 3, 2, stat.Count{}), 4, 2, stat.Known(120)), "2 3 8/8 0 0 | 0: 8/8 0..20 0..20% | 1: 6/6 0..10 0..9.1%"},
		"from none to some":    {growing(9, 0, 3), "1 2 8/8 0 0 | 0: 8/8 0..3 0..0%"},
		"rare among many days": {with(with(growing(24, 100), 2, 1, stat.Known(99)), 5, 4, stat.Known(98)), "0 0 0/0 2 0"},
	} {
		t.Run(name, func(t *testing.T) {
			m, ok := historyOf(t, c.releases...).Maturity()
			got := fmt.Sprintf("%d %d %d/%d %d %d", m.Releases, m.Days, m.Moved, m.Periods, m.Late, m.Wholesale)
			for _, r := range m.Ranges {
				got += fmt.Sprintf(" | %d: %d/%d %d..%d %.3g..%.2g%%", r.Lag, r.Moved, r.Periods, r.Fall, r.Rise, r.FallPercent, r.RisePercent)
			}
			if !m.Settled {
				got += " moving"
			}
			if !ok {
				got = fmt.Sprintf("unknown %d", m.Wholesale)
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestFirstImmature(t *testing.T) {
	h := historyOf(t, growing(12, 100, 110, 120)...)
	for asOf, want := range map[string]string{"2026-01-01": "none", "2026-01-02": "2026-01-01", "2026-01-03": "2026-01-01", "2026-01-04": "2026-01-02", "2026-01-13": "2026-01-11", "2030-01-01": "2026-01-11"} {
		got := "none"
		if p, ok := h.FirstImmature(stat.MustDate(asOf)); ok {
			got = p.Start.String()
		}
		if got != want {
			t.Errorf("as of %s: %s, want %s", asOf, got, want)
		}
	}
	if p, ok := historyOf(t, growing(12, 100)...).FirstImmature(stat.MustDate("2030-01-01")); ok {
		t.Errorf("%v of a series that does not move", p)
	}
}

func TestAgeOf(t *testing.T) {
	h := historyOf(t, release("2026-01-05", "5 6"), release("2026-01-06", "5 7 8"), release("2026-01-08", ". 7 8 9"))
	for _, c := range []struct {
		day, asOf string
		want      Age
		ok        bool
	}{
		{"2026-01-01", "2026-01-04", Age{}, false},
		{"2026-01-01", "2026-01-05", Age{1, 4}, true},
		{"2026-01-02", "2026-01-05", Age{0, 3}, true},
		{"2026-01-02", "2026-01-07", Age{1, 4}, true},
		{"2026-01-01", "2026-01-08", Age{3, 7}, true}, // the last release leaves it as it was
		{"2026-01-03", "2026-01-05", Age{}, false},
		{"2026-01-03", "2026-01-06", Age{0, 3}, true},
		{"2026-01-03", "2027-01-01", Age{1, 5}, true},
		{"2026-01-09", "2027-01-01", Age{}, false},
	} {
		if got, ok := h.AgeOf(stat.Day(stat.MustDate(c.day)), stat.MustDate(c.asOf)); got != c.want || ok != c.ok {
			t.Errorf("%s as of %s: %v, %v", c.day, c.asOf, got, ok)
		}
	}
	if got, ok := historyOf(t, release("2026-01-05", "5 6")).AgeOf(stat.Day(first), stat.MustDate("2026-02-01")); ok {
		t.Errorf("of one release: %v", got)
	}
}

func TestYoung(t *testing.T) {
	m := Maturity{Releases: 3, Days: 20}
	for a, want := range map[Age]bool{{0, 0}: true, {2, 19}: true, {3, 19}: false, {2, 20}: false, {9, 99}: false} {
		if got := m.Young(a); got != want {
			t.Errorf("%v is %v", a, got)
		}
	}
}

func TestSameAge(t *testing.T) {
	weekly := func(days ...string) *History {
		var all []Release
		for i, d := range days {
			all = append(all, release(d, strings.Repeat("5 ", i+1)))
		}
		return historyOf(t, all...)
	}
	h := weekly("2026-01-10", "2026-01-17", "2026-01-24", "2026-01-31", "2026-02-07")
	for _, c := range []struct{ end, earlier, asOf, want string }{
		{"2026-02-05", "2026-01-15", "2026-02-07", "2026-01-17"}, // two days after the end
		{"2026-02-05", "2026-01-14", "2026-02-07", "2026-01-17"}, // one day off
		{"2026-02-05", "2026-01-12", "2026-02-07", "2026-01-17"}, // three days off
		{"2026-02-05", "2026-01-11", "2026-02-07", "2026-01-10"}, // nearer to the one before
		{"2026-01-30", "2026-01-16", "2026-02-06", "2026-01-17"}, // the release of 7 February is not known yet
		{"2026-01-24", "2026-01-03", "2026-02-01", "2026-01-10"}, // a week after the end
		{"2026-01-24", "2025-12-31", "2026-02-01", "2026-01-10"}, // three days off
		{"2026-01-24", "2025-12-30", "2026-02-01", "none"},       // four days off: before the first release
		{"2026-01-01", "2025-12-01", "2026-01-09", "none"},       // nothing is known
		{"2026-01-08", "2026-01-08", "2026-01-12", "2026-01-10"}, // the first release
		{"2026-02-05", "2026-02-05", "2026-02-07", "2026-02-07"},
	} {
		got := "none"
		if r, ok := h.SameAge(stat.MustDate(c.end), stat.MustDate(c.earlier), stat.MustDate(c.asOf)); ok {
			got = r.ID
		}
		if got != c.want {
			t.Errorf("%s, %s as of %s: %s, want %s", c.end, c.earlier, c.asOf, got, c.want)
		}
	}
	if r, ok := weekly("2026-01-10").SameAge(first.AddDays(8), first.AddDays(7), stat.MustDate("2026-02-01")); ok {
		t.Errorf("one release gives %v", r)
	}
	twice := weekly("2026-01-10", "2026-01-10", "2026-01-17") // two releases of one day: the later one counts
	if r, ok := twice.SameAge(stat.MustDate("2026-01-16"), stat.MustDate("2026-01-09"), stat.MustDate("2026-02-01")); !ok || r != twice.Releases[1] || twice.pace() != 7 {
		t.Errorf("%v, %v, pace %d", r, ok, twice.pace())
	}
}

func TestAsOf(t *testing.T) {
	h := historyOf(t, release("2026-01-05", "5 6 9"), release("2026-01-06", "5 7 . 8"), release("2026-01-08", ". 7 9 8 1"))
	for i, want := range []string{"5@2026-01-05 6@2026-01-05 9@2026-01-05", "5@2026-01-06 7@2026-01-06 8@2026-01-06", "5@2026-01-06 7@2026-01-08 9@2026-01-08 8@2026-01-08 1@2026-01-08"} {
		var got []string
		for _, o := range h.AsOf(h.Releases[i]) {
			if o.Series != h.Series || o.Status != stat.Normal {
				t.Errorf("%+v", o)
			}
			got = append(got, o.Value.String()+"@"+o.Release.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: %s, want %s", i, strings.Join(got, " "), want)
		}
	}
}

// TestSameAgeOfClosePaces has releases two days apart: one day is half of the time between them.
func TestSameAgeOfClosePaces(t *testing.T) {
	h := historyOf(t, release("2026-01-10", "5"), release("2026-01-12", "5 5"))
	if r, ok := h.SameAge(stat.MustDate("2026-01-11"), stat.MustDate("2026-01-08"), stat.MustDate("2026-02-01")); !ok || r.ID != "2026-01-10" || h.pace() != 2 {
		t.Errorf("%v, %v, pace %d", r, ok, h.pace())
	}
	if next := historyOf(t, release("2026-01-10", "5"), release("2026-01-11", "5 5")); next.pace() != 1 {
		t.Errorf("pace %d", next.pace())
	}
}

func TestWholesale(t *testing.T) {
	for _, c := range []struct {
		moved, older int
		want         bool
	}{{4, 8, true}, {4, 9, false}, {3, 6, false}, {3, 3, false}, {4, 4, true}, {5, 9, true}} {
		var steps []step
		r := &stat.Release{}
		for i := range 2 * c.older {
			steps = append(steps, step{release: r, moved: i < c.moved || i >= c.older, period: i})
		}
		if got := wholesale(steps)[r]; got != c.want {
			t.Errorf("%d of the %d older periods moved: %v", c.moved, c.older, got)
		}
	}
}
