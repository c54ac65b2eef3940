package microdata

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
)

// keptFrom is the size from which on files are read so that an interrupted run goes on: smaller ones are read again
// in less time than keeping what was read would take.
const keptFrom = 2 << 30

// normaliser returns what reads a first release: large files are read by shards that are kept until all is done.
func (in *shelf) normaliser(d delivery, size int64) intake {
	if size < cmp.Or(in.resumeAbove, keptFrom) {
		return engine.Normalise
	}
	source := filepath.Join(in.Dir.Cache("shards"), lake.FolderName(d.Release.Source))
	work := filepath.Join(source, d.Release.ID)
	return func(ctx context.Context, l engine.Layout, files []string, dir string, o engine.Options, reject func(engine.Reject) error) (engine.Report, error) {
		if err := removeOthers(source, d.Release.ID); err != nil {
			return engine.Report{}, err
		}
		r, err := engine.NormaliseKept(ctx, l, files, dir, work, o, reject)
		if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
			return r, err
		}
		return r, errors.Join(err, os.RemoveAll(source))
	}
}

// removeOthers removes what was kept of other releases, which are not gone on with.
func removeOthers(dir, keep string) error {
	list, err := os.ReadDir(dir)
	if missing(err) {
		return nil
	}
	for _, e := range list {
		if e.Name() != keep {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
