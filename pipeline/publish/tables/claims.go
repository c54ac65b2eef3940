package tables

import (
	"context"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/lake"
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
	registry.Registry
	asOf    stat.Date // releases after this day are not known; zero means all are
	sources []*source.Source
	known   map[string]watch.Known  // by source and newest release known
	listed  map[string][]lake.Entry // by source
	since   []stat.Date             // days from which a sentence may count
}

func newClaims(r registry.Registry, sources []*source.Source, asOf stat.Date) (*Claims, error) {
	c := &Claims{Registry: r, asOf: asOf, sources: sources, known: map[string]watch.Known{}, listed: map[string][]lake.Entry{}}
	for _, s := range sources {
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

// Answer answers a claim that was made on a day.
func (c *Claims) Answer(ctx context.Context, text string, on stat.Date) (*Claimed, error) {
	for _, s := range c.sources {
		entries, err := c.entries(s.ID)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID, err)
		}
		if len(entries) > 0 {
			return claim.Check(ctx, c, text, on, c.since)
		}
	}
	return nil, ErrNothing
}

// Known returns the series that a sentence may mean as they were known on a day.
func (c *Claims) Known(ctx context.Context, r *words.Reading, on stat.Date) ([]claim.Series, error) {
	var series []claim.Series
	for _, s := range c.sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !r.WantsSource(s.ID) {
			continue
		}
		found, err := c.series(s, r, on)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID, err)
		}
		series = append(series, found...)
	}
	return series, nil
}

// Releases returns the vintages after a day of the sources that a sentence may mean.
func (c *Claims) Releases(r *words.Reading, after stat.Date) ([]stat.Date, error) {
	var days []stat.Date
	for _, s := range c.sources {
		if !r.WantsSource(s.ID) {
			continue
		}
		entries, err := c.entries(s.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Vintage > after {
				days = append(days, e.Vintage)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days), nil
}

// entries returns the known releases of a source.
func (c *Claims) entries(id string) ([]lake.Entry, error) {
	if entries, listed := c.listed[id]; listed {
		return entries, nil
	}
	entries, err := c.OpenLake().Entries(id)
	if err != nil {
		return nil, err
	}
	c.listed[id] = slices.DeleteFunc(entries, func(e lake.Entry) bool { return !c.asOf.IsZero() && e.Vintage > c.asOf })
	return c.listed[id], nil
}

// series returns the series of a source that a sentence may mean, as they were known on a day.
func (c *Claims) series(s *source.Source, r *words.Reading, on stat.Date) ([]claim.Series, error) {
	entries, err := c.entries(s.ID)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	if s.Restates != "" {
		// Its facts are those of another source, which answers unless this one
		// alone was known on the day.
		other, err := c.entries(s.Restates)
		if err != nil || len(other) > 0 && other[0].Vintage <= on || entries[0].Vintage > on {
			return nil, err
		}
	}
	at, early := entries[0].Vintage, entries[0].Vintage > on
	for _, e := range entries {
		if e.Vintage <= on {
			at = e.Vintage
		}
	}
	key := s.ID + " " + at.String()
	k, read := c.known[key]
	if !read {
		k = watch.ReadKnown(c.Registry, s, at)
		if k.Err != nil {
			return nil, k.Err
		}
		c.known[key] = k
	}
	var out []claim.Series
	for _, p := range k.Paths {
		out = append(out, claim.Series{Path: p, AsOf: p.Vintage(), Early: early})
	}
	more, err := wanted(k.Others, r)
	for _, p := range more {
		out = append(out, claim.Series{Path: p, AsOf: p.Vintage(), Early: early})
	}
	return out, err
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
