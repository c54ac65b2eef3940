package xmlscan

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// scanned writes the tokens of a text, and says whether it is well-formed.
func scanned(src io.Reader, lim decode.Limits) (string, error) {
	var b strings.Builder
	t := New("a.xml", src, lim)
	for {
		kind, err := t.Next()
		switch {
		case err == io.EOF:
			return b.String(), nil
		case err != nil:
			return "", err
		}
		switch kind {
		case StartTag:
			fmt.Fprintf(&b, "<%q %q>", t.Elem.Name, t.Elem.Attr)
		case EndTag:
			b.WriteString("</>")
		case Chars:
			fmt.Fprintf(&b, "%q", t.Text)
		}
	}
}

// parsed does the same with package encoding/xml.
func parsed(text string) (string, error) {
	var b strings.Builder
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		tok, err := d.Token()
		switch {
		case err == io.EOF:
			return b.String(), nil
		case err != nil:
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			fmt.Fprintf(&b, "<%q %q>", t.Name, t.Attr)
		case xml.EndElement:
			b.WriteString("</>")
		case xml.CharData:
			fmt.Fprintf(&b, "%q", []byte(t))
		}
	}
}

// texts are XML with everything that the scanner distinguishes, well-formed or not.
var texts = []string{
	"", "a", "<", "<a", "<a>", "<a/>", "<a / >", "</a>", "<a></a >", "<a></b>", "<a></a b>", "< a/>", "<1/>", "<a/><b/>", "a<b/>c",
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n<a/>", `<?xml version="1.1"?><a/>`, `<?xml encoding='latin1'?><a/>`, "<? a?><a/>", "<?a b?><a/>", "<?a",
	`<a b="1" c='2'/>`, `<a b="1"c="2"/>`, `<a b = "1"/>`, `<a b/>`, `<a b=1/>`, `<a b="1/>`, `<a b="<"/>`, `<a b=">"/>`, `<a b="'"/>`, `<a b="&lt;&amp;&#65;&#x41;&quot;"/>`, "<a b=\"1\r\n2\r3\"/>", `<a b=""/>`,
	`<a b="1" b="2"/>`, `<a b="]]>"/>`, "<a>]]></a>", "<a>]]&gt;</a>", "<a>&gt;></a>", "<a>&</a>", "<a>&;</a>", "<a>&b;</a>", "<a>&lt</a>", "<a>&#0;</a>", "<a>&#1114112;</a>", "<a>&#x1F600;</a>", "<a>&#-1;</a>", "<a>&#x;</a>",
	"<a>\r\n\r \r</a>", "<a>&#13;\n</a>", "<a>\x00</a>", "<a>\xff</a>", "<a>\uFFFE</a>", "<a>\uFFFD £é</a>", "\uFEFF<a/>", "<é/>", "<\xff/>",
	"<a><!-- b --></a>", "<a><!----></a>", "<a><!--->--></a>", "<a><!-- -- --></a>", "<a><!-- ---></a>", "<a><!-b></a>", "<a><!--", "<!", "<!-",
	"<a><![CDATA[<b>&amp;]]]]></a>", "<a><![CDATA[]]>x<![CDATA[\r\n]]></a>", "<a><![CDATA[", "<a><![CDAT[]]></a>", "<!DOCTYPE a><a/>", `<!DOCTYPE a [<!ENTITY b ">">]><a/>`, "<!DOCTYPE",
	`<a xmlns="u" xmlns:p="v" q="0" p:q="1" r:q="2" xml:q="3"><p:b xmlns:p="w"/><p:b xmlns=""><c/></p:b></a>`, `<p:a xmlns:p="v"></q:a>`, `<a:b:c/>`, `<:a/>`, `<a:/>`, `<xmlns:a/>`, `<a xmlns:="u" :b="1"/>`, `<a xmlns:xml="u" xml:b=""/>`,
}

