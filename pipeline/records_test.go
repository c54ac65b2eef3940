package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/hint"
	"crossings/pipeline/ingest"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/publish"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

const (
	border       = "tidy-events:border"
	borderLayout = "microdata/layout/testdata/border.json"
	borderHeader = "Record,Date,Route,Nationality,Sex,People,Note\n"
)

// day returns records of the register for a day, by their keys.
func borderDay(day string, keys ...string) (out string) {
	for i, key := range keys {
		out += fmt.Sprintf("%s,%s,%s,%s,%s,%d,\n", key, day, []string{"English Channel", "Western Balkans"}[i%2], []string{"SYR", "ERI", ""}[i%3], []string{"male", "female", "?"}[i%3], i%4+1)
	}
	return out
}

// writeRecords writes a file of records and returns its path.
func writeRecords(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// addRecords adds files under a layout, "" for the one that is kept.
func addRecords(t testing.TB, cfg world, layout, released string, files ...string) []review.Outcome {
	t.Helper()
	return ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
		return in.AddMicrodata(t.Context(), border, layout, files, dayOrNone(released))
	})
}

// mustAddRecords adds files of microdata. It fails the test if one is refused.
func mustAddRecords(t testing.TB, cfg world, layout, released string, files ...string) []review.Outcome {
	t.Helper()
	return noneFailed(t, addRecords(t, cfg, layout, released, files...))
}

// states says what became of files.
func states(list []review.Outcome) (out []string) {
	for _, o := range list {
		out = append(out, o.State)
	}
	return out
}

// sameRecords compares the lakes and quarantines of two data folders byte for byte.
func sameRecords(t testing.TB, want, got world) {
	t.Helper()
	for _, part := range []string{"lake", "quarantine"} {
		same(t, tree(t, filepath.Join(got.Data, "out", part), false), tree(t, filepath.Join(want.Data, "out", part), false))
	}
}

// known returns what the lake says as of a day: observations that are not 0.
func knownRecords(t testing.TB, cfg world, id string, asOf stat.Date) map[string]string {
	t.Helper()
	obs, _, err := lake.Open(filepath.Join(cfg.Data, "out", "lake")).AsOf(id, asOf)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, o := range obs {
		if n, known := o.Value.Get(); !known || n != 0 {
			out[string(o.Series.ID)+" "+o.Period.Start.String()] = o.Value.String() + string(o.Status)
		}
	}
	return out
}

// restored copies the raw files to another data folder and runs ingest there.
func restored(t testing.TB, cfg world) world {
	t.Helper()
	twin := config(t, t.TempDir())
	twin.Now, twin.Sources = cfg.Now, cfg.Sources
	if err := os.CopyFS(filepath.Join(twin.Data, "raw"), os.DirFS(filepath.Join(cfg.Data, "raw"))); err != nil {
		t.Fatal(err)
	}
	runRecords(t, twin, border)
	return twin
}

func runRecords(t testing.TB, cfg world, id string) []review.Outcome {
	t.Helper()
	return noneFailed(t, runs(t, cfg, id))
}

// lenient is the layout of the example with another share of records that may be bad.
func lenient(t testing.TB, percent string) string {
	t.Helper()
	text, err := os.ReadFile(borderLayout)
	if err != nil {
		t.Fatal(err)
	}
	return writeRecords(t, "border.json", strings.Replace(string(text), `"max_rejects": 1`, `"max_rejects": `+percent, 1))
}

