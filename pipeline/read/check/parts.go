package check

import "crossings/pipeline/stat"

// A part is a small series of a source, such as one of thirty routes. Its entries come in
// late and move between it and its sisters at every release. It is measured against a
// whole: a change that would not take the whole beyond its limits is a warning, and so are
// a few values that move from one part to another while the whole keeps its value. A
// series that is not a part is measured against itself.

// learnWholes stores the values of wholes in a release.
func (m *mover) learnWholes(now []stat.Observation) {
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

// whole returns the value of a part's whole in a period, as known without the release
// under review. It is missing where the series is not a part.
func (m *mover) whole(k statement) stat.Count {
	k.series = m.wholes[k.series] // "" where it is no part: no observation has that
	if o, is := m.old[k]; is {
		return o.Value
	}
	return m.after[k]
}

// revise adds a change of a value beyond the limits, with its severity.
func (m *mover) revise(x Move, k statement, from, to stat.Count) {
	n, _ := from.Get()
	v, _ := to.Get()
	x.Severity = m.share(max(n-v, v-n), m.whole(k))
	if x.Severity == stat.SeverityError && m.wholeKeeps(k) {
		m.shifted[k.series] = append(m.shifted[k.series], len(m.out))
	}
	m.add(x, k, from, to)
}

// wholeKeeps reports whether the whole of a part keeps its value in a period.
func (m *mover) wholeKeeps(k statement) bool {
	was := m.whole(k)
	k.series = m.wholes[k.series]
	is, known := m.now[k].Get()
	return was.IsKnown() && known && !m.revises(was, is)
}

// excuseShifts turns the errors of values that may have moved to another part into
// warnings, where they are few.
func (m *mover) excuseShifts() {
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
func (m *mover) growth(k statement, to int64) stat.Severity {
	return m.share(to, m.largest(k.series))
}

// share returns the severity of a change of n against a whole, which may be missing.
func (m *mover) share(n int64, whole stat.Count) stat.Severity {
	if w, known := whole.Get(); known && float64(n) <= m.Revision*float64(w) {
		return stat.SeverityWarning
	}
	return stat.SeverityError
}

// largest returns the largest value so far of the whole of a part.
func (m *mover) largest(id stat.SeriesID) stat.Count {
	if h := m.series[m.wholes[id]]; h != nil {
		return stat.Known(h.top)
	}
	return stat.Count{}
}

// ceiling is how large late entries may make a value of a series that is known.
func (m *mover) ceiling(id stat.SeriesID) int64 {
	w, _ := m.largest(id).Get() // 0 where it is no part
	return max(m.AtLeast, m.series[id].top, int64(m.Revision*float64(w)))
}

// losses returns the lost values of a series, with the severity that they have together.
func (m *mover) losses(h *history) []Move {
	if m.share(h.sum, stat.Known(h.whole)) == stat.SeverityWarning { // never of a series that is no part
		for i := range h.lost {
			h.lost[i].Severity = stat.SeverityWarning
		}
	}
	return h.lost
}
