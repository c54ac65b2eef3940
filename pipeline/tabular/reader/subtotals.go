package reader

import (
	"cmp"
	"math"
	"slices"
)

// The most that is searched for subtotals.
const (
	maxLabels   = 500     // of a column
	maxPairs    = 1 << 29 // figures of pairs of labels
	maxSubset   = 48      // labels that may be parts, where any of them are tried together
	maxAttempts = 100_000 // steps of such a search
	maxWeighed  = 12      // sums by which it decides early
	surprise    = 12      // bits by which the evidence must exceed the number of sums that were tried
)

// ledger has the figures of labels, added up in the same sums. A figure that is not there is 0.
type ledger struct {
	labels  []int32 // in the order of the file
	figures [][]int64
	rounded int64
}

// newLedger returns the figures by label. It leaves out sums in which one is missing.
func newLedger(t *table, of func(fact) (key, int32, bool)) *ledger {
	sums, missing, rows := map[key]int{}, map[key]bool{}, map[int32]int{}
	l := &ledger{rounded: t.l.Rounded}
	for _, f := range t.facts {
		k, label, ok := of(f)
		if !ok {
			continue
		}
		missing[k] = missing[k] || !f.status.HasValue()
		if _, seen := rows[label]; !seen {
			rows[label] = len(l.labels)
			l.labels = append(l.labels, label)
		}
	}
	if len(l.labels) < 3 || len(l.labels) > maxLabels {
		return nil
	}
	for _, f := range t.facts { // in the order of the file, so that the result does not vary
		if k, _, ok := of(f); ok && !missing[k] {
			if _, seen := sums[k]; !seen {
				sums[k] = len(sums)
			}
		}
	}
	if len(l.labels)*len(l.labels)*len(sums) > maxPairs {
		return nil
	}
	l.figures = make([][]int64, len(l.labels))
	for i := range l.figures {
		l.figures[i] = make([]int64, len(sums))
	}
	for _, f := range t.facts {
		if k, label, ok := of(f); ok && !missing[k] {
			l.figures[rows[label]][sums[k]] += f.n
		}
	}
	return l
}

// partsOf returns the labels, two or more, whose figures add up to those of a label in all sums, if
// that is no coincidence: neighbours in the file, else any.
func (l *ledger) partsOf(i int) []int {
	var parts []int // that may be: no figure is larger, and some are not 0
	for n := range l.labels {
		if n != i && l.within(n, i) {
			parts = append(parts, n)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	if found := l.neighbours(i, parts); found != nil {
		return found
	}
	bits := l.evidence(i, len(parts))
	if len(parts) > maxSubset || bits < float64(len(parts)+surprise) {
		return nil
	}
	s := newSubset(l, i, parts)
	if s.search(0, 0) && len(s.taken) >= 2 && l.adds(i, s.taken) {
		return s.taken
	}
	return nil
}

// within reports whether the figures of one label may be part of those of another.
func (l *ledger) within(n, i int) bool {
	some := false
	for k, v := range l.figures[n] {
		if v < 0 || v > l.figures[i][k]+l.rounded/2 {
			return false
		}
		some = some || v > 0
	}
	return some
}

// evidence returns how many bits the figures of a label say about a sum of so many parts, if they
// are equal: a figure of 1,000 is met by chance once in a thousand times.
func (l *ledger) evidence(i, parts int) (bits float64) {
	slack := l.rounded / 2 * int64(parts+1)
	sums := 0
	for _, v := range l.figures[i] {
		if v > 2*slack {
			bits += math.Log2(float64(v+1) / float64(2*slack+1))
			sums++
		}
	}
	if sums < 2 {
		return 0
	}
	return bits
}

// adds reports whether the figures of parts add up to those of a label in all sums, and in one of
// them two parts have figures.
func (l *ledger) adds(i int, parts []int) bool {
	slack, together := l.rounded/2*int64(len(parts)+1), false
	for k, v := range l.figures[i] {
		some := 0
		for _, p := range parts {
			if v -= l.figures[p][k]; l.figures[p][k] > 0 {
				some++
			}
		}
		if v > slack || v < -slack {
			return false
		}
		together = together || some >= 2
	}
	return together
}

// neighbours returns labels that follow each other in the file, apart from the label itself, and add
// up to it.
func (l *ledger) neighbours(i int, parts []int) []int {
	largest := 0
	for k, v := range l.figures[i] {
		if v > l.figures[i][largest] {
			largest = k
		}
	}
	for from := range parts {
		sum := l.figures[parts[from]][largest]
		for to := from + 1; to < len(parts) && follows(parts[to-1], parts[to], i); to++ {
			sum += l.figures[parts[to]][largest]
			slack := l.rounded / 2 * int64(to-from+2)
			if sum > l.figures[i][largest]+slack {
				break
			}
			run := parts[from : to+1]
			if sum >= l.figures[i][largest]-slack && l.adds(i, run) &&
				l.evidence(i, len(run)) >= 2*math.Log2(float64(len(parts)))+surprise {
				return run
			}
		}
	}
	return nil
}

// follows reports whether one label comes right after another, apart from the label i.
func follows(a, b, i int) bool { return b == a+1 || b == a+2 && i == a+1 }

// subset searches for labels that add up to another, in some of the sums.
type subset struct {
	parts    []int     // largest first
	figures  [][]int64 // by part, in the sums that decide
	behind   [][]int64 // by part: what it and those after it add up to
	rest     []int64   // what is not yet explained of the label
	slack    int64
	taken    []int
	attempts int
}

func newSubset(l *ledger, i int, parts []int) *subset {
	order := make([]int, len(l.figures[i]))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.figures[i][b], l.figures[i][a]) })
	order = order[:min(len(order), maxWeighed)]
	s := &subset{parts: slices.Clone(parts), slack: l.rounded / 2 * int64(len(parts)+1)}
	slices.SortStableFunc(s.parts, func(a, b int) int { return cmp.Compare(l.figures[b][order[0]], l.figures[a][order[0]]) })
	for _, k := range order {
		s.rest = append(s.rest, l.figures[i][k])
	}
	s.behind = make([][]int64, len(parts)+1)
	s.behind[len(parts)] = make([]int64, len(order))
	for n := len(parts) - 1; n >= 0; n-- {
		row, sum := make([]int64, len(order)), make([]int64, len(order))
		for x, k := range order {
			row[x] = l.figures[s.parts[n]][k]
			sum[x] = s.behind[n+1][x] + row[x]
		}
		s.behind[n] = sum
		s.figures = append(s.figures, row)
	}
	slices.Reverse(s.figures)
	return s
}

// search takes part n or leaves it out, and goes on with the next ones.
func (s *subset) search(n, taken int) bool {
	if s.attempts++; s.attempts > maxAttempts {
		return false
	}
	done := true
	for x, rest := range s.rest {
		if rest < -s.slack || rest > s.behind[n][x]+s.slack {
			return false
		}
		done = done && rest <= s.slack
	}
	if done && taken >= 2 {
		return true
	}
	if n == len(s.parts) {
		return false
	}
	for x, v := range s.figures[n] {
		s.rest[x] -= v
	}
	s.taken = append(s.taken, s.parts[n])
	if s.search(n+1, taken+1) {
		return true
	}
	s.taken = s.taken[:taken]
	for x, v := range s.figures[n] {
		s.rest[x] += v
	}
	return s.search(n+1, taken)
}
