package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/publish/upload"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// Uploaded says what an upload did, or would do.
type Uploaded struct {
	Put     []string `json:"put"`     // in order
	Removed []string `json:"removed"` // files that the site no longer has
	Same    int      `json:"same"`    // files that were there already
	Bytes   int64    `json:"bytes"`   // of those put
	Version string   `json:"data_version,omitempty"`
}

// Upload puts the published site and all its data versions on a target. dry says what
// would be done and does nothing. done is called after each file that was put.
func Upload(ctx context.Context, dir datadir.Dir, o Options, t upload.Target, dry bool, done func(f edition.File)) (*Uploaded, error) {
	release, err := lock(dir, o.Begun) // so that no build takes the site away meanwhile
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := os.Stat(filepath.Join(dir.Site(), "index.html")); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no site in %s yet", tables.ErrNothing, dir.Site())
	}
	plan, err := upload.NewPlan(ctx, dir.Site(), t)
	if err != nil {
		return nil, err
	}
	if !o.AllowOlder {
		if err := notBack(ctx, dir.Site(), t, plan.Newest); err != nil {
			return nil, err
		}
	}
	u := &Uploaded{Put: []string{}, Removed: append([]string{}, plan.Remove...), Same: plan.Same, Bytes: plan.Bytes(), Version: versionIn(dir.Site())}
	for _, f := range plan.Put {
		u.Put = append(u.Put, f.Name)
	}
	if dry {
		return u, nil
	}
	return u, upload.Upload(ctx, dir.Site(), t, plan, done)
}

// releaseFile says of a site what it was made from, and as of which day.
const releaseFile = "release.json"

// maxRelease bounds the file releaseFile: some hundred bytes for each input and table.
const maxRelease = 64 << 20

// released is what a site says of itself in its releaseFile.
type released struct {
	AsOf    *stat.Date `json:"as_of"` // nil for the newest
	Version string     `json:"data_version"`
	Vintage stat.Date  `json:"vintage"`
}

// version returns the data version of a site, zero where it has none.
func (r released) version() edition.Version {
	v, err := edition.ParseVersion(r.Version)
	if err != nil {
		return edition.Version{}
	}
	return v
}

func parseRelease(text []byte) (r released, err error) {
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s: %w; run: publish run", releaseFile, err)
	}
	return r, nil
}

// notBack is an ErrUsage where the target shows something newer than the site: its readers
// would take old figures for those of today. newest is the newest data version on the
// target. A site as of a day in the past may be put where one of that kind is, or nothing.
func notBack(ctx context.Context, site string, t upload.Target, newest edition.Version) error {
	text, err := archive.ReadFile(filepath.Join(site, releaseFile), maxRelease)
	if err != nil {
		return err
	}
	ours, err := parseRelease(text)
	if err != nil {
		return err
	}
	text, err = t.Get(ctx, releaseFile, maxRelease)
	nothing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !nothing {
		return err
	}
	theirs, bad := parseRelease(text) // a site that does not say what it is may be the newest
	if ours.AsOf != nil {
		if nothing && newest == (edition.Version{}) || bad == nil && theirs.AsOf != nil {
			return nil
		}
		return fmt.Errorf("%w: the site in %s is of what was known on %s, and the target shows the newest; run: publish run, and upload that, or name a target of its own", registry.ErrUsage, site, ours.AsOf)
	}
	if bad == nil && theirs.AsOf == nil && theirs.version().Compare(newest) > 0 {
		newest = theirs.version()
	}
	if older := ours.version().Compare(newest) < 0; !older && (bad != nil || theirs.AsOf != nil || ours.version() != newest || ours.Vintage >= theirs.Vintage) {
		return nil
	}
	return fmt.Errorf("%w: the site in %s is data version %s, of %s, and the target has version %s; run: publish run. To go back all the same: --allow-older", registry.ErrUsage, site, ours.Version, ours.Vintage, newest)
}

// versionIn returns the data version of a site, or "" where it does not say.
func versionIn(site string) string {
	var r struct {
		Version string `json:"data_version"`
	}
	text, err := archive.ReadFile(filepath.Join(site, releaseFile), maxRelease)
	if err != nil || json.Unmarshal(text, &r) != nil {
		return ""
	}
	return r.Version
}

// VerifyPublished checks the site and every data version against what was noted when
// they were made, and returns one error for each file that is another.
func VerifyPublished(dir datadir.Dir, o Options) ([]error, error) {
	release, err := lock(dir, o.Begun)
	if err != nil {
		return nil, err
	}
	defer release()
	out := edition.Open(dir.Editions()).Verify()
	s, ok := (siteFolder{dir}).note()
	if !ok {
		return append(out, fmt.Errorf("%s: what the site was made from is not noted; run: publish run", dir.Cache("site"))), nil
	}
	files, err := filesOf(dir.Site())
	if err != nil {
		return nil, err
	}
	have := map[string]edition.File{}
	for _, f := range files {
		have[f.Name] = f
	}
	for _, f := range s.Files {
		if got, there := have[f.Name]; !there {
			out = append(out, fmt.Errorf("site: %s is gone; run: publish run", f.Name))
		} else if got != f {
			out = append(out, fmt.Errorf("site: %s is not what was published; run: publish run", f.Name))
		}
		delete(have, f.Name)
	}
	for _, f := range files {
		if edition.MayChange(f.Name) {
			continue // an earlier program did not note them
		}
		if _, left := have[f.Name]; left && filepath.Base(f.Name)[0] != atomicfile.TempPrefix[0] {
			out = append(out, fmt.Errorf("site: %s was not published", f.Name))
		}
	}
	return append(out, verifyShown(dir)...), nil
}

// verifyShown compares the data versions in the site with those that are kept, of which
// the bytes are checked there: they are the same files.
func verifyShown(dir datadir.Dir) (out []error) {
	kept, err := editionsIn(dir.Editions())
	if err != nil {
		return []error{err}
	}
	shown, err := editionsIn(filepath.Join(dir.Site(), edition.Folder))
	if err != nil {
		return []error{err}
	}
	if !slices.Equal(kept, shown) {
		out = append(out, fmt.Errorf("site: it has the data versions %v, kept are %v; run: publish run", shown, kept))
	}
	sizes := func(string) bool { return false }
	for _, v := range kept {
		if !slices.Contains(shown, v) {
			continue
		}
		want, err := edition.List(filepath.Join(dir.Editions(), v), sizes)
		if err != nil {
			return append(out, err)
		}
		have, err := edition.List(filepath.Join(dir.Site(), edition.Folder, v), sizes)
		if err != nil {
			return append(out, err)
		}
		mayChange := func(f edition.File) bool { return edition.MayChange(edition.Folder + "/" + v + "/" + f.Name) }
		if !slices.Equal(slices.DeleteFunc(want, mayChange), slices.DeleteFunc(have, mayChange)) {
			out = append(out, fmt.Errorf("site: data version %s is not what was published; remove %s and run: publish run", v, dir.Site()))
		}
	}
	return out
}
