// Package schedule runs jobs by cron expressions, guarded against what the cron
// library lets through.
//
//  1. Parse takes five fields and a time zone. It refuses descriptors, zones
//     inside the expression, expressions that never fire, and times that
//     daylight saving would skip or repeat.
//  2. Run starts every job once, to catch up after downtime, and then by its
//     schedule, until its context ends. A job that has not found what is due is done
//     again after a pause, for as long as it says. It never overlaps itself; a panic
//     in one is logged and ends neither the process nor the job's next runs.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
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
	if day, n, want := s.uneven(from); n != want {
		return fail("it fires %d times on %s, when the clocks change, and %d times on other such days; choose another time", n, day.Format(time.DateOnly), want)
	}
	return s, nil
}

// often is from how many times a day on a schedule may fire more or less where a day
// has 23 or 25 hours.
const often = 24

// uneven looks for a day on which the clocks change and the schedule fires n times,
// where it would fire want times if they did not.
func (s Schedule) uneven(from time.Time) (day time.Time, n, want int) {
	y, m, d := from.In(s.zone).Date()
	for i := range int(horizon / (24 * time.Hour)) {
		start, end := time.Date(y, m, d+i, 0, 0, 0, 0, s.zone), time.Date(y, m, d+i+1, 0, 0, 0, 0, s.zone)
		_, before := start.Add(-time.Second).Zone() // the clocks may change at midnight
		if _, after := end.Zone(); before == after {
			continue
		}
		plain := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		want = s.count(plain, plain.AddDate(0, 0, 1))
		if n = s.count(start, end); n != want && want < often {
			return start, n, want
		}
	}
	return day, 0, 0
}

// count returns how often the schedule fires from start to end, by the clock of start.
func (s Schedule) count(start, end time.Time) (n int) {
	for t := s.Schedule.Next(start.Add(-time.Nanosecond)); t.Before(end) && !t.IsZero() && n < often; t = s.Schedule.Next(t) {
		n++
	}
	return n
}

// Job is something to do by a schedule.
type Job struct {
	Name     string
	Schedule cron.Schedule
	// Do does it once and reports whether what was due is done.
	Do func(context.Context) (done bool, err error)
	// Again is the pause after which it is done again where it was not done, and For
	// how long after a firing that goes on; 0 means that it waits for the next one.
	Again, For time.Duration
	// Delay is the longest pause before a firing, of a length by chance, so that not
	// everybody who runs this program asks at the same second.
	Delay time.Duration
}

// Run runs each job once, in order, and then by its schedule, until ctx ends;
// it then waits for the jobs that are running. An error or panic of a job is
// logged, and is not done.
func Run(ctx context.Context, jobs []Job, log *slog.Logger) {
	logger := cronLogger{log}
	c := cron.New(cron.WithLogger(logger))
	recovered := cron.NewChain(cron.Recover(logger))
	var started sync.WaitGroup
	defer started.Wait()
	for _, j := range jobs {
		r := &runner{Job: j, log: log}
		done := false
		recovered.Then(cron.FuncJob(func() { done = r.do(ctx) })).Run()
		// Started inside the time in which it would be done again, it goes on with that.
		now := time.Now()
		if fired := j.Schedule.Next(now.Add(-j.For)); !done && j.For > 0 && !fired.After(now) {
			again := recovered.Then(cron.FuncJob(func() { r.poll(ctx, j.Again, fired.Add(j.For)) }))
			started.Go(again.Run)
		}
		c.Schedule(j.Schedule, recovered.Then(cron.FuncJob(func() {
			r.poll(ctx, rand.N(j.Delay+1), time.Now().Add(j.For))
		})))
	}
	if ctx.Err() != nil {
		return
	}
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
}

// runner does one job, and never twice at a time.
type runner struct {
	Job
	log  *slog.Logger
	busy sync.Mutex
}

// poll waits and does the job, and again until it is done or the instant until has
// come. Where it is being done already it does nothing.
func (r *runner) poll(ctx context.Context, delay time.Duration, until time.Time) {
	if !r.busy.TryLock() {
		r.log.Debug("job is running still", "job", r.Name)
		return
	}
	defer r.busy.Unlock()
	for pause(ctx, delay) && !r.do(ctx) && r.Again > 0 && time.Now().Add(r.Again).Before(until) {
		delay = r.Again
	}
}

// do does the job once, unless ctx has ended.
func (r *runner) do(ctx context.Context) (done bool) {
	if ctx.Err() != nil {
		return true
	}
	done, err := r.Do(ctx)
	if err != nil {
		r.log.Error("job ended with an error", "job", r.Name, "error", err)
	}
	return done
}

// pause waits, and reports false where ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// cronLogger writes the library's messages to slog; its routine ones are for
// debugging alone.
type cronLogger struct{ log *slog.Logger }

func (l cronLogger) Info(msg string, args ...any) { l.log.Debug(msg, args...) }
func (l cronLogger) Error(err error, msg string, args ...any) {
	l.log.Error(msg, append(args, "error", err)...)
}
