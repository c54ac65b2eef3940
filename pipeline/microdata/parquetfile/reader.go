package parquetfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

// Reader reads the columns of a file.
type Reader struct {
	f    *os.File
	file *parquet.File
}

// Values is one column of a file or of one row group: for each row a code, an index into Texts or
// Ints. The kind of the column decides which of the two is filled.
type Values struct {
	// Codes are one per row; Null is missing.
	Codes []int32
	// Texts or Ints is the list of values. It is not sorted if the column has several row groups.
	Texts []string
	Ints  []int64
}

// Open opens a Parquet file.
func Open(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := open(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

func open(f *os.File) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	// The library allocates as much as the footer claims, so check the claim first.
	var tail [8]byte
	if _, err := f.ReadAt(tail[:], info.Size()-8); err != nil {
		return nil, errors.New("not a Parquet file")
	}
	if n := int64(binary.LittleEndian.Uint32(tail[:])); n > info.Size()-12 {
		return nil, fmt.Errorf("not a Parquet file: a footer of %d bytes in %d", n, info.Size())
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	return &Reader{f: f, file: file}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.f.Close() }

// Rows returns the number of rows.
func (r *Reader) Rows() int { return int(r.file.NumRows()) }

// Read reads a dictionary-coded column into v and reuses its slices.
func (r *Reader) Read(name string, v *Values) error {
	v.Codes, v.Texts, v.Ints = v.Codes[:0], v.Texts[:0], v.Ints[:0]
	return r.pages(name, func(p parquet.Page, first bool) error {
		if first {
			return v.page(p, len(v.Texts)+len(v.Ints))
		}
		return v.page(p, -1)
	})
}

// Dictionary returns the texts of a dictionary-coded column without reading its codes: those of
// each row group, one group after another.
func (r *Reader) Dictionary(name string) ([]string, error) {
	leaf, ok := r.file.Schema().Lookup(name)
	if !ok {
		return nil, fmt.Errorf("%s: no column %s", r.f.Name(), name)
	}
	var v Values
	for _, group := range r.file.RowGroups() {
		pages, ok := group.ColumnChunks()[leaf.ColumnIndex].Pages().(*parquet.FilePages)
		if !ok {
			return nil, fmt.Errorf("%s: column %s cannot be read page by page", r.f.Name(), name)
		}
		d, err := pages.ReadDictionary()
		if err == nil && d == nil {
			err = errors.New("not dictionary-coded")
		}
		if err != nil {
			pages.Close()
			return nil, fmt.Errorf("%s: column %s: %w", r.f.Name(), name, err)
		}
		for i := range d.Len() {
			v.add(d.Index(int32(i)))
		}
		if err := pages.Close(); err != nil {
			return nil, err
		}
	}
	return v.Texts, nil
}

// pages calls visit with each page of a column. first says whether the page begins a row group.
func (r *Reader) pages(name string, visit func(p parquet.Page, first bool) error) error {
	leaf, ok := r.file.Schema().Lookup(name)
	if !ok {
		return fmt.Errorf("%s: no column %s", r.f.Name(), name)
	}
	for _, group := range r.file.RowGroups() {
		pages := group.ColumnChunks()[leaf.ColumnIndex].Pages()
		for first := true; ; first = false {
			p, err := pages.ReadPage()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = visit(p, first)
				parquet.Release(p)
			}
			if err != nil {
				pages.Close()
				return fmt.Errorf("%s: column %s: %w", r.f.Name(), name, err)
			}
		}
		if err := pages.Close(); err != nil {
			return err
		}
	}
	return nil
}

// page appends a page. base is the position of the page's dictionary in the lists, or -1 if the
// page uses the same dictionary as the page before.
func (v *Values) page(p parquet.Page, base int) error {
	d := p.Dictionary()
	if d == nil {
		return v.plain(p)
	}
	n := d.Len()
	if base >= 0 {
		for i := range n {
			v.add(d.Index(int32(i)))
		}
	}
	shift := int32(len(v.Texts) + len(v.Ints) - n)
	data := p.Data()
	codes := data.Int32()
	start := len(v.Codes)
	if levels := p.DefinitionLevels(); len(levels) > 0 {
		for _, level := range levels {
			code := Null
			if level == 1 {
				code, codes = codes[0], codes[1:]
			}
			v.Codes = append(v.Codes, code)
		}
	} else {
		v.Codes = append(v.Codes, codes...)
	}
	if shift != 0 {
		for i, c := range v.Codes[start:] {
			if c >= 0 {
				v.Codes[start+i] = c + shift
			}
		}
	}
	return nil
}

func (v *Values) add(x parquet.Value) {
	switch x.Kind() {
	case parquet.ByteArray:
		v.Texts = append(v.Texts, string(x.ByteArray()))
	case parquet.Int64:
		v.Ints = append(v.Ints, x.Int64())
	default:
		v.Ints = append(v.Ints, int64(x.Int32()))
	}
}

// plain appends a page without a dictionary: each value becomes an entry of the list.
func (v *Values) plain(p parquet.Page) error {
	values := make([]parquet.Value, p.NumValues())
	n, err := p.Values().ReadValues(values)
	if err != nil && err != io.EOF {
		return err
	}
	for _, x := range values[:n] {
		if x.IsNull() {
			v.Codes = append(v.Codes, Null)
			continue
		}
		v.Codes = append(v.Codes, int32(len(v.Texts)+len(v.Ints)))
		v.add(x)
	}
	return nil
}

// Texts calls visit with the texts of a varied column in order, and with nil for a missing one. A
// text is valid until visit returns.
func (r *Reader) Texts(name string, visit func(text []byte)) error {
	return r.pages(name, func(p parquet.Page, _ bool) error {
		if p.Dictionary() != nil {
			return errors.New("dictionary-coded")
		}
		data := p.Data()
		values, offsets := data.ByteArray()
		levels := p.DefinitionLevels()
		if len(levels) == 0 {
			for i := 1; i < len(offsets); i++ {
				visit(values[offsets[i-1]:offsets[i]])
			}
			return nil
		}
		i := 0
		for _, level := range levels {
			if level == 0 {
				visit(nil)
				continue
			}
			visit(values[offsets[i]:offsets[i+1]])
			i++
		}
		return nil
	})
}
