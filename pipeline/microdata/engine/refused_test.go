package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/microdata/csvscan"
)

// TestErrorsReplaceNothing normalises unreadable files into a folder that holds data.
func TestErrorsReplaceNothing(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	good := filepath.Join(dir, "good.csv")
	register(t, rand.New(rand.NewPCG(7, 7)), good, 500, day(2018, 1, 1), day(2018, 12, 31))
	normalise(t, arrivals(), out, Options{}, good)
	want := contents(t, out)
	long := strings.Repeat("1,2019-01-01,R,Syria,M,1,,,\n", 2000)
	for name, c := range map[string]struct{ text, want string }{
		"empty":      {"", "the file is empty; its first line should name the columns"},
		"no column":  {"a,b\n1,2\n", `no column "record"; the header is ["a" "b"]`},
		"twice":      {"record," + header + "1\n", `two columns are called "record"`},
		"columns":    {strings.Repeat("a,", 300) + "\n", "301 columns; at most 250 can be read"},
		"utf-16":     {"\xff\xfer\x00e\x00", "line 1: " + csvscan.ErrCut.Error()},
		"bare quote": {header + long + "2,2019-\"01-01,R,Syria,M,1,,,\n" + long, "line 2002: " + csvscan.ErrBare.Error()},
		"open quote": {header + long + "2,\"2019-01-01,R,Syria,M,1,,,\n" + long, "line 2002: " + csvscan.ErrOpen.Error()},
		"zip":        {"PK\x03\x04....", "is a ZIP archive; unpack it first"},
		"long":       {header + "1," + strings.Repeat("x", csvscan.MaxRecord+9) + "\n", "line 2: " + csvscan.ErrRecord.Error()},
		"blank":      {strings.Repeat("\n", maxTitles) + header, "line 1: " + csvscan.ErrHeader.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, "bad.csv")
			if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			for _, o := range []Options{{}, {Workers: 3, Block: 1 << 12}} {
				_, err := Normalise(context.Background(), arrivals(), []string{good, path}, out, o, nil)
				if err == nil || err.Error() != "bad.csv: "+c.want {
					t.Errorf("got %v, want bad.csv: %s", err, c.want)
				}
			}
			if diff := cmp.Diff(want, contents(t, out)); diff != "" {
				t.Errorf("the folder changed: %.500s", diff)
			}
		})
	}
}

// TestHostileRowsAreRefused feeds rows that no register should have.
func TestHostileRowsAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hostile.csv")
	text := header +
		"a\x00b,2019-01-01,R,Syria,M,1,,,\n" + // NUL in the key
		"b,2019-01-01,R\x01,Syria,M,1,,,\n" + // control character in a code
		"c,2019-01-01,R,Syria,M,1,,,caf\xe9\n" + // Latin-1
		"d,2019-01-01," + strings.Repeat("R", 300) + ",Syria,M,1,,,\n" + // too long for a code
		"e,2019-01-01,R,Syria,M,99999999999999999999,,,\n" +
		"f,٢٠١٩-٠١-٠١,R,Syria,M,1,,,\n" +
		"g,2019-01-01,R,Syria,M,1,,,=cmd|' /C calc'!A0\n" // text is text
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	_, rejects := normalise(t, arrivals(), out, Options{}, path)
	var got []string
	for _, r := range rejects {
		got = append(got, fmt.Sprintf("%d %s", r.Record, r.Reason))
	}
	want := []string{"1 bad_id", "2 bad_route", "3 bad_note", "4 bad_route", "5 bad_persons", "6 bad_date"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rows := readRows(t, out); len(rows) != 1 || rows[0].note != "=cmd|' /C calc'!A0" {
		t.Errorf("got %v", rows)
	}
}

// TestAllTheSameKey normalises a file of nothing but duplicates. Most keys are compared in full.
func TestAllTheSameKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "same.csv")
	if err := os.WriteFile(path, []byte(header+strings.Repeat("same,2019-01-01,R,Syria,M,1,,,\n", 20000)), 0o644); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	report, _ := normalise(t, arrivals(), out, Options{Block: 1 << 14, Memory: -1}, path)
	if report.Rows != 1 || report.Refused != 19999 {
		t.Errorf("got %+v", report)
	}
}

func TestCompileRefusesBadLayouts(t *testing.T) {
	for name, change := range map[string]func(*Layout){
		"no columns":     func(l *Layout) { l.Columns = nil },
		"twice":          func(l *Layout) { l.Columns[0].Name = "date" },
		"no date":        func(l *Layout) { l.Columns[1].Kind = Text; l.Columns[1].Formats = nil },
		"key is no ID":   func(l *Layout) { l.Key = "route" },
		"sort by count":  func(l *Layout) { l.Sort = []string{"persons"} },
		"sort by none":   func(l *Layout) { l.Sort = []string{"nobody"} },
		"nullable date":  func(l *Layout) { l.Columns[1].Nullable = true },
		"days turned":    func(l *Layout) { l.Columns[1].Last = day(2017, 1, 1) },
		"count negative": func(l *Layout) { l.Columns[5].Min = -1 },
		"no name":        func(l *Layout) { l.Columns[2].Name = "" },
	} {
		l := arrivals()
		change(&l)
		if _, err := compile(l); err == nil {
			t.Errorf("%s: was accepted", name)
		}
	}
}
