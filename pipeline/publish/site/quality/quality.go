// Package quality makes the pages of the quality reports: what the table quality says of one data set.
package quality

import (
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
)

// Body is what the page of a report shows.
type Body struct {
	Source   content.SourceInfo
	Parts    []Part
	Releases string // the page that lists the releases, or ""
}

// Part is one main heading of a report.
type Part struct {
	ID, Title string
	Entries   []Entry
}

// Entry is a heading with what the report says under it.
type Entry struct {
	Concept, Heading string
	Texts            []Text
}

// Text is a sentence, with the figure of its row if it does not say it, or "".
type Text struct{ Value, Words string }

// parts are the main headings in the order of the page, with the concepts under them.
var parts = []struct {
	id, title string
	under     []string
}{
	{"relevance", "Relevance", []string{"S.3.1", "S.12"}},
	{"accuracy", "Accuracy and reliability", []string{"S.13"}},
	{"timeliness", "Timeliness and punctuality", []string{"S.14", "S.8", "S.9"}},
	{"comparability", "Coherence and comparability", []string{"S.15"}},
	{"revisions", "Revisions", []string{"S.17"}},
	{"accessibility", "Accessibility", []string{"S.10"}},
	{"processing", "Statistical processing", []string{"S.18"}},
	{"presentation", "Units and periods", []string{"S.3.8", "S.4", "S.5"}},
}

// Sources returns the data sets with a report, in the order of the site.
func Sources(index *content.Index) []string {
	return slices.DeleteFunc(index.SourceIDs(), func(id string) bool { return index.QualityPage(id) == "" })
}

// Links returns the ways to all reports.
func Links(index *content.Index) (out []content.Link) {
	for _, id := range Sources(index) {
		out = append(out, content.Link{Name: index.QualityPage(id), Title: index.Source(id).Title})
	}
	return out
}

// BodyOf returns the report of a data set.
func BodyOf(index *content.Index, id string) (Body, error) {
	b := Body{Source: index.Source(id)}
	var err error
	if b.Releases, _, err = index.Releases(id); err != nil {
		return b, err
	}
	for _, p := range parts {
		part := Part{ID: p.id, Title: p.title}
		for _, under := range p.under {
			for _, r := range index.Quality {
				if r.Source == id && (r.Concept == under || strings.HasPrefix(r.Concept, under+".")) {
					part.add(index, r)
				}
			}
		}
		if len(part.Entries) > 0 {
			b.Parts = append(b.Parts, part)
		}
	}
	return b, nil
}

// add adds a row of the table, below its heading.
func (p *Part) add(index *content.Index, r *row.Quality) {
	n := len(p.Entries) - 1
	if n < 0 || p.Entries[n].Concept != r.Concept {
		_, heading, also := strings.Cut(r.Heading, ": ")
		if !also {
			heading = r.Heading
		}
		p.Entries = append(p.Entries, Entry{Concept: r.Concept, Heading: wording.Capital(heading)})
		n++
	}
	t := Text{Words: r.Text}
	if v, known := r.Value.Get(); known {
		if value := valueOf(v); !strings.Contains(" "+strings.TrimRight(r.Text, "."), " "+value) { // else the sentence says it
			t.Value = value + " " + r.Unit
		}
	}
	p.Entries[n].Texts = append(p.Entries[n].Texts, t)
}

// valueOf writes a figure, whole if it is.
func valueOf(v float64) string {
	switch whole := int64(v); {
	case v != float64(whole):
		return wording.Decimal(v)
	case whole < 0:
		return wording.Signed(whole)
	default:
		return wording.Thousands(whole)
	}
}
