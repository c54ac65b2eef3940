package review

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Verdict is what there is to say about the new releases of a file.
type Verdict struct {
	Findings []stat.Finding // from the decoder and the rules
	Moves    []check.Move   // changes to what was known
}

// Severity returns the highest severity in a verdict.
func (v Verdict) Severity() stat.Severity {
	heaviest := stat.SeverityNote
	note := func(s stat.Severity) {
		if s == stat.SeverityError || heaviest == stat.SeverityNote {
			heaviest = s
		}
	}
	for _, f := range v.Findings {
		note(f.Severity)
	}
	for _, m := range v.Moves {
		note(m.Severity)
	}
	return heaviest
}

// Pending returns o as the outcome of a pending release with the sidecar m. entries are those of
// its source in the lake.
func (v Verdict) Pending(o Outcome, entries []lake.Entry, release string, m archive.Sidecar) Outcome {
	o.State, o.Release, o.Findings, o.Moves = Pending, release, v.Findings, v.Moves
	o.Pending = &PendingDetails{Retrieved: m.RetrievedAt, Added: m.Added, Released: m.Released}
	if n := len(entries); n > 0 {
		o.Pending.Stays = entries[n-1].Release
		_, o.Pending.Until = lake.Span(entries)
	}
	return o
}

// Moves returns what a release moves, compared with what was known before it and with the release
// after it. older and newer are the entries of the lake around it; now and notes are what it
// states.
func Moves(l *lake.Lake, s *source.Source, older, newer []lake.Entry, r stat.Release, notes []lake.NoteHash, now []stat.Observation, tidy bool) ([]check.Move, error) {
	before, err := l.Before(r, s.Compares)
	if err != nil {
		return nil, err
	}
	cover := lake.Cover(now, tidy)
	k := check.Known{Before: before, Pairs: s.Pairs, Wholes: s.Wholes, Texts: newTexts(older, lake.Entry{Vintage: r.Vintage, Notes: notes})}
	for _, e := range newer {
		if !overlap(e.Coverage, cover) {
			continue
		}
		after, err := l.Read(e)
		if err != nil {
			return nil, err
		}
		k.After, k.Cover = Described(s, after), e.Coverage
		break
	}
	return s.Limits.Or(check.DefaultLimits).Moves(k, Described(s, now), cover), nil
}

// Described returns the observations of the series that a source describes.
func Described(s *source.Source, obs []stat.Observation) []stat.Observation {
	compares := map[*stat.Series]bool{}
	var out []stat.Observation
	for _, o := range obs {
		is, known := compares[o.Series]
		if !known {
			is = s.Compares(o.Series.ID)
			compares[o.Series] = is
		}
		if is {
			out = append(out, o)
		}
	}
	return out
}

// overlap reports whether two releases cover any day of the same series.
func overlap(a, b []stat.Coverage) bool {
	return slices.ContainsFunc(a, func(x stat.Coverage) bool {
		return slices.ContainsFunc(b, func(y stat.Coverage) bool {
			return x.Series == y.Series && x.Start <= y.End && y.Start <= x.End
		})
	})
}

// newTexts returns the places of definitions that differ from those of the newest entry that has
// any.
func newTexts(entries []lake.Entry, now lake.Entry) (out []string) {
	if len(now.Notes) == 0 {
		return nil
	}
	for _, e := range slices.Backward(entries) {
		if len(e.Notes) == 0 {
			continue
		}
		for _, f := range ChangedBetween(e, now) {
			out = append(out, f.Where)
		}
		return out
	}
	return nil
}

// ChangedBetween returns a finding for each text that differs between two releases.
func ChangedBetween(before, after lake.Entry) []stat.Finding {
	old := map[string]string{}
	for _, n := range before.Notes {
		old[n.Where] = n.SHA256
	}
	var out []stat.Finding
	changed := func(where, how string) {
		out = append(out, stat.Finding{Code: "definition-changed", Where: where, Message: fmt.Sprintf(
			"the text in the release of %s %s that of %s; see whether the figures still mean the same", after.Vintage, how, before.Vintage)})
	}
	for _, n := range after.Notes {
		switch hash, there := old[n.Where]; {
		case !there:
			changed(n.Where, "is new since")
		case hash != n.SHA256:
			changed(n.Where, "differs from")
		}
		delete(old, n.Where)
	}
	for _, where := range slices.Sorted(maps.Keys(old)) {
		changed(where, "is gone since")
	}
	return out
}

// ReissueID returns the name of a reissue. The time distinguishes it from releases of the same
// bytes and day.
func ReissueID(r stat.Release) string {
	return stat.NewReleaseID(r.Vintage, r.SHA256) + r.FirstSeen.UTC().Format("-150405")
}

// Later returns the later of two times.
func Later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// LeftOut names a pending release of microdata. A preview leaves it out: to compare it, all
// microdata would have to be read again.
type LeftOut struct {
	Source  string `json:"source"`
	Release string `json:"release"`
}

// DateAhead is the finding about a date in a file that is after its retrieval.
func DateAhead(what string, day stat.Date, c check.Clock) stat.Finding {
	return stat.Finding{Code: "date-ahead", Severity: stat.SeverityWarning, Message: fmt.Sprintf(
		"the file states "+what+", after it was retrieved on %s; that is not believed", day, c.Day)}
}

// ServedAgain is the finding about a reissue.
func ServedAgain(day stat.Date) stat.Finding {
	return stat.Finding{Code: "served-again", Message: fmt.Sprintf(
		"by its own date the file is no newer than what came before it; it is a statement of %s, the day on which it came", day)}
}
