package decode

import "testing"

func TestWords(t *testing.T) {
	for _, x := range []struct{ in, want string }{
		{"Migrants arrived", "migrants arrived"},
		{"IN", "in"},
		{"  Migrants \u00a0Arrived\t", "migrants arrived"},
		{"Boats\r\narrived", "boats arrived"},
		{"Migrants\u202f\u2009arrived", "migrants arrived"},
		{"\ufeffdate", "date"},
		{"Mi\u00adgrants ar\u200brived", "migrants arrived"},
		{"Boats arrived – involved in uncontrolled landings", "boats arrived-involved in uncontrolled landings"},
		{"Boats arrived—involved in uncontrolled landings", "boats arrived-involved in uncontrolled landings"},
		{"Boats arrived - involved in uncontrolled landings", "boats arrived-involved in uncontrolled landings"},
		{"Boats arrived \u2212involved", "boats arrived-involved"},
		{"Persons / people", "persons/people"},
		{"period_start", "period start"},
		{"Number of the UK’s “boats”", "number of the uk's \"boats\""},
		{"Ｄａｔｅ", "date"},
		{"Age\u2002Group", "age group"},
		{"Date:", "date"},
		{"No.", "no"},
		// Marks.
		{"Migrants arrived [note 1]", "migrants arrived"},
		{"Migrants arrived[Note 1]", "migrants arrived"},
		{"Migrants arrived [note 1] [note 2]", "migrants arrived"},
		{"Migrants arrived [notes 1 and 2]", "migrants arrived"},
		{"Migrants [note 3] arrived", "migrants arrived"},
		{"Migrants arrived ［note 1］", "migrants arrived"},
		{"Migrants arrived [1]", "migrants arrived"},
		{"Migrants arrived [1, 2]", "migrants arrived"},
		{"Migrants arrived [r]", "migrants arrived"},
		{"Migrants arrived [p][r]", "migrants arrived"},
		{"Migrants arrived (1)", "migrants arrived"},
		{"Migrants arrived (1)(2)", "migrants arrived"},
		{"Migrants arrived (1, 2)", "migrants arrived"},
		{"Migrants arrived (see note 4)", "migrants arrived"},
		{"Migrants arrived (P)", "migrants arrived"},
		{"Migrants arrived¹", "migrants arrived"},
		{"Migrants arrived ¹,²", "migrants arrived"},
		{"Migrants arrived⁽¹⁾", "migrants arrived"},
		{"Migrants¹ arrived", "migrants arrived"},
		{"Migrants arrived*", "migrants arrived"},
		{"Migrants arrived **", "migrants arrived"},
		{"Migrants arrived †‡", "migrants arrived"},
		{"Migrants arrived¹ [note 2] (3) *:", "migrants arrived"},
		// What may tell two columns apart stays.
		{"Boats2", "boats2"},
		{"Boats 2", "boats 2"},
		{"1", "1"},
		{"Arrivals (2024)", "arrivals (2024)"},
		{"Arrivals [boats]", "arrivals [boats]"},
		{"Arrivals (UK)", "arrivals (uk)"},
		{"Arrivals (a)", "arrivals (a)"},
		{"(1) Arrivals", "(1) arrivals"},
		{"Aged 18-24", "aged 18-24"},
		{"2018–19", "2018-19"},
		{"*", ""},
		{"[note 1]", ""},
		{"", ""},
	} {
		if got := Words(x.in); got != x.want {
			t.Errorf("Words(%q) = %q, want %q", x.in, got, x.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Migrants arrived [note 1]", "Boats – landed¹,² (1)*:", "a (1) -", "［r］ǅ K", "a/(p).[1]", "x[no\u00adte 1]y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once, twice := Words(s), Words(Words(s)); once != twice {
			t.Errorf("Words(%q) = %q, and of that %q", s, once, twice)
		}
	})
}
