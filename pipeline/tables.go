package pipeline

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/revision"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/watch"
)

// The methods below lay results out in the columns of the published tables. The
// table panics where a row does not fit its schema.

// yearContext is what sets a year to date beside other years without comparing it.
type yearContext struct {
	share    compare.Percent // of the whole year, once that is over
	passedOn stat.Date       // day on which the year before passed the value
}

func (b *builder) yearToDate(s *stat.Series, y compare.YTD, c yearContext) {
	share, over := c.share.Get()
	pct, known := y.ChangePercent.Get()
	b.tables["year-to-date"].Add(table.Text(string(s.ID)), table.Int(y.Year), table.Day(y.Cutoff),
		table.Day(y.Start), table.Day(y.End), table.Int(y.Days), table.Count(y.Value), table.Count(y.Prior),
		table.Count(y.Change), table.Float(pct, known), table.Count(y.PriorYear), table.Text(string(y.Status)),
		table.Day(b.vintageOf(y.Vintage)), table.Text(y.Note),
		table.Count(y.Lower), table.Count(y.Upper), table.Count(y.PriorWindow.Lower), table.Count(y.PriorWindow.Upper),
		table.Float(share, over), table.Day(c.passedOn))
}

func (b *builder) yearOnYear(s *stat.Series, c compare.Comparison) {
	pct, known := c.ChangePercent.Get()
	b.tables["year-on-year"].Add(table.Text(string(s.ID)), table.Text(c.Basis), table.Day(c.Period.Start), table.Day(c.Period.End),
		table.Count(c.Value), table.Count(c.Prior), table.Count(c.Change), table.Float(pct, known),
		table.Text(string(c.Status)), table.Day(b.vintageOf(c.Vintage)), table.Text(c.Note),
		table.Count(c.Lower), table.Count(c.Upper), table.Count(c.PriorLower), table.Count(c.PriorUpper))
}

func (b *builder) policy(id string, s *stat.Series, c compare.Comparison) {
	pct, known := c.ChangePercent.Get()
	b.tables["policy-periods"].Add(table.Text(id), table.Text(string(s.ID)), table.Day(c.Period.Start), table.Day(c.Period.End), table.Int(c.Period.Days()),
		table.Count(c.Value), table.Count(c.Prior), table.Count(c.Change), table.Float(pct, known), table.Text(string(c.Status)),
		table.Day(b.vintageOf(c.Vintage)), table.Text(c.Note))
}

// vintageOf returns v, or the build's newest vintage for a figure that rests on
// no observation: what says that there is none is the newest release.
func (b *builder) vintageOf(v stat.Date) stat.Date {
	if v.IsZero() {
		return b.vintage
	}
	return v
}

func (b *builder) daily(p *compare.Path) {
	id := table.Text(string(p.Series().ID))
	for _, d := range compare.DailyPath(p) {
		mean, known := d.Mean7.Get()
		b.tables["daily"].Add(id, table.Day(d.Date), table.Count(d.Value), table.Float(mean, known),
			table.Count(d.Cumulative), table.Count(d.PriorCumulative), table.Text(string(d.Status)))
	}
}

func (b *builder) records(p *compare.Path) {
	id := table.Text(string(p.Series().ID))
	for _, r := range compare.Records(p, topRecords) {
		b.tables["records"].Add(id, table.Text(r.Scope), table.Int(r.Rank), table.Day(r.Period.Start), table.Day(r.Period.End),
			table.Count(r.Value), table.Text(string(r.Status)))
	}
}

func (b *builder) rate(r compare.Rate, note string) {
	if r.Note != "" && note != "" {
		note = "; " + note
	}
	value, known := r.Value.Get()
	lower, hasLower := r.Lower.Get()
	upper, hasUpper := r.Upper.Get()
	b.tables["rates"].Add(table.Text(r.Name), table.Text(string(r.Numerator)), table.Text(string(r.Denominator)),
		table.Day(r.Period.Start), table.Day(r.Period.End), table.Float(value, known), table.Float(lower, hasLower),
		table.Float(upper, hasUpper), table.Text(r.Note+note))
}

func (b *builder) balance(name string, x compare.Balance) {
	share, known := x.OutPercent.Get()
	pace, hasPace := x.OutPerDay.Get()
	b.tables["balances"].Add(table.Text(name), table.Text(x.Basis), table.Day(x.Period.Start), table.Day(x.Period.End),
		table.Count(x.Out), table.Count(x.In), table.Count(x.Difference), table.Count(x.Base), table.Float(share, known),
		table.Int(x.Period.Days()), table.Float(pace, hasPace), table.Text(string(x.Status)), table.Day(b.vintageOf(x.Vintage)), table.Text(x.Note))
}

func (b *builder) revision(r revision.Revision) {
	b.tables["revisions"].Add(table.Text(string(r.Series.ID)), table.Day(r.Period.Start), table.Day(r.Period.End),
		table.Count(r.Old), table.Count(r.New), table.Count(r.New.Sub(r.Old)), table.Day(r.OldVintage), table.Day(r.NewVintage),
		table.Instant(r.FirstSeen), table.Bool(r.Marked), table.Bool(r.Substantial), table.Text(r.NewRelease), table.Text(string(r.Kind)))
}

