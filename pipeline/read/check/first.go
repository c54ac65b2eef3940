package check

import "crossings/pipeline/stat"

// How far the largest figure of a series may be above all others, if nothing was known of it. In no
// release at hand was one more than eight times as large.
const (
	aloneTimes = 10
	aloneLeast = 12 // figures of the series
)

// addAlone adds the figures of new series that are out of proportion to all others of the series:
// where nothing was known, a digit too many shows only so.
func (m *comparison) addAlone(now map[stat.SeriesID][]stat.Observation) {
	if m.Growth == 0 {
		return
	}
	for id, list := range now {
		if m.series[id] != nil {
			continue
		}
		var largest stat.Observation
		var top, second int64
		known := 0
		for _, o := range list {
			value, is := o.Value.Get()
			if !is {
				continue
			}
			if known++; value > top {
				largest, top, second = o, value, top
			} else {
				second = max(second, value)
			}
		}
		if known < aloneLeast || top <= aloneTimes*max(second, m.AtLeast) {
			continue
		}
		if k := statementOf(largest); m.after[k] != largest.Value {
			m.add(Move{Kind: Alone, Where: largest.Locator}, k, stat.Known(second), largest.Value)
		}
	}
}
