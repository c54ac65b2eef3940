package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/watch"
)

// Withdraw takes a release out of the lake for good, and says why. Its file moves to
// data/raw/rejected and does not come in again, by whichever command, unless Accept takes
// it. All releases that the file states go with it, and what they displaced comes back: the
// outcomes after the first. One that was withdrawn before stays so, for the reason given
// then. A killed Withdraw is ended by the next, or by Run.
func (in *Desk) Withdraw(ctx context.Context, id, release, reason string) ([]review.Outcome, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return nil, err
	}
	t, err := in.taken(id, release)
	if err != nil {
		return nil, err
	}
	if t.back {
		return in.afterDecision(ctx, t, withdrawn(t.files)), nil
	}
	d := t.decision(archive.Withdrawn, in.Now())
	d.Reason = reason
	edit := func(m archive.Sidecar) archive.Sidecar {
		m.Rejected, m.Decisions = reason, append(slices.Clone(m.Decisions), d)
		return m
	}
	o := review.Outcome{Source: id, File: t.files[0].File, Release: t.folder}
	files, err := in.takeBack(t, edit)
	if err != nil {
		return []review.Outcome{review.Refuse(o, err)}, nil
	}
	return in.afterDecision(ctx, t, withdrawn(files)), nil
}

// takeBack moves the files of a release to those that were rejected, with edit made to
// their sidecars, and ends the decision that edit notes. It returns the moved files.
func (in *Desk) takeBack(t taken, edit func(archive.Sidecar) archive.Sidecar) ([]archive.Snapshot, error) {
	id := t.source.ID
	if err := in.Rejected.CopyRelease(in.Raw, t.files, t.folder, edit); err != nil {
		return nil, err
	}
	files, err := in.Rejected.Files(id, t.folder)
	if err != nil {
		return nil, err
	}
	return files, in.endDecision(id, files)
}

// withdrawn is the outcome of a file that was withdrawn, now or before.
func withdrawn(files []archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: files[0].Source, File: files[0].File}.Rejected(&files[0])
	if d := files[0].Meta.LastDecision(); d.Kind == archive.Withdrawn {
		o.State, o.Releases = review.Withdrawn, d.Releases
	}
	return o
}

// afterDecision reads again what a decision made uncertain, and notes the state of the
// source. The outcomes begin with o and go on with the releases that came back into the lake.
func (in *Desk) afterDecision(ctx context.Context, t taken, o review.Outcome) []review.Outcome {
	s, list := t.source, []review.Outcome{o}
	for _, x := range in.restore(ctx, s) {
		if x.Failed() {
			list = append(list, x)
		}
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return append(list, review.Refuse(review.Outcome{Source: s.ID}, err))
	}
	for _, e := range entries {
		if e.Release != o.Release && !slices.Contains(t.before, e.Release) {
			list = append(list, review.Outcome{Source: s.ID, File: path.Base(e.RawFile), Release: e.Release, State: review.Added, Rows: e.Rows, Excluded: e.Rejects})
		}
	}
	switch watch.TroubleWith(in.Registry, s.ID).State {
	case "", watch.Late, watch.Dead: // which follow from the newest release
		return in.noted(s, list)
	}
	return list
}

// taken is a release that a person takes back.
type taken struct {
	source  *source.Source
	folder  string             // the release that names its folder in data/raw
	files   []archive.Snapshot // at least one
	entries []lake.Entry       // the releases in the lake that come from it
	before  []string           // all releases of the source in the lake
	back    bool               // it was taken back, or rejected, before: files are those in data/raw/rejected
}

// taken returns a release that is in data/raw, or was taken back before. release is its
// name, or that of one of several that its file states.
func (in *Desk) taken(id, release string) (t taken, err error) {
	if t.source = in.Find(id); t.source == nil {
		return t, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
	}
	if _, err := archive.SafeName(release); err != nil {
		return t, fmt.Errorf("%w: RELEASE: %w", registry.ErrUsage, err)
	}
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return t, err
	}
	t.folder = release
	if i := slices.IndexFunc(entries, func(e lake.Entry) bool { return e.Release == release }); i >= 0 {
		t.folder = entries[i].Folder()
	}
	for _, e := range entries {
		t.before = append(t.before, e.Release)
		if e.Folder() == t.folder {
			t.entries = append(t.entries, e)
		}
	}
	if t.files, err = in.Raw.Files(id, t.folder); err != nil {
		return t, err
	}
	if len(t.files) > 0 {
		return t, t.isLayout()
	}
	if len(t.entries) > 0 {
		return t, fmt.Errorf("release %s of %s: %w: data/raw has its file no more; restore it from a backup, or add the file again, and then take it back", release, id, archive.ErrDamaged)
	}
	return in.takenBefore(t, release)
}

