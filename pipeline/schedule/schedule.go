// Package schedule runs jobs by cron expressions, guarded against what the cron
// library lets through.
//
//  1. Parse takes five fields and a time zone. It refuses descriptors, zones
//     inside the expression, expressions that never fire, and a daily time that
//     daylight saving would skip or repeat.
//  2. Run starts every job once, to catch up after downtime, and then by its
//     schedule, until its context ends. A job never overlaps itself; a panic in
//     one is logged and ends neither the process nor the job's next runs.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// ErrSchedule is in every error about an expression that cannot be used.
var ErrSchedule = errors.New("bad schedule")

// horizon is how far ahead a schedule is tried: two changes to and from
// daylight saving, and a leap day.
const horizon = 5 * 366 * 24 * time.Hour

// Schedule is a cron expression in the time zone that it is meant in.
type Schedule struct {
	cron.Schedule
	zone *time.Location
}

// Next returns when the schedule fires first after t.
func (s Schedule) Next(t time.Time) time.Time { return s.Schedule.Next(t.In(s.zone)) }

// Parse reads a cron expression of five fields in the time zone with an IANA
// name. from is the moment from which it is tried out.
func Parse(expr, zone string, from time.Time) (s Schedule, err error) {
	fail := func(why string, args ...any) (Schedule, error) {
		return Schedule{}, fmt.Errorf("%w %q: %s", ErrSchedule, expr, fmt.Sprintf(why, args...))
	}
	// The library panics on some expressions that name a zone and accepts
	// "@every 0s"; five plain fields are all that is wanted here.
	if len(strings.Fields(expr)) != 5 || strings.Contains(expr, "=") || strings.Contains(expr, "@") {
		return fail("want five fields: minute, hour, day of month, month, day of week")
	}
	defer func() {
		if p := recover(); p != nil {
			s, err = fail("%v", p)
		}
	}()
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return fail("there is no time zone %q", zone)
	}
	parsed, err := cron.ParseStandard(expr)
	if err != nil {
		return fail("%v", err)
	}
	s = Schedule{parsed, loc}
	if s.Next(from).IsZero() {
		return fail("it never fires")
	}
	if day, n := s.uneven(from); n != 1 {
		return fail("it fires %d times on %s, when the clocks change; choose another time", n, day.Format(time.DateOnly))
	}
	return s, nil
}

// uneven looks for a day on which a schedule that fires once a day fires another
// number of times; 1 means that there is none, or that it is no daily schedule.
func (s Schedule) uneven(from time.Time) (day time.Time, n int) {
	first := s.Next(from)
	second := s.Next(first)
	if gap := second.Sub(first); gap < 22*time.Hour || gap > 26*time.Hour {
		return day, 1
	}
	last := first
	for t := second; t.Before(from.Add(horizon)); t = s.Next(t) {
		y, m, d := last.Date()
		switch t.Format(time.DateOnly) {
		case last.Format(time.DateOnly):
			return t, 2
		case time.Date(y, m, d+1, 12, 0, 0, 0, s.zone).Format(time.DateOnly):
		default:
			if t.Sub(last) < 50*time.Hour { // one day left out; a longer gap is meant so
				return time.Date(y, m, d+1, 12, 0, 0, 0, s.zone), 0
			}
		}
		last = t
	}
	return day, 1
}

// Job is something to do by a schedule.
type Job struct {
	Name     string
	Schedule cron.Schedule
	Do       func(context.Context) error
}

// Run runs each job once, in order, and then by its schedule, until ctx ends;
// it then waits for the jobs that are running. An error or panic of a job is
// logged.
func Run(ctx context.Context, jobs []Job, log *slog.Logger) {
	logger := cronLogger{log}
	c := cron.New(cron.WithLogger(logger))
	// Skip is outermost: with Recover outside it, a job that panicked once would
	// count as running for ever.
	chain := cron.NewChain(cron.SkipIfStillRunning(logger), cron.Recover(logger))
	for _, j := range jobs {
		job := chain.Then(cron.FuncJob(func() {
			if ctx.Err() != nil {
				return
			}
			if err := j.Do(ctx); err != nil {
				log.Error("job ended with an error", "job", j.Name, "error", err)
			}
		}))
		job.Run()
		c.Schedule(j.Schedule, job)
	}
	if ctx.Err() != nil {
		return
	}
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
}

// cronLogger writes the library's messages to slog; its routine ones are for
// debugging alone.
type cronLogger struct{ log *slog.Logger }

func (l cronLogger) Info(msg string, args ...any) { l.log.Debug(msg, args...) }
func (l cronLogger) Error(err error, msg string, args ...any) {
	l.log.Error(msg, append(args, "error", err)...)
}
