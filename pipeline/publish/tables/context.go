package tables

import (
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// addContext adds what may explain a part of a change: for the periods of the other series, or else for
// the newest year to date. The newest has a sentence.
func addContext(b *Builder, x source.Context) error {
	p := b.findPath(x.Series)
	if p == nil {
		return nil
	}
	list, err := contextsOf(b, x, p)
	for i, c := range list {
		b.put(contextRow(x, c))
		if i < len(list)-1 {
			continue
		}
		words := headline.Context{ID: x.ID, Words: x.Words, Per: x.Per}
		if h, ok := headline.InContext(p.Series(), words, c, saidOf(b, p.Series())); ok {
			b.Headlines = append(b.Headlines, h)
		}
	}
	return err
}

// contextsOf returns the comparisons of a context, the oldest first.
func contextsOf(b *Builder, x source.Context, p *compare.Path) ([]compare.Context, error) {
	of := b.findPath(x.By)
	if x.By != "" && of == nil {
		return nil, nil
	}
	if of != nil && of.Series().Frequency() != p.Series().Frequency() {
		return compare.SpanContexts(p, of), nil
	}
	cutoff := compare.CommonCutoff(p)
	if of != nil {
		cutoff = compare.CommonCutoff(p, of)
	}
	if cutoff.IsZero() {
		return nil, nil
	}
	years, err := compare.YearToDate(p, cutoff)
	if err != nil || len(years) == 0 {
		return nil, err
	}
	y := years[len(years)-1]
	now := stat.Period{Start: y.Start, End: y.End, Precision: stat.PrecisionRange}
	before := stat.Period{Start: y.PriorWindow.Start, End: y.PriorWindow.End, Precision: stat.PrecisionRange}
	c, ok := compare.ContextOfDays(p, now, before)
	if of != nil {
		c, ok = compare.ContextOf(p, of, now, before)
	}
	if !ok {
		return nil, nil
	}
	return []compare.Context{c}, nil
}

// whole returns a count of a context, which has only known ones.
func whole(c stat.Count) int {
	n, _ := c.Get()
	return int(n)
}

// contextRow returns the row of a context.
func contextRow(x source.Context, c compare.Context) row.Context {
	return row.Context{
		Series:                  x.Series,
		Context:                 x.ID,
		ContextSeries:           x.By,
		PeriodStart:             c.Period.Start,
		PeriodEnd:               c.Period.End,
		PriorStart:              c.PriorPeriod.Start,
		PriorEnd:                c.PriorPeriod.End,
		Value:                   whole(c.Value),
		PriorValue:              whole(c.Prior),
		ChangePercent:           row.Num(c.ChangePercent.Get()),
		ContextValue:            whole(c.Of),
		PriorContextValue:       whole(c.PriorOf),
		ValuePerContext:         row.Num(c.Per.Get()),
		PriorValuePerContext:    row.Num(c.PriorPer.Get()),
		PerContextChangePercent: row.Num(c.PerChangePercent.Get()),
		Status:                  c.Status,
		Vintage:                 c.Vintage,
	}
}
