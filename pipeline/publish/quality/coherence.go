package quality

import (
	"crossings/pipeline/stat"
)

// comparability says how long the series are and where they break.
func (r *report) comparability() {
	r.say("S.15.2", r.Source.Quality.Comparability)
	if r.known == 0 {
		return
	}
	years := float64(r.lastKnown-r.firstKnown+1) / 365.25
	r.state("S.15.2.1", figure{"years", years, "years"}, "From the first to the last day with a value are %.1f years.", years)
	r.state("S.15.2.1", figure{"breaks", float64(r.breaks), "values"}, "Values that are marked as a break in a series: %s.", count(r.breaks))
}

// coherence compares the figures with the same facts elsewhere, and totals with their parts.
func (r *report) coherence() {
	var apart []stat.Count
	for _, b := range r.Bridges {
		apart = append(apart, b.Difference)
	}
	r.differences("S.15.3", apart, "Periods that another data set states too: %s.", "In %s of them the two differ.")
	apart = nil
	for _, x := range r.Residuals {
		apart = append(apart, x.Residual)
	}
	r.differences("S.15.4", apart, "Totals that are compared with the sum of their parts: %s.", "In %s of them something is left over, or the parts are more than the total.")
}

// differences says how many comparisons there are, in how many the two sides differ, and by how much at
// most. A side without a value is no comparison.
func (r *report) differences(concept string, list []stat.Count, all, some string) {
	compared, apart, largest := 0, 0, int64(0)
	for _, d := range list {
		n, known := d.Get()
		if !known {
			continue
		}
		compared++
		if n != 0 {
			apart++
		}
		largest = max(largest, n, -n)
	}
	if compared == 0 {
		return
	}
	r.state(concept, figure{"compared", float64(compared), "periods"}, all, count(compared))
	r.state(concept, figure{"different", float64(apart), "periods"}, some, count(apart))
	r.state(concept, figure{"largest-difference", float64(largest), "as counted"}, "The largest difference is %s.", count(int(largest)))
}
