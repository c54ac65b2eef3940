package relay

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// Relay takes in layouts in one run on a data folder.
type Relay struct{ *registry.Session }

// Layout is a layout on its way in.
type Layout struct {
	Source *source.Source // as it describes it
	Data   []byte         // as given
	Meta   archive.Sidecar
}

// Parse reads a layout for a table.
func (in Relay) Parse(id, name string, data []byte) (Layout, error) {
	l, err := tabular.Parse(name, data)
	if err != nil {
		return Layout{}, err
	}
	s := source.Table(id, l)
	return Layout{s, data, archive.Sidecar{SHA256: archive.HashOf(data), RetrievedAt: in.Now(), Released: stat.DateOf(in.Now().UTC()), Added: true,
		MediaType: "application/json", Publisher: s.Publisher, Licence: s.Licence, Title: s.Title}}, nil
}

// Take takes in a layout. known is true if it is the layout that is kept already.
func (in Relay) Take(n Layout) (list []review.Outcome, known bool) {
	s := n.Source
	if last, err := registry.LastLayout(in.Raw, s.ID); err == nil && last != nil && !n.Meta.RetrievedAt.After(last.Meta.RetrievedAt) {
		n.Meta.RetrievedAt = last.Meta.RetrievedAt.Add(time.Second) // the newest one counts
	}
	o := review.Outcome{Source: s.ID, File: tabular.FileName, Release: registry.LayoutRelease(n.Meta.RetrievedAt, n.Data), State: review.Known}
	kept, err := registry.KeptTable(in.Raw, s.ID)
	if err == nil && kept != nil && kept.Hash() == s.Table.Hash() {
		return []review.Outcome{o}, true
	}
	for _, store := range []*archive.Store{in.Pending, in.Rejected} {
		snapshots, err := store.Snapshots(s.ID)
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}, false
		}
		i := slices.IndexFunc(snapshots, func(sn archive.Snapshot) bool { return registry.IsLayout(sn) && sn.Meta.SHA256 == n.Meta.SHA256 })
		switch {
		case i < 0:
		case store == in.Rejected:
			return []review.Outcome{o.Rejected(&snapshots[i])}, false
		default:
			return []review.Outcome{in.Look(snapshots[i])}, false
		}
	}
	v, err := in.weigh(s)
	if err != nil {
		return []review.Outcome{review.Fail(o, fmt.Errorf("the layout cannot read what is kept: %w", err))}, false
	}
	if in.Gate.Holds(v.Severity()) {
		sn, err := in.Pending.Save(s.ID, o.Release, tabular.FileName, n.Data, n.Meta)
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}, false
		}
		return []review.Outcome{in.pending(sn, v)}, false
	}
	return []review.Outcome{in.Keep(n, o)}, false
}

// Keep stores a layout. The files are read by it when the source is restored.
func (in Relay) Keep(n Layout, o review.Outcome) review.Outcome {
	if _, err := in.Raw.Save(n.Source.ID, o.Release, tabular.FileName, n.Data, n.Meta); err != nil {
		return review.Fail(o, err)
	}
	if err := os.MkdirAll(in.Dir.Layouts(), 0o755); err != nil {
		return review.Fail(o, err)
	}
	if err := atomicfile.Write(in.DeclaredLayout(n.Source.ID), n.Data); err != nil {
		return review.Fail(o, err)
	}
	o.State = review.Added
	return o
}

// weigh reads all files of a table by a layout. It returns how their figures contradict each other or
// what is known now.
func (in Relay) weigh(s *source.Source) (v review.Verdict, err error) {
	snapshots, err := in.Raw.Snapshots(s.ID)
	if err != nil {
		return v, err
	}
	var all []dated.Batch
	for _, sn := range snapshots {
		if registry.IsLayout(sn) {
			continue
		}
		data, err := in.Raw.Read(sn, s.Place.MaxBytes)
		if err != nil {
			return v, err
		}
		m := sn.Meta
		batches, err := dated.Read(s, in.Lists, sn.File, data, &m)
		if err != nil {
			return v, err
		}
		all = append(all, batches...)
	}
	if len(all) == 0 {
		return v, nil
	}
	slices.SortStableFunc(all, func(a, b dated.Batch) int { return a.Release.Compare(b.Release) })
	var now []stat.Observation
	for i := range all {
		b := &all[i]
		if b.Findings, err = check.Weigh(b.Observations, b.Findings, s.Checks()); err != nil {
			return v, fmt.Errorf("%s: %w", b.Release.File, err)
		}
		now = lake.Supersede(now, b.Observations, lake.Cover(b.Observations, false))
	}
	last := all[len(all)-1]
	v.Findings = last.Findings
	v.Moves, err = review.Restated(in.Lake, in.Find(s.ID), s, last.Release, now)
	return v, err
}

