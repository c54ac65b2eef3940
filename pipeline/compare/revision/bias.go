package revision

import (
	"math"
	"slices"

	"crossings/pipeline/stat"
)

// Bias says in which direction values are revised, and whether that may be chance.
type Bias struct {
	Values   int // that were stated twice, whether or not they changed
	Up, Down int // how many of them rose and fell
	// Sum is the sum of the changes, Absolute of their sizes, and Before of the values that changed
	// or not. Fall and Rise are the largest changes, 0 if there is none.
	Sum, Absolute, Before, Fall, Rise int64
	// Test is the two-sided test of no bias, NoTest if there is nothing to test. Tested is the
	// number of values that it uses, Statistic its t or the number of rises, and P its p value.
	Test         Test
	Tested       int
	Statistic, P float64
}

// Test is a test of bias (code list bias-test).
type Test string

// The tests of bias.
const (
	NoTest    Test = ""
	NeweyWest Test = "newey-west" // t of the mean change, with standard errors that allow for neighbours that move together
	Sign      Test = "sign"       // rises against falls, exact binomial
)

// leastForT is the number of values from which the t test is used.
const leastForT = 10

// Mean returns the mean change over all values.
func (b Bias) Mean() (float64, bool) { return over(b.Sum, b.Values) }

// MeanAbsolute returns the mean size of the change over all values.
func (b Bias) MeanAbsolute() (float64, bool) { return over(b.Absolute, b.Values) }

// MeanRevised returns the mean change over the values that changed.
func (b Bias) MeanRevised() (float64, bool) { return over(b.Sum, b.Up+b.Down) }

// MeanAbsoluteRevised returns the mean size of the change over the values that changed.
func (b Bias) MeanAbsoluteRevised() (float64, bool) { return over(b.Absolute, b.Up+b.Down) }

// Percent returns the sum of the changes as a percentage of the sum of the values before.
func (b Bias) Percent() (float64, bool) {
	if b.Before == 0 {
		return 0, false
	}
	return 100 * float64(b.Sum) / math.Abs(float64(b.Before)), true
}

func over(sum int64, n int) (float64, bool) {
	if n == 0 {
		return 0, false
	}
	return float64(sum) / float64(n), true
}

// Scope says which changes a bias is about (code list bias-scope).
type Scope string

// The scopes of a bias.
const (
	AllPeriods   Scope = "all"   // from the first value of each period to the newest one
	YoungPeriods Scope = "young" // the same, of the periods that were young when they were first stated
	OneLag       Scope = "lag"   // from the release before to the one at a lag, while periods are young
	OlderPeriods Scope = "older" // from each release to the next, when they are not young any more
)

// ScopedBias is the bias of some of the changes of a series.
type ScopedBias struct {
	Scope Scope
	Lag   int // 0 unless the scope is one lag
	Bias
}

// Biases returns the bias over all periods, over the young ones, by lag as long as periods are
// young, and later. A scope without values is left out.
func (h *History) Biases() []ScopedBias {
	m, _ := h.Maturity()
	var all, young, older [][2]int64
	byLag := make([][][2]int64, m.Releases+1)
	for _, v := range h.Periods {
		for j := 1; j < len(v.Statements); j++ {
			into := &older
			if lag := v.Statements[j].Lag; lag > 0 && lag <= m.Releases {
				into = &byLag[lag]
			}
			*into = appendPair(*into, v.Statements[j-1].Value, v.Statements[j].Value)
		}
		i := slices.IndexFunc(v.Statements, func(s Statement) bool { return s.Value.IsKnown() })
		if i < 0 || i == len(v.Statements)-1 {
			continue
		}
		all = appendPair(all, v.Statements[i].Value, v.Last().Value)
		if lag := v.Statements[i].Lag; lag >= 0 && lag < m.Releases {
			young = appendPair(young, v.Statements[i].Value, v.Last().Value)
		}
	}
	out := []ScopedBias{{AllPeriods, 0, biasOf(all)}, {YoungPeriods, 0, biasOf(young)}}
	for lag, pairs := range byLag {
		out = append(out, ScopedBias{OneLag, lag, biasOf(pairs)})
	}
	out = append(out, ScopedBias{OlderPeriods, 0, biasOf(older)})
	return slices.DeleteFunc(out, func(b ScopedBias) bool { return b.Values == 0 })
}

