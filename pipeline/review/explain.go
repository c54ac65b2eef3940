package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/stat"
)

// Ground is one kind of reason why a release waits, or why an operator is told of it.
type Ground struct {
	Code     string // the code of the findings, or the kind of the moves
	Severity stat.Severity
	Examples []string // all of them, with their places, worst first
}

// Grounds returns why a release waits: errors first, then by number of examples.
func (o Outcome) Grounds() []Ground {
	var out []Ground
	add := func(code string, s stat.Severity, example string) {
		if s == stat.SeverityNote {
			return
		}
		i := slices.IndexFunc(out, func(g Ground) bool { return g.Code == code && g.Severity == s })
		if i < 0 {
			i, out = len(out), append(out, Ground{Code: code, Severity: s})
		}
		out[i].Examples = append(out[i].Examples, example)
	}
	for _, f := range o.Findings {
		add(f.Code, f.Severity, placed(f.Where, f.Message))
	}
	for _, m := range check.Worst(o.Moves) {
		where := m.Where
		if slices.ContainsFunc(o.Findings, func(f stat.Finding) bool { return f.Code == m.Kind && f.Where == where }) {
			continue // the release's own history says the same
		}
		if m.Kind == check.Redefined {
			where = "" // its text begins with the place
		}
		add(m.Kind, m.Severity, placed(where, m.String()))
	}
	slices.SortStableFunc(out, func(a, b Ground) int {
		if a.Severity != b.Severity {
			return cmp.Compare(b.weight(), a.weight())
		}
		return cmp.Compare(len(b.Examples), len(a.Examples))
	})
	return out
}

func (g Ground) weight() int {
	if g.Severity == stat.SeverityError {
		return 1
	}
	return 0
}

// placed puts the place of an example before its text.
func placed(where, text string) string {
	if where == "" {
		return text
	}
	return where + ": " + text
}

// grounds are the kinds of reasons in words.
var grounds = map[string]string{
	check.SumDiffers:    "sums that differ from what they are sums of",
	check.SubsetExceeds: "parts larger than the whole",
	check.MoreBoats:     "periods with fewer people than boats",
	check.NoBoats:       "periods with people and no boat",
	check.Crowded:       "periods with more than twice as many people a boat as ever before",
	check.Revised:       "known values revised beyond the limits",
	check.Withdrawn:     "known values stated no more, or as missing",
	check.Zeroed:        "known values that become zero",
	check.Grown:         "new values out of proportion to all before them",
	check.Rewritten:     "series with too many changed known values",
	check.Contrary:      "values that the release after it contradicts",
	check.Redefined:     "texts of definitions that change together with figures",
	check.Record:        "new records",
	check.Alone:         "figures of new series out of proportion to all others of the series",
	check.AllMultiples:  "measures whose figures are all multiples of a number, as in another unit",
	check.Implausible:   "series with figures larger than can be",
	"repeated-rows":     "rows repeated beyond the source's ceiling",
	"row-twice":         "rows that repeat the labels and about the count of another",
	"repeated-block":    "rows repeated one after another, as where a part of a table stands twice",
}

// String names the ground and counts its examples.
func (g Ground) String() string {
	return fmt.Sprintf("%s (%d)", cmp.Or(grounds[g.Code], "findings "+g.Code), len(g.Examples))
}

// The explanation of a pending release fits on one screen.
const (
	maxGrounds  = 4
	maxExamples = 3
	maxExample  = 160 // characters
)

// Explain returns why a release waits, what stays published meanwhile and what a person can do, in
// at most 24 lines.
func (o Outcome) Explain() []string {
	out := []string{fmt.Sprintf("%s: release %s waits for review", o.Source, o.Release)}
	if w := o.Pending; w != nil {
		how := "retrieved"
		if w.Added {
			how = "added by hand"
		}
		out = append(out, fmt.Sprintf("  file %s, released %s, %s %s", o.File, w.Released, how, w.Retrieved.UTC().Format("2006-01-02 15:04 UTC")))
		stays := "nothing of this source is published meanwhile"
		if w.Stays != "" {
			stays = fmt.Sprintf("release %s stays published meanwhile, with figures up to %s", w.Stays, w.Until)
		}
		out = append(out, "  "+stays)
	}
	all := o.Grounds()
	if len(all) == 0 {
		out = append(out, "  it contradicts nothing any more; accept it, or reject it")
	}
	for _, g := range all[:min(len(all), maxGrounds)] {
		out = append(out, fmt.Sprintf("  %s: %s", g.Severity, g))
		for _, e := range g.Examples[:min(len(g.Examples), maxExamples)] {
			out = append(out, "    "+shortened(e))
		}
	}
	if n := len(all) - maxGrounds; n > 0 {
		out = append(out, fmt.Sprintf("  and %d more kinds; ingest review --json has all", n))
	}
	return append(out, "  see what it would change: publish diff --review",
		fmt.Sprintf("  take it:       ingest accept %s %s", o.Source, o.Release),
		fmt.Sprintf("  keep it out:   ingest reject %s %s --reason TEXT", o.Source, o.Release))
}

// shortened cuts a long text and marks the cut.
func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxExample {
		return string(runes[:maxExample]) + "…"
	}
	return text
}
