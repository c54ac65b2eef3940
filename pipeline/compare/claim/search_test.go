package claim

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// stock makes a daily stock whose first value is on 1 January 2025.
func stock(t *testing.T, id stat.SeriesID, values ...int64) Series {
	t.Helper()
	var list []stat.Count
	for _, v := range values {
		list = append(list, stat.Known(v))
	}
	return series(t, id, stat.Stock, stat.Day(stat.MustDate("2025-01-01")), nextDay, list...)
}

// found writes windows as series, last day and by how many parts in 10,000 the number is missed.
func found(list []Match) string {
	var out []string
	for _, m := range list {
		out = append(out, fmt.Sprintf("%s %s %.0f", strings.Split(string(m.Series), ":")[1], m.WindowEnd.String()[5:], 1e4*m.Off))
	}
	return strings.Join(out, ", ")
}

// A number is answered by the windows in which it holds, else by the three nearest.
func TestSearchFindsWhatReproducesANumber(t *testing.T) {
	x := stock(t, "a:b:D", 10, 20, 30, 20, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
	for text, want := range map[string][2]string{
		"30 of them":    {"b 01-03 0", ""},
		"20 of them":    {"b 01-04 0, b 01-02 0", ""},
		"28 of them":    {"", "b 01-03 714, b 01-04 2857, b 01-02 2857"},
		"over 19":       {"b 01-04 526, b 01-02 526", ""},
		"1 of them":     {"b 01-15 0, b 01-14 0, b 01-13 0, b 01-12 0, b 01-11 0, b 01-10 0, b 01-09 0, b 01-08 0, b 01-07 0, b 01-06 0", ""},
		"up 20 %":       {"", ""},
		"987,654 there": {"", "b 01-03 10000, b 01-04 10000, b 01-02 10000"},
	} {
		a := Search(Parse(text), stat.MustDate("2025-06-01"), []Series{x}, nil)
		if len(a) != 1 || found(a[0].Matches) != want[0] || found(a[0].Nearest) != want[1] || a[0].Number.Value == 0 {
			t.Errorf("%q: %s; nearest %s", text, found(a[0].Matches), found(a[0].Nearest))
		}
	}
	if a := Search(Parse("30 of them"), stat.MustDate("2025-06-01"), nil, nil); len(a) != 1 || len(a[0].Matches)+len(a[0].Nearest) != 0 {
		t.Errorf("no series: %+v", a)
	}
}

// Words move the nearest windows: a series that is named comes before one that is missed by
// up to 3.3 % less. Only the 60 nearest are moved.
func TestTheNearestAreWeighedByTheWords(t *testing.T) {
	others := func(n int) (list []int64) {
		for range n {
			list = append(list, 10002)
		}
		return list
	}
	for _, c := range []struct {
		others int
		hotels int64
		first  string
	}{
		{1, 10331, "in-hotels 01-01 330"}, {1, 10334, "b 01-01 1"}, // 4 − 9/13 points of a per cent each
		{59, 10100, "in-hotels 01-01 99"}, {60, 10100, "b 03-01 1"},
	} {
		x, y := stock(t, "a:b:M", others(c.others)...), stock(t, "a:in-hotels:M", c.hotels)
		for _, list := range [][]Series{{x, y}, {y, x}} {
			a := Search(Parse("10,001 in hotels"), stat.MustDate("2025-06-01"), list, nil)
			if got := found(a[0].Nearest[:1]); got != c.first {
				t.Errorf("%+v: first is %s", c, got)
			}
		}
	}
	list := []Series{stock(t, "a:boats:M", 10002), stock(t, "a:uncontrolled-landings:M", 10047)} // 4 − 6/13 points and 4
	if a := Search(Parse("10,001 uncontrolled boats"), stat.MustDate("2025-06-01"), list, nil); found(a[0].Nearest) != "uncontrolled-landings 01-01 46, boats 01-01 1" {
		t.Errorf("two that are named: %s", found(a[0].Nearest))
	}
	list = []Series{stock(t, "a:b:M", 9, 30), stock(t, "a:in-hotels:M", 30)}
	if a := Search(Parse("30 in hotels"), stat.MustDate("2025-06-01"), list, nil); found(a[0].Matches) != "in-hotels 01-01 0, b 01-02 0" {
		t.Errorf("two that match: %s", found(a[0].Matches))
	}
}

// A count is the same whatever year it is compared with; a change is not.
func TestSearchComparesAChangeWithEveryYear(t *testing.T) {
	values := make([]stat.Count, 48)
	for i := range values {
		values[i] = stat.Known(100)
	}
	values[2], values[14], values[26], values[38] = stat.Known(100), stat.Known(300), stat.Known(500), stat.Known(750) // March
	x := monthly(t, "a:b:M", 2022, values...)
	for text, want := range map[string]string{
		"750 in March":           "month 2025-03-01 on 2024-03-01",
		"up 50 % in March":       "month 2025-03-01 on 2024-03-01",
		"up 650 % in March":      "month 2025-03-01 on 2022-03-01",
		"up 150 % in March":      "month 2025-03-01 on 2023-03-01",
		"150 % in March on 2023": "month 2025-03-01 on 2023-03-01",
	} {
		var got []string
		for _, m := range Search(Parse(text), stat.MustDate("2026-01-10"), []Series{x}, nil)[0].Matches {
			got = append(got, fmt.Sprint(m.Basis, " ", m.WindowStart, " on ", m.PriorStart))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %s", text, strings.Join(got, ", "))
		}
	}
}

// The windows since a rule began are looked at only where the sentence counts since something.
func TestSearchSinceARule(t *testing.T) {
	x := daily(t, arrivals, "2025-01-01", upTo(60)...)
	since := []stat.Date{stat.MustDate("2025-02-20")}
	for text, want := range map[string]bool{"555 since the law": true, "555 came": false} { // 51 + 52 + … + 60 is 555
		a := Search(Parse(text), stat.MustDate("2025-06-01"), []Series{x}, since)
		is := len(a[0].Matches) > 0 && a[0].Matches[0].Basis == compare.BasisPolicyPeriod
		if is != want {
			t.Errorf("%q: %+v", text, a[0].Matches)
		}
	}
}

// Numbers that rest on one window lift it, so that it comes before a window that fits one of them.
func TestSearchTakesNumbersTogether(t *testing.T) {
	x, y := stock(t, "a:b:D", 10, 15), series(t, "a:c:D", stat.Stock, stat.Day(stat.MustDate("2024-01-02")), func(p stat.Period) stat.Period { return stat.Day(p.End.AddYears(1)) }, stat.Known(10), stat.Known(15))
	a := Search(Parse("15 of them, up 50 %"), stat.MustDate("2025-06-01"), []Series{x, y}, nil)
	if got := found(a[0].Matches); got != "c 01-02 0, b 01-02 0" {
		t.Errorf("15: %s", got)
	}
	if got := found(a[1].Matches); got != "c 01-02 0" {
		t.Errorf("50 %%: %s", got)
	}
}

// A missing figure is null, a change has four decimals, and an early answer says so.
func TestAMatchAsJSON(t *testing.T) {
	day := stat.MustDate
	m := Match{Series: "a:b:M", Basis: "month", WindowStart: day("2025-03-01"), WindowEnd: day("2025-03-31"), Value: stat.Known(7), AsOf: day("2025-04-02")}
	const head, tail = `{"series":"a:b:M","basis":"month","window_start":"2025-03-01","window_end":"2025-03-31",`, `"as_of":"2025-04-02","prior_start":`
	compared, early, unknown := m, m, m
	compared.PriorStart, compared.PriorEnd, compared.Prior = day("2024-03-01"), day("2024-03-31"), stat.Known(3)
	compared.Percent = compare.KnownPercent(133.333333)
	early.Early = true
	unknown.Value = stat.Count{}
	for want, m := range map[string]Match{
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":""}`:                                                                          m,
		`"value":7,"prior_value":3,"change_percent":133.3333,` + tail + `"2024-03-01","prior_end":"2024-03-31"}`:                                                     compared,
		`"value":null,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":""}`:                                                                       unknown,
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"","note":"no vintage is as old as the claim; the oldest one known answers"}`: early,
	} {
		if got, err := json.Marshal(m); err != nil || string(got) != head+want {
			t.Errorf("got %s, %v; want %s", got, err, head+want)
		}
	}
}
