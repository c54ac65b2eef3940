package ukhodetailed

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// view is a small table in the shape of the real ones.
var view = View{
	Sheets:  []string{"Data - X_D01", "Data_X_D01"},
	Columns: []Column{{Name: "Sex", List: "sex"}, {Name: "Nationality", List: "area"}, {Name: "Region"}},
	Count:   "Number",
	Repeats: Repeats{Rows: 1},
}

var release = &stat.Release{Source: "x", ID: "r", Vintage: stat.MustDate("2023-11-23")}

// rows returns a table written as text: one row a line, one cell a word, with "~" for an empty cell
// and "_" for a space.
func rows(text string) [][]any {
	var out [][]any
	for line := range strings.Lines(text) {
		var row []any
		for _, word := range strings.Fields(line) {
			cell := strings.ReplaceAll(strings.Trim(word, "~"), "_", " ")
			var n int
			if _, err := fmt.Sscanf(cell, "%d", &n); err == nil && fmt.Sprint(n) == cell {
				row = append(row, n)
				continue
			}
			row = append(row, cell)
		}
		out = append(out, row)
	}
	return out
}

const good = `Title
Year Quarter Sex Nationality Region Number
2018 2018_Q1 Male Chad Africa 5
2018 2018_Q1 Female Chad Africa 3
2018 2018_Q2 Male Chad Africa 7
2018 2018_Q2 Male Chad Africa 2
2018 2018_Q2 male CHAD Africa 1
2018 2018_Q3 Female India Asia 4
End_of_table
`

func book(t testing.TB, sheet, text string) source.File {
	t.Helper()
	return source.File{Name: "x.xlsx", Release: release, Data: sourcetest.Book(t, sourcetest.Sheet{Name: sheet, Rows: rows(text)})}
}

// read reads a file into a cube with every cell, the sum of all and the sum of males.
func read(f source.File, views ...*View) (*Cube, []stat.ExcludedRow, error) {
	file, err := Open(f)
	if err != nil {
		return nil, nil, err
	}
	tables, err := file.Tables(views...)
	if err != nil {
		return nil, nil, err
	}
	cube := NewCube(tables[0], func(d stat.Dimensions) stat.Series {
		return stat.NewSeries(stat.Series{Source: "x", Measure: "n", Dimensions: d}, stat.Quarterly)
	})
	rejects, err := tables[0].Each(func(r Row) error {
		d := stat.AllTotal
		cube.Sum(d, r)
		d.Sex = r.Codes[0]
		cube.Sum(d, r)
		d.Origin = r.Codes[1]
		return cube.Cell(d, r)
	})
	if err != nil {
		return nil, nil, err
	}
	cube.Fill(stat.AllTotal, true)
	for _, sex := range []string{"M", "F"} {
		d := stat.AllTotal
		d.Sex = sex
		cube.Fill(d, sex == "M")
	}
	return cube, rejects, nil
}

// list writes observations, one a line, sorted.
func list(obs []stat.Observation) string {
	slices.SortFunc(obs, stat.Observation.Compare)
	var b strings.Builder
	for _, o := range obs {
		fmt.Fprintf(&b, "%s %s %s%s%s at %s\n", strings.TrimPrefix(string(o.Series.ID), "x:n:Q"), o.Period.Start, o.Status, o.Value, o.Mark, o.Locator)
	}
	return b.String()
}

func TestCube(t *testing.T) {
	want := ` 2018-01-01 A8 at F3:F4, 2 rows
 2018-04-01 A10 at F5:F7, 3 rows
 2018-07-01 A4 at F8
:origin=IND:sex=F 2018-07-01 A4 at F8
:origin=TCD:sex=F 2018-01-01 A3 at F4
:origin=TCD:sex=M 2018-01-01 A5 at F3
:origin=TCD:sex=M 2018-04-01 A10 at F5+F6+F7
:sex=F 2018-01-01 A3 at F4
:sex=F 2018-04-01 A0 at F5:F7, 0 rows
:sex=F 2018-07-01 A4 at F8
:sex=M 2018-01-01 A5 at F3
:sex=M 2018-04-01 A10 at F5:F7, 3 rows
:sex=M 2018-07-01 A0 at F8:F8, 0 rows
`
	for _, sheet := range view.Sheets {
		cube, rejects, err := read(book(t, sheet, good), &view)
		if err != nil || len(rejects) != 0 {
			t.Fatal(rejects, err)
		}
		if got := strings.ReplaceAll(list(cube.Observations()), sheet+"!", ""); got != want {
			t.Errorf("%s\n got %s\nwant %s", sheet, got, want)
		}
		if f := cube.Findings(); len(f) != 2 || f[0].Code != "rows-repeated" || f[1].Code != "labels-merged" || !strings.HasPrefix(f[0].Message, "1 rows") || !strings.HasPrefix(f[1].Message, "1 rows") {
			t.Errorf("findings %+v", f)
		}
	}
}

