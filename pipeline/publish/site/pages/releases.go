package pages

import (
	"cmp"
	"slices"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
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
	seen := map[string]bool{}
	var named []string
	for _, r := range index.ReleaseList {
		if !seen[r.Source] {
			seen[r.Source] = true
			named = append(named, r.Source)
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
	rows := m.log.Releases(func(r *row.Release) bool { return r.Source == source })
	count := func(head string, of func(*row.Release) int) listing.Column[row.Release] {
		return listing.Plain(head, func(r *row.Release) string { return wording.Thousands(int64(of(r))) })
	}
	b.Releases = listing.Lay("releases", "Every release that is kept, the newest first, and how many values of earlier releases it changed.",
		rows, maxReleases,
		listing.Plain("Release of", func(r *row.Release) string { return wording.DateText(r.Vintage) }),
		listing.Text("First seen", func(r *row.Release) string { return wording.InstantText(r.FirstSeen) }),
		listing.Text("Coverage", func(r *row.Release) string { return wording.Span(r.CoverageStart, r.CoverageEnd) }),
		count("Figures", func(r *row.Release) int { return r.Rows }),
		listing.Main("Earlier values changed", func(r *row.Release) string { return wording.Thousands(int64(r.Revisions)) }),
		count("Of them silent", func(r *row.Release) int { return r.Silent }),
		count("Findings", func(r *row.Release) int { return r.Findings }),
		count("Quarantined rows", func(r *row.Release) int { return r.Quarantined }),
		listing.File("File", func(r *row.Release) string { return cmp.Or(r.File, wording.Nothing) }))
	for _, r := range m.index.Site.Retractions {
		if r.Source == source {
			b.Retracted = append(b.Retracted, r.Sentence())
		}
	}
	b.Changed, b.Older = m.changed(m.log.Changing(rows))
	return Page{Name: name, Title: "Releases: " + b.Source.Title, Template: "releases.html", Body: b}, nil
}

// changed says what the newest of releases changed. older is how many more releases there are, or "".
func (m *Maker) changed(releases []*row.Release) (out []changedRelease, older string) {
	if n := len(releases) - releasesInFull; n > 0 {
		older, releases = wording.Thousands(int64(n)), releases[:releasesInFull]
	}
	for _, r := range releases {
		all := m.log.By(r)
		x := changedRelease{ID: r.Release, Title: wording.DateText(r.Vintage) + ": " + changes.Count(len(all))}
		x.Changes, x.More = m.log.Sentences(all, maxChanges)
		out = append(out, x)
	}
	return out, older
}
