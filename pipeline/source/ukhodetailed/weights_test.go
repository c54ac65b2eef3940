package ukhodetailed

import (
	"fmt"
	"strings"
	"testing"
)

// weighedHeader is above the rows of the tables here.
const weighedHeader = "Title\nYear Quarter Sex Nationality Region Number\n"

// TestUnlistedLabelsAreWeighed renames a few rows with a large share of the newest quarter. Among all
// rows they are few, but the release waits.
func TestUnlistedLabelsAreWeighed(t *testing.T) {
	for _, c := range []struct {
		name         string
		rows, others int
		waits        bool
	}{
		{"7 percent of a quarter", 3, 141, true},
		{"5 percent of a quarter", 3, 225, false},
		{"half of a small quarter", 3, 90, false},
		{"two rows", 2, 141, false},
	} {
		text := weighedHeader
		for i := range 200 { // 200 rows of the quarter before
			text += fmt.Sprintf("2018 2018_Q1 Male Chad R%d 7\n", i)
		}
		for i := range c.rows {
			text += fmt.Sprintf("2018 2018_Q2 Male Ruritania R%d 5\n", i)
		}
		text += fmt.Sprintf("2018 2018_Q2 Female Chad A %d\nEnd_of_table\n", c.others)
		if c.others > 100 { // above 200 with these: 15 of 216 or of 300
			text = strings.Replace(text, "End_of_table", "2018 2018_Q2 Female India A 60\nEnd_of_table", 1)
		}
		cube, _, err := read(book(t, "Data_X_D01", text), &view)
		if err != nil {
			t.Fatal(err)
		}
		if got := findingsOf(cube.Findings()); strings.Contains(got, "many-unlisted-labels/error") != c.waits {
			t.Errorf("%s: findings %q, waits %v", c.name, got, c.waits)
		}
	}
}

// TestSumsUnderAnotherNameWait adds rows that are the sums of others under a label whose words do not
// say so.
func TestSumsUnderAnotherNameWait(t *testing.T) {
	base := "2018 2018_Q1 Male Chad A 9\n2018 2018_Q1 Female Chad A 4\n2018 2018_Q1 Male India B 30\n2018 2018_Q1 Female India B 21\n2018 2018_Q1 Male Chad C 40\n2018 2018_Q1 Female Chad C 20\n"
	for _, c := range []struct {
		name, rows string
		waits      bool
	}{
		{"nothing", "", false},
		{"by nationality", "2018 2018_Q1 Persons Chad A 13\n", true},
		{"all groups", "2018 2018_Q1 Persons Chad A 13\n2018 2018_Q1 Persons India B 51\n2018 2018_Q1 Persons Chad C 60\n", true},
		{"one row of all", "2018 2018_Q1 Male Anyland Anywhere 124\n", true},
		{"nearly the sum", "2018 2018_Q1 Persons Chad A 12\n", true},
		{"one row is nearly the sum", "2018 2018_Q1 Persons Chad A 13\n2018 2018_Q1 Persons India B 50\n", true},
		{"another count", "2018 2018_Q1 Persons Chad A 18\n", false},
		{"one row differs", "2018 2018_Q1 Persons Chad A 13\n2018 2018_Q1 Persons India B 20\n", false},
		{"of one part", "2018 2018_Q1 Male Iran D 30\n2018 2018_Q1 Persons Iran D 30\n", true},
		{"of one part, with another count", "2018 2018_Q1 Male Iran D 30\n2018 2018_Q1 Persons Iran D 33\n", true},
		{"of no part", "2018 2018_Q1 Persons Iran D 30\n", false},
		{"a column without a list", "2018 2018_Q1 Male Chad Wide 49\n2018 2018_Q1 Female Chad Wide 24\n2018 2018_Q1 Male Iraq A 5\n2018 2018_Q1 Male Iraq B 6\n2018 2018_Q1 Male Iraq Wide 11\n", true},
		{"one row in a column without a list", "2018 2018_Q1 Male Chad Wide 49\n", true},
		{"another count in a column without a list", "2018 2018_Q1 Male Chad Wide 70\n", false},
	} {
		cube, _, err := read(book(t, "Data_X_D01", weighedHeader+base+c.rows+"End_of_table\n"), &view)
		if err != nil {
			t.Fatal(err)
		}
		found := cube.Findings()
		if got := findingsOf(found); strings.Contains(got, "label-may-be-total/error") != c.waits {
			t.Errorf("%s: findings %q, waits %v", c.name, got, c.waits)
		}
		for _, f := range found {
			if f.Code == "label-may-be-total" && (f.Where == "" || !strings.Contains(f.Message, "to 2018-03-31")) {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
	}
}
