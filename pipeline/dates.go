package pipeline

import (
	"errors"
	"fmt"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// today returns the day that it is for a source's publisher.
func (in *Ingest) today(s *source.Source) stat.Date {
	return stat.DateOf(in.cfg.Now().In(s.Location()))
}

// checkReleased returns an error wrapping ErrUsage for a release date that is given and
// cannot be that of a file that is there today. The zero date is not given.
func (in *Ingest) checkReleased(s *source.Source, released stat.Date) error {
	if err := check.NewClock(in.cfg.Now(), s.Location()).Claim(released); err != nil {
		return fmt.Errorf("%w: --released: %w", ErrUsage, err)
	}
	return nil
}

// date fills in when a release was published: as given, as the file says, or
// the day on which it was retrieved. It reports whether that is a guess: a file that was
// added by hand may be of any day before.
//
// What a file says is not believed beyond the day of its retrieval. One that was fetched is then
// dated by that day, with a finding. For one that was added by hand that day means nothing,
// and it is refused unless its date is given.
func date(r *stat.Release, s *source.Source, name string, data []byte, m *archive.Sidecar, c check.Clock) (guessed bool, findings []stat.Finding, err error) {
	if m.Again && !m.Added {
		r.Vintage = 0 // that is when it was served again; the file is read as of when it says
	}
	fail := func(what string, err error, hint string) (bool, []stat.Finding, error) {
		return false, nil, &decode.Error{File: name, Err: fmt.Errorf("the day of release that %s, %w", what, err), Hint: hint}
	}
	if err := c.Claim(r.Vintage); err != nil {
		return fail("is kept of it", err, redateHint)
	}
	claimed, stamp := s.Date(name, data)
	if err := c.Claim(claimed); errors.Is(err, check.ErrAhead) {
		if r.Vintage.IsZero() && m.Added {
			return fail("it states", err, releasedHint)
		}
		findings = append(findings, dateAhead("a day of release, %s", claimed, c))
		claimed = 0
	} else if err != nil {
		return fail("it states", err, releasedHint)
	}
	if stat.DateOf(stamp.In(s.Location())) > c.Day {
		findings = append(findings, dateAhead("a time stamp, of %s", stat.DateOf(stamp), c))
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

// dateAhead is the finding about a date in a file that cannot be.
func dateAhead(what string, day stat.Date, c check.Clock) stat.Finding {
	return stat.Finding{Code: "date-ahead", Severity: stat.SeverityWarning, Message: fmt.Sprintf(
		"the file states "+what+", after it was retrieved on %s; that is not believed", day, c.Day)}
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

// believable returns an error where a delivery is dated after its files were retrieved.
func (d delivery) believable(s *source.Source) error {
	for _, f := range d.files {
		if err := check.NewClock(f.Meta.RetrievedAt, s.Location()).Claim(d.release.Vintage); err != nil {
			return &decode.Error{File: f.File, Err: fmt.Errorf("the day of release that is kept of it, %w", err), Hint: redateHint}
		}
	}
	return nil
}

// dateFindings returns the findings about days in the names of a delivery's files that cannot be.
func (d delivery) dateFindings(s *source.Source) (out []stat.Finding) {
	for _, f := range d.files {
		c := check.NewClock(f.Meta.RetrievedAt, s.Location())
		if day := source.DateInName(f.File); errors.Is(c.Claim(day), check.ErrAhead) {
			out = append(out, dateAhead("a day of release, %s", day, c))
		}
		if f.Meta.Again {
			out = append(out, servedAgain(d.release.Vintage))
		}
	}
	return out
}

// releasedHint says what to do about a file whose own date is not believed.
const releasedHint = "give the day on which it was released: --released DATE"

// redateHint says what to do about a release with a date that cannot be.
const redateHint = "give the release its right date: ingest redate SOURCE RELEASE DATE; or take it out: ingest withdraw SOURCE RELEASE --reason TEXT"

// newestAhead returns an error where the newest release of a source, of the day last, is dated after its file was
// retrieved: the source would pass for current until then.
func (in *Ingest) newestAhead(s *source.Source, last stat.Date) error {
	snapshots, err := in.store.Snapshots(s.ID)
	if err != nil {
		return nil // reported where they are used
	}
	for _, sn := range snapshots {
		if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).Claim(sn.Meta.Released); sn.Meta.Released == last && errors.Is(err, check.ErrAhead) {
			return fmt.Errorf("release %s: its day of release, %w; %s", sn.Release, err, redateHint)
		}
	}
	return nil
}

// misdated returns an error for each file of data/raw that is dated after it was retrieved, and for each
// release in the lake with a period that was not over, as earlier versions of the program believed.
func (c Config) misdated() (bad []error, err error) {
	store, err := archive.OpenStore(c.raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	ids, err := store.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		s := c.find(id)
		if s == nil {
			continue // of a source that this program no longer has
		}
		snapshots, err := store.Snapshots(id)
		if err != nil {
			continue // among the damages already
		}
		for _, sn := range snapshots {
			if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).Claim(sn.Meta.Released); err != nil {
				bad = append(bad, fmt.Errorf("%s: release %s: its day of release, %w; %s", id, sn.Release, err, redateHint))
			}
		}
		entries, err := c.lake().Entries(id)
		if err != nil {
			continue // among the damages too
		}
		for _, e := range entries {
			for _, x := range e.Coverage {
				if err := s.Time.Over(stat.Day(x.End), e.Vintage); err != nil {
					bad = append(bad, fmt.Errorf("%s: release %s: %s: %w; delete data/out/lake and run ingest again: it is built anew from data/raw", id, e.Release, x.Series, err))
					break
				}
			}
		}
	}
	return bad, nil
}
