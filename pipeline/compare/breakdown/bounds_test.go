package breakdown

import (
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// checkRows compares the rows of one period with lines; none wants no rows.
func checkRows(t *testing.T, name string, s *Set, basis, end, want string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if got, want := rows(t, s, basis, end), strings.Join(lines, "\n"); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestRoundedTo(t *testing.T) {
	const ten, four = "10 20 30 40 50 60 70 80", "4 8 12 16 4 8 12 16"
	for _, c := range []struct {
		parts string
		want  int64
	}{
		{"a: " + ten + "\nb: " + ten + "\nc: 10 20 30 40", 10},
		{"a: " + ten + "\nb: " + ten + "\nc: 0 20 30 40 0 0 0 10", 10},
		{"a: " + ten + "\nb: " + ten + "\nc: 0 20 30 40 0 0 0 0", 1}, // 19 figures
		{"a: " + ten + "\nb: " + ten + "\nc: 10 20 30 15", 5},
		{"a: " + ten + "\nb: " + ten + "\nc: 10 20 30 12", 1},
		{"a: " + four + "\nb: " + four + "\nc: " + four, 1},
	} {
		if got := set(t, "origin", false, eight, c.parts).multiple; got != c.want {
			t.Errorf("%s\nrounded to %d, want %d", c.parts, got, c.want)
		}
	}
	for _, c := range [][3]int64{{0, -10, 10}, {-15, 10, 5}, {12, 18, 6}, {7, 0, 7}} {
		if got := divisor(c[0], c[1]); got != c[2] {
			t.Errorf("divisor of %d and %d: %d", c[0], c[1], got)
		}
	}
}

// TestRoundingAtItsLimit has three parts that are rounded to 10 and leave over 20 or 21.
func TestRoundingAtItsLimit(t *testing.T) {
	const part = "100 110 100 110 100 110 100 110"
	for total, want := range map[string]string{
		"320": "x x #0 x x x O (within the rounding of 3 parts to multiples of 10)",
		"280": "x x #0 x x x O (within the rounding of 3 parts to multiples of 10)",
		"321": "21 6.5421 #0 x x x A",
		"279": "-21 -7.5269 #0 x x x A (the parts add up to more than the total)",
	} {
		s := set(t, "origin", true, strings.Repeat(total+" ", 8), "a: "+part+"\nb: "+part+"\nc: "+part)
		if got := rows(t, s, "quarter", "2022-03-31"); !strings.HasSuffix(got, "\n_R "+want) {
			t.Errorf("%s: got\n%s\nwant %s", total, got, want)
		}
	}
}

// TestRoundingCountsParts has a fourth part that is not listed, and so 0: it is rounded as well.
func TestRoundingCountsParts(t *testing.T) {
	const part = "100 110 100 110 100 110 100 110"
	s := set(t, "origin", true, strings.Repeat("321 ", 8), "a: "+part+"\nb: "+part+"\nc: "+part+"\nd: 10 10 10 10 - - - -")
	if got := rows(t, s, "quarter", "2023-03-31"); !strings.HasSuffix(got, "_R x x #0 x x x O (within the rounding of 4 parts to multiples of 10)") {
		t.Errorf("%s", got)
	}
}

// TestPeriodsWithoutPartsLeaveTheOthers has parts in the first of two years.
func TestPeriodsWithoutPartsLeaveTheOthers(t *testing.T) {
	years := func(p compare.Span) bool { return p.Basis == "year" }
	if got := set(t, "origin", false, eight, "AFG: 9 9 9 9").Rows(stat.MustDate("2030-01-01"), years); len(got) != 3 || got[0].Period != stat.Year(2022) {
		t.Errorf("%+v", got)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		value, total stat.Count
		want         string
	}{
		{stat.Known(1), stat.Known(1), "100"}, {stat.Known(0), stat.Known(4), "0"}, {stat.Known(1), stat.Known(0), ""}, {stat.Known(0), stat.Known(0), ""},
		{stat.Known(1), stat.Known(-1), ""}, {stat.Count{}, stat.Known(4), ""}, {stat.Known(1), stat.Count{}, ""},
	} {
		if got := share(c.value, c.total).String(); got != c.want {
			t.Errorf("%s of %s: %q", c.value, c.total, got)
		}
	}
}

func TestMarks(t *testing.T) {
	var obs []stat.Observation
	for i, mark := range []string{"", "a", "b", "a", "r", "c", "d"} {
		obs = append(obs, stat.Observation{Mark: mark, Revised: mark == "r"})
		if got, want := marks(obs), []string{"", "a", "a b", "a b", "a b", "a b c", "a b c"}[i]; got == nil != (want == "") || got != nil && got[0].Words != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// TestRelate has ages that contain, cross, touch and miss each other, and a code within a group.
func TestRelate(t *testing.T) {
	list := []*part{{Part: Part{Code: "Y0T17"}}, {Part: Part{Code: "Y17T20"}}, {Part: Part{Code: "Y18T29"}}, {Part: Part{Code: "Y18T20"}}, {Part: Part{Code: "g"}},
		{Part: Part{Code: "g.x", Within: []string{"g"}}}, {Part: Part{Code: "Y0"}}, {Part: Part{Code: "_U"}}}
	relate(list)
	names := func(ps []*part) string {
		var out []string
		for _, p := range ps {
			out = append(out, p.Code)
		}
		return strings.Join(out, " ")
	}
	for i, want := range []string{"inside  crossing Y17T20 related Y17T20 Y0", "inside  crossing Y0T17 Y18T29 related Y0T17 Y18T29 Y18T20", "inside  crossing Y17T20 related Y17T20 Y18T20",
		"inside Y17T20 Y18T29 crossing  related Y17T20 Y18T29", "inside  crossing  related g.x", "inside g crossing  related g", "inside Y0T17 crossing  related Y0T17", "inside  crossing  related "} {
		p := list[i]
		if got := "inside " + names(p.inside) + " crossing " + names(p.crossing) + " related " + names(p.related); got != want {
			t.Errorf("%s: %s, want %s", p.Code, got, want)
		}
	}
}

func TestNewSetNeedsObservations(t *testing.T) {
	path, err := compare.NewPath(flow(stat.AllTotal, eight)[0].Series, flow(stat.AllTotal, eight))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSet("origin", path, false, []Part{{Code: "AFG"}}); err == nil || err.Error() != "x:people:Q by origin: a part without observations" {
		t.Errorf("%v", err)
	}
}

// TestWhatIsListedDecides has parts that are listed in one of two years only.
func TestWhatIsListedDecides(t *testing.T) {
	checkRows(t, "no part in the period", set(t, "origin", false, eight, "AFG: 9 9 9 9"), "year", "2023-12-31", "")
	checkRows(t, "a group and unknown", set(t, "origin", false, eight, "_U: 9 9 9 9\nasia: 5 5 5 5"), "year", "2022-12-31", `
		_T 400 100 #0 x x x A (no prior value)
		_U 36 9 #0 x x x A (no prior value)
		asia 20 5 #1 x x x A (no prior value)
		_R 344 86 #0 x x x A`)
	checkRows(t, "a group and a part of the year before", set(t, "origin", false, eight, "AFG: 9 9 9 9 - - - -\nasia: 5 5 5 5 5 5 5 5"), "year", "2023-12-31", `
		_T 800 100 #0 400 400 100 A
		AFG x x #0 36 x x O (not listed for this period)
		asia 20 2.5 #1 20 0 x A (low base)
		_R 780 97.5 #0 x x x A`)
	checkRows(t, "an age within one of the year before", set(t, "age", false, eight, "Y0T4: 9 9 9 9 9 9 9 9\nY0T9: 9 9 9 9 - - - -\nY5T12: 3 3 3 3 3 3 3 3"), "year", "2023-12-31", `
		_T 800 100 #0 400 400 100 A
		Y0T4 36 4.5 #1 36 0 0 A
		Y0T9 x x #0 36 x x O (not listed for this period; overlaps Y5T12)
		Y5T12 12 1.5 #2 12 0 x A (low base)
		_R 752 94 #0 x x x A`)
	checkRows(t, "only unknown in a quarter", set(t, "origin", true, eight, "AFG: 9 9 9 9 - 9 9 9\n_U: 1 1 1 1 1 1 1 1"), "quarter", "2023-03-31", `
		_T 200 100 #0 100 100 100 A
		AFG x x #0 9 x x O (not listed for this period)
		_U 1 0.5 #0 1 0 x A (low base)
		_R 199 99.5 #0 x x x A`)
	checkRows(t, "no total a year before", set(t, "origin", true, "c c c c 200", "AFG: - - - - 9\nIRN: 8 8 8 8 8"), "quarter", "2023-03-31", `
		_T 200 100 #0 x x x A (no prior value)
		AFG 9 4.5 #1 x x x A (no prior value)
		IRN 8 4 #2 8 0 x A (low base)
		_R 183 91.5 #0 x x x A`)
}

// TestRankOfUnknownValues has a value below zero and one that is not known.
func TestRankOfUnknownValues(t *testing.T) {
	below, unknown := &entry{ranked: true}, &entry{ranked: true}
	below.Value = stat.Known(-5)
	if rank([]*entry{below, unknown}); below.Rank != 1 || unknown.Rank != 0 {
		t.Errorf("ranks %d and %d", below.Rank, unknown.Rank)
	}
}

// TestCrossedParts has an overlap that is followed by a part without one.
func TestCrossedParts(t *testing.T) {
	got := rows(t, set(t, "age", false, "100", "Y0T17: 9\nY17T20: 9\nY30T40: 9"), "quarter", "2022-03-31")
	if !strings.HasSuffix(got, "_R x x #0 x x x O (parts overlap)") {
		t.Errorf("%s", got)
	}
}

// TestWhatAResidualRestsOn has parts of another status and vintage than their total.
func TestWhatAResidualRestsOn(t *testing.T) {
	total, afg, irn := flow(stat.AllTotal, "100 100 100 100"), flow(of("origin", "AFG"), "9 9 9 9"), flow(of("origin", "IRN"), "9 - 9 9")
	newer := *release
	newer.Vintage = release.Vintage.AddDays(1)
	for i := range afg {
		afg[i].Status, afg[i].Release = stat.Provisional, &newer
	}
	older := *release
	older.Vintage = release.Vintage.AddDays(-1)
	for i := range irn {
		irn[i].Release = &older
	}
	s := setOf(t, "origin", true, total, Part{Code: "AFG", Observations: afg}, Part{Code: "IRN", Observations: irn})
	for _, r := range s.Rows(stat.MustDate("2030-01-01"), func(p compare.Span) bool { return p.Basis == "quarter" }) {
		status, vintage := stat.Normal, release.Vintage
		if r.Code == "AFG" || r.Code == Residual {
			status, vintage = stat.Provisional, newer.Vintage
		}
		if r.Status != status || r.Vintage != vintage {
			t.Errorf("%s of %s: %s %s, want %s %s", r.Code, r.Period.Start, r.Status, r.Vintage, status, vintage)
		}
	}
}

// TestAZeroHasTheStatusOfAWholeTotal has a total that is provisional and whole: what it does not list
// is 0 and final.
func TestAZeroHasTheStatusOfAWholeTotal(t *testing.T) {
	total := flow(stat.AllTotal, "100 100 100 100 100")
	for i := range total {
		total[i].Status = stat.Provisional
	}
	s := setOf(t, "origin", true, total, parts("origin", "AFG: 9 9 9 9 9\nIRN: 9 9 9 9 -")...)
	if got := rows(t, s, "quarter", "2023-03-31"); !strings.Contains(got, "IRN 0 0 #2 9 -9 x A (") {
		t.Errorf("%s", got)
	}
}

// TestGroupsThatAreNotListed has a group without its part, and the part without its group: neither
// is 0.
func TestGroupsThatAreNotListed(t *testing.T) {
	s := set(t, "category", true, eight, "g: 9 9 9 9 9 - 9 9\ng.x: 5 5 5 5 - 5 5 5\nh: 2 2 2 2 2 2 2 2")
	checkRows(t, "without its part", s, "quarter", "2023-03-31", `
		_T 200 100 #0 100 100 100 A
		g 9 4.5 #1 9 0 x A (low base)
		g.x x x #0 5 x x O (not listed for this period; counted within g)
		h 2 1 #2 2 0 x A (low base)
		_R 189 94.5 #0 x x x A`)
	checkRows(t, "without its group", s, "quarter", "2023-06-30", `
		_T 200 100 #0 100 100 100 A
		g x x #0 9 x x O (not listed for this period)
		g.x 5 2.5 #1 5 0 x A (low base)
		h 2 1 #2 2 0 x A (low base)
		_R 193 96.5 #0 x x x A`)
}
