package engine

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Reject is a record that was refused.
type Reject struct {
	File string
	// Record is the 1-based number of the record in its file, not counting the header. Line is the
	// line on which it begins.
	Record, Line int64
	// Column and Value are the field that broke a rule; for a duplicate, the key. Value is cut to
	// 80 bytes. Both are empty if the record as a whole is wrong.
	Column, Value string
	Reason        string
	// Day is the record's date in days since 1970-01-01. Zero means unknown; it is always zero for
	// a duplicate.
	Day int64
}

// WrongFields is the reason for a record whose number of fields differs from the header's.
const WrongFields = "fields"

// rejects calls visit with the refused rows of all runs, in the order of the files.
func (in *intake) rejects(visit func(Reject) error) error {
	var buf []byte
	for _, r := range in.runs {
		list, err := in.refusals(r, &buf)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		breaks, err := in.rows.get(r.breaks.at, r.breaks.n, nil)
		if err != nil {
			return err
		}
		if err := in.plan.visitRejects(list, in.files[r.file], r.record, r.line, breaks, visit); err != nil {
			return err
		}
	}
	return nil
}

// visitRejects calls visit with the refused rows of a block, by row. record is the number of the
// block's first record, line is its first line, and breaks are the line breaks within its records.
func (p *plan) visitRejects(list []refusal, file string, record, line int64, breaks []byte, visit func(Reject) error) error {
	for _, x := range list {
		for len(breaks) > 0 && binary.LittleEndian.Uint32(breaks) <= x.row {
			breaks, line = breaks[4:], line+1
		}
		out := Reject{File: file, Record: record + int64(x.row) + 1, Line: line + int64(x.row)}
		if x.day > 0 {
			out.Day = p.columns[p.date].base + int64(x.day)
		}
		switch x.column {
		case wrongFields:
			out.Reason = WrongFields
		case duplicated:
			out.Column, out.Reason, out.Value = p.columns[p.key].Name, p.duplicate, string(x.text)
		default:
			c := &p.columns[x.column]
			out.Column, out.Reason, out.Value = c.Name, c.Reason, string(x.text)
		}
		if err := visit(out); err != nil {
			return err
		}
	}
	return nil
}

// refusals returns the refused rows of a run and its duplicates, sorted by row.
func (in *intake) refusals(r *run, buf *[]byte) ([]refusal, error) {
	b, err := in.rows.get(r.rejects.at, r.rejects.n, *buf)
	if err != nil {
		return nil, err
	}
	if r.rejects.at >= 0 {
		*buf = b
	}
	list := parseRefusals(b)
	dups, err := in.dupRows(r)
	if err != nil || len(dups) == 0 {
		return list, err
	}
	list = append(list, dups...)
	slices.SortFunc(list, byRow)
	return list, nil
}

// clipped returns a copy of the part of a refused text that is kept: its beginning, cut after a
// whole character.
func clipped(text []byte) []byte {
	n := min(len(text), maxReject)
	for n < len(text) && n > maxReject-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return slices.Clone(text[:n])
}

func byRow(a, b refusal) int { return cmp.Compare(a.row, b.row) }

// parseRefusals parses the output of packRejects.
func parseRefusals(b []byte) (list []refusal) {
	for len(b) > 0 {
		row, n := binary.Uvarint(b)
		column, k := binary.Varint(b[n:])
		day, d := binary.Uvarint(b[n+k:])
		b = b[n+k+d:]
		length := textLen(b)
		size, w := binary.Uvarint(b)
		list = append(list, refusal{uint32(row), int16(column), slices.Clone(b[w:][:size]), uint32(day)})
		b = b[length:]
	}
	return list
}

// dupRows returns the rows that are refused only because they are duplicates, with their keys.
func (in *intake) dupRows(r *run) (list []refusal, err error) {
	good := r.n
	for _, s := range r.parts {
		if s.part == len(in.plan.parts) {
			good = s.pos
		}
	}
	number := r.packed[len(r.packed)-1]
	var rowBuf, keyBuf []byte
	for i, word := range r.dup {
		for ; word != 0; word &= word - 1 {
			pos := i*64 + bits.TrailingZeros64(word)
			if pos >= good {
				break
			}
			row, err := in.rows.get(r.rows.at+int64(pos*r.stride), r.stride, rowBuf)
			if err != nil {
				return nil, err
			}
			key, err := in.keyAt(r, uint32(pos), &keyBuf)
			if err != nil {
				return nil, err
			}
			list = append(list, refusal{number.unpack(row) - 2, duplicated, clipped(key), 0})
		}
	}
	return list, nil
}
