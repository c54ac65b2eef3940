package compare

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"crossings/pipeline/stat"
)

// args takes a query's words one by one and keeps the first error.
type args struct {
	script *script
	words  []string
	err    error
}

func (a *args) word() string {
	if len(a.words) == 0 {
		a.fail("query ends too early")
		return ""
	}
	w := a.words[0]
	a.words = a.words[1:]
	return w
}

func (a *args) fail(format string, v ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, v...)
	}
}

// want takes the next word, which must be w.
func (a *args) want(w string) {
	if got := a.word(); got != w {
		a.fail("got %q, want %q", got, w)
	}
}

func (a *args) path() *Path {
	w := a.word()
	if p := a.script.paths[w]; p != nil {
		return p
	}
	a.fail("series %q is not loaded", w)
	empty, _ := NewPath(&stat.Series{ID: "none:none:D"}, nil)
	return empty
}

func (a *args) date() stat.Date {
	d, err := stat.ParseDate(a.word())
	if err != nil {
		a.fail("%v", err)
	}
	return d
}

// to takes "to DATE".
func (a *args) to() stat.Date { a.want("to"); return a.date() }

// span takes "FROM to DATE" as a period, a calendar unit where it is one.
func (a *args) span() stat.Period {
	per := stat.Period{Start: a.date(), End: a.to()}
	for _, per.Precision = range []stat.Precision{stat.PrecisionDay, stat.PrecisionMonth, stat.PrecisionQuarter, stat.PrecisionYear} {
		if !per.Start.IsZero() && per.Validate() == nil {
			return per
		}
	}
	per.Precision = stat.PrecisionRange
	return per
}

func (a *args) number() int {
	n, err := strconv.Atoi(a.word())
	if err != nil {
		a.fail("%v", err)
	}
	return n
}

func (a *args) count() stat.Count {
	o, _, err := parseValue(a.word())
	if err != nil {
		a.fail("%v", err)
	}
	return o.Value
}

// paths takes series for as long as there are more.
func (a *args) paths(more func() bool) []*Path {
	var out []*Path
	for more() {
		out = append(out, a.path())
	}
	return out
}

