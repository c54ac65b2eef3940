package registry

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// ErrUsage means that the command line or the configuration is wrong.
var ErrUsage = errors.New("usage")

// Registry is what is known of the sources of one data folder: their descriptions, their files and
// their releases in the lake.
type Registry struct {
	Dir     datadir.Dir
	Sources []*source.Source // the sources of this program
	Log     *slog.Logger
	// Overlay is the folder of a lake to read instead of the data folder's, which also has the
	// pending releases; "" means none. See DiffReview.
	Overlay string
	// Lists are the label lists of the program and the operator. OpenSession reads them.
	Lists *codes.Lists
}

// OpenLake returns the lake that a build reads.
func (r Registry) OpenLake() *lake.Lake { return lake.Open(cmp.Or(r.Overlay, r.Dir.Lake())) }

// Find returns the source called id, or nil. Sources of one's own need no registration: tidy:<name>,
// tidy-events:<name> and table:<name> exist by their names.
func (r Registry) Find(id string) *source.Source {
	if i := slices.IndexFunc(r.Sources, func(s *source.Source) bool { return s.ID == id }); i >= 0 {
		return r.Sources[i]
	}
	if !source.IsOwn(id) {
		return nil
	}
	return r.Own(id, 0)
}

// Lookup is Find for a name that a person gave: the error wraps ErrUsage if there is no such source.
func (r Registry) Lookup(id string) (*source.Source, error) {
	if s := r.Find(id); s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", ErrUsage, id)
}

// Own returns a source that needs no registration, as described at the end of the day asOf; see
// tidy. A layout that cannot be read is reported when the microdata is ingested.
func (r Registry) Own(id string, asOf stat.Date) *source.Source {
	if source.IsTidy(id) {
		return r.tidy(id, asOf)
	}
	if source.IsTable(id) {
		l, _ := tableLayout(r, id) // a layout that cannot be read is reported when the source is ingested
		return source.Table(id, l)
	}
	l := layout.Default()
	if store, err := archive.OpenStore(r.Dir.Raw()); err == nil {
		defer store.Close()
		if kept, err := KeptLayout(store, id); err == nil && kept != nil {
			l = kept
		}
	}
	return source.Events(id, l)
}

// tidy returns a source of one's own figures as described by the newest file known at the end of
// the day asOf. The zero date means the newest of all.
func (r Registry) tidy(id string, asOf stat.Date) *source.Source {
	var meta archive.Sidecar
	// Unreadable snapshots are reported where they are used; here the source only lacks a title.
	snapshots, _ := r.Snapshots(id)
	for _, sn := range snapshots {
		if (asOf.IsZero() || sn.Meta.Released <= asOf) && sn.Meta.Released >= meta.Released {
			meta = sn.Meta
		}
	}
	return source.Tidy(id, source.About{Title: meta.Title, Publisher: meta.Publisher, Licence: meta.Licence, Homepage: meta.Homepage})
}

// Snapshots returns the files of a source in data/raw and, with an overlay, the pending ones too.
func (r Registry) Snapshots(id string) ([]archive.Snapshot, error) {
	store, err := archive.OpenStore(r.Dir.Raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	out, err := store.Snapshots(id)
	if err != nil || r.Overlay == "" {
		return out, err
	}
	held, err := r.PendingFiles(id)
	return append(out, held...), err
}

// All returns the registered sources, and the sources of one's own that had a release in the lake
// at the end of the day asOf. The zero date means at any time.
func (r Registry) All(asOf stat.Date) ([]*source.Source, error) {
	known, err := r.OpenLake().Sources()
	if err != nil {
		return nil, err
	}
	all := slices.Clone(r.Sources)
	for _, id := range known {
		if !source.IsOwn(id) {
			continue
		}
		entries, err := r.OpenLake().Entries(id)
		if err != nil || slices.ContainsFunc(entries, func(e lake.Entry) bool { return asOf.IsZero() || e.Vintage <= asOf }) {
			all = append(all, r.Own(id, asOf)) // an unreadable entry is reported with its source
		}
	}
	return all, nil
}

// PendingFiles returns the pending files of a source by release, one for each release of microdata. It
// does not create the folder.
func (r Registry) PendingFiles(id string) ([]archive.Snapshot, error) {
	store, err := archive.OpenExisting(r.Dir.Pending())
	if store == nil {
		return nil, err
	}
	defer store.Close()
	list, err := store.Snapshots(id)
	return FirstFiles(r.Find(id), list), err
}

// EachStored calls visit with each source that a store has files of, and with its files. err says
// which files cannot be read. It skips sources that the program no longer has.
func (r Registry) EachStored(store *archive.Store, visit func(s *source.Source, list []archive.Snapshot, err error)) error {
	ids, err := store.Sources()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if s := r.Find(id); s != nil {
			list, err := store.Snapshots(id)
			visit(s, list, err)
		}
	}
	return nil
}

