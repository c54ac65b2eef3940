package site

import (
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// A row of a published table is named by the table and the values of its key:
// year-to-date/ukho-small-boats:arrivals:D/2026. The same text is the place of the
// row on the page that shows it, so that a sentence can lead to its figures.

// rowLink is the name of a row with the way to it; Href is "" where no page shows it.
type rowLink struct{ Text, Href string }

// ref returns the name of a row.
func (g grid) ref(i int) string {
	parts := []string{g.t.Schema.Name}
	for _, key := range g.t.Schema.Key {
		parts = append(parts, g.text(i, key))
	}
	return strings.Join(parts, "/")
}

// anchored gives the rows of a table, which are the first of rows, their places.
func (t dataTable) anchored(g grid, rows []int) dataTable {
	for n := range t.Rows {
		t.Rows[n].ID = g.ref(rows[n])
	}
	return t
}

// rowLinks returns the ways to the rows called refs.
func (b *builder) rowLinks(refs []string) []rowLink {
	var out []rowLink
	for _, ref := range refs {
		l := rowLink{Text: ref}
		if page := b.pageOf(ref); page != "" {
			l.Href = page + "#" + ref
		}
		out = append(out, l)
	}
	return out
}

// pageOf returns the page that shows the row called ref: that of its series, or of
// the topic of its balance.
func (b *builder) pageOf(ref string) string {
	parts := strings.Split(ref, "/")
	switch {
	case len(parts) < 3:
		return ""
	case parts[0] == "balances":
		for _, t := range b.site.Topics {
			if slices.Contains(t.Balances, parts[1]) {
				return topicLink(t).Name
			}
		}
		return ""
	case parts[0] == "policy-periods":
		return b.seriesLink(stat.SeriesID(parts[2]))
	}
	return b.seriesLink(stat.SeriesID(parts[1]))
}
