package check

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// The codes of the findings of rules.
const (
	SumDiffers    = "sum-differs"    // parts do not add up to their whole
	SubsetExceeds = "subset-exceeds" // a part is larger than the whole
	Exchanged     = "exchanged"      // two series may have been exchanged
	MoreBoats     = "more-boats"     // more boats than people
	NoBoats       = "no-boats"       // people but no boat
	Crowded       = "crowded"        // more people per boat than can be
)

// A release contradicts itself if more than fewSums of its sums differ, or more than sumsShare of
// those compared.
const (
	fewSums   = 3
	sumsShare = 0.01
)

// gradeSums sets the severity of the sums that differ. compared is the number of sums compared. A
// decoder that compares totals counts only those that differ.
func gradeSums(list []stat.Finding, compared int) {
	n := 0
	for _, f := range list {
		if f.Code == SumDiffers {
			n++
		}
	}
	severity := stat.SeverityWarning
	if n > fewSums || float64(n) > sumsShare*float64(compared) {
		severity = stat.SeverityError
	}
	for i := range list {
		if list[i].Code == SumDiffers {
			list[i].Severity = severity
		}
	}
}

// sized is a finding and how far off it is.
type sized struct {
	stat.Finding
	by float64
}

// worstFirst returns findings, the furthest off first.
func worstFirst(list []sized) []stat.Finding {
	slices.SortStableFunc(list, func(a, b sized) int { return cmp.Compare(b.by, a.by) })
	var out []stat.Finding
	for _, f := range list {
		out = append(out, f.Finding)
	}
	return out
}

// SumsTo is the rule that parts add up to whole in each of its periods. Periods that parts do not
// cover in full are not compared. If some parts are missing, the known ones must not exceed the
// whole. If all are missing, the whole must be missing or zero too.
func SumsTo(whole, parts stat.SeriesID) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) (r Result) {
		var found []sized
		list := bySeries[parts]
		for _, w := range bySeries[whole] {
			for len(list) > 0 && list[0].Period.Start < w.Period.Start {
				list = list[1:]
			}
			n, days := 0, 0
			for ; n < len(list) && list[n].Period.End <= w.Period.End; n++ {
				days += list[n].Period.Days()
			}
			inside := list[:n]
			total, known := w.Value.Get()
			if days != w.Period.Days() || !known {
				continue
			}
			r.Sums++
			if said, by := differs(total, inside); said != "" {
				found = append(found, sized{stat.Finding{Code: SumDiffers, Where: w.Locator, Message: fmt.Sprintf(
					"%s for %s to %s is %d, but %s %s", whole, w.Period.Start, w.Period.End, total, parts, said)}, by})
			}
		}
		r.Findings = worstFirst(found)
		return r
	}
}

// differs says what is wrong with the parts of a total, and by how much. It returns "" if nothing
// is.
func differs(total int64, parts []stat.Observation) (said string, by float64) {
	sum, known := stat.Known(0), 0
	for _, o := range parts {
		if o.Value.IsKnown() {
			sum, known = sum.Add(o.Value), known+1
		}
	}
	n, _ := sum.Get()
	switch {
	case known == 0 && total > 0:
		return "is missing there", float64(total)
	case known == len(parts) && n != total, n > total:
		return "adds up to " + sum.String(), math.Abs(float64(n) - float64(total))
	}
	return "", 0
}

// Subset is the rule that part never exceeds all in the same period.
func Subset(part, all stat.SeriesID) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) Result {
		return Result{Findings: worstFirst(exceeding(bySeries[part], bySeries[all]))}
	}
}

// AtMost is the rule that low exceeds high in the same period by no more than slack, as events do
// the people in them. If it does by more, the two may have been exchanged.
func AtMost(low, high stat.SeriesID, slack int64) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) Result {
		var found []sized
		for _, x := range exceeding(bySeries[low], bySeries[high]) {
			if x.by > float64(slack) {
				x.Code, x.Message = Exchanged, fmt.Sprintf("%s is larger than %s by %.0f, at most %d is usual; the columns may have been exchanged", low, high, x.by, slack)
				found = append(found, x)
			}
		}
		return Result{Findings: worstFirst(found)}
	}
}

// exceeding returns a finding for each observation of a part that is larger than the whole in the
// same period.
func exceeding(part, all []stat.Observation) (found []sized) {
	for _, o := range part {
		i, there := slices.BinarySearchFunc(all, o.Period, func(w stat.Observation, p stat.Period) int {
			return cmp.Or(cmp.Compare(w.Period.Start, p.Start), cmp.Compare(w.Period.End, p.End))
		})
		if !there {
			continue
		}
		if d, _ := all[i].Value.Sub(o.Value).Get(); d < 0 { // 0 if either is missing
			found = append(found, sized{stat.Finding{Code: SubsetExceeds, Severity: stat.SeverityError, Where: o.Locator, Message: fmt.Sprintf(
				"%s for %s is %s, more than the %s of %s that it is part of", o.Series.ID, o.Period.Start, o.Value, all[i].Value, all[i].Series.ID)}, float64(-d)})
		}
	}
	return found
}

