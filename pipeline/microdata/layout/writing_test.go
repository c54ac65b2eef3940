package layout

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"crossings/pipeline/microdata/engine"
)

// landings is a small register. Its texts have commas, semicolons, tabs, accents and line breaks.
const landings = "Record,Day,Place,People\na1,2025-01-30,\"Calais, Oye\",3\na2,2025-01-30,\"Étaples; Berck\",2\na3,2025-02-02,\"say \"\"hi\"\"\t|\nnow\",4\na4,2025-02-03,Plain,5\n"

// landingsLayout is its layout, with more fields.
func landingsLayout(t *testing.T, file, date string) *Layout {
	t.Helper()
	l, err := Parse("layout.json", []byte(`{"title": "Landings", `+file+`"columns": [{"name": "id", "from": "Record", "kind": "id"}, {"name": "day", "from": "Day", "kind": "date"`+date+`},
		{"name": "place", "from": "Place", "kind": "text"}, {"name": "people", "from": "People", "kind": "count", "max": 500}], "key": "id", "flow": "arrival", "sum": {"measure": "arrivals", "column": "people", "unit": "persons"}}`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// recordsOf normalises a file and returns the days and sums, or the error, and the refused records.
func recordsOf(t *testing.T, l *Layout, data []byte) (said string, rejects []string) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "landings.csv")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	events, cube := filepath.Join(dir, "events"), filepath.Join(dir, "cube")
	_, err := engine.Normalise(context.Background(), l.Engine(), []string{path}, events, engine.Options{}, func(r engine.Reject) error {
		rejects = append(rejects, r.Reason)
		return nil
	})
	if err != nil {
		return err.Error(), rejects
	}
	if _, err := engine.Cube(context.Background(), events, cube, l.Cube(), engine.Options{}); err != nil {
		t.Fatal(err)
	}
	m, err := engine.ReadMargins(cube, l.Cube())
	if err != nil { // no record is good
		return err.Error(), rejects
	}
	return cmp.Diff(nil, m.Total), rejects
}

// delimited writes the register with another delimiter, and quotes where that needs them.
func delimited(delimiter string) string {
	s := strings.NewReplacer("\"Calais, Oye\"", "\x01", "\"Étaples; Berck\"", "\x02", "\"say \"\"hi\"\"\t|\nnow\"", "\x03").Replace(landings)
	s = strings.ReplaceAll(s, ",", delimiter)
	return strings.NewReplacer("\x01", "Calais, Oye", "\x02", "\"Étaples; Berck\"", "\x03", "\"say \"\"hi\"\"\t|\nnow\"").Replace(s)
}

// zipped compresses a text.
func zipped(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestWriting reads one register in several delimiters and encodings: the figures are the same.
func TestWriting(t *testing.T) {
	want, rejects := recordsOf(t, landingsLayout(t, "", ""), []byte(landings))
	if len(rejects) > 0 || !strings.Contains(want, "Sums") {
		t.Fatal(want, rejects)
	}
	latin, err := charmap.Windows1252.NewEncoder().String(delimited(";"))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(delimited("\t"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, text string }{
		"semicolons":         {`"file": {"delimiter": ";"}, `, delimited(";")},
		"CRLF":               {`"file": {"delimiter": ";"}, `, strings.ReplaceAll(delimited(";"), "\n", "\r\n")},
		"mark":               {`"file": {"delimiter": ";"}, `, "\ufeff" + delimited(";")},
		"tabs":               {`"file": {"delimiter": "tab"}, `, delimited("\t")},
		"windows-1252":       {`"file": {"delimiter": ";", "encoding": "windows-1252"}, `, latin},
		"utf-16":             {`"file": {"delimiter": "tab", "encoding": "utf-16"}, `, wide},
		"gzip":               {`"file": {"delimiter": "|"}, `, zipped(t, delimited("|"))},
		"semicolons, unsaid": {"", delimited(";")},
		"tabs, unsaid":       {"", delimited("\t")},
		"commas, said ;":     {`"file": {"delimiter": ";"}, `, landings},
		"utf-16, unsaid":     {"", wide},
		"utf-16, said 1252":  {`"file": {"encoding": "windows-1252"}, `, wide},
		"utf-8, said 1252":   {`"file": {"encoding": "windows-1252"}, `, "\ufeff" + landings},
		"gzip of utf-16":     {"", zipped(t, wide)},
		"titles, semicolons": {"", "Landings of migrants\n\nSource: an office;;;\n" + delimited(";")},
		"titles":             {"", "Landings of migrants\n\nSource: an office,,,\n" + landings},
		"typography":         {"", strings.Replace(landings, "Record,Day,Place,People", "RECORD [note 1],\" day \",Place*,people", 1)},
		"more columns":       {"", strings.ReplaceAll(strings.Replace(landings, "Record,", "Row,Record,", 1), "\na", "\n1,a")},
	} {
		if got, rejects := recordsOf(t, landingsLayout(t, c.file, ""), []byte(c.text)); got != want || len(rejects) > 0 {
			t.Errorf("%s: got %s, %v", name, got, rejects)
		}
	}
}

// TestWritingRefuses refuses headers that are none, and files in another form than declared.
func TestWritingRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"no header":           {"", strings.SplitN(landings, "\n", 2)[1], "no column"},
		"records above it":    {"", "a0,2025-01-29,Calais,7\n" + landings, "above the header"},
		"two alike":           {"", "RECORD,Day,place,PLACE,People\na1,2025-01-30,x,y,3\n", "two columns"},
		"two delimiters":      {"", strings.Replace(delimited(";"), "Record;Day", "Record,Day", 1), "no column"},
		"half of UTF-16":      {"", "\xff\xfeR\x00e\x00", "no line end"},
		"far below":           {"", strings.Repeat("Title\n", 30) + landings, "no column"},
		"quote within a text": {`"file": {"delimiter": ";"}, `, "Record;Day;Place;People\na1;2025-01-30;5\" pipe;3\n", "quote"},
	} {
		got, _ := recordsOf(t, landingsLayout(t, c.file, ""), []byte(c.text))
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %q", name, got, c.want)
		}
	}
	for _, file := range []string{`"file": {"delimiter": ":"}, `, `"file": {"encoding": "latin"}, `, `"file": {"sheet": "x"}, `} {
		if _, err := Parse("layout.json", []byte(`{"title": "x", `+file+`"flow": "arrival", "columns": []}`)); err == nil || !strings.Contains(err.Error(), "file") && !strings.Contains(err.Error(), "sheet") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestDaysInOrder reads days in words and in digits in the order that the layout states.
func TestDaysInOrder(t *testing.T) {
	want, _ := recordsOf(t, landingsLayout(t, "", ""), []byte(landings))
	text := strings.NewReplacer("a1,2025-01-30", "a1,30/1/2025", "a2,2025-01-30", "a2,\"Thursday 30 January, 2025\"", "2025-02-02", "2 Feb 2025", "2025-02-03", "3.2.25").Replace(landings)
	if got, rejects := recordsOf(t, landingsLayout(t, "", `, "order": "dmy"`), []byte(text)); got != want || len(rejects) > 0 {
		t.Errorf("got %s, %v", got, rejects)
	}
	if _, rejects := recordsOf(t, landingsLayout(t, "", ""), []byte(text)); len(rejects) != 2 {
		t.Errorf("without an order, days in words are read and digits are not: refused %v", rejects)
	}
	if _, rejects := recordsOf(t, landingsLayout(t, "", `, "formats": ["2006-01-02"]`), []byte(text)); len(rejects) != 4 {
		t.Errorf("in the declared formats only: refused %v", rejects)
	}
	for day, ok := range map[string]bool{"2025/01/30": true, "20250130": true, "2025-01-30T00:00:00": true, "2025-01-30 00:00:00": true, "30-Jan-2025": true, "January 30, 2025": true,
		"2025-01-30T14:05:00": false, "Jan 2025": false, "2025 Q1": false, "H1 2025": false, "2025": false, "30/01/2025": false, "31 February 2025": false} {
		_, rejects := recordsOf(t, landingsLayout(t, "", ""), []byte(strings.Replace(landings, "a1,2025-01-30", "a1,\""+day+"\"", 1)))
		if (len(rejects) == 0) != ok {
			t.Errorf("%s: refused %v", day, rejects)
		}
	}
	if _, rejects := recordsOf(t, landingsLayout(t, "", `, "order": "mdy"`), []byte(text)); len(rejects) != 1 {
		t.Errorf("in another order: refused %v", rejects)
	}
	if _, err := Parse("layout.json", []byte(`{"title": "x", "flow": "arrival", "columns": [{"name": "day", "kind": "date", "order": "ymd"}], "count": {"measure": "landings", "unit": "events"}}`)); err == nil {
		t.Error("an order ymd is accepted")
	}
}
