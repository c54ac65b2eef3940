package engine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"

	"crossings/pipeline/microdata/parquetfile"
)

// maxFresh is the largest number of new keys searched for at a time. More take several passes over
// the existing keys.
const maxFresh = 1 << 20

// fresh maps the hashes of keys to new records, in an open-addressing table.
type fresh struct {
	hashes []uint64
	refs   []uint64 // run << 32 | position of the row in the run, plus one; 0 means free
	n      int
	sieve  *sieve
}

// reset empties the table and makes room for n records.
func (f *fresh) reset(n int) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	if len(f.hashes) < size {
		f.hashes, f.refs = make([]uint64, size), make([]uint64, size)
	}
	clear(f.refs)
	f.n, f.sieve.bits = 0, [len(f.sieve.bits)]uint64{}
}

func (f *fresh) add(h, ref uint64) {
	i := h & uint64(len(f.refs)-1)
	for f.refs[i] != 0 {
		i = (i + 1) & uint64(len(f.refs)-1)
	}
	f.hashes[i], f.refs[i] = h, ref+1
	f.n++
	f.sieve.add(h)
}

// find calls visit with each new record whose key has the given hash.
func (f *fresh) find(h uint64, visit func(ref uint64)) {
	for i := h & uint64(len(f.refs)-1); f.refs[i] != 0; i = (i + 1) & uint64(len(f.refs)-1) {
		if f.hashes[i] == h {
			visit(f.refs[i] - 1)
		}
	}
}

// sieve rules out most hashes that are not among the new ones, with little memory: a year has many
// hashes, and few are new.
type sieve struct{ bits [1 << 13]uint64 }

func (s *sieve) add(h uint64)      { s.bits[h>>6&(1<<13-1)] |= 1 << (h & 63) }
func (s *sieve) may(h uint64) bool { return s.bits[h>>6&(1<<13-1)]>>(h&63)&1 == 1 }

// checkKeys marks the new records whose key an old record has: one of the same year or, with
// Layout.Everywhere, of any year. Old records of the days in replaced do not count.
func (u *update) checkKeys(replaced map[uint32]bool) error {
	if u.in.plan.key < 0 {
		return nil
	}
	n := 0
	for _, r := range u.in.runs {
		n += r.good(u.in.plan)
	}
	table := &fresh{sieve: &sieve{}}
	passes := (n + maxFresh - 1) / maxFresh
	for pass := range passes {
		if passes > 1 {
			// Count first, so that the table is neither too large nor, if keys repeat, too small.
			var err error
			if n, err = u.countPass(pass, passes); err != nil {
				return err
			}
		}
		table.reset(n)
		if err := u.checkPass(table, pass, passes, replaced); err != nil {
			return err
		}
	}
	return nil
}

// inPass reports whether a pass searches for keys with this hash.
func inPass(h uint64, pass, passes int) bool { return h>>40%uint64(passes) == uint64(pass) }

// countPass counts the new keys of a pass.
func (u *update) countPass(pass, passes int) (n int, err error) {
	err = u.eachKey(func(_ int, _ *run, _ int, _ uint32, key []byte) {
		if inPass(xxhash.Sum64(key), pass, passes) {
			n++
		}
	})
	return n, err
}