// Look returns the outcome of a pending layout, with the reasons why it waits.
func (in Relay) Look(sn archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: sn.Source, File: sn.File, Release: sn.Release}
	n, err := in.Load(in.Pending, sn)
	if err != nil {
		return review.Fail(o, err)
	}
	v, err := in.weigh(n.Source)
	if err != nil {
		return review.Fail(o, err)
	}
	return in.pending(sn, v)
}

// pending returns the outcome of a layout that waits.
func (in Relay) pending(sn archive.Snapshot, v review.Verdict) review.Outcome {
	entries, _ := in.Lake.Entries(sn.Source) // damage is reported with its source
	return v.Pending(review.Outcome{Source: sn.Source, File: sn.File}, entries, sn.Release, sn.Meta)
}

// Load reads a layout from a store.
func (in Relay) Load(store *archive.Store, sn archive.Snapshot) (Layout, error) {
	data, err := store.Read(sn, tabular.MaxSize)
	if err != nil {
		return Layout{}, err
	}
	n, err := in.Parse(sn.Source, sn.File, data)
	n.Meta = sn.Meta
	return n, err
}

// Give takes in a layout that a person gives, with the files that come with it. Unless all of them
// can be read by it, nothing comes in. If the layout must wait, so must the files.
func (in Relay) Give(n Layout, files []string, released stat.Date) ([]review.Outcome, bool) {
	for _, file := range files {
		o := review.Outcome{Source: n.Source.ID, File: filepath.Base(file)}
		data, err := archive.ReadFile(file, n.Source.Place.MaxBytes)
		if err == nil {
			m := archive.Sidecar{SHA256: archive.HashOf(data), Released: released, RetrievedAt: in.Now(), Added: true}
			_, err = dated.Read(n.Source, in.Lists, o.File, data, &m)
		}
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}, false
		}
	}
	o, known := in.Take(n)
	if known && len(files) > 0 {
		return nil, true
	}
	return o, !slices.ContainsFunc(o, func(x review.Outcome) bool {
		return x.Failed() || x.State == review.Pending || x.State == review.Rejected
	})
}

// Accept takes in a layout that waits or was rejected, unless another one came later.
func (in Relay) Accept(sn archive.Snapshot, store *archive.Store) (review.Outcome, error) {
	o := review.Outcome{Source: sn.Source, File: sn.File, Release: sn.Release, State: review.Known}
	if store == in.Raw {
		return o, nil
	}
	n, err := in.Load(store, sn)
	if err != nil {
		return review.Fail(o, err), nil
	}
	kept, err := registry.LastLayout(in.Raw, sn.Source)
	if err != nil {
		return review.Fail(o, err), nil
	}
	if kept != nil && kept.Meta.RetrievedAt.After(sn.Meta.RetrievedAt) {
		return review.Fail(o, fmt.Errorf("%w: another layout has come in since; give this one again: ingest add %s --layout FILE", registry.ErrUsage, sn.Source)), nil
	}
	n.Meta.Rejected = ""
	if o = in.Keep(n, o); o.Failed() {
		return o, nil
	}
	return o, store.Discard(sn.Source, sn.Release)
}

// Declared takes in the layout in data/layouts of a table, if it says something else than the kept
// one. A person edits it there.
func (in Relay) Declared(id string) []review.Outcome {
	file := in.DeclaredLayout(id)
	data, err := archive.ReadFile(file, tabular.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	o := review.Outcome{Source: id, File: filepath.Base(file)}
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	n, err := in.Parse(id, o.File, data)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	list, known := in.Take(n)
	if known || len(list) == 1 && list[0].State == review.Rejected {
		return nil
	}
	return list
}
