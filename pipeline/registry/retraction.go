package registry

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/stat"
)

// Retraction is a file whose releases a person withdrew or redated.
type Retraction struct {
	Source      string
	Release     string    // the release that named its folder
	Releases    []string  // all of its releases that were in the lake
	Kind        string    // archive.Withdrawn or archive.Redated
	At          time.Time // of the decision
	Reason      string    // why it was withdrawn; "" if it was redated
	Released    stat.Date // the date that it had
	Now         string    // the name of a redated release now
	NowReleased stat.Date // and its date now
}

// Retractions returns the withdrawn and redated releases, sorted by source, time and name. It reads
// only data/raw. With an error, it returns those that could be read.
func (r Registry) Retractions() ([]Retraction, error) {
	var out []Retraction
	var failed error
	for _, dir := range []string{r.Dir.Rejected(), r.Dir.Raw()} {
		list, err := retractionsIn(dir)
		out, failed = append(out, list...), errors.Join(failed, err)
	}
	slices.SortFunc(out, func(a, b Retraction) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), a.At.Compare(b.At), cmp.Compare(a.Release, b.Release))
	})
	return out, failed
}

// retractionsIn returns the retractions that a store of files records.
func retractionsIn(dir string) (out []Retraction, err error) {
	store, err := archive.OpenExisting(dir)
	if store == nil {
		return nil, err
	}
	defer store.Close()
	ids, err := store.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		list, bad := store.Snapshots(id)
		err = errors.Join(err, bad)
		for i, sn := range list {
			if i == 0 || list[i-1].Release != sn.Release { // once for all files of a release
				out = append(out, retractionsOf(sn)...)
			}
		}
	}
	return out, err
}

// retractionsOf returns the retractions of a file. If it was redated and later withdrawn, all that
// it ever was is withdrawn.
func retractionsOf(sn archive.Snapshot) (out []Retraction) {
	last := sn.Meta.LastDecision()
	if last.Kind == archive.Withdrawn {
		r := Retraction{Source: sn.Source, Release: sn.Release, Kind: last.Kind, At: last.At, Reason: last.Reason, Released: last.Released}
		for _, d := range sn.Meta.Decisions {
			r.Releases = append(r.Releases, d.Releases...)
		}
		slices.Sort(r.Releases)
		r.Releases = slices.Compact(r.Releases)
		return []Retraction{r}
	}
	for _, d := range sn.Meta.Decisions {
		if d.Kind != archive.Redated || len(d.Releases) == 0 || d.Releases[0] == sn.Release {
			continue // it has that date again
		}
		if !slices.ContainsFunc(out, func(r Retraction) bool { return r.Release == d.Releases[0] }) {
			out = append(out, Retraction{Source: sn.Source, Release: d.Releases[0], Releases: d.Releases, Kind: d.Kind, At: d.At, Released: d.Released,
				Now: sn.Release, NowReleased: sn.Meta.Released})
		}
	}
	return out
}

// Withdrawn returns the names of the releases of a source that were withdrawn or redated. The lake
// must not have them.
func (r Registry) Withdrawn(id string) ([]string, error) {
	all, err := r.Retractions()
	var out []string
	for _, t := range all {
		if t.Source == id {
			out = append(out, t.Releases...)
		}
	}
	return out, err
}
