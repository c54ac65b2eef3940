package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// A source may have several places, in an order. The next is tried if the one before is gone, blocked
// or dead. A file that cannot be read is none of that: it waits for a person, wherever it came from.

// fetch asks the places of a source in their order until one serves, and ingests what is new. It
// returns an outcome for each place that served, or one failure if none did. What the others did is
// in Passed of the last outcome.
func (in *downloader) fetch(ctx context.Context, s *source.Source) []review.Outcome {
	places := s.Places()
	if len(places) == 1 {
		return []review.Outcome{in.fetchFrom(ctx, s, places[0])}
	}
	var out []review.Outcome
	var passed []string
	var failed []error
	for i, p := range places {
		o := in.fetchFrom(ctx, s, p)
		o.Place = placeName(places, i)
		if o.Failed() && passesOn(o.Err) {
			passed = append(passed, fmt.Sprintf("%s: %s", o.Place, o.Error))
			failed = append(failed, fmt.Errorf("%s: %w", o.Place, o.Err))
			if ctx.Err() != nil {
				break
			}
			continue
		}
		if n := len(out); n > 0 {
			passed = append(passed, fmt.Sprintf("%s: serves, but nothing that is newer than %s", out[n-1].Place, cmp.Or(out[n-1].Release, "what is known")))
		}
		out = append(out, o)
		if o.Failed() || !in.stillDead(s) {
			break
		}
	}
	if len(out) == 0 {
		return []review.Outcome{review.Fail(review.Outcome{Source: s.ID}, fmt.Errorf("none of %d places serves: %w", len(places), errors.Join(failed...)))}
	}
	out[len(out)-1].Passed = passed
	return out
}

// placeName names a place for people: which it is, and the address that is asked first.
func placeName(places []origin.Place, i int) string {
	return fmt.Sprintf("place %d of %d, %s", i+1, len(places), places[i].At())
}

// passesOn reports whether an error of one place leads to the next: it is gone or blocked.
func passesOn(err error) bool {
	for _, kind := range []error{fetch.ErrMoved, fetch.ErrNoAttachment, fetch.ErrUnreachable, fetch.ErrHost, fetch.ErrStatus} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// stillDead reports whether a source is dead by the date of its newest release.
func (in *downloader) stillDead(s *source.Source) bool {
	last, err := in.lastRelease(s.ID)
	return err == nil && watch.SourceState(s, last, stat.DateOf(in.Now().UTC())) == watch.Dead
}

// samePlace reports whether two files came from the same place of a source. A file that does not say
// came from the first.
func samePlace(s *source.Source, a, b archive.Sidecar) bool {
	return cmp.Or(a.Place, s.Place.At()) == cmp.Or(b.Place, s.Place.At())
}

// lastRemote returns where the newest file of a source from one of its places was found, or the zero
// Remote.
func (in *downloader) lastRemote(s *source.Source, p origin.Place) (fetch.Remote, error) {
	var newest archive.Snapshot
	snapshots, err := in.Raw.Snapshots(s.ID)
	for _, sn := range snapshots {
		if sn.Meta.URL != "" && !sn.Meta.RetrievedAt.Before(newest.Meta.RetrievedAt) && samePlace(s, sn.Meta, archive.Sidecar{Place: p.At()}) {
			newest = sn
		}
	}
	return fetch.Remote{URL: newest.Meta.URL, FileName: newest.File, Title: newest.Meta.Title, MediaType: newest.Meta.MediaType}, err
}
