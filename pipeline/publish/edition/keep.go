package edition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/publish/edition/store"
)

// Rule says which editions to keep: all of so many days before the newest, and of the time before that
// the last of each month. The days are those of the newest release in an edition, not of a clock.
type Rule struct{ days int }

// ParseRule parses a number of days, such as 90d.
func ParseRule(text string) (Rule, error) {
	days, found := strings.CutSuffix(text, "d")
	n, err := strconv.Atoi(days)
	if !found || err != nil || n < 1 || n > 36500 {
		return Rule{}, fmt.Errorf("%q is not a number of days such as 90d: all editions of so many days before the newest stay, and the last of each month before", text)
	}
	return Rule{n}, nil
}

// Dropped returns the editions that the rule does not keep. all are in order, the oldest first. It always
// keeps the newest.
func (r Rule) Dropped(all []Manifest) (out []Manifest, err error) {
	days := make([]time.Time, len(all))
	for i, m := range all {
		if days[i], err = time.Parse(time.DateOnly, m.Vintage); err != nil {
			return nil, fmt.Errorf("edition %s: %w", m.Version, err)
		}
	}
	for i := range max(0, len(all)-1) {
		recent := !days[i].Before(days[len(days)-1].AddDate(0, 0, -r.days))
		lastOfMonth := days[i].Format("2006-01") != days[i+1].Format("2006-01")
		if !recent && !lastOfMonth {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// Size returns the size of the pack of each edition by version, and of those of editions that were
// removed, under their file names.
func (a Archive) Size() (map[string]int64, error) {
	s, _, err := a.holding()
	if err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for _, p := range s.Packs() {
		if out[keyOf(p)], err = s.Size(p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Remove removes editions from the archive, and what no other needs. Other editions keep every file. The
// newest edition, and one that still has a folder, cannot be removed.
func (a Archive) Remove(drop []Manifest) error {
	s, all, err := a.holding()
	if err != nil || len(drop) == 0 {
		return err
	}
	for i, h := range all {
		dropped := slices.ContainsFunc(drop, func(m Manifest) bool { return m.Version == h.version })
		if dropped && (i == len(all)-1 || h.pack.Number == 0) {
			return fmt.Errorf("edition %s cannot be removed: it is the newest, or not in the store yet; run: publish run", h.version)
		}
	}
	return s.Prune(func(p store.Pack) bool {
		return !slices.ContainsFunc(drop, func(m Manifest) bool { return m.Text == p.Name })
	})
}
