package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
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
func hasClaims(index *content.Index) bool { return len(index.Tables.Claims) > 0 }

// claims makes the page about claims, the newest first.
func claims(index *content.Index) Page {
	var ids []string
	rows := map[string][]*row.Claim{}
	for _, c := range index.Tables.Claims {
		if rows[c.Claim] == nil {
			ids = append(ids, c.Claim)
		}
		rows[c.Claim] = append(rows[c.Claim], c)
	}
	slices.SortStableFunc(ids, func(x, y string) int { return cmp.Compare(rows[y][0].On, rows[x][0].On) })
	var b claimsBody
	if n := len(ids) - maxClaims; n > 0 {
		b.More, ids = wording.Thousands(int64(n)), ids[:maxClaims]
	}
	for _, id := range ids {
		first := rows[id][0]
		b.Claims = append(b.Claims, claimEntry{ID: content.ClaimAnchor(id), On: wording.DateText(first.On), Text: first.Text,
			URL: webAddress(first.URL), Numbers: claimNumbers(index, id, rows[id])})
	}
	return Page{Name: content.ClaimsPage, Title: "Claims", Template: "claims.html", Body: b}
}

// claimNumbers lists the numbers of a sentence. The table has no rows if the sentence has no number.
func claimNumbers(index *content.Index, id string, rows []*row.Claim) listing.Table {
	rows = slices.DeleteFunc(slices.Clone(rows), func(c *row.Claim) bool { return c.NumberText == "" })
	slices.SortStableFunc(rows, func(a, b *row.Claim) int { return cmp.Compare(a.Number, b.Number) })
	return listing.Lay("numbers of the sentence "+id, "The numbers in the sentence, in order, and the window of the figures that gives each, or the nearest.", rows, listing.MaxRows,
		listing.Plain("As written", func(c *row.Claim) string { return c.NumberText }),
		listing.Text("Window", foundAs),
		listing.Text("Series", func(c *row.Claim) string {
			if c.Series == "" {
				return wording.MarkNotAvailable
			}
			return index.Title(c.Series)
		}),
		listing.Text("From and to", func(c *row.Claim) string { return wording.PeriodText(c.WindowStart, c.WindowEnd) }),
		listing.Main("Value", func(c *row.Claim) string { return wording.Count(c.Value) }),
		listing.Plain("Compared with", func(c *row.Claim) string { return wording.Count(c.PriorValue) }),
		listing.Plain("Per cent", func(c *row.Claim) string { return wording.PercentText(c.ChangePercent.Get()) }),
		listing.Text("Release that answers", func(c *row.Claim) string { return wording.DateText(c.AsOf) }),
		listing.Text("Since then", sinceThen),
		listing.Notes(func(c *row.Claim) note.List {
			if c.Early.Set {
				return note.List{{Code: note.Early}}
			}
			return nil
		})).SayOnce()
}

// foundAs says the kind of the best window, and whether it gives the number.
func foundAs(c *row.Claim) string {
	basis := strings.ReplaceAll(c.Basis, "-", " ")
	switch {
	case basis == "":
		return "no figures to compare with"
	case c.Found:
		return "found: " + basis
	}
	return "nearest: " + basis
}

// sinceThen says whether a revision has changed the answer.
func sinceThen(c *row.Claim) string {
	switch {
	case !c.Changed.Known:
		return wording.MarkNotAvailable
	case c.Changed.Set:
		return "since revised to " + wording.Count(c.ValueNow)
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
