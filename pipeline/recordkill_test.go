package pipeline_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"crossings/pipeline/ingest"
	"crossings/pipeline/microdata"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// TestInterruptedRecordsGoOn ends runs at many places and looks what is there then, and after the next run.
func TestInterruptedRecordsGoOn(t *testing.T) {
	t.Parallel()
	files := nights(t)
	want := config(t, t.TempDir())
	for _, file := range files {
		mustAddRecords(t, want, borderLayout, "", file)
	}
	for stop := 1; ; stop++ {
		cfg := config(t, t.TempDir())
		mustAddRecords(t, cfg, borderLayout, "", files[0])
		before := tree(t, filepath.Join(cfg.Data, "out", "lake"), false)
		ended := interrupt(t, cfg, stop, func(ctx context.Context, in *ingest.Ingest) ([]review.Outcome, error) {
			return in.Add(ctx, border, files[1:2], 0)
		})
		if ended {
			same(t, tree(t, filepath.Join(cfg.Data, "out", "lake"), false), before)
		}
		for _, file := range files[1:] {
			mustAddRecords(t, cfg, "", "", file)
		}
		sameRecords(t, want, cfg)
		if !ended {
			break
		}
	}
	for stop := 1; ; stop++ {
		cfg := config(t, t.TempDir())
		if err := os.CopyFS(filepath.Join(cfg.Data, "raw"), os.DirFS(filepath.Join(want.Data, "raw"))); err != nil {
			t.Fatal(err)
		}
		ended := interrupt(t, cfg, stop, func(ctx context.Context, in *ingest.Ingest) ([]review.Outcome, error) {
			return in.Run(ctx, []string{border})
		})
		runRecords(t, cfg, border)
		sameRecords(t, want, cfg)
		if !ended {
			break
		}
	}
}

// TestALargeReleaseGoesOnByShards ends runs over a release that counts as large at many places: what was read is kept and
// not read again, and what comes out is what one run makes that keeps nothing.
func TestALargeReleaseGoesOnByShards(t *testing.T) {
	t.Parallel()
	files := nights(t)
	layout := lenient(t, "50") // the nights have bad records on purpose
	want := config(t, t.TempDir())
	reads := func(cfg world) (n int) {
		cfg.Progress = func(p microdata.Progress) {
			if p.Step == "reading" {
				n++
			}
		}
		mustAddRecords(t, cfg, layout, "2025-03-01", files...)
		return n
	}
	reads(want)
	first, fewest := 0, 1<<30
	for stop := 1; ; stop++ {
		cfg := config(t, t.TempDir())
		cfg.ResumeAbove = 1
		ended := interrupt(t, cfg, stop, func(ctx context.Context, in *ingest.Ingest) ([]review.Outcome, error) {
			return in.AddMicrodata(ctx, border, layout, files, stat.MustDate("2025-03-01"))
		})
		n := reads(cfg)
		if stop == 1 {
			first = n
		}
		if ended && n > 0 {
			fewest = min(fewest, n)
		}
		sameRecords(t, want, cfg)
		if left, err := filepath.Glob(filepath.Join(cfg.Data, "out", "cache", "shards", "*")); err != nil || len(left) > 0 {
			t.Errorf("%v %v are still there", left, err)
		}
		if !ended {
			break
		}
	}
	if fewest >= first {
		t.Errorf("after an interruption reading told its progress at least %d times, in a whole run %d: nothing was kept", fewest, first)
	}
}

// interrupt ends a run when it has told its progress so many times. It reports whether it came so far.
func interrupt(t testing.TB, cfg world, stop int, do func(context.Context, *ingest.Ingest) ([]review.Outcome, error)) (ended bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cfg.Progress = func(microdata.Progress) {
		if stop--; stop == 0 {
			cancel()
		}
	}
	in := opened(t, cfg)
	defer in.Close()
	out, err := do(ctx, in)
	for _, o := range out {
		if o.Failed() && !errors.Is(o.Err, context.Canceled) {
			t.Error(o.Err)
		}
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	return stop <= 0
}

// TestARebuildGoesOnAfterAKill leaves what a killed rebuild leaves: the releases that it was through with, and temporary folders.
func TestARebuildGoesOnAfterAKill(t *testing.T) {
	t.Parallel()
	want, files := config(t, t.TempDir()), nights(t)
	for _, file := range files {
		mustAddRecords(t, want, borderLayout, "", file)
	}
	cfg := config(t, t.TempDir())
	for _, file := range []string{files[0], files[1], files[3]} {
		mustAddRecords(t, cfg, borderLayout, "", file)
	}
	tmp := filepath.Join(cfg.Data, "out", "lake", ".tmp-records-tidy-events~border", "events")
	rawTmp := filepath.Join(cfg.Data, "raw", "tidy-events~border", ".tmp-ABC")
	for _, dir := range []string{tmp, rawTmp} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, "half.csv"), []byte("x"), 0o644)
	}
	for stop := 8; stop < 20; stop += 2 { // in the middle of a rebuild
		interrupt(t, cfg, stop, func(ctx context.Context, in *ingest.Ingest) ([]review.Outcome, error) {
			return in.Add(ctx, border, files[2:3], 0)
		})
	}
	mustAddRecords(t, cfg, "", "", files[2])
	sameRecords(t, want, cfg)
	for _, dir := range []string{tmp, rawTmp} {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there", dir)
		}
	}
}

// TestKillRecords kills runs that rebuild the records at random instants. The lake must be complete after each kill, and in
// the end equal to that of an undisturbed run.
func TestKillRecords(t *testing.T) {
	t.Parallel()
	ingest := build(t, "ingest")
	want, cfg := config(t, t.TempDir()), config(t, t.TempDir())
	for _, file := range nights(t) {
		mustAddRecords(t, want, borderLayout, "", file)
	}
	if err := os.CopyFS(filepath.Join(cfg.Data, "raw"), os.DirFS(filepath.Join(want.Data, "raw"))); err != nil {
		t.Fatal(err)
	}
	run := func() *exec.Cmd { return exec.Command(ingest, "run", "--data", cfg.Data, border) }
	start := time.Now()
	if out, err := run().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(start)
	r := rand.New(rand.NewPCG(uint64(start.UnixNano()), 2))
	events := filepath.Join(cfg.Data, "out", "lake", "events", "source=tidy-events~border")
	interrupted := 0
	for i := range 2 * kills(t) {
		switch i % 4 {
		case 0: // all of it is lost
			os.RemoveAll(filepath.Join(cfg.Data, "out"))
		case 2: // the records do not fit the releases
			os.WriteFile(filepath.Join(events, "_releases.json"), []byte("{}"), 0o644)
		}
		cmd := run()
		interrupted += killed(t, cmd, time.Duration(r.Int64N(int64(took))))
		if _, err := os.Lstat(events); err != nil {
			continue
		}
		if bad := engine.Verify(events); bad != nil {
			t.Fatalf("after kill %d: %v", i, bad)
		}
	}
	t.Logf("%d runs interrupted", interrupted)
	if interrupted < kills(t)/5 {
		t.Errorf("only %d runs were interrupted; the test shows little", interrupted)
	}
	if out, err := run().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sameRecords(t, want, cfg)
}
