package breakdown

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

var release = &stat.Release{Source: "x", ID: "r", Vintage: stat.NewDate(2024, 2, 1)}

// flow returns the quarters of a series from 2022 on. "-" is a quarter that is not listed, "c" one
// that is suppressed, and "*" after a number a mark of the publisher.
func flow(dims stat.Dimensions, values string) []stat.Observation {
	s := stat.NewSeries(stat.Series{Source: "x", Measure: "people", Kind: stat.Flow, Flow: "arrival", Dimensions: dims}, stat.Quarterly)
	var out []stat.Observation
	for i, text := range strings.Fields(values) {
		o := stat.Observation{Series: &s, Period: stat.Quarter(2022+i/4, i%4+1), Status: stat.Normal, Release: release}
		switch number, marked := strings.CutSuffix(text, "*"); {
		case text == "-":
			continue
		case text == "c":
			o.Status, o.Mark = stat.Suppressed, "c"
		default:
			var n int64
			fmt.Sscan(number, &n)
			if o.Value = stat.Known(n); marked {
				o.Mark = "low"
			}
		}
		out = append(out, o)
	}
	return out
}

func of(dimension, code string) stat.Dimensions {
	d := stat.AllTotal
	*d.Field(dimension) = code
	return d
}

// parts returns the parts of lines such as "AFG: 1 2 3 4".
func parts(dimension, lines string) (out []Part) {
	for line := range strings.Lines(lines) {
		code, values, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		p := Part{Code: code, Observations: flow(of(dimension, code), values), Group: code == "eu" || code == "asia"}
		if group, _, ok := strings.Cut(code, "."); ok {
			p.Within = []string{group}
		}
		out = append(out, p)
	}
	return out
}

