package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// smallBoats returns the daily series of arrivals from the release of 26 June 2026.
func smallBoats(t testing.TB) *Path {
	t.Helper()
	s := &stat.Series{ID: "ukho-small-boats:arrivals:D", Kind: stat.Flow}
	obs, err := fromFile(s, "small-boats-daily.csv", "arrivals")
	if err != nil {
		t.Fatal(err)
	}
	for i := range obs {
		obs[i].Series, obs[i].Release = s, &stat.Release{Vintage: stat.MustDate("2026-06-26")}
	}
	p, err := NewPath(s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// randomPath returns a daily series of several years with some missing days, statuses and
// ranges.
func randomPath(t testing.TB, rng *rand.Rand, missing float64) *Path {
	t.Helper()
	s := &stat.Series{ID: "x:random:D", Kind: stat.Flow}
	start := stat.NewDate(2019, 1, 1).AddDays(rng.IntN(500))
	var obs []stat.Observation
	for i := range 1000 + rng.IntN(1000) {
		o := stat.Observation{Series: s, Period: stat.Day(start.AddDays(i)), Value: stat.Known(rng.Int64N(40)), Status: stat.Normal,
			Release: &stat.Release{Vintage: stat.MustDate("2026-01-01").AddDays(rng.IntN(100))}}
		if rng.IntN(2) == 0 {
			o.Status = stat.Estimated
		}
		if rng.Float64() < missing {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		obs = append(obs, o)
	}
	rng.Shuffle(len(obs), func(i, j int) { obs[i], obs[j] = obs[j], obs[i] })
	p, err := NewPath(s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// naiveSum adds up a daily series day by day, which Sum must equal.
func naiveSum(p *Path, start, end stat.Date) (sum stat.Count, status stat.Status, vintage stat.Date) {
	sum = stat.Known(0)
	for d := start; d <= end; d++ {
		value, s := p.on(d)
		sum, status = sum.Add(value), stat.Worst(status, s)
		if o, ok := p.endingOn(d); ok {
			vintage = max(vintage, o.Release.Vintage)
		}
	}
	return sum, status, vintage
}

func TestSumEqualsDayByDay(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		p := randomPath(t, rng, 0.01)
		first, last := p.Coverage()
		for range 100 {
			start := first.AddDays(rng.IntN(int(last-first)+40) - 20)
			end := start.AddDays(rng.IntN(200))
			w := p.Sum(start, end)
			sum, status, vintage := naiveSum(p, start, end)
			if w.Value != sum || w.Status != status || w.Vintage != vintage || w.Days != int(end-start)+1 {
				t.Fatalf("%s to %s: got %v %s %s, want %v %s %s", start, end, w.Value, w.Status, w.Vintage, sum, status, vintage)
			}
			if w.Complete != w.Value.IsKnown() || w.Complete == (len(w.Note) > 0) {
				t.Fatalf("%s to %s: complete %v with value %v, note %q", start, end, w.Complete, w.Value, w.Note)
			}
		}
	}
}

// A year equals the sum of its quarters, the sum of its months, its last cumulative, its last
// slot, and its year to date on 31 December.
func TestYearInEveryWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	paths := []*Path{smallBoats(t)}
	for range 20 {
		paths = append(paths, randomPath(t, rng, 0), randomPath(t, rng, 0.001))
	}
	for _, p := range paths {
		_, last := p.Coverage()
		rows, err := YearOnYear(p, last)
		if err != nil {
			t.Fatal(err)
		}
		sums := map[string]map[int]stat.Count{BasisMonth: {}, BasisQuarter: {}, BasisYear: {}}
		for _, c := range rows {
			if byYear := sums[c.Basis]; byYear != nil {
				y := c.Period.Start.Year()
				if _, begun := byYear[y]; !begun {
					byYear[y] = stat.Known(0)
				}
				byYear[y] = byYear[y].Add(c.Value)
			}
			checkComparison(t, c)
		}
		days := DailyPath(p)
		for y, want := range sums[BasisYear] {
			end := stat.Year(y).End
			ytd, err := YearToDate(p, end)
			if err != nil {
				t.Fatal(err)
			}
			for name, got := range map[string]stat.Count{
				"months": sums[BasisMonth][y], "quarters": sums[BasisQuarter][y],
				"cumulative": days[end-days[0].Date].Cumulative, "slot": Slots(p, y)[365].Value,
				"year to date": ytd[len(ytd)-1].Value, "rolling": rollingAt(t, p, end),
			} {
				if got != want {
					t.Errorf("%s of %d: got %v, want %v", name, y, got, want)
				}
			}
		}
	}
}

// rollingAt returns the rolling 12 months to end.
func rollingAt(t *testing.T, p *Path, end stat.Date) stat.Count {
	rows, err := YearOnYear(p, end)
	if err != nil {
		t.Fatal(err)
	}
	return rows[len(rows)-1].Value
}

// checkComparison checks what must hold for every comparison.
func checkComparison(t *testing.T, c Comparison) {
	t.Helper()
	prior, known := c.Prior.Get()
	x, percent := c.ChangePercent.Get()
	if percent && (!known || prior < stat.LowBase || !c.Value.IsKnown()) || math.IsNaN(x) || math.IsInf(x, 0) {
		t.Errorf("%+v: a percentage on this base", c)
	}
	if low := known && prior < stat.LowBase; low != strings.Contains(c.Note.String(), "low base") || known == strings.Contains(c.Note.String(), "no prior value") {
		t.Errorf("%+v: prior %v with note %q", c, c.Prior, c.Note)
	}
	if c.Change != c.Value.Sub(c.Prior) {
		t.Errorf("%+v: change %v", c, c.Change)
	}
}

// At every cut-off, a part year with a whole year before also has its prior value, and the
// cumulatives of Day and Slot agree with both.
func TestYearToDateAtEveryCutoff(t *testing.T) {
	p := smallBoats(t)
	days := DailyPath(p)
	slots := Slots(p, 2024)
	for _, d := range days[365:] {
		rows, err := YearToDate(p, d.Date)
		if err != nil {
			t.Fatal(err)
		}
		r := rows[len(rows)-1]
		if r.Value != d.Cumulative || r.Prior != d.PriorCumulative {
			t.Fatalf("%s: got %v and %v, want %v and %v", d.Date, r.Value, r.Prior, d.Cumulative, d.PriorCumulative)
		}
		if r.PriorYear.IsKnown() && !r.Prior.IsKnown() {
			t.Fatalf("%s: the whole year before alone", d.Date)
		}
		if d.Date.Year() == 2024 && slots[d.Date.Slot()-1].Value != r.Value {
			t.Fatalf("%s: slot %v, want %v", d.Date, slots[d.Date.Slot()-1].Value, r.Value)
		}
	}
}

// The ordinal-day reading of 20 March 2025 would give +42.4 %; the calendar
// reading gives +24.3 %.
func TestNotByOrdinalDay(t *testing.T) {
	p := smallBoats(t)
	ordinal := p.Sum(stat.MustDate("2024-01-01"), stat.MustDate("2024-01-01").AddDays(78)) // day 79
	if _, pct, _ := change(stat.Known(5025), ordinal.Value); pct.Signed() != "+42.4 %" {
		t.Errorf("ordinal-day reading is %s on %v, want +42.4 %%", pct.Signed(), ordinal.Value)
	}
	rows, err := YearToDate(p, stat.MustDate("2025-03-20"))
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[len(rows)-1].ChangePercent.Signed(); got != "+24.3 %" {
		t.Errorf("got %s, want +24.3 %%", got)
	}
}

func TestPoissonInterval(t *testing.T) {
	for _, c := range []struct {
		n            int64
		lower, upper float64
	}{ // solved from the definition with 60 decimal digits
		{0, 0, 3.6889}, {1, 0.0253, 5.5716}, {5, 1.6235, 11.6683}, {10, 4.7954, 18.3904},
		{20, 12.2165, 30.8884}, {50, 37.1110, 65.9188}, {100, 81.3640, 121.6268},
	} {
		lower, upper := PoissonInterval(c.n)
		if math.Abs(lower-c.lower) > 1e-4 || math.Abs(upper-c.upper) > 1e-4 {
			t.Errorf("%d: got %.4f to %.4f, want %.4f to %.4f", c.n, lower, upper, c.lower, c.upper)
		}
	}
	if lower, upper := PoissonInterval(40000); lower > 39610 || lower < 39600 || upper < 40390 || upper > 40400 {
		t.Errorf("40000: got %f to %f", lower, upper)
	}
}

func TestNewPathRefuses(t *testing.T) {
	s := &stat.Series{ID: "x:y:D", Kind: stat.Flow}
	day := func(date string) stat.Observation {
		return stat.Observation{Series: s, Period: stat.Day(stat.MustDate(date)), Value: stat.Known(1), Status: stat.Normal}
	}
	foreign, orphan, bad := day("2024-01-01"), day("2024-01-01"), day("2024-01-01")
	foreign.Series = &stat.Series{ID: "x:z:D"}
	orphan.Series = nil
	bad.Status = stat.Missing
	week := day("2024-01-01")
	week.Period = stat.WeekEnding(stat.MustDate("2024-01-07"))
	for _, c := range []struct {
		name   string
		series *stat.Series
		obs    []stat.Observation
		want   string
	}{
		{"no series", nil, nil, "without a series"},
		{"no frequency", &stat.Series{ID: "x"}, nil, "no frequency"},
		{"foreign", s, []stat.Observation{foreign}, "another series"},
		{"orphan", s, []stat.Observation{orphan}, "another series"},
		{"value with status O", s, []stat.Observation{bad}, "status O"},
		{"duplicate", s, []stat.Observation{day("2024-01-01"), day("2024-01-01")}, "overlaps"},
		{"overlap", s, []stat.Observation{week, day("2024-01-07")}, "2024-01-07 to 2024-01-07 overlaps 2024-01-01 to 2024-01-07"},
	} {
		if _, err := NewPath(c.series, c.obs); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// NewPath sorts a copy of its argument.
func TestNewPathKeepsItsArgument(t *testing.T) {
	s := &stat.Series{ID: "x:y:D", Kind: stat.Flow}
	first := stat.MustDate("2026-01-01")
	obs := []stat.Observation{
		{Series: s, Period: stat.Day(first + 1), Value: stat.Known(2), Status: stat.Normal},
		{Series: s, Period: stat.Day(first), Value: stat.Known(1), Status: stat.Normal},
	}
	p, err := NewPath(s, obs)
	if err != nil || obs[0].Period.Start != first+1 || p.Observations()[0].Period.Start != first || p.Series() != s {
		t.Errorf("argument sorted in place, or path not sorted: %v %v %v", obs, p, err)
	}
}

func TestEmptyPath(t *testing.T) {
	c := stat.MustDate("2025-01-01")
	for _, kind := range []stat.Kind{stat.Flow, stat.Stock} {
		p, err := NewPath(&stat.Series{ID: "x:y:D", Kind: kind}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ytd, _ := YearToDate(p, c)
		yoy, err := YearOnYear(p, c)
		_, passed := PassedOn(p, c)
		n := len(ytd) + len(yoy) + len(DailyPath(p)) + len(Records(p, 3)) + len(Ratios("r", p, p, c)) + len(ShareReached(p, c))
		if n > 0 || err != nil || passed || CommonCutoff(p) != 0 || CommonCutoff() != 0 || p.Sum(1, 9).Value.IsKnown() {
			t.Errorf("%s: an empty path gave %d rows, %v", kind, n, err)
		}
	}
}

func TestNoCutoff(t *testing.T) {
	p := smallBoats(t)
	if _, err := YearToDate(p, 0); err == nil {
		t.Error("year to date without a cut-off")
	}
	if _, err := YearOnYear(p, 0); err == nil {
		t.Error("year on year without a cut-off")
	}
	if _, ok := PassedOn(p, 0); ok || ShareReached(p, 0) != nil {
		t.Error("a result without a cut-off")
	}
}

func TestFloatNeverInfinite(t *testing.T) {
	for _, x := range []float64{math.Inf(1), math.Inf(-1), math.NaN()} {
		if p := KnownPercent(x); p.IsKnown() || p.String() != "" || p.Signed() != "" {
			t.Errorf("%v is known", x)
		}
	}
}

func TestRatesPerThousandCoverPeriodsOfRatios(t *testing.T) {
	p := smallBoats(t)
	c := stat.MustDate("2026-06-25")
	covered := map[string]bool{}
	for _, r := range Ratios("r", p, p, c) {
		covered[fmt.Sprint(r.Basis, r.Period)] = true
	}
	found := map[string]int{}
	for _, r := range RatesPerThousand("r", p, p, c) {
		found[r.Basis]++
		if !covered[fmt.Sprint(r.Basis, r.Period)] {
			t.Errorf("%s of %v has no ratio", r.Basis, r.Period)
		}
	}
	if found[BasisYear] != 8 || found[BasisRolling] != 8 || found[BasisMonth] < 12 || len(found) != 3 {
		t.Errorf("rows by basis: %v", found)
	}
}

func BenchmarkYearToDate(b *testing.B) {
	p := smallBoats(b)
	_, c := p.KnownCoverage()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := YearToDate(p, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkYearOnYear(b *testing.B) {
	p := smallBoats(b)
	_, c := p.KnownCoverage()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := YearOnYear(p, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDailyPath(b *testing.B) {
	p := smallBoats(b)
	b.ReportAllocs()
	for b.Loop() {
		DailyPath(p)
	}
}

func BenchmarkRatesPerThousand(b *testing.B) {
	p := smallBoats(b)
	_, c := p.KnownCoverage()
	for b.Loop() {
		RatesPerThousand("r", p, p, c)
	}
}
