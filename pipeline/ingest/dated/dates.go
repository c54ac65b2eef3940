package dated

import (
	"errors"
	"fmt"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// date sets when a release was published: the date given, the date that the file states, or the day
// on which it was retrieved. It reports whether the date is a guess: a file added by hand may be of
// any earlier day.
//
// A date in a file that is after the day of its retrieval is not believed. A fetched file is then
// dated by that day, with a finding. For a file added by hand that day means nothing, so the file
// is invalid unless its date is given.
func date(r *stat.Release, s *source.Source, name string, data []byte, m *archive.Sidecar, c check.Clock) (guessed bool, findings []stat.Finding, err error) {
	if m.Reissued && !m.Added {
		r.Vintage = 0 // that is when it was served again; read the file by its own date
	}
	fail := func(what string, err error, hint string) (bool, []stat.Finding, error) {
		return false, nil, &decode.Error{File: name, Err: fmt.Errorf("the day of release that %s, %w", what, err), Hint: hint}
	}
	if err := c.CheckDay(r.Vintage); err != nil {
		return fail("its sidecar has", err, registry.RedateHint)
	}
	claimed, stamp := s.Date(name, data)
	if err := c.CheckDay(claimed); errors.Is(err, check.ErrAhead) {
		if r.Vintage.IsZero() && m.Added {
			return fail("it states", err, registry.ReleasedHint)
		}
		findings = append(findings, review.DateAhead("a day of release, %s", claimed, c))
		claimed = 0
	} else if err != nil {
		return fail("it states", err, registry.ReleasedHint)
	}
	if stat.DateOf(stamp.In(s.Location())) > c.Day {
		findings = append(findings, review.DateAhead("a time stamp, of %s", stat.DateOf(stamp), c))
		stamp = time.Time{}
	}
	if r.Vintage.IsZero() {
		r.Vintage = claimed
	}
	if r.Vintage.IsZero() {
		r.Vintage, guessed = c.Day, m.Added
	}
	r.FirstSeen = firstSeen(*r, stamp, m)
	r.ID = stat.NewReleaseID(r.Vintage, r.SHA256)
	return guessed, findings, nil
}

// firstSeen returns since when a release is known to have existed: its own time stamp, what was
// recorded of it before, when it was fetched, or the start of its day. It is never later than when
// its file came.
func firstSeen(r stat.Release, stamp time.Time, m *archive.Sidecar) time.Time {
	at := r.Vintage.Time()
	switch {
	case !stamp.IsZero():
		at = stamp
	case !r.FirstSeen.IsZero():
		at = r.FirstSeen
	case !m.Added:
		at = m.RetrievedAt
	}
	if at.After(m.RetrievedAt) {
		at = m.RetrievedAt
	}
	return at.UTC().Truncate(time.Second)
}

// maxLag is how many days the figures of a file may end before the day on which it came, if that
// day is to be its date. An old file dated today would be taken for the newest, and would keep out
// all those with right dates.
const maxLag = 2 * 366

// checkRecent returns an error if the figures of a file end too long before a day to be of that
// day.
func checkRecent(batches []Batch, day stat.Date) error {
	var end stat.Date
	for _, b := range batches {
		for _, o := range b.Observations {
			end = max(end, o.Period.End)
		}
	}
	if end+maxLag < day {
		return fmt.Errorf("%w: neither the file nor its name says when it was released, and its figures end on %s", ErrUndated, end)
	}
	return nil
}

// readTidy reads a file in the tidy layout into its releases, oldest first.
func readTidy(s *source.Source, name string, data []byte, m *archive.Sidecar, base stat.Release, c check.Clock) ([]Batch, error) {
	tidy, err := table.ReadTidyBy(name, data, base, s.TidyRule(c))
	if err != nil {
		return nil, err
	}
	if source.IsTidy(s.ID) {
		m.Title, m.Publisher, m.Licence = tidy.Meta["title"], tidy.Meta["publisher"], tidy.Meta["licence"]
		m.Homepage = tidy.Meta["url"]
	}
	r := source.Result{Observations: tidy.Observations}
	if err := s.Timely(name, &r, c); err != nil {
		return nil, err
	}
	if len(r.Observations) == 0 {
		return nil, &decode.Error{File: name, Err: fmt.Errorf("no figures of a period that was over: %w", decode.ErrShape), Hint: "the figures of a day are known when it is over; add the file again then"}
	}
	batches := split(r.Observations)
	last := &batches[len(batches)-1]
	last.Findings = r.Findings
	return batches, nil
}
