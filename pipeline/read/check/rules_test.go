package check

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

func by(list ...[]stat.Observation) map[stat.SeriesID][]stat.Observation {
	return bySeries(slices.Concat(list...))
}

// lines writes findings one a line: severity, place and message.
func lines(list []stat.Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Code+" "+f.Severity.String()+" "+f.Where+" "+f.Message)
	}
	return strings.Join(out, "\n")
}

func TestGradeSums(t *testing.T) {
	for _, c := range []struct {
		differ, compared int
		want             stat.Severity
	}{{1, 99, stat.SeverityError}, {1, 100, stat.SeverityWarning}, {3, 300, stat.SeverityWarning}, {3, 299, stat.SeverityError}, {4, 1000, stat.SeverityError}} {
		list := []stat.Finding{{Code: "other"}}
		for range c.differ {
			list = append(list, stat.Finding{Code: SumDiffers})
		}
		list = append(list, stat.Finding{Code: "other", Severity: stat.SeverityNote})
		gradeSums(list, c.compared)
		for i, f := range list {
			if want := map[bool]stat.Severity{true: c.want}[f.Code == SumDiffers]; f.Severity != want {
				t.Errorf("%d of %d: finding %d is %q", c.differ, c.compared, i, f.Severity)
			}
		}
	}
	many := []stat.Finding{{Code: "other"}, {Code: "other"}, {Code: "other"}, {Code: SumDiffers}}
	if gradeSums(many, 1000); many[3].Severity != stat.SeverityWarning {
		t.Error("findings of other kinds count as sums")
	}
}

func TestWeighCountsTheSumsOfAllRules(t *testing.T) {
	sums := func(n int) Rule {
		return func(map[stat.SeriesID][]stat.Observation) Result {
			return Result{Findings: []stat.Finding{{Code: SumDiffers}}, Sums: n}
		}
	}
	for compared, want := range map[int]stat.Severity{150: stat.SeverityWarning, 149: stat.SeverityError} {
		found, err := Weigh(nil, []stat.Finding{{Code: SumDiffers, Where: "decoder"}}, []Rule{sums(compared), sums(150)})
		if err != nil || len(found) != 3 || found[0].Where != "decoder" || found[0].Severity != want || found[2].Severity != want {
			t.Errorf("%d: %+v, %v", compared, found, err)
		}
	}
}

func TestWeighErrors(t *testing.T) {
	found, err := Weigh(append(week(1, 2), week(3)...), nil, nil)
	if want := "S!2026-02-09 and S!2026-02-09: a:arrivals:D for 2026-02-09 is stated twice"; found != nil || in(t, err, ErrDuplicate) != want {
		t.Errorf("%v, %v", found, err)
	}
	bad := obs(days, stat.Day(sunday), -1)
	found, err = Weigh([]stat.Observation{bad}, nil, nil)
	if want := "S!2026-02-15: a:arrivals:D 2026-02-15: -1 is below zero"; found != nil || err == nil || err.Error() != want || errors.Is(err, ErrDuplicate) {
		t.Errorf("%v, %v", found, err)
	}
}

func TestSumsToSaysWhere(t *testing.T) {
	rule := SumsTo(weeks.ID, days.ID)
	next := func(values ...int64) []stat.Observation {
		list := week(values...)
		for i := range list {
			list[i].Period = stat.Day(list[i].Period.Start + 7)
		}
		return list
	}
	first, second := stat.WeekEnding(sunday), stat.WeekEnding(sunday+7)
	early := obs(days, stat.Day(sunday-7), 9)
	blank := obs(weeks, first, 0)
	blank.Value, blank.Status = stat.Count{}, stat.Missing
	none := said(-1, -1, -1, -1, -1, -1, -1)
	for name, c := range map[string]struct {
		list []stat.Observation
		sums int
		want string
	}{
		"worst first": {slices.Concat([]stat.Observation{early}, week(1, 1, 1, 1, 1, 1, 1), next(1, 1, 1, 1, 1, 1, 1), []stat.Observation{obs(weeks, first, 8), obs(weeks, second, 4)}), 2,
			"sum-differs note S!2026-02-22 a:arrivals:W for 2026-02-16 to 2026-02-22 is 4, but a:arrivals:D adds up to 7\n" +
				"sum-differs note S!2026-02-15 a:arrivals:W for 2026-02-09 to 2026-02-15 is 8, but a:arrivals:D adds up to 7"},
		"the week has no value":    {append(week(1, 1, 1, 1, 1, 1, 1), blank), 0, ""},
		"the days have no value":   {append(none, obs(weeks, first, 2)), 1, "sum-differs note S!2026-02-15 a:arrivals:W for 2026-02-09 to 2026-02-15 is 2, but a:arrivals:D is missing there"},
		"no days":                  {[]stat.Observation{obs(weeks, first, 2)}, 0, ""},
		"the day before":           {[]stat.Observation{early, obs(weeks, stat.Day(sunday-6), 2)}, 0, ""},
		"the days of another week": {append(next(1, 1, 1, 1, 1, 1, 1), obs(weeks, first, 2)), 0, ""},
	} {
		r := rule(by(c.list))
		if got := lines(r.Findings); got != c.want || r.Sums != c.sums {
			t.Errorf("%s: %d sums\n%s\nwant\n%s", name, r.Sums, got, c.want)
		}
	}
}

