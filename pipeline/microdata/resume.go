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

// defaultResumeAbove is the default of resumeAbove, in bytes. Smaller files are read again in less time than keeping
// their shards would take.
const defaultResumeAbove = 2 << 30

// normaliser returns the function that reads a first release. It reads large files in shards, which are kept until
// all are read.
func (in *loading) normaliser(d delivery, size int64) intake {
	if size < cmp.Or(in.resumeAbove, defaultResumeAbove) {
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

// removeOthers removes the shards of other releases, which will not be resumed.
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
