package ingest

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/tabular"
)

// ingestFile ingests the bytes of one file: it dates the release, decodes and checks it, stores the
// snapshot, and appends to the lake. Nothing is written unless all of it is right. Unless decided
// is true, the file may have to wait for a person; see gate.
func (in *intake) ingestFile(s *source.Source, name string, data []byte, m archive.Sidecar, decided bool) review.Outcome {
	o := review.Outcome{Source: s.ID, File: name}
	name, err := archive.SafeName(name)
	if err != nil {
		return review.Fail(o, err)
	}
	if s.Table != nil && name == tabular.FileName {
		return review.Fail(o, fmt.Errorf("%w: a table cannot be called %s; a layout goes to --layout", registry.ErrUsage, name))
	}
	m.SHA256, m.Publisher, m.Licence = archive.HashOf(data), s.Publisher, s.Licence
	d := decoded{source: s, name: name, data: data, meta: m}
	if d.entries, err = in.Lake.Entries(s.ID); err != nil {
		return review.Fail(o, err)
	}
	known := ingested(d.entries, m)
	if known < 0 && !decided {
		known = lastReissue(d.entries, m.SHA256)
	}
	lost := known >= 0 && !in.Raw.Has(d.entries[known].RawFile)
	if lost { // put the snapshot back with the dates that it had
		e := d.entries[known]
		d.meta.Released, d.meta.FirstSeen, d.meta.Reissued = e.Vintage, e.FirstSeen, e.Reissued
	}
	if e, err := in.readNew(&d, known, !lost && !decided, lost || in.rereadAll); err != nil {
		return review.Fail(o, err)
	} else if e != nil {
		if m.Added && !m.Released.IsZero() && m.Released != e.Vintage {
			o.Dated = fmt.Sprintf("it is dated otherwise than %s; to correct its date: ingest redate %s %s %s", m.Released, s.ID, e.Release, m.Released)
		}
		return o.Known(*e)
	}
	for i := range d.batches {
		err := d.batches[i].Check(s, d.entries, d.data)
		if errors.Is(err, check.ErrShrunk) && decided && known < 0 && in.Raw.Has(d.raw.File) {
			err = nil // it was compared when it came; a release next to it was taken out since
		}
		if err != nil {
			return review.Fail(o, fmt.Errorf("%s: %w", name, err))
		}
	}
	if e, is, err := in.stated(d); err != nil {
		return review.Fail(o, err)
	} else if is && !lost {
		return in.superfluous(o, d, e)
	}
	last := d.batches[len(d.batches)-1]
	newest := last.Release
	if last.Guessed {
		o.Dated = fmt.Sprintf("neither the file nor its name states a date, so it is dated by the day it came in; to correct it: ingest redate %s %s DATE", s.ID, newest.ID)
	}
	d.meta.Released, d.meta.FirstSeen = newest.Vintage, newest.FirstSeen
	if m.MediaType == "" {
		d.meta.MediaType = archive.MediaType(name)
	}
	o.State, o.Release = review.Added, newest.ID
	if known >= 0 && !d.meta.Reissued {
		o.State = review.Reread
	}
	if in.Dry {
		return in.preview(o, d)
	}
	return in.reviewOrStore(o, d, decided || o.State == review.Reread)
}

// reviewOrStore stores a file that is right, unless it is pending or was rejected.
func (in *intake) reviewOrStore(o review.Outcome, d decoded, decided bool) review.Outcome {
	if !decided {
		g, stops, err := in.gate(o, d)
		switch {
		case err != nil:
			return review.Fail(o, err)
		case stops:
			return g
		}
		o = g
	}
	return in.store(o, d)
}

// preview returns what a run that is not dry would make of a file, and stores nothing.
func (in *intake) preview(o review.Outcome, d decoded) review.Outcome {
	for _, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Excluded += len(b.Excluded)
		o.Findings = append(o.Findings, b.Findings...)
	}
	g, _, err := in.gate(o, d)
	if err != nil {
		return review.Fail(o, err)
	}
	return g
}

