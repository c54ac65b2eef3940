package ukhoillegalentry

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const (
	may      = "irregular_migration_2023-05-31_0b8ec2c.csv"
	august   = "irregular_migration_2023-08-24_1747051.csv"
	november = "irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx"
	sheet    = "Data - Irr_D01"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	t.Run("workbook", func(t *testing.T) { sourcetest.Run(t, &Source, []sourcetest.File{load(t, november)}) })
	t.Run("csv", func(t *testing.T) { sourcetest.Run(t, &Source, []sourcetest.File{load(t, may), load(t, august)}) })
}

// totals are what a release states: the number of observations and, for each year, the small boats
// and all detections.
type totals struct {
	name, released string
	observations   int
	boats, all     map[int]int64
}

func TestYearTotals(t *testing.T) {
	yearTotals(t, load, []totals{
		{may, "2023-05-31", 1466, map[int]int64{2018: 19, 2019: 82, 2020: 800, 2021: 2387, 2022: 21088, 2023: 931},
			map[int]int64{2018: 1849, 2019: 2021, 2020: 2397, 2021: 4166, 2022: 22452, 2023: 1141}},
		{august, "2023-08-24", 1542, map[int]int64{2018: 19, 2019: 82, 2020: 800, 2021: 2387, 2022: 21907, 2023: 1648},
			map[int]int64{2018: 1849, 2019: 2021, 2020: 2397, 2021: 4166, 2022: 23281, 2023: 2044}},
		{november, "2023-11-23", 1632, map[int]int64{2018: 19, 2019: 82, 2020: 800, 2021: 2387, 2022: 21907, 2023: 5786},
			map[int]int64{2018: 1849, 2019: 2021, 2020: 2397, 2021: 4166, 2022: 23281, 2023: 6399}},
	})
}

// loader returns a release by its name: the fixture, or the real file.
type loader func(t testing.TB, name string) sourcetest.File

func yearTotals(t *testing.T, load loader, want []totals) {
	t.Helper()
	for _, c := range want {
		r, err := sourcetest.Read(&Source, load(t, c.name))
		if err != nil || len(r.Findings) != 0 || len(r.Excluded) != 0 || len(r.Observations) != c.observations {
			t.Fatalf("%s: %d observations, findings %v, rejects %v, error %v", c.name, len(r.Observations), r.Findings, r.Excluded, err)
		}
		years := map[stat.SeriesID]map[int]int64{}
		for _, o := range r.Observations {
			if o.Release.Vintage.String() != c.released || o.Status != stat.Normal || o.Revised || o.Mark != "" || o.Period.Precision != stat.PrecisionQuarter {
				t.Fatalf("%s: %+v", c.name, o)
			}
			if years[o.Series.ID] == nil {
				years[o.Series.ID] = map[int]int64{}
			}
			n, _ := o.Value.Get()
			years[o.Series.ID][o.Period.Start.Year()] += n
		}
		for y, want := range c.boats {
			if got := years["ukho-illegal-entry:detections:Q:category=small-boat"][y]; got != want {
				t.Errorf("%s: small boats of %d are %d, want %d", c.name, y, got, want)
			}
			if got := years["ukho-illegal-entry:detections:Q"][y]; got != c.all[y] {
				t.Errorf("%s: all detections of %d are %d, want %d", c.name, y, got, c.all[y])
			}
		}
	}
}

// TestSumsAndCells compares the totals with the cells that they are sums of, quarter by quarter,
// and checks that every row of the file is in one cell.
func TestSumsAndCells(t *testing.T) {
	sumsAndCells(t, load, map[string]int{may: 1198, august: 1260, november: 1332})
}

