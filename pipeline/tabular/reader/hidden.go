package reader

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// minSum is the smallest figure that is no coincidence if it is the sum of all others only once.
const minSum = 10

// addends are the figures that are added up to one, by their labels.
type addends struct {
	sum            int64
	some           int64 // of them are above zero
	parts, missing int64
}

// tally says how often the figures of a label are the sum of all others.
type sumTally struct {
	first     fact
	equal, no int64
	near      int64 // of no: not much more than the sum
	sum       int64 // of its figures that are
}

// hiddenTotals adds a finding for each label whose rows are added up with others, although they
// are the sum of these: the words do not say so.
func hiddenTotals(t *table) {
	for i, d := range t.dims {
		summed := slices.ContainsFunc(t.l.Series, func(names string) bool { return !slices.Contains(strings.Fields(names), d.d.Name) })
		if d.hasAll || !summed {
			continue
		}
		sumsOfOthers(t, d.d.Column, func(f fact) (key, int32, bool) {
			k, label := f.key, f.codes[i]
			k.codes[i] = codeTotal
			return k, label, label != codeTotal && !d.lone[label]
		}, func(label int32) string { return d.labels[label] })
	}
	for n, column := range t.l.SumOver {
		of, rest, names := splitSums(t, n)
		sumsOfOthers(t, column, func(f fact) (key, int32, bool) {
			k := f.key
			k.sum = rest[f.sum]
			return k, of[f.sum], true
		}, func(label int32) string { return names[label] })
	}
}

// splitSums divides the labels in the columns that are added up: of has that of column n, as an
// index of names, and rest is the same for rows that differ only in it.
func splitSums(t *table, n int) (of, rest map[int32]int32, names []string) {
	of, rest = map[int32]int32{}, map[int32]int32{}
	labels, others := map[string]int32{}, map[string]int32{}
	for _, text := range slices.Sorted(maps.Keys(t.sums)) {
		list := strings.Split(strings.TrimSuffix(text, "\x00"), "\x00")
		if len(list) != len(t.l.SumOver) || !strings.HasSuffix(text, "\x00") {
			continue // a year
		}
		at := t.sums[text]
		if of[at] = intern(labels, list[n]); int(of[at]) == len(names) {
			names = append(names, list[n])
		}
		rest[at] = intern(others, strings.Join(slices.Delete(list, n, n+1), "\x00"))
	}
	return of, rest, names
}

// sumsOfOthers adds a finding for each label that is the sum of all others in at least 9 of 10
// sums with two or more others. Twice is enough, or once if the figure is large.
func sumsOfOthers(t *table, column string, of func(fact) (k key, label int32, ok bool), name func(int32) string) {
	sums := map[key]*addends{}
	for _, f := range t.facts {
		k, _, ok := of(f)
		if !ok {
			continue
		}
		if sums[k] == nil {
			sums[k] = &addends{}
		}
		sums[k].add(f)
	}
	labels := map[int32]*sumTally{}
	for _, f := range t.facts {
		k, label, ok := of(f)
		if !ok || !f.status.HasValue() {
			continue
		}
		if labels[label] == nil {
			labels[label] = &sumTally{first: f}
		}
		labels[label].add(f, sums[k], t.l.Rounded)
	}
	some := subtotalsOf(t, of)
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		s := labels[label]
		if isTotal(name(label)) {
			continue
		}
		if !s.hides(name(label), t.l.Rounded) {
			if parts := some[label]; parts != nil {
				t.found = append(t.found, subtotalFinding(column, t.where(s.first), name, label, parts))
			}
			continue
		}
		t.found = append(t.found, stat.Finding{Code: codes.FindingTotal, Severity: stat.SeverityError, Where: t.where(s.first), Message: fmt.Sprintf(
			"column %q: %s is the sum of all other labels in %d of %d sums, so these may count it twice; declare it as total of the dimension, or leave its rows out with only",
			column, decode.Quote(name(label)), s.equal, s.equal+s.no)})
	}
}

// everyone matches words for all people, which tell no group from another.
var everyone = regexp.MustCompile(`^(?:persons?|people|individuals|migrants|population|both sexes|everyone|everybody|personas|personnes|persone|personen)$`)

// hides reports whether the figures of a label are the sum of the others. If its word is for all
// people, some figures may be a little more: people without a group.
func (s *sumTally) hides(label string, rounded int64) bool {
	if s.equal == 0 || s.equal == 1 && s.sum < minSum*rounded {
		return false
	}
	return s.no*9 <= s.equal || s.no == s.near && everyone.MatchString(decode.Words(label))
}

// subtotalsOf returns the labels whose figures are the sum of some others, with these.
func subtotalsOf(t *table, of func(fact) (key, int32, bool)) map[int32][]int32 {
	out := map[int32][]int32{}
	l := newLedger(t, of)
	if l == nil {
		return out
	}
	for i, label := range l.labels {
		for _, p := range l.partsOf(i) {
			out[label] = append(out[label], l.labels[p])
		}
	}
	return out
}

// subtotalFinding is the finding about a label that is the sum of some others.
func subtotalFinding(column, where string, name func(int32) string, label int32, parts []int32) stat.Finding {
	var names []string
	for _, p := range parts[:min(len(parts), 3)] {
		names = append(names, name(p))
	}
	return stat.Finding{Code: codes.FindingTotal, Severity: stat.SeverityError, Where: where, Message: fmt.Sprintf(
		"column %q: %s is the sum of %d other labels in all sums, such as %s, so these may count them twice; declare it as apart of the dimension, or leave its rows out with only",
		column, decode.Quote(name(label)), len(parts), decode.Quote(strings.Join(names, ", ")))}
}

// add adds a figure.
func (a *addends) add(f fact) {
	a.parts++
	switch {
	case !f.status.HasValue():
		a.missing++
	case f.n != 0:
		a.some++
		a.sum += f.n
	}
}

// add compares a figure with the sum of the others. Those that are missing may be any number, and
// zero, or a single other figure, says nothing if it is equal.
func (s *sumTally) add(f fact, a *addends, rounded int64) {
	others, diff := a.some, f.n-(a.sum-f.n)
	if f.n != 0 {
		others--
	}
	slack := rounded / 2 * a.parts
	switch {
	case diff < -slack, diff > slack && a.missing == 0:
		if s.no++; diff > 0 && diff*5 <= f.n {
			s.near++
		}
	case others >= 2 && a.missing == 0 && f.n > 2*slack:
		s.equal++
		s.sum += f.n
	}
}
