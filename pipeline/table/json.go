package table

import (
	"bufio"
	"encoding/json"
	"io"
)

// JSON writes the rows as an array of objects, one row per line, with the columns in the schema's
// order: numbers and booleans as such, dates and instants as in the CSV, text unchanged, and null
// for a missing value.
func (t *Table) JSON(w io.Writer) error {
	out := bufio.NewWriter(w) // keeps its first error for Flush
	var line []byte
	separator := "["
	for row := range t.All() {
		line = append(line[:0], separator+"\n{"...)
		for i, c := range row {
			if i > 0 {
				line = append(line, ',')
			}
			line = append(appendText(line, t.Schema.Columns[i].Name), ':')
			line = c.appendJSON(line)
		}
		out.Write(append(line, '}'))
		separator = ","
	}
	if separator == "[" {
		out.WriteString("[")
	}
	out.WriteString("\n]\n")
	return out.Flush()
}

// appendJSON appends the cell as a JSON value.
func (c Cell) appendJSON(to []byte) []byte {
	switch {
	case c.null:
		return append(to, "null"...)
	case c.typ == integer || c.typ == number || c.typ == boolean:
		return c.append(to)
	case c.typ == date || c.typ == instant:
		return append(c.append(append(to, '"')), '"')
	}
	return appendText(to, c.text)
}

// appendText appends a text as encoding/json writes it.
func appendText(to []byte, s string) []byte {
	if plain(s) {
		return append(append(append(to, '"'), s...), '"')
	}
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text can always be encoded
	}
	return append(to, quoted...)
}

// plain reports whether encoding/json writes a text as it is. A text that is not ASCII is left to it.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		}
	}
	return true
}
