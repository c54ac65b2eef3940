package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// healing is what a source's lake lacks that data/raw may give back.
type healing struct {
	registry.Loaded
	snapshots []archive.Snapshot
	why       map[string]string // by release, what is wrong with it
	again     map[string]bool   // folders of data/raw that are to be read whatever the lake says
	left      []lake.Damage     // that data/raw has nothing for
}

// heal reads all that the lake has of a source and sets aside what is damaged and can be
// read again from data/raw. What cannot stays as it is, and is reported.
func (in *mender) heal(s *source.Source) (h healing, err error) {
	if h.snapshots, err = in.Raw.Snapshots(s.ID); err != nil {
		return h, err
	}
	slices.SortStableFunc(h.snapshots, arrived)
	damaged, err := in.Lake.Damaged(s.ID)
	if err != nil {
		return h, err
	}
	h.why, h.again = map[string]string{}, map[string]bool{}
	if err := in.setAside(s, &h, damaged); err != nil {
		return h, err
	}
	if entries, err := in.Lake.Entries(s.ID); err == nil {
		if err := in.setAside(s, &h, in.DamagedRows(entries)); err != nil {
			return h, err
		}
	}
	aside, err := in.Lake.SetAsides(s.ID) // by this run, or one that was killed
	if err != nil {
		return h, err
	}
	if h.Entries, err = in.Lake.Entries(s.ID); err != nil {
		return h, fmt.Errorf("%w; data/raw has no file of %s", err, s.ID)
	}
	if h.Same, err = in.Lake.Same(s.ID); err != nil {
		return h, err
	}
	for _, sn := range h.snapshots {
		h.again[sn.Release] = len(aside) > 0 || h.LacksState(sn)
	}
	return h, nil
}

// setAside takes out of the way what is damaged and may be read again.
func (in *mender) setAside(s *source.Source, h *healing, damaged []lake.Damage) error {
	for _, d := range damaged {
		of := func(sn archive.Snapshot) bool { return d.Folder == "" || sn.Release == d.Folder } // without a folder any file may be the one
		if !slices.ContainsFunc(h.snapshots, of) {
			if !slices.ContainsFunc(h.left, func(x lake.Damage) bool { return x.Release == d.Release }) {
				h.left = append(h.left, d)
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
func (h healing) skips(s *source.Source, sn archive.Snapshot) bool {
	if h.again[sn.Release] {
		return false
	}
	if i := ingested(h.Entries, sn.Meta); i >= 0 {
		return !stale(s, h.Entries[i])
	}
	_, superfluous := h.Same[sn.Release]
	return superfluous
}

// unhealed returns an outcome for each damage that data/raw has nothing for.
func (h healing) unhealed(s *source.Source) (out []review.Outcome) {
	for _, d := range h.left {
		err := fmt.Errorf("release %s is damaged in the lake, and data/raw does not have its file: %w", d.Release, errors.Join(d.Err, archive.ErrDamaged))
		out = append(out, review.Refuse(review.Outcome{Source: s.ID, Release: d.Release},
			hint.With(err, "restore data/raw from a backup, and then: ingest run; or take the release back: ingest withdraw")))
	}
	return out
}

// restore appends to the lake each snapshot of the source that it lacks: after
// a kill between the two, or once data/out was deleted. What is damaged in the lake is
// rebuilt. It reads again files of which rows were rejected by a decoder or label list that
// has changed since.
func (in *mender) restore(ctx context.Context, s *source.Source) []review.Outcome {
	h, err := in.heal(s)
	if err != nil {
		return []review.Outcome{review.Refuse(review.Outcome{Source: s.ID}, err)}
	}
	out := h.unhealed(s)
	if s.Records != nil {
		out = append(out, in.micro.Restore(ctx, s)...)
	} else {
		out = append(out, in.restoreFigures(s, h)...)
	}
	return in.settleHealed(s, h, out)
}

// restoreFigures appends the snapshots that the lake lacks.
func (in *mender) restoreFigures(s *source.Source, h healing) (out []review.Outcome) {
	for _, sn := range h.snapshots {
		if h.skips(s, sn) {
			continue
		}
		data, err := in.Raw.Read(sn, s.Place.MaxBytes)
		if err != nil {
			out = append(out, review.Refuse(review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}, err))
			continue
		}
		in.again = h.again[sn.Release]
		out = append(out, in.ingestFile(s, sn.File, data, sn.Meta, true))
		in.again = false
	}
	return out
}

// settleHealed says which outcomes are of damage that was mended, and reports damage that
// was not.
func (in *mender) settleHealed(s *source.Source, h healing, out []review.Outcome) []review.Outcome {
	folders := map[string]bool{}
	for _, sn := range h.snapshots {
		folders[sn.Release] = true
	}
	for i := range out {
		o := &out[i]
		if why := h.why[o.Release]; why != "" && !o.Failed() {
			o.State, o.Reason = review.Rebuilt, why
		} else if h.again[o.Release] && o.State == review.Mended {
			o.State, o.Reason = review.Rebuilt, "a release that its file states was lost"
		}
	}
	if !in.Dry {
		out = slices.DeleteFunc(out, func(o review.Outcome) bool { return o.State == review.Known && h.again[o.Release] }) // it was read to be sure
	}
	aside, err := in.Lake.SetAsides(s.ID)
	if err == nil {
		err = in.Lake.DropSame(s.ID, folders)
	}
	if err != nil {
		return append(out, review.Refuse(review.Outcome{Source: s.ID}, err))
	}
	for _, release := range aside {
		done, err := in.Lake.Settle(s.ID, release)
		if err == nil && !done {
			err = fmt.Errorf("release %s was damaged in the lake and could not be rebuilt from data/raw: %w", release, lake.ErrDamaged)
		}
		if err != nil && !errors.Is(err, lake.ErrDamaged) || err != nil && !done {
			out = append(out, review.Refuse(review.Outcome{Source: s.ID, Release: release}, err))
		}
	}
	return out
}
