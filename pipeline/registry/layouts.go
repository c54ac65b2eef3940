package registry

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// layoutPrefix begins the names of the folders of layouts.
const layoutPrefix = "layout-"

// LayoutRelease returns the folder name of a layout that came in at a time. The time makes the name
// unique if a layout is given again on the same day, after another one.
func LayoutRelease(at time.Time, data []byte) string {
	return layoutPrefix + stat.NewReleaseID(stat.DateOf(at.UTC()), archive.HashOf(data)) + at.UTC().Format("-150405")
}

// IsLayout reports whether a file is a layout that came without figures.
func IsLayout(sn archive.Snapshot) bool {
	return sn.File == layout.FileName && strings.HasPrefix(sn.Release, layoutPrefix)
}

// KeptTable returns the newest layout of a table in a store, or nil.
func KeptTable(store *archive.Store, id string) (*tabular.Layout, error) {
	return kept(store, id, tabular.MaxSize, tabular.Parse)
}

// kept reads the newest layout of a source in a store, or returns nil.
func kept[L any](store *archive.Store, id string, limit int64, parse func(name string, data []byte) (*L, error)) (*L, error) {
	last, err := LastLayout(store, id)
	if err != nil || last == nil {
		return nil, err
	}
	data, err := store.Read(*last, limit)
	if err != nil {
		return nil, err
	}
	return parse(last.File, data)
}

// tableLayout returns the kept layout of a table, or nil.
func tableLayout(r Registry, id string) (*tabular.Layout, error) {
	store, err := archive.OpenStore(r.Dir.Raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return KeptTable(store, id)
}

// DeclaredLayout returns the path of the layout of a table that a person edits.
func (r Registry) DeclaredLayout(id string) string {
	return filepath.Join(r.Dir.Layouts(), source.TableName(id)+".json")
}

// DeclaredTables returns the tables that have a layout in data/layouts, sorted.
func (r Registry) DeclaredTables() (out []string, err error) {
	files, err := os.ReadDir(r.Dir.Layouts())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, f := range files {
		name, is := strings.CutSuffix(f.Name(), ".json")
		if id := source.TableID(name); is && source.IsTable(id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, err
}

// Watched returns all sources, and the tables that have a place to be fetched from and no release yet.
func (r Registry) Watched() ([]*source.Source, error) {
	out, err := r.All(0)
	if err != nil {
		return nil, err
	}
	declared, err := r.DeclaredTables()
	if err != nil {
		return nil, err
	}
	for _, id := range declared {
		if slices.ContainsFunc(out, func(s *source.Source) bool { return s.ID == id }) {
			continue
		}
		if s := r.Own(id, 0); s.Place.Given() {
			out = append(out, s)
		}
	}
	return out, nil
}
