package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// fixtures is the folder of all sources; each has fixtures in its testdata. boats is the folder of
// the weekly releases.
const (
	fixtures = "../../source"
	boats    = fixtures + "/ukhosmallboats/testdata"
)

// newest is the last release in boats.
const newest = "pub20260626_data_small_boats_time_series.ods"

// part is one entry of a ZIP archive.
type part struct{ name, body string }

const (
	manifestXML = `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/"/></m:manifest>`
	metaXML     = `<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:d="http://purl.org/dc/elements/1.1/"><o:meta><d:date>2026-06-26T14:14:54.9+01:00</d:date></o:meta></o:document-meta>`
	head        = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:x="urn:example:foreign"><office:body><office:spreadsheet>`
	foot        = `</office:spreadsheet></office:body></office:document-content>`
)

// sheet returns a content.xml with one sheet S of the given rows.
func sheet(rows string) string {
	return head + `<table:table table:name="S">` + rows + `</table:table>` + foot
}

// pack returns a ZIP archive of the parts, stored or deflated.
func pack(t testing.TB, method uint16, parts ...part) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// ods returns a small spreadsheet with that content.xml.
func ods(t testing.TB, content string) []byte {
	t.Helper()
	return pack(t, zip.Deflate, part{"mimetype", odsType}, part{"content.xml", content},
		part{"meta.xml", metaXML}, part{"META-INF/manifest.xml", manifestXML})
}

// contentOf returns the content.xml of a release.
func contentOf(t testing.TB, name string) string {
	t.Helper()
	data := files.ReadFile(t, boats, name)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// patchSize changes the uncompressed size that the archive's directory declares for a part.
func patchSize(t testing.TB, data []byte, name string, size uint32) []byte {
	t.Helper()
	data = bytes.Clone(data)
	for i := 0; ; {
		j := bytes.Index(data[i:], []byte("PK\x01\x02"))
		if j < 0 {
			t.Fatalf("no %s in the directory", name)
		}
		i += j
		if n := int(binary.LittleEndian.Uint16(data[i+28:])); string(data[i+46:i+46+n]) == name {
			binary.LittleEndian.PutUint32(data[i+24:], size)
			return data
		}
		i += 4
	}
}

// readAll opens a spreadsheet and returns copies of its rows. After an error it returns none.
func readAll(data []byte, lim decode.Limits) ([]decode.Row, error) {
	o, err := OpenODS("a.ods", data, lim)
	if err != nil {
		return nil, err
	}
	var rows []decode.Row
	for row, err := range o.Rows() {
		if err != nil {
			return nil, err
		}
		row.Cells = append([]decode.Cell(nil), row.Cells...)
		rows = append(rows, row)
	}
	return rows, nil
}

// render writes one row a line: "S!2 A=n12 C=t'x'".
func render(rows []decode.Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Replace(r.Ref(0), "!A", "!", 1))
		for i, c := range r.Cells {
			if c.Kind != decode.Empty {
				b.WriteString(" " + decode.ColumnLetter(i) + "=" + c.Kind.String()[:1] + "'" + c.Value + "'")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// refusal is a file that cannot be opened.
type refusal struct {
	name string
	data []byte
	lim  decode.Limits
	want error
	msg  string
}

// refuses checks that no file is opened.
func refuses[T any](t *testing.T, open func(string, []byte, decode.Limits) (*T, error), files []refusal) {
	t.Helper()
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			x, err := open("a.ods", f.data, f.lim)
			wantError(t, err, f.want, f.msg)
			if x != nil {
				t.Error("a workbook is returned with the error")
			}
		})
	}
}

// wantError checks that err is an *Error with a file, wraps want and contains msg.
func wantError(t *testing.T, err, want error, msg string) {
	t.Helper()
	var e *decode.Error
	switch {
	case !errors.As(err, &e) || !errors.Is(err, want):
		t.Fatalf("got error %v, want an *Error that wraps %v", err, want)
	case e.File != "a.ods" || e.Hint == "":
		t.Errorf("got file %q and hint %q, want both", e.File, e.Hint)
	case !strings.Contains(err.Error(), msg):
		t.Errorf("got error %q, want one with %q", err, msg)
	}
}
