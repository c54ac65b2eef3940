package tables

import (
	"context"
	"errors"
	"os"

	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// answeredClaim is a claim with the answer to it.
type answeredClaim struct {
	registry.Claim
	*Claimed
}

// answerClaims answers every claim of data/raw/claims that was said by the day asOf,
// the zero date meaning all. A bad file is an error after the others are done.
func answerClaims(ctx context.Context, r registry.Registry, sources []*source.Source, asOf stat.Date) ([]answeredClaim, error) {
	if _, err := os.Stat(r.Dir.Claims()); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	list, failed := r.Claims()
	c, err := newClaims(r, sources, asOf)
	if err != nil {
		return nil, errors.Join(failed, err)
	}
	var out []answeredClaim
	for _, said := range list {
		if !asOf.IsZero() && said.On > asOf {
			continue
		}
		answer, err := c.answer(ctx, said.Text, said.On)
		if err != nil {
			return out, errors.Join(failed, err)
		}
		out = append(out, answeredClaim{said, answer})
	}
	return out, failed
}

// claims adds the answers to claims.
func (b *Builder) claims(answers []answeredClaim) {
	for _, a := range answers {
		if len(a.Numbers) == 0 {
			b.claim(a.Claim, 0, ClaimedNumber{})
		}
		for i, n := range a.Numbers {
			b.claim(a.Claim, i+1, n)
		}
	}
}

// claim adds the row of one number of a claim.
func (b *Builder) claim(said registry.Claim, i int, n ClaimedNumber) {
	row := []table.Cell{table.Text(said.ID), table.Day(said.On), table.Text(said.Text), table.Text(said.URL), table.Int(i),
		table.Text(n.Text), table.Bool(len(n.Matches) > 0)}
	best := append(n.Matches, n.Nearest...)
	if len(best) == 0 {
		row = append(row, table.Text(""), table.Text(""), table.Day(0), table.Day(0), table.Count(stat.Count{}), table.Count(stat.Count{}),
			table.Float(0, false), table.Day(0), table.NoBool(), table.Count(stat.Count{}), table.NoBool(), table.Day(0))
		b.Tables["claims"].Add(row...)
		return
	}
	m := best[0]
	percent, known := m.Percent.Get()
	now, window := stat.Count{}, stat.Period{Start: m.WindowStart, End: m.WindowEnd}
	if p := b.findPath(m.Series); p != nil {
		now = p.Over(window).Value
	}
	var revised stat.Date
	if now != m.Value {
		revised = b.revisedOn(m.Series, window, m.AsOf)
	}
	b.Tables["claims"].Add(append(row, table.Text(string(m.Series)), table.Text(m.Basis), table.Day(m.WindowStart), table.Day(m.WindowEnd),
		table.Count(m.Value), table.Count(m.Prior), table.Float(percent, known), table.Day(m.AsOf), table.Bool(m.Early),
		table.Count(now), table.Bool(now != m.Value), table.Day(revised))...)
}

// revisedOn returns the newest vintage after a day that changed a value of a series
// inside a window, zero where none did.
func (b *Builder) revisedOn(id stat.SeriesID, window stat.Period, after stat.Date) stat.Date {
	t := b.Tables["revisions"]
	series, start, end, vintage := t.Column("series"), t.Column("period_start"), t.Column("period_end"), t.Column("new_vintage")
	var newest stat.Date
	for i := range series {
		if series[i].String() == string(id) && start[i].Date() >= window.Start && end[i].Date() <= window.End && vintage[i].Date() > after {
			newest = max(newest, vintage[i].Date())
		}
	}
	return newest
}
