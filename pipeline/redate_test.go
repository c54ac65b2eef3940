package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// redate corrects the date of a release, and returns what became of files.
func redate(t testing.TB, cfg world, id, release, day string) ([]review.Outcome, error) {
	t.Helper()
	in := opened(t, cfg)
	defer in.Close()
	return in.Redate(context.Background(), id, release, stat.MustDate(day))
}

// mustRedate corrects the date of a release that can have it, and returns its name.
func mustRedate(t testing.TB, cfg world, id, release, day string) string {
	t.Helper()
	out, err := redate(t, cfg, id, release, day)
	if err != nil || out[0].Failed() || out[0].State != review.Redated {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, o := range out {
		if o.Failed() {
			t.Error(o.Err)
		}
	}
	return out[0].Release
}

// mine returns the names of the releases of tidy:mine that are in the lake.
func mine(t testing.TB, cfg world) (names []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(cfg.Data, "out", "lake", "releases", "tidy~mine", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(p), ".json"))
	}
	return names
}

// TestRedatedReleaseIsAsIfItHadComeSo dates a release wrongly and then rightly: the lake is
// that of one dated rightly, the bytes are known under either date, and going back is the
// same again. A second time nothing happens.
func TestRedatedReleaseIsAsIfItHadComeSo(t *testing.T) {
	t.Parallel()
	first, second := tidyFile(t, "first.csv", "P", "1"), tidyFile(t, "second.csv", "P", "2")
	want, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
	addMine(t, want, "2023-02-10", first)
	addMine(t, want, "2023-03-10", second)
	addMine(t, cfg, "2023-02-10", first)
	addMine(t, cfg, "2023-02-09", second)
	before := wholeLake(t, cfg)
	wrong := mine(t, cfg)[0]
	var right string
	for range 2 {
		right = mustRedate(t, cfg, "tidy:mine", wrong, "2023-03-10")
		if right != "2023-03-10"+wrong[10:] {
			t.Errorf("%s is %s now", wrong, right)
		}
		same(t, wholeLake(t, cfg), wholeLake(t, want))
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, "raw", "tidy~mine", wrong)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old folder: %v", err)
	}
	sidecar, err := os.ReadFile(filepath.Join(cfg.Data, "raw", "tidy~mine", right, "second.csv.meta.json"))
	if err != nil || !strings.Contains(string(sidecar), `"released": "2023-02-09"`) || !strings.Contains(string(sidecar), `"released": "2023-03-10"`) {
		t.Errorf("the sidecar forgot a date: %s, %v", sidecar, err)
	}
	fromRaw(t, cfg)
	for _, day := range []string{"2023-02-09", "2023-03-10"} {
		in := opened(t, cfg)
		out, err := in.Add(t.Context(), "tidy:mine", []string{second}, stat.MustDate(day))
		in.Close()
		if err != nil || out[0].State != review.Known || out[0].Release != right {
			t.Errorf("added again as of %s: %+v, %v", day, out, err)
		}
	}
	if back := mustRedate(t, cfg, "tidy:mine", right, "2023-02-09"); back != wrong {
		t.Errorf("back is %s, not %s", back, wrong)
	}
	same(t, wholeLake(t, cfg), before)
	fromRaw(t, cfg)
}

// TestRedatedRecords gives a release of records another place among others.
func TestRedatedRecords(t *testing.T) {
	t.Parallel()
	files := nights(t)[:3]
	want, cfg := offline(config(t, t.TempDir())), offline(config(t, t.TempDir()))
	days := []string{"2025-02-20", "2025-02-24", "2025-02-22"}
	var id string
	for i, file := range files {
		out := mustAddRecords(t, cfg, borderLayout, "", file)
		if i == 1 {
			id = out[len(out)-1].Release
		}
		mustAddRecords(t, want, borderLayout, days[i], file)
	}
	mustRedate(t, cfg, border, id, days[1])
	sameRecords(t, want, cfg)
	fromRaw(t, cfg)
}

