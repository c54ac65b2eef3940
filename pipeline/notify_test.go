package pipeline_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

// told is a channel that remembers its messages.
type told struct {
	name   string
	broken bool
	got    []notify.Message
}

func (c *told) Name() string { return c.name }

func (c *told) Send(_ context.Context, m notify.Message) error {
	if c.broken {
		return errors.New("no answer")
	}
	c.got = append(c.got, m)
	return nil
}

// TestNotify runs a month of nights. Each change of state must be reported once, in one message; a channel
// that failed gets it later. A night without an answer and a retired source must not be reported.
func TestNotify(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	day := now
	cfg.Now = func() time.Time { return day }
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats), sourceOf(t, cfg, "ukho-small-boats-day")}
	addTo(t, cfg, "ukho-small-boats-day", sourcetest.Fixture(t, "ukho-small-boats-day", "2022-05-25.html"))
	good, weak := &told{name: "good"}, &told{name: "weak"}
	tell := func(wantSubject, wantText string) {
		t.Helper()
		good.got = nil
		_, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{good, weak}, false)
		if (err != nil) != (weak.broken && wantSubject != "") {
			t.Errorf("%s: error %v", day.Format(time.DateOnly), err)
		}
		if wantSubject == "" && len(good.got) > 0 || wantSubject != "" && (len(good.got) != 1 || good.got[0].Subject != wantSubject || !strings.Contains(good.got[0].Text, wantText)) {
			t.Errorf("%s: told %+v, want %q with %q", day.Format(time.DateOnly), good.got, wantSubject, wantText)
		}
	}
	another, recovered := "crossings: 1 source has come into another state", "crossings: 1 source has recovered"
	next := func() { day = day.AddDate(0, 0, 1) }

	p.serve(t, release(t, "2026-06-26"), newest)
	night(t, cfg)
	tell("", "") // all is well, one source is retired
	next()
	p.status = http.StatusInternalServerError
	night(t, cfg)
	tell("", "") // one night without an answer
	next()
	night(t, cfg)
	tell("", "")
	next()
	night(t, cfg)
	tell(another, "unreachable, before: current. Last release 2026-06-26, figures up to 2026-06-25")
	tell("", "") // told once
	next()
	p.status = http.StatusGone
	night(t, cfg)
	weak.broken = true
	dry, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{good}, true)
	if err != nil || len(dry) != 1 {
		t.Errorf("dry: %+v, %v", dry, err)
	}
	tell(another, "moved, before: unreachable")
	next()
	weak.broken, weak.got = false, nil
	night(t, cfg)
	tell("", "")
	if len(weak.got) != 1 || weak.got[0].Changes[0].Now != "moved" {
		t.Errorf("the channel that was out of order was told %+v", weak.got)
	}
	p.status = 0
	night(t, cfg)
	tell(recovered, "current, before: moved")
	day = day.AddDate(0, 0, 12)
	tell(another, "late, before: current")
}

// TestMetrics reads the metrics with Prometheus' own parser.
func TestMetrics(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-26"))
	table, _, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	text, err := watch.Metrics(table, nil)
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(string(text)))
	if err != nil || len(families) != 7 {
		t.Fatalf("%d families, %v", len(families), err)
	}
	is := 0
	for _, m := range families["crossings_source_state"].Metric {
		if m.GetLabel()[0].GetValue() == boats && m.Gauge.GetValue() == 1 {
			is++
			if m.GetLabel()[1].GetValue() != "current" {
				t.Errorf("state %s", m.GetLabel()[1].GetValue())
			}
		}
	}
	if is != 1 {
		t.Errorf("%d states at once", is)
	}
	release := families["crossings_source_last_release_timestamp_seconds"].Metric
	if len(release) != 1 || int64(release[0].Gauge.GetValue()) != time.Date(2026, 6, 26, 0, 0, 0, 0, time.UTC).Unix() {
		t.Errorf("last releases %v", release)
	}
}
