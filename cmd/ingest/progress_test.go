package main

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/microdata"
)

// clock is a clock set by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// told returns what a run of four minutes writes that reports progress ten times a second.
func told(terminal bool) string {
	var b strings.Builder
	c := &clock{time.Unix(0, 0)}
	p := &progressLine{w: &b, now: c.now, terminal: terminal}
	const ticks = 2400
	for i := range ticks {
		p.show(microdata.Progress{Source: "tidy-events:border", Step: "reading", Done: int64(i) * 1e7, Total: ticks * 1e7, Rows: int64(i) * 1000, Rejects: int64(i)})
		c.at = c.at.Add(100 * time.Millisecond)
	}
	p.show(microdata.Progress{Source: "tidy-events:border", Step: "writing", Done: 1, Total: 12, Rows: 5, Rejects: 2})
	p.clear()
	return b.String()
}

func TestProgressIsALineAMinuteWithoutATerminal(t *testing.T) {
	got := strings.Split(strings.TrimSuffix(told(false), "\n"), "\n")
	want := []string{
		"tidy-events:border: reading 25 %, 100 MB/s, 600000 rows, 600 rejected, 3m0s left",
		"tidy-events:border: reading 50 %, 100 MB/s, 1200000 rows, 1200 rejected, 2m0s left",
		"tidy-events:border: reading 75 %, 100 MB/s, 1800000 rows, 1800 rejected, 1m0s left",
		"tidy-events:border: writing 8 %, 1 of 12 months, 5 rows, 2 rejected",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestProgressIsOneLineOnATerminal(t *testing.T) {
	got := told(true)
	if strings.Contains(got, "\n") || !strings.HasSuffix(got, "\r\x1b[K") || !strings.Contains(got, "\r\x1b[Ktidy-events:border: reading 50 %, 100 MB/s, ") {
		t.Errorf("got %.300q", got)
	}
	if n := strings.Count(got, "\r"); n < 1000 || n > 1300 {
		t.Errorf("drawn %d times in four minutes", n)
	}
}

func TestLogLinesDoNotContinueTheProgressLine(t *testing.T) {
	var b strings.Builder
	c := &clock{time.Unix(0, 0)}
	p := &progressLine{w: &b, now: c.now, terminal: true}
	log := slog.New(lineLog{slog.NewTextHandler(&b, nil), p})
	p.show(microdata.Progress{Source: "tidy-events:border", Step: "writing", Total: 12})
	c.at = c.at.Add(time.Second)
	p.show(microdata.Progress{Source: "tidy-events:border", Step: "writing", Done: 11, Total: 12})
	log.Info("ingested")
	if _, line, _ := strings.Cut(b.String(), "0s left"); !strings.HasPrefix(line, "\r\x1b[Ktime=") {
		t.Errorf("%q", b.String())
	}
}
