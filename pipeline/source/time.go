package source

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Location returns the publisher's time zone, or UTC if the source has none.
func (s *Source) Location() *time.Location {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.UTC // its schedule has been reported as wrong
	}
	return zone
}

// Timely removes from a decoder's result what was not known when the file was published, and adds
// the finding about it. c is when the file was retrieved. The error is a *decode.Error about the
// first row that cannot be right: a period that was not over, or a date in the future.
func (s *Source) Timely(file string, r *Result, c check.Clock) error {
	obs, findings, err := s.Time.Past(r.Observations, c)
	if err != nil {
		return timeError(file, err)
	}
	if len(obs) > 0 && r.Events != nil {
		released, places := obs[0].Release.Vintage, r.Events.Column("locator")
		for i, day := range r.Events.Column("period_start") {
			if err := check.CheckIncident(day.Date(), released); err != nil {
				return timeError(file, &check.DateError{Where: places[i].String(), Err: err})
			}
		}
	}
	r.Observations, r.Findings = obs, append(r.Findings, findings...)
	return nil
}

// The forms of a locator: of a spreadsheet or CSV, and of a page.
var (
	cellRef = regexp.MustCompile(`^(?:(.+)!)?([A-Z]{1,3})([0-9]{1,9})\b`)
	lineRef = regexp.MustCompile(`^line ([0-9]{1,9})(?:, column ([A-Z]{1,3}))?`)
)

// timeError returns the error about a date, with the place in its locator.
func timeError(file string, err error) error {
	e := &decode.Error{File: file, Err: err, Hint: "a figure for a period that is not over cannot come in; check the row and the release date; if the date is wrong, give the right one with --released"}
	var fault *check.DateError
	if !errors.As(err, &fault) {
		return e
	}
	e.Err = fmt.Errorf("%w: %w", decode.ErrPeriod, fault.Err)
	if m := cellRef.FindStringSubmatch(fault.Where); m != nil {
		e.Sheet, e.Column = strings.Trim(m[1], "'"), m[2]
		e.Line, _ = strconv.Atoi(m[3])
		return e
	}
	if m := lineRef.FindStringSubmatch(fault.Where); m != nil {
		e.Page, e.Column = true, m[2]
		e.Line, _ = strconv.Atoi(m[1])
		return e
	}
	e.Err = fault
	return e
}

// TidyRule returns the rule that the tidy reader applies to each row of a file of the source: that
// of its dates.
func (s *Source) TidyRule(c check.Clock) func(stat.Observation) (column string, err error) {
	return func(o stat.Observation) (string, error) {
		if f := s.Time.CheckDates(o, c); f != nil {
			return f.Column, f.Err
		}
		return "", nil
	}
}
