package frontexdetections

import (
	"regexp"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestBookWrittenInOtherWays writes the workbook in other ways, and multiplies its columns.
func TestBookWrittenInOtherWays(t *testing.T) {
	f := wideOf(t, sourcetest.Load(t, id, "frontex.csv")).file(t)
	altered.Written(t, &Source, f, 3)
}

// TestBookInOtherWays writes the workbook as spreadsheet programs may.
func TestBookInOtherWays(t *testing.T) { altered.Books(t, &Source, small(t).file(t)) }

var (
	epoch1904  = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	workbookPr = regexp.MustCompile(`<workbookPr[^>]*>`)
)

// TestBookFrom1904 reads months in the header that are stored as days of either calendar.
func TestBookFrom1904(t *testing.T) {
	f := small(t)
	want := f.file(t)
	f.header = append([]any{}, f.header...)
	for i := range f.header[3:] {
		f.header[3+i] = int(since.Time().AddDate(0, i, 0).Sub(epoch1904).Hours() / 24)
	}
	file := f.file(t)
	file.Data = sourcetest.EditPart(t, file.Data, "xl/workbook.xml", func(s string) string {
		return workbookPr.ReplaceAllString(s, `<workbookPr date1904="1">`)
	})
	sourcetest.SameFigures(t, &Source, want, file)
}
