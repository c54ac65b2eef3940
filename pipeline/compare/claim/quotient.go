package claim

import (
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// quotients returns a window with its value divided by another: people by boats, a part by its total, a
// total by its part, or by the number of days.
func (r *search) quotients(i int, m Match, paths map[stat.SeriesID]*compare.Path) []Match {
	if series, time := r.fits(i, &m); !series || !time {
		return nil // most windows: their divisors are not looked up
	}
	v, _ := m.Value.Get()
	n := r.Numbers[i]
	if span := n.Kind.Span(); span != "" {
		m.span, m.Figure = span, float64(v)/lengthIn(span, m.WindowStart, m.WindowEnd)
		return []Match{m}
	}
	window := stat.Period{Start: m.WindowStart, End: m.WindowEnd, Precision: stat.PrecisionRange}
	out := r.partOfWhole(i, m, paths)
	for _, id := range r.divisors(i, m.Series) {
		p := paths[id]
		if p == nil {
			continue
		}
		if m.askedStart < m.WindowStart && n.Kind == numbers.OneIn {
			// From the day that the sentence names, too: the publisher counts from the month of the first.
			w := p.Over(stat.Period{Start: m.askedStart, End: m.WindowEnd, Precision: stat.PrecisionRange})
			if d, _ := w.Value.Get(); d > 0 && v > 0 {
				x := m
				x.Per, x.PerValue, x.Figure = id, w.Value, float64(d)/float64(v)
				out = append(out, x)
			}
		}
		w := p.Over(window)
		d, _ := w.Value.Get()
		if rest := paths[unknownOf(id)]; rest != nil && n.Kind == numbers.Share {
			// A share may be one of those whose nationality is known.
			if u, _ := rest.Over(window).Value.Get(); d > u {
				x := m
				x.Per, x.PerValue, x.Figure = id, stat.Known(d-u), 100*float64(v)/float64(d-u)
				out = append(out, x)
			}
		}
		if d <= 0 || v <= 0 {
			continue
		}
		m.Per, m.PerValue, m.Figure = id, w.Value, float64(v)/float64(d)
		switch n.Kind {
		case numbers.Share:
			m.Figure *= 100
		case numbers.OneIn:
			m.Figure = 1 / m.Figure
		}
		out = append(out, m)
	}
	return out
}

// partOfWhole returns a window with its value divided by that of a longer one, which the sentence names as the whole.
func (r *search) partOfWhole(i int, m Match, paths map[stat.SeriesID]*compare.Path) []Match {
	if len(r.People(i)) > 0 {
		return nil
	}
	p := paths[m.Series]
	_, last := p.KnownCoverage()
	var out []Match
	for _, s := range r.Whole(i) {
		end := s.End
		if s.Open {
			end = min(end, last)
		}
		if m.WindowStart < s.Start || m.WindowEnd > end || m.WindowStart == s.Start && m.WindowEnd == end || s.Open && m.Basis == words.BasisSince && m.WindowEnd != end {
			continue
		}
		w := p.Over(stat.Period{Start: s.Start, End: end, Precision: stat.PrecisionRange})
		v, _ := m.Value.Get()
		if d, _ := w.Value.Get(); d > 0 && v > 0 {
			x := m
			x.Per, x.PerValue, x.Figure = m.Series, w.Value, 100*float64(v)/float64(d)
			if r.Numbers[i].Kind == numbers.OneIn {
				x.Figure = float64(d) / float64(v)
			}
			out = append(out, x)
		}
	}
	return out
}

// lengthIn returns the length of a window in days, weeks, months or years. Whole months are counted.
func lengthIn(span string, start, end stat.Date) float64 {
	days := float64(end - start + 1)
	months := days * 12 / 365.25
	if start == start.MonthStart() && end == end.MonthEnd() {
		months = float64(12*(end.Year()-start.Year()) + int(end.Month()) - int(start.Month()) + 1)
	}
	return map[string]float64{"day": days, "week": days / 7, "month": months, "year": months / 12}[span]
}

// unknownOf returns the series of those whose nationality is not known.
func unknownOf(total stat.SeriesID) stat.SeriesID {
	source, measure, f, d, _ := total.Parse()
	d.Origin = stat.Unknown
	return stat.NewSeriesID(source, measure, f, d)
}

// divisors returns the series by which one is divided for a number.
func (r *search) divisors(i int, id stat.SeriesID) []stat.SeriesID {
	source, measure, f, d, _ := id.Parse()
	who := r.People(i)
	if r.Numbers[i].Kind == numbers.PerBoat {
		return []stat.SeriesID{stat.NewSeriesID(source, "boats", f, d)}
	}
	if len(who) > 0 {
		for name := range who {
			*d.Field(name) = stat.Total
		}
		return []stat.SeriesID{stat.NewSeriesID(source, measure, f, d)}
	}
	switch measure {
	case "initial-grants", "initial-refusals", "initial-withdrawals":
		return []stat.SeriesID{stat.NewSeriesID(source, "initial-decisions", f, d)}
	case "in-hotels":
		return []stat.SeriesID{stat.NewSeriesID(source, "in-receipt-of-support", f, d)}
	case "exchange-out", "exchange-in", "returns", "prevented-persons":
		return []stat.SeriesID{channelArrivals}
	case "dead", "dead-and-missing", "missing":
		switch {
		case d.Route == "english-channel":
			return []stat.SeriesID{channelArrivals}
		case strings.HasPrefix(d.Route, "central-"):
			return []stat.SeriesID{"it-interior-landings:arrivals:D"}
		}
	}
	return nil
}

// channelArrivals is the series with which others are compared.
const channelArrivals stat.SeriesID = "ukho-small-boats:arrivals:D"
