package tables

import (
	"path"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// The methods below name the results for the columns of the published tables.

// put appends a row to its table. It panics if the row does not fit the schema.
func (b *rows) put(r row.Row) { row.Add(b.Tables[r.Table()], r) }

// yearContext is what places a year to date among other years.
type yearContext struct {
	share    compare.Percent // of the whole year, once that is over
	passedOn stat.Date       // day on which the year before passed the value
}

func (b *rows) yearToDate(s *stat.Series, y compare.YTD, c yearContext) {
	sameAge, sameAgePercent := sameAgeOf(y.Young)
	b.put(row.YearToDate{
		Series:         s.ID,
		Year:           y.Year,
		Cutoff:         y.Cutoff,
		WindowStart:    y.Start,
		WindowEnd:      y.End,
		Days:           stat.Known(int64(y.Days)),
		Value:          y.Value,
		PriorValue:     y.Prior,
		Change:         y.Change,
		ChangePercent:  row.Num(y.ChangePercent.Get()),
		PriorYearValue: y.PriorYear,
		Status:         y.Status,
		Vintage:        b.vintageOf(y.Vintage),
		Note:           y.Note,
		Lower:          y.Lower,
		Upper:          y.Upper,
		PriorLower:     y.PriorWindow.Lower,
		PriorUpper:     y.PriorWindow.Upper,
		SharePercent:   row.Num(c.share.Get()),
		PriorPassedOn:  c.passedOn,
		PriorStart:     y.PriorWindow.Start,
		PriorEnd:       y.PriorWindow.End,

		PriorValueSameAge:    sameAge,
		ChangePercentSameAge: sameAgePercent,
	})
}

func (b *rows) yearOnYear(s *stat.Series, c compare.Comparison) {
	sameAge, sameAgePercent := sameAgeOf(c.Young)
	b.put(row.YearOnYear{
		Series:        s.ID,
		Basis:         c.Basis,
		PeriodStart:   c.Period.Start,
		PeriodEnd:     c.Period.End,
		Value:         c.Value,
		PriorValue:    c.Prior,
		Change:        c.Change,
		ChangePercent: row.Num(c.ChangePercent.Get()),
		Status:        c.Status,
		Vintage:       b.vintageOf(c.Vintage),
		Note:          c.Note,
		Lower:         c.Lower,
		Upper:         c.Upper,
		PriorLower:    c.PriorLower,
		PriorUpper:    c.PriorUpper,

		PriorValueSameAge:    sameAge,
		ChangePercentSameAge: sameAgePercent,
	})
}

func (b *rows) policy(id string, s *stat.Series, c compare.Comparison) {
	sameAge, sameAgePercent := sameAgeOf(c.Young)
	b.put(row.PolicyPeriod{
		Policy:        id,
		Series:        s.ID,
		PeriodStart:   c.Period.Start,
		PeriodEnd:     c.Period.End,
		Days:          c.Period.Days(),
		Value:         c.Value,
		PriorValue:    c.Prior,
		Change:        c.Change,
		ChangePercent: row.Num(c.ChangePercent.Get()),
		Status:        c.Status,
		Vintage:       b.vintageOf(c.Vintage),
		Note:          c.Note,
		Basis:         c.Basis,
		PriorStart:    c.PriorPeriod.Start,
		PriorEnd:      c.PriorPeriod.End,

		PriorValueSameAge:    sameAge,
		ChangePercentSameAge: sameAgePercent,
	})
}

// vintageOf returns v. For a figure without observations it returns the newest vintage of the
// build, because the newest release shows that there are none.
func (b *rows) vintageOf(v stat.Date) stat.Date {
	if v.IsZero() {
		return b.Vintage
	}
	return v
}

func (b *rows) daily(p *compare.Path) {
	for _, d := range compare.DailyPath(p) {
		b.put(row.Day{
			Series:          p.Series().ID,
			Date:            d.Date,
			Value:           d.Value,
			Rolling7DayMean: row.Num(d.Mean7.Get()),
			Cumulative:      d.Cumulative,
			PriorCumulative: d.PriorCumulative,
			Status:          d.Status,
		})
	}
}

func (b *rows) records(p *compare.Path) {
	for _, r := range compare.Records(p, topRecords) {
		b.put(row.Record{
			Series:      p.Series().ID,
			Scope:       r.Scope,
			Rank:        r.Rank,
			PeriodStart: r.Period.Start,
			PeriodEnd:   r.Period.End,
			Value:       r.Value,
			Status:      r.Status,
		})
	}
}

func (b *rows) rate(x source.Rate, r compare.Rate) {
	b.put(row.Rate{
		Rate:               r.Name,
		Numerator:          r.Numerator,
		Denominator:        r.Denominator,
		PeriodStart:        r.Period.Start,
		PeriodEnd:          r.Period.End,
		Value:              row.Num(r.Value.Get()),
		Lower:              row.Num(r.Lower.Get()),
		Upper:              row.Num(r.Upper.Get()),
		Note:               slices.Concat(r.Note, note.Said(x.Note)),
		Basis:              r.Basis,
		Unit:               x.Unit,
		Method:             r.Method,
		LevelPercent:       row.Num(r.Level.Get()),
		NumeratorValue:     r.Count,
		DenominatorValue:   r.Base,
		LowNumeratorValue:  r.Low.Count,
		LowValue:           row.Num(r.Low.Value.Get()),
		LowLower:           row.Num(r.Low.Lower.Get()),
		LowUpper:           row.Num(r.Low.Upper.Get()),
		HighNumeratorValue: r.High.Count,
		HighValue:          row.Num(r.High.Value.Get()),
		HighLower:          row.Num(r.High.Lower.Get()),
		HighUpper:          row.Num(r.High.Upper.Get()),
		Status:             r.Status,
		Vintage:            b.vintageOf(r.Vintage),
	})
}

func (b *rows) balance(name string, x compare.Balance) {
	b.put(row.Balance{
		Balance:     name,
		Basis:       x.Basis,
		PeriodStart: x.Period.Start,
		PeriodEnd:   x.Period.End,
		Out:         x.Out,
		In:          x.In,
		Difference:  x.Difference,
		Base:        x.Base,
		OutPercent:  row.Num(x.OutPercent.Get()),
		Days:        x.Period.Days(),
		OutPerDay:   row.Num(x.OutPerDay.Get()),
		Status:      x.Status,
		Vintage:     b.vintageOf(x.Vintage),
		Note:        x.Note,
	})
}

func (b *rows) revision(r revision.Revision) {
	b.put(row.Revision{
		Series:      r.Series.ID,
		PeriodStart: r.Period.Start,
		PeriodEnd:   r.Period.End,
		OldValue:    r.Old,
		NewValue:    r.New,
		Change:      r.New.Sub(r.Old),
		OldVintage:  r.OldVintage,
		NewVintage:  r.NewVintage,
		FirstSeen:   r.FirstSeen,
		Marked:      r.Marked,
		Substantial: r.Substantial,
		NewRelease:  r.NewRelease,
		Kind:        string(r.Kind),
	})
}

// release adds a release with the changes that the ledger has for it.
func (b *rows) release(e lake.Entry, ledger []revision.Revision) {
	changed, silent := 0, 0
	for _, r := range ledger {
		if r.NewRelease == e.Release {
			changed++
			if !r.Marked {
				silent++
			}
		}
	}
	start, end := lake.Span([]lake.Entry{e})
	b.put(row.Release{
		Source:        e.Source,
		Release:       e.Release,
		Vintage:       e.Vintage,
		FirstSeen:     e.FirstSeen,
		File:          path.Base(e.RawFile),
		Rows:          e.Rows,
		CoverageStart: start,
		CoverageEnd:   end,
		Revisions:     changed,
		Silent:        silent,
		Findings:      len(e.Findings),
		Quarantined:   e.Rejects,
		SHA256:        e.RawSHA256,
	})
}

func (b *rows) bridgeRow(said string, p *compare.Path, per stat.Period, reference *compare.Path) {
	v, w := p.Over(per), reference.Over(per)
	b.put(row.Bridge{
		Series:           p.Series().ID,
		ReferenceSeries:  reference.Series().ID,
		PeriodStart:      per.Start,
		PeriodEnd:        per.End,
		Value:            v.Value,
		ReferenceValue:   w.Value,
		Difference:       v.Value.Sub(w.Value),
		Vintage:          v.Vintage,
		ReferenceVintage: w.Vintage,
		Note:             note.Said(said),
	})
}

func (b *rows) residual(x source.Total, r compare.Residual) {
	var parts []string
	for _, id := range x.Parts {
		parts = append(parts, string(id))
	}
	why := r.Note
	if len(why) == 0 {
		why = note.Said(x.Note)
	}
	b.put(row.Residual{
		Series:      x.Series,
		Parts:       strings.Join(parts, " "),
		PeriodStart: r.Period.Start,
		PeriodEnd:   r.Period.End,
		Value:       r.Total,
		PartsValue:  r.Sum,
		Residual:    r.Difference,
		Status:      r.Status,
		Note:        why,
	})
}

func (b *rows) headline(h headline.Headline) {
	b.put(row.Headline{
		ID:      h.ID,
		Text:    h.Text,
		Series:  h.Series,
		Cutoff:  h.Cutoff,
		Rows:    strings.Join(h.Rows, " "),
		Status:  h.Status,
		Vintage: h.Vintage,
	})
}

// takenBack adds a row for each release that was taken back. With an error it adds those that can
// be read.
func (b *Builder) takenBack() error {
	if !b.AsOf.IsZero() {
		return nil // later decisions were not known on that day
	}
	list, err := b.Retractions()
	seen := map[[2]string]bool{}
	for _, r := range slices.Backward(list) { // the newest decision counts
		for _, id := range r.Releases {
			if k := [2]string{r.Source, id}; !seen[k] {
				seen[k] = true
				b.put(row.Retraction{
					Source:      r.Source,
					Release:     id,
					Decision:    r.Kind,
					DecidedAt:   r.At,
					Released:    r.Released,
					Reason:      r.Reason,
					NowRelease:  r.Now,
					NowReleased: r.NowReleased,
				})
			}
		}
	}
	return err
}
