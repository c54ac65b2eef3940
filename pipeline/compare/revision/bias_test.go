package revision

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// pairsOf returns values of 100 and more that change by d.
func pairsOf(d ...int64) [][2]int64 {
	var out [][2]int64
	for i, x := range d {
		out = append(out, [2]int64{100 + int64(i), 100 + int64(i) + x})
	}
	return out
}

// TestBiasOf has expected values from other programs. Those of the t test are from Python,
// statsmodels 0.15.0:
//
//	L = int(4 * (n/100)**(2/9))
//	r = sm.OLS(x, np.ones(n)).fit(cov_type="HAC", cov_kwds={"maxlags": L, "use_correction": True}, use_t=True)
//	r.tvalues[0], r.pvalues[0]
//
// Those of the sign test are from scipy 1.17.1: stats.binomtest(up, up + down).pvalue.
func TestBiasOf(t *testing.T) {
	var wave []int64
	for i := range int64(150) {
		wave = append(wave, i*37%11-4)
	}
	for name, c := range map[string]struct {
		changes []int64
		test    Test
		tested  int
		t, p    float64
	}{
		"rising":             {[]int64{0, 0, 0, 4, 10, 6, 20, 25, 48, 94, 123}, NeweyWest, 11, 1.6820760454885848, 0.12346711396961021},
		"short":              {[]int64{3, -1, 2, 0, 0, 5, -2, 4, 1, 0, 0, 2}, NeweyWest, 12, 3.7282319492017515, 0.003333695785666536},
		"mostly zero":        {append([]int64{15, 27, 5, 78, 0, 12, 37, 68, 11, 0}, make([]int64, 30)...), NeweyWest, 40, 1.7364491907058275, 0.09037890676527693},
		"long":               {wave, NeweyWest, 150, 6.445741039876982, 1.505557860483606e-09},
		"nine":               {[]int64{3, -1, 2, 0, 0, 5, -2, 4, 1}, Sign, 7, 5, 0.453125},
		"all up":             {[]int64{1, 2, 3, 4, 5, 6, 7, 8}, Sign, 8, 8, 0.0078125},
		"all down":           {[]int64{-1, -2, -3, 0, -5, -6}, Sign, 5, 0, 0.0625},
		"up and down":        {[]int64{1, -1}, Sign, 2, 1, 1},
		"one":                {[]int64{1}, Sign, 1, 1, 1},
		"twelve alike":       {slices.Repeat([]int64{7}, 12), Sign, 12, 12, 0.00048828125},
		"ten, one up":        {[]int64{0, 0, 0, 5, 0, 0, 0, 0, 0, 0}, NeweyWest, 10, 1.156128739962093, 0.27739539028869376},
		"nothing":            {nil, NoTest, 0, 0, 0},
		"nothing moved":      {make([]int64, 12), NoTest, 0, 0, 0},
		"as much up as down": {[]int64{5, -5, 5, -5, 5, -5, 5, -5, 5, -5}, NeweyWest, 10, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := biasOf(pairsOf(c.changes...))
			if b.Test != c.test || b.Tested != c.tested || math.Abs(b.Statistic-c.t) > 1e-10 || math.Abs(b.P-c.p) > 1e-12 {
				t.Errorf("%s of %d: %.16g, p %.16g", b.Test, b.Tested, b.Statistic, b.P)
			}
		})
	}
}

// TestStudentTails compares with 2 * scipy.stats.t.sf(t, freedom), scipy 1.17.1.
func TestStudentTails(t *testing.T) {
	for _, c := range []struct {
		t       float64
		freedom int
		want    float64
	}{
		{0, 5, 1}, {1, 1, 0.5}, {-2.5, 1, 0.24223788318168682}, {2, 2, 0.18350341907227397}, {2.2281, 10, 0.0500032935864745},
		{3.5, 9, 0.006723515763058959}, {1.96, 149, 0.051861453773932774}, {1.5, 11, 0.16175801705545403}, {12.7062, 1, 0.0500000185607104},
		{6, 30, 1.3942768767204764e-06}, {1e9, 30, 0}, {-1e9, 9, 0},
	} {
		if got := studentTails(c.t, c.freedom); math.Abs(got-c.want) > 1e-13 || got < 0 {
			t.Errorf("t %v with %d degrees of freedom: %.17g, want %.17g", c.t, c.freedom, got, c.want)
		}
	}
}

// TestSignTails compares with scipy.stats.binomtest.
func TestSignTails(t *testing.T) {
	for _, c := range []struct {
		up, down int
		want     float64
	}{{8, 0, 0.0078125}, {6, 1, 0.125}, {1, 6, 0.125}, {3, 2, 1}, {2, 2, 1}, {40, 20, 0.01348929373119186}} {
		if got := signTails(c.up, c.down); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d up, %d down: %.17g", c.up, c.down, got)
		}
	}
}

