package tables

import (
	"context"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// Claimed is the answer to a claim, and ClaimedNumber to one of its numbers.
type (
	Claimed       = claim.Claimed
	ClaimedNumber = claim.ClaimedNumber
)

// Claim searches what was known on the day on for the windows that reproduce the
// numbers in a text. If nothing was known of a source then, its oldest
// release answers, with the days after the claim left out.
func Claim(ctx context.Context, r registry.Registry, text string, on stat.Date) (*Claimed, error) {
	c, err := NewClaims(r)
	if err != nil {
		return nil, err
	}
	return c.Answer(ctx, text, on)
}

// NewClaims returns what answers claims from everything that a data folder has.
func NewClaims(r registry.Registry) (*Claims, error) {
	sources, err := r.All(0)
	if err != nil {
		return nil, err
	}
	return newClaims(r, sources, 0)
}

// Claims answers one claim after another. What was known of a source is read once
// for all days between two of its releases.
type Claims struct {
	archive claim.Archive
	since   []stat.Date // days from which a sentence may count
}

func newClaims(r registry.Registry, sources []*source.Source, asOf stat.Date) (*Claims, error) {
	c := &Claims{}
	for _, s := range sources {
		c.archive = append(c.archive, &lakeSource{Registry: r, source: s, asOf: asOf, known: map[stat.Date]watch.Known{}})
		for _, x := range s.Balances {
			c.since = append(c.since, x.Since)
		}
	}
	events, err := charts.LoadEvents()
	for _, e := range events {
		c.since = append(c.since, e.Date)
	}
	slices.Sort(c.since)
	c.since = slices.Compact(c.since)
	return c, err
}

// Since returns the days from which a sentence may count, in order.
func (c *Claims) Since() []stat.Date { return c.since }

// Answer answers a claim that was made on a day.
func (c *Claims) Answer(ctx context.Context, text string, on stat.Date) (*Claimed, error) {
	for _, s := range c.archive {
		days, err := s.Vintages()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID(), err)
		}
		if len(days) > 0 {
			return claim.Check(ctx, c.archive, text, on, c.since)
		}
	}
	return nil, ErrNothing
}

// lakeSource is what claims need of a source in the lake.
type lakeSource struct {
	registry.Registry
	source *source.Source
	asOf   stat.Date // releases after this day are not known; zero means all are
	listed bool
	days   []stat.Date
	known  map[stat.Date]watch.Known // by the newest release known
}

// ID returns the name of the source.
func (l *lakeSource) ID() string { return l.source.ID }

// Restates returns the source whose facts this one repeats, or "".
func (l *lakeSource) Restates() string { return l.source.Restates }

// Vintages returns the days of the known releases.
func (l *lakeSource) Vintages() ([]stat.Date, error) {
	if l.listed {
		return l.days, nil
	}
	entries, err := l.OpenLake().Entries(l.source.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if l.asOf.IsZero() || e.Vintage <= l.asOf {
			l.days = append(l.days, e.Vintage)
		}
	}
	l.listed = true
	return l.days, nil
}

// Paths returns the series that a sentence may mean as they were known at the end of a day.
func (l *lakeSource) Paths(r *words.Reading, at stat.Date) ([]*compare.Path, error) {
	k, read := l.known[at]
	if !read {
		k = watch.ReadKnown(l.Registry, l.source, at)
		if k.Err != nil {
			return nil, k.Err
		}
		l.known[at] = k
	}
	more, err := wanted(k.Others, r)
	return append(slices.Clone(k.Paths), more...), err
}

// wanted returns the series broken down by what a sentence names. The observations are in order of series.
func wanted(obs []stat.Observation, r *words.Reading) ([]*compare.Path, error) {
	var out []*compare.Path
	for len(obs) > 0 {
		n := slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.ID != obs[0].Series.ID })
		if n < 0 {
			n = len(obs)
		}
		if r.Wants(obs[0].Series.ID) {
			p, err := compare.NewPath(obs[0].Series, obs[:n])
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
		obs = obs[n:]
	}
	return out, nil
}