// TestColumnsInAnotherOrder checks that a table is read by the names of its columns, not by their
// places.
func TestColumnsInAnotherOrder(t *testing.T) {
	cube, _, err := read(book(t, "Data_X_D01", "Title\n\nNumber Nationality Quarter Region Sex Year\n5 Chad 2018_Q1 Africa Male 2018\n~ ~ ~ ~ ~ End_of_table\n"), &view)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list(cube.Observations()), " 2018-01-01 A5 at Data_X_D01!A4\n:origin=TCD:sex=M 2018-01-01 A5 at Data_X_D01!A4\n:sex=M 2018-01-01 A5 at Data_X_D01!A4\n"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestRejectedCounts checks that only a sum that lacks one of its rows is missing.
func TestRejectedCounts(t *testing.T) {
	for _, cell := range []string{"~", ":", "-", "-3"} {
		cube, rejects, err := read(book(t, "Data_X_D01", strings.Replace(good, "Africa 3", "Africa "+cell, 1)), &view)
		mark := strings.Trim(cell, "~")
		if err != nil || len(rejects) != 1 {
			t.Fatalf("%q: rejects %v, error %v", cell, rejects, err)
		}
		if r := rejects[0]; r.Sheet != "Data_X_D01" || r.Line != 4 || r.Column != "Number" || r.Value != mark || r.Reason == "" {
			t.Errorf("%q: reject %+v", cell, r)
		}
		got := list(cube.Observations())
		for _, want := range []string{" 2018-01-01 O at Data_X_D01!F3:F4, 2 rows\n", ":origin=TCD:sex=F 2018-01-01 O" + mark + " at", ":sex=F 2018-01-01 O at", ":sex=M 2018-01-01 A5 at", " 2018-04-01 A10 at"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q: no %q in\n%s", cell, want, got)
			}
		}
		if f := cube.Findings(); f[len(f)-1].Code != "sums-incomplete" || !strings.HasPrefix(f[len(f)-1].Message, "2 sums") {
			t.Errorf("%q: findings %+v", cell, f)
		}
	}
}

