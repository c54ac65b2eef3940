//go:build real

package ukhoreturns

import (
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func realFile(t testing.TB, name string) sourcetest.File { return sourcetest.RealFile(t, id, name) }

func TestReal(t *testing.T) {
	yearTotals(t, realFile, 701+192, []totals{
		{may, 70767, 43, 3860, 10710, 23378, 3195, 21425},
		{august, 71570, 0, 3866, 10810, 23436, 3198, 21425},
		{november, 73254, 77, 3875, 10896, 23476, 3200, 21425},
	})
	offendersOf(t, realFile, 6376, map[stat.SeriesID]map[int]int64{
		"ukho-returns:offender-returns:Q":                          {2010: 5383, 2022: 3084},
		"ukho-returns:offender-returns:Q:category=home-country":    {2010: 4993, 2022: 2982},
		"ukho-returns:offender-returns:Q:category=eu-member-state": {2010: 164, 2022: 49},
		"ukho-returns:offender-returns:Q:category=other-country":   {2010: 226, 2022: 53},
	})
	sumsAndCells(t, realFile, map[string]int{may: 42042, august: 42480, november: 43580, fno: 6376})
	spansOfTypes(t, realFile)
	cutCSV(t, realFile, november, fno)
	comparedSeriesGoOn(t, realFile)
	repeatedRows(t, realFile, map[stat.SeriesID]string{
		"ukho-returns:returns:Q:category=refused-at-port.juxtaposed:destination=_OU": "132 H39933+H39934",
		"ukho-returns:returns:Q:category=voluntary.controlled:destination=XKX":       "2 H40125+H40126",
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{november, fno} {
		b.Run(strings.Split(name, "_20")[0], func(b *testing.B) {
			f := realFile(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := sourcetest.Decode(&Source, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("workbook", func(b *testing.B) {
		f := book(b, cover, nationalities, sheet(b, "Data_Ret_D02", november, 1<<20), sheet(b, "Data_Ret_D03", fno, 1<<20))
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := sourcetest.Decode(&Source, f); err != nil {
				b.Fatal(err)
			}
		}
	})
}
