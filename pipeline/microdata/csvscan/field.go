package csvscan

import "bytes"

// Span returns the start and end of a field in the block, including its quotes. Most fields are not
// quoted, so callers that check the first byte themselves save a call per field.
func (x *Index) Span(row, field int) (start, end uint32) {
	at := int(x.first[row]) + field
	start, end = x.pos[at]+1, x.pos[at+1]
	if field == x.fields-1 && end > start && x.data[end-1] == '\r' {
		end--
	}
	return start, end
}

// Column fills starts and ends with the spans of one field, as Span would, for len(starts) rows
// from row on. The loop is here so that it touches only three slices.
func (x *Index) Column(field, row int, starts, ends []uint32) {
	ends = ends[:len(starts)]
	for i, first := range x.first[row : row+len(starts)] {
		at := int(first) + field
		starts[i], ends[i] = x.pos[at]+1, x.pos[at+1]
	}
	if field == x.fields-1 {
		for i, end := range ends {
			if end > starts[i] && x.data[end-1] == '\r' {
				ends[i]--
			}
		}
	}
}

// Field returns the text of a field. The text is part of the block, or of scratch if quotes had to
// be removed. The returned scratch is for the next call.
func (x *Index) Field(row, field int, scratch []byte) (text, kept []byte) {
	start, end := x.Span(row, field)
	raw := x.data[start:end]
	if len(raw) == 0 || raw[0] != '"' {
		return raw, scratch
	}
	return Unquote(raw, scratch)
}

// Unquote returns the text of a field that begins with a quote. The text is part of raw, or of
// scratch if raw holds doubled quotes or CRLF.
func Unquote(raw, scratch []byte) (text, kept []byte) {
	raw = raw[1 : len(raw)-1]
	if bytes.IndexByte(raw, '"') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return raw, scratch
	}
	scratch = scratch[:0]
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '"' || c == '\r' && i+1 < len(raw) && raw[i+1] == '\n' {
			i++
			c = raw[i]
		}
		scratch = append(scratch, c)
	}
	return scratch, scratch
}