// tablesOf returns the tables of a file that are like view.
func tablesOf(t *testing.T, f source.File) []*Table {
	t.Helper()
	file, err := Open(f)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := file.Tables(&view)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// TestExcludedLabel excludes a row with the reason. The publisher's lists exclude no label so far.
func TestExcludedLabel(t *testing.T) {
	f := book(t, "Data_X_D01", strings.ReplaceAll(good, "Female", "Women_only"))
	f.Lists = codes.NewLists(map[string][]schemas.Label{"sex": {{Label: "women only", Note: "a part of the row above"}}})
	tables := tablesOf(t, f)
	sum, n := stat.Known(0), 0
	rejects, err := tables[0].Each(func(r Row) error {
		if !r.Excluded {
			sum, n = sum.Add(r.Count), n+1
		}
		return nil
	})
	if err != nil || sum != stat.Known(15) || n != 4 || len(rejects) != 2 {
		t.Fatalf("sum %s of %d rows, rejects %v, error %v", sum, n, rejects, err)
	}
	if want := (stat.ExcludedRow{Sheet: "Data_X_D01", Line: 4, Column: "Sex", Value: "Women only", Reason: "a part of the row above", Listed: true}); rejects[0] != want {
		t.Errorf("reject %+v, want %+v", rejects[0], want)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           error
		at             string
	}{
		{"renamed column", "Nationality", "Citizenship", decode.ErrHeader, `row 2, column "D": column is called "Citizenship" where "Nationality" was expected`},
		{"missing column", "Year Quarter Sex", "Year Quarter", decode.ErrHeader, `row 2: column "Sex" is missing`},
		{"column twice", "Region Number", "Region Number Number", decode.ErrHeader, `column "G": the headers "Number" and "Number" both mean "Number"`},
		{"no column of time", "Year Quarter", "Jahr Quartal", decode.ErrHeader, `row 2: column "Quarter" is missing`},
		{"no header", "Year Quarter Sex Nationality Region Number", "A B C D E F", decode.ErrHeader, `column "Sex" is missing`},
		{"not a year", "2018 2018_Q1 Male", "18 2018_Q1 Male", decode.ErrPeriod, `row 3, column "Year": "18"`},
		{"not a quarter", "2018_Q1 Male", "2018_Q5 Male", decode.ErrPeriod, `row 3, column "Quarter": "2018 Q5"`},
		{"year and quarter differ", "2018 2018_Q1 Male", "2019 2018_Q1 Male", decode.ErrPeriod, `row 3, column "Year"`},
		{"quarter not over", "2018 2018_Q3", "2023 2023_Q4", decode.ErrPeriod, `row 8, column "Quarter": not a date or period of the release`},
		{"gap", "2018 2018_Q3", "2018 2018_Q4", decode.ErrShape, `row 8, column "Quarter": the quarter to 2018-12-31 follows the one to 2018-06-30, a gap`},
		{"no nationality", "Female India", "Female ~", decode.ErrShape, `row 8, column "Nationality": an empty cell`},
		{"no region", "India Asia", "India ~", decode.ErrShape, `row 8, column "Region": an empty cell`},
		{"fraction", "Asia 4", "Asia 4.5", decode.ErrCount, `row 8, column "Number": "4.5"`},
		{"text for a count", "Asia 4", "Asia 1,2o4", decode.ErrCount, `"1,2o4"`},
		{"unknown mark", "Asia 4", "Asia many", decode.ErrCount, `"many"`},
		{"value beyond", "Asia 4", "Asia 4 5", decode.ErrHeader, `column "G": the extra column "" looks like a measure`},
		{"row after the end", "End_of_table\n", "End_of_table\n2018 2018_Q3 Male India Asia 4\n", decode.ErrShape, `row 10: a row after "End of table"`},
		{"figures after the end", "End_of_table\n", "End_of_table\nTotal 26\n", decode.ErrShape, `row 10`},
		{"a figure after the end", "End_of_table\n", "End_of_table\n26\n", decode.ErrShape, `row 10`},
		{"end mark among values", "End_of_table\n", "End_of_table ~ ~ ~ ~ 26\n", decode.ErrShape, `row 9: the row that ends the table has other values`},
		{"no rows", good[strings.Index(good, "2018"):], "End_of_table\n", decode.ErrShape, `no rows below the header`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("%q is not in the table", c.old)
			}
			_, _, err := read(book(t, "Data_X_D01", strings.Replace(good, c.old, c.new, 1)), &view)
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.at) || where.File != "x.xlsx" || where.Sheet != "Data_X_D01" || where.Hint == "" {
				t.Errorf("error %q, want it to name the file, the sheet and %q, with a hint", err, c.at)
			}
		})
	}
}

// TestSheets finds a table by its header, first in the sheets with its known names.
func TestSheets(t *testing.T) {
	other := sourcetest.Sheet{Name: "Data_X_D02", Rows: rows("Title\nYear Quarter Sex Number\nEnd_of_table\n")}
	table := func(name string) sourcetest.Sheet { return sourcetest.Sheet{Name: name, Rows: rows(good)} }
	optional := view
	optional.Optional = true
	for _, c := range []struct {
		name   string
		view   *View
		sheets []sourcetest.Sheet
		found  string
		want   error
		says   string
	}{
		{"renumbered", &view, []sourcetest.Sheet{other, table("Data_X_D07")}, "Data_X_D07", nil, ""},
		{"swapped", &view, []sourcetest.Sheet{{Name: "Data_X_D01", Rows: other.Rows}, table("Data_X_D02")}, "Data_X_D02", nil, ""},
		{"another table under its name", &view, []sourcetest.Sheet{{Name: "Data_X_D01", Rows: other.Rows}, other}, "", decode.ErrHeader, "sheet Data_X_D01, row 2"},
		{"renamed", &view, []sourcetest.Sheet{other, table("X_D01")}, "X_D01", nil, ""},
		{"no such sheet", &view, []sourcetest.Sheet{other, {Name: "X_D01", Rows: other.Rows}}, "", decode.ErrShape, `there is no sheet "Data - X_D01" or "Data_X_D01"; the sheets are "Data_X_D02", "X_D01"`},
		{"optional and not there", &optional, []sourcetest.Sheet{other}, "", nil, ""},
		{"optional and not right", &optional, []sourcetest.Sheet{other, {Name: "Data_X_D01", Rows: other.Rows}}, "", decode.ErrHeader, "sheet Data_X_D01, row 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := Open(source.File{Name: "x.xlsx", Data: sourcetest.Book(t, c.sheets...), Release: release})
			if err != nil {
				t.Fatal(err)
			}
			tables, err := file.Tables(c.view)
			if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			var where *decode.Error
			if err != nil && (!strings.Contains(err.Error(), c.says) || !errors.As(err, &where) || where.Hint == "") {
				t.Errorf("error %q, want %q and a hint", err, c.says)
			}
			if err == nil && (len(tables) == 1) != (c.found != "") || len(tables) == 1 && tables[0].sheet != c.found {
				t.Errorf("tables %v, want %q", tables, c.found)
			}
		})
	}
}

