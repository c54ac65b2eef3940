package proposal

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheetOf is a sheet of a workbook: its rows, the formats of cells, and the cells that are merged.
type sheetOf struct {
	name    string
	rows    [][]any
	formats map[string]string // by cells, "B4:B6"
	merged  []string
}

// book returns an XLSX.
func book(t *testing.T, sheets ...sheetOf) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		if i == 0 {
			check(f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			check(err)
		}
		for n, row := range s.rows {
			cell, err := excelize.CoordinatesToCellName(1, n+1)
			check(err)
			check(f.SetSheetRow(s.name, cell, &row))
		}
		for cells, code := range s.formats {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			check(err)
			first, last, _ := strings.Cut(cells, ":")
			check(f.SetCellStyle(s.name, first, last, style))
		}
		for _, cells := range s.merged {
			first, last, _ := strings.Cut(cells, ":")
			check(f.MergeCell(s.name, first, last))
		}
	}
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// TestProposeWorkbooks proposes layouts for workbooks with titles, notes, totals, groups of columns
// and several sheets, and reads them by these, unedited.
func TestProposeWorkbooks(t *testing.T) {
	title, note := []any{"Arrivals, a table"}, []any{"Note: provisional figures"}
	months := [][]any{title, {"Source: an office"}, {}, {"Month", "Sea", "Land", "Total"}, {"Jan 2025", 5, 6, 11}, {"Feb 2025", 7, 8, 15}, {"Mar 2025", 1200, 2, 1202}, {"Total", 1212, 16, 1228}, {}, note}
	for _, c := range []struct {
		name   string
		sheets []sheetOf
		want   map[string]string // some of the figures
		n      int
	}{
		{"titles, notes and a total", []sheetOf{{name: "Data", rows: months}}, map[string]string{"arrivals:M 2025-03-01": "1202", "arrivals:M:category=sea 2025-01-01": "5"}, 9},
		{"several sheets", []sheetOf{{name: "Cover", rows: [][]any{title, {"Published 1 October 2026"}}}, {name: "Contents", rows: [][]any{{"Table", "Title"}, {"T1", "Arrivals"}}}, {name: "T1", rows: months},
			{name: "Notes", rows: [][]any{{"Note number", "Note"}, {1, "Provisional"}}}}, map[string]string{"arrivals:M 2025-02-01": "15"}, 9},
		{"days as months", []sheetOf{{name: "Data", rows: [][]any{title, {"Month", "People"}, {45658, 1}, {45689, 2}, {45717, 3}}, formats: map[string]string{"A3:A5": "mmm-yy"}}}, map[string]string{"arrivals:M 2025-02-01": "2"}, 3},
		{"days across", []sheetOf{{name: "Data", rows: [][]any{title, {"Route", 45658, 45689}, {"Sea", 5, 6}, {"Road", 1, 2}, {"Total", 6, 8}}, formats: map[string]string{"B2:C2": "mmm yyyy"}}},
			map[string]string{"arrivals:M 2025-01-01": "6", "arrivals:M:route=x-road 2025-02-01": "2"}, 6},
		{"years above quarters", []sheetOf{{name: "Data", rows: [][]any{title, {}, {"Nationality", "2024", nil, "2025", nil}, {nil, "Q3", "Q4", "Q1", "Q2"}, {"Albania", 1, 2, 3, 4}, {"Iraq", 10, 20, 30, 40}, {"Total", 11, 22, 33, 44}},
			merged: []string{"B3:C3", "D3:E3", "A3:A4"}}}, map[string]string{"arrivals:Q 2025-04-01": "44", "arrivals:Q:origin=IRQ 2024-07-01": "10"}, 12},
		{"a measure above its kinds", []sheetOf{{name: "Data", rows: [][]any{title, {}, {"Month", "Arrivals", nil}, {nil, "by sea", "by land"}, {"Jan 2025", 5, 6}, {"Feb 2025", 7, 8}, {"Mar 2025", 9, 1}}, merged: []string{"B3:C3", "A3:A4"}}},
			map[string]string{"arrivals:M:category=by-sea 2025-02-01": "7"}, 6},
		{"years written once", []sheetOf{{name: "Data", rows: [][]any{title, {"Year", "Month", "People"}, {2024, "Nov", 1}, {nil, "Dec", 2}, {2025, "Jan", 3}}, merged: []string{"A3:A4"}}}, map[string]string{"arrivals:M 2024-12-01": "2"}, 3},
		{"a column of shares", []sheetOf{{name: "Data", rows: [][]any{title, {"Month", "People", "Part", "Share"}, {"Jan 2025", 10, 0.25, 0.25}, {"Feb 2025", 30, 0.75, 0.75}}, formats: map[string]string{"C3:C4": "0%"}}}, map[string]string{"arrivals:M 2025-02-01": "30"}, 2},
		{"texts with points", []sheetOf{{name: "Daten", rows: [][]any{{"Ankünfte"}, {}, {"Monat", "Seeweg", "Landweg"}, {"Januar 2025", "1.022", "255 (revised)"}, {"März 2025", "3.000", "7"}}}}, map[string]string{"arrivals:M:category=seeweg 2025-01-01": "1022", "arrivals:M:category=landweg 2025-01-01": "255"}, 4},
		{"months of quarters", []sheetOf{{name: "Data", rows: [][]any{title, {"Year", "Quarter", "Type", "People"}, {2024, "Jan to Mar", "A", 5}, {2024, "Jan to Mar", "B", 6}, {2024, "Apr to Jun", "A", 7}, {2024, "Apr to Jun", "B", 8}}}}, map[string]string{"arrivals:Q 2024-04-01": "15"}, 6},
		{"days of the week", []sheetOf{{name: "Data", rows: [][]any{title, {"Day", "Date", "People"}, {"Friday", 46248, 5}, {"Saturday", 46249, 6}}, formats: map[string]string{"B3:B4": "dd/mm/yyyy"}}}, map[string]string{"arrivals:D 2026-08-15": "6"}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			layout, got := figures(t, "arrivals.xlsx", book(t, c.sheets...))
			for k, v := range c.want {
				if got[k] != v {
					t.Errorf("%s: got %q, want %q", k, got[k], v)
				}
			}
			if len(got) != c.n {
				t.Errorf("%d figures, want %d: %v\n%s", len(got), c.n, got, layout)
			}
		})
	}
}
