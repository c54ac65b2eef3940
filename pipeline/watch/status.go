package watch

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// SourceRow returns the row of table sources for a source on a day. A fault overrides the state that follows from the newest release.
func SourceRow(r registry.Registry, k Known, day stat.Date, fault SourceFault) (row.Source, error) {
	s := k.Source
	out := row.Source{Source: s.ID, Publisher: s.Publisher, Licence: s.Licence}
	if n := len(k.Entries); n > 0 {
		e := k.Entries[n-1]
		out.LastRelease, out.SHA256, out.Quarantined = e.Vintage, e.RawSHA256, e.Rejects
		out.CoverageStart, out.CoverageEnd = lake.Span(k.Entries)
		var err error
		if out.RetrievedAt, err = retrievedAt(r, s.ID, out.SHA256); err != nil {
			return out, err
		}
	}
	out.State = stateOf(k, day, fault)
	out.Findings = len(k.findings())
	if fault.Message != "" {
		out.Findings++
	}
	return out, nil
}

// stateOf returns the state of a source on a day. Each rule overrides those above it.
func stateOf(k Known, day stat.Date, fault SourceFault) string {
	known := registry.LastOf(k.Entries, k.Pending) // a pending release is not late
	state := SourceState(k.Source, known, day)
	if state == Current && len(changedNotes(k.Entries)) > 0 {
		state = Changed
	}
	if fault.State != "" {
		state = fault.State
	}
	if len(k.Pending) > 0 { // takes precedence over faults found since
		state = Held
	}
	if k.Source.IsRetired(day) { // takes precedence over faults found since
		state = Retired
	}
	if k.Err != nil {
		state = Malformed
	}
	return state
}

// IsBehind reports whether a source has no newer figures on a day although it should, or none are
// expected any more. The figures of a pending release are not published, so it does not count.
func IsBehind(k Known, day stat.Date) bool {
	state := SourceState(k.Source, registry.LastOf(k.Entries, nil), day)
	return state == Late || state == Dead || k.Source.IsRetired(day)
}

// findings returns what is odd about the newest release of a source, and in
// which texts it differs from the one before.
func (k Known) findings() []stat.Finding {
	var out []stat.Finding
	if n := len(k.Entries); n > 0 {
		out = append(out, k.Entries[n-1].Findings...)
	}
	out = append(out, changedNotes(k.Entries)...)
	if k.Err != nil {
		out = append(out, stat.Finding{Code: "unreadable", Message: k.Err.Error()})
	}
	if k.PendingErr != nil {
		out = append(out, stat.Finding{Code: "unreadable", Message: "a pending release: " + k.PendingErr.Error()})
	}
	return out
}

// pendingFindings returns a finding for each pending release of a source.
func (k Known) pendingFindings() []stat.Finding {
	var out []stat.Finding
	for _, sn := range k.Pending {
		out = append(out, stat.Finding{Code: review.Pending, Where: sn.Release, Message: "the release " + review.PendingText})
	}
	return out
}

