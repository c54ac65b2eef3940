package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// fetch asks the places of a source in their order, the next if the one before is gone, blocked or dead,
// and ingests what is new. A file that cannot be read leads nowhere else. It returns an outcome for
// each place that served, or one failure. What the others did is in Passed of the last outcome.
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
		place := fmt.Sprintf("place %d of %d, ", i+1, len(places))
		o.Place = place + p.At()
		if o.Failed() && fetch.PassesOn(o.Err) {
			if !strings.HasPrefix(o.Err.Error(), p.At()) {
				place = o.Place + ": "
			}
			failed = append(failed, fmt.Errorf("%s%w", place, o.Err))
			passed = append(passed, failed[len(failed)-1].Error())
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

// stillDead reports whether a source is dead by the date of its newest release.
func (in *downloader) stillDead(s *source.Source) bool {
	last, err := in.lastRelease(s.ID)
	return err == nil && watch.SourceState(s, last, stat.DateOf(in.Now().UTC())) == watch.Dead
}

// lastRemote returns where the newest file of a source from one of its places was found, or the zero
// Remote.
func (in *downloader) lastRemote(s *source.Source, p origin.Place) (fetch.Remote, error) {
	var newest archive.Snapshot
	snapshots, err := in.Raw.Snapshots(s.ID)
	for _, sn := range snapshots {
		if sn.Meta.URL != "" && !sn.Meta.RetrievedAt.Before(newest.Meta.RetrievedAt) && s.PlaceOf(sn.Meta.Place) == p.At() {
			newest = sn
		}
	}
	return fetch.Remote{URL: newest.Meta.URL, FileName: newest.File, Title: newest.Meta.Title, MediaType: newest.Meta.MediaType}, err
}
