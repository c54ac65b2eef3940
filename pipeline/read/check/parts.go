package check

import "crossings/pipeline/stat"

// A part is a small series of a source, such as one of thirty routes. Its entries come in late and
// move between it and the other parts at every release, so it is weighed against the whole. A
// change that would not take the whole beyond its limits is a warning, and so are a few values that
// move from one part to another while the whole keeps its value. A series that is not a part is
// weighed against itself.

// indexWholes stores the values of wholes in a release.
func (m *comparison) indexWholes(now []stat.Observation) {
	are := map[stat.SeriesID]bool{}
	for _, whole := range m.wholes {
		are[whole] = true
	}
	for _, o := range now {
		if are[o.Series.ID] {
			m.now[statementOf(o)] = o.Value
		}
	}
}

// whole returns the value of a part's whole in a period, as known without the release under review.
// It is missing if the series is not a part.
func (m *comparison) whole(k statement) stat.Count {
	k.series = m.wholes[k.series] // "" if it is not a part; no observation has that series
	if o, is := m.old[k]; is {
		return o.Value
	}
	return m.after[k]
}

// revise adds a change beyond the limits, with its severity.
func (m *comparison) revise(x Move, k statement, from, to stat.Count) {
	n, _ := from.Get()
	v, _ := to.Get()
	x.Severity = m.share(max(n-v, v-n), m.whole(k))
	if x.Severity == stat.SeverityError && m.wholeKeeps(k) {
		m.shifted[k.series] = append(m.shifted[k.series], len(m.out))
	}
	m.add(x, k, from, to)
}

// wholeKeeps reports whether the whole of a part keeps its value in a period.
func (m *comparison) wholeKeeps(k statement) bool {
	was := m.whole(k)
	k.series = m.wholes[k.series]
	is, known := m.now[k].Get()
	return was.IsKnown() && known && !m.revises(was, is)
}

// excuseShifts turns the errors of values that may have moved to another part into warnings, if
// there are few.
func (m *comparison) excuseShifts() {
	for _, list := range m.shifted {
		if len(list) > fewChanges {
			continue
		}
		for _, i := range list {
			m.out[i].Severity = stat.SeverityWarning
		}
	}
}

// growth returns the severity of a new value that is out of proportion.
func (m *comparison) growth(k statement, to int64) stat.Severity {
	return m.share(to, m.largest(k.series))
}

// share returns the severity of a change of n, weighed against a whole, which may be missing.
func (m *comparison) share(n int64, whole stat.Count) stat.Severity {
	if w, known := whole.Get(); known && float64(n) <= m.Revision*float64(w) {
		return stat.SeverityWarning
	}
	return stat.SeverityError
}

// largest returns the largest value so far of a part's whole. It is missing if the series is not a
// part.
func (m *comparison) largest(id stat.SeriesID) stat.Count {
	if h := m.series[m.wholes[id]]; h != nil {
		return stat.Known(h.top)
	}
	return stat.Count{}
}

// ceiling returns how large late entries may make a value of a known series.
func (m *comparison) ceiling(id stat.SeriesID) int64 {
	w, _ := m.largest(id).Get() // 0 if it is not a part
	return max(m.AtLeast, m.series[id].top, int64(m.Revision*float64(w)))
}

// losses returns the lost values of a series, with the severity that they have together.
func (m *comparison) losses(h *history) []Move {
	if m.share(h.sum, stat.Known(h.whole)) == stat.SeverityWarning { // never the case for a series that is not a part
		for i := range h.lost {
			h.lost[i].Severity = stat.SeverityWarning
		}
	}
	return h.lost
}
