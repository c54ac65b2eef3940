package sourcetest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// EachPart calls visit with each entry of an archive and its text.
func EachPart(t testing.TB, data []byte, visit func(f *zip.File, text string)) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		visit(f, readPart(t, f))
	}
}

// EditODS returns an OpenDocument file with its content.xml changed; see EditPart.
func EditODS(t testing.TB, data []byte, edit func(string) string) []byte {
	t.Helper()
	return EditPart(t, data, "content.xml", edit)
}

// EditPart returns an archive with one of its entries changed, so that tests of faults start from a
// real file. An edit that changes nothing fails the test.
func EditPart(t testing.TB, data []byte, name string, edit func(string) string) []byte {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	EachPart(t, data, func(part *zip.File, text string) {
		if part.Name == name {
			changed := edit(text)
			if changed == text {
				t.Fatal("the edit changes nothing")
			}
			text = changed
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: part.Method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	})
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readPart(t testing.TB, part *zip.File) string {
	t.Helper()
	r, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
