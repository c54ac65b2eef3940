package source

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

func TestState(t *testing.T) {
	for _, c := range []struct {
		text    string
		value   stat.Count
		status  stat.Status
		mark    string
		revised bool
	}{
		{"1,204", stat.Known(1204), stat.Normal, "row", false},
		{"1204 [r]", stat.Known(1204), stat.Normal, "[r]", true},
		{"1204 [p][r]", stat.Known(1204), stat.Provisional, "[p][r]", true},
		{"7 [e]", stat.Known(7), stat.Estimated, "[e]", false},
		{"7 [b]", stat.Known(7), stat.Break, "[b]", false},
		{"7 [note 2]", stat.Known(7), stat.Normal, "[note 2]", false},
		{"0", stat.Known(0), stat.Normal, "row", false},
		{"[x]", stat.Count{}, stat.Missing, "[x]", false},
		{"..", stat.Count{}, stat.Missing, "..", false},
		{"[z]", stat.Count{}, stat.NotExisting, "[z]", false},
		{"[c]", stat.Count{}, stat.Suppressed, "[c]", false},
		{"[low]", stat.Count{}, stat.Missing, "[low]", false},
	} {
		f, err := decode.FigureText(c.text)
		if err != nil {
			t.Fatal(err)
		}
		o := stat.Observation{Status: stat.Normal, Mark: "row"}
		if State(&o, f); o.Value != c.value || o.Status != c.status || o.Mark != c.mark || o.Revised != c.revised {
			t.Errorf("%s: %+v", c.text, o)
		}
	}
}

func TestExtraColumns(t *testing.T) {
	table := decode.Columns{Want: []decode.Column{{Name: "Boats", Measure: true}, {Name: "Notes", Optional: true}}}.Table(decode.Error{})
	for i, row := range [][]string{{"Port", "Boats"}, {"Dover", "2", "x"}} {
		if _, err := table.Texts(i+1, row); err != nil {
			t.Fatal(err)
		}
	}
	got := ExtraColumns(table, "S")
	want := []stat.Finding{
		{Code: "extra-column", Severity: stat.SeverityWarning, Where: "S!A", Message: `the column "Port" is new and is not read; see whether it says that the figures are of another kind`},
		{Code: "extra-column", Severity: stat.SeverityWarning, Where: "S!C", Message: "column C has no header and is not read; see what its cells say"},
		{Code: "missing-column", Severity: stat.SeverityWarning, Where: "S", Message: `the column "Notes" is not there; the figures are read without it`},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
	if got := ExtraColumns(table, ""); got[0].Where != "A" {
		t.Errorf("%+v", got[0])
	}
}