// decoded is one file of a source that was read and checked, and what was in the lake before it.
type decoded struct {
	source  *source.Source
	name    string
	data    []byte
	meta    archive.Sidecar
	batches []dated.Batch // the releases of the file, oldest first
	raw     lake.Raw
	entries []lake.Entry
}

// store stores the snapshot of a file, and appends those of its releases that the lake lacks.
func (in *intake) store(o review.Outcome, d decoded) review.Outcome {
	snapshot, err := in.Raw.Save(d.source.ID, o.Release, d.name, d.data, d.meta)
	if err != nil {
		return review.Fail(o, err)
	}
	d.raw.File = lake.RawFile(d.source.ID, snapshot.Release, snapshot.File)
	for i, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Excluded += len(b.Excluded)
		o.Findings = append(o.Findings, b.Findings...)
		if e, known, err := in.Lake.Stated(d.entries, b.Release, b.Observations, d.raw); err != nil {
			return review.Fail(o, err)
		} else if known { // the file states its whole history
			if err := in.Lake.NoteSame(b.Release, snapshot.Release, lake.Statement(b.Observations), e); err != nil {
				return review.Fail(o, err)
			}
			continue
		}
		// First the excluded rows: the entry in the lake commits the release.
		sum, err := in.SaveExcluded(b.Release, b.Excluded)
		if err != nil {
			return review.Fail(o, err)
		}
		c := b.Content(d.source, in.Lists)
		c.RejectsSHA256 = sum
		if i == len(d.batches)-1 {
			c.States = states(d.batches)
		}
		if _, err := in.Lake.Append(b.Release, c, d.raw); err != nil {
			return review.Fail(o, err)
		}
	}
	in.Log.Info("ingested", "source", d.source.ID, "release", o.Release, "rows", o.Rows, "rejects", o.Excluded, "findings", len(o.Findings))
	return o
}

// states returns the names of all that a file states, one for each release.
func states(batches []dated.Batch) (out []string) {
	for _, b := range batches {
		out = append(out, lake.State(b.Release.Vintage, lake.Statement(b.Observations)))
	}
	return out
}

// stated reports whether the lake already has every release of a file under another file of the
// same vintage, and returns the newest of them. Only the form of the file is then different: a page
// that is served with another token every day brings nothing new, and is not stored again.
func (in *intake) stated(d decoded) (e lake.Entry, known bool, err error) {
	for _, b := range d.batches {
		if e, known, err = in.Lake.Stated(d.entries, b.Release, b.Observations, d.raw); err != nil || !known {
			return e, false, err
		}
	}
	return e, true, nil
}

// superfluous returns the outcome of a file whose releases the lake all has from other files; e is
// the newest of them. If the file is in data/raw, the lake records that it lacks nothing.
func (in *intake) superfluous(o review.Outcome, d decoded, e lake.Entry) review.Outcome {
	if !in.Dry && in.Raw.Has(d.raw.File) {
		b := d.batches[len(d.batches)-1]
		if err := in.Lake.NoteSame(b.Release, b.Release.ID, lake.Statement(b.Observations), e); err != nil {
			return review.Fail(o, err)
		}
	}
	return o.Known(e)
}

// ingested returns the index of the newest release of the file that a sidecar describes, or -1. A
// file may state several releases. The newest names the snapshot and is appended last, so if it is
// missing, the file was not ingested completely. A reissue is a release of its own.
func ingested(entries []lake.Entry, m archive.Sidecar) int {
	return slices.IndexFunc(entries, func(e lake.Entry) bool {
		return e.RawSHA256 == m.SHA256 && path.Base(path.Dir(e.RawFile)) == e.Release && e.Reissued == m.Reissued && (!m.Reissued || e.FirstSeen.Equal(m.FirstSeen))
	})
}

// lastReissue returns the index of the newest reissue of a file with this hash, or -1.
func lastReissue(entries []lake.Entry, sha256 string) int {
	for i, e := range slices.Backward(entries) {
		if e.Reissued && e.RawSHA256 == sha256 {
			return i
		}
	}
	return -1
}
