package csvscan

import (
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// translated returns what Recomma makes of a text.
func translated(text string, delimiter byte, slow bool) (string, error) {
	var r io.Reader = strings.NewReader(text)
	if slow {
		r = iotest.OneByteReader(r)
	}
	out, err := io.ReadAll(Recomma(r, delimiter))
	return string(out), err
}

// TestRecomma translates other delimiters to commas.
func TestRecomma(t *testing.T) {
	for text, want := range map[string]string{
		"a;b\n1;2\n": "a,b\n1,2\n", "a;b,c;\r\n": "a,\"b,c\",\r\n", "\"x;y\";z\n": "\"x;y\",z\n", "\"a \"\"q\"\" ;\n b\";c": "\"a \"\"q\"\" ;\n b\",c", ";;\n": ",,\n", "": "",
		"1,5;2,5\r\n": "\"1,5\",\"2,5\"\r\n", "\ufeffa;\"b\"\n": "a,\"b\"\n", "\ufeff\"a\";b\n": "\"a\",b\n", "a\n": "a\n",
	} {
		for _, slow := range []bool{false, true} {
			if got, err := translated(text, ';', slow); err != nil || got != want {
				t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
			}
		}
	}
	if _, err := translated("a;b\"c;d\n", ';', false); !errors.Is(err, errInner) {
		t.Errorf("a quote within a field: %v", err)
	}
	if _, err := translated(strings.Repeat("x", MaxRecord+1), ';', false); !errors.Is(err, ErrRecord) {
		t.Errorf("a field without an end: %v", err)
	}
}

// FuzzRecomma compares the records of any text before and after its translation.
func FuzzRecomma(f *testing.F) {
	f.Add("a;\"b;,\n\"\"c\";d,e\r\n;f\n")
	f.Add(",\r;a,\r\n,\r;b,\r") // a carriage return within a line, at its end and at the end of the text
	f.Fuzz(func(t *testing.T, text string) {
		out, err := translated(text, ';', false)
		if err != nil || strings.HasPrefix(text, "\xef") {
			return
		}
		records := func(text string, comma rune) ([][]string, error) {
			r := csv.NewReader(strings.NewReader(text))
			r.Comma, r.FieldsPerRecord = comma, -1
			return r.ReadAll()
		}
		want, err := records(text, ';')
		if err != nil {
			return
		}
		if got, err := records(out, ','); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q became %q: %q, %v; want %q", text, out, got, err, want)
		}
	})
}
