package stat

// Mark is the shorthand of tables for people. It takes the place of an absent value, or
// follows a value that needs a warning.
type Mark string

// The marks in use.
const (
	MarkBreak         Mark = "[b]"
	MarkConfidential  Mark = "[c]"
	MarkEstimated     Mark = "[e]"
	MarkImmature      Mark = "[immature]"
	MarkLowBase       Mark = "[low]"
	MarkProvisional   Mark = "[p]"
	MarkRevised       Mark = "[r]"
	MarkUnreliable    Mark = "[u]"
	MarkNotAvailable  Mark = "[x]"
	MarkNotApplicable Mark = "[z]"
)

// LowBase is the smallest value for which a change on it is given in per cent.
const LowBase = 30

// Marks are all marks, in the order in which they are listed.
var Marks = []Mark{MarkBreak, MarkConfidential, MarkEstimated, MarkImmature, MarkLowBase, MarkProvisional, MarkRevised, MarkUnreliable, MarkNotAvailable, MarkNotApplicable}

// Meaning returns the mark in words.
func (m Mark) Meaning() string {
	switch m {
	case MarkBreak:
		return "break: not comparable with the period before"
	case MarkConfidential:
		return "confidential: the publisher withholds the figure"
	case MarkEstimated:
		return "estimated"
	case MarkImmature:
		return "immature: later releases changed earlier periods of this age"
	case MarkLowBase:
		return "low base: no per cent of a figure below 30"
	case MarkProvisional:
		return "provisional: the publisher may still revise it"
	case MarkRevised:
		return "revised: the publisher says that it changed the figure"
	case MarkUnreliable:
		return "low reliability"
	case MarkNotAvailable:
		return "not available"
	case MarkNotApplicable:
		return "not applicable"
	}
	return string(m)
}

// Absent returns the mark that takes the place of the value in an observation of this
// status.
func (s Status) Absent() Mark {
	switch s {
	case NotExisting:
		return MarkNotApplicable
	case Suppressed:
		return MarkConfidential
	}
	return MarkNotAvailable
}

// Caveat returns the mark that follows a value of this status, or "".
func (s Status) Caveat() Mark {
	switch s {
	case Provisional:
		return MarkProvisional
	case Estimated:
		return MarkEstimated
	case Break:
		return MarkBreak
	}
	return ""
}
