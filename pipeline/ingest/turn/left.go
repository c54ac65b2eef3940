package turn

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/source"
)

// maxLeft is the largest size in bytes of the list of sources that are left.
const maxLeft = 4 << 20

// Left is the file that lists the sources for which earlier runs had no time. A list that is damaged is
// lost; it only gives an order.
type Left string

// First returns sources in the order in which a run takes them: first those that are left.
func (l Left) First(sources []*source.Source) []*source.Source {
	left := l.ids()
	isLeft := func(s *source.Source) bool { return slices.Contains(left, s.ID) }
	rest := slices.DeleteFunc(slices.Clone(sources), isLeft)
	return append(slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !isLeft(s) }), rest...)
}

func (l Left) ids() (ids []string) {
	if text, ok := atomicfile.ReadChecked(string(l), maxLeft); !ok || json.Unmarshal(text, &ids) != nil {
		return nil
	}
	return ids
}

// Keep notes which sources are left after a run of sources. Those that are left of runs of others stay.
func (l Left) Keep(sources []*source.Source, left []string) error {
	before := l.ids()
	ids := append(slices.DeleteFunc(slices.Clone(before), func(id string) bool {
		return slices.ContainsFunc(sources, func(s *source.Source) bool { return s.ID == id })
	}), left...)
	if slices.Equal(ids, before) {
		return nil
	}
	if len(ids) == 0 {
		if err := os.Remove(string(l)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(string(l), text)
}
