package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"crossings/pipeline/stat"
)

// The kinds of Move. They are also the codes of findings.
const (
	Revised    = "revised"   // a known value changes
	Withdrawn  = "withdrawn" // a known value is no longer stated, or is stated as missing
	Zeroed     = "zeroed"    // several known values become zero, this one too
	Grown      = "grown"     // a new value is out of proportion to all known ones
	Overloaded = "crowded"   // a new value has more people per boat than all known ones
	Rewritten  = "rewritten" // too many values of a series change at once
	Contrary   = "contrary"  // the next release, which is already known, states otherwise
	Redefined  = "redefined" // the text of definitions changes, and figures with it
	Record     = "record"    // a new value is the largest so far; a warning
	Alone      = "alone"     // a value of a new series is out of proportion to all others
)

// Move is one change that a release makes to what was known and that a person should see.
type Move struct {
	Kind     string        `json:"kind"`
	Severity stat.Severity `json:"severity"`
	Series   stat.SeriesID `json:"series,omitempty"`
	Start    stat.Date     `json:"period_start,omitzero"`
	End      stat.Date     `json:"period_end,omitzero"`
	Where    string        `json:"where,omitempty"` // place in the file: sheet and cell, or row
	// From is the value known before. For Grown and Record it is the largest of the series so far,
	// for Alone the largest other one, for Rewritten the number of known values. To is the new value.
	// It is "" for Withdrawn; for Rewritten it is the number of values that change.
	From string `json:"from"`
	To   string `json:"to"`
}

// String describes the move in one line.
func (m Move) String() string {
	span := m.Start.String()
	if m.End != m.Start {
		span += " to " + m.End.String()
	}
	at := fmt.Sprintf("%s, %s: ", m.Series, span)
	switch m.Kind {
	case Grown:
		return at + fmt.Sprintf("%s, and the largest value so far is %s", m.To, m.From)
	case Alone:
		return at + fmt.Sprintf("%s, and the largest other value of the series is %s", m.To, m.From)
	case Record:
		return at + fmt.Sprintf("%s is a record; the largest value so far is %s", m.To, m.From)
	case Overloaded:
		return at + fmt.Sprintf("%s a boat, and the most so far is %s", m.To, m.From)
	case Withdrawn:
		return at + m.From + " is withdrawn"
	case Rewritten:
		return at + fmt.Sprintf("%s of %s known values change", m.To, m.From)
	case Contrary:
		return at + fmt.Sprintf("%s, and the release after it says %s", m.To, m.From)
	case Redefined:
		return fmt.Sprintf("%s: the text says something else than before, and %s known values change with it", m.Where, m.To)
	}
	return at + fmt.Sprintf("%s becomes %s", m.From, m.To)
}

// Finding returns the move as a finding.
func (m Move) Finding() stat.Finding {
	return stat.Finding{Code: m.Kind, Severity: m.Severity, Where: m.Where, Message: m.String()}
}

// Known is what a release is compared with.
type Known struct {
	Before []stat.Observation              // known before the release
	After  []stat.Observation              // stated by the next release, if that is already known
	Cover  []stat.Coverage                 // the spans that After covers
	Texts  []string                        // where definitions differ from those of the release before
	Pairs  []Pair                          // the pairs of the source, such as people and boats
	Wholes map[stat.SeriesID]stat.SeriesID // by small series: the large one that it is weighed against
}

// statement identifies an observation across releases.
type statement struct {
	series     stat.SeriesID
	start, end stat.Date
}

func statementOf(o stat.Observation) statement {
	return statement{o.Series.ID, o.Period.Start, o.Period.End}
}

// fewChanges is how many values of a series may always change, whatever their share.
const fewChanges = 3

// fewKnown is how many values of a series must be known before a new one can be a record, or before
// zeros show that the series is small.
const fewKnown = 10

// history is what is known of one series, and what a release changes in it.
type history struct {
	top            int64 // the largest value known before
	known, changed int
	start, end     stat.Date // of the values that change
	lost           []Move    // values that become zero or missing, or are no longer stated
	sum            int64     // of the values lost
	whole          int64     // sum of the whole over the same periods, if the series is a part
}

// saysHowLarge reports whether enough is known to call a new value out of proportion.
func (h *history) saysHowLarge() bool { return h.top > 0 || h.known >= fewKnown }

