package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
)

// editions is the archive of a data folder's editions, with a note of the manifests' hashes.
type editions struct {
	edition.Archive
	dir datadir.Dir
}

func editionsOf(dir datadir.Dir) editions { return editions{edition.Open(dir.Editions()), dir} }

// manifestNotes returns the file with the hashes of the manifests of all editions.
func (e editions) manifestNotes() string { return e.dir.Cache("editions") }

// mend compares every edition with its manifest. It replaces a damaged file with a copy from
// places or from the site, which contains all editions too. It returns the damage that it
// cannot repair. A manifest that differs from its note is an error.
func (e editions) mend(places ...string) (left []error, err error) {
	if err := e.checkManifests(); err != nil {
		return nil, err
	}
	damaged, err := e.Damaged()
	if err != nil {
		return nil, err
	}
	for _, d := range damaged {
		mended := false
		for _, dir := range append(places, filepath.Join(e.dir.Site(), edition.Folder, d.Version), e.dir.Site()) {
			if mended, err = e.Mend(d, filepath.Join(dir, filepath.FromSlash(d.File.Name))); mended || err != nil {
				break
			}
		}
		if err != nil {
			return nil, err
		}
		if !mended {
			left = append(left, d)
		}
	}
	return left, nil
}

// checkManifests compares the manifests with their recorded hashes, and records new ones.
func (e editions) checkManifests() error {
	noted := map[string]string{}
	if text, ok := atomicfile.ReadChecked(e.manifestNotes(), maxNote); ok {
		if err := json.Unmarshal(text, &noted); err != nil {
			return fmt.Errorf("%s: %w", e.manifestNotes(), err)
		}
	}
	kept, err := editionsIn(e.dir.Editions())
	if err != nil {
		return err
	}
	now := map[string]string{}
	for _, v := range kept {
		path := filepath.Join(e.dir.Editions(), v, edition.ManifestName)
		data, err := archive.ReadFile(path, maxNote)
		if err != nil {
			return fmt.Errorf("%w: %w; restore it from a copy", edition.ErrDamaged, err)
		}
		sum := sha256.Sum256(data)
		if now[v] = hex.EncodeToString(sum[:]); noted[v] != "" && noted[v] != now[v] {
			return fmt.Errorf("%w: %s is not what was written; restore it from a copy", edition.ErrDamaged, path)
		}
	}
	if maps.Equal(noted, now) {
		return nil
	}
	for v := range noted {
		if now[v] == "" {
			return fmt.Errorf("%w: %s is missing; restore it from a copy, or remove %s if you deleted it on purpose", edition.ErrDamaged, filepath.Join(e.dir.Editions(), v), e.manifestNotes())
		}
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(e.manifestNotes(), text)
}
