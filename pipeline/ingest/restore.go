package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// repair is what the lake lacks of a source and data/raw may give back.
type repair struct {
	registry.Loaded
	snapshots    []archive.Snapshot
	why          map[string]string // by release: what is wrong with it
	reread       map[string]bool   // by folder of data/raw: read its file whatever the lake has
	unrepairable []lake.Damage     // damage for which data/raw has no file
}

// findDamage reads all that the lake has of a source. It sets aside what is damaged and can be read
// again from data/raw. What cannot be read again stays as it is and is reported.
func (in *restorer) findDamage(s *source.Source) (h repair, err error) {
	if h.snapshots, err = in.Raw.Snapshots(s.ID); err != nil {
		return h, err
	}
	slices.SortStableFunc(h.snapshots, byArrival)
	if s.Table != nil {
		h.snapshots = slices.DeleteFunc(h.snapshots, registry.IsLayout)
	}
	damaged, err := in.Lake.Damaged(s.ID)
	if err != nil {
		return h, err
	}
	h.why, h.reread = map[string]string{}, map[string]bool{}
	if err := in.setAside(s, &h, damaged); err != nil {
		return h, err
	}
	if entries, err := in.Lake.Entries(s.ID); err == nil {
		if err := in.setAside(s, &h, in.DamagedExcluded(entries)); err != nil {
			return h, err
		}
	}
	aside, err := in.Lake.SetAsides(s.ID) // set aside by this run, or by one that was killed
	if err != nil {
		return h, err
	}
	if h.Entries, err = in.Lake.Entries(s.ID); err != nil {
		return h, fmt.Errorf("%w; data/raw has no file of %s", err, s.ID)
	}
	if slices.ContainsFunc(h.Entries, func(e lake.Entry) bool { return dated.Relaid(s, e) }) {
		if err := in.Lake.DropSame(s.ID, nil); err != nil { // by another layout they may differ
			return h, err
		}
	}
	if h.Same, err = in.Lake.Same(s.ID); err != nil {
		return h, err
	}
	for _, sn := range h.snapshots {
		h.reread[sn.Release] = len(aside) > 0 || h.LacksState(sn)
	}
	return h, nil
}

// setAside sets aside the damaged releases that can be read again.
func (in *restorer) setAside(s *source.Source, h *repair, damaged []lake.Damage) error {
	for _, d := range damaged {
		of := func(sn archive.Snapshot) bool { return d.Folder == "" || sn.Release == d.Folder } // without a folder, any file may be the one
		if !slices.ContainsFunc(h.snapshots, of) {
			if !slices.ContainsFunc(h.unrepairable, func(x lake.Damage) bool { return x.Release == d.Release }) {
				h.unrepairable = append(h.unrepairable, d)
			}
			continue
		}
		h.why[d.Release] = d.Err.Error()
		if err := in.Lake.SetAside(s.ID, d.Release); err != nil {
			return err
		}
	}
	return nil
}

// skips reports whether the lake has all that the file of a snapshot states.
func (h repair) skips(s *source.Source, lists *codes.Lists, sn archive.Snapshot) bool {
	if h.reread[sn.Release] {
		return false
	}
	if i := ingested(h.Entries, sn.Meta); i >= 0 {
		return !dated.Stale(s, lists, h.Entries[i])
	}
	_, superfluous := h.Same[sn.Release]
	return superfluous
}

// lost returns an outcome for each damage for which data/raw has no file.
func (h repair) lost(s *source.Source) (out []review.Outcome) {
	for _, d := range h.unrepairable {
		err := fmt.Errorf("release %s is damaged in the lake, and its file is not in data/raw: %w", d.Release, errors.Join(d.Err, archive.ErrDamaged))
		out = append(out, review.Fail(review.Outcome{Source: s.ID, Release: d.Release},
			hint.With(err, "restore data/raw from a backup, then: ingest run; or take the release out: ingest withdraw")))
	}
	return out
}

// restore appends to the lake each snapshot of the source that it lacks, for example after a kill
// or after data/out was deleted. It rebuilds what is damaged. It reads a file again if rows of it
// were excluded and the decoder or the label lists have changed since, or if a label of it has another
// code now.
func (in *restorer) restore(ctx context.Context, s *source.Source) []review.Outcome {
	h, err := in.findDamage(s)
	if err != nil {
		return []review.Outcome{review.Fail(review.Outcome{Source: s.ID}, err)}
	}
	out := h.lost(s)
	if s.Records != nil {
		out = append(out, in.micro.Restore(ctx, s)...)
	} else {
		out = append(out, in.restoreFigures(s, h)...)
	}
	return in.finishRepair(s, h, out)
}

// restoreFigures appends the snapshots that the lake lacks.
func (in *restorer) restoreFigures(s *source.Source, h repair) (out []review.Outcome) {
	for _, sn := range h.snapshots {
		if h.skips(s, in.Lists, sn) {
			continue
		}
		data, err := in.Raw.Read(sn, s.Place.MaxBytes)
		if err != nil {
			out = append(out, review.Fail(review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}, err))
			continue
		}
		in.rereadAll = h.reread[sn.Release]
		out = append(out, in.ingestFile(s, sn.File, data, sn.Meta, true))
		in.rereadAll = false
	}
	return out
}

// finishRepair marks the outcomes that repaired damage, and reports the damage that remains.
func (in *restorer) finishRepair(s *source.Source, h repair, out []review.Outcome) []review.Outcome {
	folders := map[string]bool{}
	for _, sn := range h.snapshots {
		folders[sn.Release] = true
	}
	for i := range out {
		o := &out[i]
		if why := h.why[o.Release]; why != "" && !o.Failed() {
			o.State, o.Reason = review.Rebuilt, why
		} else if h.reread[o.Release] && o.State == review.Reread {
			o.State, o.Reason = review.Rebuilt, "a release that its file states was lost"
		}
	}
	if !in.Dry {
		out = slices.DeleteFunc(out, func(o review.Outcome) bool { return o.State == review.Known && h.reread[o.Release] }) // it was read only to be sure
	}
	aside, err := in.Lake.SetAsides(s.ID)
	if err == nil {
		err = in.Lake.DropSame(s.ID, folders)
	}
	if err != nil {
		return append(out, review.Fail(review.Outcome{Source: s.ID}, err))
	}
	for _, release := range aside {
		done, err := in.Lake.Settle(s.ID, release)
		if err == nil && !done {
			err = fmt.Errorf("release %s was damaged in the lake and could not be rebuilt from data/raw: %w", release, lake.ErrDamaged)
		}
		if err != nil && !errors.Is(err, lake.ErrDamaged) || err != nil && !done {
			out = append(out, review.Fail(review.Outcome{Source: s.ID, Release: release}, err))
		}
	}
	return out
}
