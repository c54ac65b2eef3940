package altered

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"crossings/pipeline/source/sourcetest"
)

// rowWays are ways to write what is around the figures.
var rowWays = []way{
	{name: "empty rows between", do: func(m mangler) bool {
		return m.rowsAt(func(i int) bool { return i > m.header+1 && i < len(m.Rows) && i%9 == 0 }, make([]string, m.width())...)
	}},
	{name: "an empty row below the header", do: func(m mangler) bool {
		return m.rowsAt(func(i int) bool { return i == m.header+1 }, make([]string, m.width())...)
	}},
	{name: "titles above", do: above("Table 1: figures as published", "Published 2 May 2026", "Back to contents")},
	{name: "a title and an empty row above", do: above("Figures as published", "")},
	{name: "a note below", do: below("Source: the publisher")},
	{name: "notes below", do: below("", "Notes", "1. Figures are provisional.", "[x] = not available")},
	{name: "a note with a number below", do: below("Data extracted on 3 May 2026")},
	{name: "a contact below", do: below("", "Contact: statistics@example.org")},
	{name: "the end below", do: below("End of table")},
	{name: "the header again", do: func(m mangler) bool {
		at := m.header + 1 + (len(m.Rows)-m.header)/2
		m.Rows = slices.Insert(m.Rows, at, slices.Clone(m.Rows[m.header]))
		return true
	}},
	{name: "an empty column first", do: column(0, "", func(int) string { return "" })},
	{name: "empty columns last", do: func(m mangler) bool {
		for range 2 {
			if !column(-1, "", func(int) string { return "" })(m) {
				return false
			}
		}
		return true
	}},
	{name: "a comment column last", do: column(-1, "Comment", func(i int) string { return []string{"", "as stated"}[i%2] })},
	{name: "a source column first", do: column(0, "Publication", func(int) string { return "open" })},
	{name: "a column of codes", do: column(1, "Code", func(i int) string { return "E0" + fmt.Sprint(i%7) })},
	{name: "columns in reverse", do: func(m mangler) bool {
		for _, i := range m.wide(m.header) {
			m.Rows[i] = slices.Clone(m.Rows[i])
			slices.Reverse(m.Rows[i])
		}
		return true
	}},
	{name: "rows in reverse", do: func(m mangler) bool { slices.Reverse(m.Rows[m.header+1:]); return true }},
	{name: "cells with spaces around", do: func(m mangler) bool {
		return m.each(func(_ int, text string) (string, bool) { return " " + text + " ", !isCount(text) })
	}},
	{name: "labels in capitals", do: labels(strings.ToUpper)},
	{name: "labels with spaces that do not break", do: labels(strings.NewReplacer(" ", "\u00a0").Replace)},
	{name: "labels with long dashes", do: labels(strings.NewReplacer("-", "\u2013").Replace)},
	{name: "labels with a note", do: labels(func(s string) string { return s + " [note 2]" })},
	{name: "labels with raised apostrophes", do: labels(strings.NewReplacer("'", "\u2019").Replace)},
	{name: "labels with two spaces", do: labels(strings.NewReplacer(" ", "  ").Replace)},
}

// fileWays are ways to write a file of text.
var fileWays = []way{
	asFile("with a byte order mark", func(b []byte) []byte { return append([]byte("\ufeff"), bytes.TrimPrefix(b, []byte("\ufeff"))...) }),
	asFile("with line ends of Windows", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }),
	asFile("in UTF-16", inUTF16),
	asFile("with empty lines at the end", func(b []byte) []byte { return append(b, "\n\n"...) }),
	asFile("with empty cells at the end of lines", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte(",,\n")) }),
	{name: "file with semicolons", do: keep, file: delimited(";")},
	{name: "file with tabs", do: keep, file: delimited("\t")},
}

func keep(mangler) bool { return true }

// asFile returns a way to write a whole file.
func asFile(name string, write func([]byte) []byte) way {
	return way{name: "file " + name, do: keep, file: func(f sourcetest.File) sourcetest.File {
		return sourcetest.File{Name: f.Name, Data: write(bytes.Clone(f.Data))}
	}}
}

func inUTF16(b []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(string(bytes.TrimPrefix(b, []byte("\ufeff"))))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// delimited writes a CSV with another delimiter. A comment above it stays.
func delimited(by string) func(sourcetest.File) sourcetest.File {
	return func(f sourcetest.File) sourcetest.File {
		var b bytes.Buffer
		quoted := false
		for i, line := range bytes.SplitAfter(f.Data, []byte("\n")) {
			if bytes.HasPrefix(line, []byte("#")) && i < 20 && !bytes.HasPrefix(line, []byte("#event")) {
				b.Write(line)
				continue
			}
			for _, c := range line {
				switch {
				case c == '"':
					quoted = !quoted
					b.WriteByte(c)
				case c == ',' && !quoted:
					b.WriteString(by)
				default:
					b.WriteByte(c)
				}
			}
		}
		return sourcetest.File{Name: f.Name, Data: b.Bytes()}
	}
}

// above inserts rows with one text each above the header.
func above(texts ...string) func(m mangler) bool {
	return func(m mangler) bool {
		width := m.width() // the header moves down
		for _, text := range slices.Backward(texts) {
			row := make([]string, width)
			row[0] = text
			m.insertRow(0, row...)
		}
		return true
	}
}

// below adds rows with one text each below the last.
func below(texts ...string) func(m mangler) bool {
	return func(m mangler) bool {
		for _, text := range texts {
			m.insertText(len(m.Rows), text)
		}
		return true
	}
}

// column inserts a column; -1 is after the last.
func column(at int, header string, text func(i int) string) func(m mangler) bool {
	return func(m mangler) bool {
		to := min(at, m.width())
		if at < 0 {
			to = m.width()
		}
		m.insertNamed(to, header, text)
		return true
	}
}

// labels writes the cells that are neither counts nor days nor years.
func labels(write func(string) string) func(m mangler) bool {
	return func(m mangler) bool {
		return m.each(func(_ int, text string) (string, bool) {
			_, day := dayIn(text)
			return write(text), !day && !isCount(text) && !strings.ContainsAny(text, "0123456789") && write(text) != text
		})
	}
}

func isCount(text string) bool { _, ok := count(text); return ok }
