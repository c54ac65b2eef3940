package tables

import (
	"path"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/revision"

	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// The methods below lay results out in the columns of the published tables. The
// table panics where a row does not fit its schema.

// yearContext is what places a year to date among other years.
type yearContext struct {
	share    compare.Percent // of the whole year, once that is over
	passedOn stat.Date       // day on which the year before passed the value
}

func (b *rows) yearToDate(s *stat.Series, y compare.YTD, c yearContext) {
	share, over := c.share.Get()
	pct, known := y.ChangePercent.Get()
	b.Tables["year-to-date"].Add(table.Text(string(s.ID)), table.Int(y.Year), table.Day(y.Cutoff),
		table.Day(y.Start), table.Day(y.End), table.Int(y.Days), table.Count(y.Value), table.Count(y.Prior),
		table.Count(y.Change), table.Float(pct, known), table.Count(y.PriorYear), table.Text(string(y.Status)),
		table.Day(b.vintageOf(y.Vintage)), table.Text(y.Note),
		table.Count(y.Lower), table.Count(y.Upper), table.Count(y.PriorWindow.Lower), table.Count(y.PriorWindow.Upper),
		table.Float(share, over), table.Day(c.passedOn))
}

func (b *rows) yearOnYear(s *stat.Series, c compare.Comparison) {
	pct, known := c.ChangePercent.Get()
	b.Tables["year-on-year"].Add(table.Text(string(s.ID)), table.Text(c.Basis), table.Day(c.Period.Start), table.Day(c.Period.End),
		table.Count(c.Value), table.Count(c.Prior), table.Count(c.Change), table.Float(pct, known),
		table.Text(string(c.Status)), table.Day(b.vintageOf(c.Vintage)), table.Text(c.Note),
		table.Count(c.Lower), table.Count(c.Upper), table.Count(c.PriorLower), table.Count(c.PriorUpper))
}

func (b *rows) policy(id string, s *stat.Series, c compare.Comparison) {
	pct, known := c.ChangePercent.Get()
	b.Tables["policy-periods"].Add(table.Text(id), table.Text(string(s.ID)), table.Day(c.Period.Start), table.Day(c.Period.End), table.Int(c.Period.Days()),
		table.Count(c.Value), table.Count(c.Prior), table.Count(c.Change), table.Float(pct, known), table.Text(string(c.Status)),
		table.Day(b.vintageOf(c.Vintage)), table.Text(c.Note))
}

// vintageOf returns v, or the build's newest vintage for a figure that rests on
// no observation: what says that there is none is the newest release.
func (b *rows) vintageOf(v stat.Date) stat.Date {
	if v.IsZero() {
		return b.Vintage
	}
	return v
}

func (b *rows) daily(p *compare.Path) {
	id := table.Text(string(p.Series().ID))
	for _, d := range compare.DailyPath(p) {
		mean, known := d.Mean7.Get()
		b.Tables["daily"].Add(id, table.Day(d.Date), table.Count(d.Value), table.Float(mean, known),
			table.Count(d.Cumulative), table.Count(d.PriorCumulative), table.Text(string(d.Status)))
	}
}

func (b *rows) records(p *compare.Path) {
	id := table.Text(string(p.Series().ID))
	for _, r := range compare.Records(p, topRecords) {
		b.Tables["records"].Add(id, table.Text(r.Scope), table.Int(r.Rank), table.Day(r.Period.Start), table.Day(r.Period.End),
			table.Count(r.Value), table.Text(string(r.Status)))
	}
}

func (b *rows) rate(r compare.Rate, note string) {
	if r.Note != "" && note != "" {
		note = "; " + note
	}
	value, known := r.Value.Get()
	lower, hasLower := r.Lower.Get()
	upper, hasUpper := r.Upper.Get()
	b.Tables["rates"].Add(table.Text(r.Name), table.Text(string(r.Numerator)), table.Text(string(r.Denominator)),
		table.Day(r.Period.Start), table.Day(r.Period.End), table.Float(value, known), table.Float(lower, hasLower),
		table.Float(upper, hasUpper), table.Text(r.Note+note))
}

func (b *rows) balance(name string, x compare.Balance) {
	share, known := x.OutPercent.Get()
	pace, hasPace := x.OutPerDay.Get()
	b.Tables["balances"].Add(table.Text(name), table.Text(x.Basis), table.Day(x.Period.Start), table.Day(x.Period.End),
		table.Count(x.Out), table.Count(x.In), table.Count(x.Difference), table.Count(x.Base), table.Float(share, known),
		table.Int(x.Period.Days()), table.Float(pace, hasPace), table.Text(string(x.Status)), table.Day(b.vintageOf(x.Vintage)), table.Text(x.Note))
}

func (b *rows) revision(r revision.Revision) {
	b.Tables["revisions"].Add(table.Text(string(r.Series.ID)), table.Day(r.Period.Start), table.Day(r.Period.End),
		table.Count(r.Old), table.Count(r.New), table.Count(r.New.Sub(r.Old)), table.Day(r.OldVintage), table.Day(r.NewVintage),
		table.Instant(r.FirstSeen), table.Bool(r.Marked), table.Bool(r.Substantial), table.Text(r.NewRelease), table.Text(string(r.Kind)))
}

func (b *rows) summary(s revision.Summary) {
	share, known := s.Share()
	b.Tables["revision-summary"].Add(table.Text(string(s.Series)), table.Int(s.Revisions), table.Int(s.Observations), table.Int(s.Withdrawn), table.Int(s.Revised),
		table.Float(share, known), table.Int(s.Silent), table.Int(s.Substantial), table.Int(int(s.Fall)), table.Int(int(s.Rise)),
		table.Float(float64(s.Absolute)/float64(s.Revisions), true), table.Int(s.Lag))
}

// release adds a release with what the ledger says that it changed.
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
	b.Tables["releases"].Add(table.Text(e.Source), table.Text(e.Release), table.Day(e.Vintage), table.Instant(e.FirstSeen),
		table.Text(path.Base(e.RawFile)), table.Int(e.Rows), table.Day(start), table.Day(end), table.Int(changed), table.Int(silent),
		table.Int(len(e.Findings)), table.Int(e.Rejects), table.Text(e.RawSHA256))
}

