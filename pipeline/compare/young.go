package compare

import "crossings/pipeline/stat"

// Young says that a value is made of periods that may still move in later releases, and what the
// value it is compared with was at the same age. The caller knows it from the releases.
type Young struct {
	Releases int        // number of releases after which earlier periods stopped moving
	SameAge  stat.Count // the prior value at the same age; missing if that is not known
	// Change and ChangePercent compare the value with SameAge.
	Change        stat.Count
	ChangePercent Percent
}

// NewYoung compares a value with what the prior value was at the same age.
func NewYoung(releases int, value, sameAge stat.Count) *Young {
	y := &Young{Releases: releases, SameAge: sameAge}
	y.Change, y.ChangePercent, _ = change(value, sameAge)
	return y
}
