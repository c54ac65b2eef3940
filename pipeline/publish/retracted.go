package publish

import (
	"cmp"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/registry"
	"crossings/pipeline/table/row"
)

// retracted returns the releases that were taken back, the newest decision first. With an
// error it returns those that can be read.
func retracted(reg registry.Registry) (out []content.Retraction, err error) {
	list, err := reg.Retractions()
	for _, r := range list {
		title := r.Source
		if s := reg.Find(r.Source); s != nil {
			title = s.Title
		}
		out = append(out, content.Retraction{Source: r.Source, Title: title, Release: r.Release, Releases: r.Releases, Released: r.Released, At: r.At.UTC(), Reason: r.Reason,
			Now: r.Now, NowReleased: r.NowReleased})
	}
	slices.SortStableFunc(out, func(a, b content.Retraction) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Source, b.Source)) })
	return out, err
}

// inEdition returns the retractions that concern an edition: those of releases in its own list
// of releases.
func inEdition(archive edition.Archive, m edition.Manifest, list []content.Retraction) ([]content.Retraction, error) {
	if len(list) == 0 {
		return nil, nil
	}
	made := map[[2]string]bool{}
	err := eachArchivedRelease(archive, m.Version, func(r row.Release) { made[[2]string{r.Source, r.Release}] = true })
	var out []content.Retraction
	for _, r := range list {
		r.Releases = slices.DeleteFunc(slices.Clone(r.Releases), func(id string) bool { return !made[[2]string{r.Source, id}] })
		if len(r.Releases) > 0 {
			out = append(out, r)
		}
	}
	return out, err
}

// names returns the retracted releases as "source release".
func names(list []content.Retraction) (out []string) {
	for _, r := range list {
		for _, id := range r.Releases {
			out = append(out, r.Source+" "+id)
		}
	}
	return out
}

// retract puts the notices of retractions into the folders of the editions of a new site.
func retract(dir string, all []content.EditionInfo) error {
	for _, e := range all {
		if len(e.Retractions) == 0 {
			continue
		}
		var list []edition.Retraction
		for _, r := range e.Retractions {
			x := edition.Retraction{Source: r.Source, Release: r.Release, Releases: r.Releases, Kind: archive.Withdrawn, At: r.At.Format(time.RFC3339), Reason: r.Reason, Now: r.Now}
			if r.Now != "" {
				x.Kind = archive.Redated
			}
			list = append(list, x)
		}
		stamp := func(page []byte) ([]byte, error) { return site.Retract(page, e.Retractions) }
		if err := edition.Retract(filepath.Join(dir, e.Version), list, stamp); err != nil {
			return err
		}
	}
	return nil
}
