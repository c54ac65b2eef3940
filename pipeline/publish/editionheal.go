package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition"
)

// manifestNotes is the file that has the hashes of the manifests of all editions.
func (c Options) manifestNotes() string {
	return c.Dir.Cache("editions")
}

// mendEditions compares every edition with its manifest and takes what is damaged from the
// site, which has all of them too, or from where places say. What it cannot mend it returns. It is an
// error where a manifest is not the one that was noted.
func (c Options) mendEditions(places ...string) (left []error, err error) {
	if err := c.checkManifests(); err != nil {
		return nil, err
	}
	archive := edition.Open(c.Dir.Editions())
	damaged, err := archive.Damaged()
	if err != nil {
		return nil, err
	}
	for _, d := range damaged {
		mended := false
		for _, dir := range append(places, filepath.Join(c.Dir.Site(), edition.Folder, d.Version), c.Dir.Site()) {
			if mended, err = archive.Mend(d, filepath.Join(dir, filepath.FromSlash(d.File.Name))); mended || err != nil {
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

// checkManifests compares the manifests with the hashes noted of them, and notes those that
// are new.
func (c Options) checkManifests() error {
	noted := map[string]string{}
	if text, ok := atomicfile.ReadChecked(c.manifestNotes(), maxStand); ok {
		if err := json.Unmarshal(text, &noted); err != nil {
			return fmt.Errorf("%s: %w", c.manifestNotes(), err)
		}
	}
	kept, err := editionsIn(c.Dir.Editions())
	if err != nil {
		return err
	}
	now := map[string]string{}
	for _, v := range kept {
		path := filepath.Join(c.Dir.Editions(), v, edition.ManifestName)
		data, err := archive.ReadFile(path, maxStand)
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
			return fmt.Errorf("%w: %s is gone; restore it from a copy, or remove %s if that is meant", edition.ErrDamaged, filepath.Join(c.Dir.Editions(), v), c.manifestNotes())
		}
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(c.manifestNotes(), text)
}

// damagedEditions is an error of what is damaged in editions, unless nothing is or it is allowed.
func (c Options) damagedEditions(left []error) error {
	if c.AllowFewer {
		return nil
	}
	return errors.Join(left...)
}
