package aggregate

import "math"

// tail is the probability left out at each end of a 95 % interval.
const tail = 0.025

// PoissonInterval returns the exact (Garwood) 95 % interval of the mean of a
// Poisson count of n events, n >= 0:
//
//	lower: the mean λ at which P(X >= n | λ) = 0.025, or 0 where n = 0
//	upper: the mean λ at which P(X <= n | λ) = 0.025
func PoissonInterval(n int64) (lower, upper float64) {
	k := float64(n)
	if n > 0 {
		lower = bisect(0, k, func(mean float64) bool { return 1-poissonCDF(n-1, mean) > tail })
	}
	// The normal approximation is within a few events of the bound, so twenty
	// standard deviations hold it for any n.
	upper = bisect(k, k+20*math.Sqrt(k+1), func(mean float64) bool { return poissonCDF(n, mean) < tail })
	return lower, upper
}

// bisect returns the x from lo to hi at which above turns from false to true.
func bisect(lo, hi float64, above func(float64) bool) float64 {
	for range 60 { // each halves the width: 2⁻⁶⁰ of it is below the precision
		if mid := lo + (hi-lo)/2; above(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return lo + (hi-lo)/2
}

// poissonCDF returns P(X <= n) = Σ exp(k ln λ − λ − ln k!), k = 0 … n, for a
// mean λ > 0.
func poissonCDF(n int64, mean float64) float64 {
	logMean, sum := math.Log(mean), 0.0
	for k := int64(0); k <= n; k++ {
		x := float64(k)
		factorial, _ := math.Lgamma(x + 1)
		sum += math.Exp(float64(x*logMean) - mean - factorial)
	}
	return min(sum, 1)
}
