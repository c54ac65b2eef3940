// Package claimcard puts the answer to a claim into the words of the page "Check a claim": a card for each
// number. It is linked into the program that runs in readers' browsers, so it imports little.
package claimcard

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim"
	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Reply is an answer to a claim.
type Reply struct {
	Summary string `json:"summary"` // how many of the numbers the figures give
	Known   string `json:"known"`   // what was known on the day
	Cards   []Card `json:"cards"`   // in the order of the numbers; empty if the sentence has none
}

// The states of a card.
const (
	Holds   = "holds"   // a window has the number and all else that the sentence says
	Later   = "later"   // a release after the day of the sentence states it
	Nearest = "nearest" // no window has everything
	Nothing = "nothing" // there is nothing to compare it with
)

// Card is the answer for one number.
type Card struct {
	Number  string       `json:"number"` // as the sentence has it
	State   string       `json:"state"`
	Verdict string       `json:"verdict"`
	Facts   []words.Fact `json:"facts"`
	Figure  string       `json:"figure"` // what our figures say
	What    string       `json:"what"`   // what that counts, and when
	Fair    string       `json:"fair"`   // the comparison that is fair, to copy
	Notes   []string     `json:"notes"`
	Series  string       `json:"series"` // title of the series
	Href    string       `json:"href"`   // its page, relative to the site
	Rows    string       `json:"rows"`   // its observations there
	Others  []string     `json:"others"` // more windows
}

// maxOthers bounds the windows below a card.
const maxOthers = 5

// Of answers a sentence that was said on a day.
func Of(ctx context.Context, a *packed.Archive, text string, on stat.Date) (*Reply, error) {
	answer, err := a.Answer(ctx, text, on)
	if err != nil {
		return nil, err
	}
	out := &Reply{Cards: []Card{}}
	given := 0
	for _, n := range answer.Numbers {
		c := card{a: a, on: on}.of(n)
		if c.State == Holds {
			given++
		}
		out.Cards = append(out.Cards, c)
	}
	out.Summary, out.Known = summary(given, len(answer.Numbers)), "Answered from the releases that were out on "+on.Long()+"."
	if i := slices.IndexFunc(answer.Numbers, early); i >= 0 {
		out.Known = "Said on " + on.Long() + ". " + noneAsOld(answer.Numbers[i].Matches[0].AsOf)
	}
	return out, nil
}

// early reports whether the best window of a number is of a release after the day of the sentence.
func early(n claim.ClaimedNumber) bool { return len(n.Matches) > 0 && n.Matches[0].Early }

// noneAsOld says which release answers where none is as old as the sentence.
func noneAsOld(asOf stat.Date) string {
	return "No release that is kept here is as old as that. The oldest, of " + asOf.Long() + ", answers with later days left out."
}

// summary says how many numbers the figures give.
func summary(given, all int) string {
	switch {
	case all == 0:
		return "There is no number in it"
	case given < all && all > 1:
		return fmt.Sprintf("The figures give %d of %d numbers", given, all)
	case given < all:
		return "The figures do not give the number"
	case all == 1:
		return "The figures give the number"
	case all == 2:
		return "The figures give both numbers"
	}
	return fmt.Sprintf("The figures give all %d numbers", all)
}

// card makes the card of one number of a sentence that was said on a day.
type card struct {
	a  *packed.Archive
	on stat.Date
}

func (k card) of(n claim.ClaimedNumber) Card {
	c := Card{Number: n.Text, Facts: []words.Fact{}, Notes: []string{}, Others: []string{}}
	list := n.Matches
	switch {
	case len(n.Matches) > 0:
		verdict, _, _ := strings.Cut(n.Matches[0].Verdict, ":") // the facts are listed below it
		c.State, c.Verdict = Holds, wording.Capital(verdict)
	case len(n.Later) > 0:
		list = n.Later
		c.State, c.Verdict = Later, fmt.Sprintf("Not known on %s: the release of %s states it", k.on.Long(), list[0].AsOf.Long())
	case len(n.Nearest) > 0:
		list = n.Nearest
		c.State, c.Verdict = Nearest, wording.Capital(list[0].Verdict)
	default:
		c.State, c.Verdict = Nothing, "No series here counts this"
		return c
	}
	m := list[0]
	c.Facts, c.Figure, c.What, c.Fair = m.Facts, figure(m, n.Kind), k.what(m, n.Kind), k.fair(m)
	s := k.about(m.Series)
	c.Series = s.Title
	if m.Cut {
		c.Notes = append(c.Notes, "Only the whole periods of the series inside the dates are counted.")
	}
	if m.Early && c.State != Holds {
		c.Notes = append(c.Notes, noneAsOld(m.AsOf))
	}
	if id := whole(s); k.a.Compares(id) {
		c.Href = "series/" + strings.ReplaceAll(string(id), ":", "~") + ".html"
		c.Rows = c.Href + "#observations"
	}
	for _, x := range list[1:min(len(list), maxOthers+1)] {
		c.Others = append(c.Others, figure(x, n.Kind)+": "+k.what(x, n.Kind)+verdictIn(x, c.State))
	}
	return c
}

// verdictIn adds what holds of a window that breaks something.
func verdictIn(m claim.Match, state string) string {
	if state != Nearest || m.Verdict == "" {
		return ""
	}
	return " (" + m.Verdict + ")"
}

// whole returns the series that one by nationality, sex or age is a part of. Only that one has a page.
func whole(s stat.Series) stat.SeriesID {
	d := s.Dimensions
	d.Origin, d.Sex, d.Age = stat.Total, stat.Total, stat.Total
	return stat.NewSeriesID(s.Source, s.Measure, s.Frequency(), d)
}

// about returns what is known of a series; one that the archive does not describe is called by its name.
func (k card) about(id stat.SeriesID) stat.Series {
	s, _ := k.a.About(id)
	if s == nil {
		return stat.Series{ID: id, Title: string(id)}
	}
	out := *s
	out.Title = cmp.Or(out.Title, string(id))
	return out
}

// figure writes what a number of a kind is compared with.
func figure(m claim.Match, kind numbers.Kind) string {
	switch kind {
	case numbers.Count:
		return wording.Count(m.Value)
	case numbers.Difference:
		return wording.Thousands(int64(m.Figure))
	case numbers.Change:
		return wording.Percent(m.Figure)
	case numbers.Share:
		return wording.Decimal(m.Figure) + " %"
	case numbers.OneIn:
		return "one in " + wording.Decimal(m.Figure)
	}
	return wording.Decimal(m.Figure)
}

// what says what a window counts, and when.
func (k card) what(m claim.Match, kind numbers.Kind) string {
	title, when := k.about(m.Series).Title, wording.PeriodText(m.WindowStart, m.WindowEnd)
	switch {
	case m.Per != "":
		return fmt.Sprintf("%s, %s (%s), and %s (%s)", title, when, wording.Count(m.Value), k.about(m.Per).Title, wording.Count(m.PerValue))
	case kind == numbers.Change, kind == numbers.Difference:
		return fmt.Sprintf("%s, %s (%s), against %s (%s)", title, when, wording.Count(m.Value), wording.PeriodText(m.PriorStart, m.PriorEnd), wording.Count(m.Prior))
	case kind.Span() != "":
		return fmt.Sprintf("%s a %s, %s (%s)", title, kind.Span(), when, wording.Count(m.Value))
	}
	return title + ", " + when
}
