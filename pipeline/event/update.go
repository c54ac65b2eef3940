package event

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/cespare/xxhash/v2"

	"crossings/pipeline/event/colfile"
)

// Append adds the records of raw files to a folder that Normalise wrote: one
// more file in each partition that they touch. A record whose key is among
// those of its year, or in an earlier record of the files, is refused as a duplicate.
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

// Revise replaces days: every day that the raw files have a good record of is
// taken out of the folder first, and the partitions touched are written again.
// Keys are compared as Append does, but not with those of the days that are replaced.
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

// update is raw files that are added to a folder.
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

// good returns how many rows of a run were not refused; they are the first.
func (r *run) good(p *plan) int {
	for _, s := range r.parts {
		if s.part >= len(p.parts) {
			return s.pos
		}
	}
	return r.n
}

// days returns the days that the new files have good records of.
func (u *update) days() map[uint32]bool {
	days := map[uint32]bool{}
	u.each(func(_ *run, _ int, day uint32) error {
		days[day] = true
		return nil
	})
	return days
}

// fresh is a new record.
type fresh struct {
	run  *run
	pos  int
	year int
}

// sieve says of most hashes that they are none of the new ones, in little
// memory: the hashes of a year are a long list, and the new ones few.
type sieve struct {
	bits [1 << 13]uint64
	buf  [1 << 15]byte // the hashes of a file, part by part
}

func (s *sieve) add(h uint64)      { s.bits[h>>6&(1<<13-1)] |= 1 << (h & 63) }
func (s *sieve) may(h uint64) bool { return s.bits[h>>6&(1<<13-1)]>>(h&63)&1 == 1 }

// checkKeys marks the new records whose key an old one of the same year has; records of the days in
// replaced do not count.
func (u *update) checkKeys(replaced map[uint32]bool) error {
	p := u.in.plan
	if p.key < 0 {
		return nil
	}
	keys := map[uint64][]fresh{}
	years := map[int]bool{}
	sieve := &sieve{}
	var buf []byte
	err := u.each(func(r *run, pos int, day uint32) error {
		key, err := u.in.keyAt(r, uint32(pos), &buf)
		if err != nil {
			return err
		}
		h := xxhash.Sum64(key)
		year := p.parts[p.partOf[day]].year
		keys[h] = append(keys[h], fresh{r, pos, year})
		sieve.add(h)
		years[year] = true
		return nil
	})
	if err != nil {
		return err
	}
	for _, part := range u.manifest.Partitions {
		month := monthOf(parseDay(part.Name + "-01"))
		if !years[month.year] {
			continue
		}
		for _, f := range part.Files {
			if err := u.checkFile(f, month.year, keys, sieve, replaced); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkFile looks for the new keys among those of one file: by hash, and where one agrees, in full.
func (u *update) checkFile(f File, year int, keys map[uint64][]fresh, sieve *sieve, replaced map[uint32]bool) error {
	hashes, err := os.Open(idsPath(u.dir, f.Path))
	if err != nil {
		return err
	}
	defer hashes.Close()
	hits := map[int][]fresh{} // by row of the file
	buf := sieve.buf[:]
	row := 0
	for {
		n, err := io.ReadFull(hashes, buf)
		for b := buf[:n]; len(b) >= 8; b = b[8:] {
			h := binary.LittleEndian.Uint64(b)
			if sieve.may(h) {
				for _, k := range keys[h] {
					if k.year == year {
						hits[row] = append(hits[row], k)
					}
				}
			}
			row++
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if int64(row) != f.Rows {
		return fmt.Errorf("%s: has %d keys, the file %d rows; normalise the folder again", idsPath(u.dir, f.Path), row, f.Rows)
	}
	if len(hits) == 0 {
		return nil
	}
	return u.compareKeys(f, hits, replaced)
}

// compareKeys compares keys in full.
func (u *update) compareKeys(f File, hits map[int][]fresh, replaced map[uint32]bool) error {
	r, err := colfile.Open(local(u.dir, f.Path))
	if err != nil {
		return err
	}
	defer r.Close()
	p := u.in.plan
	var dates colfile.Values
	if err := r.Read(p.columns[p.date].Name, &dates); err != nil {
		return err
	}
	row := -1
	var buf []byte
	var failed error
	err = r.Texts(p.columns[p.key].Name, func(text []byte) {
		row++
		day := uint32(dates.Ints[dates.Codes[row]] - p.columns[p.date].base)
		if replaced[day] {
			return
		}
		for _, k := range hits[row] {
			key, err := u.in.keyAt(k.run, uint32(k.pos), &buf)
			if err != nil {
				failed = err
				return
			}
			if string(key) == string(text) {
				k.run.mark(uint32(k.pos))
			}
		}
	})
	return errors.Join(err, failed)
}

// keepRest takes the partitions of the given days out of the manifest and puts
// what they have of other days before the new records.
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
			runs, err := u.load(f, days)
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
