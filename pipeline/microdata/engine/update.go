package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Append adds the records of raw files to a folder that Normalise wrote: one more file in each
// partition that they touch. It refuses a record as a duplicate if its key occurs among those of
// its year, or in an earlier record of the files. With Layout.Everywhere it compares with the keys
// of all years.
func Append(ctx context.Context, layout Layout, files []string, dir string, o Options, reject func(Reject) error) (Report, error) {
	u, err := begin(ctx, layout, files, dir, o)
	if err != nil {
		return Report{}, err
	}
	defer u.in.close()
	if err := u.checkKeys(nil); err != nil {
		return Report{}, err
	}
	report, err := u.in.report(reject)
	if err != nil {
		return report, err
	}
	number := func(p part) int {
		if at, found := u.manifest.find(p.name()); found {
			return len(u.manifest.Partitions[at].Files)
		}
		return 0
	}
	return report, u.commit(ctx, number, &report)
}

// Revise replaces days. It takes every day for which the raw files have a good record out of the
// folder, and rewrites the partitions touched. It compares keys as Append does, but ignores those
// of the days that it replaces.
func Revise(ctx context.Context, layout Layout, files []string, dir string, o Options, reject func(Reject) error) (Report, error) {
	u, err := begin(ctx, layout, files, dir, o)
	if err != nil {
		return Report{}, err
	}
	defer u.in.close()
	days := u.days()
	if err := u.checkKeys(days); err != nil {
		return Report{}, err
	}
	report, err := u.in.report(reject)
	if err != nil {
		return report, err
	}
	if err := u.keepRest(days); err != nil {
		return report, err
	}
	return report, u.commit(ctx, func(part) int { return 0 }, &report)
}

// update adds raw files to a folder.
type update struct {
	in       *intake
	dir      string
	manifest *Manifest
	old      Manifest
}

func begin(ctx context.Context, layout Layout, files []string, dir string, o Options) (*update, error) {
	p, err := compile(layout)
	if err != nil {
		return nil, err
	}
	m, err := ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: nothing was normalised here yet", dir)
	}
	if err != nil {
		return nil, err
	}
	in, err := read(ctx, p, files, dir, o)
	if err != nil {
		return nil, err
	}
	old := Manifest{Partitions: slices.Clone(m.Partitions)}
	return &update{in, dir, m, old}, nil
}

func (u *update) commit(ctx context.Context, number func(part) int, report *Report) error {
	u.manifest.Inputs = append(u.manifest.Inputs, u.in.inputs()...)
	if err := u.in.write(ctx, u.dir, number, u.manifest, report); err != nil {
		return err
	}
	if err := u.manifest.write(u.dir, u.in.options.Durable); err != nil {
		return err
	}
	return u.manifest.removeStale(u.dir, &u.old)
}

// each calls visit with every good row of the new files.
func (u *update) each(visit func(r *run, pos int, day uint32) error) error {
	var buf []byte
	for _, r := range u.in.runs {
		rows, err := u.in.rows.get(r.rows.at, r.rows.n, buf)
		if err != nil {
			return err
		}
		date := r.packed[u.in.plan.date]
		for pos := range r.good(u.in.plan) {
			if r.dup != nil && r.dup[pos/64]>>(pos%64)&1 == 1 {
				continue
			}
			if err := visit(r, pos, date.unpack(rows[pos*r.stride:])-2); err != nil {
				return err
			}
		}
	}
	return nil
}

// good returns how many rows of a run were not refused. They come first.
func (r *run) good(p *plan) int {
	for _, s := range r.parts {
		if s.part >= len(p.parts) {
			return s.pos
		}
	}
	return r.n
}

// days returns the days for which the new files have good records.
func (u *update) days() map[uint32]bool {
	days := map[uint32]bool{}
	u.each(func(_ *run, _ int, day uint32) error {
		days[day] = true
		return nil
	})
	return days
}

// keepRest takes the partitions of the given days out of the manifest and puts their rows of other
// days before the new records.
func (u *update) keepRest(days map[uint32]bool) error {
	p := u.in.plan
	touched := map[string]bool{}
	for day := range days {
		touched[p.parts[p.partOf[day]].name()] = true
	}
	var olds []*run
	for _, part := range slices.Clone(u.manifest.Partitions) {
		if !touched[part.Name] {
			continue
		}
		for _, f := range part.Files {
			runs, err := u.reload(f, days)
			if err != nil {
				return err
			}
			olds = append(olds, runs...)
		}
		u.manifest.set(Partition{Name: part.Name})
	}
	u.in.runs = append(olds, u.in.runs...)
	u.in.nameOrigins(olds)
	return u.in.dictionaries()
}
