//go:build real

package ukhoreturns

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// ages and sexes are labels by which the largest sheet of the publisher's workbook splits returns.
var (
	ages  = []string{"Under 18", "18 to 29", "30 to 49", "50 to 69", "70 and over"}
	sexes = []string{"Male", "Female"}
)

// largeBook returns a workbook of the size of the publisher's, 15 MB: the two sheets that are read,
// with the real rows, after the same returns by nationality, age and sex. If the sheets have other
// names than before, their headers are looked for in all of them.
func largeBook(t testing.TB, names [4]string) sourcetest.File {
	t.Helper()
	returns, offenders := sheetOf(t, names[1], realFile(t, november), 1<<20), sheetOf(t, names[2], realFile(t, fno), 1<<20)
	split := sourcetest.Sheet{Name: names[0], Rows: nationalities.Rows[:2:2]}
	for i, row := range returns.Rows[2 : len(returns.Rows)-1] {
		for k := range 9 {
			split.Rows = append(split.Rows, []any{row[0], row[1], row[4], row[5], row[2], row[3], ages[(i+k)%len(ages)], sexes[k%2], "Home country", row[6]})
		}
	}
	split.Rows = append(split.Rows, []any{"End of table"})
	fourth := sourcetest.Sheet{Name: names[3], Rows: split.Rows[:len(offenders.Rows)]}
	return sourcetest.File{Name: "returns-datasets-sep-2023.xlsx", Data: sourcetest.ExcelBook(t, cover, split, returns, offenders, fourth)}
}

var (
	usualNames   = [4]string{"Data_Ret_D01", "Data_Ret_D02", "Data_Ret_D03", "Data_Ret_D04"}
	shiftedNames = [4]string{"Data_Ret_D02", "Data_Ret_D03", "Data_Ret_D05", "Data_Ret_D06"}
)

func TestRealLarge(t *testing.T) {
	f := largeBook(t, shiftedNames)
	if size := len(f.Data); size < 13<<20 {
		t.Errorf("the workbook has %d bytes", size)
	}
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 79842 {
		t.Errorf("%d observations, error %v", len(obs), err)
	}
}

func BenchmarkLarge(b *testing.B) {
	b.Run("usual", func(b *testing.B) { sourcetest.Benchmark(b, &Source, largeBook(b, usualNames)) })
	b.Run("shifted", func(b *testing.B) { sourcetest.Benchmark(b, &Source, largeBook(b, shiftedNames)) })
}
