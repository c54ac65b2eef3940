package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/ingest/relay"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// relay returns what takes in the layouts of tables.
func (in *intake) relay() relay.Relay { return relay.Relay{Session: in.Session} }

// AddTable ingests files of a table, after its layout, which comes from a file. Without files the
// layout alone comes in, and Run fetches the files if it says where they are.
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
	out, ok := in.give(ctx, n, files, released)
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

// give takes in a layout that a person gives, with the files that come with it. Unless all of them
// can be read by it, nothing comes in. If the layout must wait, so must the files.
func (in *restorer) give(ctx context.Context, n relay.Layout, files []string, released stat.Date) ([]review.Outcome, bool) {
	for _, file := range files {
		o := review.Outcome{Source: n.Source.ID, File: filepath.Base(file)}
		data, err := archive.ReadFile(file, n.Source.Place.MaxBytes)
		if err == nil {
			m := archive.Sidecar{SHA256: hashOf(data), Released: released, RetrievedAt: in.Now(), Added: true}
			_, err = dated.Read(n.Source, in.Lists, o.File, data, &m)
		}
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}, false
		}
	}
	o, known := in.relay().Take(n)
	if known && len(files) > 0 {
		return nil, true
	}
	if !known {
		o = in.reread(ctx, n.Source, o)
	}
	return o, !slices.ContainsFunc(o, func(x review.Outcome) bool {
		return x.Failed() || x.State == review.Pending || x.State == review.Rejected
	})
}

// acceptLayout takes in a layout that waits or was rejected, unless another one came later.
func (in *restorer) acceptLayout(ctx context.Context, sn archive.Snapshot, store *archive.Store) (review.Outcome, error) {
	o := review.Outcome{Source: sn.Source, File: sn.File, Release: sn.Release, State: review.Known}
	if store == in.Raw {
		return o, nil
	}
	n, err := in.relay().Load(store, sn)
	if err != nil {
		return review.Fail(o, err), nil
	}
	kept, err := registry.LastLayout(in.Raw, sn.Source)
	if err != nil {
		return review.Fail(o, err), nil
	}
	if kept != nil && kept.Meta.RetrievedAt.After(sn.Meta.RetrievedAt) {
		return review.Fail(o, fmt.Errorf("%w: another layout has come in since; give this one again: ingest add %s --layout FILE", registry.ErrUsage, sn.Source)), nil
	}
	n.Meta.Rejected = ""
	for _, x := range in.reread(ctx, n.Source, []review.Outcome{in.relay().Keep(n, o)}) {
		if x.Release == o.Release || x.Failed() {
			o = x
		}
	}
	if o.Failed() {
		return o, nil
	}
	return o, store.Discard(sn.Source, sn.Release)
}

// declared takes in the layout in data/layouts of a table, if it says something else than the kept
// one. A person edits it there.
func (in *restorer) declared(ctx context.Context, id string) []review.Outcome {
	file := in.DeclaredLayout(id)
	data, err := archive.ReadFile(file, tabular.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	o := review.Outcome{Source: id, File: filepath.Base(file)}
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	n, err := in.relay().Parse(id, o.File, data)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	list, known := in.relay().Take(n)
	if known || len(list) == 1 && list[0].State == review.Rejected {
		return nil
	}
	return list
}

// hashOf returns the SHA-256 of some bytes in hexadecimal.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
