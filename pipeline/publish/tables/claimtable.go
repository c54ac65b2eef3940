package tables

import (
	"context"
	"errors"
	"os"
	"slices"

	"crossings/pipeline/compare/claim"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// answeredClaim is a claim with the answer to it.
type answeredClaim struct {
	registry.Claim
	*Claimed
}

// answerClaims answers every claim in data/raw/claims that was made by the day asOf; the zero
// date means all claims. It answers the others before it returns the error of a bad file.
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
		answer, err := c.Answer(ctx, said.Text, said.On)
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

// claim adds the row of number i of a claim, from 1; 0 if it has none. The row has the first
// window that gives the number, as known on the day or later, or the nearest.
func (b *Builder) claim(said registry.Claim, i int, n ClaimedNumber) {
	r := row.Claim{Claim: said.ID, On: said.On, Text: said.Text, URL: said.URL, Number: i, NumberText: n.Text, Found: len(n.Matches)+len(n.Later) > 0}
	if best := slices.Concat(n.Matches, n.Later, n.Nearest); len(best) > 0 {
		b.answer(&r, best[0])
	}
	b.put(r)
}

// answer fills in the value of a window, and whether it was revised since.
func (b *Builder) answer(r *row.Claim, m claim.Match) {
	window := stat.Period{Start: m.WindowStart, End: m.WindowEnd}
	if p := b.findPath(m.Series); p != nil {
		r.ValueNow = p.Over(window).Value
	}
	if r.ValueNow != m.Value {
		r.RevisedOn = b.revisedOn(m.Series, window, m.AsOf)
	}
	r.Series, r.Basis = m.Series, m.Basis
	r.WindowStart, r.WindowEnd = m.WindowStart, m.WindowEnd
	r.Value, r.PriorValue, r.ChangePercent = m.Value, m.Prior, row.Num(m.Percent.Get())
	r.AsOf, r.Early, r.Changed = m.AsOf, row.Known(m.Early), row.Known(r.ValueNow != m.Value)
	r.Verdict = m.Verdict
}

// revisedOn returns the newest vintage after a day that changed a value of a series inside a
// window, or zero if none did.
func (b *Builder) revisedOn(id stat.SeriesID, window stat.Period, after stat.Date) stat.Date {
	var newest stat.Date
	for r := range row.Each[row.Revision](b.Tables["revisions"]) {
		if r.Series == id && r.PeriodStart >= window.Start && r.PeriodEnd <= window.End && r.NewVintage > after {
			newest = max(newest, r.NewVintage)
		}
	}
	return newest
}
