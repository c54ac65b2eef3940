package ukhoasylumsupportlocal

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const november = "support_local_2024-11-28.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, november) }

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: november, Sheet: "Data - Asy_D11", Headers: map[string]string{"Date": "Date (as at…)", "Accommodation Type": "Support sub-type"}},
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Asy_D11", Headers: map[string]string{"Date": "Date (as at…)", "UK Region": "UK Region / Nation"}})
}

// support returns the people in receipt of support by authority on a day, and the findings.
func support(t testing.TB, f sourcetest.File, day string) (map[string]int64, []stat.Finding) {
	t.Helper()
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, o := range obs {
		if o.Series.Measure == people.Name && o.Period.End.String() == day {
			out[o.Series.Category], _ = o.Value.Get()
		}
	}
	return out, findings
}

// TestTheNameDecides checks the end of 2022, where York has the code of Hull in the file.
func TestTheNameDecides(t *testing.T) {
	got, findings := support(t, load(t), "2022-12-31")
	const hull, york = "E06000010", "E06000014"
	if got[york] == 0 || got[hull] == 0 {
		t.Fatalf("York %d, Hull %d", got[york], got[hull])
	}
	rest := got[stat.Total]
	for code, n := range got {
		if code != stat.Total {
			rest -= n
		}
	}
	found := false
	for _, f := range findings {
		found = found || f.Code == "code-of-another" && f.Severity == stat.SeverityNote && f.Where != ""
	}
	if rest != 0 || !found {
		t.Errorf("the authorities add up to %d less than the total; findings %v", rest, findings)
	}
	right := load(t).WithAll(t, "York,E06000010", "York,E06000014")
	if again, _ := support(t, right, "2022-12-31"); again[york] != got[york] || again[hull] != got[hull] {
		t.Errorf("York %d, Hull %d with the right code; %d and %d with the wrong one", again[york], again[hull], got[york], got[hull])
	}
}

// TestANewAuthority reads an authority that no list has. Its code is the one in the file.
func TestANewAuthority(t *testing.T) {
	before, _ := support(t, load(t), "2024-09-30")
	after, _ := support(t, load(t).WithAll(t, "Medway,E06000035", "Medway and Swale,E06000099"), "2024-09-30")
	if after["E06000099"] == 0 || after["E06000099"] != before["E06000035"] || after["E06000035"] != 0 || after[stat.Total] != before[stat.Total] {
		t.Errorf("%v, before %v", after, before)
	}
	renamed, _ := support(t, load(t).WithAll(t, "Medway,E06000035", "Medway Towns,E06000035"), "2024-09-30")
	if renamed["E06000035"] != before["E06000035"] {
		t.Errorf("under another name %v, before %v", renamed, before)
	}
}

// TestFormerCodes checks that an authority which has had another code is one series.
func TestFormerCodes(t *testing.T) {
	for _, day := range []string{"2017-12-31", "2018-03-31"} {
		got, _ := support(t, load(t), day)
		if got["S12000047"] == 0 || got["S12000049"] == 0 || got["S12000015"] != 0 || got["S12000046"] != 0 {
			t.Errorf("%s: %v", day, got)
		}
	}
}

// TestNoRowIsNotZero checks that an authority without a row on a day is not said to have nobody.
func TestNoRowIsNotZero(t *testing.T) {
	f := load(t)
	var lines []string
	for line := range strings.Lines(string(f.Data)) {
		if !strings.HasPrefix(line, "2020-06-30") || !strings.Contains(line, "Medway") {
			lines = append(lines, line)
		}
	}
	f.Data = []byte(strings.Join(lines, ""))
	if got, _ := support(t, f, "2020-06-30"); len(got) < 3 {
		t.Errorf("%v", got)
	} else if n, ok := got["E06000035"]; ok {
		t.Errorf("Medway has %d people", n)
	}
}

func TestRefusals(t *testing.T) {
	refuse, f := sourcetest.Refuses(t, &Source), load(t)
	refuse("no authority", f.With(t, "Local Authority,", "Place,"), decode.ErrHeader, `"Local Authority"`)
	refuse("no accommodation", f.With(t, "Accommodation Type,", "Housing,"), decode.ErrHeader, `"Accommodation Type"`)
	refuse("year of another day", f.With(t, "2014-03-31,2014,", "2014-03-31,2015,"), decode.ErrPeriod, "its other columns say another quarter")
}
