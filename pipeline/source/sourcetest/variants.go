package sourcetest

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Variant is another way to write a page: texts of its body, each followed by the text that takes
// its place wherever it occurs.
type Variant struct {
	Name  string
	Edits []string
}

// Way returns a variant.
func Way(name string, edits ...string) Variant { return Variant{Name: name, Edits: edits} }

// States returns what a page states with each variant: the observations, one a line, without their
// places and marks, and then the findings of severity error.
func (f File) States(t *testing.T, s *source.Source, v Variant) (string, error) {
	t.Helper()
	r, err := DecodeAny(s, f.variant(t, v))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, o := range r.Observations {
		fmt.Fprintf(&b, "%s %s..%s %s %s", o.Series.ID, o.Period.Start, o.Period.End, o.Value, o.Status)
		if o.Revised {
			b.WriteString(" revised")
		}
		b.WriteString("\n")
	}
	for _, x := range r.Findings {
		if x.Severity == stat.SeverityError {
			fmt.Fprintf(&b, "error %s: %s\n", x.Code, x.Message)
		}
	}
	return b.String(), nil
}

// variant returns the page with the edits of a variant.
func (f File) variant(t testing.TB, v Variant) File {
	t.Helper()
	head, body, found := strings.Cut(string(f.Data), "<body>")
	if !found {
		t.Fatalf("%s has no <body>", f.Name)
	}
	return File{Name: f.Name, Data: []byte(head + "<body>" + Replace(t, body, -1, v.Edits...))}
}

// SamePages checks that a source reads from each variant of a page what it reads from the page,
// and finds no error.
func SamePages(t *testing.T, s *source.Source, f File, variants ...Variant) {
	t.Helper()
	want, err := f.States(t, s, Variant{})
	if err != nil || want == "" {
		t.Fatalf("%s: %q, %v", f.Name, want, err)
	}
	for _, v := range variants {
		t.Run(v.Name, func(t *testing.T) {
			got, err := f.States(t, s, v)
			if err != nil {
				t.Fatal(err)
			}
			g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
			for i := range max(len(g), len(w)) {
				if i >= len(g) || i >= len(w) || g[i] != w[i] {
					t.Fatalf("from line %d on: %q, want %q", i, g[min(i, len(g)):], w[min(i, len(w)):])
				}
			}
		})
	}
}
