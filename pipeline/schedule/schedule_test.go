package schedule

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"
)

var (
	from  = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	quiet = slog.New(slog.NewTextHandler(io.Discard, nil))
)

func TestParseAccepts(t *testing.T) {
	for expr, want := range map[string]string{
		"40 9 * * *":       "2026-11-23T09:40:00Z",
		"30 9 * * 5":       "2026-11-27T09:30:00Z",
		"*/15 9-12 * * 5":  "2026-11-27T09:00:00Z",
		"0 0 29 2 *":       "2028-02-29T00:00:00Z",
		"30 1 * * 1-5":     "2026-11-24T01:30:00Z", // the clocks change on Sundays
		"0 12 1 1,4,7 *":   "2027-01-01T12:00:00Z",
		"59 23 31 12 *":    "2026-12-31T23:59:00Z",
		"0 4 * * MON,TUE":  "2026-11-23T04:00:00Z",
		"0 6 * * *":        "2026-11-23T06:00:00Z",
		"15 3 1-7 * *":     "2026-12-01T03:15:00Z",
		"5 0 * 1-12 *":     "2026-11-24T00:05:00Z",
		"*/10 * * * *":     "2026-11-23T03:10:00Z",
		"0 0,12 * * *":     "2026-11-23T12:00:00Z",
		"45 23 * * *":      "2026-11-23T23:45:00Z",
		"30 22 * 11 *":     "2026-11-23T22:30:00Z",
		"1 2 3 4 *":        "2027-04-03T01:01:00Z",
		"0 9 * * 0":        "2026-11-29T09:00:00Z",
		"0 9 */2 * *":      "2026-11-23T09:00:00Z",
		"20-30/5 10 * * *": "2026-11-23T10:20:00Z",
	} {
		s, err := Parse(expr, "Europe/London", from)
		if err != nil {
			t.Errorf("%q: %v", expr, err)
		} else if got := s.Next(from).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%q: next %s, want %s", expr, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ expr, zone string }{
		{"", "UTC"}, {"* * * *", "UTC"}, {"* * * * * *", "UTC"}, {"TZ=", "UTC"}, {"TZ=0 0 0 * *", "UTC"},
		{"CRON_TZ=Europe/London", "UTC"}, {"CRON_TZ=Europe/London * * * * *", "UTC"}, {"@every 0s", "UTC"}, {"@daily", "UTC"},
		{"0 0 31 2 *", "UTC"}, {"61 0 * * *", "UTC"}, {"0 0 * * *", "Nowhere/City"}, {"0 0 * * *", ""}, {"0 0 * * *", "Local"},
		{"30 1 * * *", "Europe/London"}, {"0 0 * * *", "Asia/Beirut"},
	} {
		if _, err := Parse(c.expr, c.zone, from); !errors.Is(err, ErrSchedule) {
			t.Errorf("%q in %q: error %v", c.expr, c.zone, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("40 9 * * *", "Europe/London")
	f.Add("TZ=0", "UTC")
	f.Fuzz(func(t *testing.T, expr, zone string) {
		if s, err := Parse(expr, zone, from); err == nil && !s.Next(from).After(from) {
			t.Errorf("%q in %q does not advance", expr, zone)
		}
	})
}

// every fires after each pause.
type every time.Duration

func (e every) Next(t time.Time) time.Time { return t.Add(time.Duration(e)) }

func TestRunCatchesUpAndOutlivesPanics(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var runs atomic.Int32
	Run(ctx, []Job{{Name: "bad", Schedule: every(time.Millisecond), Do: func(context.Context) error {
		if runs.Add(1) == 4 {
			cancel()
		}
		panic("broken")
	}}}, quiet)
	if got := runs.Load(); got < 4 {
		t.Errorf("%d runs, want the first at once and more after each panic", got)
	}
}

func TestRunNeverOverlaps(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var running, most, runs atomic.Int32
	Run(ctx, []Job{{Name: "slow", Schedule: every(time.Millisecond), Do: func(context.Context) error {
		most.Store(max(most.Load(), running.Add(1)))
		time.Sleep(20 * time.Millisecond)
		running.Add(-1)
		if runs.Add(1) == 3 {
			cancel()
		}
		return errors.New("logged")
	}}}, quiet)
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

func TestRunDoesNothingOnceEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	Run(ctx, []Job{{Name: "x", Schedule: every(time.Hour), Do: func(context.Context) error {
		t.Error("ran")
		return nil
	}}}, quiet)
}
