package site

import (
	"bytes"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/sitetest"

	"github.com/xuri/excelize/v2"
)

func TestTopicPagesLeadToTheirFiles(t *testing.T) {
	s := sitetest.Small(t)
	_, files := written(t, s)
	contains(t, files["topics/arrivals.html"], `<a href="../data/topics/arrivals.xlsx">`, `<a href="../data/topics/arrivals.ods">`, `<a href="../data/topics/arrivals.zip">`)
	if strings.Contains(files["topics/returns.html"], "topics/returns.xlsx") || files["data/topics/returns.xlsx"] != "" {
		t.Error("a topic without rows has files")
	}
}

func TestHostileTextStaysTextInWorkbooks(t *testing.T) {
	_, files := shared(t, "hostile")
	books := 0
	for name, data := range files {
		if !strings.HasSuffix(name, ".xlsx") {
			continue
		}
		books++
		f, err := excelize.OpenReader(bytes.NewReader([]byte(data)))
		if err != nil {
			t.Fatal(name, err)
		}
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for r, row := range rows {
				for c := range row {
					ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
					if formula, err := f.GetCellFormula(sheet, ref); err != nil || formula != "" {
						t.Error(name, sheet, ref, formula, err)
					}
					if _, target, err := f.GetCellHyperLink(sheet, ref); err != nil || strings.Contains(target, ":") && !strings.HasPrefix(target, "http") {
						t.Error(name, sheet, ref, target, err)
					}
				}
			}
		}
		f.Close()
	}
	if books == 0 {
		t.Error("no workbooks")
	}
}