// checkPass searches for the new keys of a pass. They fit into the table.
func (u *update) checkPass(table *fresh, pass, passes int, replaced map[uint32]bool) error {
	p := u.in.plan
	years := map[int]bool{}
	err := u.eachKey(func(number int, _ *run, pos int, day uint32, key []byte) {
		if h := xxhash.Sum64(key); inPass(h, pass, passes) {
			table.add(h, uint64(number)<<32|uint64(pos))
			years[p.parts[p.partOf[day]].year] = true
		}
	})
	if err != nil {
		return err
	}
	var files []yearFile
	for _, part := range u.manifest.Partitions {
		year := monthOf(parseDay(part.Name + "-01")).year
		if !years[year] && !p.everywhere {
			continue
		}
		for _, f := range part.Files {
			files = append(files, yearFile{File: f, year: year})
		}
	}
	// Most of what is read is hashes, and few of them belong to a new key.
	err = parallel(u.in.workers, len(files), func(_, i int) (err error) {
		files[i].hits, err = u.sift(files[i].File, table)
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		if len(f.hits) == 0 {
			continue
		}
		if err := u.compareKeys(f.File, f.year, f.hits, replaced); err != nil {
			return err
		}
	}
	return nil
}

// yearFile is a file of a partition with the new records whose keys may occur in it, by row.
type yearFile struct {
	File
	year int
	hits map[int][]uint64
}

// eachKey calls visit with every good row of the new files: the number of its run, the run, its
// position there, its day and its key. It walks the texts of a run once.
func (u *update) eachKey(visit func(number int, r *run, pos int, day uint32, key []byte)) error {
	in := u.in
	date := func(r *run) packed { return r.packed[in.plan.date] }
	var rowBuf, varBuf []byte
	for number, r := range in.runs {
		rows, err := in.rows.get(r.rows.at, r.rows.n, rowBuf)
		if err != nil {
			return err
		}
		vars, err := in.rows.get(r.vars.at, r.vars.n, varBuf)
		if err != nil {
			return err
		}
		if r.rows.at >= 0 {
			rowBuf, varBuf = rows, vars
		}
		walk, err := in.walker(r, 0, r.n)
		if err != nil {
			return err
		}
		for pos := range r.good(in.plan) {
			n := walk.row(vars, pos)
			if r.dup == nil || r.dup[pos/64]>>(pos%64)&1 == 0 {
				key := vars
				for range in.plan.columns[in.plan.key].ids {
					key = key[textLen(key):]
				}
				length, w := binary.Uvarint(key)
				visit(number, r, pos, date(r).unpack(rows[pos*r.stride:])-2, key[w:][:length])
			}
			vars = vars[n:]
		}
	}
	return nil
}

// yearOf returns the year of a new record.
func (u *update) yearOf(ref uint64) (int, error) {
	r, pos := u.in.runs[ref>>32], int(uint32(ref))
	row, err := u.in.rows.get(r.rows.at+int64(pos*r.stride), r.stride, nil)
	if err != nil {
		return 0, err
	}
	p := u.in.plan
	return p.parts[p.partOf[r.packed[p.date].unpack(row)-2]].year, nil
}

// sift returns the new records whose keys have the same hash as a row of a file, by that row.
func (u *update) sift(f File, table *fresh) (map[int][]uint64, error) {
	hashes, err := os.Open(idsPath(u.dir, f.Path))
	if err != nil {
		return nil, err
	}
	defer hashes.Close()
	hits := map[int][]uint64{}
	buf := make([]byte, 1<<15)
	row := 0
	for {
		n, err := io.ReadFull(hashes, buf)
		for b := buf[:n]; len(b) >= 8; b = b[8:] {
			if h := binary.LittleEndian.Uint64(b); table.sieve.may(h) {
				table.find(h, func(ref uint64) { hits[row] = append(hits[row], ref) })
			}
			row++
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if int64(row) != f.Rows {
		return nil, fmt.Errorf("%s: has %d keys but the file has %d rows; normalise the folder again", idsPath(u.dir, f.Path), row, f.Rows)
	}
	return hits, nil
}

// compareKeys compares keys in full.
func (u *update) compareKeys(f File, year int, hits map[int][]uint64, replaced map[uint32]bool) error {
	r, err := parquetfile.Open(local(u.dir, f.Path))
	if err != nil {
		return err
	}
	defer r.Close()
	p := u.in.plan
	var dates parquetfile.Values
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
		for _, ref := range hits[row] {
			if err := u.compareKey(ref, year, text, &buf); err != nil {
				failed = err
			}
		}
	})
	return errors.Join(err, failed)
}

// compareKey marks a new record if its key equals text, the key of a record of the given year.
func (u *update) compareKey(ref uint64, year int, text []byte, buf *[]byte) error {
	r, pos := u.in.runs[ref>>32], uint32(ref)
	key, err := u.in.keyAt(r, pos, buf)
	if err != nil || string(key) != string(text) {
		return err
	}
	if !u.in.plan.everywhere {
		if of, err := u.yearOf(ref); err != nil || of != year {
			return err
		}
	}
	r.mark(pos)
	return nil
}
