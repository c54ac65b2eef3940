package pipeline_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// withdraw takes a release out of the lake, and returns what became of files.
func withdraw(t testing.TB, cfg world, id, release, reason string) []review.Outcome {
	t.Helper()
	return noneFailed(t, ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
		return in.Withdraw(t.Context(), id, release, reason)
	}))
}

// fromRaw fails the test unless a machine that has a copy of data/raw makes the same of it:
// lake, quarantine and states.
func fromRaw(t testing.TB, cfg world) world {
	t.Helper()
	other := cfg
	other.Data = t.TempDir()
	if err := os.CopyFS(filepath.Join(other.Data, "raw"), os.DirFS(filepath.Join(cfg.Data, "raw"))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []world{cfg, other} {
		for _, o := range runs(t, c) {
			if o.Failed() {
				t.Errorf("%s %s: %v", o.Source, o.File, o.Err)
			}
		}
		if bad, err := watch.Verify(c.registry()); err != nil || len(bad) != 0 {
			t.Errorf("verify: %v, %v", bad, err)
		}
	}
	for _, part := range []string{"raw", "out/lake", "out/quarantine", "out/status"} {
		same(t, tree(t, filepath.Join(cfg.Data, part), false), tree(t, filepath.Join(other.Data, part), false))
	}
	return other
}

// wholeLake is the lake of a configuration.
func wholeLake(t testing.TB, cfg world) map[string]string {
	t.Helper()
	return tree(t, filepath.Join(cfg.Data, "out", "lake"), false)
}

// TestWithdrawnReleaseIsAsIfItHadNeverBeen withdraws the newest of two releases: the lake is
// that of the first, the bytes are kept and do not come in again, and accepting them undoes
// it. A second time nothing happens.
func TestWithdrawnReleaseIsAsIfItHadNeverBeen(t *testing.T) {
	t.Parallel()
	before, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
	mustAdd(t, before, release(t, "2026-02-20"))
	mustAdd(t, cfg, release(t, "2026-02-20"), release(t, "2026-02-27"))
	with := wholeLake(t, cfg)
	id := releaseID(t, "2026-02-27")
	for range 2 {
		out := withdraw(t, cfg, boats, id, "the days of May\nstand  twice")
		if o := out[0]; len(out) != 1 || o.State != review.Withdrawn || o.Release != id || o.Reason != "the days of May stand twice" || !slices.Equal(o.Releases, []string{id}) {
			t.Fatalf("%+v", out)
		}
		same(t, wholeLake(t, cfg), wholeLake(t, before))
	}
	for _, dir := range []string{"raw/" + boats, "raw/rejected/" + boats} {
		_, err := os.Stat(filepath.Join(cfg.Data, dir, id))
		if gone := errors.Is(err, os.ErrNotExist); gone != (dir == "raw/"+boats) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if out := add(t, cfg, release(t, "2026-02-27")); out[0].State != review.Rejected || out[0].Reason != "the days of May stand twice" {
		t.Errorf("added again: %+v", out)
	}
	same(t, wholeLake(t, cfg), wholeLake(t, before))
	fromRaw(t, cfg)
	if o := accept(t, cfg, id); o.State != review.Added || o.Release != id {
		t.Errorf("accepted: %+v", o)
	}
	same(t, wholeLake(t, cfg), with)
	if _, err := os.Stat(filepath.Join(cfg.Data, "raw", "rejected", boats, id)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("accepted and still rejected: %v", err)
	}
	if out := add(t, cfg, release(t, "2026-02-27")); out[0].State != review.Known {
		t.Errorf("accepted, and added again: %+v", out)
	}
	fromRaw(t, cfg)
	withdraw(t, cfg, boats, id, "on second thoughts")
	same(t, wholeLake(t, cfg), wholeLake(t, before))
	fromRaw(t, cfg)
}

// TestWithdrawnFileIsNotFetchedAgain serves a file that was withdrawn, night after night.
func TestWithdrawnFileIsNotFetchedAgain(t *testing.T) {
	t.Parallel()
	_, cfg, o := fetched(t)
	withdraw(t, cfg, boats, o.Release, "wrong")
	for range 2 {
		if again := run(t, cfg); again.State != review.Rejected || again.Reason != "wrong" || again.Failed() {
			t.Errorf("%+v", again)
		}
	}
	if left := wholeLake(t, cfg); len(left) != 0 {
		t.Errorf("in the lake: %v", left)
	}
}

// history writes a file that states the vintages of its rows itself.
func history(t testing.TB, name string, vintages ...string) string {
	t.Helper()
	text := "# publisher: P\n# flow: arrival\n# unit: persons\nseries,period_start,value,vintage\n"
	for i, v := range vintages {
		text += "tidy:mine:arrivals:M,2023-0" + string(rune('1'+i)) + "-01," + string(rune('1'+i)) + "," + v + "\n"
	}
	return write(t, name, []byte(text))
}

// addMine adds files of figures that state their own vintages, or are of a day.
func addMine(t testing.TB, cfg world, released string, files ...string) {
	t.Helper()
	out := ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
		return in.Add(t.Context(), "tidy:mine", files, dayOrNone(released))
	})
	for _, o := range out {
		if o.State != review.Added {
			t.Fatalf("%+v", o)
		}
	}
}

