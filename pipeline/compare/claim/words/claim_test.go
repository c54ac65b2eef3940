package words

import (
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/numbers"
)

// A sentence is read up to 4,000 bytes.
func TestASentenceIsBounded(t *testing.T) {
	if s := Parse(strings.Repeat("x", 4001)); len(s.original) != 4000 {
		t.Errorf("%d bytes", len(s.original))
	}
}

func FuzzParse(f *testing.F) {
	f.Add("More than 30,000 people so far this year, compared to 37,000 for the whole of 2024")
	f.Add("down 33 % on 15 April 2025, −0.0%")
	f.Fuzz(func(t *testing.T, text string) {
		r := read(text)
		for _, n := range r.Numbers {
			if n.Low > n.High || n.Text == "" {
				t.Errorf("%+v", n)
			}
		}
	})
}

// kinds names what numbers state.
var kinds = map[numbers.Kind]string{numbers.Count: "count", numbers.Change: "change", numbers.Share: "share", numbers.Difference: "difference", numbers.PerBoat: "per boat", numbers.OneIn: "one in", numbers.PerDay: "per day", numbers.PerWeek: "per week", numbers.PerMonth: "per month", numbers.PerYear: "per year"}

// check compares what a function makes of texts with what it should.
func check[K ~string, V comparable](t *testing.T, f func(K) V, cases map[K]V) {
	t.Helper()
	for text, want := range cases {
		if got := f(text); got != want {
			t.Errorf("%q:\ngot  %v\nwant %v", text, got, want)
		}
	}
}
