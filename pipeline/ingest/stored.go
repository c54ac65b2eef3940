package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
)

// storedRelease is a release that a person takes out or redates.
type storedRelease struct {
	source  *source.Source
	folder  string             // the release that names its folder in data/raw
	files   []archive.Snapshot // at least one
	entries []lake.Entry       // its releases in the lake
	before  []string           // all releases of the source in the lake
	decided bool               // it was taken out or rejected before; files are those in data/raw/rejected
}

// findStored returns a release that is in data/raw, or was taken out before. release is its name, or the
// name of one of several that its file states.
func findStored(in *registry.Session, id, release string) (t storedRelease, err error) {
	if t.source, err = in.Lookup(id); err != nil {
		return t, err
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
		return t, t.checkNotLayout()
	}
	if len(t.entries) > 0 {
		return t, fmt.Errorf("release %s of %s: %w: its file is missing from data/raw; restore it from a backup, or add the file again, then repeat this", release, id, archive.ErrDamaged)
	}
	return findRejected(in, t, release)
}

// findRejected looks for a release among the rejected files.
func findRejected(in *registry.Session, t storedRelease, release string) (storedRelease, error) {
	id := t.source.ID
	list, err := in.Rejected.Snapshots(id)
	if err != nil {
		return t, err
	}
	for _, sn := range list {
		if sn.Release == release || slices.Contains(sn.Meta.LastDecision().Releases, release) {
			t.folder, t.decided = sn.Release, true
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
	return t, fmt.Errorf("%w: there is no release %q of %s%s", registry.ErrUsage, release, id, newestNames(in, id))
}

// maxNamed is how many releases an error names.
const maxNamed = 5

// newestNames names the newest releases of a source, for an error.
func newestNames(in *registry.Session, id string) string {
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

// checkNotLayout returns an error if the release is a layout.
func (t storedRelease) checkNotLayout() error {
	if t.source.Records == nil && t.source.Table == nil || t.files[0].File != layout.FileName {
		return nil
	}
	return fmt.Errorf("%w: %s of %s is a layout, not a release; to replace it: ingest add %s --layout FILE", registry.ErrUsage, t.folder, t.source.ID, t.source.ID)
}

// decision returns a decision of that kind about the release.
func (t storedRelease) decision(kind string, at time.Time) archive.Decision {
	d := archive.Decision{Kind: kind, At: at, Released: t.files[0].Meta.Released}
	for _, e := range t.entries {
		d.Releases = append(d.Releases, e.Release)
	}
	if len(d.Releases) == 0 {
		d.Releases = []string{t.folder}
	}
	return d
}