func TestRecordsOfTheExample(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	out := mustAddRecords(t, cfg, lenient(t, "50"), "2025-03-01", "microdata/layout/testdata/border.csv")
	if len(out) != 1 || out[0].State != review.Added || out[0].Records != 4 || out[0].Excluded != 4 || out[0].Rows != 60 {
		t.Errorf("%+v", out)
	}
	want := "source,release,file,sheet,line,column,value,reason\r\n"
	for _, row := range []string{"6,event_date,2025-02-29,bad_event_date", "7,record_id,a1,duplicate", "9,route,Atlantis,bad_route", "10,persons,0,bad_persons"} {
		want += border + "," + out[0].Release + ",border.csv,," + row + "\r\n"
	}
	got, err := os.ReadFile(filepath.Join(cfg.Data, "out", "quarantine", "rows", "source=tidy-events~border", out[0].Release+".csv"))
	if err != nil || string(got) != want {
		t.Errorf("quarantine: %v\n%s\nwant\n%s", err, got, want)
	}
	if diff := cmp.Diff([]string{review.Known}, states(addRecords(t, cfg, "", "", "microdata/layout/testdata/border.csv"))); diff != "" {
		t.Error(diff)
	}
	sameRecords(t, cfg, restored(t, cfg))
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
		t.Errorf("%v %v", bad, err)
	}
}

// TestRecordsInAnyForm adds the same records plain, compressed, with a byte order mark and CRLF, and in several files.
func TestRecordsInAnyForm(t *testing.T) {
	t.Parallel()
	var rows []string
	for i := range 60 {
		rows = append(rows, borderDay(stat.MustDate("2025-01-01").AddDays(i).String(), fmt.Sprintf("k%d", i), fmt.Sprintf("m%d", i)))
	}
	plain := borderHeader + strings.Join(rows, "") + "q,2025-01-05,English Channel,SYR,male,1,\"two\nlines, \"\"quoted\"\"\"\n"
	z, s := files.Packed(t, []byte(plain))
	var want map[string]string
	for name, files := range map[string][]string{
		"plain": {writeRecords(t, "a.csv", plain)}, "gzip": {writeRecords(t, "a.csv.gz", string(z))}, "zstd": {writeRecords(t, "a.csv.zst", string(s))},
		"CRLF and mark": {writeRecords(t, "a.csv", "\ufeff"+strings.ReplaceAll(plain, "\n", "\r\n"))},
		"several":       {writeRecords(t, "b.csv", borderHeader+strings.Join(rows[30:], "")), writeRecords(t, "a.csv", strings.Replace(plain, strings.Join(rows[30:], ""), "", 1))},
	} {
		cfg := config(t, t.TempDir())
		out := mustAddRecords(t, cfg, borderLayout, "2025-03-01", files...)
		if len(out) != 1 || out[0].Records != 121 || out[0].Excluded != 0 {
			t.Errorf("%s: %+v", name, out)
		}
		got := knownRecords(t, cfg, border, 0)
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) < 100 {
			t.Errorf("%s: %.500s", name, diff)
		}
	}
}

// nights is a register that grows, each file of a day of its own.
func nights(t testing.TB) (files []string) {
	first := borderHeader
	for i := range 50 {
		first += borderDay(stat.MustDate("2025-01-01").AddDays(i).String(), fmt.Sprintf("k%d", i), fmt.Sprintf("m%d", i))
	}
	return []string{
		writeRecords(t, "2025-02-20.csv", first),
		writeRecords(t, "2025-02-21.csv", borderHeader+borderDay("2025-02-20", "n1", "k3", "n2")),
		writeRecords(t, "2025-02-22.csv", borderHeader+borderDay("2025-02-21", "o1")+borderDay("2025-01-07", "o2")),
		writeRecords(t, "2025-04-23.csv", borderHeader+borderDay("2025-04-19", "p1", "p2")),
	}
}

// TestRecordsInAnyOrder adds files in other orders than that of their releases, at once and from the raw files alone.
func TestRecordsInAnyOrder(t *testing.T) {
	t.Parallel()
	files := nights(t)
	inOrder := config(t, t.TempDir())
	for i, file := range files {
		layout := ""
		if i == 0 {
			layout = borderLayout
		}
		if out := mustAddRecords(t, inOrder, layout, "", file); !slices.Equal(states(out), []string{review.Added}) {
			t.Errorf("%s: %+v", file, out)
		}
	}
	want := knownRecords(t, inOrder, border, stat.MustDate("2025-02-21"))
	if v := want[border+":arrivals:D 2025-02-20"]; v != "4A" { // k3 is a duplicate
		t.Errorf("20 February: %s", v)
	}
	if v := knownRecords(t, inOrder, border, 0)[border+":arrivals:D 2025-03-05"]; v != "O" {
		t.Errorf("in a gap of more than 31 days: %q", v)
	}
	sameRecords(t, inOrder, restored(t, inOrder))
	for _, order := range [][]int{{3, 2, 1, 0}, {1, 0, 3, 2}} {
		cfg := config(t, t.TempDir())
		for i, at := range order {
			layout := ""
			if i == 0 {
				layout = borderLayout
			}
			mustAddRecords(t, cfg, layout, "", files[at])
		}
		sameRecords(t, inOrder, cfg)
	}
}

