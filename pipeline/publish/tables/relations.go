package tables

import (
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The methods below fill the tables that compare one series with another, from the same source or
// from two. They leave out series that the lake lacks.

// residuals compares a total with its parts, for each of its periods and each whole year.
func (b *Builder) residuals(x source.Total) {
	total := b.findPath(x.Series)
	var parts []*compare.Path
	for _, id := range x.Parts {
		p := b.findPath(id)
		if p == nil {
			return
		}
		parts = append(parts, p)
	}
	if total == nil {
		return
	}
	for _, per := range periodsAndYears(total) {
		b.residual(x, compare.ResidualOf(total, per, parts...))
	}
}

// periodsAndYears returns the periods of a path and, for a flow, the calendar years that it covers
// completely.
func periodsAndYears(p *compare.Path) []stat.Period {
	var out []stat.Period
	for _, o := range p.Observations() {
		out = append(out, o.Period)
	}
	if p.Series().Kind == stat.Stock || p.Series().Frequency() == stat.Annual {
		return out
	}
	first, last := p.Coverage()
	for y := first.Year(); y <= last.Year(); y++ {
		if year := stat.Year(y); p.Sum(year.Start, year.End).Complete {
			out = append(out, year)
		}
	}
	return out
}

// balances adds an agreement's balance by month and since it began.
func (b *Builder) balances(x source.Balance) error {
	out, in, base := b.findPath(x.Out), b.findPath(x.In), b.findPath(x.Base)
	if out == nil || in == nil || base == nil {
		return nil
	}
	if err := addPolicyPeriods(b, x, base); err != nil {
		return err
	}
	a := headline.Agreement{ID: x.ID, Name: x.Name, Since: x.Since, Series: x.Out, Out: x.OutWords, In: x.InWords, Base: x.BaseWords}
	var newest headline.Headline
	for _, row := range compare.Balances(out, in, base, x.Since) {
		b.balance(x.ID, row)
		if h, ok := headline.Balance(a, row, saidOf(b, out.Series())); ok {
			newest = h
		}
	}
	if newest.Text != "" {
		b.Headlines = append(b.Headlines, newest)
	}
	return nil
}

// addPolicyPeriods compares the time since an agreement began with the time before, for the series that
// measures it.
func addPolicyPeriods(b *Builder, x source.Balance, p *compare.Path) error {
	ages, err := ageingOfAny(b, p.Series().ID)
	if err != nil {
		return err
	}
	for _, c := range compare.PolicyPeriods(p, x.Since, compare.CommonCutoff(p)) {
		ages.ofComparison(&c)
		b.policy(x.ID, p.Series(), c)
		if h, ok := headline.Since(p.Series(), headline.Policy{ID: x.ID, Name: x.Name, Since: x.Since}, c, saidOf(b, p.Series())); ok {
			b.Headlines = append(b.Headlines, h)
		}
	}
	return nil
}

// rates adds a ratio of two series for every period that both cover.
func (b *Builder) rates(r source.Rate) {
	num, den := b.findPath(r.Numerator), b.findPath(r.Denominator)
	if num == nil || den == nil {
		return
	}
	compute := compare.Ratios
	if r.PerThousand {
		compute = compare.RatesPerThousand
	}
	for _, rate := range compute(r.Name, num, den, compare.CommonCutoff(num, den)) {
		b.rate(r, rate)
	}
}

// bridge compares every observation of a path with the one that it restates: same measure,
// frequency, breakdown and period, from the source named in Source.Restates.
func (b *Builder) bridge(s *source.Source, p *compare.Path) {
	own := p.Series()
	reference := b.findPath(stat.NewSeriesID(s.Restates, own.Measure, own.Frequency(), own.Dimensions))
	if reference == nil {
		return
	}
	for _, o := range p.Observations() {
		b.bridgeRow(s.BridgeNote, p, o.Period, reference)
	}
}

// bridges compares two series that state the same fact, for every period of the first and every
// whole year of both.
func (b *Builder) bridges(x source.Bridge) {
	p, reference := b.findPath(x.Series), b.findPath(x.Reference)
	if p == nil || reference == nil {
		return
	}
	for _, per := range periodsAndYears(p) {
		b.bridgeRow(x.Note, p, per, reference)
	}
}