// PendingDays returns the release dates of the pending releases, the earliest first.
func (k Known) PendingDays() (out []stat.Date) {
	for _, sn := range k.Pending {
		out = append(out, sn.Meta.Released)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reviewDays is the number of days for which a changed definition stays among the findings of a
// source, counted to its newest release. It gives somebody time to look.
const reviewDays = 90

// changedNotes returns a finding for each heading or definition that a recent release changed.
// Releases without such texts, as in the tidy layout, are skipped.
func changedNotes(entries []lake.Entry) []stat.Finding {
	var out []stat.Finding
	var before *lake.Entry
	for i := range entries {
		e := &entries[i]
		if len(e.Notes) == 0 {
			continue
		}
		if before != nil && e.Vintage.AddDays(reviewDays) >= entries[len(entries)-1].Vintage {
			out = append(out, review.ChangedBetween(*before, *e)...)
		}
		before = e
	}
	return out
}

// retrievedAt returns when the file with a hash was fetched. It is zero if the file was added by hand
// or its snapshot is missing.
func retrievedAt(r registry.Registry, id, sha256 string) (time.Time, error) {
	all, err := r.Snapshots(id)
	if err != nil && !errors.Is(err, archive.ErrDamaged) {
		return time.Time{}, err
	}
	i := slices.IndexFunc(all, func(sn archive.Snapshot) bool { return sn.Meta.SHA256 == sha256 })
	if i < 0 || all[i].Meta.Added {
		return time.Time{}, nil
	}
	return all[i].Meta.RetrievedAt, nil
}

// Status returns the rows of table sources as of today, and the findings about each source. These
// include kinds that the table does not count: pending releases, because they are not published,
// and what is for the operator: warnings about figures that the newest release moves, and which
// place served. ids names the sources; none means all.
func Status(cfg Options, ids ...string) (*table.Table, map[string][]stat.Finding, error) {
	tbl, findings := table.New("sources"), map[string][]stat.Finding{}
	sources, err := cfg.Watched()
	if err != nil {
		return nil, nil, err
	}
	if len(ids) > 0 {
		if sources, err = named(sources, ids); err != nil {
			return nil, nil, err
		}
	}
	for _, s := range sources {
		k := ReadKnown(cfg.Registry, s, 0)
		fault := LastFault(cfg.Registry, s.ID)
		if fault.State == Late || fault.State == Dead {
			fault.State = "" // follows from the day
		}
		k.Pending, k.PendingErr = cfg.PendingFiles(s.ID)
		r, err := SourceRow(cfg.Registry, k, stat.DateOf(cfg.Now().UTC()), fault)
		if err != nil {
			return nil, nil, err
		}
		row.Add(tbl, r)
		findings[s.ID] = slices.Concat(k.findings(), warnings(cfg.Registry, k), k.pendingFindings())
		if fault.Message != "" {
			findings[s.ID] = append(findings[s.ID], stat.Finding{Code: "last-ingest", Message: fault.Message})
		}
		if fault.Place != "" {
			findings[s.ID] = append(findings[s.ID], stat.Finding{Code: "place", Message: "the last file came from " + fault.Place})
		}
	}
	return tbl, findings, nil
}

// named returns those of the sources that have these ids, in the order of sources.
func named(sources []*source.Source, ids []string) ([]*source.Source, error) {
	for _, id := range ids {
		if !slices.ContainsFunc(sources, func(s *source.Source) bool { return s.ID == id }) {
			return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
		}
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !slices.Contains(ids, s.ID) }), nil
}

// AnyAlarming reports whether a row of table sources has an alarming state; see Alarming.
func AnyAlarming(tbl *table.Table) bool {
	return slices.ContainsFunc(row.All[row.Source](tbl), func(r row.Source) bool { return Alarming(r.State) })
}

// warnings returns what an operator should be told once of a source's newest release: what
// it moves within the limits. What cannot be read is reported elsewhere.
func warnings(r registry.Registry, k Known) (out []stat.Finding) {
	n := len(k.Entries)
	if n == 0 || k.Err != nil {
		return nil
	}
	e := k.Entries[n-1]
	now, err := r.OpenLake().Read(e)
	if err != nil {
		return nil
	}
	list, err := review.Moves(r.OpenLake(), k.Source, k.Entries[:n-1], nil, e.Stat(), e.Notes, now, e.Tidy)
	if err != nil {
		return nil
	}
	for _, m := range list {
		if m.Severity == stat.SeverityWarning {
			out = append(out, m.Finding())
		}
	}
	return out
}

// LastFault returns what the last ingest found wrong with a source. If that cannot be
// read, it says so instead.
func LastFault(r registry.Registry, id string) SourceFault {
	t, err := Load(r.Dir.Status(), id)
	if err != nil {
		r.Log.Warn("the state of a source cannot be read; the next ingest writes it again", "source", id, "error", err)
	}
	return t
}
