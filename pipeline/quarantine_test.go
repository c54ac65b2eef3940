package pipeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/frontexdetections"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/watch"
)

const frontex = "frontex-detections"

// goodRows is a file of one route, ten nationalities and two years from the one given.
func goodRows(year int) []byte {
	var rows []string
	for _, nationality := range []string{"AFG", "BGD", "CIV", "EGY", "ERI", "GIN", "IRQ", "SDN", "SYR", "TUN"} {
		for m := range 24 {
			rows = append(rows, fmt.Sprintf("Central Mediterranean Route,Sea,%s,%d-%02d-01,%d", nationality, year+m/12, 1+m%12, 7+m+len(rows)/24%3))
		}
	}
	return sourcetest.Table("frontex.csv", "route,type,nat,t,n", rows...).Data
}

// badRows writes the file with the first counts replaced.
func badRows(t *testing.T, counts ...string) string {
	t.Helper()
	lines := bytes.SplitAfter(goodRows(2023), []byte("\n"))
	for i, c := range counts {
		cut := bytes.LastIndexByte(lines[i+1], ',')
		lines[i+1] = []byte(string(lines[i+1][:cut+1]) + c + "\r\n")
	}
	return write(t, "2025-05-31_frontex.csv", bytes.Join(lines, nil))
}

// TestBadRowsAreKeptApart ingests a file with two bad rows. The other rows must come in, the bad rows must be
// listed with their place and reason, and the site must count them.
func TestBadRowsAreKeptApart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	out := addTo(t, cfg, frontex, badRows(t, "-41", `"=1+1"`))
	if len(out) != 1 || out[0].State != review.Added || out[0].Excluded != 2 || out[0].Rows == 0 {
		t.Fatalf("%+v", out)
	}
	file := filepath.Join(dir, "out", "quarantine", "rows", "source="+frontex, out[0].Release+".csv")
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	id := frontex + "," + out[0].Release + ",2025-05-31_frontex.csv,"
	want := "source,release,file,sheet,line,column,value,reason\r\n" +
		id + ",2,n,-41,\"the number of detections is not a count\"\r\n" +
		id + ",3,n,'=1+1,the number of detections is not a count\r\n"
	if string(got) != want {
		t.Errorf("quarantine\n got %s\nwant %s", got, want)
	}
	published(t, cfg, "")
	if row := find(t, rows(t, dir, "sources"), "source="+frontex); row["quarantined"] != "2" {
		t.Errorf("the site counts %q rows", row["quarantined"])
	}
}

// TestTooManyBadRowsStopTheSource refuses the file and writes nothing.
func TestTooManyBadRowsStopTheSource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	before := tree(t, dir, false)
	out := addTo(t, cfg, frontex, badRows(t, strings.Split(strings.Repeat("-1 ", 21), " ")[:21]...))
	if len(out) != 1 || out[0].State != review.Failed || !errors.Is(out[0].Err, check.ErrTooManyExcluded) || out[0].Hint == "" {
		t.Fatalf("%+v", out)
	}
	if !strings.Contains(out[0].Error, `21 of 240, more than the 2 that may be left out; the first is at row 2, column "n"`) {
		t.Errorf("error %q", out[0].Error)
	}
	same(t, tree(t, dir, false), before)
}

// TestBadRowsComeBackOnceTheDecoderIsMended checks that a stored file is read again if its decoder was
// corrected since, and not otherwise. The result must equal that of a new start with the corrected
// decoder.
func TestBadRowsComeBackOnceTheDecoderIsMended(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	file := badRows(t, "-41")
	addTo(t, cfg, frontex, file)
	run := func(s *source.Source) []review.Outcome {
		t.Helper()
		cfg.Sources = []*source.Source{s}
		return runs(t, offline(cfg))
	}
	if out := run(&frontexdetections.Source); len(out) != 0 {
		t.Fatalf("nothing has changed: %+v", out)
	}
	mended := frontexdetections.Source
	mended.Reader++
	mended.Decode = decodeAs(t, write(t, "frontex.csv", goodRows(2023)), frontexdetections.Source.Decode)
	out := run(&mended)
	if len(out) != 1 || out[0].State != review.Reread || out[0].Excluded != 0 || out[0].Rows != 10*24+10*16*12 {
		t.Fatalf("%+v", out)
	}
	if out := run(&mended); len(out) != 0 {
		t.Errorf("mended twice: %+v", out)
	}

	fresh := config(t, t.TempDir())
	fresh.Sources = cfg.Sources
	addTo(t, fresh, frontex, file)
	lakes := func(c world) map[string]string { return tree(t, filepath.Join(c.Data, "out", "lake"), false) }
	same(t, lakes(cfg), lakes(fresh))
	if left, _ := filepath.Glob(filepath.Join(dir, "out", "quarantine", "rows", "*", "*")); len(left) != 0 {
		t.Errorf("still in quarantine: %v", left)
	}
}

// TestAChangedDefinitionIsAFinding ingests two releases between which the text of
// the notes changed, and two between which it did not.
func TestAChangedDefinitionIsAFinding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before, after string
		want                int
	}{
		{"changed", "2025-12-05", "2025-12-12", 1},
		{"the same", "2025-12-12", "2025-12-19", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := config(t, t.TempDir())
			mustAdd(t, cfg, release(t, c.after), release(t, c.before))
			_, findings, err := watch.Status(cfg.watch())
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, f := range findings[boats] {
				if f.Code == "definition-changed" {
					found++
					if f.Where != "Notes" || !strings.Contains(f.Message, c.after) || !strings.Contains(f.Message, c.before) {
						t.Errorf("%+v", f)
					}
				}
			}
			if found != c.want {
				t.Errorf("%d findings, want %d: %v", found, c.want, findings[boats])
			}
		})
	}
}
