package ingest

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

// date fills in when a release was published: as given, as the file says, or
// the day on which it was retrieved. It reports whether that is a guess: a file that was
// added by hand may be of any day before.
//
// What a file says is not believed beyond the day of its retrieval. One that was fetched is then
// dated by that day, with a finding. For one that was added by hand that day means nothing,
// and it is refused unless its date is given.
func date(r *stat.Release, s *source.Source, name string, data []byte, m *archive.Sidecar, c check.Clock) (guessed bool, findings []stat.Finding, err error) {
	if m.Reissued && !m.Added {
		r.Vintage = 0 // that is when it was served again; the file is read as of when it says
	}
	fail := func(what string, err error, hint string) (bool, []stat.Finding, error) {
		return false, nil, &decode.Error{File: name, Err: fmt.Errorf("the day of release that %s, %w", what, err), Hint: hint}
	}
	if err := c.CheckDay(r.Vintage); err != nil {
		return fail("is kept of it", err, registry.RedateHint)
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

// firstSeen returns since when a release is known to have existed, which is never later than
// when its file came: its own time stamp, what was noted of it before, when it was
// fetched, or the start of its day.
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

// maxLag is how long before the day on which it came the figures of a file may end, in
// days, for that day to be taken as its date. An old file dated today would pass for the
// newest, and keep out all that are dated rightly.
const maxLag = 2 * 366

// recent returns an error where a file ends too long before a day to be of it.
func recent(batches []batch, day stat.Date) error {
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
func readTidy(s *source.Source, name string, data []byte, m *archive.Sidecar, base stat.Release, c check.Clock) ([]batch, error) {
	tidy, err := table.ReadTidyBy(name, data, base, s.TidyRule(c))
	if err != nil {
		return nil, err
	}
	if source.IsTidy(s.ID) {
		m.Title, m.Publisher, m.Licence = tidy.Meta["title"], tidy.Meta["publisher"], tidy.Meta["licence"]
	}
	r := source.Result{Observations: tidy.Observations}
	if err := s.Timely(name, &r, c); err != nil {
		return nil, err
	}
	if len(r.Observations) == 0 {
		return nil, &decode.Error{File: name, Err: fmt.Errorf("no figures of a period that was over: %w", decode.ErrShape), Hint: "the figures of a day are known when it has ended; add the file again then"}
	}
	batches := split(r.Observations)
	last := &batches[len(batches)-1]
	last.Findings = r.Findings
	return batches, nil
}

// newestAhead returns an error where the newest release of a source, of the day last, is dated after its file was
// retrieved: the source would pass for current until then.
func (in *mender) newestAhead(s *source.Source, last stat.Date) error {
	snapshots, err := in.Raw.Snapshots(s.ID)
	if err != nil {
		return nil // reported where they are used
	}
	for _, sn := range snapshots {
		if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).CheckDay(sn.Meta.Released); sn.Meta.Released == last && errors.Is(err, check.ErrAhead) {
			return fmt.Errorf("release %s: its day of release, %w; %s", sn.Release, err, registry.RedateHint)
		}
	}
	return nil
}
