package stat

import "slices"

// Status is an SDMX CL_OBS_STATUS code: what a value, or its absence, means.
type Status string

// The statuses in use.
const (
	Normal      Status = "A"
	Provisional Status = "P"
	Estimated   Status = "E"
	Break       Status = "B"
	NotExisting Status = "M" // missing; the value cannot exist
	Missing     Status = "O" // missing; the publisher states no value
	Suppressed  Status = "Q"
)

// statuses are all statuses, those that warn least first: a sum takes the strongest
// warning of its parts.
var statuses = []Status{Normal, Provisional, Estimated, Break, Suppressed, NotExisting, Missing}

// Valid reports whether s is one of the codes in use.
func (s Status) Valid() bool { return slices.Contains(statuses, s) }

// HasValue reports whether an observation of this status states a number.
func (s Status) HasValue() bool { return s != NotExisting && s != Missing && s != Suppressed }

// Worst returns the status that warns most of a and b; "" yields to any other.
func Worst(a, b Status) Status {
	if slices.Index(statuses, b) > slices.Index(statuses, a) {
		return b
	}
	return a
}

// Label returns the status in words, for captions and tables.
func (s Status) Label() string {
	switch s {
	case Normal:
		return "as published"
	case Provisional:
		return "provisional"
	case Estimated:
		return "estimated"
	case Break:
		return "break in series"
	case NotExisting:
		return "not applicable"
	case Missing:
		return "not available"
	case Suppressed:
		return "suppressed"
	}
	return string(s)
}
