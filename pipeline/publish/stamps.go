package publish

import (
	"errors"
	"io/fs"
	"slices"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/stamp"
)

// stamped returns the versions that the files of the newest edition carry. all are the data versions of
// the site, the newest first. A file whose version is not kept any more, or was made from a release
// that was taken back, carries the first version after it that has neither fault: its content is the
// same there. Editions of older programs have no such list, and damage to one is reported elsewhere;
// then every file carries the current version.
func stamped(archive edition.Archive, newest *edition.Manifest, all []content.EditionInfo) (stamp.Ledger, error) {
	if newest == nil {
		return nil, nil
	}
	data, err := archive.Read(newest.Version, stamp.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ledger, err := stamp.Read(data)
	if err != nil {
		return nil, nil
	}
	for name, e := range ledger {
		if e.Version = firstFrom(e.Version, all); e.Version == "" {
			delete(ledger, name)
			continue
		}
		ledger[name] = e
	}
	return ledger, nil
}

// firstFrom returns the oldest version, from one on, that was not made from a release that was taken
// back. It is "" if there is none.
func firstFrom(version string, all []content.EditionInfo) string {
	from, err := edition.ParseVersion(version)
	if err != nil {
		return ""
	}
	for _, e := range slices.Backward(all) {
		v, err := edition.ParseVersion(e.Version)
		if err == nil && v.Compare(from) >= 0 && len(e.Retractions) == 0 {
			return e.Version
		}
	}
	return ""
}
