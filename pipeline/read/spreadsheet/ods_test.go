package spreadsheet

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

func TestReleases(t *testing.T) { releases(t, boats, 5) }

// releases reads every release in a folder completely.
func releases(t *testing.T, dir string, want int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".ods") {
			continue
		}
		found++
		o, err := OpenODS(e.Name(), files.ReadFile(t, dir, e.Name()), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if at, ok := o.Modified(); !ok || at.Before(time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: modified %v, %t", e.Name(), at, ok)
		}
		rows := map[string]int{}
		for row, err := range o.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			rows[row.Sheet]++
			if row.Sheet != "SB_01" || row.Line == 1 {
				continue
			}
			if _, _, _, err := decode.Date(row.Cell(0)); err != nil {
				t.Errorf("%s: %s: %v", e.Name(), row.Ref(0), err)
			}
			if _, err := decode.Count(row.Cell(1)); err != nil {
				t.Errorf("%s: %s: %v", e.Name(), row.Ref(1), err)
			}
		}
		if len(rows) != 4 || rows["SB_01"] < 2800 || rows["SB_02"] < 400 {
			t.Errorf("%s: rows by sheet %v", e.Name(), rows)
		}
	}
	if found != want {
		t.Errorf("%d releases, want %d", found, want)
	}
}

func TestNewest(t *testing.T) { newestRelease(t, boats) }

// newestRelease checks the daily sheet of one release by its first and last rows and its sum.
func newestRelease(t *testing.T, dir string) {
	t.Helper()
	o, err := OpenODS(newest, files.ReadFile(t, dir, newest), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if at, ok := o.Modified(); !ok || !at.Equal(time.Date(2026, 6, 26, 13, 14, 54, 0, time.UTC)) {
		t.Errorf("modified %v, %t", at, ok)
	}
	var rows []decode.Row
	sum := map[int]int64{}
	for row, err := range o.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if row.Sheet != "SB_01" {
			continue
		}
		row.Cells = append([]decode.Cell(nil), row.Cells...)
		if rows = append(rows, row); row.Line == 1 {
			continue
		}
		y, _, _, err := decode.Date(row.Cell(0))
		if err != nil {
			t.Fatal(err)
		}
		n, err := decode.Count(row.Cell(1))
		if err != nil {
			t.Fatal(err)
		}
		sum[y] += n
		if row.Line != len(rows) {
			t.Fatalf("line %d follows line %d", row.Line, len(rows)-1)
		}
	}
	if len(rows) != 1+3098 {
		t.Fatalf("%d rows, want a header and 3,098", len(rows))
	}
	want := "SB_01!2 A=d'2018-01-01T00:00:00' B=n'0' C=n'0' D=t'-'\n"
	if got := render(rows[1:2]); got != want {
		t.Errorf("first row %s want %s", got, want)
	}
	want = "SB_01!3099 A=d'2026-06-25T00:00:00' B=n'150' C=n'2' D=n'0'\n"
	if got := render(rows[3098:]); got != want {
		t.Errorf("last row %s want %s", got, want)
	}
	for y, want := range map[int]int64{2018: 299, 2019: 1843, 2020: 8462, 2021: 28526,
		2022: 45755, 2023: 29437, 2024: 36816, 2025: 41472} {
		if sum[y] != want {
			t.Errorf("year %d: %d, want %d", y, sum[y], want)
		}
	}
}

// TestOpen checks the errors found before any sheet is read.
func TestOpen(t *testing.T) {
	small := sheet(`<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`)
	good := ods(t, small)
	mime, content := part{"mimetype", odsType}, part{"content.xml", small}
	encrypted := bytes.Clone(good)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	tight := decode.DefaultLimits
	tight.File = 100
	refuses(t, OpenODS, []refusal{
		{"empty", nil, decode.DefaultLimits, decode.ErrFormat, "the file is empty"},
		{"html", []byte("\ufeff\r\n <!DOCTYPE HTML><title>x"), decode.DefaultLimits, decode.ErrFormat, "an HTML page was served instead of the spreadsheet"},
		{"html without doctype", []byte("<HTML lang=en>"), decode.DefaultLimits, decode.ErrFormat, "an HTML page was served"},
		{"xhtml", []byte("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>"), decode.DefaultLimits, decode.ErrFormat, "an HTML page was served"},
		{"html before an archive", append([]byte("<html>"), good...), decode.DefaultLimits, decode.ErrFormat, "an HTML page was served"},
		{"text", []byte("Date,Migrants arrived\n"), decode.DefaultLimits, decode.ErrFormat, "not a whole ZIP archive"},
		{"file limit", good, tight, decode.ErrTooLarge, "more than 100"},
		{"no mimetype", pack(t, zip.Deflate, content), decode.DefaultLimits, decode.ErrFormat, "without a mimetype"},
		{"text document", pack(t, zip.Store, part{"mimetype", "application/vnd.oasis.opendocument.text"}, content), decode.DefaultLimits, decode.ErrFormat, "opendocument.text"},
		{"template", pack(t, zip.Store, part{"mimetype", odsType + "-template"}, content), decode.DefaultLimits, decode.ErrFormat, "template"},
		{"no content", pack(t, zip.Store, mime), decode.DefaultLimits, decode.ErrFormat, "no content.xml"},
		{"two contents", pack(t, zip.Store, mime, content, content), decode.DefaultLimits, decode.ErrFormat, "two parts content.xml"},
		{"encrypted archive", encrypted, decode.DefaultLimits, decode.ErrFormat, "encrypted"},
		{"encrypted manifest", pack(t, zip.Store, mime, content, part{"META-INF/manifest.xml",
			strings.Replace(manifestXML, `m:full-path="/"/>`, `m:full-path="content.xml"><m:encryption-data/></m:file-entry>`, 1)}),
			decode.DefaultLimits, decode.ErrFormat, "encrypted"},
		{"declared size", patchSize(t, good, "content.xml", 1<<30), decode.DefaultLimits, decode.ErrTooLarge, "declares"},
		{"many entries", append(bytes.Repeat([]byte("PK\x01\x02"), maxParts+1), good...), decode.DefaultLimits, decode.ErrTooLarge, "entries"},
	})
}

