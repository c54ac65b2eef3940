package review

import (
	"slices"
	"time"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Restated returns how the figures of a new layout move those that are known now. s is the source by
// the new layout, old the source by the one before, and last the newest release. A layout states all
// figures again, so a series that is missing under it is withdrawn.
func Restated(l *lake.Lake, old, s *source.Source, last stat.Release, now []stat.Observation) ([]check.Move, error) {
	last.FirstSeen = last.FirstSeen.Add(time.Second)
	known, err := l.Before(last, nil)
	if err != nil {
		return nil, err
	}
	known = Described(old, known)
	k := check.Known{Before: known, Pairs: s.Pairs, Wholes: s.Wholes}
	cover := lake.Cover(slices.Concat(known, now), false)
	return s.Limits.Or(check.DefaultLimits).Moves(k, Described(s, now), cover), nil
}
