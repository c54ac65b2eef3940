package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/refused"
	"crossings/pipeline/source/sourcetest/files"
)

// TestMain makes the test binary a worker when a pool starts it as one.
func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// arrivals is a layout with a column of each kind.
var arrivals = job{
	Layout: engine.Layout{
		Columns: []engine.Column{
			{Name: "id", Kind: engine.ID},
			{Name: "date", Kind: engine.Date, Formats: []string{"2006-01-02", "02/01/2006"}, First: day(2019, 1, 1), Last: day(2020, 12, 31)},
			{Name: "route"},
			{Name: "nationality", Codes: map[string]string{"Syria": "SYR", "Eritrea": "ERI"}},
			{Name: "persons", Kind: engine.Count, Min: 1, Max: 1000},
			{Name: "note", Kind: engine.Text, Nullable: true},
		},
		Key: "id", Sort: []string{"route", "date"}, Lineage: true,
	},
	Cube: &engine.CubeSpec{Date: "date", Dims: []string{"route", "nationality"}, Sum: "persons"},
}

// writeRegister writes n random records to a file. Some are bad, and some share the key of another.
func writeRegister(t *testing.T, seed uint64, path string, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var b strings.Builder
	b.WriteString("id,date,route,nationality,persons,note\n")
	for i := range n {
		d := day(2019, 1, 1).AddDate(0, 0, i*730/n)
		date := d.Format(pick("2006-01-02", "02/01/2006"))
		if r.IntN(50) == 0 {
			date = "2019-02-30"
		}
		fmt.Fprintf(&b, "ev%d,%s,%s,%s,%d,%s\n", r.IntN(10*n), date, pick("Central", "Western", "\"A, B\""),
			pick("Syria", "Syria", "Eritrea", "Eritrea", "Eritrea", "Atlantis"), r.IntN(30), pick("", "x", "\"two\nlines, \"\"quoted\"\"\"", strconv.Itoa(i)))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// contents returns the files of a folder by path.
var contents = files.Tree

// local does the job without Beam and returns the files and the refused rows.
func local(t *testing.T, files ...string) (folder map[string]string, rejects []engine.Reject) {
	t.Helper()
	dir := t.TempDir()
	ctx, norm := context.Background(), filepath.Join(dir, "norm")
	_, err := engine.Normalise(ctx, arrivals.Layout, files, norm, engine.Options{}, func(x engine.Reject) error {
		rejects = append(rejects, x)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Cube(ctx, norm, filepath.Join(dir, "cube"), *arrivals.Cube, engine.Options{}); err != nil {
		t.Fatal(err)
	}
	return contents(t, dir), rejects
}

// layoutFile writes the layout in the form that the command reads.
func layoutFile(t *testing.T) string {
	t.Helper()
	data, err := json.Marshal(arrivals)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "layout.json")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// sameAsLocal compares a folder with the output of the local run.
func sameAsLocal(t *testing.T, out string, files ...string) {
	t.Helper()
	want, wantRejects := local(t, files...)
	got := contents(t, out)
	var rejects []engine.Reject
	for i := range 10000 {
		name := fmt.Sprintf("rejects/shard-%06d.csv", i)
		if _, ok := got[name]; !ok {
			continue
		}
		err := refused.Each(filepath.Join(out, name), func(x engine.Reject) error {
			rejects = append(rejects, x)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		delete(got, name)
	}
	if diff := cmp.Diff(wantRejects, rejects); diff != "" {
		t.Errorf("rejects -local +beam\n%.3000s", diff)
	}
	for path, data := range want {
		if got[path] != data {
			t.Errorf("%s differs", path)
		}
		delete(got, path)
	}
	for path := range got {
		t.Errorf("%s should not be there", path)
	}
}

// TestPrismGivesTheLocalBytes runs the job twice in one folder. The second run removes what only
// the first wrote.
func TestPrismGivesTheLocalBytes(t *testing.T) {
	dir := t.TempDir()
	a, b, out := filepath.Join(dir, "b.csv"), filepath.Join(dir, "a.csv"), filepath.Join(dir, "out")
	writeRegister(t, 1, a, 4000)
	writeRegister(t, 2, b, 1000)
	layout := layoutFile(t)
	for _, c := range []struct {
		size  int64
		files []string
	}{{10000, []string{a, b}}, {1 << 20, []string{b}}} {
		var said bytes.Buffer
		if err := run(context.Background(), append(append([]string{layout}, c.files...), out), "", c.size, 1, &said); err != nil {
			t.Fatal(err)
		}
		sameAsLocal(t, out, c.files...)
		if !strings.Contains(said.String(), " in 24 months, ") {
			t.Errorf("said %q", said.String())
		}
	}
}

// TestNothingButBadRecords has no partitions and writes a manifest that says so.
func TestNothingButBadRecords(t *testing.T) {
	dir := t.TempDir()
	path, out := filepath.Join(dir, "bad.csv"), filepath.Join(dir, "out")
	if err := os.WriteFile(path, []byte("id,date,route,nationality,persons,note\n1,never,A,Syria,1,\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), []string{layoutFile(t), path, out}, "", 1<<20, 1, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	sameAsLocal(t, out, path)
}

// TestBrokenFileReplacesNothing reads a file that stops being CSV after its middle.
func TestBrokenFileReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	good, bad, out := filepath.Join(dir, "good.csv"), filepath.Join(dir, "bad.csv"), filepath.Join(dir, "out")
	writeRegister(t, 3, good, 500)
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, append(data, "1,2019-01-01,\"A\"B,Syria,1,\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	layout := layoutFile(t)
	if err := run(context.Background(), []string{layout, good, out}, "", 5000, 1, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	err = run(context.Background(), []string{layout, bad, out}, "", 5000, 1, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "bad.csv: line ") {
		t.Errorf("got %v", err)
	}
	sameAsLocal(t, out, good)
}

func TestLayoutFilesThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"layout": {"colums": []}}`: `unknown field "colums"`,
		`{"layout": {}} {}`:          "more text after the layout",
		`{"layout": {"columns": [{"name": "a", "kind": "datum"}]}}`: `kind "datum" is not one of code, id, date, count, text`,
		`[]`:                             "cannot unmarshal array",
		strings.Repeat(" ", maxLayout+1): "a layout of more than",
	} {
		path := filepath.Join(t.TempDir(), "layout.json")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readJob(path, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.50s: got %v, want %s", text, err, want)
		}
	}
}

// TestSameEncoders compares the encoder versions of the two modules, because another version might
// write other bytes.
func TestSameEncoders(t *testing.T) {
	versions := func(path string) map[string]string {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for line := range strings.Lines(string(data)) {
			if f := strings.Fields(line); len(f) >= 2 && strings.HasPrefix(f[1], "v") {
				out[f[0]] = f[1]
			}
		}
		return out
	}
	ours, theirs := versions("go.mod"), versions("../../../go.mod")
	for _, name := range []string{"github.com/klauspost/compress", "github.com/parquet-go/parquet-go", "github.com/cespare/xxhash/v2"} {
		if ours[name] == "" || ours[name] != theirs[name] {
			t.Errorf("%s is %q here and %q in the main module", name, ours[name], theirs[name])
		}
	}
}

// TestTheLayoutOfASource reads files by the layout of a tidy-events source: records after the day of release are refused,
// and the refused rows say their day.
func TestTheLayoutOfASource(t *testing.T) {
	path := filepath.Join(t.TempDir(), "border.csv")
	text := "Record,Date,Route,Nationality,Sex,People,Note\nb1,2024-02-29,English Channel,SYR,male,4,\nb2,2024-03-02,English Channel,SYR,male,2,\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	args := []string{"../layout/testdata/border.json", path, out}
	if err := run(context.Background(), args, "2024-03-01", 5000, 1, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	want := "file,record,line,column,value,reason,day\nborder.csv,2,3,event_date,2024-03-02,bad_event_date,\n"
	if got := contents(t, out)["rejects/shard-000000.csv"]; got != want {
		t.Errorf("refused rows %q, want %q", got, want)
	}
	for _, day := range []string{"2024-02-30", "soon"} {
		if err := run(context.Background(), args, day, 5000, 1, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "--released") {
			t.Errorf("%s: %v", day, err)
		}
	}
}
