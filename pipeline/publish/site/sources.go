package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// sourceTable is data sets with their state.
type sourceTable struct {
	Rows        []sourceRow
	Quarantined bool           // whether the rows say how many of theirs failed a check
	Listed      bool           // whether there are pages of releases
	States      []schemas.Code // the states that occur, with their meaning
	Marks       []string       // the shorthand that occurs
}

// sourceRow is a data set with its state.
type sourceRow struct {
	SourceInfo                                          // Homepage is "" where there is no page to send a reader to
	State, LastRelease, Coverage, Findings, Quarantined string
	Releases                                            string // how many there are
	Page                                                string // that lists them, or ""
}

// unregistered is the state of a data set that a topic names and the site has not.
const unregistered = "not part of this site yet"

// sourceTable returns the data sets called ids, in that order, with what the
// table sources says of each.
func (b *builder) sourceTable(ids []string) (sourceTable, error) {
	codes, err := schemas.CodeList("source-state")
	if err != nil {
		return sourceTable{}, err
	}
	g := b.tables["sources"]
	t := sourceTable{Quarantined: g.has("quarantined")}
	var texts []string
	seen := map[string]bool{}
	for _, id := range ids {
		row := sourceRow{b.sources[id], wording.MarkNotAvailable, wording.MarkNotAvailable, wording.MarkNotAvailable, wording.MarkNotAvailable, wording.MarkNotAvailable, "", ""}
		if row.Page, row.Releases, err = b.releasesOf(id); err != nil {
			return t, err
		}
		t.Listed = t.Listed || row.Page != ""
		if row.ID == "" {
			row.SourceInfo, row.State = SourceInfo{Title: id}, unregistered
		}
		for _, i := range g.where("source", id) {
			state := g.text(i, "state")
			seen[state] = true
			row.State, row.LastRelease = labelOf(codes, state), wording.DateText(g.date(i, "last_release"))
			row.Coverage = wording.Span(g.date(i, "coverage_start"), g.date(i, "coverage_end"))
			row.Findings = wording.CountText(g.cell(i, "findings"), stat.Missing)
			if t.Quarantined {
				row.Quarantined = wording.CountText(g.cell(i, "quarantined"), stat.Missing)
			}
		}
		row.Publisher, row.Licence, row.Holds = cmp.Or(row.Publisher, wording.MarkNotAvailable), cmp.Or(row.Licence, wording.MarkNotAvailable), cmp.Or(row.Holds, wording.MarkNotAvailable)
		t.Rows = append(t.Rows, row)
		texts = append(texts, row.Releases, row.State, row.LastRelease, row.Coverage, row.Findings, row.Publisher, row.Licence, row.Holds)
	}
	t.States = slices.DeleteFunc(codes, func(c schemas.Code) bool { return !seen[c.Code] })
	t.Marks = explained(texts...)
	return t, nil
}

// notice says of one data set that releases of it wait, with the way to its releases.
type notice struct{ Text, Name, Title string }

// waiting returns what to say of the data sets with releases that wait for a person.
func (b *builder) waiting(ids []string) (out []notice) {
	for _, id := range ids {
		s := b.sources[id]
		if len(s.Waiting) == 0 {
			continue
		}
		var days []string
		for _, d := range s.Waiting {
			days = append(days, d.Long())
		}
		n := notice{Title: s.Title, Text: "A release of " + days[0] + " waits for review; nothing of it is in the figures here."}
		if len(days) > 1 {
			n.Text = "Releases of " + strings.Join(days, ", ") + " wait for review; nothing of them is in the figures here."
		}
		if len(b.tables["releases"].where("source", id)) > 0 {
			n.Name, _ = releasesName(id) // the page of a name that is none is an error of its own
		}
		out = append(out, n)
	}
	return out
}

// releasesOf returns the page that lists the releases of a source, "" where there
// is none, and how many there are.
func (b *builder) releasesOf(id string) (page, count string, err error) {
	rows := b.tables["releases"].where("source", id)
	if len(rows) == 0 {
		return "", "none", nil
	}
	page, err = releasesName(id)
	return page, wording.Thousands(int64(len(rows))), err
}

func labelOf(codes []schemas.Code, code string) string {
	for _, c := range codes {
		if c.Code == code {
			return c.Label
		}
	}
	return code
}

// allSources returns the ids of all data sets of the site.
func (b *builder) allSources() []string {
	var ids []string
	for _, s := range b.site.Sources {
		ids = append(ids, s.ID)
	}
	return ids
}

// silent returns a sentence that names the data sets of which nothing has come
// in, or "".
func (t sourceTable) silent() string {
	var names string
	for _, r := range t.Rows {
		if r.LastRelease == wording.MarkNotAvailable {
			if names != "" {
				names += "; "
			}
			names += r.Title
		}
	}
	if names == "" {
		return ""
	}
	return fmt.Sprintf("There are no figures yet from: %s.", names)
}
