package all

import (
	"bytes"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// detailed are the CSVs that are made from workbooks, the sheets that they are made from, and the
// headers that columns have there.
var detailed = []struct {
	source, file, sheet string
	headers             map[string]string
}{
	{"ukho-asylum-awaiting", "awaiting_decision_2024-11-28.csv", "Data_Asy_D03", map[string]string{"Date": "Date (as at…)", "Applications": "Claims"}},
	{"ukho-asylum-claims", "asylum_claims_2024-11-28.csv", "Data_Asy_D01", map[string]string{"Applications": "Claims"}},
	{"ukho-asylum-claims", "asylum_decisions_2024-11-28.csv", "Data_Asy_D02", nil},
	{"ukho-asylum-support", "support_2024-11-28.csv", "Data_Asy_D09", map[string]string{"Date": "Date (as at…)"}},
	{"ukho-detention", "detention_entering_2024-02-29.csv", "Data_Det_D01", nil},
	{"ukho-returns", "returns_by_destination_2023-11-23_d78f640.csv", "Data_Ret_D02", nil},
	{"ukho-dublin", "dublin_regulation_2021-02-25.csv", "Data_Dub_D01", nil},
}

// TestWorkbooksInOtherWays writes the newest workbook of each source as spreadsheet programs may.
func TestWorkbooksInOtherWays(t *testing.T) {
	var sum altered.Tally
	try := func(s *source.Source, f sourcetest.File) {
		t.Run(s.ID+" "+f.Name, func(t *testing.T) { sum.Add(altered.Books(t, s, f)) })
	}
	for _, s := range Sources {
		var newest sourcetest.File
		for f := range readable(t, s) {
			if bytes.HasPrefix(f.Data, []byte("PK")) && newest.Name == "" {
				newest = f
			}
			for _, x := range detailed {
				if x.source == s.ID && x.file == f.Name && len(f.Data) < 300_000 {
					try(s, sourcetest.DetailedBook(t, f, x.sheet, x.headers))
				}
			}
		}
		if newest.Name != "" {
			try(s, newest)
		}
	}
	t.Log(sum)
}