// takenBefore looks for a release that is not in data/raw among the rejected files.
func (in *Desk) takenBefore(t taken, release string) (taken, error) {
	id := t.source.ID
	list, err := in.Rejected.Snapshots(id)
	if err != nil {
		return t, err
	}
	for _, sn := range list {
		if sn.Release == release || slices.Contains(sn.Meta.LastDecision().Releases, release) {
			t.folder, t.back = sn.Release, true
			t.files, err = in.Rejected.Files(id, sn.Release)
			return t, err
		}
	}
	held, err := in.Pending.Files(id, release)
	if err != nil {
		return t, err
	}
	if len(held) > 0 {
		return t, fmt.Errorf("%w: release %s of %s waits and is not in the lake; see: ingest reject", registry.ErrUsage, release, id)
	}
	return t, fmt.Errorf("%w: there is no release %q of %s%s", registry.ErrUsage, release, id, in.newest(id))
}

// maxNamed is how many releases an error names.
const maxNamed = 5

// newest names the newest releases of a source, for an error.
func (in *Desk) newest(id string) string {
	entries, err := in.Lake.Entries(id)
	if err != nil || len(entries) == 0 {
		return ", and no other"
	}
	var names []string
	for _, e := range slices.Backward(entries) {
		if len(names) < maxNamed {
			names = append(names, e.Release)
		}
	}
	return "; the newest are " + strings.Join(names, ", ") + ", and data/raw/" + lake.FolderName(id) + " has a folder for each"
}

// isLayout is an error where the release is a layout of records.
func (t taken) isLayout() error {
	if t.source.Records == nil || t.files[0].File != layout.FileName {
		return nil
	}
	return fmt.Errorf("%w: %s of %s is a layout and no release; give another one: ingest add %s --layout FILE", registry.ErrUsage, t.folder, t.source.ID, t.source.ID)
}

// decision returns a decision about the release, of a kind.
func (t taken) decision(kind string, at time.Time) archive.Decision {
	d := archive.Decision{Kind: kind, At: at, Released: t.files[0].Meta.Released}
	for _, e := range t.entries {
		d.Releases = append(d.Releases, e.Release)
	}
	if len(d.Releases) == 0 {
		d.Releases = []string{t.folder}
	}
	return d
}

// endDecision carries out a decision that is noted among the rejected files, from where a
// kill may have left it: the release goes from the lake and then from data/raw, and one
// that was redated comes to data/raw under its new date. One that was taken in again since
// is rejected no more.
func (in *Desk) endDecision(id string, files []archive.Snapshot) error {
	folder, decided := files[0].Release, files[0].Meta.Decisions
	kept, err := in.Raw.Files(id, folder)
	if err != nil {
		return err
	}
	if len(kept) > 0 && len(kept[0].Meta.Decisions) > len(decided) {
		return in.Rejected.Discard(id, folder)
	}
	if err := in.takeOut(id, folder, len(kept) > 0); err != nil {
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

// resumeDecision ends a decision that a kill cut short, from one of its files. Where it
// cannot be carried out now it stays noted: the next run tries again.
func (in *Desk) resumeDecision(sn archive.Snapshot) {
	files, err := in.Rejected.Files(sn.Source, sn.Release)
	if err == nil && len(files) > 0 && files[0].File == sn.File { // else it is done with the first file
		err = in.endDecision(sn.Source, files)
	}
	if err != nil {
		in.Log.Warn("a release could not be taken back as decided; the next run tries again", "source", sn.Source, "release", sn.Release, "error", err)
	}
}

// reinstate takes a release in again that was withdrawn. Its sidecar keeps both decisions.
func (in *Desk) reinstate(s *source.Source, sn archive.Snapshot) (review.Outcome, error) {
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
		return review.Refuse(o, err), nil
	}
	before, err := in.Lake.Entries(s.ID)
	if err != nil {
		return review.Refuse(o, err), nil
	}
	o = in.ingestFile(s, sn.File, data, back(sn.Meta), true)
	if o.Failed() || o.State == review.Known { // another release states the same: the bytes stay where they are
		return o, nil
	}
	if err := errors.Join(in.Rejected.Discard(s.ID, sn.Release), in.forget(s.ID, before)); err != nil {
		return o, err
	}
	for _, x := range in.restore(context.Background(), s) {
		if x.Failed() {
			return x, nil
		}
	}
	return o, nil
}

// takeOut takes a release out of the lake and out of data/raw, in this order. What the lake
// has of other releases of the source may follow from this one: it had displaced one of the
// same day, or was compared with the next. They leave the lake first, and the next restore reads
// them again, so that what is there is always what data/raw alone makes.
func (in *Desk) takeOut(id, folder string, kept bool) error {
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return err
	}
	own := func(e lake.Entry) bool { return e.Folder() == folder }
	if !kept && !slices.ContainsFunc(entries, own) {
		return nil
	}
	if err := in.forget(id, slices.DeleteFunc(slices.Clone(entries), own)); err != nil {
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

// forget takes releases of a source out of the lake that restore reads again. Those of which
// the file cannot be read now stay as they are; records are made again as a whole.
func (in *mender) forget(id string, entries []lake.Entry) error {
	s := in.Find(id)
	if s == nil || s.Records != nil || len(entries) == 0 {
		return nil
	}
	snapshots, err := in.Raw.Snapshots(id)
	if err != nil {
		return err
	}
	readable := map[string]bool{}
	for _, sn := range snapshots {
		data, err := in.Raw.Read(sn, s.Place.MaxBytes)
		if err != nil {
			continue
		}
		m := sn.Meta
		_, err = read(s, sn.File, data, &m)
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
