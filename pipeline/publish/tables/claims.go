package tables

import (
	"context"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/compare/claim"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// Claimed is the answer to a claim: for each of its numbers the windows that
// reproduce it, or the nearest.
type Claimed struct {
	Text    string          `json:"text"`
	On      stat.Date       `json:"on"`
	Numbers []ClaimedNumber `json:"numbers"`
}

// ClaimedNumber is the answer for one number. Nearest is empty if a window matches.
type ClaimedNumber struct {
	Text    string        `json:"text"`
	Matches []claim.Match `json:"matches"`
	Nearest []claim.Match `json:"nearest"`
}

// Claim searches what was known on the day on for the windows that reproduce the
// numbers in a text. If nothing was known of a source then, its oldest
// release answers, with the days after the claim left out.
func Claim(ctx context.Context, r registry.Registry, text string, on stat.Date) (*Claimed, error) {
	sources, err := r.All(0)
	if err != nil {
		return nil, err
	}
	c, err := newClaims(r, sources, 0)
	if err != nil {
		return nil, err
	}
	return c.answer(ctx, text, on)
}

// claims answers one claim after another. What was known of a source is read once
// for all days between two of its releases.
type claims struct {
	registry.Registry
	asOf    stat.Date // releases after this day are not known; zero means all are
	sources []*source.Source
	known   map[string][]claim.Series // by source and newest release known
	listed  map[string][]lake.Entry   // by source
	since   []stat.Date               // days from which a sentence may count
}

func newClaims(r registry.Registry, sources []*source.Source, asOf stat.Date) (*claims, error) {
	c := &claims{Registry: r, asOf: asOf, sources: sources, known: map[string][]claim.Series{}, listed: map[string][]lake.Entry{}}
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

func (c *claims) answer(ctx context.Context, text string, on stat.Date) (*Claimed, error) {
	var series []claim.Series
	for _, s := range c.sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := c.series(s, on)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID, err)
		}
		series = append(series, found...)
	}
	if len(series) == 0 {
		return nil, ErrNothing
	}
	out := &Claimed{Text: text, On: on, Numbers: []ClaimedNumber{}}
	for _, a := range claim.Search(claim.Parse(text), on, series, c.since) {
		n := ClaimedNumber{Text: a.Text, Matches: a.Matches, Nearest: a.Nearest}
		if n.Matches == nil {
			n.Matches = []claim.Match{}
		}
		if n.Nearest == nil {
			n.Nearest = []claim.Match{}
		}
		out.Numbers = append(out.Numbers, n)
	}
	return out, nil
}

// entries returns the known releases of a source.
func (c *claims) entries(id string) ([]lake.Entry, error) {
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

// series returns the series of a source that are compared, as they were known on a
// day.
func (c *claims) series(s *source.Source, on stat.Date) ([]claim.Series, error) {
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
	if _, read := c.known[key]; !read {
		k := watch.ReadKnown(c.Registry, s, at)
		if k.Err != nil {
			return nil, k.Err
		}
		c.known[key] = []claim.Series{}
		for _, p := range k.Paths {
			c.known[key] = append(c.known[key], claim.Series{Path: p, AsOf: p.Vintage()})
		}
	}
	out := slices.Clone(c.known[key])
	for i := range out {
		out[i].Early = early
	}
	return out, nil
}

// shownMatches is the number of windows that a terminal shows for each number.
const shownMatches = 3

// Lines returns the answer for people, a line a window.
func (c Claimed) Lines() []string {
	if len(c.Numbers) == 0 {
		return []string{"There is no number in the text that could be looked for."}
	}
	var out []string
	for _, n := range c.Numbers {
		switch {
		case len(n.Matches) > 0:
			out = append(out, fmt.Sprintf("%s is reproduced by", n.Text))
		case len(n.Nearest) > 0:
			out = append(out, fmt.Sprintf("%s is reproduced by no window; the nearest are", n.Text))
		default:
			out = append(out, fmt.Sprintf("%s: no series has figures to compare it with", n.Text))
		}
		list := append(n.Matches, n.Nearest...)
		for _, m := range list[:min(len(list), shownMatches)] {
			out = append(out, "  "+line(m))
		}
	}
	return out
}

// line describes one window.
func line(m claim.Match) string {
	text := fmt.Sprintf("%s %s, %s to %s: %s", m.Series, m.Basis, m.WindowStart, m.WindowEnd, m.Value)
	if m.Prior.IsKnown() {
		text += fmt.Sprintf(", against %s in %s to %s", m.Prior, m.PriorStart, m.PriorEnd)
		if m.Percent.IsKnown() {
			text += " (" + m.Percent.Signed() + ")"
		}
	}
	text += fmt.Sprintf("; release of %s", m.AsOf)
	if m.Early {
		text += ", the oldest known, for none is as old as the claim"
	}
	return text
}
