package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
)

// claimsBody is what the page about claims shows.
type claimsBody struct {
	Claims []claimEntry
	More   string // how many sentences are left out, or ""
}

// claimEntry is a sentence with what was found for its numbers.
type claimEntry struct {
	ID      string
	On      string
	Text    string
	URL     string // where it was said, or "" if that is not known or not an address on the web
	Numbers listing.Table
}

// maxClaims bounds the sentences on the page.
const maxClaims = 40

// hasClaims reports whether the site has a page about claims.
func hasClaims(index *content.Index) bool { return index.Table("claims").Len() > 0 }

// claims makes the page about claims, the newest first.
func claims(index *content.Index) Page {
	g := index.Table("claims")
	var ids []string
	rows := map[string][]int{}
	for _, i := range g.All() {
		id := g.Text(i, "claim")
		if rows[id] == nil {
			ids = append(ids, id)
		}
		rows[id] = append(rows[id], i)
	}
	slices.SortStableFunc(ids, func(x, y string) int { return cmp.Compare(g.Date(rows[y][0], "on"), g.Date(rows[x][0], "on")) })
	var b claimsBody
	if n := len(ids) - maxClaims; n > 0 {
		b.More, ids = wording.Thousands(int64(n)), ids[:maxClaims]
	}
	for _, id := range ids {
		first := rows[id][0]
		b.Claims = append(b.Claims, claimEntry{ID: content.ClaimAnchor(id), On: wording.DateText(g.Date(first, "on")), Text: g.Text(first, "text"),
			URL: webAddress(g.Text(first, "url")), Numbers: claimNumbers(index, id, rows[id])})
	}
	return Page{Name: content.ClaimsPage, Title: "Claims", Template: "claims.html", Body: b}
}

// claimNumbers lists the numbers of a sentence. The table has no rows if the sentence has no number.
func claimNumbers(index *content.Index, id string, rows []int) listing.Table {
	g := index.Table("claims")
	rows = slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return g.Text(i, "number_text") == "" })
	slices.SortStableFunc(rows, func(i, j int) int {
		x, _ := g.Number(i, "number")
		y, _ := g.Number(j, "number")
		return cmp.Compare(x, y)
	})
	return listing.Lay(g, "numbers of the sentence "+id, "The numbers in the sentence, in order, and the window of the figures that gives each, or the nearest.", rows, listing.MaxRows,
		listing.Plain("As written", listing.Words(g, "number_text")),
		listing.Text("Window", func(i int) string { return foundAs(g, i) }),
		listing.Text("Series", func(i int) string {
			if id := g.Series(i); id != "" {
				return index.Title(id)
			}
			return wording.MarkNotAvailable
		}),
		listing.Text("From and to", func(i int) string { return wording.PeriodText(g.Date(i, "window_start"), g.Date(i, "window_end")) }),
		listing.Main("Value", listing.Counts(g, "value")),
		listing.Plain("Compared with", listing.Counts(g, "prior_value")),
		listing.Plain("Per cent", listing.PlainPercents(g, "change_percent")),
		listing.Text("Release that answers", listing.Days(g, "as_of")),
		listing.Text("Since then", func(i int) string { return sinceThen(g, i) }),
		listing.Note("Notes", func(i int) string {
			if g.Text(i, "early") == "true" {
				return "no vintage is as old as the claim"
			}
			return wording.Nothing
		})).SayOnce()
}

// foundAs says the kind of the best window, and whether it gives the number.
func foundAs(g grid.Grid, i int) string {
	basis := strings.ReplaceAll(g.Text(i, "basis"), "-", " ")
	switch {
	case basis == "":
		return "no figures to compare with"
	case g.Text(i, "found") == "true":
		return "found: " + basis
	}
	return "nearest: " + basis
}

// sinceThen says whether a revision has changed the answer.
func sinceThen(g grid.Grid, i int) string {
	switch {
	case g.IsNull(i, "changed"):
		return wording.MarkNotAvailable
	case g.Text(i, "changed") == "true":
		return "since revised to " + listing.Counts(g, "value_now")(i)
	}
	return "not revised"
}

// webAddress returns an address that a reader can be sent to, or "" for anything that is not http or
// https: anybody may have written a file of claims.
func webAddress(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