func sumsAndCells(t *testing.T, load loader, rowsOf map[string]int) {
	t.Helper()
	for name, rows := range rowsOf {
		r, err := sourcetest.Read(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		type cut struct {
			what    string
			quarter stat.Date
		}
		sums := map[cut]int64{}
		used := 0
		for _, o := range r.Observations {
			n, _ := o.Value.Get()
			s, what := o.Series, ""
			switch broken := []bool{s.Category != stat.Total, s.Origin != stat.Total, s.Sex != stat.Total, s.Age != stat.Total}; {
			case !slices.Contains(broken, false):
				used += 1 + strings.Count(o.Locator, "+")
				sums[cut{"cells", o.Period.Start}] += n
				if s.Category == smallBoat {
					sums[cut{"small-boat cells", o.Period.Start}] += n
				}
				continue
			case !slices.Contains(broken, true):
				what = "total"
			case !slices.Contains(broken[1:], true):
				what = "methods"
				if s.Category == smallBoat {
					sums[cut{smallBoat, o.Period.Start}] += n
				}
			case s.Category != smallBoat:
				t.Fatalf("%s is no series of the source", s.ID)
			case broken[1]:
				what = "origins"
			case broken[2]:
				what = "sexes"
			default:
				what = "ages"
			}
			sums[cut{what, o.Period.Start}] += n
		}
		if used+len(r.Excluded) != rows {
			t.Errorf("%s: %d rows are in cells and %d rejected, of %d", name, used, len(r.Excluded), rows)
		}
		for k, n := range sums {
			want := sums[cut{"total", k.quarter}]
			if !slices.Contains([]string{"total", "cells", "methods"}, k.what) {
				want = sums[cut{smallBoat, k.quarter}]
			}
			if n != want {
				t.Errorf("%s: %s from %s add up to %d, want %d", name, k.what, k.quarter, n, want)
			}
		}
	}
}

func TestLocators(t *testing.T) {
	locators(t, load, map[string]string{
		"ukho-illegal-entry:detections:Q 2018-01-01":                                                 "A 443 " + sheet + "!H3:H332, 41 rows",
		"ukho-illegal-entry:detections:Q:category=small-boat 2023-07-01":                             "A 3324 " + sheet + "!H10038:H10296, 28 rows",
		"ukho-illegal-entry:detections:Q:age=Y_LT18:category=air:origin=AFG:sex=F 2018-01-01":        "A 14 " + sheet + "!H3",
		"ukho-illegal-entry:detections:Q:age=_U:category=small-boat:origin=YEM:sex=M 2023-07-01":     "A 1 " + sheet + "!H10295",
		"ukho-illegal-entry:detections:Q:age=Y_GE40:category=small-boat:origin=ZWE:sex=M 2023-07-01": "A 1 " + sheet + "!H10296",
	})
}

// locators checks where November's release has figures, by series and quarter.
func locators(t *testing.T, load loader, want map[string]string) {
	t.Helper()
	r, err := sourcetest.Read(&Source, load(t, november))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Observations {
		at := string(o.Series.ID) + " " + o.Period.Start.String()
		if text, ok := want[at]; ok {
			if got := string(o.Status) + " " + o.Value.String() + " " + o.Locator; got != text {
				t.Errorf("%s: %s, want %s", at, got, text)
			}
			delete(want, at)
		}
	}
	for at := range want {
		t.Errorf("no %s", at)
	}
	if r.Notes[0].Where != sheet+" header" || !strings.HasPrefix(r.Notes[0].Text, "Year | Quarter | Method of entry") || r.Notes[1].Where != "Notes" || strings.Count(r.Notes[1].Text, "\n") < 30 {
		t.Errorf("notes %.900v", r.Notes)
	}
	at := stat.MustDate("2023-11-30")
	if d, stamp := Source.Date(november, load(t, november).Data); d != stat.MustDate("2023-11-23") || stat.DateOf(stamp) != at {
		t.Errorf("released %s, saved %s", d, stamp)
	}
}

// sheets returns the rows of the cover and the data sheet of November's release.
func sheets(t testing.TB) map[string][][]any {
	t.Helper()
	x, err := spreadsheet.OpenXLSX(november, load(t, november).Data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]any{}
	for _, name := range []string{"Cover_sheet", sheet} {
		for row, err := range x.Rows(name) {
			if err != nil {
				t.Fatal(err)
			}
			var cells []any
			for _, c := range row.Cells {
				if n, err := decode.Count(c); err == nil {
					cells = append(cells, n)
					continue
				}
				cells = append(cells, c.Value)
			}
			out[name] = append(out[name], cells)
		}
	}
	return out
}

// book returns a workbook with the first rows of November's release and its end mark, under another
// sheet name and with the rows changed.
func book(t testing.TB, name string, first int, change func(rows [][]any) [][]any) sourcetest.File {
	t.Helper()
	release := sheets(t)
	all := release[sheet]
	var rows [][]any
	for _, row := range append(slices.Clone(all[:min(first, len(all)-1)]), all[len(all)-1]) {
		rows = append(rows, slices.Clone(row))
	}
	if change != nil {
		rows = change(rows)
	}
	return sourcetest.File{Name: november, Data: sourcetest.Book(t, sourcetest.Sheet{Name: "Cover_sheet", Rows: release["Cover_sheet"]}, sourcetest.Sheet{Name: name, Rows: rows})}
}

func TestNamesOfTheSheet(t *testing.T) {
	stated, err := sourcetest.Read(&Source, load(t, november))
	if err != nil {
		t.Fatal(err)
	}
	want, err := sourcetest.Read(&Source, book(t, sheet, 10296, nil)) // without gaps between its rows
	if err != nil || len(want.Observations) != len(stated.Observations) {
		t.Fatalf("%d observations, want %d, %v", len(want.Observations), len(stated.Observations), err)
	}
	for _, name := range []string{sheet, "Data_IER_D01", "Data_IER_D07", "Irr_D01"} {
		got, err := sourcetest.Read(&Source, book(t, name, 10296, nil))
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range got.Observations {
			w := want.Observations[i]
			if o.Value != stated.Observations[i].Value {
				t.Fatalf("%s: %+v, want %+v", name, o, stated.Observations[i])
			}
			if o.Series.ID != w.Series.ID || o.Period != w.Period || o.Value != w.Value || o.Locator != strings.Replace(w.Locator, sheet, name, 1) {
				t.Fatalf("%s: %+v, want %+v", name, o, w)
			}
		}
		if len(got.Observations) != len(want.Observations) {
			t.Errorf("%s: %d observations, want %d", name, len(got.Observations), len(want.Observations))
		}
	}
}

// TestMethodWithoutRows checks that a method is 0 in a quarter that has rows of other methods.
func TestMethodWithoutRows(t *testing.T) {
	f := load(t, may)
	var kept [][]byte
	for _, line := range bytes.SplitAfter(f.Data, []byte("\n")) {
		if !bytes.HasPrefix(line, []byte("2018-04-01,2018,2,Small boat arrivals")) {
			kept = append(kept, line)
		}
	}
	f.Data = bytes.Join(kept, nil)
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range obs {
		if o.Series.Category == smallBoat && o.Period.Start == stat.MustDate("2018-04-01") {
			if o.Series.ID != series(by(smallBoat)).ID || o.Value != stat.Known(0) || !strings.HasSuffix(o.Locator, ", 0 rows") {
				t.Errorf("%s is %s at %s", o.Series.ID, o.Value, o.Locator)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	row := func(i int, column int, value any) func([][]any) [][]any {
		return func(rows [][]any) [][]any {
			rows[i-1][column] = value
			return rows
		}
	}
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", book(t, "Data_IER_D01", 1200, row(2, 7, "People")), decode.ErrHeader, `row 2, column "H"`)
	waits(t, "cut before the end mark", book(t, "Data_IER_D01", 1200, func(rows [][]any) [][]any { return rows[:900] }))
	refuse("row after the end mark", book(t, "Data_IER_D01", 1200, func(rows [][]any) [][]any { return append(rows, rows[9]) }), decode.ErrShape, "row 1202")
	refuse("quarter missing", book(t, "Data_IER_D01", 1200, func(rows [][]any) [][]any {
		return slices.DeleteFunc(rows, func(r []any) bool { return len(r) > 1 && r[1] == "2018 Q2" })
	}), decode.ErrShape, "a gap")
	refuse("year of another quarter", book(t, "Data_IER_D01", 1200, row(100, 0, 2019)), decode.ErrPeriod, `row 100, column "Year"`)
	refuse("not a quarter", book(t, "Data_IER_D01", 1200, row(100, 1, "2018 H1")), decode.ErrPeriod, `row 100, column "Quarter"`)
	refuse("no region", book(t, "Data_IER_D01", 1200, row(100, 4, "")), decode.ErrShape, `row 100, column "Region"`)
	refuse("fraction", book(t, "Data_IER_D01", 1200, row(100, 7, 1.5)), decode.ErrCount, `row 100, column "Number of detections": "1.5"`)
}

// TestTooManyExcludedRows excludes one row in a hundred without a count, 8 of 898 here. With one
// more the file is invalid.
func TestTooManyExcludedRows(t *testing.T) {
	for _, n := range []int{8, 9} {
		r, err := sourcetest.Read(&Source, book(t, sheet, 900, func(rows [][]any) [][]any {
			for i := range n {
				rows[100+i][7] = ":"
			}
			return rows
		}))
		if err != nil || len(r.Excluded) != n {
			t.Fatalf("%d rejects, error %v", len(r.Excluded), err)
		}
		if err := check.TooManyExcluded(r.Excluded, r.Rows, Source.MaxExcluded); (err == nil) != (n == 8) {
			t.Errorf("%d rejects: %v", n, err)
		}
	}
}

// TestCutCSV cuts the CSV after rows of its last quarter. It has no end mark, and must still be
// invalid unless all but a few rows are there.
func TestCutCSV(t *testing.T) { cutCSV(t, load) }

func cutCSV(t *testing.T, load loader) {
	sourcetest.RefusesCutsOfLastQuarter(t, &Source, load(t, august))
}

func TestPlace(t *testing.T) {
	sourcetest.Titles(t, &Source, map[string]bool{
		"Illegal entry routes to the UK detailed dataset, year ending June 2026": true,
		"Irregular migration to the UK detailed dataset, year ending June 2025":  true,
		"Illegal entry routes to the UK summary tables, year ending June 2026":   false,
		"Returns detailed datasets, year ending June 2026":                       false,
		"Asylum claims datasets, year ending June 2026":                          false,
	})
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv", "2026-01-01.csv"},
		[]byte("Date,Year,Quarter,Method of entry,Nationality,Region,Sex,Age Group,Number of detections\n2018-01-01,2018,1,Small boat arrivals,Iran,Middle East,Male,18 to 24,2\n2018-04-01,2018,2,Small boat arrivals,Iran,Middle East,Male,18 to 24,:\n"))
}

// waits checks that a workbook without the row that ends it waits for a person.
func waits(t *testing.T, name string, f sourcetest.File) {
	t.Helper()
	_, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || !slices.ContainsFunc(findings, func(f stat.Finding) bool { return f.Code == "no-end" && f.Severity == stat.SeverityError }) {
		t.Errorf("%s: findings %+v, error %v", name, findings, err)
	}
}