func (b *builder) summary(s revision.Summary) {
	share, known := s.Share()
	b.tables["revision-summary"].Add(table.Text(string(s.Series)), table.Int(s.Revisions), table.Int(s.Observations), table.Int(s.Withdrawn), table.Int(s.Revised),
		table.Float(share, known), table.Int(s.Silent), table.Int(s.Substantial), table.Int(int(s.Fall)), table.Int(int(s.Rise)),
		table.Float(float64(s.Absolute)/float64(s.Revisions), true), table.Int(s.Lag))
}

// release adds a release with what the ledger says that it changed.
func (b *builder) release(e lake.Entry, ledger []revision.Revision) {
	changed, silent := 0, 0
	for _, r := range ledger {
		if r.NewRelease == e.Release {
			changed++
			if !r.Marked {
				silent++
			}
		}
	}
	start, end := span([]lake.Entry{e})
	b.tables["releases"].Add(table.Text(e.Source), table.Text(e.Release), table.Day(e.Vintage), table.Instant(e.FirstSeen),
		table.Text(path.Base(e.RawFile)), table.Int(e.Rows), table.Day(start), table.Day(end), table.Int(changed), table.Int(silent),
		table.Int(len(e.Findings)), table.Int(e.Rejects), table.Text(e.RawSHA256))
}

func (b *builder) bridgeRow(note string, p *compare.Path, per stat.Period, reference *compare.Path) {
	v, w := p.Over(per), reference.Over(per)
	b.tables["bridges"].Add(table.Text(string(p.Series().ID)), table.Text(string(reference.Series().ID)),
		table.Day(per.Start), table.Day(per.End), table.Count(v.Value), table.Count(w.Value),
		table.Count(v.Value.Sub(w.Value)), table.Day(v.Vintage), table.Day(w.Vintage), table.Text(note))
}

func (b *builder) residual(x source.Total, r compare.Residual) {
	var parts []string
	for _, id := range x.Parts {
		parts = append(parts, string(id))
	}
	note := x.Note
	if r.Note != "" {
		note = r.Note
	}
	b.tables["residuals"].Add(table.Text(string(x.Series)), table.Text(strings.Join(parts, " ")), table.Day(r.Period.Start), table.Day(r.Period.End),
		table.Count(r.Total), table.Count(r.Sum), table.Count(r.Difference), table.Text(string(r.Status)), table.Text(note))
}

func joinRows(rows []string) string { return strings.Join(rows, " ") }

// sourceRow returns the row of table sources for what is known of a source on a
// day. A trouble overrides the state that follows from the newest release.
func (c Config) sourceRow(k known, day stat.Date, trouble watch.SourceFault) ([]table.Cell, error) {
	s := k.source
	var last, start, end stat.Date
	var retrieved time.Time
	var sha string
	rejects := 0
	if n := len(k.entries); n > 0 {
		e := k.entries[n-1]
		last, sha, rejects = e.Vintage, e.RawSHA256, e.Rejects
		start, end = span(k.entries)
		var err error
		if retrieved, err = c.retrievedAt(s.ID, sha); err != nil {
			return nil, err
		}
	}
	known := lastOf(k.entries, k.held) // its publisher is not late with what waits here
	state := watch.State(known, s.Age(known), day)
	if state == watch.Current && len(changedNotes(k.entries)) > 0 {
		state = watch.Changed
	}
	if trouble.State != "" {
		state = trouble.State
	}
	if len(k.held) > 0 { // a person has to decide, whatever became of its page since
		state = watch.Held
	}
	if s.IsRetired(day) { // whatever became of its page since
		state = watch.Retired
	}
	findings := len(k.findings())
	if trouble.Message != "" {
		findings++
	}
	if k.err != nil {
		state = watch.Malformed
	}
	return []table.Cell{table.Text(s.ID), table.Text(s.Publisher), table.Text(s.Licence), table.Day(last),
		table.Instant(retrieved), table.Day(start), table.Day(end), table.Text(state), table.Int(findings), table.Text(sha), table.Int(rejects)}, nil
}

// findings returns what is odd about the newest release of a source, and in
// which texts it differs from the one before.
func (k known) findings() []stat.Finding {
	var out []stat.Finding
	if n := len(k.entries); n > 0 {
		out = append(out, k.entries[n-1].Findings...)
	}
	out = append(out, changedNotes(k.entries)...)
	if k.err != nil {
		out = append(out, stat.Finding{Code: "unreadable", Message: k.err.Error()})
	}
	if k.unheld != nil {
		out = append(out, stat.Finding{Code: "unreadable", Message: "a release that waits: " + k.unheld.Error()})
	}
	return out
}

