package check

import (
	"errors"
	"fmt"
	"time"

	"crossings/pipeline/stat"
)

// The errors about dates.
var (
	// ErrNotOver is wrapped by the error about a figure for a period that had not ended when it was
	// published.
	ErrNotOver = errors.New("was not over")
	// ErrAhead is wrapped by the error about a date after the day on which its file was retrieved.
	ErrAhead = errors.New("is in the future")
	// ErrLongAgo is wrapped by the error about a date before the first year of any figure.
	ErrLongAgo = errors.New("is before the year 1900")
)

// firstDay is the earliest date that a figure may have.
var firstDay = stat.NewDate(stat.FirstYear, time.January, 1)

// Time says when a source's periods are over. The zero value suits most sources: a day is over at
// midnight, and files have no rows for days to come.
type Time struct {
	// OwnDay means that a day ends before its release comes out, so the day of the release is known
	// too. Italy's ends at 08:00.
	OwnDay bool
	// FillsAhead means that files have rows for days to come. Such rows are left out with a
	// finding. If it is false, they make the file invalid.
	FillsAhead bool
}

// Clock is the time at which a file was retrieved. No date in the file can be later.
type Clock struct {
	At  time.Time
	Day stat.Date // of At, in the publisher's time zone
}

// NewClock returns the clock of a file retrieved at an instant, in its publisher's time zone.
func NewClock(at time.Time, zone *time.Location) Clock {
	return Clock{At: at.UTC(), Day: stat.DateOf(at.In(zone))}
}

// CheckDay returns an error wrapping ErrAhead or ErrLongAgo for a day that a file cannot be about.
// The zero date passes.
func (c Clock) CheckDay(day stat.Date) error {
	switch {
	case day.IsZero():
		return nil
	case day > c.Day:
		return fmt.Errorf("%s %w: the file was retrieved on %s", day, ErrAhead, c.Day)
	case day < firstDay:
		return fmt.Errorf("%s %w", day, ErrLongAgo)
	}
	return nil
}

// CheckOver returns an error wrapping ErrNotOver for a period that had not ended when its release
// was published.
func (t Time) CheckOver(p stat.Period, released stat.Date) error {
	if t.over(p, released) {
		return nil
	}
	span := p.Start.String()
	if p.Start != p.End {
		span += " to " + p.End.String()
	}
	return fmt.Errorf("%s %w when it was published on %s", span, ErrNotOver, released)
}

// over reports whether a period had ended when its release was published.
func (t Time) over(p stat.Period, released stat.Date) bool {
	return p.End < released || t.OwnDay && p.Precision == stat.PrecisionDay && p.End == released
}

// CheckIncident returns an error wrapping ErrNotOver for an incident after the day of its release.
// An incident is a moment, so it may be on that day.
func CheckIncident(day, released stat.Date) error {
	if day <= released {
		return nil
	}
	return fmt.Errorf("%s %w when it was published on %s", day, ErrNotOver, released)
}

// DateError is an error about a date of one observation.
type DateError struct {
	Where  string // the observation's locator
	Column string // the column of the tidy layout that holds the date
	Err    error
}

// Error returns the place and the cause.
func (f *DateError) Error() string { return f.Where + ": " + f.Err.Error() }

// Unwrap returns the cause.
func (f *DateError) Unwrap() error { return f.Err }

// CheckDates checks the dates of an observation in a file retrieved at c; it returns nil if they
// are right. A period that is not over is an error if the observation has a value and the source
// does not fill ahead. See Past.
func (t Time) CheckDates(o stat.Observation, c Clock) *DateError {
	fault := func(column string, err error) *DateError {
		return &DateError{Where: o.Locator, Column: column, Err: err}
	}
	r := o.Release
	if err := c.CheckDay(r.Vintage); err != nil {
		return fault("vintage", err)
	}
	if r.FirstSeen.After(c.At) && !r.FirstSeen.Equal(r.Vintage.Time()) {
		return fault("first_seen", fmt.Errorf("%s %w: the file was retrieved at %s", r.FirstSeen.Format(time.RFC3339), ErrAhead, c.At.Format(time.RFC3339)))
	}
	if o.Period.Start < firstDay {
		return fault("period_start", fmt.Errorf("%s %w", o.Period.Start, ErrLongAgo))
	}
	if o.Value.IsKnown() && !t.FillsAhead {
		if err := t.CheckOver(o.Period, r.Vintage); err != nil {
			return fault("period_start", err)
		}
	}
	return nil
}

// Past returns the observations whose periods were over when they were published, and a finding
// about those left out: rows without a value, and rows of a source that fills ahead. The finding is
// a note if all of these are empty or 0, as fillers are, else a warning. Any other wrong date is an
// error, a *DateError. obs is not changed.
func (t Time) Past(obs []stat.Observation, c Clock) ([]stat.Observation, []stat.Finding, error) {
	var early, known []stat.Observation
	for i, o := range obs {
		if f := t.CheckDates(o, c); f != nil {
			return nil, nil, f
		}
		switch {
		case !t.over(o.Period, o.Release.Vintage):
			if early == nil {
				known = append(make([]stat.Observation, 0, len(obs)), obs[:i]...)
			}
			early = append(early, o)
		case early != nil:
			known = append(known, o)
		}
	}
	if early == nil {
		return obs, nil, nil
	}
	f := stat.Finding{Code: "not-over", Where: early[0].Locator}
	first, last := early[0].Period.Start, early[0].Period.End
	for _, o := range early {
		first, last = min(first, o.Period.Start), max(last, o.Period.End)
		if n, _ := o.Value.Get(); n != 0 || !t.FillsAhead {
			f.Severity = stat.SeverityWarning
		}
	}
	f.Message = fmt.Sprintf("%d rows, here the first, are for periods from %s to %s that were not over when they were published; they are no figures and are left out", len(early), first, last)
	return known, []stat.Finding{f}, nil
}