// TestRecordsStateWhatTheWholeStates compares what the releases state together with what one release of all files does.
func TestRecordsStateWhatTheWholeStates(t *testing.T) {
	t.Parallel()
	files := nights(t)
	steps, once := config(t, t.TempDir()), config(t, t.TempDir())
	for _, file := range files {
		mustAddRecords(t, steps, borderLayout, "", file)
	}
	mustAddRecords(t, once, borderLayout, "", files...)
	if diff := cmp.Diff(knownRecords(t, once, border, 0), knownRecords(t, steps, border, 0)); diff != "" {
		t.Errorf("-once +steps\n%s", diff)
	}
	dir := filepath.Join("lake", "events", "source=tidy-events~border")
	before := tree(t, filepath.Join(steps.Data, "out", dir), false)
	late := writeRecords(t, "2025-02-24.csv", borderHeader+borderDay("2025-02-21", "z1"))
	mustAddRecords(t, steps, "", "", late)
	for path, data := range tree(t, filepath.Join(steps.Data, "out", dir), false) {
		if old, there := before[path]; there && old != data && !strings.HasPrefix(path, "_") {
			t.Errorf("%s was written again by a file of another month", path)
		}
	}
}

// TestARecordOfAnotherYearIsADuplicate adds a record again in a later release, moved to the next year. It must be counted once.
func TestARecordOfAnotherYearIsADuplicate(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAddRecords(t, cfg, borderLayout, "2025-01-02", writeRecords(t, "first.csv", borderHeader+borderDay("2024-12-31", "k1", "k2")))
	out := mustAddRecords(t, cfg, "", "2025-01-03", writeRecords(t, "second.csv", borderHeader+borderDay("2025-01-01", "k2", "k3")))
	if len(out) != 1 || out[0].Records != 1 || out[0].Excluded != 1 {
		t.Errorf("%+v", out)
	}
	sameRecords(t, cfg, restored(t, cfg))
}

// TestRecordsAreReplacedByTheDay adds a revised day under a layout that replaces records by the day.
func TestRecordsAreReplacedByTheDay(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(borderLayout)
	if err != nil {
		t.Fatal(err)
	}
	layout := writeRecords(t, "layout.json", strings.Replace(string(text), `"append"`, `"replace"`, 1))
	cfg := config(t, t.TempDir())
	files := nights(t)
	mustAddRecords(t, cfg, layout, "", files[0])
	mustAddRecords(t, cfg, "", "", writeRecords(t, "2025-02-21.csv", borderHeader+borderDay("2025-01-07", "r1")))
	got := knownRecords(t, cfg, border, 0)
	if v := got[border+":arrivals:D 2025-01-07"]; v != "1A" {
		t.Errorf("the day that was revised: %q", v)
	}
	if v := got[border+":arrivals:D 2025-01-08"]; v != "3A" {
		t.Errorf("the day after it: %q", v)
	}
	sameRecords(t, cfg, restored(t, cfg))
}

