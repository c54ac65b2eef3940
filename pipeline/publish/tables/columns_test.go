package tables

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// expected makes the rows of each table from what the world states.
var expected = map[string]func(w *world) []row.Row{
	"headlines":         (*world).headlines,
	"year-to-date":      (*world).yearsToDate,
	"year-on-year":      (*world).yearsOnYear,
	"daily":             (*world).days,
	"records":           (*world).records,
	"breakdowns":        (*world).breakdowns,
	"rates":             (*world).rates,
	"balances":          (*world).balances,
	"policy-periods":    (*world).policyPeriods,
	"context":           (*world).contextRows,
	"revisions":         (*world).revisions,
	"revision-summary":  (*world).revisionSummary,
	"revision-lags":     (*world).revisionLags,
	"revision-triangle": (*world).triangle,
	"releases":          (*world).releaseRows,
	"bridges":           (*world).bridges,
	"residuals":         (*world).residuals,
	"claims":            (*world).claimRows,
	"observations":      (*world).observationRows,
	"incidents":         (*world).incidentRows,
	"labels":            (*world).labelRows,
	"taken-back":        (*world).takenBack,
	"quality":           (*world).qualityRows,
	"sources":           (*world).sourceRows,
}

// TestEveryFigureIsInItsColumn compares the tables with rows that are added up from the
// observations one by one.
func TestEveryFigureIsInItsColumn(t *testing.T) {
	w := newWorld(t)
	for _, name := range TableNames {
		want, got := table.New(name), w.Tables[name].Held()
		for _, r := range expected[name](w) {
			row.Add(want, r)
		}
		if name != "headlines" {
			want.Sort()
		}
		if want.Len() == 0 || want.Len() != got.Len() {
			t.Errorf("%s has %d rows; want %d", name, got.Len(), want.Len())
			continue
		}
		wrong := 0
		for i, cells := range want.Rows {
			for c, cell := range cells {
				if text := got.Rows[i][c].String(); text != cell.String() && wrong < 5 {
					wrong++
					t.Errorf("%s, row %d (%s): %s is %q; want %q", name, i, got.Rows[i][:3], got.Schema.Columns[c].Name, text, cell)
				}
			}
		}
	}
}

// TestNoTwoColumnsAreAlike checks that TestEveryFigureIsInItsColumn fails if the figures of any two
// columns of a table are swapped: some row has another figure in each.
func TestNoTwoColumnsAreAlike(t *testing.T) {
	w := newWorld(t)
	for _, name := range TableNames {
		columns := w.Tables[name].Schema.Columns
		rows := w.Tables[name].Held().Rows
		for i, a := range columns {
			for j, b := range columns[:i] {
				if a.Type == b.Type && !slices.ContainsFunc(rows, func(r []table.Cell) bool { return r[i].String() != r[j].String() }) {
					t.Errorf("%s: columns %s and %s are the same in all %d rows", name, b.Name, a.Name, len(rows))
				}
			}
		}
	}
}

func (w *world) headlines() (out []row.Row) {
	texts := map[string]string{}
	for _, h := range w.Headlines {
		texts[h.ID] = h.Text
	}
	for _, h := range []row.Headline{
		{ID: "x-people-d-year-to-date", Cutoff: lastDay, Rows: "year-to-date/x:people:D/2024"},
		{ID: "x-people-d-rank", Cutoff: lastDay, Rows: "year-to-date/x:people:D/2024"},
		{ID: "x-people-d-rolling-12-months", Cutoff: lastDay, Rows: "year-on-year/x:people:D/rolling-12-months/2023-05-28"},
		{ID: "x-people-d-policy-period-pact", Cutoff: lastDay, Rows: "policy-periods/pact/x:people:D/policy-period"},
		{ID: "pact-balance", Series: returns, Cutoff: stat.NewDate(2024, 4, 30), Rows: "balances/pact/cumulative/2024-04-30"},
		{ID: "x-people-d-context-days", Cutoff: lastDay, Rows: "context/x:people:D/days/2024-01-01"},
		{ID: "x-people-d-context-boats", Cutoff: lastDay, Rows: "context/x:people:D/boats/2024-01-01"},
	} {
		if h.Series == "" {
			h.Series = people
		}
		h.Text, h.Status, h.Vintage = texts[h.ID], stat.Provisional, newRel.Vintage
		out = append(out, h)
	}
	return out
}

func (w *world) revisions() (out []row.Row) {
	for _, r := range w.changes() {
		out = append(out, r)
	}
	return out
}

