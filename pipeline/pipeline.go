// Package pipeline is the whole story, and joins the two wings where one command needs
// both. What a step means is in the package that does it.
//
// What happens to a release (package ingest, Ingest.Run and Ingest.Add):
//
//  1. Find and download its file, if it changed: ingest/fetch.
//  2. Date it, and see whether it came after what is known: ingest (dates, again).
//  3. Read it: the decoder of its source, with read/decode and read/codes.
//  4. Check it against its own arithmetic: read/check.
//  5. Weigh it against what was known; what contradicts waits for a person: review.
//  6. Keep its bytes as served: archive.
//  7. Put what it states into the lake: lake; microdata has its own way there.
//
// What happens to a site (package publish, Publish):
//
//  1. See whether anything changed since the last one: publish (uptodate).
//  2. Read the lake as of a day: watch.ReadKnown, lake.
//  3. Compare, rank, and find what was revised: compare and the packages below it.
//  4. Lay the results out in the published tables: publish/tables.
//  5. Give what they say a version, with what it restates: publish/edition.
//  6. Render pages, pictures and files: publish/site, picture, workbook, catalogue.
//  7. Put the site in place whole, or send it elsewhere: publish, publish/upload.
//
// Both hold the lock of one data folder: datadir. The state of sources and jobs is kept
// and told by watch.
package pipeline

import (
	"context"
	"errors"
	"os"

	"crossings/pipeline/ingest"
	"crossings/pipeline/publish"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// DiffReview is Diff as it would be once every release that waits was accepted. Nothing is
// written to the data folder. Releases of microdata are left out, and the difference names
// them. A file that cannot be read is left out, and the error then says so.
func DiffReview(ctx context.Context, r registry.Registry, asOf stat.Date) (*publish.Difference, error) {
	dir, err := os.MkdirTemp("", "crossings-review-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	leftOut, failed := ingest.Overlay(r, dir)
	r.Overlay = dir
	d, err := publish.Diff(ctx, r, asOf)
	if d != nil {
		d.LeftOut = leftOut
	}
	return d, errors.Join(failed, err)
}
