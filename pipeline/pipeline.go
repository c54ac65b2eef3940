package pipeline

import (
	"context"
	"errors"
	"os"

	"crossings/pipeline/ingest"
	"crossings/pipeline/publish"
	"crossings/pipeline/stat"
)

// DiffReview is Diff as it would be once every release that waits was accepted. Nothing is
// written to the data folder. Releases of microdata are left out, and the difference names
// them. A file that cannot be read is left out, and the error then says so.
func DiffReview(ctx context.Context, o publish.Options, asOf stat.Date) (*publish.Difference, error) {
	dir, err := os.MkdirTemp("", "crossings-review-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	leftOut, failed := ingest.Overlay(o.Registry, dir)
	o.Overlay = dir
	d, err := publish.Diff(ctx, o, asOf)
	if d != nil {
		d.LeftOut = leftOut
	}
	return d, errors.Join(failed, err)
}