func (b *rows) bridgeRow(note string, p *compare.Path, per stat.Period, reference *compare.Path) {
	v, w := p.Over(per), reference.Over(per)
	b.Tables["bridges"].Add(table.Text(string(p.Series().ID)), table.Text(string(reference.Series().ID)),
		table.Day(per.Start), table.Day(per.End), table.Count(v.Value), table.Count(w.Value),
		table.Count(v.Value.Sub(w.Value)), table.Day(v.Vintage), table.Day(w.Vintage), table.Text(note))
}

func (b *rows) residual(x source.Total, r compare.Residual) {
	var parts []string
	for _, id := range x.Parts {
		parts = append(parts, string(id))
	}
	note := x.Note
	if r.Note != "" {
		note = r.Note
	}
	b.Tables["residuals"].Add(table.Text(string(x.Series)), table.Text(strings.Join(parts, " ")), table.Day(r.Period.Start), table.Day(r.Period.End),
		table.Count(r.Total), table.Count(r.Sum), table.Count(r.Difference), table.Text(string(r.Status)), table.Text(note))
}

func joinRows(rows []string) string { return strings.Join(rows, " ") }

// takenBack adds a row for each release that was taken back. Those that can be read are added
// whatever the error.
func (b *Builder) takenBack() error {
	if !b.AsOf.IsZero() {
		return nil // what was decided since is no part of what was known
	}
	list, err := b.Retractions()
	seen := map[[2]string]bool{}
	for _, r := range slices.Backward(list) { // the newest decision counts
		for _, id := range r.Releases {
			if k := [2]string{r.Source, id}; !seen[k] {
				seen[k] = true
				b.Tables["taken-back"].Add(table.Text(r.Source), table.Text(id), table.Text(r.Kind), table.Instant(r.At), table.Day(r.Released),
					table.Text(r.Reason), table.Text(r.Now), table.Day(r.NowReleased))
			}
		}
	}
	return err
}
