package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// The bounds of the page of a source's releases.
const (
	maxReleases    = 120 // listed
	releasesInFull = 12  // whose changes are listed
	maxChanges     = 30  // listed of one release
)

// releasePage is what the page of a source's releases shows.
type releasePage struct {
	Source    SourceInfo
	Waiting   []notice
	Releases  dataTable
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

// releaseKey names a release.
type releaseKey struct{ source, release string }

// findChanges collects the revisions by their releases, those of the series that
// the site describes before those of breakdowns.
func (b *builder) findChanges() {
	g := b.tables["revisions"]
	b.changes = map[releaseKey][]int{}
	breakdown := make([]int, g.rows())
	for i := range g.rows() {
		id := stat.SeriesID(g.text(i, "series"))
		if _, described := b.series[id]; !described {
			breakdown[i] = 1
		}
		k := releaseKey{b.sourceOf(id).ID, g.text(i, "new_release")}
		b.changes[k] = append(b.changes[k], i)
	}
	for _, rows := range b.changes {
		slices.SortStableFunc(rows, func(i, j int) int {
			return cmp.Or(breakdown[i]-breakdown[j], strings.Compare(g.text(i, "series"), g.text(j, "series")), cmp.Compare(g.date(j, "period_end"), g.date(i, "period_end")))
		})
	}
}

// changedBy returns the revisions that row i of the table releases made.
func (b *builder) changedBy(i int) []int {
	g := b.tables["releases"]
	return b.changes[releaseKey{g.text(i, "source"), g.text(i, "release")}]
}

// sayChange writes a revision in words.
func (b *builder) sayChange(i int) string {
	g := b.tables["revisions"]
	change := ""
	if !g.cell(i, "change").IsNull() {
		change = " (" + g.changes("change")(i) + ")"
	}
	return fmt.Sprintf("%s, %s: %s before, %s after%s, %s", b.title(stat.SeriesID(g.text(i, "series"))), g.periods(i), g.counts("old_value")(i), g.after(i), change, g.marked(i))
}

// valuesChanged says how many values a release changed.
func valuesChanged(n int) string {
	if n == 1 {
		return "1 value changed"
	}
	return wording.Thousands(int64(n)) + " values changed"
}

// releaseFolders is where the pages of releases are.
const releaseFolders = "releases/"

// releasesName returns the name of the page of a source's releases. As in the
// folders of the lake, a tilde stands for the colon of anyone's own figures. It is
// an error if anything else in the name has no place in a path.
func releasesName(source string) (string, error) {
	name := strings.Replace(source, ":", "~", 1)
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-~") != "" {
		return "", fmt.Errorf("source %q has no name for a page", source)
	}
	return releaseFolders + name + ".html", nil
}

// releaseSources returns the sources that have releases: those that the site
// describes in its order, then any others.
func (b *builder) releaseSources() []string {
	g := b.tables["releases"]
	seen := map[string]bool{}
	var named []string
	for i := range g.rows() {
		if id := g.text(i, "source"); !seen[id] {
			seen[id] = true
			named = append(named, id)
		}
	}
	out := slices.DeleteFunc(b.allSources(), func(id string) bool { return !seen[id] })
	for _, id := range named {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// newestReleases returns the rows of the table releases that wanted wants, the
// newest first.
func (b *builder) newestReleases(wanted func(i int) bool) []int {
	g := b.tables["releases"]
	var rows []int
	for i := range g.rows() {
		if wanted(i) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(i, j int) int {
		return cmp.Or(cmp.Compare(g.date(j, "vintage"), g.date(i, "vintage")), strings.Compare(g.text(j, "first_seen"), g.text(i, "first_seen")),
			strings.Compare(g.text(j, "release"), g.text(i, "release")))
	})
	return rows
}

// changing leaves out the releases that changed nothing.
func (b *builder) changing(rows []int) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return len(b.changedBy(i)) == 0 })
}

// releases collects the page of a source's releases.
func (b *builder) releases(source string) releasePage {
	g := b.tables["releases"]
	p := releasePage{Source: b.sourceInfo(source), Waiting: b.waiting([]string{source})}
	rows := b.newestReleases(func(i int) bool { return g.text(i, "source") == source })
	p.Releases = g.table("releases", "Every release that is kept, the newest first, and how many values of earlier releases it changed.",
		rows, maxReleases,
		column{"Release of", "", g.days("vintage")},
		column{"First seen", classText, func(i int) string { return wording.InstantText(g.text(i, "first_seen")) }},
		column{"Coverage", classText, func(i int) string { return wording.Span(g.date(i, "coverage_start"), g.date(i, "coverage_end")) }},
		column{"Figures", "", g.counts("rows")},
		column{"Earlier values changed", classMain, g.counts("revisions")},
		column{"Of them silent", "", g.counts("silent")},
		column{"Findings", "", g.counts("findings")},
		column{"Quarantined rows", "", g.counts("quarantined")},
		column{"File", classFile, g.words("file")})
	for _, r := range b.site.Retractions {
		if r.Source == source {
			p.Retracted = append(p.Retracted, r.say())
		}
	}
	changed := b.changing(rows)
	if n := len(changed) - releasesInFull; n > 0 {
		p.Older, changed = wording.Thousands(int64(n)), changed[:releasesInFull]
	}
	for _, i := range changed {
		all := b.changedBy(i)
		r := changedRelease{ID: g.text(i, "release"), Title: wording.DateText(g.date(i, "vintage")) + ": " + valuesChanged(len(all))}
		r.Changes, r.More = b.sayChanges(all, maxChanges)
		p.Changed = append(p.Changed, r)
	}
	return p
}

// sayChanges writes the first of revisions in words, limit of them at most, and
// how many are left out.
func (b *builder) sayChanges(rows []int, limit int) (texts []string, more string) {
	for _, i := range rows[:min(len(rows), limit)] {
		texts = append(texts, b.sayChange(i))
	}
	if n := len(rows) - limit; n > 0 {
		more = wording.Thousands(int64(n))
	}
	return texts, more
}
