package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/ingest"
	"crossings/pipeline/microdata"
)

// How often progress is shown: drawEvery on a terminal, where one line is redrawn, and
// lineEvery elsewhere, where each report is a new line.
const (
	drawEvery = 200 * time.Millisecond
	lineEvery = time.Minute
)

// progressLine shows the progress of a run.
type progressLine struct {
	mu       sync.Mutex
	w        io.Writer
	now      func() time.Time
	terminal bool
	what     string    // the source and step in progress
	started  time.Time // when the step began
	shown    time.Time // when progress was last shown
	drawn    bool      // the terminal shows a line without a line end
}

// showProgress makes a run show its progress on stderr, unless --quiet is set. The caller
// calls end when the run has ended.
func showProgress(app *cli.App, cfg *ingest.Options) (end func()) {
	if app.Quiet {
		return func() {}
	}
	f, ok := app.Stderr.(*os.File)
	p := &progressLine{w: app.Stderr, now: app.Now, terminal: ok && term.IsTerminal(int(f.Fd()))}
	cfg.Progress, cfg.Log = p.show, slog.New(lineLog{cfg.Log.Handler(), p})
	return p.clear
}

// lineLog clears the progress line before each line of the log, which would otherwise
// continue it.
type lineLog struct {
	slog.Handler
	line *progressLine
}

// Handle clears the progress line and writes a line of the log.
func (l lineLog) Handle(ctx context.Context, r slog.Record) error {
	l.line.clear()
	return l.Handler.Handle(ctx, r)
}

// show shows the progress if enough time has passed since it was last shown.
func (p *progressLine) show(x microdata.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if what := x.Source + " " + x.Step; what != p.what {
		p.what, p.started = what, now
		if p.shown.IsZero() {
			p.shown = now
		}
	}
	every := lineEvery
	if p.terminal {
		every = drawEvery
	}
	if now.Sub(p.shown) < every {
		return
	}
	p.shown = now
	text := progressText(x, now.Sub(p.started))
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", text)
		p.drawn = true
		return
	}
	fmt.Fprintln(p.w, text)
}

// clear removes the progress line from the terminal.
func (p *progressLine) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

// progressText describes a step that began some time ago, such as "tidy-events:border:
// reading 62 %, 430 MB/s, 4100000 rows, 1204 rejected, 3s left".
func progressText(x microdata.Progress, took time.Duration) string {
	text := x.Source + ": " + x.Step
	if x.Total > 0 {
		text += fmt.Sprintf(" %d %%", 100*x.Done/x.Total)
	}
	seconds := took.Seconds()
	if x.Step == "writing" {
		text += fmt.Sprintf(", %d of %d months", x.Done, x.Total)
	} else if seconds > 0 {
		text += fmt.Sprintf(", %.0f MB/s", float64(x.Done)/seconds/1e6)
	}
	if x.Rows > 0 {
		text += fmt.Sprintf(", %d rows, %d rejected", x.Rows, x.Rejects)
	}
	if x.Done > 0 && x.Done < x.Total && seconds > 0 {
		left := time.Duration(seconds * float64(x.Total-x.Done) / float64(x.Done) * float64(time.Second))
		text += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return text
}
