package claim

import (
	"context"
	"fmt"
	"slices"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Claimed is the answer to a claim: for each of its numbers the windows that
// reproduce it, or the nearest.
type Claimed struct {
	Text    string          `json:"text"`
	On      stat.Date       `json:"on"`
	Numbers []ClaimedNumber `json:"numbers"`
}

// ClaimedNumber is the answer for one number. Nearest is empty if a window matches. Later has what no
// release known on the day states and the first later one does.
type ClaimedNumber struct {
	Text    string  `json:"text"`
	Matches []Match `json:"matches"`
	Nearest []Match `json:"nearest"`
	Later   []Match `json:"later"`

	Kind numbers.Kind `json:"-"` // what the number is: a count, a change, a share
}

// nextReleases is the number of releases after the day of a sentence that are searched one by one.
const nextReleases = 6

// Check answers a sentence that was said on a day from what was known then. since is as for Search.
func Check(ctx context.Context, a Archive, text string, on stat.Date, since []stat.Date) (*Claimed, error) {
	r := words.Parse(text).Read(on)
	known, err := a.known(ctx, r, on)
	if err != nil {
		return nil, err
	}
	out := &Claimed{Text: text, On: on, Numbers: []ClaimedNumber{}}
	for _, x := range Search(r, known, since) {
		n := ClaimedNumber{Text: x.Text, Kind: x.Kind, Matches: listOf(x.Matches), Nearest: listOf(x.Nearest), Later: []Match{}}
		for _, m := range n.Matches {
			if m.Early {
				n.Later = append(n.Later, m)
			}
		}
		out.Numbers = append(out.Numbers, n)
	}
	if slices.ContainsFunc(out.Numbers, ClaimedNumber.open) {
		err = out.later(ctx, a, r, known, since)
	}
	return out, err
}

// listOf returns a list that is not nil, for JSON.
func listOf(list []Match) []Match {
	if list == nil {
		return []Match{}
	}
	return list
}

// later looks for the numbers that nothing known on the day states in the releases after it: in the next ones,
// then in the newest. What that one states is looked for in those between, by halving.
func (c *Claimed) later(ctx context.Context, a Archive, r *words.Reading, known []Series, since []stat.Date) error {
	days, err := a.releases(r, r.On)
	if err != nil {
		return err
	}
	l := laterSearch{ctx, a, r, since, map[vintage]bool{}}
	for _, x := range known {
		l.searched[vintage{x.Path.Series().ID, x.AsOf}] = true
	}
	near := days[:min(len(days), nextReleases)]
	for _, day := range near {
		found, err := l.search(day)
		if err != nil || !c.add(found) {
			return err
		}
	}
	rest := days[len(near):]
	for len(rest) > 0 {
		found, err := l.search(rest[len(rest)-1])
		if err != nil || !c.gains(found) {
			return err
		}
		lo, hi := 0, len(rest)-1 // the first that states as much is in rest[lo:hi+1]
		for lo < hi {
			mid := (lo + hi) / 2
			earlier, err := l.search(rest[mid])
			if err != nil {
				return err
			}
			if c.gains(earlier) {
				found, hi = earlier, mid
			} else {
				lo = mid + 1
			}
		}
		if !c.add(found) {
			return nil
		}
		rest = rest[lo+1:]
	}
	return nil
}

// vintage is a series as one release states it.
type vintage struct {
	id   stat.SeriesID
	asOf stat.Date
}

// laterSearch searches releases after the day of a sentence.
type laterSearch struct {
	ctx      context.Context
	archive  Archive
	r        *words.Reading
	since    []stat.Date
	searched map[vintage]bool // what the day itself knew
}

// search returns the answers of what was known on a later day and not on the day of the sentence.
func (l laterSearch) search(day stat.Date) ([]Answer, error) {
	known, err := l.archive.known(l.ctx, l.r, day)
	if err != nil {
		return nil, err
	}
	known = slices.DeleteFunc(known, func(x Series) bool {
		return x.AsOf <= l.r.On || l.searched[vintage{x.Path.Series().ID, x.AsOf}]
	})
	if len(known) == 0 {
		return nil, nil
	}
	found, _, _ := newSearch(l.r).found(known, l.since)
	return found, nil
}

// gains reports whether answers have a number that is still open.
func (c *Claimed) gains(found []Answer) bool {
	for i, x := range found {
		if c.Numbers[i].open() && len(x.Matches) > 0 {
			return true
		}
	}
	return false
}

// add takes the answers for numbers that are still open. It reports whether any remains so.
func (c *Claimed) add(found []Answer) bool {
	for i, x := range found {
		if n := &c.Numbers[i]; n.open() {
			n.Later = listOf(x.Matches)
		}
	}
	return slices.ContainsFunc(c.Numbers, ClaimedNumber.open)
}

// open reports whether the number has no answer yet.
func (n ClaimedNumber) open() bool { return len(n.Matches) == 0 && len(n.Later) == 0 }

// shown is the number of windows that a terminal shows for each number.
const shown = 3

// Lines returns the answer for people, a line a window.
func (c Claimed) Lines() []string {
	if len(c.Numbers) == 0 {
		return []string{"There is no number in the text that could be looked for."}
	}
	var out []string
	for _, n := range c.Numbers {
		list := n.Matches
		switch {
		case len(n.Matches) > 0:
			out = append(out, n.Text+" is reproduced by")
		case len(n.Later) > 0:
			out = append(out, fmt.Sprintf("%s was not known on %s: the release of %s states it", n.Text, c.On, n.Later[0].AsOf))
			list = n.Later
		case len(n.Nearest) > 0:
			out = append(out, n.Text+" is reproduced by no window; the nearest are")
			list = n.Nearest
		default:
			out = append(out, n.Text+": no series has figures to compare it with")
		}
		for _, m := range list[:min(len(list), shown)] {
			out = append(out, "  "+m.Line(), "    "+m.Verdict)
		}
	}
	return out
}

// Line describes a window in words.
func (m Match) Line() string {
	text := fmt.Sprintf("%s %s, %s to %s: %s", m.Series, m.Basis, m.WindowStart, m.WindowEnd, m.Value)
	if m.Per != "" {
		text += fmt.Sprintf(" and %s of %s, %.1f", m.PerValue, m.Per, m.Figure)
	} else if m.span != "" {
		text += fmt.Sprintf(", %.1f a %s", m.Figure, m.span)
	} else if m.Prior.IsKnown() {
		text += fmt.Sprintf(", against %s in %s to %s", m.Prior, m.PriorStart, m.PriorEnd)
		if m.Percent.IsKnown() {
			text += " (" + m.Percent.Signed() + ")"
		}
	}
	if m.Cut {
		text += ", whole periods only"
	}
	text += fmt.Sprintf("; release of %s", m.AsOf)
	if m.Early {
		text += ", the oldest known, for none is as old as the claim"
	}
	return text
}
