package site

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// claimsPage is what the page about claims shows.
type claimsPage struct {
	Claims []claimEntry
	More   string // how many sentences are left out, or ""
}

// claimEntry is a sentence with what was found for its numbers.
type claimEntry struct {
	ID      string
	On      string
	Text    string
	URL     string // where it was said; "" where that is not known, or not an address on the web
	Numbers dataTable
}

// maxClaims bounds the sentences on the page.
const maxClaims = 40

// claims collects the page about claims, the newest first.
func (b *builder) claims() claimsPage {
	g := b.tables["claims"]
	var ids []string
	rows := map[string][]int{}
	for i := range g.rows() {
		id := g.text(i, "claim")
		if rows[id] == nil {
			ids = append(ids, id)
		}
		rows[id] = append(rows[id], i)
	}
	slices.SortStableFunc(ids, func(x, y string) int { return cmp.Compare(g.date(rows[y][0], "on"), g.date(rows[x][0], "on")) })
	var p claimsPage
	if n := len(ids) - maxClaims; n > 0 {
		p.More, ids = wording.Thousands(int64(n)), ids[:maxClaims]
	}
	for _, id := range ids {
		first := rows[id][0]
		p.Claims = append(p.Claims, claimEntry{ID: claimAnchor(id), On: wording.DateText(g.date(first, "on")), Text: g.text(first, "text"),
			URL: webAddress(g.text(first, "url")), Numbers: b.claimNumbers(id, rows[id])})
	}
	return p
}

// claimAnchor returns the place of a claim on its page.
func claimAnchor(id string) string { return "claim-" + strings.Join(strings.Fields(id), "-") }

// claimNumbers lists the numbers of a sentence; one without any has no rows.
func (b *builder) claimNumbers(id string, rows []int) dataTable {
	g := b.tables["claims"]
	rows = slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return g.text(i, "number_text") == "" })
	slices.SortStableFunc(rows, func(i, j int) int {
		x, _ := g.cell(i, "number").Number()
		y, _ := g.cell(j, "number").Number()
		return cmp.Compare(x, y)
	})
	return g.table("numbers of the sentence "+id, "The numbers in the sentence, in order, and the window of the figures that gives each, or the nearest.", rows, maxRows,
		column{"As written", "", g.words("number_text")},
		column{"Window", classText, g.foundAs},
		column{"Series", classText, func(i int) string {
			if id := g.text(i, "series"); id != "" {
				return b.title(stat.SeriesID(id))
			}
			return wording.MarkNotAvailable
		}},
		column{"From and to", classText, func(i int) string { return wording.PeriodText(g.date(i, "window_start"), g.date(i, "window_end")) }},
		column{"Value", classMain, g.counts("value")},
		column{"Compared with", "", g.counts("prior_value")},
		column{"Per cent", "", g.plainPercents("change_percent")},
		column{"Release that answers", classText, g.days("as_of")},
		column{"Since then", classText, g.sinceThen},
		column{"Notes", classNote, func(i int) string {
			if g.text(i, "early") == "true" {
				return "no vintage is as old as the claim"
			}
			return nothing
		}}).sayOnce()
}

// foundAs says the kind of the best window, and whether it gives the number.
func (g grid) foundAs(i int) string {
	basis := strings.ReplaceAll(g.text(i, "basis"), "-", " ")
	switch {
	case basis == "":
		return "no figures to compare with"
	case g.text(i, "found") == "true":
		return "found: " + basis
	}
	return "nearest: " + basis
}

// sinceThen says whether a revision has changed the answer.
func (g grid) sinceThen(i int) string {
	switch {
	case g.cell(i, "changed").IsNull():
		return wording.MarkNotAvailable
	case g.text(i, "changed") == "true":
		return "since revised to " + g.counts("value_now")(i)
	}
	return "not revised"
}

// plainPercents writes changes in per cent of a table without notes.
func (g grid) plainPercents(col string) func(int) string {
	return func(i int) string {
		if f, known := g.cell(i, col).Number(); known {
			return wording.Percent(f)
		}
		return wording.MarkNotAvailable
	}
}

// webAddress returns an address that a reader can be sent to, or "" for anything
// that is not http or https: what stands in a file of claims is anybody's.
func webAddress(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
