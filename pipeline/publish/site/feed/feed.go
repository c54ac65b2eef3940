// Package feed writes the feed of what changed.
package feed

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// The bounds of the feed.
const (
	maxEntries      = 50
	maxEntryChanges = 20
)

// feed collects the entries.
type feed struct {
	index *content.Index
	log   *changes.Log
}

// Atom returns the feed. It has an entry for each release that changed values of earlier ones, for
// each release that was taken back, for each data version, and for each claim whose answer a release
// has changed, the newest first. Its dates are those of releases and decisions, never of the build,
// so a reader is not told of news when there is none.
func Atom(index *content.Index, log *changes.Log) ([]byte, error) {
	b, s := feed{index, log}, index.Site
	f := atomFeed{ID: "urn:crossings:revisions", Title: s.Title + ": what changed", Subtitle: "Releases that changed figures of earlier ones, and data versions with what they restated.",
		Updated: dated(s.Vintage), Author: atomPerson{s.Title},
		Links: []atomLink{{"self", "application/atom+xml", s.Base + content.FeedFile}, b.page(content.CorrectionsPage)}}
	f.Entries = slices.Concat(b.retractions(), b.versions(), b.claims())
	rows := log.Newest()
	for _, r := range rows[:min(len(rows), maxEntries)] {
		e, err := b.release(r)
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

// dated returns the beginning of a day as the feed writes it.
func dated(d stat.Date) string { return d.Time().Format(time.RFC3339) }

// page returns the way to a page of the site.
func (f feed) page(name string) atomLink {
	return atomLink{"alternate", "text/html", f.index.Site.Base + name}
}

// retractions returns an entry for each release that was taken back. It is dated by the decision and
// does not change later.
func (f feed) retractions() (out []atomEntry) {
	for _, r := range f.index.Site.Retractions {
		at := r.At.UTC().Format(time.RFC3339)
		out = append(out, atomEntry{ID: "urn:crossings:taken-back:" + r.Source + ":" + url.PathEscape(r.Release) + ":" + at, Title: r.Heading(), Updated: at,
			Link: f.page(content.TakenBack), Content: atomText{"text", r.Sentence()}})
	}
	return out
}

// versions returns an entry for each data version, with what it restated. Later versions do not
// change it.
func (f feed) versions() []atomEntry {
	var out []atomEntry
	for _, e := range f.index.Site.Editions {
		title, text := "Data version "+e.Version, "Newest release in it: "+e.Vintage.Long()+"."
		if r := e.Restated; r != nil {
			title += ": " + wording.Counted(r.Count, "value", "values") + " restated"
			text += " " + e.Sentence()
		}
		out = append(out, atomEntry{ID: "urn:crossings:version:" + e.Version, Title: title, Updated: dated(e.Vintage),
			Link: f.page(content.EditionFolder(e.Version) + content.FrontPage), Content: atomText{"text", text}})
	}
	return out
}

// claims returns an entry for each number of a claim whose window has had another value since.
func (f feed) claims() []atomEntry {
	var out []atomEntry
	for _, c := range f.index.Claims {
		if !c.Changed.Set || c.RevisedOn.IsZero() {
			continue
		}
		text := fmt.Sprintf("“%s” %s, %s: %s when it was said, %s now.", c.NumberText, f.index.Title(c.Series),
			wording.PeriodText(c.WindowStart, c.WindowEnd), wording.Count(c.Value), wording.Count(c.ValueNow))
		out = append(out, atomEntry{ID: fmt.Sprintf("urn:crossings:claim:%s:%d:%s", url.PathEscape(c.Claim), c.Number, c.RevisedOn),
			Title: "A figure behind a claim of " + wording.DateText(c.On) + " was revised", Updated: dated(c.RevisedOn),
			Link: f.page(content.ClaimsPage + "#" + content.ClaimAnchor(c.Claim)), Content: atomText{"text", text}})
	}
	return out
}

// release returns the entry of a release.
func (f feed) release(r *row.Release) (atomEntry, error) {
	page, err := content.ReleasesName(r.Source)
	if err != nil {
		return atomEntry{}, err
	}
	all := f.log.By(r)
	texts, more := f.log.Sentences(all, maxEntryChanges)
	for j, s := range texts {
		texts[j] = "- " + s
	}
	if more != "" {
		texts = append(texts, "… "+more+" more in data/revisions.csv")
	}
	return atomEntry{ID: "urn:crossings:revision:" + r.Source + ":" + url.PathEscape(r.Release), Title: f.index.Source(r.Source).Title + ": " + changes.Count(len(all)),
		Updated: r.FirstSeen.Format(time.RFC3339), Link: f.page(page), Content: atomText{"text", strings.Join(texts, "\n")}}, nil
}
