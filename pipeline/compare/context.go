package compare

import "crossings/pipeline/stat"

// Context is a comparison with what may explain a part of it: the same two windows in another figure,
// such as days with weather for crossings, and the ratio of the two. It adjusts nothing.
type Context struct {
	Period, PriorPeriod stat.Period
	Value, Prior        stat.Count
	ChangePercent       Percent
	// Of and PriorOf are the other figure in the same windows.
	Of, PriorOf stat.Count
	// Per and PriorPer are Value ÷ Of and Prior ÷ PriorOf.
	Per, PriorPer    Float
	PerChangePercent Percent
	Status           stat.Status
	Vintage          stat.Date
}

// ContextOf puts next to the change of p from before to now what of states of exactly these windows.
// ok is false if any of the four figures is not known, or if a window would have to be cut back.
func ContextOf(p, of *Path, now, before stat.Period) (c Context, ok bool) {
	return contextOf(p.Over(now), p.Over(before), of.Over(now), of.Over(before), now, before)
}

// SpanContexts returns the context for each period of the other series whose same period a year before
// it states too, the oldest first.
func SpanContexts(p, of *Path) []Context {
	var out []Context
	for _, o := range of.obs {
		if c, ok := ContextOf(p, of, o.Period, yearEarlier(o.Period)); ok {
			out = append(out, c)
		}
	}
	return out
}

// ContextOfDays puts next to the change of a daily series the number of days on which it was above
// zero.
func ContextOfDays(p *Path, now, before stat.Period) (c Context, ok bool) {
	if p.isStock() {
		return Context{}, false
	}
	w, prior := p.Over(now), p.Over(before)
	return contextOf(w, prior, daysAbove(p, w, now), daysAbove(p, prior, before), now, before)
}

// daysAbove counts the days of a window with a value above zero. The count is missing if a value is of
// several days.
func daysAbove(p *Path, w Window, per stat.Period) Window {
	n := int64(0)
	for _, o := range p.obs[p.from(per.Start):p.after(per.End)] {
		if o.Period.Days() > 1 {
			return Window{}
		}
		if v, _ := o.Value.Get(); v > 0 {
			n++
		}
	}
	w.Value = stat.Known(n)
	return w
}

// contextOf compares two windows and the same windows of the other figure. A change in per cent is
// only on a prior value above zero, so the prior ratio is above zero too.
func contextOf(w, prior, of, priorOf Window, now, before stat.Period) (c Context, ok bool) {
	for _, x := range []Window{w, prior, of, priorOf} {
		if !x.Value.IsKnown() {
			return Context{}, false
		}
	}
	c = Context{Period: now, PriorPeriod: before, Value: w.Value, Prior: prior.Value, Of: of.Value, PriorOf: priorOf.Value,
		Per: quotient(w.Value, of.Value), PriorPer: quotient(prior.Value, priorOf.Value),
		Status: stat.Worst(w.Status, of.Status), Vintage: max(w.Vintage, prior.Vintage, of.Vintage, priorOf.Vintage)}
	_, c.ChangePercent, _ = change(c.Value, c.Prior)
	per, known := c.Per.Get()
	priorPer, priorKnown := c.PriorPer.Get()
	if known && priorKnown && c.ChangePercent.IsKnown() {
		c.PerChangePercent = KnownPercent(100 * (per - priorPer) / priorPer)
	}
	return c, true
}