// LastOf returns the newest day of the releases in the lake and the pending ones.
func LastOf(entries []lake.Entry, held []archive.Snapshot) (last stat.Date) {
	if n := len(entries); n > 0 {
		last = entries[n-1].Vintage
	}
	if len(held) > 0 {
		last = max(last, slices.MaxFunc(held, func(a, b archive.Snapshot) int { return cmp.Compare(a.Meta.Released, b.Meta.Released) }).Meta.Released)
	}
	return last
}

// FirstFiles returns the first file of each release of microdata, which may be several files with
// their layout and the reasons why they wait, or only a layout. For figures it returns all files.
func FirstFiles(s *source.Source, list []archive.Snapshot) []archive.Snapshot {
	if s == nil || s.Records == nil {
		return list
	}
	var out []archive.Snapshot
	for _, sn := range list {
		switch n := len(out); {
		case sn.File == ReasonsFile:
		case n == 0 || out[n-1].Release != sn.Release:
			out = append(out, sn)
		case !IsMicrodata(out[n-1]) && IsMicrodata(sn):
			out[n-1] = sn
		}
	}
	return out
}

// IsMicrodata reports whether a file of a microdata source holds events, and is not the layout or
// the reasons.
func IsMicrodata(sn archive.Snapshot) bool {
	return sn.File != layout.FileName && sn.File != ReasonsFile
}

// KeptLayout returns the newest layout of a tidy-events source in a store, or nil.
func KeptLayout(store *archive.Store, id string) (*layout.Layout, error) {
	return kept(store, id, layout.MaxSize, layout.Parse)
}

// LastLayout returns the newest layout file of a source in a store, or nil.
func LastLayout(store *archive.Store, id string) (*archive.Snapshot, error) {
	snapshots, err := store.Snapshots(id)
	if err != nil {
		return nil, err
	}
	snapshots = slices.DeleteFunc(snapshots, func(sn archive.Snapshot) bool { return sn.File != layout.FileName })
	if len(snapshots) == 0 {
		return nil, nil
	}
	last := slices.MaxFunc(snapshots, func(a, b archive.Snapshot) int {
		return cmp.Or(a.Meta.RetrievedAt.Compare(b.Meta.RetrievedAt), cmp.Compare(a.Release, b.Release))
	})
	return &last, nil
}

// ReasonsFile is the file that says why a release of microdata waits, so that a large register is
// not read again each time somebody asks.
const ReasonsFile = "_why.json"

// Missing returns the releases of a source that data/raw has and the lake lacks, both under their
// own name and as a release that states the same.
func (r Registry) Missing(store *archive.Store, id string) (out []string, err error) {
	snapshots, err := store.Snapshots(id)
	if err != nil {
		return nil, err
	}
	var h Loaded
	if h.Entries, err = r.OpenLake().Entries(id); err != nil {
		return nil, err
	}
	if h.Same, err = r.OpenLake().Same(id); err != nil {
		return nil, err
	}
	for _, sn := range snapshots {
		if sn.File == layout.FileName || h.Same[sn.Release] != (lake.Same{}) {
			continue
		}
		there := slices.ContainsFunc(h.Entries, func(e lake.Entry) bool { return e.Release == sn.Release })
		if !there || h.LacksState(sn) {
			out = append(out, sn.Release)
		}
	}
	return slices.Compact(out), nil
}

// Loaded is what the lake has of a source: its releases, and the files that state the same as one
// of them.
type Loaded struct {
	Entries []lake.Entry
	Same    map[string]lake.Same // by release
}

// LacksState reports whether the lake lacks a release that the file of a snapshot stated in
// addition to its newest.
func (h Loaded) LacksState(sn archive.Snapshot) bool {
	i := slices.IndexFunc(h.Entries, func(e lake.Entry) bool { return e.Release == sn.Release })
	if i < 0 {
		return false
	}
	return slices.ContainsFunc(h.Entries[i].States, func(state string) bool { return !h.has(state) })
}

// has reports whether the lake has a release with a statement, or one that states the same.
func (h Loaded) has(state string) bool {
	if slices.ContainsFunc(h.Entries, func(e lake.Entry) bool { return e.State() == state }) {
		return true
	}
	for _, x := range h.Same {
		if x.State == state {
			return true
		}
	}
	return false
}
