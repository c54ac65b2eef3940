package revision

import (
	"cmp"
	"slices"

	"crossings/pipeline/stat"
)

// Statement is what one release states of one period.
type Statement struct {
	Release *stat.Release
	Value   stat.Count // missing if the release withdraws the value or has none
	// Lag is how many releases of the series came after the one in which the period could first be
	// stated. It is negative if the releases do not tell.
	Lag int
	Age int // days from the end of the period to the vintage of the release
}

// Vintages are all statements of one period, the oldest first.
type Vintages struct {
	Period     stat.Period
	Statements []Statement
	first      int // index in History.Releases
}

// Last returns the newest statement.
func (v Vintages) Last() Statement { return v.Statements[len(v.Statements)-1] }

// Revised reports whether two statements differ.
func (v Vintages) Revised() bool {
	return slices.ContainsFunc(v.Statements, func(s Statement) bool { return s.Value != v.Statements[0].Value })
}

// History is everything that was ever stated of one series.
type History struct {
	Series   *stat.Series
	Periods  []Vintages      // by start, then end
	Releases []*stat.Release // that cover the series, the oldest first
}

// Histories looks up the histories of the series of a ledger.
type Histories struct {
	ledger    *Ledger
	keys      map[stat.SeriesID][]key
	revisions map[key][]Revision
	number    map[string]int // index of each release, by its identifier
}

// Histories prepares the ledger to be looked up by series. The ledger must not change afterwards.
func (l *Ledger) Histories() *Histories {
	h := &Histories{ledger: l, keys: map[stat.SeriesID][]key{}, revisions: map[key][]Revision{}, number: map[string]int{}}
	for k := range l.state {
		h.keys[k.series] = append(h.keys[k.series], k)
	}
	for i, r := range l.releases {
		h.number[r.ID] = i
	}
	for _, r := range l.Revisions {
		k := key{r.Series.ID, r.Period.Start, r.Period.End}
		h.revisions[k] = append(h.revisions[k], r)
	}
	return h
}

// Of returns the history of a series. It is empty if the ledger does not have the series.
func (h *Histories) Of(id stat.SeriesID) *History {
	out := &History{}
	keys := slices.SortedFunc(slices.Values(h.keys[id]), func(a, b key) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	covering := h.covering(id)
	for _, c := range covering {
		out.Releases = append(out.Releases, &h.ledger.releases[c.release].Release)
	}
	offset := h.offsets(keys)
	for i, k := range keys {
		s := h.ledger.state[k]
		out.Series = s.Series
		v := Vintages{Period: s.Period, first: slices.IndexFunc(covering, func(c extent) bool { return c.release == s.first })}
		v.Statements = h.statements(k, covering, v.first, offset[i])
		out.Periods = append(out.Periods, v)
	}
	return out
}

// statements replays what the releases from the index first on state of an observation.
func (h *Histories) statements(k key, covering []extent, first, offset int) []Statement {
	var out []Statement
	changes := h.revisions[k]
	known := h.ledger.state[k]
	for len(changes) > 0 && h.number[changes[0].NewRelease] <= known.first {
		changes = changes[1:] // of an earlier statement, which another period superseded
	}
	value := known.Value
	if len(changes) > 0 {
		value = changes[0].Old
	}
	for n, c := range covering {
		if n < first || c.start > k.start || c.end < k.end {
			continue
		}
		for len(changes) > 0 && h.number[changes[0].NewRelease] <= c.release {
			value, changes = changes[0].New, changes[1:]
		}
		lag := offset
		if offset >= 0 {
			lag += n - first
		}
		release := &h.ledger.releases[c.release].Release
		out = append(out, Statement{release, value, lag, int(release.Vintage - k.end)})
	}
	return out
}

// extent is the days of a series that a release covers.
type extent struct {
	release    int
	start, end stat.Date
}

// covering returns the releases that cover a series, itself or through its group.
func (h *Histories) covering(id stat.SeriesID) []extent {
	var out []extent
	for i, r := range h.ledger.releases {
		for _, c := range r.Coverage {
			if c.Series != id && c.Series != id.Group() {
				continue
			}
			if n := len(out) - 1; n >= 0 && out[n].release == i {
				out[n].start, out[n].end = min(out[n].start, c.Start), max(out[n].end, c.End)
				continue
			}
			out = append(out, extent{i, c.Start, c.End})
		}
	}
	return out
}

// offsets returns the lag of the first statement of each period. It is 0 for a period that the
// ledger has seen appear. An older one was stated before by releases that the ledger does not
// have: they are counted at the usual pace, which is the median number of periods that a release
// adds. It is -1 if no release adds any.
func (h *Histories) offsets(keys []key) []int {
	added := map[int]int{}
	opening := len(h.ledger.releases)
	for _, k := range keys {
		first := h.ledger.state[k].first
		added[first]++
		opening = min(opening, first)
	}
	var counts []int
	for release, n := range added {
		if release != opening {
			counts = append(counts, n)
		}
	}
	pace := median(counts)
	out := slices.Repeat([]int{-1}, len(keys))
	if pace == 0 {
		return out
	}
	order := make([]int, len(keys)) // the newest end first
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(keys[b].end, keys[a].end) })
	for release := range added {
		newer := 0
		for _, i := range order {
			first := h.ledger.state[keys[i]].first
			if first == release {
				out[i] = newer / pace
			}
			if first <= release {
				newer++
			}
		}
	}
	return out
}

// median returns the middle of numbers, the lower one of two, or 0 if there are none.
func median(list []int) int {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[(len(list)-1)/2]
}
