package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
)

// maxObservations is the most that one file may state.
const maxObservations = 2_000_000

// cells are the facts of one table by what they are about, in the order of the file.
type cells struct {
	*table
	series map[seriesKey]*stat.Series
	at     *stat.Release
	source string
}

// seriesKey says which series a fact belongs to.
type seriesKey struct {
	value int32
	codes [maxDims]int32
}

// unique returns an error if two rows state the same.
func (t *table) unique() error {
	seen := make(map[key]int32, len(t.facts))
	for _, list := range [][]fact{t.facts, t.totals} {
		clear(seen)
		for _, f := range list {
			if line, twice := seen[f.key]; twice {
				hint := "a row occurs twice, or a column tells the rows apart that the layout does not name"
				if len(t.columns.unread) > 0 {
					var names []string
					for _, i := range t.columns.unread {
						names = append(names, t.columns.names[i])
					}
					hint = "the layout does not name " + decode.Quote(strings.Join(names, ", ")) + "; a column that tells rows apart is a dimension, or goes into sum_over"
				}
				return t.g.Fail(decode.Row{Sheet: t.sheet, Line: int(f.line)}, int(f.cell), fmt.Errorf("row %d states the same: %w", line, decode.ErrShape), hint)
			}
			seen[f.key] = f.line
		}
	}
	return nil
}

// where returns the place of a fact.
func (t *table) where(f fact) string {
	return t.g.Ref(decode.Row{Sheet: t.sheet, Line: int(f.line)}, int(f.cell))
}

// observations returns the series of the layout.
func (x *cells) observations() (out []stat.Observation, err error) {
	for _, names := range x.l.Series {
		set, err := x.l.Set(names)
		if err != nil {
			panic(err) // Parse has checked it
		}
		list, err := x.breakdown(set)
		if err != nil {
			return nil, err
		}
		if out = append(out, list...); len(out) > maxObservations {
			return nil, x.g.Fail(decode.Row{Sheet: x.sheet}, -1, fmt.Errorf("more than %d figures: %w", maxObservations, decode.ErrTooLarge), "publish fewer breakdowns: series")
		}
	}
	slices.SortFunc(out, stat.Observation.Compare)
	return out, nil
}

// group is a figure on its way: one fact, or the sum of several.
type group struct {
	first   fact
	n       stat.Count
	parts   int
	missing int
	status  stat.Status
	revised bool
}

// breakdown returns the figures by some of the dimensions, given as bits. Over the others it takes
// the stated total, or adds up all rows if the dimension has none.
func (x *cells) breakdown(set int) ([]stat.Observation, error) {
	groups := map[key]*group{}
	var order []key
	for _, f := range x.facts {
		k, ok := x.belongs(f, set)
		if !ok {
			continue
		}
		g := groups[k]
		if g == nil {
			g = &group{first: f, n: stat.Known(0)}
			groups[k] = g
			order = append(order, k)
		}
		g.add(f)
	}
	lacking, out := 0, make([]stat.Observation, 0, len(order))
	var first string
	for _, k := range order {
		g := groups[k]
		o := x.observation(k, g)
		if g.parts > 1 && g.missing > 0 {
			if lacking++; first == "" {
				first = o.Locator
			}
		}
		out = append(out, o)
	}
	if lacking > 0 {
		x.found = append(x.found, stat.Finding{Code: "sum-lacks-parts", Where: first, Message: fmt.Sprintf(
			"%d sums, here the first, have parts without a value: they are missing, not smaller", lacking)})
	}
	return out, nil
}

// belongs reports whether a fact is part of a breakdown, and returns what it counts for there.
func (x *cells) belongs(f fact, set int) (key, bool) {
	k := key{value: f.value, period: f.period}
	for i, d := range x.dims {
		in, total := set&(1<<i) != 0, f.codes[i] == codeTotal
		switch {
		case in && total, !in && d.hasAll && !total, !in && !d.hasAll && d.lone[f.codes[i]]:
			return k, false
		case in:
			k.codes[i] = f.codes[i]
		}
	}
	return k, true
}

func (g *group) add(f fact) {
	g.parts++
	g.revised = g.revised || f.revised
	if !f.status.HasValue() {
		g.missing++
	} else {
		g.n = g.n.Add(stat.Known(f.n))
	}
	g.status = stat.Worst(g.status, f.status)
}

// observation returns the figure of a group.
func (x *cells) observation(k key, g *group) stat.Observation {
	o := stat.Observation{Series: x.seriesOf(k), Period: x.periods[k.period], Status: g.status, Revised: g.revised, Release: x.at, Locator: x.where(g.first)}
	if g.parts == 1 {
		o.Mark = g.first.mark
	} else {
		o.Locator += fmt.Sprintf(" and %d more", g.parts-1)
		if g.missing > 0 {
			o.Status = stat.Missing
		}
	}
	if o.Status.HasValue() {
		o.Value = g.n
	}
	return o
}

// seriesOf returns the series of a figure.
func (x *cells) seriesOf(k key) *stat.Series {
	sk := seriesKey{k.value, k.codes}
	if s := x.series[sk]; s != nil {
		return s
	}
	v := x.values[k.value]
	s := stat.Series{Source: x.source, Measure: v.Measure, Unit: v.Unit, Flow: x.l.Flow, Kind: x.l.Kind, RefArea: x.l.RefArea, Dimensions: v.Dimensions()}
	for i, d := range x.l.Dimensions {
		if k.codes[i] != codeTotal {
			*s.Dimensions.Field(d.Name) = x.dims[i].codes[k.codes[i]]
		}
	}
	s = stat.NewSeries(s, x.l.Period.Is.Frequency())
	x.series[sk] = &s
	return &s
}

// apart checks that the periods of a flow do not overlap: years ending each month do.
func (t *table) apart() error {
	if err := t.sameWeekday(); err != nil {
		return err
	}
	if t.l.Kind == stat.Stock {
		return nil
	}
	list := slices.Clone(t.periods)
	slices.SortFunc(list, func(a, b stat.Period) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(list); i++ {
		if list[i].Start <= list[i-1].End {
			return t.g.Fail(decode.Row{Sheet: t.sheet}, -1, fmt.Errorf("the periods %s to %s and %s to %s overlap: %w", list[i-1].Start, list[i-1].End, list[i].Start, list[i].End, decode.ErrPeriod),
				"of years that end in each month or quarter, take those ending in one: period.ending")
		}
	}
	return nil
}

// sameWeekday checks that all weeks end on the same day, so that no day is in no week or in two.
func (t *table) sameWeekday() error {
	if t.l.Period.Is != period.Week || len(t.periods) < 2 {
		return nil
	}
	for _, f := range t.facts {
		end, first := t.periods[f.period].End, t.periods[0].End
		if got, want := end.Weekday(), first.Weekday(); got != want {
			return t.g.Fail(decode.Row{Sheet: t.sheet, Line: int(f.line)}, int(f.cell), fmt.Errorf("the week ends on %s, a %s, and the first one on %s, a %s: %w", end, got, first, want, decode.ErrPeriod),
				"a day is in no week or in two; compare the dates with the publisher's")
		}
	}
	return nil
}
