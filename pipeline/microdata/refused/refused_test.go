package refused

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/decode"
)

// read returns the records of a file with that text.
func read(t *testing.T, text string) (out []engine.Reject, err error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shard-000001.csv")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return out, Each(file, func(x engine.Reject) error { out = append(out, x); return nil })
}

// TestWhatIsWrittenIsRead writes records with all kinds of texts and days, and reads them again.
func TestWhatIsWrittenIsRead(t *testing.T) {
	want := []engine.Reject{
		{File: "a.csv", Record: 1, Line: 2, Column: "n", Value: "1,\"2\"\nthree", Reason: "number", Day: 19782},
		{File: "a.csv", Record: 2, Line: 4, Reason: engine.WrongFields},
		{File: "ü.csv", Record: 1 << 40, Line: 1 << 41, Column: "day", Value: "1969-12-31", Reason: "period", Day: -1},
	}
	var text bytes.Buffer
	w := NewWriter(&text)
	for _, x := range want {
		if err := w.Write(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, text.String()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

// TestWrongFilesAreRefused reads files that no cluster of ours writes, and expects the line in the error.
func TestWrongFilesAreRefused(t *testing.T) {
	head := strings.Join(columns, ",") + "\n"
	for text, line := range map[string]int{
		"":                                 1,
		"file,record\n":                    1,
		head + "a.csv,1,2,n,x,number\n":    2,
		head + "a.csv,one,2,n,x,number,\n": 2,
		head + "a.csv,1,2,n,x,number,\na.csv,1,-,n,x,number,\n": 3,
		head + "a.csv,1,2,n,x,number,2024-02-30\n":              2,
	} {
		_, err := read(t, text)
		var at *decode.Error
		if !errors.As(err, &at) || !errors.Is(err, decode.ErrShape) || at.Line != line {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.ErrUnsupported }

// TestAnErrorOfTheWriterIsReturned flushes to a writer that fails.
func TestAnErrorOfTheWriterIsReturned(t *testing.T) {
	if err := NewWriter(broken{}).Flush(); !errors.Is(err, errors.ErrUnsupported) {
		t.Error(err)
	}
}
