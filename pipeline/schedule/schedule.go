// Package schedule runs jobs by cron expressions and refuses expressions that the cron library
// would accept but run wrongly.
//
//  1. Parse takes five fields and a time zone. It refuses descriptors, zones inside the
//     expression, expressions that never fire, and times that daylight saving would skip or repeat.
//  2. Run starts every job once, to catch up after downtime, and then by its schedule, until its
//     context ends. If a job did not find what is due, Run repeats it at intervals for as long as
//     the job allows. A job never overlaps itself. A panic is logged; it ends neither the process
//     nor the job's next runs.
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

// ErrSchedule is wrapped by every error about an expression that cannot be used.
var ErrSchedule = errors.New("bad schedule")

// horizon is the time for which Parse tries a schedule: it includes two changes to and from
// daylight saving, and a leap day.
const horizon = 5 * 366 * 24 * time.Hour

// Schedule is a cron expression in its time zone.
type Schedule struct {
	cron.Schedule
	zone *time.Location
}

// Next returns the first time after t at which the schedule fires; the zero time if it never does.
func (s Schedule) Next(t time.Time) time.Time { return s.Schedule.Next(t.In(s.zone)) }

// Parse reads a cron expression of five fields in the time zone with an IANA name. It tries the
// schedule from the given moment on.
func Parse(expr, zone string, from time.Time) (s Schedule, err error) {
	fail := func(why string, args ...any) (Schedule, error) {
		return Schedule{}, fmt.Errorf("%w %q: %s", ErrSchedule, expr, fmt.Sprintf(why, args...))
	}
	// The library panics on some expressions that name a zone, and it accepts "@every 0s". Five
	// plain fields are enough here.
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

// often is the number of times a day from which a schedule may fire more or less often on a day of
// 23 or 25 hours.
const often = 24

// uneven returns the first day of a clock change on which the schedule fires n times but would fire
// want times without the change.
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

// count returns how often the schedule fires from start to end, by the clock of start. It stops
// counting at often.
func (s Schedule) count(start, end time.Time) (n int) {
	for t := s.Schedule.Next(start.Add(-time.Nanosecond)); t.Before(end) && !t.IsZero() && n < often; t = s.Schedule.Next(t) {
		n++
	}
	return n
}

// Job is something to do on a schedule.
type Job struct {
	Name     string
	Schedule cron.Schedule
	// Do does the job once and reports whether it found what was due.
	Do func(context.Context) (done bool, err error)
	// If Do did not find what was due, Run repeats it at intervals of Again until For has passed
	// since the schedule fired. If For is zero, the job waits until the schedule fires next.
	Again, For time.Duration
	// Delay is the upper limit of a random pause before each run, so that not all users of this
	// program ask at the same second.
	Delay time.Duration
}

// Run runs each job once, in order, and then by its schedule, until ctx ends. Then it waits for the
// running jobs. An error or panic of a job is logged and counts as not done.
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
		// If the program starts within the repeat interval of a job, the job continues repeating.
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

// runner runs one job, never twice at a time.
type runner struct {
	Job
	log  *slog.Logger
	busy sync.Mutex
}

// poll waits, runs the job, and repeats it until it is done or until has passed. If the job is
// already running, poll does nothing.
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

// do runs the job once, unless ctx has ended.
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

// pause waits and returns false if ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// cronLogger writes the library's messages to slog, its routine messages at debug level.
type cronLogger struct{ log *slog.Logger }

// Info writes a routine message.
func (l cronLogger) Info(msg string, args ...any) { l.log.Debug(msg, args...) }

// Error writes what went wrong.
func (l cronLogger) Error(err error, msg string, args ...any) {
	l.log.Error(msg, append(args, "error", err)...)
}
