package tables

import (
	"fmt"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// ageing knows which figures of a series may still move, and what earlier ones were at the same age.
type ageing struct {
	history  *revision.History
	maturity revision.Maturity
	first    stat.Period // from its end on, figures may still move
	asOf     stat.Date
	young    bool                            // whether any period is
	paths    map[*stat.Release]*compare.Path // the series as known after a release
}

// ageingOf returns the ages of a series of the source that add works on.
func ageingOf(b *Builder, id stat.SeriesID) *ageing { return newAgeing(b.history(id), b.Vintage) }

// newAgeing returns the ages of a series as of a day.
func newAgeing(h *revision.History, asOf stat.Date) *ageing {
	a := &ageing{history: h, asOf: asOf, paths: map[*stat.Release]*compare.Path{}}
	if h == nil {
		return a
	}
	a.maturity, _ = a.history.Maturity()
	a.first, a.young = a.history.FirstImmature(a.asOf)
	return a
}

// ageingOfAny returns the ages of a series of any source. The ledger of a source that add does not work
// on is read again if the series was not kept; see keepAges.
func ageingOfAny(b *Builder, id stat.SeriesID) (*ageing, error) {
	if a := b.kept[id]; a != nil {
		return a, nil
	}
	for i := range b.Known {
		if k := &b.Known[i]; k.Path(id) != nil {
			l, err := b.ledger(k)
			if err != nil {
				return nil, err
			}
			return newAgeing(l.Histories().Of(id), b.Vintage), nil
		}
	}
	return newAgeing(nil, b.Vintage), nil
}

// keepAges keeps the ages of those series of the source that add works on which the agreements of any
// source are measured by.
func keepAges(b *Builder, source string) {
	for _, k := range b.Known {
		for _, x := range k.Source.Balances {
			if of, _, _, _, err := x.Base.Parse(); err == nil && of == source {
				b.kept[x.Base] = ageingOf(b, x.Base)
			}
		}
	}
}

// ofComparison sets what a reader must know of a comparison whose value may still move.
func (a *ageing) ofComparison(c *compare.Comparison) {
	c.Young = a.of(c.Value, c.Period, c.PriorPeriod)
	c.Note = append(c.Note, a.notes(c.Young, c.Period.End)...)
}

// of returns what a reader must know of a value over the days of now that is compared with prior. It
// returns nil if the value does not move any more.
func (a *ageing) of(value stat.Count, now, prior stat.Period) *compare.Young {
	if !a.young || !value.IsKnown() || now.End < a.first.End {
		return nil
	}
	return compare.NewYoung(a.maturity.Releases, value, a.sameAge(now.End, prior))
}

// sameAge returns what was known of the prior period when it was as old as one that ends on a day is
// now.
func (a *ageing) sameAge(end stat.Date, prior stat.Period) stat.Count {
	if prior.End.IsZero() {
		return stat.Count{}
	}
	r, ok := a.history.SameAge(end, prior.End, a.asOf)
	if !ok {
		return stat.Count{}
	}
	p := a.paths[r]
	if p == nil {
		var err error
		if p, err = compare.NewPath(a.history.Series, a.history.AsOf(r)); err != nil {
			return stat.Count{} // the releases state spans that overlap
		}
		a.paths[r] = p
	}
	return p.Over(prior).Value
}

// notes returns the note on a young value whose last period ends on a day.
func (a *ageing) notes(y *compare.Young, end stat.Date) note.List {
	if y == nil {
		return nil
	}
	return note.List{{Code: note.Immature, N: y.Releases, Words: a.moved(end)}}
}

// moved says how far earlier periods moved from the age that the last period up to a day has now.
func (a *ageing) moved(end stat.Date) string {
	lag := 0
	for _, v := range a.history.Periods {
		if age, ok := a.history.AgeOf(v.Period, a.asOf); ok && v.Period.End <= end {
			lag = min(age.Releases, len(a.maturity.Ranges)-1)
		}
	}
	r := a.maturity.Ranges[max(lag, 0)]
	percent := func(x float64) string { return compare.KnownPercent(x).Signed() }
	return fmt.Sprintf("%s to %s", percent(r.FallPercent), percent(r.RisePercent))
}

// sameAgeOf returns the columns of a young value.
func sameAgeOf(y *compare.Young) (prior stat.Count, pct row.Number) {
	if y == nil {
		return stat.Count{}, row.Number{}
	}
	return y.SameAge, row.Num(y.ChangePercent.Get())
}
