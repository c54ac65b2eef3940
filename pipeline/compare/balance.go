package compare

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// BasisCumulative is the basis of a balance from the start of an agreement to the end of a
// period.
const BasisCumulative = "cumulative"

// Balance compares what went out under an agreement with what came in, and with a base over
// the same days, such as all arrivals.
type Balance struct {
	Basis   string // BasisMonth or BasisCumulative
	Period  stat.Period
	Out, In stat.Count
	// Difference is Out − In. It is missing if either is.
	Difference stat.Count
	Base       stat.Count
	OutPercent Percent // of Base
	OutPerDay  Float   // Out ÷ days of the period
	Incomplete bool    // Out, In or Base is a sum that lacks rows
	Status     stat.Status
	Vintage    stat.Date
	Note       note.List
}

// Balances returns two balances for every period of out: that of the period, and the
// cumulative one from the start of the agreement. If out begins later than the agreement, its
// count starts with its first period. If in is known only as one figure over a whole span, it
// has no value for parts of the span.
func Balances(out, in, base *Path, since stat.Date) []Balance {
	var list []Balance
	first, _ := out.KnownCoverage()
	for _, o := range out.obs {
		list = append(list, balance(BasisMonth, o.Period, o.Period.Start, out, in, base))
		whole := stat.Period{Start: since, End: o.Period.End, Precision: stat.PrecisionRange}
		list = append(list, balance(BasisCumulative, whole, max(since, first), out, in, base))
	}
	return list
}

// balance returns the balance over per. Out is counted from the day from.
func balance(basis string, per stat.Period, from stat.Date, out, in, base *Path) Balance {
	o := out.Over(stat.Period{Start: from, End: per.End})
	i, b := in.Over(per), base.Over(per)
	x := Balance{Basis: basis, Period: per, Out: o.Value, In: i.Value, Difference: o.Value.Sub(i.Value), Base: b.Value,
		OutPerDay: quotient(o.Value, stat.Known(int64(per.Days()))), Status: o.Status, Vintage: max(o.Vintage, i.Vintage, b.Vintage)}
	if share, known := quotient(o.Value, b.Value).Get(); known {
		x.OutPercent = KnownPercent(100 * share)
	}
	if x.Incomplete = o.Incomplete() || i.Incomplete() || b.Incomplete(); x.Incomplete {
		x.Note = append(x.Note, note.Note{Code: note.Incomplete})
	}
	if from > per.Start {
		x.Note = append(x.Note, note.Note{Code: note.OutFrom, From: from})
	}
	if !i.Value.IsKnown() {
		x.Note = append(x.Note, note.Note{Code: note.InUnknown})
	}
	if !b.Value.IsKnown() {
		x.Note = append(x.Note, b.Note.About(note.Base)...)
	}
	return x
}
