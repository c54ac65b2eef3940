package packed

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Packer makes the file of one source from its releases. The zero value is ready to use.
type Packer struct {
	vintages []stat.Date
	series   map[stat.SeriesID]*packing
}

// packing is a series under way.
type packing struct {
	now    map[stat.Period]dated
	told   map[stat.Period]cell // as of the last state
	moved  bool                 // the newest release states something of it
	states []change
}

// dated is a cell with the index of its vintage.
type dated struct {
	cell
	vintage int
}

// change is what the releases of a day change in a series.
type change struct {
	at, asOf int
	cells    map[stat.Period]cell
}

// Add takes a release. Releases come in order. As in the lake, it replaces what older ones state of the days that
// it covers.
func (p *Packer) Add(vintage stat.Date, coverage []stat.Coverage, obs []stat.Observation) error {
	n := len(p.vintages)
	switch {
	case n == 0 || p.vintages[n-1] < vintage:
		p.settle()
		p.vintages = append(p.vintages, vintage)
	case p.vintages[n-1] > vintage:
		return fmt.Errorf("claims: the release of %s comes after that of %s", vintage, p.vintages[n-1])
	}
	if p.series == nil {
		p.series = map[stat.SeriesID]*packing{}
	}
	spans := map[stat.SeriesID][]stat.Coverage{}
	for _, c := range coverage {
		spans[c.Series] = append(spans[c.Series], c)
	}
	for id, x := range p.series {
		x.withdraw(slices.Concat(spans[id], spans[id.Group()]))
	}
	for _, o := range obs {
		if !words.MayMean(o.Series.ID) {
			continue
		}
		x := p.series[o.Series.ID]
		if x == nil {
			x = &packing{now: map[stat.Period]dated{}, told: map[stat.Period]cell{}}
			p.series[o.Series.ID] = x
		}
		v, known := o.Value.Get()
		x.now[o.Period], x.moved = dated{cell{true, known, v}, len(p.vintages) - 1}, true
	}
	return nil
}

// withdraw drops what a release speaks for.
func (x *packing) withdraw(spans []stat.Coverage) {
	if len(spans) == 0 {
		return
	}
	for period := range x.now {
		if slices.ContainsFunc(spans, func(c stat.Coverage) bool { return c.Start <= period.End && period.Start <= c.End }) {
			delete(x.now, period)
			x.moved = true
		}
	}
}

// settle notes what the releases of the last day changed.
func (p *Packer) settle() {
	for _, x := range p.series {
		if !x.moved {
			// Nothing new was stated, so it is as old as before.
			if n := len(x.states); n > 0 && x.states[n-1].asOf == own {
				x.states = append(x.states, change{at: len(p.vintages) - 1, asOf: x.newest()})
			}
			continue
		}
		x.moved = false
		c := change{at: len(p.vintages) - 1, asOf: own, cells: map[stat.Period]cell{}}
		if n := x.newest(); n < c.at {
			c.asOf = n
		}
		for period, y := range x.now {
			if x.told[period] != y.cell {
				c.cells[period], x.told[period] = y.cell, y.cell
			}
		}
		for period, y := range x.told {
			if _, stated := x.now[period]; !stated && y.stated {
				c.cells[period], x.told[period] = cell{}, cell{}
			}
		}
		if n := len(x.states); len(c.cells) > 0 || n > 0 && x.states[n-1].asOf != c.asOf {
			x.states = append(x.states, c)
		}
	}
}

// newest returns the newest vintage among the figures.
func (x *packing) newest() int {
	out := 0
	for _, y := range x.now {
		out = max(out, y.vintage)
	}
	return out
}

// Vintages returns the days of the releases.
func (p *Packer) Vintages() []stat.Date { return p.vintages }

// Encode returns the file. describe returns all that is known of a series, and whether any sentence may mean it.
// The same releases give the same bytes.
func (p *Packer) Encode(describe func(stat.SeriesID) (s *stat.Series, compared bool)) ([]byte, error) {
	p.settle()
	out := file{Series: []series{}}
	for _, id := range slices.Sorted(maps.Keys(p.series)) {
		x := p.series[id]
		if len(x.told) == 0 || len(x.told) > maxPeriods {
			continue
		}
		about, compared := describe(id)
		s := series{ID: id, Kind: about.Kind, Flow: about.Flow, Unit: about.Unit, Title: about.Title, Compared: compared}
		periods := slices.SortedFunc(maps.Keys(x.told), byTime)
		for _, c := range x.states {
			s.States = append(s.States, state{At: c.at, AsOf: c.asOf, Values: c.text(periods)})
		}
		s.Periods = periodRuns(periods)
		out.Series = append(out.Series, s)
	}
	return json.Marshal(out)
}

// byTime orders periods.
func byTime(a, b stat.Period) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Precision, b.Precision))
}

// text writes the cells that change.
func (c change) text(periods []stat.Period) string {
	var b strings.Builder
	follows := true
	for i, p := range periods {
		y, changed := c.cells[p]
		if changed {
			if !follows {
				fmt.Fprintf(&b, "@%d ", i)
			}
			b.WriteString(y.String() + " ")
		}
		follows = changed
	}
	return strings.TrimSuffix(b.String(), " ")
}
