package check

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// kinds writes moves one after another: kind, from, to.
func kinds(list []Move) string {
	var out []string
	for _, m := range list {
		out = append(out, m.Kind+" "+m.From+" "+m.To)
	}
	return strings.Join(out, "; ")
}

// many states consecutive days from 1 January.
func many(values ...int64) (out []stat.Observation) {
	for i, v := range values {
		out = append(out, obs(days, stat.Day(stat.NewDate(2026, 1, 1+i)), v))
	}
	return out
}

func repeat(n int, v int64) []int64 { return slices.Repeat([]int64{v}, n) }

func TestMovesAtTheirLimits(t *testing.T) {
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3}
	for name, c := range map[string]struct {
		limits Limits
		known  Known
		now    []stat.Observation
		want   string
	}{
		"small losses do not join large ones":  {limits, Known{Before: said(50, 49)}, said(-1, -1), "withdrawn 50 "},
		"small losses together":                {limits, Known{Before: said(25, 25)}, said(0, -1), "zeroed 25 0; withdrawn 25 "},
		"small losses, too small together":     {limits, Known{Before: said(25, 24)}, said(0, -1), ""},
		"the largest so far is 1":              {limits, Known{Before: said(1)}, said(1, 151), "grown 1 151"},
		"nine zeros say nothing":               {limits, Known{Before: many(repeat(9, 0)...)}, many(append(repeat(9, 0), 151)...), ""},
		"nine values make no record":           {limits, Known{Before: many(repeat(9, 60)...)}, many(append(repeat(9, 60), 61)...), ""},
		"ten values make a record":             {limits, Known{Before: many(repeat(10, 60)...)}, many(append(repeat(10, 60), 61)...), "record 60 61"},
		"the largest once more is no record":   {limits, Known{Before: many(repeat(10, 60)...)}, many(append(repeat(10, 60), 60)...), ""},
		"missing is no record":                 {limits, Known{Before: many(repeat(10, -5)...)}, append(many(repeat(10, -5)...), said(-1)...), ""},
		"growth of one":                        {Limits{Growth: 1}, Known{Before: said(10)}, said(10, 11), "grown 10 11"},
		"confirmed, of what was known":         {limits, Known{Before: said(1000), After: said(2000)}, said(2000), ""},
		"confirmed, new":                       {limits, Known{Before: said(100), After: said(100, 9000)}, said(100, 9000), ""},
		"missing, known after":                 {limits, Known{After: said(1000)}, said(-1), ""},
		"known, missing after":                 {limits, Known{After: said(-1)}, said(1000), ""},
		"contrary by little":                   {limits, Known{After: said(1000)}, said(1001), ""},
		"contrary":                             {limits, Known{After: said(1000)}, said(1101), "contrary 1000 1101"},
		"gone, and gone after":                 {limits, Known{Before: said(60, 70, 80), After: said(60, -2, 80), Cover: cover(said(60, -2, 80))}, said(60, -2, 80), ""},
		"gone, and stated after":               {limits, Known{Before: said(60, 70, 80), After: said(60, 75, 80), Cover: cover(said(60, 75, 80))}, said(60, -2, 80), "withdrawn 70 "},
		"in order of the days":                 {limits, Known{Before: said(70, 60, 1000)}, said(-2, 60, 2000), "revised 1000 2000"},
		"three changes are few":                {Limits{Changed: 0.1}, Known{Before: said(1, 1, 1, 1)}, said(2, 2, 2, 1), ""},
		"four changes are many":                {Limits{Changed: 0.1}, Known{Before: said(1, 1, 1, 1)}, said(2, 2, 2, 2), "rewritten 4 4"},
		"none changes":                         {Limits{Changed: 0.1}, Known{Before: said(1, 1, 1, 1)}, said(1, 1, 1, 1), ""},
		"four of forty are a tenth":            {Limits{Changed: 0.1}, Known{Before: many(repeat(40, 1)...)}, many(append(repeat(4, 2), repeat(36, 1)...)...), ""},
		"four of thirty-nine are more":         {Limits{Changed: 0.1}, Known{Before: many(repeat(39, 1)...)}, many(append(repeat(4, 2), repeat(35, 1)...)...), "rewritten 39 4"},
		"a limit of more than all":             {Limits{Changed: 1.5}, Known{Before: said(1, 1, 1, 1)}, said(2, 2, 2, 2), ""},
		"the text changes, and few values":     {Limits{Reworded: 0.01}, Known{Before: said(1, 1, 1, 1), Texts: []string{"Notes"}}, said(2, 2, 2, 1), ""},
		"the text changes, and many":           {Limits{Reworded: 0.01}, Known{Before: said(1, 1, 1, 1), Texts: []string{"Notes", "Head"}}, said(2, 2, 2, 2), "redefined  4; redefined  4"},
		"the text changes, and a small share":  {Limits{Reworded: 0.1}, Known{Before: many(repeat(40, 1)...), Texts: []string{"Notes"}}, many(append(repeat(4, 2), repeat(36, 1)...)...), ""},
		"the text changes, without a limit":    {Limits{}, Known{Before: said(1, 1, 1, 1), Texts: []string{"Notes"}}, said(2, 2, 2, 2), ""},
		"many values change, and no text does": {Limits{Reworded: 0.01}, Known{Before: said(1, 1, 1, 1)}, said(2, 2, 2, 2), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := kinds(c.limits.Moves(c.known, c.now, cover(c.now))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestMovesAreInOrder states days and series out of order.
func TestMovesAreInOrder(t *testing.T) {
	limits := Limits{Revision: 0.1, AtLeast: 50}
	vessels := series("boats", stat.Daily)
	three := func(a, b, c, d int64) []stat.Observation {
		return []stat.Observation{obs(vessels, stat.Day(sunday), a), obs(days, stat.Day(sunday), b), obs(days, stat.Day(sunday-2), c),
			obs(days, stat.Period{Start: sunday - 2, End: sunday, Precision: stat.PrecisionRange}, d)}
	}
	var got []string
	for _, m := range limits.Moves(Known{Before: three(100, 100, 100, 100)}, three(200, 201, 202, 203), nil) {
		got = append(got, m.String())
	}
	want := []string{"a:arrivals:D, 2026-02-13: 100 becomes 202", "a:arrivals:D, 2026-02-13 to 2026-02-15: 100 becomes 203", "a:arrivals:D, 2026-02-15: 100 becomes 201", "a:boats:D, 2026-02-15: 100 becomes 200"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestRewrittenSaysItsSpan changes days out of order: the span is from the first to the last.
func TestRewrittenSaysItsSpan(t *testing.T) {
	upwards := many(1, 2, 1, 2, 2, 2, 1)
	downwards, now := slices.Clone(upwards), slices.Clone(upwards)
	slices.Reverse(downwards)
	now[1], now[3] = now[3], now[1]
	want := Move{Kind: Rewritten, Severity: stat.SeverityError, Series: days.ID, Start: stat.MustDate("2026-01-02"), End: stat.MustDate("2026-01-06"), From: "7", To: "4"}
	for i, list := range [][]stat.Observation{upwards, downwards, now} {
		if got := (Limits{Changed: 0.1}).Moves(Known{Before: many(repeat(7, 1)...)}, list, nil); len(got) != 1 || got[0] != want {
			t.Errorf("%d: %+v", i, got)
		}
	}
	redefined := Limits{Reworded: 0.1}.Moves(Known{Before: many(repeat(7, 1)...), Texts: []string{"Notes"}}, now, nil)
	if want := (Move{Kind: Redefined, Severity: stat.SeverityError, Where: "Notes", To: "4"}); len(redefined) != 1 || redefined[0] != want {
		t.Errorf("%+v", redefined)
	}
}

func TestLimitsOfOneValue(t *testing.T) {
	if want := (Limits{0.1, 50, 3, 0.1, 0.01, 0}); DefaultLimits != want {
		t.Errorf("default limits %+v", DefaultLimits)
	}
	l := Limits{Revision: 0.1, Late: 3}
	for _, c := range []struct {
		from, to int64
		want     bool
	}{{-36, -36, false}, {5, 6, true}, {10, 11, false}, {10, 8, true}, {0, 1, true}} {
		if got := l.revises(stat.Known(c.from), c.to); got != c.want {
			t.Errorf("%d to %d: %v", c.from, c.to, got)
		}
	}
	o := obs(days, stat.Day(sunday), 5)
	for vintage, want := range map[stat.Date]bool{0: false, sunday: true, sunday + 3: true, sunday + 4: false} {
		o.Release = &stat.Release{Vintage: vintage}
		if l.wasOpen(o) != want {
			t.Errorf("stated on %s: open is %v", vintage, !want)
		}
	}
	m := comparison{Limits: l}
	o.Release = &stat.Release{Vintage: sunday}
	if m.fills(o, stat.Count{}) || m.fills(o, stat.Known(4)) || !m.fills(o, stat.Known(5)) {
		t.Error("fills the wrong values")
	}
	zero := o
	zero.Value = stat.Known(0)
	if m.fills(zero, stat.Count{}) {
		t.Error("a missing value fills")
	}
	if o.Release = nil; l.wasOpen(o) {
		t.Error("open without a release")
	}
	if got := m.share(0, stat.Count{}); got != stat.SeverityError {
		t.Errorf("share of a missing whole: %s", got)
	}
}

func TestSpeaksFor(t *testing.T) {
	woman := *days
	woman.ID = "a:arrivals:D:sex=F"
	o := obs(&woman, stat.Period{Start: 10, End: 20, Precision: stat.PrecisionRange}, 5)
	for _, c := range []struct {
		id         stat.SeriesID
		start, end stat.Date
		want       bool
	}{
		{woman.ID, 10, 20, true}, {woman.ID, 11, 20, false}, {woman.ID, 10, 19, false}, {"a:arrivals:D:*", 10, 20, true},
		{"a:arrivals:D:sex=M", 10, 20, false}, {"a:arrivals:D", 10, 20, false},
	} {
		if got := speaksFor([]stat.Coverage{{Series: c.id, Start: c.start, End: c.end}}, o); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	for _, c := range []struct {
		start, end stat.Date
		want       bool
	}{{1, 9, false}, {1, 10, true}, {20, 30, true}, {21, 30, false}, {10, 20, true}} {
		n := obs(&woman, stat.Period{Start: c.start, End: c.end, Precision: stat.PrecisionRange}, 5)
		if got := divided([]stat.Observation{n}, o); got != c.want {
			t.Errorf("%d to %d: divided is %v", c.start, c.end, got)
		}
	}
}

// TestPartsAgainstTheirWhole weighs a part whose whole is not stated again, is not known, or is
// known only from the next release.
func TestPartsAgainstTheirWhole(t *testing.T) {
	all, small := routeSeries(""), routeSeries("small")
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Late: 90}
	early, late := "2026-01-10", "2026-02-10"
	for name, c := range map[string]struct {
		before, after, now []stat.Observation
		want               string
	}{
		"upwards":   {slices.Concat(months(all, early, 1000), months(small, early, 10)), nil, months(small, late, 110), "revised warning"},
		"downwards": {slices.Concat(months(all, early, 1000), months(small, early, 110)), nil, months(small, late, 10), "revised warning"},
		"three shifts and a small change": {slices.Concat(months(all, early, 1000, 1000, 1000, 1000), months(small, early, 10, 10, 10, 10)), nil,
			slices.Concat(months(all, late, 1000, 1000, 1000, 1000), months(small, late, 500, 500, 500, 110)), "revised warning, revised warning, revised warning, revised warning"},
		"the whole was not known": {months(small, early, 10), nil, slices.Concat(months(all, late, 40), months(small, late, 110)), "revised error"},
		"the whole is not stated": {slices.Concat(months(all, early, 40), months(small, early, 10)), nil, months(small, late, 110), "revised error"},
		"the whole comes after":   {nil, slices.Concat(months(all, late, 1000), months(small, late, 10)), months(small, early, 110), "contrary warning"},
		"new, without a whole":    {months(small, early, 100), nil, months(small, late, 100, 301), "grown error"},
		"losses of a small whole": {slices.Concat(months(all, early, 100, 100), months(small, early, 30, 40)), nil, months(small, late, 0, 0), "zeroed error, zeroed error"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, m := range limits.Moves(Known{Before: c.before, After: c.after, Wholes: map[stat.SeriesID]stat.SeriesID{small.ID: all.ID}}, c.now, nil) {
				if m.Series == small.ID {
					got = append(got, m.Kind+" "+m.Severity.String())
				}
			}
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// TestLateEntries lets a part grow to a tenth of its whole, and treats a period that is not over as
// new.
func TestLateEntries(t *testing.T) {
	all, small := routeSeries(""), routeSeries("small")
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Late: 90}
	wide := limits
	wide.Growth = 30
	for n, want := range map[int64]string{500: "", 501: "revised"} {
		got := ""
		for _, m := range wide.Moves(Known{Before: slices.Concat(months(all, "2025-06-01", 5000, 10, 10), months(small, "2025-06-01", 100, 10, 10)),
			Wholes: map[stat.SeriesID]stat.SeriesID{small.ID: all.ID}}, months(small, "2025-09-01", 100, 10, n), nil) {
			got += m.Kind
		}
		if got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{2700: "", 2701: "grown 900 2701"} {
		for _, day := range []string{"2025-03-15", "2025-03-31"} {
			before := months(all, day, 900, 100, 100)
			if got := kinds(limits.Moves(Known{Before: before}, months(all, "2025-09-01", 900, 100, n), nil)); got != want {
				t.Errorf("stated on %s, then %d: %q, want %q", day, n, got, want)
			}
		}
	}
}

func TestMovesOfLoads(t *testing.T) {
	flat := func(pairs ...[2]int64) (out []stat.Observation) {
		for _, list := range carried(pairs...) {
			out = append(out, list...)
		}
		return out
	}
	known := Known{Before: flat([2]int64{60, 1}, [2]int64{20, 1}), Pairs: []Pair{PeoplePerBoat}}
	for name, c := range map[string]struct {
		known Known
		now   []stat.Observation
		want  string
	}{
		"twice as many":     {known, flat([2]int64{60, 1}, [2]int64{240, 2}), ""},
		"more":              {known, flat([2]int64{60, 1}, [2]int64{242, 2}), "crowded 60 121"},
		"less than usual":   {Known{Before: flat([2]int64{4, 1}), Pairs: known.Pairs}, flat([2]int64{100, 1}), ""},
		"more than usual":   {Known{Before: flat([2]int64{4, 1}), Pairs: known.Pairs}, flat([2]int64{101, 1}), "crowded 50 101"},
		"nothing known":     {Known{Pairs: known.Pairs}, flat([2]int64{900, 1}), ""},
		"confirmed":         {Known{Before: known.Before, After: flat([2]int64{60, 1}, [2]int64{242, 2}), Pairs: known.Pairs}, flat([2]int64{60, 1}, [2]int64{242, 2}), ""},
		"without the pairs": {Known{Before: known.Before}, flat([2]int64{60, 1}, [2]int64{242, 2}), ""},
	} {
		got := Limits{}.Moves(c.known, c.now, nil)
		if text := kinds(got); text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
		for _, m := range got {
			day := sunday.AddDays(len(c.now)/2 - 1)
			if m.Series != days.ID || m.Start != day || m.End != day || m.Where != "S!"+day.String() || m.Severity != stat.SeverityError {
				t.Errorf("%s: %+v", name, m)
			}
		}
	}
}

func TestEachMoveSaysItself(t *testing.T) {
	m := Move{Severity: stat.SeverityWarning, Series: "a:b:D", Start: sunday, End: sunday, Where: "S!B2", From: "7", To: "9"}
	for kind, want := range map[string]string{
		Revised: "7 becomes 9", Zeroed: "7 becomes 9", Grown: "9, and the largest value so far is 7", Record: "9 is a record; the largest value so far is 7",
		Overloaded: "9 a boat, and the most so far is 7", Withdrawn: "7 is withdrawn", Rewritten: "9 of 7 known values change", Contrary: "9, and the release after it says 7",
	} {
		m.Kind = kind
		want = "a:b:D, 2026-02-15: " + want
		if got := m.Finding(); got != (stat.Finding{Code: kind, Severity: stat.SeverityWarning, Where: "S!B2", Message: want}) {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	m.Kind = Redefined
	if got := m.String(); got != "S!B2: the text says something else than before, and 9 known values change with it" {
		t.Error(got)
	}
}

func TestWorstMovesComeFirst(t *testing.T) {
	list := []Move{{From: "10", To: "20"}, {From: "90", To: ""}, {From: "60", To: "3"}, {From: "2", To: "4"}, {From: "", To: "50"}}
	before := slices.Clone(list)
	if got := kinds(Worst([]Move{{From: "2", To: "5"}, {From: "90", To: ""}, {From: "1", To: "3"}, {From: "1", To: "200"}})); got != " 1 200;  90 ;  1 3;  2 5" {
		t.Errorf("%q", got)
	}
	if got := kinds(Worst(list)); got != " 90 ;   50;  60 3;  10 20;  2 4" {
		t.Errorf("%q", got)
	}
	if !slices.Equal(list, before) {
		t.Error("the argument is changed")
	}
}

// TestOneSeriesOfManyIsRedefined changes many values of one series and one value of the others.
func TestOneSeriesOfManyIsRedefined(t *testing.T) {
	var before, now []stat.Observation
	for i := range 20 {
		s := series("arrivals", stat.Daily)
		s.ID += stat.SeriesID(":origin=" + string(rune('A'+i)))
		for d := range 4 {
			was := obs(s, stat.Day(sunday.AddDays(d)), 1)
			is := was
			if i == 7 || d == 0 {
				is.Value = stat.Known(2)
			}
			before, now = append(before, was), append(now, is)
		}
	}
	if got := kinds(Limits{Reworded: 0.01}.Moves(Known{Before: before, Texts: []string{"Notes"}}, now, nil)); got != "redefined  23" {
		t.Errorf("%q", got)
	}
}
