package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/relay"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// relay returns what takes in the layouts of tables.
func (in *intake) relay() relay.Relay { return relay.Relay{Session: in.Session} }

// AddTable takes in the layout of a table from a file, and then ingests files of the table. Without
// files only the layout comes in, and Run fetches the files if it says where they are.
func (in *Ingest) AddTable(ctx context.Context, id, layoutFile string, files []string, released stat.Date) ([]review.Outcome, error) {
	if !source.IsTable(id) {
		return nil, fmt.Errorf("%w: %q is not of the form table:<name>", registry.ErrUsage, id)
	}
	data, err := archive.ReadFile(layoutFile, tabular.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", registry.ErrUsage, err)
	}
	n, err := in.relay().Parse(id, filepath.Base(layoutFile), data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", registry.ErrUsage, err)
	}
	if err := in.CheckReleased(n.Source, released); err != nil {
		return nil, err
	}
	out, ok := in.relay().Give(n, files, released)
	if ok && len(out) > 0 {
		out = in.reread(ctx, n.Source, out)
		ok = !slices.ContainsFunc(out, review.Outcome.Failed)
	}
	if !ok || len(files) == 0 {
		return out, nil
	}
	added, err := in.addFiles(ctx, n.Source, files, released)
	return append(out, added...), err
}

// reread reads all files of a table again if its layout has just come in.
func (in *restorer) reread(ctx context.Context, s *source.Source, taken []review.Outcome) []review.Outcome {
	if taken[0].State != review.Added {
		return taken
	}
	return append(taken, in.restore(ctx, s)...)
}

// acceptLayout takes in a layout that waits or was rejected, and reads all files by it.
func (in *restorer) acceptLayout(ctx context.Context, s *source.Source, sn archive.Snapshot, store *archive.Store) (review.Outcome, error) {
	o, err := in.relay().Accept(sn, store)
	if err != nil || o.State != review.Added {
		return o, err
	}
	for _, x := range in.reread(ctx, in.Find(s.ID), []review.Outcome{o}) {
		if x.Failed() {
			o = x
		}
	}
	return o, nil
}