// TestRedateRefuses asks for dates that cannot be: nothing changes.
func TestRedateRefuses(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	mustAdd(t, cfg, release(t, "2026-02-20"), release(t, "2026-02-27"))
	addMine(t, cfg, "", history(t, "history.csv", "2023-02-01", "2023-03-01"), history(t, "one.csv", "2023-05-01"))
	feb := releaseID(t, "2026-02-20")
	var one, file string
	for _, id := range mine(t, cfg) {
		if strings.HasPrefix(id, "2023-05-01") {
			one = id
		}
		if strings.HasPrefix(id, "2023-03-01") {
			file = id
		}
	}
	mustWithdraw := history(t, "gone.csv", "2023-06-01")
	addMine(t, cfg, "", mustWithdraw)
	gone := mine(t, cfg)[len(mine(t, cfg))-1]
	withdraw(t, cfg, "tidy:mine", gone, "wrong")
	before := tree(t, cfg.Data, false)
	for _, c := range []struct {
		id, release, day, want string
		is                     error
	}{
		{"nope", "x", "2026-02-27", `there is no source "nope"`, registry.ErrUsage},
		{boats, "2026-02-27-00000000", "2026-02-27", "there is no release", registry.ErrUsage},
		{boats, feb, "2026-02-20", "already has the date 2026-02-20", registry.ErrUsage},
		{boats, feb, "2026-06-29", "2026-06-2", nil}, // retrieved on 28 June
		{boats, feb, "2026-03-06", "", check.ErrShrunk},
		{"tidy:mine", one, "2023-05-02", "the file itself states the day", ingest.ErrDated},
		{"tidy:mine", file, "2023-05-02", "2 releases", ingest.ErrDated},
		{"tidy:mine", gone, "2023-05-02", "was withdrawn or rejected", registry.ErrUsage},
	} {
		out, err := redate(t, cfg, c.id, c.release, c.day)
		if err == nil {
			err = out[0].Err
		}
		if err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	same(t, tree(t, cfg.Data, false), before)
}

// TestRedatedFileIsKnownWhenFetched serves a file whose release was redated, night after
// night: it is not dated wrongly again.
func TestRedatedFileIsKnownWhenFetched(t *testing.T) {
	t.Parallel()
	p, cfg, first := fetched(t)
	right := mustRedate(t, cfg, boats, first.Release, "2026-06-27")
	before := wholeLake(t, cfg)
	for _, name := range []string{newest, "pub20260627_data_small_boats_time_series.ods"} {
		p.serve(t, release(t, "2026-06-26"), name)
		if again := run(t, cfg); again.Failed() || again.State != review.Known && again.State != review.Unchanged || again.Release != right {
			t.Errorf("%+v", again)
		}
	}
	same(t, wholeLake(t, cfg), before)
}

// TestWhatWasServedAgainIsTakenBackApart states a figure, another, and the first again. Each of
// the three can be withdrawn and accepted apart from the others; the third has no other date.
func TestWhatWasServedAgainIsTakenBackApart(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	first, second := tidyFile(t, "first.csv", "P", "1"), tidyFile(t, "second.csv", "P", "2")
	addMine(t, cfg, "2023-02-10", first)
	addMine(t, cfg, "2023-03-10", second)
	addMine(t, cfg, "2023-04-10", first)
	before := wholeLake(t, cfg)
	names := mine(t, cfg)
	if len(names) != 3 {
		t.Fatalf("releases %v", names)
	}
	for i, name := range names {
		if out, err := redate(t, cfg, "tidy:mine", names[2], "2023-04-11"); err != nil || !errors.Is(out[0].Err, registry.ErrUsage) || !strings.Contains(out[0].Error, "is a reissue") {
			t.Errorf("%+v, %v", out, err)
		}
		withdraw(t, cfg, "tidy:mine", name, "wrong")
		left := append(append([]string{}, names[:i]...), names[i+1:]...)
		if got := mine(t, cfg); strings.Join(got, " ") != strings.Join(left, " ") {
			t.Errorf("without %s: %v", name, got)
		}
		fromRaw(t, cfg)
		if o, err := acceptFrom(t, cfg, "tidy:mine", name); err != nil || o.Failed() {
			t.Errorf("%+v, %v", o, err)
		}
		same(t, wholeLake(t, cfg), before)
		fromRaw(t, cfg)
	}
}
