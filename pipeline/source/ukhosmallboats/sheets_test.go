package ukhosmallboats

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
	"crossings/pipeline/stat"
)

// renamed returns the shortened release with other names of its data sheets.
func renamed(t *testing.T, daily, weekly string) sourcetest.File {
	t.Helper()
	f := shortened(t)
	names := strings.NewReplacer(`table:name="SB_01"`, `table:name="`+daily+`"`, `table:name="SB_02"`, `table:name="`+weekly+`"`)
	return sourcetest.File{Name: f.Name, Data: sourcetest.EditODS(t, f.Data, names.Replace)}
}

// TestSheetsUnderOtherNames finds the sheets by their headers. All were refused before.
func TestSheetsUnderOtherNames(t *testing.T) {
	want, _, err := sourcetest.Decode(short, shortened(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, names := range [][2]string{{"SB-1", "SB-2"}, {"Sheet 1", "Sheet 2"}, {"Data - daily", "Data - weekly"}, {"Daily", "Weekly"}, {"SB_02", "SB_01"}} {
		got, findings, err := sourcetest.Decode(short, renamed(t, names[0], names[1]))
		if err != nil || len(findings) != 0 || !slices.EqualFunc(got, want, sameFigure) {
			t.Errorf("%s, %s: %d observations, %v, %v", names[0], names[1], len(got), findings, err)
		}
	}
}

// sameFigure reports whether two observations state the same.
func sameFigure(a, b stat.Observation) bool {
	return a.Series.ID == b.Series.ID && a.Period == b.Period && a.Value == b.Value && a.Status == b.Status
}

// TestNewestRowFirst reads sheets whose newest row is first. They were refused before.
func TestNewestRowFirst(t *testing.T) {
	want, _, err := sourcetest.Decode(short, shortened(t))
	if err != nil {
		t.Fatal(err)
	}
	turn := func(drop int) sourcetest.File {
		g := altered.OpenGrid(t, shortened(t))
		for _, name := range []string{"SB_01", "SB_02"} {
			sheet := g.Table(t, name)
			end := len(sheet.Rows)
			for !strings.Contains(strings.Join(sheet.Rows[end-1], ""), "date-value") {
				end--
			}
			slices.Reverse(sheet.Rows[1:end])
			sheet.Rows = slices.Delete(sheet.Rows, end-drop, end)
		}
		return g.File(t)
	}
	got, findings, err := sourcetest.Decode(short, turn(0))
	order := func(a, b stat.Observation) int {
		if a.Series.ID != b.Series.ID {
			return strings.Compare(string(a.Series.ID), string(b.Series.ID))
		}
		return int(a.Period.Start - b.Period.Start)
	}
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if err != nil || len(findings) != 0 || !slices.EqualFunc(got, want, sameFigure) {
		t.Errorf("%d observations, %v, %v", len(got), findings, err)
	}
	sourcetest.Refuses(t, short)("the oldest row missing", turn(1), decode.ErrShape, "the oldest row is of 2026-04-07, want 2026-04-06")
}

// TestSheetsAlike refuses two sheets with the same headers, unless one has the publisher's name.
func TestSheetsAlike(t *testing.T) {
	doubled := func(name string) func(string) string {
		return func(content string) string {
			begin := strings.Index(content, `<table:table table:name="SB_01"`)
			if begin < 0 {
				begin = strings.LastIndex(content[:strings.Index(content, `table:name="SB_01"`)], "<table:table ")
			}
			end := begin + strings.Index(content[begin:], "</table:table>") + len("</table:table>")
			old := strings.Replace(content[begin:end], `"SB_01"`, `"Old"`, 1)
			return strings.Replace(content[:begin]+old+content[begin:], `"SB_01"`, `"`+name+`"`, 1)
		}
	}
	f := shortened(t)
	alike := sourcetest.File{Name: f.Name, Data: sourcetest.EditODS(t, f.Data, doubled("Daily"))}
	sourcetest.Refuses(t, short)("two sheets of days", alike, decode.ErrShape, `sheet Daily: the sheets "Old" and "Daily" have the same headers`)
	_, findings, err := sourcetest.Decode(short, sourcetest.File{Name: f.Name, Data: sourcetest.EditODS(t, f.Data, doubled("SB_01"))})
	if err != nil || len(findings) != 1 || findings[0].Code != "unknown-sheet" || findings[0].Where != "Old" {
		t.Errorf("%v, %v", findings, err)
	}
}