// TestWithdrawnReleaseTakesItsFileAlong withdraws one of the releases that a file states:
// the others go too and are named, and a later file that states them once more speaks for them.
func TestWithdrawnReleaseTakesItsFileAlong(t *testing.T) {
	t.Parallel()
	first := history(t, "first.csv", "2023-02-01", "2023-03-01")
	second := history(t, "second.csv", "2023-02-01", "2023-03-01", "2023-04-01")
	only, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
	addMine(t, only, "", second)
	addMine(t, cfg, "", first, second)
	entries, _ := filepath.Glob(filepath.Join(cfg.Data, "out", "lake", "releases", "tidy~mine", "2023-02-01-*.json"))
	if len(entries) != 1 {
		t.Fatalf("the release of February is there %d times", len(entries))
	}
	out := withdraw(t, cfg, "tidy:mine", strings.TrimSuffix(filepath.Base(entries[0]), ".json"), "wrong")
	if len(out[0].Releases) != 2 || !strings.HasPrefix(out[0].Release, "2023-03-01") || len(out) != 3 || out[1].File != "second.csv" {
		t.Errorf("%+v", out)
	}
	same(t, wholeLake(t, cfg), wholeLake(t, only))
	fromRaw(t, cfg)
}

// TestWithdrawnReleaseGivesWayToWhatItDisplaced withdraws a publisher's own file: figures in
// the tidy layout of the same day, which it had displaced, are there again.
func TestWithdrawnReleaseGivesWayToWhatItDisplaced(t *testing.T) {
	t.Parallel()
	only, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
	mustAdd(t, cfg, release(t, "2026-02-20"))
	obs, _, err := lake.Open(filepath.Join(cfg.Data, "out", "lake")).AsOf(boats, 0)
	if err != nil {
		t.Fatal(err)
	}
	o := obs[0]
	tidy := write(t, "tidy.csv", []byte(fmt.Sprintf("# flow: arrival\n# unit: %s\n# obs_status: %s\n# vintage: 2026-02-20\nseries,period_start,value\n%s,%s,%s\n", o.Series.Unit, o.Status, o.Series.ID, o.Period.Start, o.Value)))
	cfg = offline(config(t, t.TempDir()))
	mustAdd(t, only, tidy)
	mustAdd(t, cfg, tidy)
	mustAdd(t, cfg, release(t, "2026-02-20"))
	if there, _ := filepath.Glob(filepath.Join(cfg.Data, "out", "lake", "releases", boats, "*.json")); len(there) != 1 {
		t.Fatalf("nothing was displaced: %v", there)
	}
	out := withdraw(t, cfg, boats, releaseID(t, "2026-02-20"), "wrong")
	if len(out) != 2 || out[1].State != review.Added || out[1].Rows != 1 {
		t.Errorf("%+v", out)
	}
	same(t, wholeLake(t, cfg), wholeLake(t, only))
	fromRaw(t, cfg)
}

// TestWithdrawnRecordsAreMadeWithout withdraws each of several releases of records, and at
// last all: events, cube and quarantine are those of the others.
func TestWithdrawnRecordsAreMadeWithout(t *testing.T) {
	t.Parallel()
	files := nights(t)
	for i := range files {
		want, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
		var id string
		for j, file := range files {
			out := mustAddRecords(t, cfg, borderLayout, "", file)
			if j == i {
				id = out[len(out)-1].Release
				continue
			}
			mustAddRecords(t, want, borderLayout, "", file)
		}
		before := wholeLake(t, cfg)
		withdraw(t, cfg, border, id, "wrong")
		sameRecords(t, want, cfg)
		if out := addRecords(t, cfg, "", "", files[i]); out[0].State != review.Rejected || out[0].Reason != "wrong" {
			t.Errorf("added again: %+v", out)
		}
		sameRecords(t, want, cfg)
		fromRaw(t, cfg)
		o, err := acceptFrom(t, cfg, border, id)
		if err != nil || o.Failed() || o.Release != id {
			t.Errorf("accepted: %+v, %v", o, err)
		}
		same(t, wholeLake(t, cfg), before)
	}
	cfg := offline(config(t, t.TempDir()))
	out := mustAddRecords(t, cfg, borderLayout, "", files[0])
	withdraw(t, cfg, border, out[len(out)-1].Release, "wrong")
	if left := wholeLake(t, cfg); len(left) != 0 {
		t.Errorf("in the lake: %v", left)
	}
	fromRaw(t, cfg)
}