// rows returns the rows of one period as lines: code, value, share, rank, prior, change, per cent,
// status and note.
func rows(t *testing.T, s *Set, basis, end string) string {
	t.Helper()
	var out []string
	for _, r := range s.Rows(stat.MustDate("2030-01-01"), func(p compare.Span) bool { return p.Basis == basis && p.Period.End == stat.MustDate(end) }) {
		line := fmt.Sprintf("%s %s %s #%d %s %s %s %s", r.Code, orX(r.Value.String()), orX(r.Share.String()), r.Rank, orX(r.Prior.String()), orX(r.Change.String()), orX(r.ChangePercent.String()), r.Status)
		if text := r.Note.String(); text != "" {
			line += " (" + text + ")"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func orX(s string) string {
	if s == "" {
		return "x"
	}
	return s
}

func set(t *testing.T, dimension string, occurring bool, total, lines string) *Set {
	t.Helper()
	return setOf(t, dimension, occurring, flow(stat.AllTotal, total), parts(dimension, lines)...)
}

// setOf makes a set of what a total and its parts state.
func setOf(t *testing.T, dimension string, occurring bool, total []stat.Observation, parts ...Part) *Set {
	t.Helper()
	path, err := compare.NewPath(total[0].Series, total)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSet(dimension, path, occurring, parts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const eight = "100 100 100 100 200 200 200 200"

func TestRows(t *testing.T) {
	for _, c := range []struct {
		name, dimension string
		occurring       bool
		total, parts    string
		basis, end      string
		want            string
	}{
		{"ties, unknown and codes of no list", "origin", true, eight, `
			AFG: 10 10 10 10 50 50 50 50
			IRN: 20 20 20 20 50 50 50 50
			x-free-city: 30 30 30 30 45 45 45 44
			_U: 40 40 40 40 55 55 55 55`, "year", "2023-12-31", `
			_T 800 100 #0 400 400 100 A
			AFG 200 25 #1 40 160 400 A
			IRN 200 25 #1 80 120 150 A
			_U 220 27.5 #0 160 60 37.5 A
			x-free-city 179 22.375 #3 120 59 49.1667 A
			_R 1 0.125 #0 x x x A`},
		{"absent is 0 where only what occurs is listed", "origin", true, eight, `
			AFG: 90 90 90 90 - - - -
			IRN: - - - - 190 190 190 190
			SYR: 10 10 10 10 10 - 10 10`, "year", "2023-12-31", `
			_T 800 100 #0 400 400 100 A
			AFG 0 0 #3 360 -360 -100 A (not listed, so 0)
			IRN 760 95 #1 0 760 x A (low base; prior value: not listed, so 0)
			SYR 30 3.75 #2 40 -10 -25 A
			_R 10 1.25 #0 x x x A`},
		{"absent is missing elsewhere", "origin", false, eight, `
			AFG: 90 90 90 90 - - - -
			IRN: - - - - 190 190 190 190
			SYR: 10 10 10 10 10 - 10 10`, "year", "2023-12-31", `
			_T 800 100 #0 400 400 100 A
			AFG x x #0 360 x x O (not listed for this period)
			IRN 760 95 #1 x x x A (no prior value)
			SYR x x #0 40 x x O (91 of 365 days outside coverage)
			_R x x #0 x x x O (1 of 2 parts without a value)`},
		{"a suppressed part makes no residual", "origin", false, "100 100 100 100", `
			AFG: 90 90 90 90
			IRN: 3 3 c 3`, "quarter", "2022-09-30", `
			_T 100 100 #0 x x x A (no prior value)
			AFG 90 90 #1 x x x A (no prior value)
			IRN x x #0 x x x Q (marked by the publisher: c; 92 of 92 days without a value; no prior value)
			_R x x #0 x x x O (1 of 2 parts without a value)`},
		{"marks are kept", "origin", false, "100 100 100 100", "AFG: 90 90* 90 90*", "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			AFG 360 90 #1 x x x A (marked by the publisher: low; no prior value)
			_R 40 10 #0 x x x A`},
		{"bands of ages that hold others", "age", true, "100 100 100 100", `
			Y_LT18: 40 40 40 40
			Y_LT14: 10 10 10 10
			Y14T17: 30 30 30 30
			Y_GE18: 60 60 60 60`, "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			Y14T17 120 30 #0 x x x A (no prior value; counted within Y_LT18)
			Y_GE18 240 60 #1 x x x A (no prior value)
			Y_LT14 40 10 #0 x x x A (no prior value; counted within Y_LT18)
			Y_LT18 160 40 #2 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
		{"bands of ages that cross", "age", true, "100 100 100 100", `
			Y_LT18: 40 40 40 40
			Y16T24: 30 30 30 30
			Y_GE25: 60 60 60 60`, "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			Y16T24 120 30 #0 x x x A (no prior value; overlaps Y_LT18)
			Y_GE25 240 60 #1 x x x A (no prior value)
			Y_LT18 160 40 #0 x x x A (no prior value; overlaps Y16T24)
			_R x x #0 x x x O (parts overlap)`},
		{"other bands in other years are no zeros", "age", true, eight, `
			Y_LT18: 40 40 40 40 40 40 40 40
			Y18T29: 60 60 60 60 - - - -
			Y_GE18: - - - - 160 160 160 160`, "year", "2023-12-31", `
			_T 800 100 #0 400 400 100 A
			Y18T29 x x #0 240 x x O (not listed for this period; counted within Y_GE18)
			Y_GE18 640 80 #1 x x x A (no prior value)
			Y_LT18 160 20 #2 160 0 0 A
			_R 0 0 #0 x x x A`},
		{"regions among countries", "origin", true, "100 100 100 100", `
			AFG: 50 50 50 50
			asia: 80 80 80 80
			FRA: 20 20 20 20`, "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			AFG 200 50 #1 x x x A (no prior value)
			FRA 80 20 #2 x x x A (no prior value)
			asia 320 80 #0 x x x A (no prior value; a group of other rows)
			_R 120 30 #0 x x x A`},
		{"regions by themselves", "origin", true, "100 100 100 100", `
			eu: 20 20 20 20
			asia: 80 80 80 80`, "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			asia 320 80 #1 x x x A (no prior value)
			eu 80 20 #2 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
		{"types inside their group", "category", false, "100 100 100 100", `
			forced: 60 60 60 60
			forced.air: 20 20 20 20
			free: 40 40 40 40`, "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			forced 240 60 #1 x x x A (no prior value)
			forced.air 80 20 #0 x x x A (no prior value; counted within forced)
			free 160 40 #2 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
		{"more than the total", "origin", true, "100 100 100 100", "AFG: 101 100 100 100", "year", "2022-12-31", `
			_T 400 100 #0 x x x A (no prior value)
			AFG 401 100.25 #1 x x x A (no prior value)
			_R -1 -0.25 #0 x x x A (the parts add up to more than the total)`},
		{"rounded parts make no residual", "sex", true, "103 104 99 101 103 104 99 101 103 104 99 101", `
			F: 35 35 35 35 35 35 35 35 35 35 35 35
			M: 70 70 65 65 70 70 65 65 70 70 65 65`, "quarter", "2022-03-31", `
			_T 103 100 #0 x x x A (no prior value)
			F 35 33.9806 #2 x x x A (no prior value)
			M 70 67.9612 #1 x x x A (no prior value)
			_R x x #0 x x x O (within the rounding of 2 parts to multiples of 5)`},
		{"a total of 0 has no shares", "sex", true, "0 0 0 0", "F: 0 0 0 0", "year", "2022-12-31", `
			_T 0 x #0 x x x A (no prior value)
			F 0 x #1 x x x A (no prior value)
			_R 0 x #0 x x x A`},
		{"no part year", "sex", true, "1 1 1 1 1 1", "F: 1 1 1 1 1 1", "year", "2023-06-30", ``},
		{"no part year by its end", "sex", true, "1 1 1 1 1 1", "F: 1 1 1 1 1 1", "year", "2023-12-31", ``},
		{"twelve months instead", "sex", true, "1 1 1 1 1 1", "F: 1 1 1 1 1 1", "year-ending", "2023-06-30", `
			_T 4 100 #0 x x x A (no prior value)
			F 4 100 #1 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
		{"a total of 0 is broken down", "sex", true, "1 1 0 1", "F: 1 1 - 1", "year", "2022-12-31", `
			_T 3 100 #0 x x x A (no prior value)
			F 3 100 #1 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
		{"nothing broken down", "sex", true, "1 1 1 1 1 1 1 1", "_X: 1 1 1 1\n F: - - - - 1 1 1 1", "year", "2022-12-31", `
			_T 4 100 #0 x x x A (no prior value)
			_X 4 100 #0 x x x A (no prior value)
			_R 0 0 #0 x x x A`},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkRows(t, "rows", set(t, c.dimension, c.occurring, c.total, c.parts), c.basis, c.end, c.want)
		})
	}
}

// TestAZeroIsNotSureWhereTheTotalLacksRows: the row that could not be used may be of the part that is
// not listed.
func TestAZeroIsNotSureWhereTheTotalLacksRows(t *testing.T) {
	total := flow(stat.AllTotal, "100 100 100 100")
	total[1].Status, total[1].Locator = stat.Estimated, stat.Lacking("A1", 1)
	s := setOf(t, "origin", true, total, parts("origin", "AFG: 90 90 90 90\nIRN: 10 - 10 10")...)
	checkRows(t, "rows", s, "year", "2022-12-31", "_T 400 100 #0 x x x E (incomplete; no prior value)\n"+
		"AFG 360 90 #1 x x x A (no prior value; x:people:Q: incomplete)\n"+
		"IRN 30 7.5 #2 x x x E (incomplete; no prior value; x:people:Q: incomplete)\n"+
		"_R 10 2.5 #0 x x x E")
}

// TestStocksAreComparedOnDates compares levels, also where February has another last day.
func TestStocksAreComparedOnDates(t *testing.T) {
	level := func(dims stat.Dimensions, values ...int64) []stat.Observation {
		s := stat.NewSeries(stat.Series{Source: "x", Measure: "waiting", Kind: stat.Stock, Flow: "asylum", Dimensions: dims}, stat.Monthly)
		var out []stat.Observation
		for i, d := range []string{"2024-02-29", "2025-02-28"} {
			out = append(out, stat.Observation{Series: &s, Period: stat.Day(stat.MustDate(d)), Value: stat.Known(values[i]), Status: stat.Normal, Release: release})
		}
		return out
	}
	total := level(stat.AllTotal, 1000, 1200)
	s := setOf(t, "origin", true, total, Part{Code: "AFG", Observations: level(of("origin", "AFG"), 400, 300)})
	checkRows(t, "rows", s, "point", "2025-02-28", "_T 1200 100 #0 1000 200 20 A\nAFG 300 25 #1 400 -100 -25 A\n_R 900 75 #0 x x x A")
}

// TestAPartThatStraddlesPeriodsIsNoZero: a part with periods of its own is neither 0 nor an error.
func TestAPartThatStraddlesPeriodsIsNoZero(t *testing.T) {
	odd := flow(of("origin", "AFG"), "5")
	odd[0].Period = stat.Period{Start: stat.MustDate("2022-02-01"), End: stat.MustDate("2022-05-31"), Precision: stat.PrecisionRange}
	s := setOf(t, "origin", true, flow(stat.AllTotal, "9 9 9 9"), append(parts("origin", "IRN: 9 9 9 9"), Part{Code: "AFG", Observations: odd})...)
	checkRows(t, "rows", s, "quarter", "2022-03-31", "_T 9 100 #0 x x x A (no prior value)\nIRN 9 100 #1 x x x A (no prior value)\n_R 0 0 #0 x x x A")
}

// TestSumsAndRanksHold draws sets at random: the parts and the residual add up to the total, and
// nobody with a smaller value has a better rank.
func TestSumsAndRanksHold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var lines strings.Builder
		for _, code := range []string{"AFG", "IRN", "SYR", "_U", "x-a"} {
			lines.WriteString(code + ":")
			for range 8 {
				if code == "AFG" { // each quarter is broken down
					lines.WriteString(" 9")
					continue
				}
				lines.WriteString([]string{" -", fmt.Sprintf(" %d", r.IntN(4)), fmt.Sprintf(" %d", r.IntN(400)), " 7"}[r.IntN(4)])
			}
			lines.WriteString(" 1\n") // the last quarter is always listed
		}
		s := set(t, "origin", true, "900 900 900 900 900 900 900 900 900", lines.String())
		all := s.Rows(stat.MustDate("2030-01-01"), func(compare.Span) bool { return true })
		for len(all) > 0 {
			n := 1 + slices.IndexFunc(all, func(r Row) bool { return r.Code == Residual })
			sum := stat.Known(0)
			for _, x := range all[1:n] {
				sum = sum.Add(x.Value)
				for _, y := range all[1 : n-1] {
					a, _ := x.Value.Get()
					b, _ := y.Value.Get()
					if x.Rank > 0 && y.Rank > 0 && (a > b) != (x.Rank < y.Rank) {
						t.Fatalf("%s has %d and rank %d, %s has %d and rank %d", x.Code, a, x.Rank, y.Code, b, y.Rank)
					}
				}
			}
			if sum != all[0].Value {
				t.Fatalf("%s to %s: parts add up to %s of %s\n%s", all[0].Period.Start, all[0].Period.End, sum, all[0].Value, lines.String())
			}
			all = all[n:]
		}
	}
}
