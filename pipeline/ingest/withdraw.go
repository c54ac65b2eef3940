package ingest

import (
	"context"
	"errors"
	"path"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/watch"
)

// Withdraw takes a release out of the lake for good, and records why. Its file moves to
// data/raw/rejected and does not come in again, by any command, unless it is accepted. All releases
// that the file states go with it. What they displaced comes back: those are the outcomes after the
// first. A release that was withdrawn before stays so, for the reason given then. If Withdraw is
// killed, the next one or Run completes it.
func (in *Reviewer) Withdraw(ctx context.Context, id, release, reason string) ([]review.Outcome, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return nil, err
	}
	t, err := findStored(in.Session, id, release)
	if err != nil {
		return nil, err
	}
	if t.decided {
		return in.afterDecision(ctx, t, withdrawn(t.files)), nil
	}
	d := t.decision(archive.Withdrawn, in.Now())
	d.Reason = reason
	edit := func(m archive.Sidecar) archive.Sidecar {
		m.Rejected, m.Decisions = reason, append(slices.Clone(m.Decisions), d)
		return m
	}
	o := review.Outcome{Source: id, File: t.files[0].File, Release: t.folder}
	files, err := in.moveToRejected(t, edit)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}, nil
	}
	return in.afterDecision(ctx, t, withdrawn(files)), nil
}

// moveToRejected moves the files of a release to the rejected ones, with their sidecars edited by
// edit, and applies the decision that edit adds. It returns the moved files.
func (in *Reviewer) moveToRejected(t storedRelease, edit func(archive.Sidecar) archive.Sidecar) ([]archive.Snapshot, error) {
	id := t.source.ID
	if err := in.Rejected.CopyRelease(in.Raw, t.files, t.folder, edit); err != nil {
		return nil, err
	}
	files, err := in.Rejected.Files(id, t.folder)
	if err != nil {
		return nil, err
	}
	return files, in.applyDecision(id, files)
}

// withdrawn returns the outcome of a file that was withdrawn, now or before.
func withdrawn(files []archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: files[0].Source, File: files[0].File}.Rejected(&files[0])
	if d := files[0].Meta.LastDecision(); d.Kind == archive.Withdrawn {
		o.State, o.Releases = review.Withdrawn, d.Releases
	}
	return o
}

// afterDecision reads again what a decision made uncertain, and saves the state of the source. The
// outcomes are o, then the releases that came back into the lake.
func (in *Reviewer) afterDecision(ctx context.Context, t storedRelease, o review.Outcome) []review.Outcome {
	s, list := t.source, []review.Outcome{o}
	for _, x := range in.restore(ctx, s) {
		if x.Failed() {
			list = append(list, x)
		}
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return append(list, review.Fail(review.Outcome{Source: s.ID}, err))
	}
	for _, e := range entries {
		if e.Release != o.Release && !slices.Contains(t.before, e.Release) {
			list = append(list, review.Outcome{Source: s.ID, File: path.Base(e.RawFile), Release: e.Release, State: review.Added, Rows: e.Rows, Excluded: e.Rejects})
		}
	}
	switch watch.LastFault(in.Registry, s.ID).State {
	case "", watch.Late, watch.Dead: // these follow from the newest release
		return in.record(s, list)
	}
	return list
}

// applyDecision applies a decision that is recorded among the rejected files, from where a kill may
// have left it. The release leaves the lake, then data/raw. A redated one comes to data/raw under
// its new date. One that was accepted again since is no longer rejected.
func (in *Reviewer) applyDecision(id string, files []archive.Snapshot) error {
	folder, decided := files[0].Release, files[0].Meta.Decisions
	kept, err := in.Raw.Files(id, folder)
	if err != nil {
		return err
	}
	if len(kept) > 0 && len(kept[0].Meta.Decisions) > len(decided) {
		return in.Rejected.Discard(id, folder)
	}
	if err := in.remove(id, folder, len(kept) > 0); err != nil {
		return err
	}
	if files[0].Meta.LastDecision().Kind != archive.Redated {
		return nil
	}
	as := microdata.ReleaseOf(id, files).ID
	if err := in.Raw.CopyRelease(in.Rejected, files, as, func(m archive.Sidecar) archive.Sidecar { return m }); err != nil {
		return err
	}
	return in.Rejected.Discard(id, folder)
}