// TestBiasSums has sums that can be done by hand: 100 to 110, 101 to 98, 102 as it was, 103 to 104.
func TestBiasSums(t *testing.T) {
	b := biasOf(pairsOf(10, -3, 0, 1))
	if b.Values != 4 || b.Up != 2 || b.Down != 1 || b.Sum != 8 || b.Absolute != 14 || b.Before != 406 || b.Fall != -3 || b.Rise != 10 {
		t.Errorf("%+v", b)
	}
	for name, c := range map[string]struct {
		of   func() (float64, bool)
		want float64
	}{"mean": {b.Mean, 2}, "mean absolute": {b.MeanAbsolute, 3.5}, "of revised": {b.MeanRevised, 8.0 / 3}, "absolute of revised": {b.MeanAbsoluteRevised, 14.0 / 3}, "per cent": {b.Percent, 800.0 / 406}} {
		if got, ok := c.of(); got != c.want || !ok {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
	if got, ok := biasOf([][2]int64{{-50, -60}}).Percent(); got != -20 || !ok {
		t.Errorf("of a negative value: %v, %v", got, ok)
	}
	for _, of := range []func() (float64, bool){Bias{}.Mean, Bias{}.MeanAbsolute, Bias{Values: 1}.MeanRevised, Bias{Values: 1}.MeanAbsoluteRevised, Bias{Values: 1, Sum: 3}.Percent} {
		if got, ok := of(); got != 0 || ok {
			t.Errorf("of nothing: %v, %v", got, ok)
		}
	}
}

// scoped writes biases as "scope lag: values +up -down sum".
func scoped(h *History) string {
	var out []string
	for _, b := range h.Biases() {
		out = append(out, fmt.Sprintf("%s %d: %d +%d -%d %d", b.Scope, b.Lag, b.Values, b.Up, b.Down, b.Sum))
	}
	return strings.Join(out, " | ")
}

func TestBiases(t *testing.T) {
	for name, c := range map[string]struct {
		releases []Release
		want     string
	}{
		"nothing moves":       {growing(4, 100), "all 0: 3 +0 -0 0 | older 0: 6 +0 -0 0"},
		"one release":         {growing(1, 100), ""},
		"up, then down":       {growing(9, 100, 110, 105), "all 0: 8 +8 -0 45 | young 0: 8 +8 -0 45 | lag 1: 8 +8 -0 80 | lag 2: 7 +0 -7 -35 | older 0: 21 +0 -0 0"},
		"a late change":       {with(growing(12, 100, 110), 11, 1, stat.Known(99)), "all 0: 11 +10 -1 99 | young 0: 11 +10 -1 99 | lag 1: 11 +11 -0 110 | older 0: 55 +0 -1 -11"},
		"withdrawn":           {with(growing(4, 100, 110), 2, 0, stat.Count{}), "all 0: 2 +2 -0 20 | young 0: 2 +2 -0 20 | lag 1: 3 +3 -0 30 | lag 2: 1 +0 -0 0"},
		"withdrawn later":     {with(growing(4, 100, 110), 3, 1, stat.Count{}), "all 0: 2 +2 -0 20 | young 0: 2 +2 -0 20 | lag 1: 3 +3 -0 30 | lag 2: 1 +0 -0 0 | older 0: 1 +0 -0 0"},
		"missing at first":    {with(with(growing(4, 100, 110), 0, 0, stat.Count{}), 1, 0, stat.Known(110)), "all 0: 3 +2 -0 20 | young 0: 2 +2 -0 20 | lag 1: 2 +2 -0 20 | older 0: 3 +0 -0 0"},
		"never known":         {with(growing(4, 100, 110), 0, 0, stat.Count{}), "all 0: 2 +2 -0 20 | young 0: 2 +2 -0 20 | lag 1: 2 +2 -0 20 | older 0: 1 +0 -0 0"},
		"known at last":       {with(with(growing(3, 100, 110), 0, 0, stat.Count{}), 2, 0, stat.Known(5)), "all 0: 1 +1 -0 10 | older 0: 1 +1 -0 10"},
		"no day is added":     {[]Release{release("2026-01-05", "5 6"), release("2026-01-06", "5 7")}, "all 0: 2 +1 -0 1 | older 0: 2 +1 -0 1"},
		"older than releases": {every(growing(12, 100, 110)[8:], 3, 7)[:4], "all 0: 11 +11 -0 107 | young 0: 3 +3 -0 51 | lag 1: 3 +3 -0 37 | older 0: 27 +10 -0 70"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := scoped(historyOf(t, c.releases...)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestWidthOfNeweyWest has sequences on both sides of a width of 4. The expected values are from the
// formula in a few lines of Python; the shorter sequence has three lags, the longer one four.
func TestWidthOfNeweyWest(t *testing.T) {
	for n, want := range map[int]float64{99: 4.587543258143319, 100: 5.0821454364713805} {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(i*37%11 - 4)
		}
		if got, ok := neweyWest(x); !ok || math.Abs(got-want) > 1e-10 {
			t.Errorf("%d values: %.16g", n, got)
		}
	}
}