// appendPair adds two values if both are known.
func appendPair(pairs [][2]int64, before, after stat.Count) [][2]int64 {
	a, knownA := before.Get()
	b, knownB := after.Get()
	if !knownA || !knownB {
		return pairs
	}
	return append(pairs, [2]int64{a, b})
}

// biasOf sums up pairs of values before and after, in the order of their periods.
func biasOf(pairs [][2]int64) Bias {
	b := Bias{Values: len(pairs)}
	changes := make([]float64, len(pairs))
	for i, p := range pairs {
		d := p[1] - p[0]
		changes[i] = float64(d)
		b.Before += p[0]
		b.Sum += d
		b.Absolute += max(d, -d)
		b.Fall, b.Rise = min(b.Fall, d), max(b.Rise, d)
		switch {
		case d > 0:
			b.Up++
		case d < 0:
			b.Down++
		}
	}
	if b.Up+b.Down == 0 {
		return b
	}
	if t, ok := neweyWest(changes); ok && len(changes) >= leastForT {
		b.Test, b.Tested, b.Statistic, b.P = NeweyWest, len(changes), t, studentTails(t, len(changes)-1)
		return b
	}
	b.Test, b.Tested, b.Statistic, b.P = Sign, b.Up+b.Down, float64(b.Up), signTails(b.Up, b.Down)
	return b
}

// neweyWest returns the t of the mean of a sequence of whole numbers: the mean divided by its standard
// error with Bartlett weights up to lag 4 (n/100)^(2/9), times the correction n/(n-1) for the variance.
// ok is false if the sequence does not vary.
func neweyWest(x []float64) (t float64, ok bool) {
	n, sum := float64(len(x)), 0.0
	for _, v := range x {
		sum += v
	}
	width := int(4 * math.Pow(n/100, 2.0/9))
	variance := 0.0 // of the sum, times n², so that the deviations n x - sum are whole numbers
	for lag := range width + 1 {
		covariance := 0.0
		for i := lag; i < len(x); i++ {
			covariance += float64((n*x[i] - sum) * (n*x[i-lag] - sum)) // the conversion keeps the machine from fusing
		}
		weight := 2 * (1 - float64(lag)/float64(width+1))
		if lag == 0 {
			weight = 1
		}
		variance += float64(weight * covariance)
	}
	if variance <= 0 {
		return
	}
	return n * sum / math.Sqrt(variance*n/(n-1)), true
}

// studentTails returns the probability that a Student t with whole degrees of freedom is at least
// as far from zero as t. The series is in Abramowitz and Stegun, 26.7.3 and 26.7.4.
func studentTails(t float64, freedom int) float64 {
	angle := math.Atan(math.Abs(t) / math.Sqrt(float64(freedom)))
	sin, cos := math.Sincos(angle)
	term, sum := sin, 0.0
	if freedom%2 == 1 {
		term *= cos
	}
	for k := 2 + freedom%2; k <= freedom; k += 2 {
		sum += term
		term *= float64(k-1) / float64(k) * cos * cos
	}
	inside := sum
	if freedom%2 == 1 {
		inside = (angle + sum) * 2 / math.Pi
	}
	return max(1-inside, 0)
}

// signTails returns the probability that rises and falls, equally likely, are at least as unequal.
func signTails(up, down int) float64 {
	n := float64(up + down)
	p := 0.0
	for k := range min(up, down) + 1 {
		p += math.Exp(logChoose(n, float64(k)) - float64(n*math.Ln2))
	}
	return min(2*p, 1)
}

// logChoose returns the logarithm of n choose k.
func logChoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}