func TestDiffers(t *testing.T) {
	for _, c := range []struct {
		total int64
		parts []stat.Observation
		said  string
		by    float64
	}{
		{3, said(1, 2), "", 0},
		{4, said(1, 2), "adds up to 3", 1},
		{1, said(1, 2), "adds up to 3", 2},
		{4, said(1, -1), "", 0},
		{1, said(1, -1), "", 0},
		{0, said(1, -1), "adds up to 1", 1},
		{1, said(-1, -1), "is missing there", 1},
		{0, said(-1, -1), "", 0},
	} {
		if text, by := differs(c.total, c.parts); text != c.said || by != c.by {
			t.Errorf("%d: %q by %v, want %q by %v", c.total, text, by, c.said, c.by)
		}
	}
}

func TestSubsetSaysWhere(t *testing.T) {
	w, range2 := stat.WeekEnding(sunday), stat.Period{Start: sunday - 6, End: sunday - 5, Precision: stat.PrecisionRange}
	v := stat.WeekEnding(sunday + 7)
	blank := obs(weeks, v, 0)
	blank.Value, blank.Status = stat.Count{}, stat.Missing
	for name, c := range map[string]struct {
		part, all []stat.Observation
		want      string
	}{
		"equal":          {[]stat.Observation{obs(boats, w, 4)}, []stat.Observation{obs(weeks, w, 4)}, ""},
		"another period": {[]stat.Observation{obs(boats, range2, 5)}, []stat.Observation{obs(weeks, w, 4)}, ""},
		"not known":      {[]stat.Observation{obs(boats, v, 5)}, []stat.Observation{blank}, ""},
		"worst first": {[]stat.Observation{obs(boats, w, 5), obs(boats, v, 9)}, []stat.Observation{obs(weeks, range2, 1), obs(weeks, w, 4), obs(weeks, v, 7)},
			"subset-exceeds error S!2026-02-22 a:boats:W for 2026-02-16 is 9, more than the 7 of a:arrivals:W that it is part of\n" +
				"subset-exceeds error S!2026-02-15 a:boats:W for 2026-02-09 is 5, more than the 4 of a:arrivals:W that it is part of"},
	} {
		r := Subset(boats.ID, weeks.ID)(by(c.part, c.all))
		if got := lines(r.Findings); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestBreakdownsSayWhere(t *testing.T) {
	s := func(id stat.SeriesID, n int64) []stat.Observation {
		x := *weeks
		x.ID = id
		return []stat.Observation{obs(&x, stat.WeekEnding(sunday), n)}
	}
	r := Breakdowns(by(s("a:b:W", 5), s("a:b:W:age=Y", 6), s("a:b:W:age=Y:sex=F", 9), s("a:b:W:sex=F", 5)))
	want := "subset-exceeds error S!2026-02-15 a:b:W:age=Y:sex=F for 2026-02-09 is 9, more than the 5 of a:b:W:sex=F that it is part of\n" +
		"subset-exceeds error S!2026-02-15 a:b:W:age=Y:sex=F for 2026-02-09 is 9, more than the 6 of a:b:W:age=Y that it is part of\n" +
		"subset-exceeds error S!2026-02-15 a:b:W:age=Y for 2026-02-09 is 6, more than the 5 of a:b:W that it is part of"
	if got := lines(r.Findings); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
}

// carried states people and boats of consecutive days.
func carried(pairs ...[2]int64) map[stat.SeriesID][]stat.Observation {
	vessels := series("boats", stat.Daily)
	var list []stat.Observation
	for i, p := range pairs {
		day := stat.Day(sunday.AddDays(i))
		for j, s := range []*stat.Series{days, vessels} {
			o := obs(s, day, p[j])
			if p[j] < 0 {
				o.Value, o.Status = stat.Count{}, stat.Missing
			}
			list = append(list, o)
		}
	}
	return bySeries(list)
}

func TestPairRule(t *testing.T) {
	const at = "a:arrivals:D for "
	for name, c := range map[string]struct {
		pairs [][2]int64
		want  string
	}{
		"as usual":             {[][2]int64{{50, 1}, {100, 1}, {0, 0}, {1, 1}}, ""},
		"one not known":        {[][2]int64{{-1, 1}, {500, -1}}, ""},
		"no boat":              {[][2]int64{{1, 0}, {9, 0}}, "no-boats error S!2026-02-16 " + at + "2026-02-16 is 9, and boats is 0\nno-boats error S!2026-02-15 " + at + "2026-02-15 is 1, and boats is 0"},
		"fewer than boats":     {[][2]int64{{7, 8}, {1, 4}}, "more-boats error S!2026-02-16 " + at + "2026-02-16 is 1, fewer than the 4 of boats\nmore-boats error S!2026-02-15 " + at + "2026-02-15 is 7, fewer than the 8 of boats"},
		"crowded":              {[][2]int64{{60, 1}, {242, 2}}, "crowded error S!2026-02-16 " + at + "2026-02-16 is 242 in 2 boats, 121 each, more than twice as many as ever before"},
		"twice as many":        {[][2]int64{{60, 1}, {240, 2}}, ""},
		"twice the usual":      {[][2]int64{{100, 1}}, ""},
		"above the usual":      {[][2]int64{{101, 1}}, "crowded error S!2026-02-15 " + at + "2026-02-15 is 101 in 1 boats, 101 each, more than twice as many as ever before"},
		"three of them":        {[][2]int64{{300, 1}, {310, 1}, {320, 1}, {50, 1}}, "crowded error S!2026-02-17 " + at + "2026-02-17 is 320 in 1 boats, 320 each, more than twice as many as ever before\ncrowded error S!2026-02-16 " + at + "2026-02-16 is 310 in 1 boats, 310 each, more than twice as many as ever before\ncrowded error S!2026-02-15 " + at + "2026-02-15 is 300 in 1 boats, 300 each, more than twice as many as ever before"},
		"four are no outliers": {[][2]int64{{300, 1}, {310, 1}, {320, 1}, {330, 1}, {50, 1}}, ""},
	} {
		if got := lines(PeoplePerBoat.Rule(carried(c.pairs...)).Findings); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestOutliersOfMany(t *testing.T) {
	loads := func(large, all int) (out []load) {
		for i := range all {
			x := load{carried: 10, carriers: 1}
			if i < large {
				x.carried = 500
			}
			out = append(out, x)
		}
		return out
	}
	for _, c := range []struct{ large, all, want int }{{4, 399, 0}, {4, 400, 4}, {5, 499, 0}, {5, 500, 5}, {1, 1, 1}, {3, 3, 3}, {4, 4, 0}, {0, 0, 0}} {
		if got := PeoplePerBoat.outliers(loads(c.large, c.all)); got != c.want {
			t.Errorf("%d of %d: %d, want %d", c.large, c.all, got, c.want)
		}
	}
}

func TestCarrierOf(t *testing.T) {
	for id, want := range map[stat.SeriesID]stat.SeriesID{
		"a:arrivals:D": "a:boats:D", "a:arrivals:W:sex=F": "a:boats:W:sex=F", "a:boats:D": "", "a:landed:D": "", "arrivals": "", "a:late-arrivals:D": "", "tidy:a:arrivals:D": "tidy:a:boats:D", "": "", ":D": "",
	} {
		if got := PeoplePerBoat.carrierOf(id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestNotShrunkSaysHow(t *testing.T) {
	day := func(id stat.SeriesID, start, end stat.Date, n int) stat.Coverage {
		return stat.Coverage{Series: id, Start: start, End: end, Observations: n}
	}
	const tail = " of the release before it"
	for name, c := range map[string]struct {
		older, newer []stat.Coverage
		want         string
	}{
		"not in it":    {[]stat.Coverage{day("a:b:D", 10, 20, 5)}, []stat.Coverage{day("a:c:D", 10, 20, 5)}, "a:b:D is not in it"},
		"ends earlier": {[]stat.Coverage{day("a:b:D", 10, 20, 5)}, []stat.Coverage{day("a:b:D", 10, 19, 5)}, "a:b:D ends on 0001-01-19, before the 0001-01-20" + tail},
		"starts later": {[]stat.Coverage{day("a:b:D", 10, 20, 5)}, []stat.Coverage{day("a:b:D", 11, 20, 5)}, "a:b:D starts on 0001-01-11, after the 0001-01-10" + tail},
		"fewer":        {[]stat.Coverage{day("a:b:D", 10, 20, 5)}, []stat.Coverage{day("a:b:D", 10, 20, 4)}, "a:b:D has 4 observations, fewer than the 5" + tail},
		"group, 95":    {[]stat.Coverage{day("a:b:D:*", 10, 20, 100)}, []stat.Coverage{day("a:b:D:*", 10, 20, 95)}, ""},
		"group, 94":    {[]stat.Coverage{day("a:b:D:*", 10, 20, 100)}, []stat.Coverage{day("a:b:D:*", 10, 20, 94)}, "a:b:D:* has 94 observations, fewer than the 100" + tail},
		"group of 200": {[]stat.Coverage{day("a:b:D:*", 10, 20, 200)}, []stat.Coverage{day("a:b:D:*", 10, 20, 190)}, ""},
		"a group of its series": {[]stat.Coverage{day("a:b:D:*", 10, 20, 100)},
			[]stat.Coverage{day("a:b:D:age=Y", 12, 20, 1), day("a:b:D:sex=F", 10, 18, 1), day("a:c:D:sex=F", 1, 30, 1), day("a:b:D:sex=M", 11, 19, 1)}, ""},
		"of series that end":          {[]stat.Coverage{day("a:b:D:*", 10, 20, 100)}, []stat.Coverage{day("a:b:D:age=Y", 12, 19, 1), day("a:b:D:sex=F", 10, 18, 1), day("a:c:D:sex=F", 1, 30, 1)}, "a:b:D:* ends on 0001-01-19, before the 0001-01-20" + tail},
		"of series that start":        {[]stat.Coverage{day("a:b:D:*", 10, 20, 100)}, []stat.Coverage{day("a:b:D:age=Y", 12, 20, 1), day("a:b:D:sex=F", 11, 18, 1), day("a:c:D:sex=F", 1, 30, 1)}, "a:b:D:* starts on 0001-01-11, after the 0001-01-10" + tail},
		"a series in its group":       {[]stat.Coverage{day("a:b:D:sex=F", 10, 20, 5)}, []stat.Coverage{day("a:b:D:*", 10, 20, 1)}, ""},
		"the series before its group": {[]stat.Coverage{day("a:b:D:sex=F", 10, 20, 5)}, []stat.Coverage{day("a:b:D:*", 10, 20, 9), day("a:b:D:sex=F", 10, 20, 4)}, "a:b:D:sex=F has 4 observations, fewer than the 5" + tail},
	} {
		want := c.want
		if want != "" {
			want = "release has shrunk: " + want
		}
		if got := in(t, NotShrunk(c.older, c.newer), ErrShrunk); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestRejectsSayWhere(t *testing.T) {
	for want, r := range map[string]stat.ExcludedRow{
		"row 7: bad":                      {Line: 7, Reason: "bad"},
		"sheet S, row 7: bad":             {Sheet: "S", Line: 7, Reason: "bad"},
		`row 7, column "N": bad`:          {Line: 7, Column: "N", Reason: "bad"},
		`sheet S, row 7, column "N": bad`: {Sheet: "S", Line: 7, Column: "N", Reason: "bad"},
	} {
		err := TooManyExcluded([]stat.ExcludedRow{r, {Line: 9}, {Line: 10}}, 250, 5)
		if got := in(t, err, ErrTooManyExcluded); got != "too many bad rows: 3 of 250, more than the 2 that may be left out; the first is at "+want {
			t.Errorf("%s", got)
		}
	}
}