// waiting returns which releases of a source wait for a person.
func (k known) waiting() []stat.Finding {
	var out []stat.Finding
	for _, sn := range k.held {
		out = append(out, stat.Finding{Code: Held, Where: sn.Release, Message: "the release " + waitsText})
	}
	return out
}

// days returns the days of the releases that wait, the earliest first.
func (k known) days() (out []stat.Date) {
	for _, sn := range k.held {
		out = append(out, sn.Meta.Released)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reviewDays is how long a changed definition is shown among the findings of a
// source, counted to its newest release: long enough for somebody to look.
const reviewDays = 90

// changedNotes returns where the headings and definitions of a release differ
// from those of the one before it, for releases of the last months. Figures in
// the tidy layout have no such texts and are passed over.
func changedNotes(entries []lake.Entry) []stat.Finding {
	var out []stat.Finding
	var before *lake.Entry
	for i := range entries {
		e := &entries[i]
		if len(e.Notes) == 0 {
			continue
		}
		if before != nil && e.Vintage.AddDays(reviewDays) >= entries[len(entries)-1].Vintage {
			out = append(out, changedBetween(*before, *e)...)
		}
		before = e
	}
	return out
}

func changedBetween(before, after lake.Entry) []stat.Finding {
	old := map[string]string{}
	for _, n := range before.Notes {
		old[n.Where] = n.SHA256
	}
	var out []stat.Finding
	changed := func(where, how string) {
		out = append(out, stat.Finding{Code: "definition-changed", Where: where, Message: fmt.Sprintf(
			"the text in the release of %s %s that of %s; see whether the figures still mean the same", after.Vintage, how, before.Vintage)})
	}
	for _, n := range after.Notes {
		switch hash, there := old[n.Where]; {
		case !there:
			changed(n.Where, "is new since")
		case hash != n.SHA256:
			changed(n.Where, "differs from")
		}
		delete(old, n.Where)
	}
	for _, where := range slices.Sorted(maps.Keys(old)) {
		changed(where, "is gone since")
	}
	return out
}

// span returns the first and last day that any of the releases states; a source
// may state a month at a time.
func span(entries []lake.Entry) (start, end stat.Date) {
	for _, e := range entries {
		for _, c := range e.Coverage {
			if start.IsZero() || c.Start < start {
				start = c.Start
			}
			end = max(end, c.End)
		}
	}
	return start, end
}

// retrievedAt returns when the file with a hash was fetched, zero for one that
// was added by hand or whose snapshot is gone.
func (c Config) retrievedAt(id, sha256 string) (time.Time, error) {
	all, err := c.snapshots(id)
	if err != nil && !errors.Is(err, archive.ErrDamaged) {
		return time.Time{}, err
	}
	i := slices.IndexFunc(all, func(sn archive.Snapshot) bool { return sn.Meta.SHA256 == sha256 })
	if i < 0 || all[i].Meta.Added {
		return time.Time{}, nil
	}
	return all[i].Meta.RetrievedAt, nil
}

// Status returns the rows of table sources as they stand on the clock's day, and
// the findings of each source's newest release. The table does not count a release that
// waits for a person, a finding of code Held, as nothing of it is published, nor the warnings
// of what the newest release moves, as these are for the operator. ids names the sources;
// none means all.
func Status(cfg Config, ids ...string) (*table.Table, map[string][]stat.Finding, error) {
	tbl, findings := table.New("sources"), map[string][]stat.Finding{}
	b := &builder{cfg: cfg}
	sources, err := cfg.sources(0)
	if err != nil {
		return nil, nil, err
	}
	if len(ids) > 0 {
		if sources, err = named(sources, ids); err != nil {
			return nil, nil, err
		}
	}
	for _, s := range sources {
		k := b.read(s)
		trouble := cfg.troubleWith(s.ID)
		if trouble.State == watch.Late || trouble.State == watch.Dead {
			trouble.State = "" // follows from the day
		}
		k.held, k.unheld = cfg.heldOf(s.ID)
		row, err := cfg.sourceRow(k, stat.DateOf(cfg.Now().UTC()), trouble)
		if err != nil {
			return nil, nil, err
		}
		tbl.Add(row...)
		findings[s.ID] = slices.Concat(k.findings(), cfg.warnings(k), k.waiting())
		if trouble.Message != "" {
			findings[s.ID] = append(findings[s.ID], stat.Finding{Code: "last-ingest", Message: trouble.Message})
		}
	}
	return tbl, findings, nil
}

// named returns those of the sources that have these ids, in the order of sources.
func named(sources []*source.Source, ids []string) ([]*source.Source, error) {
	for _, id := range ids {
		if !slices.ContainsFunc(sources, func(s *source.Source) bool { return s.ID == id }) {
			return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", ErrUsage, id)
		}
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !slices.Contains(ids, s.ID) }), nil
}

// Alarming reports whether a row of table sources has a state that an operator should be
// told of.
func Alarming(tbl *table.Table) bool {
	return slices.ContainsFunc(tbl.Column("state"), func(c table.Cell) bool { return watch.Alarming(c.String()) })
}
