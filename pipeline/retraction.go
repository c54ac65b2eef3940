package pipeline

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"crossings/pipeline/fetch"
	"crossings/pipeline/stat"
)

// retraction is a release that the lake had and has no more, by a person's decision.
type retraction struct {
	Source, Release string
	Kind            string    // fetch.Withdrawn or fetch.Redated
	At              time.Time // of the decision
	Reason          string    // why it was withdrawn; "" for one that was redated
	Released        stat.Date // the date that it had
	Now             string    // the release that a redated one is now
	NowReleased     stat.Date // and its date
}

// retractions returns the releases that were withdrawn or redated, by source, time and name.
// It follows from data/raw. Those that can be read are returned beside the error.
func (c Config) retractions() ([]retraction, error) {
	var out []retraction
	var failed error
	for _, dir := range []string{c.rejected(), c.raw()} {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		list, err := retractionsIn(dir)
		out, failed = append(out, list...), errors.Join(failed, err)
	}
	slices.SortFunc(out, func(a, b retraction) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), a.At.Compare(b.At), cmp.Compare(a.Release, b.Release))
	})
	return out, failed
}

// retractionsIn returns the releases of which a store of files says that they were taken back.
func retractionsIn(dir string) (out []retraction, err error) {
	store, err := fetch.OpenStore(dir)
	if err != nil {
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

// retractionsOf returns the releases that came from a file and are in the lake no more. Of a
// file that was redated and withdrawn later all are withdrawn.
func retractionsOf(sn fetch.Snapshot) (out []retraction) {
	last := sn.Meta.Decided()
	for _, d := range sn.Meta.Decisions {
		if last.Kind != fetch.Withdrawn && d.Kind != fetch.Redated {
			continue
		}
		for _, r := range d.Releases {
			t := retraction{Source: sn.Source, Release: r, Kind: last.Kind, At: last.At, Reason: last.Reason, Released: d.Released}
			if last.Kind != fetch.Withdrawn {
				t.Kind, t.At, t.Reason, t.Now, t.NowReleased = fetch.Redated, d.At, "", sn.Release, sn.Meta.Released
			}
			if t.Now != r && !slices.ContainsFunc(out, func(o retraction) bool { return o.Release == r }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// withdrawnReleases returns the names of the releases of a source that were withdrawn or
// redated: that the lake lacks them is as it should be.
func (c Config) withdrawnReleases(id string) ([]string, error) {
	all, err := c.retractions()
	var out []string
	for _, t := range all {
		if t.Source == id {
			out = append(out, t.Release)
		}
	}
	return out, err
}