// TestModified covers the forms of dc:date.
func TestModified(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"zone and fraction", "", "", "2026-06-26T13:14:54Z"},
		{"no zone", "2026-06-26T14:14:54.9+01:00", "2026-06-26T14:14:54.123456789", "2026-06-26T14:14:54Z"},
		{"other prefix", "xmlns:d=", "xmlns:dc='x' xmlns:d=", "2026-06-26T13:14:54Z"},
		{"other namespace", "http://purl.org/dc/elements/1.1/", "x", ""},
		{"no date", "<d:date>2026-06-26T14:14:54.9+01:00</d:date>", "", ""},
		{"empty", "2026-06-26T14:14:54.9+01:00", "", ""},
		{"impossible", "2026-06-26", "2026-06-31", ""},
		{"element", "2026-06-26T14:14:54.9+01:00", "<x/>", ""},
		{"broken", "</o:meta>", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := pack(t, zip.Store, part{"mimetype", odsType}, part{"content.xml", sheet("")},
				part{"meta.xml", strings.Replace(metaXML, tt.from, tt.to, 1)})
			o, err := OpenODS("a.ods", data, decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if at, ok := o.Modified(); ok {
				got = at.Format(time.RFC3339Nano)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTruncated cuts a small file at every byte and a real one at many. Each must be an error,
// never a short result.
func TestTruncated(t *testing.T) {
	check := func(data []byte, step int) {
		t.Helper()
		for n := 0; n < len(data); n += step {
			if rows, err := readAll(data[:n:n], decode.DefaultLimits); err == nil {
				t.Fatalf("cut at %d of %d bytes: %d rows and no error", n, len(data), len(rows))
			} else {
				wantError(t, err, decode.ErrFormat, "")
			}
		}
	}
	small := sheet(`<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`)
	check(ods(t, small), 1)
	check(files.ReadFile(t, boats, newest), 97)
	for n := range small {
		_, err := readAll(pack(t, zip.Store, part{"mimetype", odsType}, part{"content.xml", small[:n]}), decode.DefaultLimits)
		if err == nil {
			t.Fatalf("content cut at %d of %d bytes: no error", n, len(small))
		}
		wantError(t, err, decode.ErrFormat, "content.xml")
	}
}

// TestDamaged flips bits of the compressed content. The checksum reveals it, except for the few
// bits that mean nothing.
func TestDamaged(t *testing.T) {
	damaged(t, files.ReadFile(t, boats, newest), 2003)
}

// damaged flips a bit in 16 evenly spaced bytes of the content.
func damaged(t *testing.T, data []byte, step int) {
	t.Helper()
	rows, err := readAll(data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	want, same := render(rows), 0
	at := bytes.Index(data, []byte("content.xml"))
	for i := range 16 {
		bad := bytes.Clone(data)
		bad[at+200+i*step] ^= 0x10
		rows, err := readAll(bad, decode.DefaultLimits)
		if err != nil {
			continue // of any kind: the damage may be found before the checksum is
		}
		if same++; render(rows) != want {
			t.Fatalf("byte %d flipped: other rows and no error", at+200+i*step)
		}
	}
	if same > 2 {
		t.Errorf("%d of 16 flips go unnoticed", same)
	}
}

func TestBreak(t *testing.T) {
	o, err := OpenODS(newest, files.ReadFile(t, boats, newest), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a second pass starts from the beginning
		n := 0
		for row, err := range o.Rows() {
			if err != nil || row.Line == 0 {
				t.Fatal(row, err)
			}
			if n++; n == 3 {
				break
			}
		}
	}
}

func BenchmarkODS(b *testing.B) {
	data := files.ReadFile(b, boats, newest)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		o, err := OpenODS(newest, data, decode.DefaultLimits)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range o.Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
