package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/charts"
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/compare/revision"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/watch"
)

// topRecords is how many ranks of each scope are published.
const topRecords = 10

// builder collects the tables of one build, source by source.
type builder struct {
	cfg       Config
	asOf      stat.Date
	vintage   stat.Date
	series    []stat.Series
	headlines []headline.Headline
	tables    map[string]*table.Table
	known     []known

	observations []stat.Observation // newest vintage of each
	ledgers      map[string][]byte  // by source, what is to be kept of them; see keptLedger
}

// known is what was known of one source at the time of the build.
type known struct {
	source  *source.Source
	entries []lake.Entry
	paths   []*compare.Path    // of the series that are compared
	others  []stat.Observation // of the breakdowns below them
	held    []archive.Snapshot // that wait for a person
	unheld  error              // why those that wait cannot be read
	err     error
}

// tableNames are the tables that a build makes, in the order in which they are
// shown.
var tableNames = []string{"headlines", "year-to-date", "year-on-year", "daily", "records", "rates", "balances", "policy-periods", "revisions", "revision-summary", "releases", "bridges", "residuals", "claims", "observations", "taken-back", "sources"}

// build reads the lake and fills the tables. The error names the sources that
// could not be read; the builder is nil where nothing could.
func build(ctx context.Context, cfg Config, asOf stat.Date) (*builder, error) {
	b := &builder{cfg: cfg, asOf: asOf, tables: map[string]*table.Table{}, ledgers: map[string][]byte{}}
	for _, name := range tableNames {
		b.tables[name] = table.New(name)
	}
	sources, err := cfg.sources(asOf)
	if err != nil {
		return nil, err
	}
	var answers []answeredClaim
	var beside errgroup.Group // what needs no table
	beside.Go(func() (err error) {
		answers, err = answerClaims(ctx, cfg, sources, asOf)
		return err
	})
	defer beside.Wait() // its error is taken where there is anything to publish
	var failed error
	rows := 0
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k := b.read(s)
		if k.err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.ID, k.err))
		}
		rows += len(k.others)
		for _, p := range k.paths {
			rows += len(p.Observations())
		}
		b.known = append(b.known, k)
	}
	if rows == 0 {
		return nil, errors.Join(failed, ErrNothing)
	}
	for i := range b.known {
		if err := b.add(&b.known[i]); err != nil {
			return nil, err
		}
	}
	if err := b.sources(); err != nil {
		return nil, err
	}
	failed = errors.Join(failed, beside.Wait(), b.takenBack())
	b.claims(answers)
	for _, h := range b.headlines {
		b.tables["headlines"].Add(table.Text(h.ID), table.Text(h.Text), table.Text(string(h.Series)), table.Day(h.Cutoff),
			table.Text(joinRows(h.Rows)), table.Text(string(h.Status)), table.Day(h.Vintage))
	}
	for _, name := range tableNames {
		if name != "headlines" { // the lead comes first
			b.tables[name].Sort()
		}
	}
	slices.SortFunc(b.observations, stat.Observation.Compare)
	b.tables["observations"] = table.Stream(b.observations)
	return b, failed
}

// read returns the paths of a source's series as of the build's date.
func (b *builder) read(s *source.Source) known {
	k := known{source: s}
	obs, entries, err := b.cfg.lake().AsOf(s.ID, b.asOf)
	if err != nil {
		k.err = err
		return k
	}
	k.entries = entries
	describe(s, obs)
	if n := len(entries); n > 0 {
		b.vintage = max(b.vintage, entries[n-1].Vintage)
	}
	for len(obs) > 0 {
		n := slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.ID != obs[0].Series.ID })
		if n < 0 {
			n = len(obs)
		}
		if !s.Compares(obs[0].Series.ID) {
			k.others = append(k.others, obs[:n]...)
			obs = obs[n:]
			continue
		}
		p, err := compare.NewPath(obs[0].Series, obs[:n])
		if err != nil {
			k.err = err
			return k
		}
		k.paths = append(k.paths, p)
		obs = obs[n:]
	}
	return k
}

// describe gives observations the series that their source describes, of which the
// lake keeps the codes alone. The observations of a release share their series, so
// that each is looked up once.
func describe(s *source.Source, obs []stat.Observation) {
	found := map[*stat.Series]*stat.Series{}
	for i := range obs {
		series, known := found[obs[i].Series]
		if !known {
			series = s.Describe(obs[i].Series)
			found[obs[i].Series] = series
		}
		obs[i].Series = series
	}
}

// path returns the path of a series, or nil.
func (k *known) path(id stat.SeriesID) *compare.Path {
	i := slices.IndexFunc(k.paths, func(p *compare.Path) bool { return p.Series().ID == id })
	if i < 0 {
		return nil
	}
	return k.paths[i]
}

