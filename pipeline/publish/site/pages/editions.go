package pages

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// editionBody is what the page of a data version shows. The page is in the folder of the edition and
// never changes; only its frame leads to the newest pages.
type editionBody struct {
	Version   string
	Headlines []section.Statement
	Files     []editionFile
	Cite      string
	Notice    *restateds // what it restated, or nil
}

// editionFile is a file of an edition. Name is relative to its folder.
type editionFile struct{ Name, Size, SHA256 string }

// Edition makes the page of the new data version, which has the files given. Their names are
// relative to its folder.
func (m *Maker) Edition(files []catalogue.File) Page {
	s := m.index.Site
	b := editionBody{Version: s.Version, Headlines: section.Headlines(m.index, m.index.OnFront), Cite: s.Cite()}
	for _, e := range s.Editions {
		if e.Version == b.Version {
			b.Notice = editions{m.index}.notice(e)
		}
	}
	for _, f := range files {
		b.Files = append(b.Files, editionFile{f.Name, wording.Size(f.Bytes), f.SHA256})
	}
	return Page{Name: content.EditionFolder(s.Version) + content.FrontPage, Title: "Data version " + s.Version, Template: "edition.html", Body: b}
}

// editions says what data versions restated.
type editions struct{ index *content.Index }

// editionsBody lists the data versions, the newest first.
type editionsBody struct{ Versions []versionEntry }

// versionEntry is a data version in the list of all.
type versionEntry struct {
	Version, Vintage string
	By, ByCount      string     // the version that restated values of it, or "", and how many
	Notice           *restateds // what it restated itself, or nil
	Retracted        []string   // releases in it that were taken back since
}

// restateds is a notice of what a data version restated.
type restateds struct {
	Version  string
	ID, Text string
	Table    listing.Table
}

// maxNotices is how many notices the list of data versions shows. edition.json of each version has
// those of older ones.
const maxNotices = 10

// page makes the page of all data versions, the newest first.
func (d editions) page() Page {
	var b editionsBody
	all := d.index.Site.Editions
	notices := 0
	for i, e := range all {
		v := versionEntry{Version: e.Version, Vintage: e.Vintage.Long(), Retracted: content.Sentences(e.Retractions)}
		if i > 0 {
			if by := all[i-1]; by.Restated != nil && by.Restated.Before == e.Version {
				v.By, v.ByCount = by.Version, wording.Counted(by.Restated.Count, "value", "values")
			}
		}
		if e.Restated != nil && notices < maxNotices {
			notices++
			v.Notice = d.notice(e)
		}
		b.Versions = append(b.Versions, v)
	}
	return Page{Name: content.EditionsPage, Title: "Data versions", Template: "editions.html", Body: b}
}

// notice returns what a data version restated, or nil.
func (d editions) notice(e content.EditionInfo) *restateds {
	r := e.Restated
	if r == nil {
		return nil
	}
	n := &restateds{Version: e.Version, ID: content.VersionAnchor(e.Version), Text: e.Sentence()}
	n.Table = listing.Table{Title: "restated in version " + e.Version, Caption: "Values of version " + r.Before + " and what version " + e.Version + " has in their place.",
		Head: []string{"Row", "In " + r.Before, "In " + e.Version, "Column", "Table"}, Named: true,
		Classes: []string{"", listing.ClassText, listing.ClassText, listing.ClassText, listing.ClassText}}
	if slices.ContainsFunc(r.Values, func(v content.RestatedValue) bool {
		return len(v.Old) > listing.LongNote || len(v.New) > listing.LongNote
	}) {
		n.Table.Classes[1], n.Table.Classes[2] = listing.ClassNote, listing.ClassNote // sentences
	}
	for _, v := range r.Values {
		name, page := d.row(v.Key)
		cells := []string{restatedText(v.Old), restatedText(v.New), wording.Head(v.Column), d.index.TableTitle(v.Table)}
		n.Table.Rows = append(n.Table.Rows, listing.Row{Name: name, Href: page, Cells: cells})
	}
	if left := r.Count - len(r.Values); left > 0 {
		n.Text += fmt.Sprintf(" Listed are the first of each table; %s more differ between the files of both versions.", wording.Thousands(int64(left)))
	}
	return n
}

// row names a row by its key in words, and returns the page of its series, if any.
func (d editions) row(key []string) (name, page string) {
	if n := len(key); n > 2 { // a period is its first and its last day
		start, err := stat.ParseDate(key[n-2])
		end, err2 := stat.ParseDate(key[n-1])
		if err == nil && err2 == nil {
			key = append(slices.Clone(key[:n-2]), wording.PeriodText(start, end))
		}
	}
	var words []string
	for _, k := range key {
		if id := stat.SeriesID(k); d.index.Described(id) {
			page = d.index.SeriesPage(id)
			words = append(words, d.index.Title(id))
		} else if day, err := stat.ParseDate(k); err == nil {
			words = append(words, day.Long())
		} else {
			words = append(words, k)
		}
	}
	return strings.Join(words, ", "), page
}

// restatedText writes a value of a file for people.
func restatedText(field string) string {
	if field == "" {
		return wording.MarkNotAvailable
	}
	if n, err := strconv.ParseInt(field, 10, 64); err == nil {
		return wording.Thousands(n)
	}
	if f, err := strconv.ParseFloat(field, 64); err == nil {
		_, places, _ := strings.Cut(field, ".")
		return wording.Fixed(f, min(max(len(places), 1), 9))
	}
	return field
}
