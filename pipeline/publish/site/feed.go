package site

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// feedName is the feed of revisions, at the root of the site.
const feedName = "feed.atom"

// The bounds of the feed.
const (
	maxEntries      = 50
	maxEntryChanges = 20
)

// atomFeed is a feed as RFC 4287 has it. Its texts are plain: the reader escapes
// nothing, and nothing in them is markup.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"` // relative to the feed where the site's address is not known
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// feed returns the feed: an entry for each release that changed values of earlier
// ones, for each data version, and for each claim whose answer a release has changed, the newest first.
// Its dates are those of the releases, never of the build, so that a reader is not
// told of news where there is none.
func (b *builder) feed() ([]byte, error) {
	f := atomFeed{ID: "urn:crossings:revisions", Title: b.site.Title + ": what changed", Subtitle: "Releases that changed figures of earlier ones, and data versions with what they restated.",
		Updated: b.site.Vintage.Time().Format(time.RFC3339), Author: atomPerson{b.site.Title},
		Links: []atomLink{{"self", "application/atom+xml", b.about.Base + feedName}, {"alternate", "text/html", b.about.Base + correctionsName}}}
	rows := b.changing(b.newestReleases(func(int) bool { return true }))
	f.Entries = slices.Concat(b.retracted(), b.newVersions(), b.changedClaims())
	for _, i := range rows[:min(len(rows), maxEntries)] {
		e, err := b.entry(i)
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, e)
	}
	slices.SortStableFunc(f.Entries, func(x, y atomEntry) int { return strings.Compare(y.Updated, x.Updated) })
	f.Entries = f.Entries[:min(len(f.Entries), maxEntries)]
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	text, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// newVersions returns an entry for each data version, with what it restated. It does
// not change with later versions.
func (b *builder) newVersions() []atomEntry {
	var out []atomEntry
	for _, e := range b.site.Editions {
		title, text := "Data version "+e.Version, "Newest release in it: "+e.Vintage.Long()+"."
		if r := e.Restated; r != nil {
			title += ": " + counted(r.Count, "value", "values") + " restated"
			text += " " + e.sayRestated()
		}
		out = append(out, atomEntry{ID: "urn:crossings:version:" + e.Version, Title: title, Updated: e.Vintage.Time().Format(time.RFC3339),
			Link: atomLink{"alternate", "text/html", b.about.Base + editionFolder(e.Version) + frontName}, Content: atomText{"text", text}})
	}
	return out
}

// changedClaims returns an entry for each number of a claim whose window has another
// value since.
func (b *builder) changedClaims() []atomEntry {
	g := b.tables["claims"]
	var out []atomEntry
	for i := range g.rows() {
		on := g.date(i, "revised_on")
		if g.text(i, "changed") != "true" || on.IsZero() {
			continue
		}
		out = append(out, atomEntry{ID: fmt.Sprintf("urn:crossings:claim:%s:%s:%s", url.PathEscape(g.text(i, "claim")), g.text(i, "number"), on),
			Title:   "A figure behind a claim of " + wording.DateText(g.date(i, "on")) + " was revised",
			Updated: on.Time().Format(time.RFC3339), Link: atomLink{"alternate", "text/html", b.about.Base + claimsName + "#" + claimAnchor(g.text(i, "claim"))},
			Content: atomText{"text", b.sayChangedClaim(i)}})
	}
	return out
}

// sayChangedClaim writes what became of the answer to a number of a claim.
func (b *builder) sayChangedClaim(i int) string {
	g := b.tables["claims"]
	return fmt.Sprintf("“%s” %s, %s: %s when it was said, %s now.", g.text(i, "number_text"), b.title(stat.SeriesID(g.text(i, "series"))),
		wording.PeriodText(g.date(i, "window_start"), g.date(i, "window_end")), g.counts("value")(i), g.counts("value_now")(i))
}

// entry returns the entry of a row of the table releases.
func (b *builder) entry(i int) (atomEntry, error) {
	g := b.tables["releases"]
	source, release := g.text(i, "source"), g.text(i, "release")
	page, err := releasesName(source)
	if err != nil {
		return atomEntry{}, err
	}
	all := b.changedBy(i)
	texts, more := b.sayChanges(all, maxEntryChanges)
	for j, s := range texts {
		texts[j] = "- " + s
	}
	if more != "" {
		texts = append(texts, "… "+more+" more in data/revisions.csv")
	}
	return atomEntry{ID: "urn:crossings:revision:" + source + ":" + url.PathEscape(release), Title: b.sourceInfo(source).Title + ": " + valuesChanged(len(all)),
		Updated: g.text(i, "first_seen"), Link: atomLink{"alternate", "text/html", b.about.Base + page}, Content: atomText{"text", strings.Join(texts, "\n")}}, nil
}
