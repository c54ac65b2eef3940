package schedule

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"testing/synctest"
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
		"0 * * * *":        "2026-11-23T04:00:00Z", // one more or less than 24 is intended
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
		{"30 1 * * *", "Europe/London"}, {"5 4 * * *", "Australia/Lord_Howe"}, // the library does not handle half an hour of daylight saving
		{"30 1 * * 0", "Europe/London"}, {"*/30 1 * * *", "Europe/London"}, {"0 1-5 * * *", "Europe/London"}, {"0 0 * * *", "Asia/Beirut"},
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
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		runs := 0
		Run(ctx, []Job{{Name: "bad", Schedule: every(time.Hour), Do: func(context.Context) (bool, error) {
			if runs++; runs == 4 {
				cancel()
			}
			panic("broken")
		}}}, quiet)
		if runs != 4 {
			t.Errorf("%d runs, want the first at once and more after each panic", runs)
		}
	})
}

func TestRunNeverOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		running, runs := 0, 0
		Run(ctx, []Job{{Name: "slow", Schedule: every(time.Minute), Do: func(context.Context) (bool, error) {
			if running++; running > 1 {
				t.Errorf("%d at once", running)
			}
			time.Sleep(150 * time.Second)
			running--
			if runs++; runs == 3 {
				cancel()
			}
			return true, errors.New("logged")
		}}}, quiet)
	})
}

func TestRunDoesNothingOnceEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	Run(ctx, []Job{{Name: "x", Schedule: every(time.Hour), Do: func(context.Context) (bool, error) {
		t.Error("ran")
		return true, nil
	}}}, quiet)
}

// TestRunAsksAgainUntilItIsThere looks for a release at 09:40 and then every ten minutes for an
// hour, until it is there but no longer. A program started within that hour continues.
func TestRunAsksAgainUntilItIsThere(t *testing.T) {
	for name, c := range map[string]struct {
		start    string // after midnight, 1 January 2000
		there    string // when the release appears
		from, to string // first and last attempt on that day
		n        int
	}{
		"there at once":     {"1h", "2h", "09:40", "09:40", 1},
		"there at last":     {"1h", "10h5m", "09:40", "10:10", 4},
		"not there":         {"1h", "48h", "09:40", "10:30", 6},
		"started in it":     {"9h55m", "10h12m", "09:55", "10:15", 3},
		"started after it":  {"11h", "48h", "11:00", "11:00", 1},
		"there when begun":  {"9h50m", "2h", "09:50", "09:50", 1},
		"begun at the time": {"9h40m", "10h", "09:40", "10:00", 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				midnight := time.Now().UTC()
				span := func(text string) time.Duration {
					d, err := time.ParseDuration(text)
					if err != nil {
						t.Fatal(err)
					}
					return d
				}
				time.Sleep(span(c.start))
				when, err := Parse("40 9 * * *", "UTC", time.Now())
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithDeadline(t.Context(), midnight.Add(24*time.Hour))
				defer cancel()
				var at []string
				Run(ctx, []Job{{Name: "x", Schedule: when, Again: 10 * time.Minute, For: time.Hour, Do: func(context.Context) (bool, error) {
					if now := time.Now(); now.Sub(midnight) >= 9*time.Hour+40*time.Minute {
						at = append(at, now.UTC().Format("15:04"))
					}
					return time.Since(midnight) >= span(c.there), nil
				}}}, quiet)
				if len(at) != c.n || at[0] != c.from || at[len(at)-1] != c.to {
					t.Errorf("asked at %v, want %d times from %s to %s", at, c.n, c.from, c.to)
				}
			})
		})
	}
}

// TestTenYearsOfNights runs a nightly job in zones that change their clocks at different hours,
// through leap days and New Years. It must run once on every civil day.
func TestTenYearsOfNights(t *testing.T) {
	for zone, expr := range map[string]string{"Europe/London": "40 9 * * *", "America/New_York": "30 23 * * *", "Pacific/Auckland": "5 4 * * *", "UTC": "0 0 * * *"} {
		t.Run(zone, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				when, err := Parse(expr, zone, time.Now())
				if err != nil {
					t.Fatal(err)
				}
				loc, err := time.LoadLocation(zone)
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now().In(loc)
				ctx, cancel := context.WithDeadline(t.Context(), start.AddDate(10, 0, 0))
				defer cancel()
				nights := map[string]int{}
				first := true
				Run(ctx, []Job{{Name: "x", Schedule: when, Delay: 2 * time.Minute, Do: func(context.Context) (bool, error) {
					if !first { // the run at the start catches up
						nights[time.Now().In(loc).Format(time.DateOnly)]++
					}
					first = false
					return true, nil
				}}}, quiet)
				for day := start.AddDate(0, 0, 1); day.Before(start.AddDate(10, 0, -1)); day = day.AddDate(0, 0, 1) {
					if n := nights[day.Format(time.DateOnly)]; n != 1 {
						t.Errorf("%s: %d runs", day.Format(time.DateOnly), n)
					}
				}
				if len(nights) < 3650 {
					t.Errorf("%d nights", len(nights))
				}
			})
		})
	}
}