var queries = map[string]func(*args) *frame{
	"coverage": func(a *args) *frame {
		p := a.path()
		f := &frame{columns: []string{"start", "end", "known_start", "known_end"}}
		s, e := p.Coverage()
		ks, ke := p.KnownCoverage()
		f.add(s, e, ks, ke)
		return f
	},
	"cutoff": func(a *args) *frame {
		f := &frame{columns: []string{"cutoff"}}
		f.add(CommonCutoff(a.paths(func() bool { return len(a.words) > 0 })...))
		return f
	},
	"sum": func(a *args) *frame {
		f := &frame{columns: []string{"start", "end", "days", "value", "lower", "upper", "obs_status", "vintage", "complete", "note"}}
		p, per := a.path(), a.span()
		w := p.Sum(per.Start, per.End)
		f.add(w.Start, w.End, w.Days, w.Value, w.Lower, w.Upper, w.Status, w.Vintage, w.Complete, w.Note)
		return f
	},
	"change": func(a *args) *frame {
		f := &frame{columns: []string{"change", "change_percent", "reads", "note"}}
		value := a.count()
		a.want("from")
		d, pct, note := change(value, a.count())
		f.add(d, pct, pct.Signed(), note)
		return f
	},
	"year-to-date": func(a *args) *frame {
		f := &frame{columns: []string{"year", "cutoff", "window_start", "window_end", "days", "value", "prior_value", "prior_days",
			"change", "change_percent", "reads", "prior_year_value", "obs_status", "vintage", "note"}}
		rows, err := YearToDate(a.path(), a.to())
		if err != nil {
			a.fail("%v", err)
		}
		for _, r := range rows {
			f.add(r.Year, r.Cutoff, r.Start, r.End, r.Days, r.Value, r.Prior, r.PriorWindow.Days, r.Change, r.ChangePercent,
				r.ChangePercent.Signed(), r.PriorYear, r.Status, r.Vintage, r.Note)
		}
		return f
	},
	"year-on-year": func(a *args) *frame {
		basis := a.word()
		rows, err := YearOnYear(a.path(), a.to())
		if err != nil {
			a.fail("%v", err)
		}
		if !slices.Contains([]string{BasisMonth, BasisQuarter, BasisYear, BasisYearEnding, BasisRolling, BasisPoint}, basis) {
			a.fail("unknown basis %q", basis)
		}
		return comparisons(slices.DeleteFunc(rows, func(c Comparison) bool { return c.Basis != basis }))
	},
	"policy-periods": func(a *args) *frame {
		p, per := a.path(), a.span()
		return comparisons(PolicyPeriods(p, per.Start, per.End))
	},
	"context": func(a *args) *frame {
		f := &frame{columns: []string{"period_start", "period_end", "value", "prior_value", "reads", "of", "prior_of", "per", "prior_per", "per_reads"}}
		p, of := a.over()
		for _, c := range SpanContexts(p, of) {
			f.add(c.Period.Start, c.Period.End, c.Value, c.Prior, c.ChangePercent.Signed(), c.Of, c.PriorOf, c.Per, c.PriorPer, c.PerChangePercent.Signed())
		}
		return f
	},
	"daily": func(a *args) *frame {
		f := &frame{columns: []string{"date", "value", "rolling_7_day_mean", "cumulative", "prior_cumulative", "obs_status"}}
		for _, d := range DailyPath(a.path()) {
			f.add(d.Date, d.Value, d.Mean7, d.Cumulative, d.PriorCumulative, d.Status)
		}
		return f
	},
	"slots": func(a *args) *frame {
		f := &frame{columns: []string{"slot", "date", "value", "repeated"}}
		p, year := a.path(), a.number()
		for i, s := range Slots(p, year) {
			f.add(i+1, stat.NewDate(2024, time.January, i+1).String()[5:], s.Value, s.Repeated)
		}
		return f
	},
	"records": func(a *args) *frame {
		f := &frame{columns: []string{"scope", "rank", "period_start", "period_end", "value", "obs_status"}}
		p := a.path()
		a.want("top")
		for _, r := range Records(p, a.number()) {
			f.add(r.Scope, r.Rank, r.Period.Start, r.Period.End, r.Value, r.Status)
		}
		return f
	},
	"ratio": func(a *args) *frame { n, d := a.over(); return ratesFrame(Ratio("r", n, d, a.span())) },
	"per-thousand": func(a *args) *frame {
		n, d := a.over()
		return ratesFrame(PerThousand("r", n, d, a.span()))
	},
	"ratios": func(a *args) *frame { n, d := a.over(); return ratesFrame(Ratios("r", n, d, a.to())...) },
	"per-thousands": func(a *args) *frame {
		n, d := a.over()
		return ratesFrame(RatesPerThousand("r", n, d, a.to())...)
	},
	"residual": func(a *args) *frame {
		f := &frame{columns: []string{"period_start", "period_end", "total", "sum", "difference", "obs_status", "note"}}
		p := a.path()
		a.want("less")
		parts := a.paths(func() bool { return len(a.words) > 3 })
		r := ResidualOf(p, a.span(), parts...)
		f.add(r.Period.Start, r.Period.End, r.Total, r.Sum, r.Difference, r.Status, r.Note)
		return f
	},
	"passed-on": func(a *args) *frame {
		f := &frame{columns: []string{"date"}}
		if d, ok := PassedOn(a.path(), a.to()); ok {
			f.add(d)
		}
		return f
	},
	"share-reached": func(a *args) *frame {
		f := &frame{columns: []string{"year", "cutoff", "value", "total", "share", "note"}}
		for _, r := range ShareReached(a.path(), a.to()) {
			f.add(r.Year, r.Cutoff, r.Value, r.Total, r.Share, r.Note)
		}
		return f
	},
}

// over takes "S by S".
func (a *args) over() (num, den *Path) {
	num = a.path()
	a.want("by")
	return num, a.path()
}

func comparisons(rows []Comparison) *frame {
	f := &frame{columns: []string{"basis", "period_start", "period_end", "prior_start", "prior_end", "precision", "value", "prior_value",
		"change", "change_percent", "reads", "obs_status", "vintage", "note"}}
	for _, c := range rows {
		f.add(c.Basis, c.Period.Start, c.Period.End, c.PriorPeriod.Start, c.PriorPeriod.End, c.Period.Precision, c.Value, c.Prior,
			c.Change, c.ChangePercent, c.ChangePercent.Signed(), c.Status, c.Vintage, c.Note)
	}
	return f
}

func ratesFrame(rows ...Rate) *frame {
	f := &frame{columns: []string{"basis", "period_start", "period_end", "precision", "value", "lower", "upper", "method", "level",
		"count", "base", "low", "low_lower", "low_upper", "high", "high_lower", "high_upper", "obs_status", "note"}}
	for _, r := range rows {
		f.add(r.Basis, r.Period.Start, r.Period.End, r.Period.Precision, r.Value, r.Lower, r.Upper, r.Method, r.Level,
			r.Count, r.Base, r.Low.Value, r.Low.Lower, r.Low.Upper, r.High.Value, r.High.Lower, r.High.Upper, r.Status, r.Note)
	}
	return f
}
