package figure

import (
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// statusSet is the statuses of the values of a drawing, without those of missing values.
type statusSet map[stat.Status]bool

// add adds the status of one value.
func (s statusSet) add(x stat.Status) {
	if x.HasValue() && x != "" {
		s[x] = true
	}
}

// sorted returns the statuses in the order of their codes.
func (s statusSet) sorted() []stat.Status {
	var out []stat.Status
	for _, x := range []stat.Status{stat.Normal, stat.Provisional, stat.Estimated, stat.Break} {
		if s[x] {
			out = append(out, x)
		}
	}
	return out
}

// words says the statuses for a caption.
func (s statusSet) words() string {
	var out []string
	for _, x := range s.sorted() {
		out = append(out, wording.StatusText(x))
	}
	if len(out) == 0 {
		return stat.Missing.Label()
	}
	return strings.Join(out, "; ")
}

// sentence ends the caption of a table. If all values have one status, it says so; otherwise it is
// "", and the values are marked.
func (s statusSet) sentence() string {
	all := s.sorted()
	if len(all) == 1 && wording.Caveat(all[0]) != "" {
		return " All figures are " + all[0].Label() + " " + wording.Caveat(all[0]) + "."
	}
	return ""
}

// mark adds the shorthand of a value's status, unless all values share it.
func (s statusSet) mark(text string, x stat.Status) string {
	if m := wording.Caveat(x); m != "" && len(s) > 1 {
		return text + " " + m
	}
	return text
}
