package engine

import (
	"crossings/pipeline/microdata/parquetfile"
)

// takeTexts copies the IDs and the texts outside the lists, for the rows from lo to hi.
func (m *merger) takeTexts(r *run, lo, hi int) (size int, err error) {
	first := lo / sparseGap
	start, end := int(r.sparse[first]), r.vars.n
	if last := (hi + sparseGap - 1) / sparseGap; last < len(r.sparse) {
		end = int(r.sparse[last])
	}
	vars, err := m.in.rows.get(r.vars.at+int64(start), end-start, m.buf.vars)
	if err != nil {
		return 0, err
	}
	if r.vars.at >= 0 {
		m.buf.vars = vars
	}
	walk, err := m.in.walker(r, first*sparseGap, hi)
	if err != nil {
		return 0, err
	}
	if walk.ids == 1 && len(walk.texts) == 0 {
		return m.takeIDs(vars, first*sparseGap), nil
	}
	base, at := len(m.arena), 0
	m.arena = append(m.arena, vars...)
	pos := first * sparseGap
	for _, s := range m.spans {
		for ; pos < s.pos; pos++ {
			at += walk.row(vars[at:], pos)
		}
		for i := range s.n {
			n, kept := m.takeRow(vars[at:], s.to+i, base+at)
			at, size, pos = at+n, size+n+kept, pos+1
		}
	}
	return size, nil
}

// takeIDs is takeTexts for the usual case of one ID per row and nothing else.
func (m *merger) takeIDs(vars []byte, pos int) (size int) {
	base, at := uint32(len(m.arena)), 0
	m.arena = append(m.arena, vars...)
	var out []uint32
	for _, a := range m.at {
		if a != nil {
			out = a
		}
	}
	for _, s := range m.spans {
		for ; pos < s.pos; pos++ {
			at += textLen(vars[at:])
		}
		from := at
		for i := range out[s.to:][:s.n] {
			out[s.to+i] = base + uint32(at)
			if n := vars[at]; n < 0x80 {
				at += int(n) + 1
				continue
			}
			at += textLen(vars[at:])
		}
		pos += s.n
		size += at - from
	}
	return size
}

// takeRow notes the offsets of a row's texts. to is the row's position in the group, place the
// offset of its texts in the arena. It returns the number of bytes that they take there, and the
// number that its listed texts take. Their sum does not depend on which list had room.
func (m *merger) takeRow(vars []byte, to, place int) (at, kept int) {
	for i := range m.in.plan.columns {
		switch {
		case m.in.plan.columns[i].Kind == ID:
			m.at[i][to] = uint32(place + at)
			at += textLen(vars[at:])
		case !m.in.varied[i]:
		case m.columns[i][to] == toOverflow:
			m.at[i][to] = uint32(place + at)
			at += textLen(vars[at:])
		case m.columns[i][to] == toNull:
			m.at[i][to] = parquetfile.Missing
		default:
			m.at[i][to] = uint32(len(m.arena))
			kept -= len(m.arena)
			m.arena = appendText(m.arena, []byte(m.in.dicts[i][m.columns[i][to]]))
			kept += len(m.arena)
		}
	}
	return at, kept
}