// checkScan checks that the scanner reads a text as package encoding/xml does, also when it comes byte
// by byte. An exception is a reference to half a character, which that package reads as U+FFFD.
func checkScan(t *testing.T, text string) {
	t.Helper()
	want, wantErr := parsed(text)
	got, err := scanned(strings.NewReader(text), decode.DefaultLimits)
	if (err == nil) != (wantErr == nil) && !strings.Contains(text, "&#") || err == nil && got != want {
		t.Errorf("%q is\n%s (%v), want\n%s (%v)", text, got, err, want, wantErr)
	}
	if err != nil && !errors.Is(err, decode.ErrFormat) && !errors.Is(err, decode.ErrTooLarge) {
		t.Errorf("%q: error %v", text, err)
	}
	slow, slowErr := scanned(iotest.OneByteReader(strings.NewReader(text)), decode.DefaultLimits)
	if slow != got || fmt.Sprint(slowErr) != fmt.Sprint(err) {
		t.Errorf("%q byte by byte is\n%s (%v), want\n%s (%v)", text, slow, slowErr, got, err)
	}
}

func TestScan(t *testing.T) {
	for _, text := range texts {
		checkScan(t, text)
	}
	data := files.ReadFile(t, "../../source/ukhosmallboats/testdata", "pub20260626_data_small_boats_time_series.ods")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(z, "content.xml")
	if err != nil {
		t.Fatal(err)
	}
	content := string(b)
	for _, n := range []int{len(content), len(content) / 2, len(content) - 1} {
		checkScan(t, content[:n])
	}
}

// TestScanLimits checks that what is held and the time that it takes are bounded.
func TestScanLimits(t *testing.T) {
	lim := decode.Limits{XML: 1 << 20, Token: 1000, Depth: 5}
	tests := []struct {
		name, text string
		ok         bool
	}{
		{"tag of the limit", `<a b="` + strings.Repeat(">", 1000-9) + `"/>`, true},
		{"tag beyond it", `<a b="` + strings.Repeat(">", 1000-8) + `"/>`, false},
		{"text of the limit", "<a>" + strings.Repeat("x", 1000) + "</a>", true},
		{"text beyond it", "<a>" + strings.Repeat("x", 1001) + "</a>", false},
		{"depth of the limit", "<a><a><a><a><a/></a></a></a></a>", true},
		{"depth beyond it", "<a><a><a><a><a><a/></a></a></a></a></a>", false},
		{"many attributes", "<a" + strings.Repeat(` b=""`, maxAttrs-80) + "/>", true},
		{"end tag beyond the limit", "<a></a" + strings.Repeat(" ", 1000) + ">", false},
		{"instruction beyond the limit", "<?a " + strings.Repeat("?", 1000) + "?><a/>", false},
		{"document type beyond the limit", "<!DOCTYPE " + strings.Repeat("x", 1000) + "><a/>", false},
	}
	for _, tt := range tests {
		if _, err := scanned(strings.NewReader(tt.text), lim); (err == nil) != tt.ok || err != nil && !errors.Is(err, decode.ErrTooLarge) {
			t.Errorf("%s: error %v", tt.name, err)
		}
	}
	for _, text := range []string{
		"<a" + strings.Repeat(` b=""`, maxAttrs+1) + "/>",
		strings.Repeat(`<a xmlns:a="" xmlns:b="" xmlns:c="" xmlns:d="" xmlns:e="">`, maxBindings/5+1),
	} {
		if _, err := scanned(strings.NewReader(text), decode.DefaultLimits); !errors.Is(err, decode.ErrTooLarge) {
			t.Errorf("%.40q: error %v", text, err)
		}
	}
}

// TestScanAllocations checks that a part costs no memory for each of its tags without attributes.
func TestScanAllocations(t *testing.T) {
	text := "<a>" + strings.Repeat("<b>1</b>", 100_000) + "</a>"
	var err error
	used := files.Allocated(func() {
		tok := New("a.xml", strings.NewReader(text), decode.DefaultLimits)
		for err == nil {
			_, err = tok.Next()
		}
	})
	if err != io.EOF || used > 1<<20 {
		t.Errorf("%d bytes allocated, error %v", used, err)
	}
}

// FuzzScan leaves out what the two read differently on purpose: what XML says of itself, document
// types, references to half a character, names with letters that XML does not know, and what is beyond the
// limits.
func FuzzScan(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := scanned(strings.NewReader(text), decode.DefaultLimits)
		sections := strings.NewReplacer("<!--", "", "<![", "").Replace(text)
		if strings.Contains(sections, "<?") || strings.Contains(sections, "<!") || errors.Is(err, decode.ErrTooLarge) {
			return
		}
		if _, wantErr := parsed(text); wantErr != nil && strings.Contains(wantErr.Error(), "name") {
			return
		}
		checkScan(t, text)
	})
}