// TestWithdrawnRowsLeaveTheQuarantine withdraws a release with excluded rows.
func TestWithdrawnRowsLeaveTheQuarantine(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	out := mustAddRecords(t, cfg, borderLayout, "", writeRecords(t, "2025-02-20.csv", borderHeader+borderDay("2025-02-20", "a", "b", "c")+"d,no day,,,,1,\n"))
	if out[len(out)-1].Excluded != 1 {
		t.Fatalf("%+v", out)
	}
	withdraw(t, cfg, border, out[len(out)-1].Release, "wrong")
	if left := tree(t, filepath.Join(cfg.Data, "out", "quarantine", "rows"), false); len(left) != 0 {
		t.Errorf("in quarantine: %v", left)
	}
}

// TestWithdrawRefuses asks for what cannot be withdrawn: nothing changes.
func TestWithdrawRefuses(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	mustAdd(t, cfg, release(t, "2026-02-20"))
	mustAddRecords(t, cfg, borderLayout, "", nights(t)[0])
	layouts, _ := filepath.Glob(filepath.Join(cfg.Data, "raw", "tidy-events~border", "layout-*"))
	if len(layouts) != 1 {
		t.Fatal(layouts)
	}
	before := tree(t, cfg.Data, false)
	for _, c := range []struct{ id, release, reason, want string }{
		{"nope", "x", "y", `there is no source "nope"`},
		{boats, releaseID(t, "2026-02-20"), " \n", "--reason TEXT"},
		{boats, releaseID(t, "2026-02-20"), strings.Repeat("x", 1001), "more than 1000 bytes"},
		{boats, releaseID(t, "2026-02-20"), "a\x07b", "are not text"},
		{boats, "2026-02-27-00000000", "y", "the newest are " + releaseID(t, "2026-02-20")},
		{boats, "../" + border, "y", "begins with a dot"},
		{"tidy:none", "x", "y", `no release "x" of tidy:none`},
		{border, filepath.Base(layouts[0]), "y", "is a layout"},
	} {
		in := opened(t, cfg)
		_, err := in.Withdraw(t.Context(), c.id, c.release, c.reason)
		in.Close()
		if !errors.Is(err, registry.ErrUsage) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	same(t, tree(t, cfg.Data, false), before)
}

// TestWithdrawnReleaseBetweenOthers withdraws the second of three releases that each lose a few
// breakdowns, as they may: the third, which has notably fewer than the first, stays.
func TestWithdrawnReleaseBetweenOthers(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	s := &source.Source{ID: "made", Title: "Made", Terms: source.Terms{Publisher: "P"}, Every: 30, Grace: 30, Zone: "Europe/London", Cumulative: true, Place: origin.Place{MaxBytes: 100},
		Date: func(name string, _ []byte) (stat.Date, time.Time) { return source.DateInName(name), time.Time{} },
		Decode: func(f source.File) (r source.Result, err error) {
			n, err := strconv.Atoi(string(f.Data))
			month := stat.MustDate("2023-01-01")
			for i := range n {
				id := stat.SeriesID(fmt.Sprintf("made:arrivals:M:category=c%03d", i))
				r.Observations = append(r.Observations, stat.Observation{Series: &stat.Series{ID: id, Source: "made", Measure: "arrivals", Unit: "persons", Kind: stat.Flow},
					Period: stat.Period{Start: month, End: month.AddDays(30), Precision: stat.PrecisionMonth}, Value: stat.Known(1), Status: stat.Normal, Release: f.Release})
			}
			return r, err
		}}
	cfg.Sources = append(cfg.Sources, s)
	var names []string
	for i, n := range []string{"100", "96", "92"} {
		out := addTo(t, cfg, "made", write(t, fmt.Sprintf("made-2023-0%d-10.csv", i+3), []byte(n)))
		if out[0].State != review.Added {
			t.Fatalf("%+v", out)
		}
		names = append(names, out[0].Release)
	}
	withdraw(t, cfg, "made", names[1], "wrong")
	left, _ := filepath.Glob(filepath.Join(cfg.Data, "out", "lake", "releases", "made", "*.json"))
	if len(left) != 2 {
		t.Errorf("left are %v", left)
	}
	fromRaw(t, cfg)
}