// Breakdowns is the rule that no breakdown exceeds the series with one dimension fewer. It is for
// figures about which nothing else is known.
func Breakdowns(bySeries map[stat.SeriesID][]stat.Observation) Result {
	var found []sized
	for _, id := range slices.Sorted(maps.Keys(bySeries)) {
		measure := id.Measure()
		dims := strings.Split(strings.TrimPrefix(string(id), measure), ":")[1:]
		for i := range dims {
			whole := strings.Join(append([]string{measure}, slices.Delete(slices.Clone(dims), i, i+1)...), ":")
			found = append(found, exceeding(bySeries[id], bySeries[stat.SeriesID(whole)])...)
		}
	}
	return Result{Findings: worstFirst(found)}
}

// Pair is two measures of one source such that each unit of the second carries units of the first:
// people and boats. It applies to series of the same frequency and breakdown.
type Pair struct {
	Carried, Carrier string
	// Usual is the most that a carrier carries in any year. It is used instead of the highest value
	// so far if that is lower, because then little is known.
	Usual int64
}

// crowd is how many times the highest load so far, or Usual, a carrier may carry.
const crowd = 2

// PeoplePerBoat pairs people with small boats.
var PeoplePerBoat = Pair{Carried: "arrivals", Carrier: "boats", Usual: 50}

// Rule checks that there are never fewer carried than carriers, and that no carrier has more than
// twice as many as any other. It reports only a few that are far above all others.
func (p Pair) Rule(bySeries map[stat.SeriesID][]stat.Observation) Result {
	var found []sized
	for _, id := range slices.Sorted(maps.Keys(bySeries)) {
		loads, without := p.loads(id, bySeries)
		for _, x := range without {
			found = append(found, sized{stat.Finding{Code: NoBoats, Severity: stat.SeverityError, Where: x.o.Locator, Message: fmt.Sprintf(
				"%s for %s is %d, and %s is 0", id, x.o.Period.Start, x.carried, p.Carrier)}, float64(x.carried)})
		}
		for _, x := range loads {
			if x.carried < x.carriers {
				found = append(found, sized{stat.Finding{Code: MoreBoats, Severity: stat.SeverityError, Where: x.o.Locator, Message: fmt.Sprintf(
					"%s for %s is %d, fewer than the %d of %s", id, x.o.Period.Start, x.carried, x.carriers, p.Carrier)}, float64(x.carriers - x.carried)})
			}
		}
		slices.SortStableFunc(loads, func(a, b load) int { return cmp.Compare(b.each(), a.each()) })
		for _, x := range loads[:p.outliers(loads)] {
			found = append(found, sized{x.crowded(p), x.each()})
		}
	}
	return Result{Findings: worstFirst(found)}
}

// load is the number carried and the number of carriers in a period.
type load struct {
	o                 stat.Observation // of the carried series
	carried, carriers int64
}

func (x load) each() float64 { return float64(x.carried) / float64(x.carriers) }

func (x load) crowded(p Pair) stat.Finding {
	return stat.Finding{Code: Crowded, Severity: stat.SeverityError, Where: x.o.Locator, Message: fmt.Sprintf(
		"%s for %s is %d in %d %s, %.0f each, more than twice as many as ever before", x.o.Series.ID, x.o.Period.Start, x.carried, x.carriers, p.Carrier, x.each())}
}

// loads returns the loads of a carried series, and separately those without a carrier. Both are nil
// for any other series.
func (p Pair) loads(id stat.SeriesID, bySeries map[stat.SeriesID][]stat.Observation) (out, without []load) {
	of := p.carrierOf(id)
	carriers := map[stat.Period]int64{}
	for _, o := range bySeries[of] {
		if n, known := o.Value.Get(); known {
			carriers[o.Period] = n
		}
	}
	for _, o := range bySeries[id] {
		n, known := o.Value.Get()
		m, stated := carriers[o.Period]
		switch {
		case !known || !stated:
		case m > 0:
			out = append(out, load{o, n, m})
		case n > 0:
			without = append(without, load{o, n, m})
		}
	}
	return out, without
}

// carrierOf returns the series that carries a series, or "" if it is not carried.
func (p Pair) carrierOf(id stat.SeriesID) stat.SeriesID {
	measure := id.Measure()
	i := strings.LastIndexByte(measure, ':')
	if i < 0 || !strings.HasSuffix(measure[:i], ":"+p.Carried) {
		return ""
	}
	return stat.SeriesID(strings.TrimSuffix(measure[:i], p.Carried) + p.Carrier + string(id)[i:])
}

// outliers returns how many of the loads, largest first, are more than twice as large as all
// others. If many are, none is an outlier.
func (p Pair) outliers(loads []load) int {
	for n := 1; n <= len(loads) && n <= max(fewSums, len(loads)/100); n++ {
		next := float64(p.Usual)
		if n < len(loads) {
			next = max(next, loads[n].each())
		}
		if loads[n-1].each() > crowd*next {
			return n
		}
	}
	return 0
}
