package ukhosmallboats

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The publisher's names of the sheets without figures. The text of one says what the figures mean.
const (
	cover       = "Cover_sheet"
	definitions = "Notes"
)

// isDefinitions reports whether a sheet has the text that says what the figures mean.
func isDefinitions(sheet string) bool {
	words := decode.Words(sheet)
	return words == "notes" || words == "definitions" || words == "notes and definitions"
}

// workbook collects what the sheets of a file state.
type workbook struct {
	file  source.File
	first stat.Date
	tabs  []*tab
	text  strings.Builder // of the sheet of definitions
}

// tab is one sheet of the file, read as each kind of data sheet. Its headers say which it is.
type tab struct {
	name   string
	hidden bool
	kinds  map[*sheet]*reading
}

// row reads a row of any sheet.
func (b *workbook) row(r decode.Row) {
	switch {
	case isDefinitions(r.Sheet):
		for _, c := range r.Cells {
			b.text.WriteString(c.Text + "\n")
		}
		return
	case decode.Words(r.Sheet) == decode.Words(cover):
		return
	}
	if n := len(b.tabs); n == 0 || b.tabs[n-1].name != r.Sheet {
		b.tabs = append(b.tabs, b.newTab(r))
	}
	for _, reading := range b.tabs[len(b.tabs)-1].kinds {
		reading.row(r)
	}
}

func (b *workbook) newTab(r decode.Row) *tab {
	name := r.Sheet
	t := &tab{name: name, hidden: r.Hidden != nil && r.Hidden.Sheet, kinds: map[*sheet]*reading{}}
	for _, kind := range []*sheet{dayKind, weekKind} {
		t.kinds[kind] = &reading{sheet: kind, file: b.file, first: kind.start(b.first), early: map[stat.SeriesID]bool{}, sums: make([]int64, len(kind.series)),
			table: kind.columns.Table(decode.Error{File: b.file.Name, Sheet: name, Hint: hint})}
	}
	return t
}

// find returns the sheet of a kind: the one that has its headers. If several have them, the
// publisher's name decides, then that
// it is shown.
func (b *workbook) find(kind *sheet) (*tab, error) {
	var found, named []*tab
	for _, t := range b.tabs {
		if t.kinds[kind].table.Found() {
			found = append(found, t)
			if t.isNamed(kind) {
				named = append(named, t)
			}
		}
	}
	if len(named) > 0 {
		found = named
	}
	if i := slices.IndexFunc(found, func(t *tab) bool { return !t.hidden }); i >= 0 {
		found = slices.DeleteFunc(found, func(t *tab) bool { return t.hidden })
	}
	switch {
	case len(found) == 0:
		return nil, b.missing(kind)
	case len(found) > 1:
		return nil, b.fail(found[1].name, "see which of them is right; if the layout has changed, teach it to the source's decoder",
			fmt.Errorf("the sheets %s and %s have the same headers: %w", decode.Quote(found[0].name), decode.Quote(found[1].name), decode.ErrShape))
	}
	if r := found[0].kinds[kind]; r.err == nil && r.last.IsZero() {
		return nil, b.fail(found[0].name, "compare it with the publisher's last release", fmt.Errorf("sheet without data: %w", decode.ErrShape))
	}
	return found[0], nil
}

// isNamed reports whether a sheet has the publisher's name of a kind.
func (t *tab) isNamed(kind *sheet) bool { return decode.Words(t.name) == decode.Words(kind.name) }

// isOther reports whether the headers of a sheet say that it is of another kind.
func (t *tab) isOther(kind *sheet) bool {
	for k, r := range t.kinds {
		if k != kind && r.table.Found() {
			return true
		}
	}
	return false
}

// missing is the error about a workbook without a sheet of a kind. It says what the sheet with the
// publisher's name lacks. If there is none, it lists the sheets, the headers that were looked for,
// and what the sheet lacks that has most of them.
func (b *workbook) missing(kind *sheet) error {
	var headers, names []string
	for _, want := range kind.columns.Want {
		if !want.Optional {
			headers = append(headers, decode.Quote(want.Name))
		}
	}
	var nearest *reading
	for _, t := range b.tabs {
		names = append(names, decode.Quote(t.name))
		r := t.kinds[kind]
		switch {
		case t.isOther(kind):
		case t.isNamed(kind):
			return r.end()
		case r.table.Matched() > 0 && (nearest == nil || r.table.Matched() > nearest.table.Matched()):
			nearest = r
		}
	}
	why := ""
	if nearest != nil {
		why = "; the most similar one: " + strings.TrimPrefix(nearest.end().Error(), b.file.Name+": ")
	}
	return b.fail("", "see which sheet has the figures, and what its headers are now; if the layout has changed, teach it to the source's decoder",
		fmt.Errorf("no sheet has the headers %s; the sheets with content are %s%s: %w", strings.Join(headers, ", "), strings.Join(names, ", "), why, decode.ErrShape))
}

// unread are the findings about sheets that are not read, and about columns of those that are.
func (b *workbook) unread(used map[*tab]bool) (out []stat.Finding) {
	for _, t := range b.tabs {
		for _, kind := range []*sheet{dayKind, weekKind} {
			if r := t.kinds[kind]; used[t] && r.table.Found() {
				out = append(out, source.ExtraColumns(r.table, t.name)...)
			}
		}
		if !used[t] {
			out = append(out, stat.Finding{Code: "unknown-sheet", Where: t.name,
				Message: fmt.Sprintf("the release has a sheet %q that is not read; see whether it holds figures", t.name)})
		}
	}
	return out
}

// fail returns an error about a sheet, or about the whole file.
func (b *workbook) fail(sheet, hint string, err error) error {
	return &decode.Error{File: b.file.Name, Sheet: sheet, Err: err, Hint: hint}
}