// changes compares each release of x with the one before.
func (w *world) changes() (out []row.Revision) {
	for n := 1; n < len(w.releases); n++ {
		old, release := w.releases[n-1][0].Release, w.releases[n][0].Release
		stated := map[string]stat.Observation{}
		key := func(o stat.Observation) string { return fmt.Sprint(o.Series.ID, o.Period.Start) }
		for _, o := range w.releases[n] {
			stated[key(o)] = o
		}
		for _, o := range w.releases[n-1] {
			now, ok := stated[key(o)]
			if now.Value == o.Value {
				continue
			}
			r := row.Revision{Series: o.Series.ID, PeriodStart: o.Period.Start, PeriodEnd: o.Period.End, OldValue: o.Value, NewValue: now.Value, OldVintage: old.Vintage,
				NewVintage: release.Vintage, FirstSeen: release.FirstSeen, NewRelease: release.ID, Marked: now.Revised, Kind: "changed",
				Substantial: o.Series.ID == people} // the only series with headlines: its highest day changes
			before, known := o.Value.Get()
			after, is := now.Value.Get()
			switch {
			case !ok:
				r.Kind = "withdrawn"
			case !is:
				r.Kind = "not-available"
			case !known:
				r.Kind = "available"
			default:
				r.Change = stat.Known(after - before)
			}
			out = append(out, r)
		}
	}
	return out
}

func (w *world) revisionSummary() (out []row.Row) {
	for _, id := range []stat.SeriesID{boats, people, returns} {
		s := row.RevisionSummary{Series: id, Observations: len(w.now[id])}
		changed := map[stat.Date]bool{}
		absolute := 0
		for _, r := range w.changes() {
			if r.Series != id {
				continue
			}
			s.Revisions++
			changed[r.PeriodStart] = true
			if r.Kind == "withdrawn" {
				s.Withdrawn++
			}
			if !r.Marked {
				s.Silent++
			}
			if r.Substantial {
				s.Substantial++
			}
			n, _ := r.Change.Get()
			s.LargestFall, s.LargestRise = min(s.LargestFall, int(n)), max(s.LargestRise, int(n))
			absolute += int(max(n, -n))
			s.LongestLag = max(s.LongestLag, int(r.NewVintage-r.PeriodEnd))
		}
		s.Revised = len(changed)
		s.RevisedPercent = row.Num(100*float64(s.Revised)/float64(s.Observations+s.Withdrawn), true)
		s.MeanAbsoluteChange = row.Num(float64(absolute)/float64(s.Revisions), true)
		w.direction(&s)
		out = append(out, s)
	}
	return out
}

func (w *world) releaseRows() (out []row.Row) {
	add := func(r stat.Release, obs []stat.Observation, findings, rejects int) {
		x := row.Release{Source: r.Source, Release: r.ID, Vintage: r.Vintage, FirstSeen: r.FirstSeen, File: r.File, Rows: len(obs), CoverageStart: firstDay,
			CoverageEnd: obs[0].Period.End, Findings: findings, Quarantined: rejects, SHA256: r.SHA256}
		for _, o := range obs {
			x.CoverageEnd = max(x.CoverageEnd, o.Period.End)
		}
		for _, c := range w.changes() {
			if c.NewRelease == r.ID {
				x.Revisions++
				if !c.Marked {
					x.Silent++
				}
			}
		}
		out = append(out, x)
	}
	add(firstRel, w.releases[0], 2, 0)
	add(oldRel, w.releases[1], 0, 0)
	add(newRel, w.releases[2], 1, 4)
	add(otherRel, slices.Concat(w.now[sightings], w.now[weeks]), 0, 2)
	return out
}

// daysAndYears returns the days of a series of x and the whole years in them.
func daysAndYears() (out []stat.Period) {
	for d := firstDay; d <= lastDay; d++ {
		out = append(out, stat.Day(d))
	}
	return append(out, stat.Year(2022), stat.Year(2023))
}

func (w *world) bridges() (out []row.Row) {
	for _, p := range daysAndYears() {
		own, other := w.sum(people, p.Start, p.End), w.sum(sightings, p.Start, p.End)
		out = append(out, row.Bridge{Series: people, ReferenceSeries: sightings, PeriodStart: p.Start, PeriodEnd: p.End, Value: own.value, ReferenceValue: other.value,
			Difference: own.value.Sub(other.value), Vintage: own.vintage, ReferenceVintage: other.vintage, Note: note.Said("two publishers")})
	}
	return out
}