// revisions adds what changed between the source's releases.
func (b *builder) revisions(k *known) error {
	ledger, err := b.ledger(k)
	if err != nil {
		return err
	}
	for _, r := range ledger {
		b.revision(r)
	}
	stated := map[stat.SeriesID]int{}
	for _, p := range k.paths {
		stated[p.Series().ID] = len(p.Observations())
	}
	for _, o := range k.others {
		stated[o.Series.ID]++
	}
	for _, s := range revision.Summarise(ledger, stated) {
		b.summary(s)
	}
	for _, e := range k.entries {
		b.release(e, ledger)
	}
	return nil
}

// add fills the tables from one source.
func (b *builder) add(k *known) error {
	if err := b.revisions(k); err != nil {
		return fmt.Errorf("%s: %w", k.source.ID, err)
	}
	b.observations = append(b.observations, k.others...)
	for _, p := range k.paths {
		b.observations = append(b.observations, p.Observations()...)
		b.series = append(b.series, *p.Series())
		if k.source.Restates != "" {
			b.bridge(k.source, p)
			continue
		}
		b.daily(p)
		b.records(p)
		cutoff := cutoffOf(p, k.paths)
		if cutoff.IsZero() {
			continue
		}
		if err := b.compare(p, cutoff); err != nil {
			return fmt.Errorf("%s: %w", p.Series().ID, err)
		}
	}
	for _, r := range k.source.Rates {
		b.rates(r)
	}
	for _, x := range k.source.Bridges {
		b.bridges(x)
	}
	for _, x := range k.source.Totals {
		b.residuals(x)
	}
	for _, x := range k.source.Balances {
		b.balances(x)
	}
	return nil
}

// findPath returns the path of a series of any source, or nil.
func (b *builder) findPath(id stat.SeriesID) *compare.Path {
	source, _, _, _, err := id.Parse()
	if err != nil {
		return nil
	}
	for i := range b.known {
		if b.known[i].source.ID == source {
			return b.known[i].path(id)
		}
	}
	return nil
}

// cutoffOf returns the cut-off of a series' comparisons: the last day known in
// all series of its source that have its frequency, are flows and were stated by
// the same newest release, so that figures shown side by side end on the same day.
// A series of another kind of file, with a rhythm of its own, is not beside them.
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
func (b *builder) compare(p *compare.Path, cutoff stat.Date) error {
	s := p.Series()
	if s.Kind == stat.Flow && s.Frequency() != stat.Annual { // a year has no part years
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
			b.yearToDate(s, y, c)
		}
		if n := len(years); n > 0 {
			if h, ok := headline.YearToDate(s, years[n-1]); ok {
				b.headlines = append(b.headlines, h)
			}
			if h, ok := headline.Rank(s, years); ok {
				b.headlines = append(b.headlines, h)
			}
		}
	}
	comparisons, err := compare.YearOnYear(p, cutoff)
	if err != nil {
		return err
	}
	var rolling *compare.Comparison
	for i, c := range comparisons {
		b.yearOnYear(s, c)
		if c.Basis == compare.BasisRolling {
			rolling = &comparisons[i]
		}
	}
	if rolling != nil {
		if h, ok := headline.Rolling(s, *rolling); ok {
			b.headlines = append(b.headlines, h)
		}
	}
	return nil
}

// sources adds a row for each source. Its state is that found by the last
// ingest; for a build as of a day in the past it follows from the releases
// known then. Neither needs the clock.
func (b *builder) sources() error {
	for i := range b.known {
		k := &b.known[i]
		var trouble watch.SourceFault
		if b.asOf.IsZero() {
			trouble = b.cfg.troubleWith(k.source.ID)
			if b.cfg.overlay == "" { // where there is one, what waits is in it
				k.held, k.unheld = b.cfg.heldOf(k.source.ID)
			}
		}
		row, err := b.cfg.sourceRow(*k, b.vintage, trouble)
		if err != nil {
			return err
		}
		b.tables["sources"].Add(row...)
	}
	return nil
}

// site returns what the build shows.
func (b *builder) site() (site.Site, error) {
	figures, err := charts.Load()
	if err != nil {
		return site.Site{}, err
	}
	topics, err := charts.LoadTopics()
	if err != nil {
		return site.Site{}, err
	}
	events, err := charts.LoadEvents()
	if err != nil {
		return site.Site{}, err
	}
	out := site.Site{Title: "Crossings", AsOf: b.asOf, Vintage: b.vintage, Series: b.series, Charts: figures, Topics: topics, Events: events,
		Base: b.cfg.Base, Program: programVersion()}
	for _, name := range tableNames {
		out.Tables = append(out.Tables, b.tables[name])
	}
	for _, k := range b.known {
		s := k.source
		out.Sources = append(out.Sources, site.SourceInfo{ID: s.ID, Title: s.Title, Publisher: s.Publisher, Licence: s.Licence,
			LicenceAt: s.LicenceAt, Homepage: s.Homepage, Holds: s.Holds, Every: s.Every, Waiting: k.days()})
	}
	return out, nil
}