// comparison collects the moves of one release.
type comparison struct {
	Limits
	wholes  map[stat.SeriesID]stat.SeriesID
	now     map[statement]stat.Count       // values of wholes in the release
	shifted map[stat.SeriesID][]int        // indexes into out of changes that may be moves to another part
	old     map[statement]stat.Observation // known values
	after   map[statement]stat.Count
	series  map[stat.SeriesID]*history
	out     []Move
}

// Moves returns the changes beyond the limits and, as warnings, the records, sorted by series and
// period. now is what the release states; cover is the spans that it covers. A new series has no
// moves but Alone, and a value that was missing and is now in proportion has none. A value that the
// next release also states is confirmed, and is no move. The arguments are not changed.
func (l Limits) Moves(known Known, now []stat.Observation, cover []stat.Coverage) []Move {
	m := comparison{Limits: l, wholes: known.Wholes, now: map[statement]stat.Count{}, shifted: map[stat.SeriesID][]int{}, old: map[statement]stat.Observation{}, after: map[statement]stat.Count{}, series: map[stat.SeriesID]*history{}}
	m.index(known)
	m.indexWholes(now)
	stated := map[statement]bool{}
	bySeries := map[stat.SeriesID][]stat.Observation{}
	for _, o := range now {
		stated[statementOf(o)] = true
		bySeries[o.Series.ID] = append(bySeries[o.Series.ID], o)
		m.compare(o)
	}
	for _, o := range known.Before {
		if k := statementOf(o); !stated[k] && o.Value.IsKnown() && speaksFor(cover, o) && !divided(bySeries[o.Series.ID], o) && !m.missingAfter(known.Cover, o) {
			m.change(k, "", o.Value, stat.Count{})
		}
	}
	for _, p := range known.Pairs {
		m.addCrowding(p, known.Before, now)
	}
	m.addAlone(bySeries)
	m.addTogether(known.Texts)
	slices.SortStableFunc(m.out, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return m.out
}

// index stores what is known, by statement and by series.
func (m *comparison) index(known Known) {
	for _, o := range known.Before {
		v, is := o.Value.Get()
		if !is {
			continue
		}
		m.old[statementOf(o)] = o
		h := m.series[o.Series.ID]
		if h == nil {
			h = &history{top: v}
			m.series[o.Series.ID] = h
		}
		h.top, h.known = max(h.top, v), h.known+1
	}
	for _, o := range known.After {
		m.after[statementOf(o)] = o.Value
	}
}

// missingAfter reports whether the next release covers an observation and lacks it too.
func (m *comparison) missingAfter(cover []stat.Coverage, o stat.Observation) bool {
	_, stated := m.after[statementOf(o)]
	return !stated && speaksFor(cover, o)
}

// compare weighs one observation against its earlier value.
func (m *comparison) compare(o stat.Observation) {
	k := statementOf(o)
	was, there := m.old[k]
	to, known := o.Value.Get()
	later, stated := m.after[k]
	there = there && !m.asNew(was, o.Value)
	switch {
	case stated && later == o.Value: // confirmed
	case there:
		m.change(k, o.Locator, was.Value, o.Value)
		return
	case known && stated:
		if later.IsKnown() && m.revises(later, to) && !m.fills(o, later) {
			m.revise(Move{Kind: Contrary, Where: o.Locator}, k, later, o.Value)
		}
		return
	}
	h := m.series[o.Series.ID]
	if h == nil || !known || stated {
		return
	}
	switch {
	case m.Growth > 0 && h.saysHowLarge() && float64(to) > m.Growth*float64(max(h.top, m.AtLeast)):
		m.add(Move{Kind: Grown, Severity: m.growth(k, to), Where: o.Locator}, k, stat.Known(h.top), o.Value)
	case to > h.top && h.known >= fewKnown:
		m.add(Move{Kind: Record, Severity: stat.SeverityWarning, Where: o.Locator}, k, stat.Known(h.top), o.Value)
	}
}

// fills reports whether a value may follow an earlier one because entries for its period still come
// in.
func (m *comparison) fills(was stat.Observation, to stat.Count) bool {
	from, _ := was.Value.Get()
	n, known := to.Get()
	return known && n >= from && m.wasOpen(was)
}

// asNew reports whether a known value may change as if it were new: its period was not over, or
// late entries leave it no larger than others.
func (m *comparison) asNew(was stat.Observation, to stat.Count) bool {
	n, _ := to.Get()
	return m.fills(was, to) && (was.Release.Vintage <= was.Period.End || n <= m.ceiling(was.Series.ID))
}

// change records that a known value changes or is withdrawn.
func (m *comparison) change(k statement, where string, from, to stat.Count) {
	if from == to {
		return
	}
	h := m.series[k.series]
	if h.changed == 0 {
		h.start, h.end = k.start, k.end
	}
	h.changed, h.start, h.end = h.changed+1, min(h.start, k.start), max(h.end, k.end)
	n, _ := from.Get()
	v, known := to.Get()
	switch {
	case !known && m.counts(from):
		m.revise(Move{Kind: Withdrawn, Where: where}, k, from, to)
	case m.revises(from, v):
		m.revise(Move{Kind: Revised, Where: where}, k, from, to)
	case v == 0: // or missing
		kind := Zeroed
		if !known {
			kind = Withdrawn
		}
		whole, _ := m.whole(k).Get()
		h.lost, h.sum, h.whole = append(h.lost, move(Move{Kind: kind, Where: where}, k, from, to)), h.sum+n, h.whole+whole
	}
}

// addTogether adds the moves that several changes of a series make together.
func (m *comparison) addTogether(texts []string) {
	m.excuseShifts()
	changed, many := 0, false
	for id, h := range m.series {
		changed += h.changed
		many = many || h.changed > fewChanges && float64(h.changed) > m.Reworded*float64(h.known)
		if m.Revision > 0 && h.sum >= m.AtLeast {
			m.out = append(m.out, m.losses(h)...)
		}
		if m.Changed > 0 && h.changed > fewChanges && float64(h.changed) > m.Changed*float64(h.known) {
			m.add(Move{Kind: Rewritten}, statement{id, h.start, h.end}, stat.Known(int64(h.known)), stat.Known(int64(h.changed)))
		}
	}
	if m.Reworded > 0 && many {
		for _, where := range texts {
			m.out = append(m.out, Move{Kind: Redefined, Severity: stat.SeverityError, Where: where, To: fmt.Sprint(changed)})
		}
	}
}

// addCrowding adds the new values that have more people per boat than all known ones.
func (m *comparison) addCrowding(p Pair, before, now []stat.Observation) {
	old, list := bySeries(before), bySeries(now)
	for id := range list {
		top := float64(p.Usual)
		known, _ := p.loads(id, old)
		for _, x := range known {
			top = max(top, x.each())
		}
		if len(known) == 0 {
			continue // the rule on the release's own history applies
		}
		loads, _ := p.loads(id, list)
		for _, x := range loads {
			k := statementOf(x.o)
			if x.each() > crowd*top && m.after[k] != x.o.Value {
				m.out = append(m.out, Move{Kind: Overloaded, Severity: stat.SeverityError, Series: id, Start: k.start, End: k.end, Where: x.o.Locator,
					From: fmt.Sprintf("%.0f", top), To: fmt.Sprintf("%.0f", x.each())})
			}
		}
	}
}

// bySeries groups observations by series.
func bySeries(obs []stat.Observation) map[stat.SeriesID][]stat.Observation {
	out := map[stat.SeriesID][]stat.Observation{}
	for _, o := range obs {
		out[o.Series.ID] = append(out[o.Series.ID], o)
	}
	return out
}

// move fills in the series, period and values of a move. The severity defaults to error.
func move(x Move, k statement, from, to stat.Count) Move {
	x.Series, x.Start, x.End, x.From, x.To = k.series, k.start, k.end, from.String(), to.String()
	x.Severity = cmp.Or(x.Severity, stat.SeverityError)
	return x
}

func (m *comparison) add(x Move, k statement, from, to stat.Count) {
	m.out = append(m.out, move(x, k, from, to))
}

// Worst returns the moves, largest first.
func Worst(moves []Move) []Move {
	out := slices.Clone(moves)
	slices.SortStableFunc(out, func(a, b Move) int { return cmp.Compare(b.by(), a.by()) })
	return out
}

// by returns how large a move is: the ratio of its two values, or the size of the value that is
// lost.
func (m Move) by() float64 {
	from, _ := strconv.ParseFloat(m.From, 64) // 0 where it is not a number
	to, _ := strconv.ParseFloat(m.To, 64)
	return max(from, to) / max(min(from, to), 1)
}