func (w *world) residuals() (out []row.Row) {
	for _, p := range daysAndYears() {
		total, part := w.sum(people, p.Start, p.End), w.sum(boats, p.Start, p.End)
		r := row.Residual{Series: people, Parts: string(boats), PeriodStart: p.Start, PeriodEnd: p.End, Value: total.value, PartsValue: part.value,
			Residual: total.value.Sub(part.value), Status: stat.Worst(total.status, part.status), Note: note.Said("not one kind")}
		if !part.value.IsKnown() {
			r.Note = part.notes().About(string(boats))
		}
		out = append(out, r)
	}
	return out
}

func (w *world) claimRows() []row.Row {
	said := func(line, release int, month stat.Period, on stat.Date, url string) row.Claim {
		obs, text := w.releases[release], w.sentence(release, month)
		before := month.Start.AddYears(-1)
		then, prior := sum(obs, people, month.Start, month.End), sum(obs, people, before, before.MonthEnd())
		digits, _, _ := strings.Cut(text, " ")
		r := row.Claim{Claim: fmt.Sprint("said-", line), On: on, Text: text, URL: url, Number: 1, NumberText: digits, Found: true, Series: people, Basis: "month",
			WindowStart: month.Start, WindowEnd: month.End, Value: then.value, PriorValue: prior.value, AsOf: obs[0].Release.Vintage,
			Early: row.Known(on < obs[0].Release.Vintage), ValueNow: w.sum(people, month.Start, month.End).value, Verdict: "both facts of the sentence hold: number, month"}
		_, r.ChangePercent, _ = changeOn(then, prior)
		if r.Changed = row.Known(r.Value != r.ValueNow); r.Changed.Set {
			r.RevisedOn = newRel.Vintage
		}
		return r
	}
	return []row.Row{
		said(2, 1, stat.Month(2023, 6), stat.NewDate(2024, 5, 23), "https://example.org/a"),
		said(3, 0, stat.Month(2023, 2), stat.NewDate(2024, 1, 10), "https://example.org/b"),
		row.Claim{Claim: "said-4", On: stat.NewDate(2024, 5, 24), Text: "Nobody counts."},
	}
}

func (w *world) observationRows() (out []row.Row) {
	for _, obs := range w.now {
		for _, o := range obs {
			s, r := o.Series, o.Release
			out = append(out, row.Observation{Source: s.Source, Series: s.ID, Flow: s.Flow, Measure: s.Measure, Unit: s.Unit, Kind: string(s.Kind), RefArea: s.RefArea,
				Route: s.Route, Origin: s.Origin, Destination: s.Destination, Category: s.Category, Sex: s.Sex, Age: s.Age,
				PeriodStart: o.Period.Start, PeriodEnd: o.Period.End, Precision: string(o.Period.Precision), Value: o.Value, Lower: o.Lower, Upper: o.Upper,
				Status: o.Status, Revised: o.Revised, PublisherMark: o.Mark, Vintage: r.Vintage, FirstSeen: r.FirstSeen, Release: r.ID, Locator: o.Locator})
		}
	}
	return out
}

func (w *world) takenBack() []row.Row {
	return []row.Row{
		row.Retraction{Source: "x", Release: "2024-04-02-bad", Decision: "withdrawn", DecidedAt: instant(30, 12), Released: stat.NewDate(2024, 4, 2), Reason: "a wrong column"},
		row.Retraction{Source: "y", Release: "2024-04-10-wrong", Decision: "redated", DecidedAt: instant(30, 13), Released: stat.NewDate(2024, 4, 10),
			NowRelease: "2024-04-11-right", NowReleased: stat.NewDate(2024, 4, 11)},
	}
}

func (w *world) sourceRows() []row.Row {
	return []row.Row{
		row.Source{Source: "x", Publisher: "Publisher of x", Licence: "Licence of x", LastRelease: newRel.Vintage, RetrievedAt: retrieved, CoverageStart: firstDay,
			CoverageEnd: lastDay, State: "current", Findings: 1, SHA256: newRel.SHA256, Quarantined: 4},
		row.Source{Source: "y", Publisher: "Publisher of y", Licence: "Licence of y", LastRelease: otherRel.Vintage, RetrievedAt: retrieved, CoverageStart: firstDay,
			CoverageEnd: lastDay.AddDays(4), State: "current", Findings: 0, SHA256: otherRel.SHA256, Quarantined: 2},
	}
}
