package pages

import (
	"slices"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
)

// The bounds of the page of a source's releases.
const (
	maxReleases    = 120 // listed
	releasesInFull = 12  // whose changes are listed
	maxChanges     = 30  // listed of one release
)

// releasesBody is what the page of a source's releases shows.
type releasesBody struct {
	Source    content.SourceInfo
	Waiting   []notice
	Releases  listing.Table
	Retracted []string         // releases that were taken back
	Changed   []changedRelease // the newest of those that changed something
	Older     string           // how many more there are, or ""
}

// changedRelease is a release that changed values of earlier ones.
type changedRelease struct {
	ID      string   // of the release
	Title   string   // "27 February 2026: one value changed"
	Changes []string // the first of them, in words
	More    string   // how many are left out, or ""
}

// releaseSources returns the sources that have releases: those that the site describes in its order,
// then any others.
func releaseSources(index *content.Index) []string {
	g := index.Table("releases")
	seen := map[string]bool{}
	var named []string
	for _, i := range g.All() {
		if id := g.Text(i, "source"); !seen[id] {
			seen[id] = true
			named = append(named, id)
		}
	}
	out := slices.DeleteFunc(index.SourceIDs(), func(id string) bool { return !seen[id] })
	for _, id := range named {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// releases makes the page of a source's releases.
func (m *Maker) releases(source string) (Page, error) {
	name, err := content.ReleasesName(source)
	if err != nil {
		return Page{}, err
	}
	b := releasesBody{Source: m.index.Source(source), Waiting: waiting(m.index, []string{source})}
	g := m.index.Table("releases")
	rows := m.log.Releases(func(i int) bool { return g.Text(i, "source") == source })
	b.Releases = listing.Lay(g, "releases", "Every release that is kept, the newest first, and how many values of earlier releases it changed.",
		rows, maxReleases,
		listing.Plain("Release of", listing.Days(g, "vintage")),
		listing.Text("First seen", func(i int) string { return wording.InstantText(g.Text(i, "first_seen")) }),
		listing.Text("Coverage", func(i int) string { return wording.Span(g.Date(i, "coverage_start"), g.Date(i, "coverage_end")) }),
		listing.Plain("Figures", listing.Counts(g, "rows")),
		listing.Main("Earlier values changed", listing.Counts(g, "revisions")),
		listing.Plain("Of them silent", listing.Counts(g, "silent")),
		listing.Plain("Findings", listing.Counts(g, "findings")),
		listing.Plain("Quarantined rows", listing.Counts(g, "quarantined")),
		listing.File("File", listing.Words(g, "file")))
	for _, r := range m.index.Site.Retractions {
		if r.Source == source {
			b.Retracted = append(b.Retracted, r.Sentence())
		}
	}
	b.Changed, b.Older = m.changed(m.log.Changing(rows))
	return Page{Name: name, Title: "Releases: " + b.Source.Title, Template: "releases.html", Body: b}, nil
}

// changed says what the newest of releases changed. older is how many more releases there are, or "".
func (m *Maker) changed(releases []int) (out []changedRelease, older string) {
	g := m.index.Table("releases")
	if n := len(releases) - releasesInFull; n > 0 {
		older, releases = wording.Thousands(int64(n)), releases[:releasesInFull]
	}
	for _, i := range releases {
		all := m.log.By(i)
		r := changedRelease{ID: g.Text(i, "release"), Title: wording.DateText(g.Date(i, "vintage")) + ": " + changes.Count(len(all))}
		r.Changes, r.More = m.log.Sentences(all, maxChanges)
		out = append(out, r)
	}
	return out, older
}