// resumeDecision completes a decision that a kill cut short, given one of its files. If it fails,
// the decision stays recorded and the next run tries again.
func (in *Reviewer) resumeDecision(sn archive.Snapshot) {
	files, err := in.Rejected.Files(sn.Source, sn.Release)
	if err == nil && len(files) > 0 && files[0].File == sn.File { // the first file does it for the whole release
		err = in.applyDecision(sn.Source, files)
	}
	if err != nil {
		in.Log.Warn("a decision about a release could not be completed; the next run tries again", "source", sn.Source, "release", sn.Release, "error", err)
	}
}

// reinstate brings a withdrawn release back. Its sidecar keeps both decisions.
func (in *Reviewer) reinstate(s *source.Source, sn archive.Snapshot) (review.Outcome, error) {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	back := func(m archive.Sidecar) archive.Sidecar {
		m.Decisions = append(slices.Clone(m.Decisions), archive.Decision{Kind: archive.Reinstated, At: in.Now(), Released: m.Released})
		m.Rejected = ""
		return m
	}
	if s.Records != nil {
		return in.micro.Reinstate(s, sn, back)
	}
	data, err := in.Rejected.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(o, err), nil
	}
	before, err := in.Lake.Entries(s.ID)
	if err != nil {
		return review.Fail(o, err), nil
	}
	o = in.ingestFile(s, sn.File, data, back(sn.Meta), true)
	if o.Failed() || o.State == review.Known { // another release states the same; the bytes stay where they are
		return o, nil
	}
	if err := errors.Join(in.Rejected.Discard(s.ID, sn.Release), in.dropForReread(s.ID, before)); err != nil {
		return o, err
	}
	for _, x := range in.restore(context.Background(), s) {
		if x.Failed() {
			return x, nil
		}
	}
	return o, nil
}

// remove takes a release out of the lake, then out of data/raw. Other releases of the source may
// depend on this one: it displaced one of the same day, or was compared with the next. They leave
// the lake first, and the next restore reads them again, so the lake is always what data/raw makes.
func (in *Reviewer) remove(id, folder string, kept bool) error {
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return err
	}
	own := func(e lake.Entry) bool { return e.Folder() == folder }
	if !kept && !slices.ContainsFunc(entries, own) {
		return nil
	}
	if err := in.dropForReread(id, slices.DeleteFunc(slices.Clone(entries), own)); err != nil {
		return err
	}
	for _, e := range entries {
		if own(e) {
			if err := in.Lake.Remove(e); err != nil {
				return err
			}
		}
	}
	if err := in.micro.Empty(id, folder); err != nil {
		return err
	}
	return in.Raw.Discard(id, folder)
}

// dropForReread takes releases of a source out of the lake that restore will read again. A release
// whose file cannot be read now stays as it is. Microdata is always rebuilt as a whole.
func (in *restorer) dropForReread(id string, entries []lake.Entry) error {
	s := in.Find(id)
	if s == nil || s.Records != nil || len(entries) == 0 {
		return nil
	}
	snapshots, err := in.Raw.Snapshots(id)
	if err != nil {
		return err
	}
	readable := map[string]bool{}
	for _, sn := range slices.DeleteFunc(snapshots, registry.IsLayout) {
		data, err := in.Raw.Read(sn, s.Place.MaxBytes)
		if err != nil {
			continue
		}
		m := sn.Meta
		_, err = dated.Read(s, in.Lists, sn.File, data, &m)
		readable[sn.Release] = err == nil
	}
	for _, e := range entries {
		if readable[e.Folder()] {
			if err := in.Lake.Remove(e); err != nil {
				return err
			}
		}
	}
	return nil
}
