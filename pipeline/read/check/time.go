package check

import (
	"errors"
	"fmt"
	"time"

	"crossings/pipeline/stat"
)

// The reasons to refuse a date.
var (
	// ErrNotOver is in the error about a figure for a period that had not ended when it was published.
	ErrNotOver = errors.New("was not over")
	// ErrAhead is in the error about a date after the day on which its file was retrieved.
	ErrAhead = errors.New("is in the future")
	// ErrLongAgo is in the error about a date before the first year of any figure.
	ErrLongAgo = errors.New("is before the year 1900")
)

// firstDay is the first that a date may be.
var firstDay = stat.NewDate(stat.FirstYear, time.January, 1)

// Time says when a source's periods are over. The zero value is right for most sources: a
// day is over at its midnight, and a file has no rows for days to come.
type Time struct {
	// OwnDay says that a day ends before its release comes out, so that the day of the release is
	// known too: Italy's ends at 08:00.
	OwnDay bool
	// FillsAhead says that files have rows for days to come. They are left out with a finding; where
	// it is false, the file is refused.
	FillsAhead bool
}

// Clock is when a file was retrieved: no date in it can be later.
type Clock struct {
	At  time.Time
	Day stat.Date // of At, in the publisher's time zone
}

// NewClock returns the clock of a file that was retrieved at an instant, in its publisher's zone.
func NewClock(at time.Time, zone *time.Location) Clock {
	return Clock{At: at.UTC(), Day: stat.DateOf(at.In(zone))}
}

// Claim returns an error wrapping ErrAhead or ErrLongAgo for a day that a file cannot be
// about. It accepts no date.
func (c Clock) Claim(day stat.Date) error {
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

// Over returns an error wrapping ErrNotOver for a period that had not ended when its release was
// published.
func (t Time) Over(p stat.Period, released stat.Date) error {
	if p.End < released || t.OwnDay && p.Precision == stat.PrecisionDay && p.End == released {
		return nil
	}
	span := p.Start.String()
	if p.Start != p.End {
		span += " to " + p.End.String()
	}
	return fmt.Errorf("%s %w when it was published on %s", span, ErrNotOver, released)
}

// Happened returns an error wrapping ErrNotOver for an incident after the day of its release. An
// incident happens at a moment, and may be of that day.
func Happened(day, released stat.Date) error {
	if day <= released {
		return nil
	}
	return fmt.Errorf("%s %w when it was published on %s", day, ErrNotOver, released)
}

// Fault is an error about one observation.
type Fault struct {
	Where  string // its locator
	Column string // of the tidy layout, that holds the date
	Err    error
}

// Error returns the place and the cause.
func (f *Fault) Error() string { return f.Where + ": " + f.Err.Error() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Dates returns what is wrong with the dates of an observation in a file retrieved at c, or
// nil. A period that is not over is a fault where the observation has a value and the
// source does not fill ahead; see Known.
func (t Time) Dates(o stat.Observation, c Clock) *Fault {
	fault := func(column string, err error) *Fault { return &Fault{Where: o.Locator, Column: column, Err: err} }
	r := o.Release
	if err := c.Claim(r.Vintage); err != nil {
		return fault("vintage", err)
	}
	if r.FirstSeen.After(c.At) && !r.FirstSeen.Equal(r.Vintage.Time()) {
		return fault("first_seen", fmt.Errorf("%s %w: the file was retrieved at %s", r.FirstSeen.Format(time.RFC3339), ErrAhead, c.At.Format(time.RFC3339)))
	}
	if o.Period.Start < firstDay {
		return fault("period_start", fmt.Errorf("%s %w", o.Period.Start, ErrLongAgo))
	}
	if o.Value.IsKnown() && !t.FillsAhead {
		if err := t.Over(o.Period, r.Vintage); err != nil {
			return fault("period_start", err)
		}
	}
	return nil
}

// Known returns the observations of a file whose periods were over when they were published, and
// a finding about those left out: rows without a value, and those of a source that fills ahead.
// The finding is a note where all of them are empty or 0, as fillers are, and a warning where one
// is not. Any other fault of the dates is an error, a *Fault. obs is not changed.
func (t Time) Known(obs []stat.Observation, c Clock) ([]stat.Observation, []stat.Finding, error) {
	var early []stat.Observation
	known := make([]stat.Observation, 0, len(obs))
	for _, o := range obs {
		if f := t.Dates(o, c); f != nil {
			return nil, nil, f
		}
		if t.Over(o.Period, o.Release.Vintage) != nil {
			early = append(early, o)
			continue
		}
		known = append(known, o)
	}
	if len(early) == 0 {
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
