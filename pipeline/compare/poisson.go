package compare

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
		lower = bisect(0, k, func(mean float64) bool { return atLeast(k, mean) > tail })
	}
	// The normal approximation is within a few events of the bound, so twenty
	// standard deviations hold it for any n.
	upper = bisect(k, k+20*math.Sqrt(k+1), func(mean float64) bool { return atMost(k, mean) < tail })
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

// atLeast returns P(X >= n) for a mean of at most n, where the terms fall from
// the first on.
func atLeast(n, mean float64) float64 {
	sum := 0.0
	for k, term := n+1, poisson(n, mean); sum+term != sum; k++ {
		sum += term
		term *= mean / k
	}
	return sum
}

// atMost returns P(X <= n) for a mean of at least n, where the terms fall from
// the last on.
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
	// The conversion keeps the product from being fused with the difference,
	// which would give other last digits on other machines.
	return math.Exp(float64(k*math.Log(mean)) - mean - factorial)
}
