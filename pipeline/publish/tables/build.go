package tables

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/hint"

	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/watch"
)

// ErrNothing means that there is nothing to publish yet.
var ErrNothing = hint.New("the lake is empty", "bring in a release first: ingest run, or ingest add SOURCE FILE")

// topRecords is how many ranks of each scope are published.
const topRecords = 10

// Builder collects the tables of one build, source by source.
type Builder struct {
	registry.Registry
	rows
	AsOf      stat.Date
	Series    []stat.Series
	Headlines []headline.Headline
	Known     []watch.Known

	observations []stat.Observation  // the newest vintage of each
	ledgers      map[string][]byte   // what KeepLedgers stores, by source; see keptLedger
	histories    *revision.Histories // of the source that add works on
	kept         map[stat.SeriesID]*ageing
	largest      []headline.Headline // on the largest parts; they come last
}

// rows lays results out in the columns of the tables.
type rows struct {
	Tables  map[string]*table.Table
	Vintage stat.Date // of the newest release that the build reads
}

// TableNames are the tables that a build makes, in the order in which they are
// shown.
var TableNames = []string{"headlines", "year-to-date", "year-on-year", "daily", "records", "breakdowns", "rates", "balances", "policy-periods", "context", "revisions", "revision-summary", "revision-lags", "revision-triangle", "releases", "bridges", "residuals", "claims", "observations", "incidents", "labels", "taken-back", "quality", "sources"}

// Build reads the lake and fills the tables. The error names the sources that could not be
// read. The builder is nil if none could.
func Build(ctx context.Context, r registry.Registry, asOf stat.Date) (*Builder, error) {
	b := &Builder{Registry: r, AsOf: asOf, rows: rows{Tables: map[string]*table.Table{}}, ledgers: map[string][]byte{}, kept: map[stat.SeriesID]*ageing{}}
	for _, name := range TableNames {
		b.Tables[name] = table.New(name)
	}
	sources, err := r.All(asOf)
	if err != nil {
		return nil, err
	}
	var answers []answeredClaim
	var claims errgroup.Group // answered meanwhile: they need no table
	claims.Go(func() (err error) {
		answers, err = answerClaims(ctx, r, sources, asOf)
		return err
	})
	defer claims.Wait() // its error counts only if there is anything to publish
	var failed error
	rows := 0
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k := watch.ReadKnown(b.Registry, s, asOf)
		if n := len(k.Entries); n > 0 {
			b.Vintage = max(b.Vintage, k.Entries[n-1].Vintage)
		}
		if k.Err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.ID, k.Err))
		}
		rows += len(k.Others)
		for _, p := range k.Paths {
			rows += len(p.Observations())
		}
		b.Known = append(b.Known, k)
	}
	if rows == 0 {
		return nil, errors.Join(failed, ErrNothing)
	}
	for i := range b.Known {
		if err := b.add(&b.Known[i]); err != nil {
			return nil, err
		}
		failed = errors.Join(failed, addBreakdowns(b, &b.Known[i]))
	}
	b.histories = nil // it is large
	b.Headlines = append(b.Headlines, b.largest...)
	if err := b.sources(); err != nil {
		return nil, err
	}
	failed = errors.Join(failed, claims.Wait(), b.takenBack(), b.incidents())
	b.claims(answers)
	addLabels(b)
	for _, h := range b.Headlines {
		b.headline(h)
	}
	for _, name := range TableNames {
		if name != "headlines" { // the lead comes first
			b.Tables[name].Sort()
		}
	}
	addQuality(b)
	slices.SortFunc(b.observations, stat.Observation.Compare)
	b.Tables["observations"] = table.Stream(b.observations)
	return b, failed
}

// Forget lets go of what only the tables are made from: as much memory as they take themselves. Known
// keeps the sources without their figures.
func (b *Builder) Forget() {
	for i := range b.Known {
		b.Known[i].Paths, b.Known[i].Others = nil, nil
	}
	b.ledgers, b.kept = nil, nil
}

// revisions adds what changed between the source's releases.
func (b *Builder) revisions(k *watch.Known) error {
	l, err := b.ledger(k)
	if err != nil {
		return err
	}
	b.histories = l.Histories()
	ledger := l.Revisions
	for _, r := range ledger {
		b.revision(r)
	}
	stated := map[stat.SeriesID]int{}
	for _, p := range k.Paths {
		stated[p.Series().ID] = len(p.Observations())
	}
	for _, o := range k.Others {
		stated[o.Series.ID]++
	}
	for _, s := range revision.Summarise(ledger, stated) {
		b.summary(s, b.history(s.Series))
	}
	b.vintages(k.Paths, b.histories)
	for _, e := range k.Entries {
		b.release(e, ledger)
	}
	return nil
}

// add fills the tables from one source.
func (b *Builder) add(k *watch.Known) error {
	if err := b.revisions(k); err != nil {
		return fmt.Errorf("%s: %w", k.Source.ID, err)
	}
	keepAges(b, k.Source.ID)
	b.observations = append(b.observations, k.Others...)
	for _, p := range k.Paths {
		b.observations = append(b.observations, p.Observations()...)
		b.Series = append(b.Series, *p.Series())
		if k.Source.Restates != "" {
			b.bridge(k.Source, p)
			continue
		}
		b.daily(p)
		b.records(p)
		cutoff := cutoffOf(p, k.Paths)
		if cutoff.IsZero() {
			continue
		}
		if err := b.compare(p, cutoff); err != nil {
			return fmt.Errorf("%s: %w", p.Series().ID, err)
		}
	}
	for _, r := range k.Source.Rates {
		b.rates(r)
	}
	for _, x := range k.Source.Bridges {
		b.bridges(x)
	}
	for _, x := range k.Source.Totals {
		b.residuals(x)
	}
	for _, x := range k.Source.Balances {
		if err := b.balances(x); err != nil {
			return fmt.Errorf("%s: %w", x.ID, err)
		}
	}
	for _, x := range k.Source.Contexts {
		if err := addContext(b, x); err != nil {
			return fmt.Errorf("%s: %w", x.ID, err)
		}
	}
	return nil
}