// TestAChangedLayoutReadsAllAgain corrects a layout, and gives one under which the files cannot be read.
func TestAChangedLayoutReadsAllAgain(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	files := nights(t)
	for _, file := range files[:3] {
		mustAddRecords(t, cfg, borderLayout, "", file)
	}
	text, err := os.ReadFile(borderLayout)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Now = func() time.Time { return now.Add(time.Hour) }
	before := tree(t, cfg.Data, false)
	bad := writeRecords(t, "bad.json", strings.Replace(string(text), `"from": "Route"`, `"from": "Path"`, 1))
	out := addRecords(t, cfg, bad, "")
	if len(out) != 1 || !out[0].Failed() || !strings.Contains(out[0].Error, `no column "Path"`) {
		t.Errorf("%+v", out)
	}
	same(t, tree(t, cfg.Data, false), before)
	better := writeRecords(t, "better.json", strings.Replace(string(text), `"measure": "arrivals"`, `"measure": "landings"`, 1))
	if got := states(mustAddRecords(t, cfg, better, "")); !slices.Equal(got, []string{review.Added, review.Reread, review.Reread, review.Reread}) {
		t.Errorf("got %v", got)
	}
	if got := mustAddRecords(t, cfg, better, ""); len(got) != 1 || got[0].State != review.Known || !strings.HasPrefix(got[0].Release, "layout-") {
		t.Errorf("the same layout again: %+v", got)
	}
	if v := knownRecords(t, cfg, border, 0)[border+":landings:D 2025-01-01"]; v != "3A" {
		t.Errorf("got %q", v)
	}
	sameRecords(t, cfg, restored(t, cfg))
}

func TestDamagedRecordsAreFoundAndMadeAnew(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAddRecords(t, cfg, borderLayout, "", nights(t)[0])
	want := tree(t, filepath.Join(cfg.Data, "out", "lake"), false)
	for path := range want {
		if !strings.HasSuffix(path, ".parquet") {
			continue
		}
		file := filepath.Join(cfg.Data, "out", "lake", path)
		if err := os.WriteFile(file, []byte("PAR1"), 0o644); err != nil {
			t.Fatal(err)
		}
		bad, err := watch.Verify(cfg.registry())
		if err != nil || len(bad) != 1 || !errors.Is(bad[0], engine.ErrDamaged) && !errors.Is(bad[0], lake.ErrDamaged) || hint.Of(bad[0]) == "" {
			t.Errorf("%s: %v %v", path, bad, err)
		}
		if err := os.RemoveAll(filepath.Join(cfg.Data, "out", "lake")); err != nil {
			t.Fatal(err)
		}
		runRecords(t, cfg, border)
		same(t, tree(t, filepath.Join(cfg.Data, "out", "lake"), false), want)
	}
}

// TestARegisteredSourceOfRecords registers a source as a newcomer does: data, and a layout.
func TestARegisteredSourceOfRecords(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(borderLayout)
	if err != nil {
		t.Fatal(err)
	}
	s := &source.Source{ID: "xx-border-register", Title: "Border register", Terms: source.Terms{Publisher: "Example Border Office", Licence: "CC BY 4.0"},
		Holds: "Events at the border.", Every: 1, Grace: 3, Records: layout.MustParse("layout.json", text)}
	cfg := config(t, t.TempDir())
	cfg.Sources = []*source.Source{s}
	in := opened(t, cfg)
	files := nights(t)
	for _, file := range files[:2] {
		if out, err := in.Add(context.Background(), s.ID, []string{file}, 0); err != nil || len(out) != 1 || out[0].State != review.Added {
			t.Fatalf("%+v %v", out, err)
		}
	}
	if _, err := in.AddMicrodata(context.Background(), s.ID, borderLayout, files, 0); !errors.Is(err, registry.ErrUsage) {
		t.Errorf("a layout for a registered source: %v", err)
	}
	in.Close()
	if v := knownRecords(t, cfg, s.ID, 0)["xx-border-register:arrivals:D 2025-02-20"]; v != "4A" {
		t.Errorf("got %q", v)
	}
	if _, err := publish.Publish(context.Background(), cfg.registry(), cfg.publish(), 0); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", "data", "year-to-date.csv"))
	if err != nil || !strings.Contains(string(page), "\nxx-border-register:arrivals:D:route=english-channel,2025,") || strings.Contains(string(page), "sex=M") {
		t.Errorf("%v %.300s", err, page)
	}
}
