package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"crossings/pipeline/publish"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

// runJob records a run of a job, with the reason why it failed or "".
func runJob(t *testing.T, cfg world, job, reason string) {
	t.Helper()
	r, err := watch.Begin(cfg.dir().Runs(), job, cfg.Now())
	if err != nil {
		t.Fatal(err)
	}
	status := 0
	if reason != "" {
		status = 1
	}
	if err := r.End(cfg.Now(), status, reason, "1.2.3"); err != nil {
		t.Fatal(err)
	}
}

// jobsConfig is a data folder without sources, with a clock that may be moved.
func jobsConfig(t *testing.T) (cfg world, clock *time.Time) {
	t.Helper()
	cfg, day := config(t, t.TempDir()), now
	cfg.Now, cfg.Sources = func() time.Time { return day }, nil
	if err := os.MkdirAll(filepath.Join(cfg.Data, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	return cfg, &day
}

// TestFailedJobsAreTold lets jobs fail, fall silent and recover. The operator must be notified of each
// change once; a channel that failed gets the message later.
func TestFailedJobsAreTold(t *testing.T) {
	t.Parallel()
	cfg, clock := jobsConfig(t)
	good, weak := &told{name: "good"}, &told{name: "weak"}
	tell := func(wantSubject string, wantTexts ...string) {
		t.Helper()
		good.got = nil
		if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{good, weak}, false); (err != nil) != (weak.broken && wantSubject != "") {
			t.Errorf("%s: error %v", clock, err)
		}
		if wantSubject == "" && len(good.got) == 0 {
			return
		}
		if len(good.got) != 1 || good.got[0].Subject != wantSubject {
			t.Fatalf("%s: told %+v, want %q", clock, good.got, wantSubject)
		}
		for _, text := range wantTexts {
			if !strings.Contains(good.got[0].Text, text) {
				t.Errorf("%s: told\n%s\nwant %q", clock, good.got[0].Text, text)
			}
		}
	}
	tell("") // no job ever ran
	runJob(t, cfg, watch.JobPublish, "")
	tell("")
	*clock = clock.Add(24 * time.Hour)
	runJob(t, cfg, watch.JobPublish, "disk full")
	runJob(t, cfg, watch.JobUpload, "403 Forbidden")
	weak.broken = true
	tell("crossings: 2 jobs need a look", "publish run: failed 2026-06-29 03:00 UTC with status 1: disk full. Last success 2026-06-28 03:00 UTC, edition 1.2.3.\n",
		"publish upload: failed", "It never succeeded.")
	runJob(t, cfg, watch.JobPublish, "disk full again")
	weak.broken = false
	if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{good, weak}, false); err != nil || len(weak.got) != 1 {
		t.Errorf("the channel that was out of order: %v, %v", weak.got, err)
	}
	tell("") // once
	runJob(t, cfg, watch.JobUpload, "")
	tell("crossings: 1 job is well again", "publish upload: well. Last success 2026-06-29 03:00 UTC")
	runJob(t, cfg, watch.JobPublish, "")
	tell("crossings: 1 job is well again", "publish run: well")
	*clock = clock.Add(51 * time.Hour)
	runJob(t, cfg, watch.JobUpload, "")
	tell("crossings: 1 job needs a look", "publish run: no success for more than 50 hours. Last success 2026-06-29 03:00 UTC")
	tell("")
	r, err := watch.Begin(cfg.dir().Runs(), watch.JobVerify, cfg.Now())
	if err != nil || r == nil {
		t.Fatal(err)
	}
	tell("") // under way
	cfg.MaxAge = map[string]time.Duration{}
	tell("crossings: 1 job is well again") // no age is too old
}

// TestAKilledPublishIsTold leaves the record of a killed run: it began, and nothing holds its lock.
func TestAKilledPublishIsTold(t *testing.T) {
	t.Parallel()
	cfg, _ := jobsConfig(t)
	folder := cfg.dir().Runs()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	left := `{"job": "publish run", "started": "2026-06-28T02:50:00Z", "unfinished": true, "status": 0}`
	if err := os.WriteFile(filepath.Join(folder, "publish-run.json"), []byte(left), 0o644); err != nil {
		t.Fatal(err)
	}
	channel := &told{name: "desk"}
	for range 2 {
		if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{channel}, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(channel.got) != 1 || !strings.Contains(channel.got[0].Text, "publish run: began 2026-06-28 02:50 UTC and did not end") {
		t.Errorf("told %+v", channel.got)
	}
	if jobs, err := watch.JobStates(cfg.watch()); err != nil || len(jobs) != 1 || !jobs[0].Alarming() {
		t.Errorf("jobs %+v, %v", jobs, err)
	}
}

// TestJobMetrics reads the metrics of jobs and disk usage with Prometheus' own parser.
func TestJobMetrics(t *testing.T) {
	t.Parallel()
	cfg, _ := jobsConfig(t)
	runJob(t, cfg, watch.JobPublish, "")
	runJob(t, cfg, watch.JobUpload, "403")
	if err := os.MkdirAll(filepath.Join(cfg.Data, "raw", "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cfg.Data, "raw", "a", "file"), make([]byte, 1234), 0o644); err != nil {
		t.Fatal(err)
	}
	jobs, err := watch.JobStates(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	text, err := watch.JobMetrics(cfg.watch(), jobs)
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	value := func(family, label string) (float64, bool) {
		for _, m := range families[family].GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetValue() == label {
					return m.GetGauge().GetValue(), true
				}
			}
		}
		return 0, false
	}
	for _, c := range []struct {
		family, label string
		want          float64
		there         bool
	}{
		{"crossings_job_last_success_timestamp_seconds", watch.JobPublish, float64(now.Unix()), true},
		{"crossings_job_last_success_timestamp_seconds", watch.JobUpload, 0, false}, // never is not 1970
		{"crossings_job_last_start_timestamp_seconds", watch.JobUpload, float64(now.Unix()), true},
		{"crossings_job_last_status", watch.JobUpload, 1, true},
		{"crossings_job_alarm", watch.JobUpload, 1, true},
		{"crossings_job_alarm", watch.JobPublish, 0, true},
		{"crossings_job_data_version_info", "1.2.3", 1, true},
		{"crossings_disk_used_bytes", "raw", 1234, true},
		{"crossings_disk_used_bytes", "out/site", 0, true},
	} {
		if got, there := value(c.family, c.label); got != c.want || there != c.there {
			t.Errorf("%s of %s is %v (%v), want %v (%v)", c.family, c.label, got, there, c.want, c.there)
		}
	}
}

// TestNotesOfRunsMakeNoNewSite checks that the times of runs do not reach the site.
func TestNotesOfRunsMakeNoNewSite(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); err != nil {
		t.Fatal(err)
	}
	runJob(t, cfg, watch.JobPublish, "")
	runJob(t, cfg, watch.JobVerify, "one file is damaged")
	if p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); err != nil || !p.Unchanged {
		t.Errorf("published again: %+v, %v", p, err)
	}
}