// saidOf returns what the sentences about a series must know. Without a day in the past, the newest
// release says what day it is.
func saidOf(b *Builder, s *stat.Series) headline.Known {
	on := max(b.AsOf, b.Vintage)
	i := slices.IndexFunc(b.Known, func(k watch.Known) bool { return k.Source.ID == s.Source })
	return headline.Known{On: on, Late: i >= 0 && watch.IsBehind(b.Known[i], on)}
}

// findPath returns the path of a series of any source, or nil.
func (b *Builder) findPath(id stat.SeriesID) *compare.Path {
	source, _, _, _, err := id.Parse()
	if err != nil {
		return nil
	}
	for i := range b.Known {
		if b.Known[i].Source.ID == source {
			return b.Known[i].Path(id)
		}
	}
	return nil
}

// cutoffOf returns the last day to compare of a series: the last day that is known in all flows
// of its source with the same frequency and the same newest release. Figures shown next to each
// other then end on the same day. A series from another kind of file, which comes at other times,
// has its own cut-off.
func cutoffOf(p *compare.Path, all []*compare.Path) stat.Date {
	var group []*compare.Path
	for _, q := range all {
		if _, end := q.KnownCoverage(); !end.IsZero() && q.Series().Frequency() == p.Series().Frequency() && q.Series().Kind == p.Series().Kind &&
			q.Vintage() == p.Vintage() {
			group = append(group, q)
		}
	}
	if _, end := p.KnownCoverage(); end.IsZero() || p.Series().Kind == stat.Stock {
		return end
	}
	return compare.CommonCutoff(group...)
}

// compare adds a series' years to date and years on year, and its headlines.
func (b *Builder) compare(p *compare.Path, cutoff stat.Date) error {
	ages := ageingOf(b, p.Series().ID)
	if err := addYearsToDate(b, p, cutoff, ages); err != nil {
		return err
	}
	return addYearsOnYear(b, p, cutoff, ages)
}

// addYearsToDate adds a series' years to date, and the headlines of the newest.
func addYearsToDate(b *Builder, p *compare.Path, cutoff stat.Date, ages *ageing) error {
	s := p.Series()
	if s.Kind != stat.Flow || s.Frequency() == stat.Annual { // a year has no part years
		return nil
	}
	years, err := compare.YearToDate(p, cutoff)
	if err != nil {
		return err
	}
	shares := map[int]compare.Percent{}
	for _, x := range compare.ShareReached(p, cutoff) {
		shares[x.Year] = x.Share
	}
	for i, y := range years {
		c := yearContext{share: shares[y.Year]}
		if i == len(years)-1 {
			c.passedOn, _ = compare.PassedOn(p, cutoff)
		}
		years[i].Young = ages.of(y.Value, stat.Period{Start: y.Start, End: y.End}, stat.Period{Start: y.PriorWindow.Start, End: y.PriorWindow.End})
		years[i].Note = append(y.Note, ages.notes(years[i].Young, y.End)...)
		b.yearToDate(s, years[i], c)
	}
	if n := len(years); n > 0 {
		if h, ok := headline.YearToDate(s, years[n-1], saidOf(b, s)); ok {
			b.Headlines = append(b.Headlines, h)
		}
		if h, ok := headline.Rank(s, years, saidOf(b, s)); ok {
			b.Headlines = append(b.Headlines, h)
		}
	}
	return nil
}

// addYearsOnYear adds a series' periods against those of a year before, and the headline of the newest
// twelve months.
func addYearsOnYear(b *Builder, p *compare.Path, cutoff stat.Date, ages *ageing) error {
	s := p.Series()
	comparisons, err := compare.YearOnYear(p, cutoff)
	if err != nil {
		return err
	}
	var rolling *compare.Comparison
	for i := range comparisons {
		c := &comparisons[i]
		ages.ofComparison(c)
		b.yearOnYear(s, *c)
		if c.Basis == compare.BasisRolling {
			rolling = c
		}
	}
	if rolling != nil {
		if h, ok := headline.Rolling(s, *rolling); ok {
			b.Headlines = append(b.Headlines, h)
		}
	}
	return nil
}

// sources adds a row for each source. Its state is what the last ingest found. As of a day in the
// past, the state follows from the releases known then. Neither needs the clock.
func (b *Builder) sources() error {
	for i := range b.Known {
		k := &b.Known[i]
		var trouble watch.SourceFault
		if b.AsOf.IsZero() {
			trouble = watch.LastFault(b.Registry, k.Source.ID)
			if b.Overlay == "" { // an overlay contains the pending releases
				k.Pending, k.PendingErr = b.PendingFiles(k.Source.ID)
			}
		}
		r, err := watch.SourceRow(b.Registry, *k, b.Vintage, trouble)
		if err != nil {
			return err
		}
		b.put(r)
	}
	return nil
}
