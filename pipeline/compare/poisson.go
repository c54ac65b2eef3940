package compare

import "math"

// tail is the probability outside a 95 % interval at each end.
const tail = 0.025

// PoissonInterval returns the exact (Garwood) 95 % interval of the mean of a
// Poisson count of n events, n >= 0:
//
//	lower: the mean λ at which P(X >= n | λ) = 0.025, or 0 if n = 0
//	upper: the mean λ at which P(X <= n | λ) = 0.025
func PoissonInterval(n int64) (lower, upper float64) {
	k := float64(n)
	if n > 0 {
		lower = bisect(0, k, func(mean float64) bool { return atLeast(k, mean) > tail })
	}
	// The normal approximation is within a few events of the bound, so the bound is within
	// twenty standard deviations for any n.
	upper = bisect(k, k+20*math.Sqrt(k+1), func(mean float64) bool { return atMost(k, mean) < tail })
	return lower, upper
}

// bisect returns the point between lo and hi at which above turns from false to true.
func bisect(lo, hi float64, above func(float64) bool) float64 {
	for range 60 { // 2⁻⁶⁰ of the width is below the precision of a float64
		if mid := lo + (hi-lo)/2; above(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return lo + (hi-lo)/2
}

// atLeast returns P(X >= n) for a mean of at most n, so the terms decrease from the first.
func atLeast(n, mean float64) float64 {
	sum := 0.0
	for k, term := n+1, poisson(n, mean); sum+term != sum; k++ {
		sum += term
		term *= mean / k
	}
	return sum
}

// atMost returns P(X <= n) for a mean of at least n, so the terms decrease from the last.
func atMost(n, mean float64) float64 {
	sum := 0.0
	for k, term := n, poisson(n, mean); sum+term != sum; k-- {
		sum += term
		term *= k / mean
	}
	return sum
}

// poisson returns P(X = k) = exp(k ln λ − λ − ln k!) for a mean λ > 0.
func poisson(k, mean float64) float64 {
	factorial, _ := math.Lgamma(k + 1)
	// The conversion keeps the compiler from fusing the product with the difference, which
	// would change the last digits on some machines.
	return math.Exp(float64(k*math.Log(mean)) - mean - factorial)
}