const goodCSV = `Date,Year,Quarter,Sex,Nationality,Region,Number
2018-01-01,2018,1,Male,Chad,Africa,5
2018-06-30,2018,2,Male,Chad,Africa,7
`

func TestCSV(t *testing.T) {
	file := func(old, new string) source.File {
		return source.File{Name: "x.csv", Release: release, Data: []byte(strings.Replace(goodCSV, old, new, 1))}
	}
	cube, _, err := read(file("", ""), &view)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list(cube.Observations()), " 2018-01-01 A5 at G2\n 2018-04-01 A7 at G3\n"; !strings.HasPrefix(got, want) {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	for _, c := range []struct {
		name, old, new string
		want           error
		at             string
	}{
		{"renamed column", "Region", "World region", decode.ErrHeader, `row 1, column "F": column is called "World region" where "Region" was expected`},
		{"a day within the quarter", "2018-06-30", "2018-05-31", decode.ErrPeriod, `row 3, column "Date": "2018-05-31"`},
		{"a day of another year", "2018-06-30", "2019-06-30", decode.ErrPeriod, `row 3, column "Date"`},
		{"year differs", "30,2018", "30,2019", decode.ErrPeriod, `row 3, column "Date"`},
		{"not a quarter", "2018,2,", "2018,0,", decode.ErrPeriod, `row 3, column "Quarter": "0"`},
		{"rows after the end mark", "2018-06-30,2018,2,Male,Chad,Africa,7", "End of table,,,,,,\n2018-06-30,2018,2,Male,Chad,Africa,7", decode.ErrShape, "row 4: a row after"},
		{"an empty label", "2018-06-30,2018,2,Male,Chad,Africa,7", "Male,,,,,,", decode.ErrPeriod, `row 3, column "Year"`},
		{"short row", "Africa,7", "7", decode.ErrShape, "row 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(file(c.old, c.new), &view)
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || !strings.Contains(err.Error(), c.at) || where.Hint == "" {
				t.Errorf("error %v, want %v at %s with a hint", err, c.want, c.at)
			}
		})
	}
}

// TestNearestView compares the header of a CSV that fits no view with the one that it resembles.
func TestNearestView(t *testing.T) {
	far := View{Columns: []Column{{Name: "Shoe size"}}, Count: "Shoes"}
	f := source.File{Name: "x.csv", Release: release, Data: []byte(strings.Replace(goodCSV, "Region", "Area", 1))}
	for _, views := range [][]*View{{&far, &view}, {&view, &far}} {
		if _, _, err := read(f, views...); !errors.Is(err, decode.ErrHeader) || !strings.Contains(err.Error(), `where "Region" was expected`) {
			t.Errorf("error %v", err)
		}
	}
}

func TestDate(t *testing.T) {
	cover := func(lines ...string) []byte {
		s := sourcetest.Sheet{Name: "Cover_sheet", Rows: [][]any{{""}}}
		for _, line := range lines {
			s.Rows = append(s.Rows, []any{line})
		}
		return sourcetest.Book(t, s)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"returns-datasets-sep-2023.xlsx", cover("Statistics", "Published: 23 November 2023", "Next update: 29 February 2024"), "2023-11-23"},
		{"2024-01-02.xlsx", cover("Published: 23 November 2023"), "2023-11-23"},
		{"2024-01-02.xlsx", cover("Published: 31 November 2023"), "2024-01-02"},
		{"2024-01-02.xlsx", cover("Published: soon"), "2024-01-02"},
		{"returns-datasets-sep-2023.xlsx", cover("Next update: 29 February 2024"), ""},
		{"2024-01-02.xlsx", []byte("PK"), "2024-01-02"},
		{"returns_2023-05-31_f281ac4.csv", []byte(goodCSV), "2023-05-31"},
	} {
		if got, stamp := Date(c.name, c.data); got.String() != c.want || !stamp.IsZero() {
			t.Errorf("%s: %s %s, want %s and no stamp", c.name, got, stamp, c.want)
		}
	}
}
