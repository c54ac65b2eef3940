package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Restatement is what a data version states otherwise than the one before, of rows
// that both have and that are about the same days.
type Restatement struct {
	Before string          // the older version
	Own    bool            // no publisher's figure differs: what is computed here does
	Taken  bool            // releases that the older version was made from were taken back
	Count  int             // how many values
	Values []RestatedValue // the first of each table, as the files have them
}

// RestatedValue is one value that was restated.
type RestatedValue struct {
	Table    string
	Key      []string // values of the row's key
	Column   string
	Old, New string // "" for none
}

// versionEntry is a data version in the list of all.
type versionEntry struct {
	Version, Vintage string
	By, ByCount      string     // the version that restated values of it, or "", and how many
	Notice           *restateds // what it restated itself, or nil
	Retracted        []string   // releases in it that were taken back since
}

// restateds is a notice: what a data version restated.
type restateds struct {
	Version  string
	ID, Text string
	Table    dataTable
}

// versions returns all data versions, the newest first. Those long past are listed
// without what they restated: edition.json of each has it.
func (b *builder) versions() []versionEntry {
	var out []versionEntry
	notices := 0
	for i, e := range b.site.Editions {
		v := versionEntry{Version: e.Version, Vintage: e.Vintage.Long(), Retracted: sayAll(e.Retractions)}
		if i > 0 {
			if by := b.site.Editions[i-1]; by.Restated != nil && by.Restated.Before == e.Version {
				v.By, v.ByCount = by.Version, counted(by.Restated.Count, "value", "values")
			}
		}
		if e.Restated != nil && notices < maxNotices {
			notices++
			v.Notice = b.notice(e)
		}
		out = append(out, v)
	}
	return out
}

// maxNotices is how many notices the list of data versions shows.
const maxNotices = 10

// versionAnchor is the place of a data version on the page that lists them.
func versionAnchor(version string) string { return "v" + version }

// sayRestated says in a sentence what a data version restated.
func (e EditionInfo) sayRestated() string {
	if e.Restated == nil {
		return ""
	}
	why := "because publishers restated theirs"
	if e.Restated.Own {
		why = "although no publisher changed one: the computation here was corrected or extended"
	}
	if e.Restated.Taken {
		why = "because releases that it was made from were taken back here: withdrawn, or given their right date"
	}
	verb := "are"
	if e.Restated.Count == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s of version %s %s stated otherwise in version %s, %s.", counted(e.Restated.Count, "value", "values"), e.Restated.Before, verb, e.Version, why)
}

// notice returns what a data version restated, or nil.
func (b *builder) notice(e EditionInfo) *restateds {
	r := e.Restated
	if r == nil {
		return nil
	}
	n := &restateds{Version: e.Version, ID: versionAnchor(e.Version), Text: e.sayRestated()}
	n.Table = dataTable{Title: "restated in version " + e.Version, Caption: "Values of version " + r.Before + " and what version " + e.Version + " has in their place.",
		Head: []string{"Row", "In " + r.Before, "In " + e.Version, "Column", "Table"}, Classes: []string{"", classText, classText, classText, classText}, Named: true}
	if slices.ContainsFunc(r.Values, func(v RestatedValue) bool { return len(v.Old) > longNote || len(v.New) > longNote }) {
		n.Table.Classes[1], n.Table.Classes[2] = classNote, classNote // sentences
	}
	for _, v := range r.Values {
		name, page := b.restatedRow(v)
		cells := []string{restatedText(v.Old), restatedText(v.New), headOf(v.Column), b.tableTitle(v.Table)}
		n.Table.Rows = append(n.Table.Rows, dataRow{Name: name, Href: page, Cells: cells})
	}
	if left := r.Count - len(r.Values); left > 0 {
		n.Text += fmt.Sprintf(" Listed are the first of each table; %s more differ between the files of both versions.", wording.Thousands(int64(left)))
	}
	return n
}

// restatedRow names the row of a value in words, and the page of its series, if any.
func (b *builder) restatedRow(v RestatedValue) (name, page string) {
	var words []string
	if n := len(v.Key); n > 2 { // a period is its first and its last day
		start, err := stat.ParseDate(v.Key[n-2])
		end, err2 := stat.ParseDate(v.Key[n-1])
		if err == nil && err2 == nil {
			v.Key = append(slices.Clone(v.Key[:n-2]), wording.PeriodText(start, end))
		}
	}
	for _, k := range v.Key {
		if _, known := b.series[stat.SeriesID(k)]; known {
			page = b.seriesLink(stat.SeriesID(k))
			words = append(words, b.title(stat.SeriesID(k)))
		} else if d, err := stat.ParseDate(k); err == nil {
			words = append(words, d.Long())
		} else {
			words = append(words, k)
		}
	}
	return strings.Join(words, ", "), page
}

// tableTitle returns the title of a published table.
func (b *builder) tableTitle(name string) string {
	if g := b.tables[name]; g.t != nil {
		return g.t.Schema.Title
	}
	return name
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
