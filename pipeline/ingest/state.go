package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// StateOf returns the state that an ingest error puts a source in. It returns "" for an error about
// this machine and not about the source.
func StateOf(err error) string {
	for _, c := range []struct {
		is    error
		state string
	}{
		{fetch.ErrMoved, watch.Moved}, {fetch.ErrNoAttachment, watch.Moved}, {fetch.ErrAmbiguous, watch.Moved},
		{check.ErrShrunk, watch.Shrunk},
		{fetch.ErrUnreachable, watch.Unreachable}, {fetch.ErrHost, watch.Unreachable},
		{fetch.ErrStatus, watch.Malformed}, {archive.ErrTooLarge, watch.Malformed}, {decode.ErrTooLarge, watch.Malformed},
		{check.ErrDuplicate, watch.Malformed}, {check.ErrTooManyExcluded, watch.Malformed},
	} {
		if errors.Is(err, c.is) {
			return c.state
		}
	}
	if errors.As(err, new(*decode.Error)) {
		return watch.Malformed
	}
	return ""
}

// record saves what the run found wrong with a source, and returns what the run made of it. If it
// cannot be saved, that is a failure of this source; the others go on.
func (in *restorer) record(s *source.Source, list []review.Outcome) []review.Outcome {
	if err := in.saveFault(s, list); err != nil {
		return append(list, review.Fail(review.Outcome{Source: s.ID}, fmt.Errorf("its state could not be saved: %w", err)))
	}
	return list
}

// saveFault saves what the run found wrong with a source, for the status page. It reads the clock;
// publishing never does.
func (in *restorer) saveFault(s *source.Source, list []review.Outcome) error {
	last, _ := in.lastRelease(s.ID) // an error is already among the outcomes
	today := stat.DateOf(in.Now().UTC())
	t := faultOf(s, last, today, list)
	if ahead := in.checkNewest(s, last); ahead != nil && t.Message == "" {
		t.State, t.Message = watch.Malformed, ahead.Error()
	}
	if t.State != "" || t.Message != "" {
		t.Since = today
		if before := watch.LastFault(in.Registry, s.ID); before.State == t.State && !before.Since.IsZero() {
			t.Since = before.Since
		}
	}
	return watch.Save(in.Dir.Status(), s.ID, t)
}

// faultOf returns what is wrong with a source on a day, after an ingest with these outcomes. Being
// late says more than being unreachable.
func faultOf(s *source.Source, last, day stat.Date, list []review.Outcome) watch.SourceFault {
	t := watch.SourceFault{State: watch.SourceState(s, last, day)}
	if s.Retired != 0 || t.State == watch.Current || t.State == watch.Empty {
		t.State = ""
	}
	for _, o := range list {
		if !o.Failed() {
			t.Place = cmp.Or(o.Place, t.Place)
		}
		t.Message = cmp.Or(strings.Join(o.Passed, "; "), t.Message)
		if o.Moved != "" {
			t.State, t.Message = watch.Moved, o.Moved
		}
	}
	for _, o := range list {
		if !o.Failed() {
			continue
		}
		t.Message = strings.Join(append([]string{o.Error}, o.Passed...), "; ")
		if state := StateOf(o.Err); state != "" && (state != watch.Unreachable || t.State == "") {
			t.State = state
		}
	}
	return t
}

// checkNewest returns an error if the newest release of a source, of the day last, is dated after
// its file was retrieved. The source would be shown as current until then.
func (in *restorer) checkNewest(s *source.Source, last stat.Date) error {
	snapshots, err := in.Raw.Snapshots(s.ID)
	if err != nil {
		return nil // reported where the snapshots are used
	}
	for _, sn := range snapshots {
		if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).CheckDay(sn.Meta.Released); sn.Meta.Released == last && errors.Is(err, check.ErrAhead) {
			return fmt.Errorf("release %s: its day of release, %w; %s", sn.Release, err, registry.RedateHint)
		}
	}
	return nil
}
