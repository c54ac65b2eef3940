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
	Put     []string `json:"put"`     // names of files, in the order in which they are put
	Removed []string `json:"removed"` // names of files that the site no longer has
	Same    int      `json:"same"`    // number of unchanged files
	Bytes   int64    `json:"bytes"`   // total size of the files put
	Version string   `json:"data_version,omitempty"`
}

// Upload puts the published site and all editions on a target. If dry is set, it only returns
// what it would do. It calls done after each file.
func Upload(ctx context.Context, dir datadir.Dir, o Options, t upload.Target, dry bool, done func(f edition.File)) (*Uploaded, error) {
	release, err := lock(dir, o.Begun) // no build may replace the site meanwhile
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
	if err := notBack(ctx, dir.Site(), t, plan.Newest, o.AllowOlder); err != nil {
		return nil, err
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

// releaseFile is the file in which a site says what it was made from, and its as-of day.
const releaseFile = "release.json"

// maxRelease limits the size of releaseFile: some hundred bytes for each input and table.
const maxRelease = 64 << 20

// released is the part of releaseFile that is read here.
type released struct {
	AsOf    *stat.Date `json:"as_of"` // nil for the newest
	Version string     `json:"data_version"`
	Vintage stat.Date  `json:"vintage"`
}

// version returns the edition of a site, or zero if it has none.
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

// notBack returns ErrUsage if the target has something newer than the site, because readers would
// take the old figures for current ones. newest is the newest edition on the target. A site as
// of a day in the past may only replace another such site, or go to an empty target. With
// allowOlder only the site must say what it is.
func notBack(ctx context.Context, site string, t upload.Target, newest edition.Version, allowOlder bool) error {
	text, err := archive.ReadFile(filepath.Join(site, releaseFile), maxRelease)
	if err != nil {
		return err
	}
	ours, err := parseRelease(text)
	if err != nil || allowOlder {
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
		return fmt.Errorf("%w: the site in %s is as of %s, and the target has the newest site; run: publish run, and upload that, or name another target", registry.ErrUsage, site, ours.AsOf)
	}
	if bad == nil && theirs.AsOf == nil && theirs.version().Compare(newest) > 0 {
		newest = theirs.version()
	}
	if older := ours.version().Compare(newest) < 0; !older && (bad != nil || theirs.AsOf != nil || ours.version() != newest || ours.Vintage >= theirs.Vintage) {
		return nil
	}
	return fmt.Errorf("%w: the site in %s is edition %s, of %s, and the target has edition %s; run: publish run. To go back to the older one: --allow-older", registry.ErrUsage, site, ours.Version, ours.Vintage, newest)
}

// versionIn returns the edition of a site, or "" if the site does not say.
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

// VerifyPublished checks the site and every edition against the hashes recorded when they were
// built. It returns one error for each damaged file.
func VerifyPublished(dir datadir.Dir, o Options) ([]error, error) {
	release, err := lock(dir, o.Begun)
	if err != nil {
		return nil, err
	}
	defer release()
	out := edition.Open(dir.Editions()).Verify()
	s, ok := (siteFolder{dir}).note()
	if !ok {
		return append(out, fmt.Errorf("%s: there is no record of what the site was built from; run: publish run", dir.Cache("site"))), nil
	}
	files, err := filesOf(dir.Site(), everyFile)
	if err != nil {
		return nil, err
	}
	damaged := false
	have := map[string]edition.File{}
	for _, f := range files {
		have[f.Name] = f
	}
	for _, f := range s.Files {
		if got, there := have[f.Name]; !there {
			out = append(out, fmt.Errorf("site: %s is missing; run: publish run", f.Name))
		} else if got != f {
			out = append(out, fmt.Errorf("site: %s is not what was published; run: publish run", f.Name))
			damaged = true
		}
		delete(have, f.Name)
	}
	if damaged {
		if err := (siteFolder{dir}).distrust(); err != nil {
			return nil, err
		}
	}
	for _, f := range files {
		if edition.MayChange(f.Name) {
			continue // an earlier version of the program did not record them
		}
		if _, left := have[f.Name]; left && filepath.Base(f.Name)[0] != atomicfile.TempPrefix[0] {
			out = append(out, fmt.Errorf("site: %s was not published", f.Name))
		}
	}
	return append(out, verifyShown(dir)...), nil
}

// verifyShown compares every byte of the editions in the site with their manifests, and the editions with
// those in the archive: the site has the newest.
func verifyShown(dir datadir.Dir) (out []error) {
	kept, err := edition.Open(dir.Editions()).Versions()
	if err != nil {
		return []error{err}
	}
	folder := filepath.Join(dir.Site(), edition.Folder)
	shown, err := editionsIn(folder)
	if err != nil {
		return []error{err}
	}
	if newest := namesOf(edition.Newest(kept, len(shown))); !slices.Equal(newest, shown) || len(kept) > 0 && len(shown) == 0 {
		out = append(out, fmt.Errorf("site: it has the editions %v, and the newest in the archive are %v; run: publish run", shown, newest))
	}
	others, err := edition.VerifyShown(folder)
	if err != nil {
		return append(out, err)
	}
	for _, name := range others {
		out = append(out, fmt.Errorf("site: %s/%s is not what was published; run: publish run", edition.Folder, name))
	}
	return out
}
