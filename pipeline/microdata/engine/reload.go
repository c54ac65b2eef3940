package engine

import (
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/microdata/parquetfile"
)

// reload reads a file that Normalise wrote into runs, without some days.
func (u *update) reload(f File, without map[uint32]bool) ([]*run, error) {
	r, err := parquetfile.Open(local(u.dir, f.Path))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	l := &reloader{p: u.in.plan, w: u.in.parsers[0]}
	if err := l.read(r); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	l.drop(without)
	var runs []*run
	for from := 0; from < len(l.rows); from += groupRows / 4 {
		l.fill(l.rows[from:min(from+groupRows/4, len(l.rows))])
		run, err := l.w.finish(u.in.rows, nil)
		if err != nil {
			return nil, err
		}
		run.origin = l.origin(l.rows[from:min(from+groupRows/4, len(l.rows))])
		runs = append(runs, run)
	}
	return runs, nil
}

// reloader turns the columns of a file back into the state of a worker that has parsed a block.
type reloader struct {
	p      *plan
	w      *worker
	values [][]uint32 // by column and row of the file
	texts  []byte
	at     [][]uint32 // by column: the offset of each row's text in texts, and the end of the last
	rows   []int      // to keep
	// files and records are the lineage, if the layout has it.
	files, records parquetfile.Values
}

// read reads all columns.
func (l *reloader) read(r *parquetfile.Reader) error {
	n := len(l.p.columns)
	l.values, l.at = make([][]uint32, n), make([][]uint32, n)
	l.texts = make([]byte, 8, 1<<16)
	for i := range l.p.columns {
		c := &l.p.columns[i]
		if c.Kind == ID {
			err := r.Texts(c.Name, func(text []byte) {
				l.at[i] = append(l.at[i], uint32(len(l.texts)))
				l.texts = append(l.texts, text...)
			})
			if err != nil {
				return err
			}
			l.at[i] = append(l.at[i], uint32(len(l.texts)))
			continue
		}
		var v parquetfile.Values
		if err := r.Read(c.Name, &v); err != nil {
			return err
		}
		if err := l.column(i, &v); err != nil {
			return err
		}
	}
	if l.p.lineage {
		if err := errors.Join(r.Read(fileColumn, &l.files), r.Read(recordColumn, &l.records)); err != nil {
			return err
		}
	}
	for row := range l.values[l.p.date] {
		l.rows = append(l.rows, row)
	}
	l.texts = append(l.texts, 0, 0, 0, 0, 0, 0, 0, 0)
	return nil
}

// origin returns the lineage of rows; nil if the layout has none.
func (l *reloader) origin(rows []int) *origin {
	if !l.p.lineage {
		return nil
	}
	o := &origin{names: l.files.Texts}
	for _, row := range rows {
		o.files = append(o.files, l.files.Codes[row])
		o.records = append(o.records, l.records.Ints[l.records.Codes[row]])
	}
	return o
}

// column turns one dictionary-coded column back into values of the plan.
func (l *reloader) column(i int, v *parquetfile.Values) error {
	c := &l.p.columns[i]
	table := []uint32{null}
	for _, n := range v.Ints {
		table = append(table, uint32(n-c.base))
	}
	for _, text := range v.Texts {
		if !c.open() {
			at, ok := slices.BinarySearch(c.list, text)
			if !ok {
				return fmt.Errorf("column %s: %q is not in the layout's list", c.Name, text)
			}
			table = append(table, uint32(at))
			continue
		}
		table = append(table, l.w.code(i, text))
	}
	if slices.Contains(table[1:], bad) {
		return fmt.Errorf("column %s: a text breaks the layout's rules", c.Name)
	}
	l.values[i] = make([]uint32, len(v.Codes))
	for row, code := range v.Codes {
		l.values[i][row] = table[code+1]
	}
	if slices.Contains(table, overflow) {
		l.keepTexts(i, v)
	}
	return nil
}

// keepTexts keeps the texts of a column that do not all fit into the cache.
func (l *reloader) keepTexts(i int, v *parquetfile.Values) {
	for _, code := range v.Codes {
		l.at[i] = append(l.at[i], uint32(len(l.texts)))
		if code != parquetfile.Null {
			l.texts = append(l.texts, v.Texts[code]...)
		}
	}
	l.at[i] = append(l.at[i], uint32(len(l.texts)))
}

// code returns the worker's value for a text of an open column.
func (w *worker) code(i int, text string) uint32 {
	w.padded = append(append(append(w.padded[:0], 0, 0, 0, 0, 0, 0, 0, 0), text...), 0, 0, 0, 0, 0, 0, 0, 0)
	if v, ok := w.caches[i].find(w.padded, 8, uint32(8+len(text))); ok && v != null {
		return v
	}
	return w.learn(i, []byte(text))
}

// drop removes the rows of some days.
func (l *reloader) drop(days map[uint32]bool) {
	l.rows = slices.DeleteFunc(l.rows, func(row int) bool { return days[l.values[l.p.date][row]] })
}

// fill puts rows into the worker as if they had been parsed.
func (l *reloader) fill(rows []int) {
	w, n := l.w, len(rows)
	w.refused, w.rejects = append(w.refused[:0], make([]bool, n)...), w.rejects[:0]
	w.hashes = append(w.hashes[:0], make([]uint64, n)...)
	w.data, w.literal, w.breaks = l.texts, true, nil
	for i := range l.p.columns {
		w.values[i], w.starts[i], w.ends[i] = sized(w.values[i], n), sized(w.starts[i], n), sized(w.ends[i], n)
		for k, row := range rows {
			if l.at[i] != nil {
				w.starts[i][k], w.ends[i][k] = l.at[i][row], l.at[i][row+1]
			}
			if l.values[i] != nil {
				w.values[i][k] = l.values[i][row]
			}
		}
	}
}
