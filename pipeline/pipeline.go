// Package pipeline tells the whole story, and joins the two wings where one command needs both.
// What a step means is in the package that does it.
//
// What happens to a release (package ingest, Ingest.Run and Ingest.Add):
//
//  1. Find its file and download it if it changed: ingest/fetch, source/origin
//  2. Read it and date it: ingest/dated, source, read/decode, read/spreadsheet, read/codes
//  3. Place it among the known releases, as the next, an older or a repeated one: ingest
//  4. Check it against its own arithmetic: read/check
//  5. Weigh it against what was known; a contradiction waits for a person: review
//  6. Store its bytes as they were served: archive
//  7. Append what it states to the lake, records in a way of their own: lake, microdata
//
// What happens to a site (package publish, Publish):
//
//  1. See whether anything changed since the last one: publish
//  2. Read the lake as of a day: registry, watch, lake
//  3. Compare, rank, and find what was revised: compare, compare/headline, compare/revision, compare/claim
//  4. Lay the results out as the published tables: publish/tables, table/row
//  5. Number the edition, and find what it restates: publish/edition
//  6. Render pages, pictures and files: publish/site, publish/picture, publish/workbook, publish/catalogue
//  7. Put the site in place as a whole, or send it elsewhere: publish, publish/upload
//
// Both hold the lock of one data folder (datadir). Package watch keeps the state of sources and
// jobs and reports it.
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

// DiffReview is publish.Diff as it would be if every pending release were accepted. It writes
// nothing to the data folder. It leaves out releases of microdata, and the difference names
// them. It also leaves out files that cannot be read, and the error names those.
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
