package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/hint"
	"crossings/pipeline/table/row"

	"crossings/pipeline/archive"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/watch"
)

// ErrFewer means that publishing would leave out releases that are known.
var ErrFewer = hint.New("fewer releases than are known", "run: ingest run. It rebuilds what data/raw has. To publish without these releases all the same: publish run --allow-fewer")

// notFewer returns ErrFewer, with their names, if a build lacks a source because it cannot be
// read, a release that data/raw has, or a release that the site or the newest edition has. As
// of a day in the past only unreadable sources count, because nothing is published then.
func notFewer(b *tables.Builder) error {
	var lost []string
	for _, k := range b.Known {
		if k.Err != nil {
			lost = append(lost, fmt.Sprintf("%s: it cannot be read: %v", k.Source.ID, k.Err))
		}
	}
	if b.AsOf.IsZero() {
		more, err := lostReleases(b)
		if err != nil {
			return err
		}
		lost = append(lost, more...)
	}
	if lost == nil {
		return nil
	}
	return fmt.Errorf("%w; the site stays as it is. It would lack:\n  %s", ErrFewer, strings.Join(lost, "\n  "))
}

// lostReleases returns the known releases that a build lacks, one line per source.
func lostReleases(b *tables.Builder) (out []string, err error) {
	store, err := archive.OpenStore(b.Dir.Raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	before, err := publishedReleases(b.Dir)
	if err != nil {
		return nil, err
	}
	ids, err := store.Sources()
	if err != nil {
		return nil, err
	}
	for id := range before {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		i := slices.IndexFunc(b.Known, func(k watch.Known) bool { return k.Source.ID == id })
		if i >= 0 && b.Known[i].Err != nil {
			continue // said already
		}
		lacking, err := b.Missing(store, id)
		if err != nil {
			out = append(out, fmt.Sprintf("%s: what data/raw has of it cannot be read: %v", id, err))
			continue
		}
		if i < 0 && before[id] != nil { // this program does not publish the source, even if the lake has it
			lacking = before[id]
		} else if more, err := goneSince(b.Registry, store, id, before[id]); err != nil {
			return nil, err
		} else {
			lacking = append(lacking, more...)
		}
		if slices.Sort(lacking); len(lacking) > 0 {
			out = append(out, fmt.Sprintf("%s: %s", id, strings.Join(slices.Compact(lacking), ", ")))
		}
	}
	return out, nil
}

// goneSince returns the published releases of a source that the lake no longer has, that were
// not taken back, and that no file in data/raw states.
func goneSince(r registry.Registry, store *archive.Store, id string, before []string) (out []string, err error) {
	entries, err := r.OpenLake().Entries(id)
	if err != nil {
		return nil, err
	}
	same, err := r.OpenLake().Same(id)
	if err != nil {
		return nil, err
	}
	back, _ := r.Withdrawn(id) // a decision that cannot be read does not count
	snapshots, err := store.Snapshots(id)
	if err != nil {
		return nil, err
	}
	for _, release := range before {
		_, file, _ := strings.Cut(release[min(len(release), len("2006-01-02")):], "-") // a release is named by a day and its file
		kept := slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == release }) ||
			same[release] != (lake.Same{}) || slices.Contains(back, release) ||
			slices.ContainsFunc(snapshots, func(sn archive.Snapshot) bool { return file != "" && strings.HasPrefix(sn.Meta.SHA256, file) }) // lacking looks at its file
		if !kept {
			out = append(out, release)
		}
	}
	return out, nil
}

// publishedReleases returns the releases by source that the newest edition and the published
// site list.
func publishedReleases(dir datadir.Dir) (map[string][]string, error) {
	out := map[string][]string{}
	add := func(r row.Release) { out[r.Source] = append(out[r.Source], r.Release) }
	archive := edition.Open(dir.Editions())
	versions, err := archive.Versions()
	if err != nil {
		return nil, err
	}
	if n := len(versions); n > 0 {
		// Ignore a table that is missing or differs from the published one; Damaged and Check report it.
		if err := eachArchivedRelease(archive, versions[n-1], add); err != nil && !errors.Is(err, edition.ErrDamaged) {
			return nil, err
		}
	}
	const table = "data/releases.csv"
	if made, ok := (siteFolder{dir}).note(); ok {
		path := filepath.Join(dir.Site(), filepath.FromSlash(table))
		there, err := edition.List(path, everyFile)
		if err == nil && len(there) == 1 && slices.Contains(made.Files, edition.File{Name: table, Bytes: there[0].Bytes, SHA256: there[0].SHA256}) {
			if err := eachRelease(path, add); err != nil {
				return nil, err
			}
		}
	}
	for id := range out {
		slices.Sort(out[id])
		out[id] = slices.Compact(out[id])
	}
	return out, nil
}
