package webpage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// last7days is the folder of the pages that have a table.
const last7days = fixtures + "/ukhosmallboatslast7days/testdata"

// page returns a complete page with that body.
func page(body string) []byte {
	return []byte("<!DOCTYPE html>\n<html><head><title>T</title></head>\n<body>" + body + "</body></html>\n")
}

// outline writes a page's tables, one row a line: "5 H t:a b c:b".
func outline(h *Page) string {
	var b strings.Builder
	for _, t := range h.Tables() {
		fmt.Fprintf(&b, "table %d %q\n", t.Line, t.Heading)
		for _, r := range t.Rows {
			fmt.Fprint(&b, r.Line)
			if r.Header {
				b.WriteString(" H")
			}
			for i, c := range r.Cells {
				b.WriteString(" " + strings.Repeat("t", one(r.Th[i])) + strings.Repeat("c", one(r.Covered[i])) + "'" + c + "'")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestPages(t *testing.T) {
	everyPage(t, 11, map[string]int{last7days: 1, fixtures + "/ukhosmallboatsweekly/testdata": 1, fixtures + "/ukhosmallboatsday/testdata": 0}, 1, 4)
}

// everyPage reads all pages of folders. Each must have so many tables, and at least so many
// headings and texts.
func everyPage(t *testing.T, pages int, folders map[string]int, headings, texts int) {
	t.Helper()
	n := 0
	for dir, tables := range folders {
		files, err := filepath.Glob(filepath.Join(dir, "*.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			n++
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			h, err := Open(filepath.Base(f), data, decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if len(h.Tables()) != tables || len(h.Headings()) < headings || len(h.Texts()) < texts {
				t.Errorf("%s: %d tables, %d headings, %d texts", f, len(h.Tables()), len(h.Headings()), len(h.Texts()))
			}
			for _, cut := range []int{1, 20, len(data) / 3, len(data) / 2, len(data) - 100, len(data) - 12} {
				if _, err := Open("a.html", data[:cut], decode.DefaultLimits); err == nil {
					t.Errorf("%s: cut at %d bytes and no error", f, cut)
				}
			}
		}
	}
	if n != pages {
		t.Errorf("%d pages, want %d", n, pages)
	}
}

func TestPage(t *testing.T) { onePage(t, files.ReadFile(t, last7days, "2026-07-15.html")) }

func onePage(t *testing.T, data []byte) {
	t.Helper()
	h, err := Open("a.html", data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.Meta("GOVUK:public-updated-at"); got != "2026-07-15T13:18:43+01:00" {
		t.Errorf("meta %q", got)
	}
	table, err := findOne(h, "Date", "Migrants arrived", "Boats arrived", "Boats involved in uncontrolled landings", "Notes")
	if err != nil || len(table.Rows) != 7 || table.Heading != "Small boats data" {
		t.Fatalf("%+v, %v", table, err)
	}
	r := table.Rows[2]
	if want := []string{"10 July 2026", "255", "3", "0", "Revised"}; !slices.Equal(r.Cells, want) || !r.Th[0] || r.Th[1] || r.Header {
		t.Errorf("row %+v", r)
	}
	if table.Rows[3].Cells[4] != "" {
		t.Errorf("a no-break space is %q", table.Rows[4].Cells[4])
	}
	if r.Ref(1) != fmt.Sprintf("line %d, column B", r.Line) {
		t.Errorf("ref %s", r.Ref(1))
	}
	lines := strings.Split(string(data), "\n")
	if !strings.Contains(lines[r.Line-1]+lines[r.Line], "10 July 2026") { // the cell may have a line of its own
		t.Errorf("line %d is not the row's", r.Line)
	}
	if err := r.Fail(1, decode.ErrCount); err.Error() != fmt.Sprintf(`a.html: line %d, column "Migrants arrived": not a count`, r.Line) {
		t.Errorf("error %q", err)
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"plain", "<h2>One <b>two</b></h2>\n<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1<br>2</td><td> <p>x&nbsp;y</p>\n<p>z</p></td></tr></table>",
			"table 4 \"One two\"\n4 H t'a' t'b'\n5 '1 2' 'x y z'\n"},
		{"end tags left out", "<table><thead><tr><th>a<tbody><tr><td><b>1<td>2\n<tr><th>3</table>", "table 3 \"\"\n3 H t'a'\n3 '1' '2'\n4 H t'3'\n"},
		{"no rows", "<table></table><table><tr></tr><td>1</table>", "table 3 \"\"\ntable 3 \"\"\n3 '1'\n"},
		{"colspan", "<table><tr><td colspan=2>a<td>b</table>", "table 3 \"\"\n3 'a' c'a' 'b'\n"},
		{"rowspan", "<table><tr><td rowspan=2>y<td>1<tr><td>2<tr><td>z<td>3</table>", "table 3 \"\"\n3 'y' '1'\n3 c'y' '2'\n3 'z' '3'\n"},
		{"rowspan at the end", "<table><tr><td>1<td><td rowspan=3>y<tr><td>2<tr></table>", "table 3 \"\"\n3 '1' '' 'y'\n3 '2' '' c'y'\n3 '' '' c'y'\n"},
		{"rowspan ends with its group", "<table><tbody><tr><td rowspan=0>y<td>1<tr><td>2<tbody><tr><td>3</table>", "table 3 \"\"\n3 'y' '1'\n3 c'y' '2'\n3 '3'\n"},
		{"both", "<table><tr><td rowspan=2 colspan=2>y<td>1<tr><td>2</table>", "table 3 \"\"\n3 'y' c'y' '1'\n3 c'y' c'y' '2'\n"},
		{"scripts are no text", "<table><tr><td>1<script>var x='</td><td>9'</script><style>td{}</style><template><td>8</template><svg><text>7</svg></table>", "table 3 \"\"\n3 '1'\n"},
		{"tags that end nothing", "<div><table><tr><td>1</div></p></span></tbody>2</td></tr></table></div>", "table 3 \"\"\n3 '1 2'\n"},
		{"a table in a script", "<script>'<table><tr><td>1</table>'</script>", ""},
		{"a row outside a table", "<tr><td>1</td></tr>", ""},
		{"a skipped element", "<svg><table><tr><td>1</table></svg>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := Open("a.html", page(c.body), decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(h); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestTexts(t *testing.T) {
	h, err := Open("a.html", page("<p>One\n <a href=x>two</a>&nbsp;\n</p>\n\n<ul><li>3<li>4<br>5</ul><h3>\nHead</h3><div>x<p>y</div>z<table><caption>c</caption><tr><td>no</table>"), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(h.Texts()), "[{3 One two} {7 3} {7 4} {7 5} {8 Head} {8 x} {8 y} {8 z} {8 c}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := h.Headings(); len(got) != 1 || got[0] != "Head" {
		t.Errorf("headings %q", got)
	}
}

func TestMeta(t *testing.T) {
	h, err := Open("a.html", page(`<meta NAME="a:B" content="1 &amp; 2"><meta name="a:b" content="3"/><meta content=x><script><meta name=c content=4></script>`), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if h.Meta("A:b") != "1 & 2" || h.Meta("c") != "" || h.Meta("") != "" {
		t.Errorf("meta %q", h.meta)
	}
}

func TestOpenRefuses(t *testing.T) {
	tight := decode.Limits{File: 1 << 20, XML: 20, Token: 100, Rows: 3, Columns: 4, Depth: 10, Nodes: 60}
	for _, c := range []struct {
		name string
		data []byte
		lim  decode.Limits
		want error
		msg  string
	}{
		{"empty", nil, decode.DefaultLimits, decode.ErrFormat, "empty"},
		{"text", []byte("Date,Migrants\n"), decode.DefaultLimits, decode.ErrFormat, "does not begin like an HTML page"},
		{"JSON", []byte(`{"a":"<html></html>"}`), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"XML", []byte("<?xml version='1.0'?><rss></rss>"), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"fragment", []byte("<table><tr><td>1</table></html>"), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"end alone", []byte("</html>"), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"blank", []byte(" \n<!-- x -->"), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"other doctype", []byte("<!DOCTYPE svg><svg></svg>"), decode.DefaultLimits, decode.ErrFormat, "does not begin like"},
		{"binary", append(page(""), 0), decode.DefaultLimits, decode.ErrFormat, "UTF-8"},
		{"cp1252", append(page(""), 0x92), decode.DefaultLimits, decode.ErrFormat, "UTF-8"},
		{"cut", []byte("<!doctype html><html><body><p>x</p>"), decode.DefaultLimits, decode.ErrFormat, "may be cut short"},
		{"cut in a script", []byte("<!doctype html><html><script>x</html>"), decode.DefaultLimits, decode.ErrFormat, "may be cut short"},
		{"cut in a comment", []byte("<!doctype html><html><!-- </html>"), decode.DefaultLimits, decode.ErrFormat, "may be cut short"},
		{"cut in a tag", []byte("<!doctype html><html></html"), decode.DefaultLimits, decode.ErrFormat, "may be cut short"},
		{"open table", page("<table><tr><td>1"), decode.DefaultLimits, decode.ErrFormat, "a table does not end"},
		{"two pages", slices.Concat(page(""), page("")), decode.DefaultLimits, decode.ErrFormat, "line 4"},
		{"text after the end", append(page(""), "x"...), decode.DefaultLimits, decode.ErrFormat, "goes on after"},
		{"a script after the end", append(page(""), "<script></script>"...), decode.DefaultLimits, decode.ErrFormat, "goes on after"},
		{"bad span", page("<table><tr><td colspan=x>1</table>"), decode.DefaultLimits, decode.ErrFormat, `colspan is "x"`},
		{"negative span", page("<table><tr><td rowspan=-1>1</table>"), decode.DefaultLimits, decode.ErrFormat, "rowspan"},
		{"overlap", page("<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3</table>"), decode.DefaultLimits, decode.ErrShape, `line 3: not the expected shape: the cell "3" overlaps`},
		{"nested", page("<table><tr><td>\n<table></table></table>"), decode.DefaultLimits, decode.ErrShape, "line 4: not the expected shape: there is a table inside"},
		{"size", page(""), decode.Limits{File: 10}, decode.ErrTooLarge, "more than 10"},
		{"depth", page(strings.Repeat("<div>", 9)), tight, decode.ErrTooLarge, "more than 10 nested elements"},
		{"depth of a skipped element", page("<svg>" + strings.Repeat("<g>", 9)), tight, decode.ErrTooLarge, "more than 10 nested elements"},
		{"nodes", page(strings.Repeat("x<br>", 30)), tight, decode.ErrTooLarge, "more than 60 tags and texts"},
		{"text", page(strings.Repeat("x", 101)), tight, decode.ErrTooLarge, "more than 100 bytes"},
		{"tag", page("<p class=" + strings.Repeat("x", 101) + ">"), tight, decode.ErrTooLarge, "more than 100 bytes"},
		{"cell", page("<table><tr><td>" + strings.Repeat(strings.Repeat("x", 40)+"<b>", 3) + "</table>"), tight, decode.ErrTooLarge, "the cell has more than 100"},
		{"all cells", page("<table><tr><td colspan=3>12345678</table>"), tight, decode.ErrTooLarge, "more than 20 bytes of text"},
		{"rows", page("<table>" + strings.Repeat("<tr><td>1", 4) + "</table>"), tight, decode.ErrTooLarge, "more than 3 rows"},
		{"columns", page("<table><tr>" + strings.Repeat("<td>", 5) + "</table>"), tight, decode.ErrTooLarge, "more than 4 cells"},
		{"colspan", page("<table><tr><td colspan=2000000000>x</table>"), tight, decode.ErrTooLarge, "more than 4 cells"},
		{"huge colspan", page("<table><tr><td colspan=99999999999999999999>x</table>"), decode.DefaultLimits, decode.ErrFormat, "colspan"},
		{"rowspans", page("<table><tr>" + strings.Repeat("<td rowspan=0>", 1000) + strings.Repeat("<tr>", 10000) + "</table>"), decode.DefaultLimits, decode.ErrTooLarge, "more than 250000 tags, texts and cells"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := Open("a.ods", c.data, c.lim)
			wantError(t, err, c.want, c.msg)
			if h != nil {
				t.Error("a page is returned with the error")
			}
		})
	}
}

func TestUnusualWholePages(t *testing.T) {
	for name, data := range map[string]string{
		"no doctype": "<html>x</html>", "upper case": "<!DOCTYPE HTML PUBLIC '-//W3C//DTD'><HTML>x</HTML>", "byte-order mark": "\ufeff<!doctype html><html><p>x</html>",
		"comments": "<!-- a --><!doctype html><html>x</html><!-- archived -->\n", "XHTML": "<?xml version='1.0'?><!DOCTYPE html><html>x</html>",
	} {
		h, err := Open("a.html", []byte(data), decode.DefaultLimits)
		if err != nil || len(h.Texts()) != 1 || h.Texts()[0].Text != "x" {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
	}
}

// TestHostilePagesAreCheap reads pages that would cost much if they were built before they were
// counted.
func TestHostilePagesAreCheap(t *testing.T) {
	for name, data := range map[string][]byte{
		"deep":       page(strings.Repeat("<div>", 3_000_000)),
		"wide":       page(strings.Repeat("<p>x", 3_000_000)),
		"attributes": page("<p " + strings.Repeat("a ", 3_000_000) + ">"),
		"formatting": page(strings.Repeat("<b><i><p>", 1_000_000)),
		"rowspans":   page("<table><tr>" + strings.Repeat("<td rowspan=0>x", 1000) + strings.Repeat("<tr>", 1_000_000)),
		"end tags":   page(strings.Repeat("<a>", 40) + strings.Repeat("</x>", 3_000_000)),
	} {
		t.Run(name, func(t *testing.T) {
			n := files.Allocated(func() {
				if _, err := Open("a.html", data, decode.DefaultLimits); err == nil {
					t.Error("no error")
				}
			})
			if n > 128<<20 {
				t.Errorf("%d MiB allocated", n>>20)
			}
		})
	}
}

func FuzzPage(f *testing.F) {
	f.Add(page("<h2>a</h2><table><thead><tr><th>b<th>c<tbody><tr><td rowspan=2>1<td colspan=2>2<tr><td>3</table><p>x&nbsp;y"))
	f.Add(page("<svg><table></svg><template><td></template><script></scr</script><li><li><dt><dd><meta name=a content=b>"))
	f.Add(page("</table></td><td></html><caption>"))
	f.Add([]byte("<html><plaintext></html>"))
	lim := decode.Limits{File: 1 << 16, XML: 1 << 12, Token: 1 << 12, Rows: 50, Columns: 20, Depth: 20, Nodes: 1000}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := Open("a.html", data, lim)
		if err != nil {
			if h != nil {
				t.Error("a result with an error")
			}
			return
		}
		lines := strings.Count(string(data), "\n") + 1
		last := 0
		for _, x := range h.Texts() {
			if x.Line < last || x.Line > lines || x.Text == "" || decode.Fold(x.Text) != x.Text {
				t.Errorf("text %+v after line %d", x, last)
			}
			last = x.Line
		}
		for _, table := range h.Tables() {
			last := table.Line
			for _, r := range table.Rows {
				if n := len(r.Cells); r.Line < last || r.Line > lines || n == 0 || n > lim.Columns || n != len(r.Th) || n != len(r.Covered) {
					t.Errorf("row %+v after line %d", r, last)
				}
				last = r.Line
				for i, c := range r.Cells {
					if decode.Fold(c) != c {
						t.Errorf("cell %q", c)
					}
					r.Figure(i)
					r.Date(i)
				}
			}
		}
		found, err := h.Find(decode.Columns{Want: []decode.Column{{Name: "b", Measure: true}, {Name: "c", Optional: true}}, Above: decode.Titles})
		if err != nil && found != nil {
			t.Error("a table with an error")
		}
		for _, table := range found {
			for _, r := range table.Rows {
				if len(r.Cells) != 2 || r.at[1] < 0 && r.Cells[1] != "" {
					t.Errorf("row %+v", r)
				}
				r.Figure(0)
				r.Date(1)
			}
		}
	})
}

func BenchmarkPage(b *testing.B) {
	data := files.ReadFile(b, last7days, "2026-07-15.html")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open("a.html", data, decode.DefaultLimits); err != nil {
			b.Fatal(err)
		}
	}
}
