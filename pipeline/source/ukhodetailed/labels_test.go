package ukhodetailed

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// aged is a view with ages.
var aged = View{
	Sheets:  []string{"Data_X_D01"},
	Columns: []Column{{Name: "Sex", List: "sex"}, {Name: "Nationality", List: "area"}, {Name: "Region", List: "age", Groups: true}},
	Count:   "Number",
}

// findingsOf returns the codes and severities of findings about labels.
func findingsOf(list []stat.Finding) string {
	var out []string
	for _, f := range list {
		if f.Code != "labels-merged" && f.Code != "rows-repeated" {
			out = append(out, f.Code+"/"+f.Severity.String())
		}
	}
	return strings.Join(out, " ")
}

// TestUnlistedLabelsCount checks that a label in no list keeps its row: its cell has a code of its
// own, the totals are those of the whole table, and a finding says how many rows have it. A label
// that may be a total makes the release wait.
func TestUnlistedLabelsCount(t *testing.T) {
	for _, c := range []struct{ name, row, cell, findings string }{
		{"all listed", "Female India", "IND", ""},
		{"nationality", "Female Ruritania_(British)", "x-ruritania-british", "unlisted-label/warning"},
		{"sex", "Another India", "IND", "unlisted-label/warning"},
		{"note mark", "Female India_[note_3]", "IND", ""},
		{"footnote digit", "Female India1", "IND", ""},
		{"footnote in brackets", "Female India_(2)", "IND", ""},
		{"raised footnote", "Female India²", "IND", ""},
		{"case and space", "Female iNDIA__", "IND", ""},
		{"invisible character", "Female Sri_\u200bLanka", "LKA", ""},
		{"accent", "Female Cote_D’Ivoire", "CIV", ""},
		{"ampersand", "Female Trinidad_&_Tobago", "TTO", ""},
		{"dash", "Female Guinea–Bissau", "GNB", ""},
		{"order of words", "Female Congo,_(Democratic_Republic_of_the)", "COD", ""},
		{"several", "Female India,_Pakistan", "IND_and_PAK", "unlisted-label/note"},
		{"total", "Female Total", "x-total", "label-may-be-total/error unlisted-label/warning"},
		{"all", "Female All_nationalities", "x-all-nationalities", "label-may-be-total/error unlisted-label/warning"},
		{"part", "Female of_which_Kashmir", "x-of-which-kashmir", "label-may-be-total/error unlisted-label/warning"},
		{"region", "Female EU_14", "x-eu-14", "label-may-be-total/error unlisted-label/warning"},
		{"subtotal", "Female Sub-total_Asia", "x-sub-total-asia", "label-may-be-total/error unlisted-label/warning"},
		{"another, no total", "Female All_other_islands", "x-all-other-islands", "unlisted-label/warning"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, "Female India", c.row, 1)
			cube, rejects, err := read(book(t, "Data_X_D01", text), &view)
			if err != nil || len(rejects) != 0 {
				t.Fatal(rejects, err)
			}
			total, cell := stat.Known(0), false
			for _, o := range cube.Observations() {
				if o.Series.Dimensions == stat.AllTotal {
					total = total.Add(o.Value)
				}
				cell = cell || o.Series.Origin == c.cell && o.Value == stat.Known(4)
			}
			if total != stat.Known(22) || !cell {
				t.Errorf("total %s, the cell of %s is there: %v", total, c.cell, cell)
			}
			found := cube.Findings()
			if got := findingsOf(found); got != c.findings {
				t.Errorf("findings %s, want %s", got, c.findings)
			}
			for _, f := range found {
				if l := f.Label; f.Code == "unlisted-label" && (l == nil || l.Rows != 1 || l.Publisher != "ukho" || l.Code == "" || !strings.Contains(f.Where, "8")) {
					t.Errorf("finding %+v, label %+v", f, l)
				}
			}
		})
	}
}

// TestAgesThatOverlap reads ages by rule, and checks that a band that holds others makes the
// release wait.
func TestAgesThatOverlap(t *testing.T) {
	table := "Title\nYear Quarter Sex Nationality Region Number\n2018 2018_Q1 Male Chad %s 5\n2018 2018_Q1 Male Chad %s 3\n2018 2018_Q2 Male Chad %s 3\nEnd_of_table\n"
	for _, c := range []struct{ a, b, next, want string }{
		{"Under_18", "18-24", "17_and_under", ""},
		{"17_and_under", "18+", "18_–_24", ""},
		{"18_to_24", "18_and_over", "25", "age-bands-overlap/error"},
		{"18_to_24", "20_to_29", "25", "age-bands-overlap/error"},
		{"18_to_24", "25_to_29", "20_to_29", ""}, // another period has other bands
		{"18_to_24", "Not_currently_recorded", "Unknown", ""},
		{"18_to_24", "Teenagers", "Unknown", "label-may-be-total/error unlisted-label/warning"},
	} {
		text := fmt.Sprintf(table, c.a, c.b, c.next)
		cube, _, err := read(book(t, "Data_X_D01", text), &aged)
		if err != nil {
			t.Fatal(err)
		}
		if got := findingsOf(cube.Findings()); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// TestManyUnlistedLabelsWait checks that more than one row in twenty with an unlisted label makes
// the release wait.
func TestManyUnlistedLabelsWait(t *testing.T) {
	for unlisted, want := range map[int]bool{5: false, 6: true} {
		text := good[:strings.Index(good, "2018")]
		for i := range 100 {
			country := "Chad"
			if i < unlisted {
				country = fmt.Sprintf("Ruritania_%c", 'A'+i)
			}
			text += fmt.Sprintf("2018 2018_Q1 Male %s Africa %d\n", country, i)
		}
		cube, _, err := read(book(t, "Data_X_D01", text+"End_of_table\n"), &view)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(findingsOf(cube.Findings()), codes.FindingMany+"/error"); got != want {
			t.Errorf("%d of 100: waits %v, want %v", unlisted, got, want)
		}
	}
}

// TestSumsOfOthersAreNoLoss leaves out rows that an operator's list calls sums. The totals are those
// of the other rows, and do not say that they lack one.
func TestSumsOfOthersAreNoLoss(t *testing.T) {
	f := book(t, "Data_X_D01", strings.Replace(good, "End_of_table", "2018 2018_Q3 Both_sexes India Asia 4\nEnd_of_table", 1))
	f.Lists = codes.NewLists(map[string][]schemas.Label{"sex": {{Publisher: "ukho", Label: "Both sexes", Code: stat.Total}}})
	cube, rejects, err := read(f, &view)
	if err != nil || len(rejects) != 1 || !rejects[0].Listed || rejects[0].Value != "Both sexes" {
		t.Fatal(rejects, err)
	}
	total := stat.Known(0)
	for _, o := range cube.Observations() {
		if o.Status != stat.Normal {
			t.Errorf("%s is %s", o.Series.ID, o.Status)
		}
		if o.Series.Dimensions == stat.AllTotal {
			total = total.Add(o.Value)
		}
	}
	if total != stat.Known(22) {
		t.Errorf("the total is %s", total)
	}
}
