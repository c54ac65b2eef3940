package ukhoasylumclaims

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/schemas"
)

// nationalities are how many the publisher's datasets have.
const nationalities = 195

// largeRows are the rows of one sheet of largeBook.
const largeRows = 160_000

// The labels by which the publisher splits all other groups.
var (
	ages  = []any{"Under 18", "18-29", "30-49", "50-69", "70+", "Unknown"}
	sexes = []any{"Female", "Male", "Unknown Sex"}
)

// large returns a fixture's sheet with many rows: each group of people in it, for each of its
// nationalities, in each quarter since 2010 until there are enough.
func large(t testing.TB, fixture, sheet string, rows int) sourcetest.Sheet {
	t.Helper()
	out := sourcetest.DetailedSheet(t, load(t, fixture), sheet, nil)
	header, all := out.Rows[:2:2], out.Rows[2:len(out.Rows)-1]
	var people, groups [][]any
	seen := map[string]bool{}
	once := func(cells []any) bool {
		key := fmt.Sprint(cells)
		is := seen[key]
		seen[key] = true
		return !is
	}
	names, err := schemas.CodeLabels("area")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range slices.Sorted(maps.Keys(names)) {
		if len(code) == 3 && len(people) < nationalities {
			people = append(people, []any{names[code], "Other"})
		}
	}
	for _, row := range all {
		if strings.Contains(fmt.Sprint(row), "pre-20") { // labels of earlier years
			continue
		}
		for _, age := range ages {
			for _, sex := range sexes {
				x := slices.Clone(row[4 : len(row)-1])
				x[slices.Index(header[1], "Age")-4], x[slices.Index(header[1], "Sex")-4] = age, sex
				if once(x) {
					groups = append(groups, x)
				}
			}
		}
	}
	out.Rows = header
	for quarter := 0; quarter < 59 && len(out.Rows) < rows; quarter++ { // to the third of 2024
		year := 2010 + quarter/4
		for i, who := range people {
			for k, group := range groups {
				if (i+k+quarter)%5 == 0 {
					continue // not everybody in each quarter
				}
				row := append([]any{year, fmt.Sprintf("%d Q%d", year, quarter%4+1)}, who...)
				out.Rows = append(out.Rows, append(append(row, group...), 1+(i*7+k*3+quarter)%3))
			}
		}
	}
	out.Rows = append(slices.Clip(out.Rows), []any{"End of table"})
	return out
}

// largeBook returns a workbook with both datasets, larger than the publisher's of 11 to 15 MB.
func largeBook(t testing.TB, rows int) sourcetest.File {
	t.Helper()
	return sourcetest.File{Name: "asylum-claims-datasets-sep-2024.xlsx", Data: sourcetest.ExcelBook(t, sourcetest.DetailedCover(t, load(t, claimsCSV)),
		large(t, claimsCSV, "Data_Asy_D01", rows), large(t, decisionsCSV, "Data_Asy_D02", rows))}
}

func BenchmarkLarge(b *testing.B) { sourcetest.Benchmark(b, &Source, largeBook(b, largeRows)) }
