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

// SourceRow returns the row of table sources for what is known of a source on a
// day. A trouble overrides the state that follows from the newest release.
func SourceRow(r registry.Registry, k Known, day stat.Date, trouble SourceFault) (row.Source, error) {
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
	out.State = stateOf(k, day, trouble)
	out.Findings = len(k.findings())
	if trouble.Message != "" {
		out.Findings++
	}
	return out, nil
}

// stateOf returns the state of a source on a day. Each rule overrides those above it.
func stateOf(k Known, day stat.Date, trouble SourceFault) string {
	known := registry.LastOf(k.Entries, k.Held) // its publisher is not late with what waits here
	state := State(known, k.Source.Age(known), day)
	if state == Current && len(changedNotes(k.Entries)) > 0 {
		state = Changed
	}
	if trouble.State != "" {
		state = trouble.State
	}
	if len(k.Held) > 0 { // a person has to decide, whatever became of its page since
		state = Held
	}
	if k.Source.IsRetired(day) { // whatever became of its page since
		state = Retired
	}
	if k.Err != nil {
		state = Malformed
	}
	return state
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
	if k.Unheld != nil {
		out = append(out, stat.Finding{Code: "unreadable", Message: "a release that waits: " + k.Unheld.Error()})
	}
	return out
}

// waiting returns which releases of a source wait for a person.
func (k Known) waiting() []stat.Finding {
	var out []stat.Finding
	for _, sn := range k.Held {
		out = append(out, stat.Finding{Code: review.Pending, Where: sn.Release, Message: "the release " + review.PendingText})
	}
	return out
}

// Days returns the days of the releases that wait, the earliest first.
func (k Known) Days() (out []stat.Date) {
	for _, sn := range k.Held {
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
			out = append(out, review.ChangedBetween(*before, *e)...)
		}
		before = e
	}
	return out
}

// retrievedAt returns when the file with a hash was fetched, zero for one that
// was added by hand or whose snapshot is gone.
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

// Status returns the rows of table sources as they stand on the clock's day, and
// the findings of each source's newest release. The table does not count a release that
// waits for a person, a finding of code Held, as nothing of it is published, nor the warnings
// of what the newest release moves, as these are for the operator. ids names the sources;
// none means all.
func Status(cfg Options, ids ...string) (*table.Table, map[string][]stat.Finding, error) {
	tbl, findings := table.New("sources"), map[string][]stat.Finding{}
	sources, err := cfg.All(0)
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
		trouble := LastFault(cfg.Registry, s.ID)
		if trouble.State == Late || trouble.State == Dead {
			trouble.State = "" // follows from the day
		}
		k.Held, k.Unheld = cfg.PendingFiles(s.ID)
		r, err := SourceRow(cfg.Registry, k, stat.DateOf(cfg.Now().UTC()), trouble)
		if err != nil {
			return nil, nil, err
		}
		row.Add(tbl, r)
		findings[s.ID] = slices.Concat(k.findings(), warnings(cfg.Registry, k), k.waiting())
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
			return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
		}
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !slices.Contains(ids, s.ID) }), nil
}

// AnyAlarming reports whether a row of table sources has a state that an operator should be
// told of.
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
