package ukhodetailed

import (
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestTypography writes the small table in other ways that publishers have. Its figures stay.
func TestTypography(t *testing.T) {
	figures := func(c *Cube) string {
		obs := c.Observations()
		for i := range obs {
			obs[i].Locator, obs[i].Mark = "", ""
		}
		return list(obs)
	}
	cube, _, err := read(book(t, "Data_X_D01", good), &view)
	if err != nil {
		t.Fatal(err)
	}
	want := figures(cube)
	const header = "Year Quarter Sex Nationality Region Number"
	for _, c := range []struct{ name, old, new, codes string }{
		{"capitals", header, "YEAR QUARTER SEX NATIONALITY REGION NUMBER", ""},
		{"notes and spaces", header, "Year_[note_1] Quarter Sex_\u00a0 Nationality¹ Region_(2) Number*", ""},
		{"titles above", "Title\n", "Title\n\nYear_ending_June_2026\nSource:_Home_Office\nNotes_1_and_2\nA\nB\nC\nD\nE\n", ""},
		{"another order of the title", "Title\n", "", ""},
		{"a column of notes", header, header + " Notes", "extra-column"},
		{"a region that is not there", "Region", "World_region", "extra-column"},
		{"quarters without a space", "2018_Q2", "2018Q2", ""},
		{"quarters by number", "2018_Q2", "2", ""},
		{"quarters first", "2018_Q2", "Q2_2018", ""},
		{"counts as text", "Africa 7", "Africa '7", ""},
		{"a mark on a count", "Africa 7", "Africa 7_[r]", ""},
		{"capitals at the end", "End_of_table", "END_OF_TABLE", ""},
		{"a footnote below", "End_of_table\n", "End_of_table\nSource:_Home_Office\n", "text-below"},
	} {
		v := view
		v.Columns = append([]Column{}, view.Columns...)
		v.Columns[2].Optional = true
		text := strings.ReplaceAll(good, c.old, c.new)
		if text == good {
			t.Fatalf("%s: nothing changed", c.name)
		}
		cube, rejects, err := read(book(t, "Data_X_D01", strings.ReplaceAll(text, "'", "")), &v)
		if err != nil || len(rejects) > 0 {
			t.Errorf("%s: %v, rejects %v", c.name, err, rejects)
			continue
		}
		if got := figures(cube); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
		var codes []string
		for _, f := range cube.Findings() {
			if f.Code != "rows-repeated" && f.Code != "labels-merged" {
				codes = append(codes, f.Code)
			}
		}
		if got := strings.Join(codes, ","); got != c.codes {
			t.Errorf("%s: findings %s, want %s", c.name, got, c.codes)
		}
	}
}

// TestAbsentCounts reads the texts that are there instead of a count. None of them is 0.
func TestAbsentCounts(t *testing.T) {
	for _, mark := range []string{"[x]", "[c]", "[z]", "[low]", "..", "n/a", "*", ":", "-"} {
		cube, rejects, err := read(book(t, "Data_X_D01", strings.Replace(good, "Africa 3", "Africa "+mark, 1)), &view)
		if err != nil || len(rejects) != 1 || rejects[0].Value != mark {
			t.Errorf("%s: rejects %v, error %v", mark, rejects, err)
			continue
		}
		if got := list(cube.Observations()); !strings.Contains(got, ":origin=TCD:sex=F 2018-01-01 O"+mark+" at") {
			t.Errorf("%s:\n%s", mark, got)
		}
	}
}

var stock = View{Sheets: []string{"Data_Y_D03"}, Stock: true, Count: "People", CountWas: []string{"Applications"},
	Columns: []Column{{Name: "Sex", List: "sex"}, {Name: "Nationality", List: "area"}}}

// TestStock reads levels on the last day of a quarter, however the day is written.
func TestStock(t *testing.T) {
	for _, day := range []string{"30_Jun_2024", "as_at_30_June_2024", "2024-06-30", "30_June_2024", "30-Jun-2024", "30/06/2024", "2024-06-30T00:00:00", "45473"} {
		for _, header := range []string{"Date_(as_at…)", "Date_(as_at...)", "Date", "DATE_(AS_AT…)_[note_1]"} {
			text := "Title\n" + header + " Sex Nationality Applications\n31_Mar_2024 Male Chad 5\n" + day + " Male Chad 6\nEnd_of_table\n"
			f := source.File{Name: "x.xlsx", Release: &stat.Release{Source: "x", ID: "r", Vintage: stat.MustDate("2024-08-22")},
				Data: sourcetest.Book(t, sourcetest.Sheet{Name: "Data_Y_D03", Rows: rows(text)})}
			cube, _, err := read(f, &stock)
			if err != nil {
				t.Errorf("%s, %s: %v", header, day, err)
				continue
			}
			for _, o := range cube.Observations() {
				if o.Period.Precision != stat.PrecisionDay || o.Period.Start != o.Period.End {
					t.Errorf("%s: period %+v of a stock", day, o.Period)
				}
			}
			if got := list(cube.Observations()); !strings.Contains(got, " 2024-06-30 A6 at") {
				t.Errorf("%s, %s:\n%s", header, day, got)
			}
		}
	}
}

// TestStockRefusals refuses days that are no end of a quarter, or were not over.
func TestStockRefusals(t *testing.T) {
	for day, says := range map[string]string{"29_Jun_2024": "not the last day of a quarter", "1_Apr_2024": "not the last day", "06/05/2024": "not the last day",
		"30_Jun": "not a date", "30_Sep_2024": "not over", "~": "an empty cell", "45472": "not the last day", "44011": "not the last day", "12345": "not a date"} {
		text := "Title\nDate_(as_at…) Sex Nationality People\n31_Mar_2024 Male Chad 5\n" + day + " Male Chad 6\nEnd_of_table\n"
		f := source.File{Name: "x.xlsx", Release: &stat.Release{Source: "x", ID: "r", Vintage: stat.MustDate("2024-08-22")},
			Data: sourcetest.Book(t, sourcetest.Sheet{Name: "Data_Y_D03", Rows: rows(text)})}
		if _, _, err := read(f, &stock); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), `row 4, column "Date"`) {
			t.Errorf("%s: %v, want %q", day, err, says)
		}
	}
}
