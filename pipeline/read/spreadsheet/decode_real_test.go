//go:build real

package spreadsheet

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// The workbooks as published.
const (
	irregular = "ukho-illegal-entry/irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx"
	missing   = "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_Silvestre17_2024-11-27_34483ff.xlsx"
	missing22 = "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx"
	ministers = "ukho-transparency/IE__Q3_2023_Background_Published.xlsx"
)

func TestReal(t *testing.T) {
	dir := files.Real(t)
	at := func(name string) string { return filepath.Join(dir, name) }
	releases(t, at("ukho-small-boats"), 27)
	newestRelease(t, at("ukho-small-boats"))
	damaged(t, files.ReadFile(t, at("ukho-small-boats"), newest), 4001)
	entry(t, at(irregular), 10297, "Detected attempts to enter the UK irregularly, 2018 to 2023 Q3 - dataset")
	background(t, at(ministers), "Notes:", "n/a = Not applicable.", "¹⁷", "⁴")
	everyBook(t, []workbook{
		{at(missing), "2024-11-27T11:02:23Z", 1, 17475, map[string]sum{"Worksheet": {9, "Total Number of Dead and Missing", 69340}}},
		{at(missing22), "2022-05-14T17:13:02Z", 1, 10607, map[string]sum{"Worksheet": {7, "Number of Dead", 26619}}},
		{at(irregular), "2023-11-30T11:48:33Z", 14, 25927, map[string]sum{
			"Data - Irr_D01": {7, "Number of detections", 168099}, "Data - Irr_D02": {9, "Applications", 91918},
			"Data - Irr_D03": {10, "Decisions", 84637}, "Data - Irr_D04": {7, "Referrals", 91918}, "Data - Irr_D05": {8, "Referrals", 12993}}},
		{at(ministers), "2023-11-30T12:06:43Z", 21, 1003, nil},
	})
}

func BenchmarkXLSX(b *testing.B) {
	data := files.ReadFile(b, files.Real(b), missing)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		x, err := OpenXLSX("a.ods", data, decode.DefaultLimits)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range x.Rows("Worksheet") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
