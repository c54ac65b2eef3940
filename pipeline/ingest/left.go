package ingest

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// maxLeft is the largest size in bytes of the list of sources that a run left.
const maxLeft = 4 << 20

// leftFirst returns sources in the order in which a run takes them: first those that the run before had
// no time for.
func (in *Ingest) leftFirst(sources []*source.Source) []*source.Source {
	left := in.leftBefore()
	isLeft := func(s *source.Source) bool { return slices.Contains(left, s.ID) }
	rest := slices.DeleteFunc(slices.Clone(sources), isLeft)
	return append(slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !isLeft(s) }), rest...)
}

// leftBefore returns the sources that runs before this one left. A list that is damaged is lost; it only
// gives an order.
func (in *Ingest) leftBefore() (ids []string) {
	if text, ok := atomicfile.ReadChecked(in.Dir.Cache("left"), maxLeft); !ok || json.Unmarshal(text, &ids) != nil {
		return nil
	}
	return ids
}

// keepLeft notes which sources are left after a run of sources, with those that are left of runs of
// others.
func (in *Ingest) keepLeft(sources []*source.Source, outcomes []review.Outcome) error {
	before := in.leftBefore()
	ids := slices.DeleteFunc(slices.Clone(before), func(id string) bool {
		return slices.ContainsFunc(sources, func(s *source.Source) bool { return s.ID == id })
	})
	for _, o := range outcomes {
		if o.State == review.Left {
			ids = append(ids, o.Source)
		}
	}
	if slices.Equal(ids, before) {
		return nil
	}
	if len(ids) == 0 {
		if err := os.Remove(in.Dir.Cache("left")); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(in.Dir.Cache("left"), text)
}
