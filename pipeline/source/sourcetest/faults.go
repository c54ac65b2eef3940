package sourcetest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Refuses returns a check that a source finds a file invalid, as a subtest called name. The error
// must be of the kind want, contain says, name the file and have a hint. No result may come with
// it.
func Refuses(t *testing.T, s *source.Source) func(name string, f File, want error, says string) {
	return func(name string, f File, want error, says string) {
		t.Run(name, func(t *testing.T) {
			r, err := DecodeAny(s, f)
			var where *decode.Error
			if !errors.Is(err, want) || !errors.As(err, &where) || r.Observations != nil || r.Events != nil {
				t.Fatalf("error %v, want %v", err, want)
			}
			if !strings.Contains(err.Error(), says) || where.File != f.Name || where.Hint == "" {
				t.Errorf("error %q, want it to name the file and %q, with a hint", err, says)
			}
		})
	}
}

// undated is the release date of a file that does not state one.
var undated = stat.MustDate("2026-07-16")

// Waits checks that a source reads a file with a finding that makes the release wait for a person.
// It must have the code, contain says and say where.
func Waits(t *testing.T, s *source.Source, f File, code, says string) {
	t.Helper()
	_, findings, err := Decode(s, f)
	if err != nil || !slices.ContainsFunc(findings, func(x stat.Finding) bool {
		return x.Code == code && x.Severity == stat.SeverityError && x.Where != "" && strings.Contains(x.Message, says)
	}) {
		t.Errorf("findings %v, error %v; want %s with %q", findings, err, code, says)
	}
}

// DecodeAny decodes a file that may have any fault, also in its date.
func DecodeAny(s *source.Source, f File) (source.Result, error) {
	released, stamp := s.Date(f.Name, f.Data)
	if released.IsZero() {
		released = undated
	}
	r, err := s.Decode(source.File{Name: f.Name, Data: f.Data, Release: release(s, f.Name, released, stamp)})
	if err == nil {
		err = s.Timely(f.Name, &r, check.NewClock(retrieved, time.UTC))
		if err != nil {
			r = source.Result{}
		}
	}
	return r, err
}

// With returns the file with the first occurrence of each old text replaced by the new text after
// it. A text that does not occur fails the test.
func (f File) With(t testing.TB, oldnew ...string) File {
	t.Helper()
	return f.replace(t, 0, 1, oldnew)
}

// WithAll is With for every occurrence of each old text.
func (f File) WithAll(t testing.TB, oldnew ...string) File {
	t.Helper()
	return f.replace(t, 0, -1, oldnew)
}

// WithAfter is With from the first mark on. The scripts of a page repeat its texts.
func (f File) WithAfter(t testing.TB, mark string, oldnew ...string) File {
	t.Helper()
	at := bytes.Index(f.Data, []byte(mark))
	if at < 0 {
		t.Fatalf("%q is not in %s", mark, f.Name)
	}
	return f.replace(t, at, 1, oldnew)
}

// replace replaces up to n occurrences of each old text from an offset on, all if n is -1.
func (f File) replace(t testing.TB, from, n int, oldnew []string) File {
	t.Helper()
	return File{Name: f.Name, Data: []byte(string(f.Data[:from]) + Replace(t, string(f.Data[from:]), n, oldnew...))}
}

// Replace replaces up to n occurrences of each old text by the new text after it, all if n is -1. A
// text that does not occur fails the test.
func Replace(t testing.TB, text string, n int, oldnew ...string) string {
	t.Helper()
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			t.Fatalf("%q is not in the file", oldnew[i])
		}
		text = strings.Replace(text, oldnew[i], oldnew[i+1], n)
	}
	return text
}

// RefusesCuts cuts a file after every step-th line, starting with line from, but not within the
// last keep lines. The source must find each part invalid.
func RefusesCuts(t *testing.T, s *source.Source, f File, from, step, keep int) {
	t.Helper()
	lines := bytes.SplitAfter(bytes.TrimSuffix(f.Data, []byte("\n")), []byte("\n"))
	if from < 1 || from >= len(lines)-keep {
		t.Fatalf("%s has %d lines; no cut from line %d leaves out more than %d", f.Name, len(lines), from, keep)
	}
	for n := from; n < len(lines)-keep; n += step {
		r, err := DecodeAny(s, File{Name: f.Name, Data: bytes.Join(lines[:n], nil)})
		var where *decode.Error
		if !errors.As(err, &where) || r.Observations != nil || r.Events != nil {
			t.Errorf("%s cut after %d of %d lines: %d observations, error %v", f.Name, n, len(lines), len(r.Observations), err)
		}
	}
}

// RefusesCutsOfLastQuarter cuts a CSV of quarters, whose first column is the day, at several places
// in its last quarter. Such a file has no end mark, so up to ten rows may be missing.
func RefusesCutsOfLastQuarter(t *testing.T, s *source.Source, f File) {
	t.Helper()
	lines := bytes.SplitAfter(bytes.TrimSuffix(f.Data, []byte("\n")), []byte("\n"))
	quarter, first := lines[len(lines)-1][:len("2006-01-02")], 0
	for !bytes.HasPrefix(lines[first], quarter) {
		first++
	}
	RefusesCuts(t, s, f, first+1, max(1, (len(lines)-first)/6), 10)
}

// Fuzz decodes any bytes as files of those names. The source must not panic, and must give either
// valid observations or an error with a hint.
func Fuzz(f *testing.F, s *source.Source, names []string, seeds ...[]byte) {
	f.Helper()
	for _, seed := range append(seeds, []byte("<!doctype html>"), []byte("PK\x03\x04")) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range names {
			checkAny(t, s, File{Name: name, Data: data})
		}
	})
}

// checkAny checks what a source makes of a file of any bytes.
func checkAny(t *testing.T, s *source.Source, f File) {
	r, err := DecodeAny(s, f)
	var where *decode.Error
	if err != nil && (r.Observations != nil || r.Events != nil) {
		t.Errorf("%d observations came with the error %v", len(r.Observations), err)
	}
	if err != nil && errors.As(err, &where) && where.Hint == "" {
		t.Errorf("the error %v has no hint", err)
	}
	for _, o := range r.Observations {
		if err := o.Validate(); err != nil {
			t.Error(err)
		}
		if o.Locator == "" {
			t.Errorf("%s %s has no locator", o.Series.ID, o.Period.Start)
		}
	}
}

// Dates checks the release date and time that a source finds in its fixtures, written "2026-03-02
// 2026-03-02T14:04:44Z". The time is in the year 1 if the file states none.
func Dates(t *testing.T, s *source.Source, want map[string]string) {
	t.Helper()
	dates(t, s, Load, want)
}

func dates(t *testing.T, s *source.Source, load func(t testing.TB, id, name string) File, want map[string]string) {
	t.Helper()
	for name, want := range want {
		day, at := s.Date(name, load(t, s.ID, name).Data)
		if got := day.String() + " " + at.Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Titles checks which titles of documents a source accepts as its own.
func Titles(t *testing.T, s *source.Source, want map[string]bool) {
	t.Helper()
	for title, want := range want {
		if s.Place.Title.MatchString(title) != want {
			t.Errorf("%q: want %t", title, want)
		}
	}
}

// Benchmark measures the decoding of a file.
func Benchmark(b *testing.B, s *source.Source, f File) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(f.Data)))
	for b.Loop() {
		if _, err := Read(s, f); err != nil {
			b.Fatal(err)
		}
	}
}
