package microdata

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// mayRebuild checks that the records of a source can be rebuilt, and reports whether the reason is
// damage and not another layout or reader. It is an error if data/raw lacks a release that the lake
// has, because the rebuilt records would lack it.
func (in *loading) mayRebuild(s *source.Source, all []delivery) (damaged bool, err error) {
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if !slices.ContainsFunc(all, func(d delivery) bool { return d.Release.ID == e.Release }) {
			return false, fmt.Errorf("the records of %s cannot be rebuilt: data/raw lacks release %s: %w", s.ID, e.Release, archive.ErrDamaged)
		}
	}
	live := foldersOf(in.Dir, s.ID)
	if _, err := os.Lstat(live.events); missing(err) {
		return len(entries) > 0, nil
	}
	st, err := readLoaded(live.events)
	return err != nil || st.Layout == layoutName(s) && engine.Damaged(live.events) != nil, nil
}

// repairCube rebuilds the cube of a source from its records if the cube is damaged. It returns nil if
// it is not.
func (in *loading) repairCube(ctx context.Context, s *source.Source, live folders) (*review.Outcome, error) {
	if _, err := os.Lstat(live.events); missing(err) {
		return nil, nil
	}
	bad := engine.Damaged(live.cube)
	if bad == nil {
		return nil, nil
	}
	fresh := filepath.Join(in.Dir.Lake(), atomicfile.TempPrefix+"cube-"+lake.FolderName(s.ID))
	if err := os.RemoveAll(fresh); err != nil {
		return nil, err
	}
	if _, err := engine.Cube(ctx, live.events, fresh, s.Records.Cube(), engine.Options{Durable: true}); err != nil {
		return nil, err
	}
	if err := saveUnknown(live.cube, fresh, unknownIn(in.Dir)); err != nil {
		return nil, err
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(live.cube), 0o755), atomicfile.SwapDir(fresh, live.cube)); err != nil {
		return nil, err
	}
	return &review.Outcome{Source: s.ID, File: "cube", State: review.Rebuilt, Reason: errors.Join(bad...).Error()}, nil
}

// VerifyRecords checks the records and cubes of all sources, and that every source of microdata with
// a release in the lake has them. The events of other sources belong to the lake.
func VerifyRecords(r registry.Registry) (bad []error, err error) {
	sources, err := r.OpenLake().Sources()
	if err != nil {
		return nil, err
	}
	for _, kind := range []string{"events", "cube"} {
		dirs, err := filepath.Glob(filepath.Join(r.Dir.Lake(), kind, "source=*"))
		if err != nil {
			return nil, err
		}
		for _, id := range sources {
			dir := filepath.Join(r.Dir.Lake(), kind, "source="+lake.FolderName(id))
			if hasRecords(r, id) && !slices.Contains(dirs, dir) {
				bad = append(bad, fmt.Errorf("%s: %w: it is missing", dir, engine.ErrDamaged))
			}
		}
		for _, dir := range dirs {
			id := lake.SourceOf(strings.TrimPrefix(filepath.Base(dir), "source="))
			if kind == "events" && slices.Contains(sources, id) && !hasRecords(r, id) {
				continue
			}
			bad = append(bad, verifyFolder(dir)...)
			if _, err := readLoaded(dir); kind == "events" && err != nil {
				bad = append(bad, fmt.Errorf("%w: %w", engine.ErrDamaged, err))
			}
		}
	}
	left, err := filepath.Glob(filepath.Join(unknownIn(r.Dir), "*", "*"))
	for _, path := range left {
		bad = append(bad, fmt.Errorf("%s: %w: unknown files that were in the way; move them out of the lake", path, engine.ErrDamaged))
	}
	return bad, err
}

// hasRecords reports whether a source is of microdata and has a release in the lake.
func hasRecords(r registry.Registry, id string) bool {
	s := r.Find(id)
	if s == nil || s.Records == nil {
		return false
	}
	entries, err := r.OpenLake().Entries(id)
	return err != nil || len(entries) > 0
}
