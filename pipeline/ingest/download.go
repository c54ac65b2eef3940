package ingest

import (
	"context"
	"errors"
	"fmt"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/ingest/turn"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
)

// downloader asks publishers for files and ingests what is new.
type downloader struct {
	*intake
	client *fetch.Client
	floor  *turn.Floor
}

// fetchFrom finds the newest file of a source at one of its places and ingests it if it is new.
func (in *downloader) fetchFrom(ctx context.Context, s *source.Source, p origin.Place) review.Outcome {
	o := review.Outcome{Source: s.ID}
	before, err := in.lastRemote(s, p)
	if err != nil {
		return review.Fail(o, err)
	}
	var remote fetch.Remote
	in.floor.Aside(func() { remote, err = in.client.Find(ctx, p, before) })
	if err != nil {
		return review.Fail(o, err)
	}
	o = in.download(ctx, s, p, remote)
	if err := remote.NotAnnounced(); err != nil {
		o.Moved = err.Error()
		if remote.Route == fetch.ByLast && !o.Failed() && o.State != review.Added {
			o = review.Fail(o, err) // there may be something new at the other place
		}
	}
	return o
}

// download downloads a file that was found, if it is newer than what is kept, and ingests it.
func (in *downloader) download(ctx context.Context, s *source.Source, p origin.Place, remote fetch.Remote) review.Outcome {
	o := review.Outcome{Source: s.ID, File: remote.FileName}
	last, from, err := in.lastFetched(s.ID, remote.URL)
	if err != nil {
		return review.Fail(o, err)
	}
	var prev *archive.Sidecar
	if last != nil {
		prev = &last.Meta
	}
	var body *fetch.Body
	in.floor.Aside(func() { body, err = in.client.Download(ctx, p, remote, prev) })
	switch {
	case errors.Is(err, fetch.ErrNotModified) && from != in.Raw:
		// The bytes are those of an invalid file, which a newer decoder may be able to read; or of
		// a pending or rejected one.
		data, err := from.Read(*last, s.Place.MaxBytes)
		if err != nil {
			return review.Fail(o, err)
		}
		return in.ingestDownload(ctx, s, last.File, data, last.Meta)
	case errors.Is(err, fetch.ErrNotModified):
		return in.unmodified(ctx, s, *last)
	case err != nil:
		return review.Fail(o, err)
	}
	meta := archive.Sidecar{URL: body.URL, RetrievedAt: body.RetrievedAt, Title: remote.Title, MediaType: body.MediaType, HTTP: body.HTTP}
	if len(s.Fallbacks) > 0 {
		meta.Place = p.At()
	}
	o = in.ingestDownload(ctx, s, remote.FileName, body.Data, meta)
	if o.Failed() {
		if notice := body.EndNotice(); notice != "" {
			o = review.Fail(o, fmt.Errorf("%w: the page says %q: %w", fetch.ErrMoved, notice, o.Err))
		}
		if in.Dry {
			return o
		}
		if err := in.keepInvalid(s, remote.FileName, body.Data, meta); err != nil {
			o.Err = errors.Join(o.Err, err)
		}
	}
	return o
}

// unmodified returns the outcome of a file that the publisher still serves at its address. It
// brings something new only if a file from another address of the same place was served in between.
func (in *downloader) unmodified(ctx context.Context, s *source.Source, sn archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: s.ID, File: sn.File, State: review.Unchanged, Release: sn.Release}
	served, err := in.lastServed(s.ID)
	if err != nil {
		return review.Fail(o, err)
	}
	if served == nil || served.Meta.SHA256 == sn.Meta.SHA256 || s.PlaceOf(served.Meta.Place) != s.PlaceOf(sn.Meta.Place) {
		if served != nil {
			o.Release = served.Release
		}
		return o
	}
	data, err := in.Raw.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(o, err)
	}
	meta := archive.Sidecar{URL: sn.Meta.URL, RetrievedAt: in.Now(), Title: sn.Meta.Title, MediaType: sn.Meta.MediaType, HTTP: sn.Meta.HTTP, Place: sn.Meta.Place}
	return in.ingestDownload(ctx, s, sn.File, data, meta)
}

// lastFetched returns the newest file fetched from an address, whatever became of it, and the store
// that keeps it; or nil.
func (in *downloader) lastFetched(id, url string) (last *archive.Snapshot, from *archive.Store, err error) {
	for _, store := range []*archive.Store{in.Raw, in.Invalid, in.Pending, in.Rejected} {
		snapshots, err := store.Snapshots(id)
		if err != nil {
			return nil, nil, err
		}
		for i := range snapshots {
			if sn := &snapshots[i]; sn.Meta.URL == url && (last == nil || byArrival(*sn, *last) > 0) {
				last, from = sn, store
			}
		}
	}
	return last, from, nil
}

// ingestDownload ingests the bytes of a downloaded file: figures or microdata.
func (in *downloader) ingestDownload(ctx context.Context, s *source.Source, name string, data []byte, m archive.Sidecar) review.Outcome {
	switch {
	case s.Records == nil:
		return in.ingestFile(s, name, data, m, false)
	case in.Dry:
		return review.Fail(review.Outcome{Source: s.ID, File: name}, errors.New("a dry run does not read microdata"))
	}
	return in.micro.Take(ctx, s, name, data, m)
}
