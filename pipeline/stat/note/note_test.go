package note

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

var day = stat.NewDate(2024, 2, 29)

// sample returns a note of a code with all fields that its text has.
func sample(c Code) Note {
	n := Note{Code: c}
	for i, field := range patterns[c] {
		if i%2 == 0 {
			continue
		}
		switch field {
		case "from":
			n.From = day
		case "to":
			n.To = day.AddDays(40)
		case "n":
			n.N = 3
		case "of":
			n.Of = 31
		case "status":
			n.Status = stat.Provisional
		case "words":
			n.Words = "weeks"
		default:
			panic("the text of a code names the unknown field " + field)
		}
	}
	return n
}

// TestTextsReadBackToTheirCodes checks each code, in every place that it can have in a list.
func TestTextsReadBackToTheirCodes(t *testing.T) {
	seen := map[string]Code{}
	for c := range Code(len(words)) {
		n := sample(c)
		text := List{n}.String()
		if text == "" || strings.ContainsAny(text, "{};") {
			t.Errorf("code %d has the text %q", c, text)
		}
		if other, ok := seen[text]; ok {
			t.Errorf("codes %d and %d have one text %q", c, other, text)
		}
		seen[text] = c
		for _, l := range []List{{n}, {n, {Code: LowBase}}, {{Code: Incomplete}, n}, List{n, {Code: LowBase}}.About(Base),
			slices.Concat(List{n}, List{n, n}.About("x:arrivals:D"), List{n}.About("x:boats:M:route=rail"))} {
			if got := Parse(l.String()); !slices.Equal(got, l) {
				t.Errorf("%q is read as %+v; want %+v", l.String(), got, l)
			}
		}
	}
}

// TestNotesHaveThePublishedTexts holds texts that are in published files.
func TestNotesHaveThePublishedTexts(t *testing.T) {
	for want, l := range map[string]List{
		"": nil,
		"incomplete; low base; prior value: incomplete": {{Code: Incomplete}, {Code: LowBase}, {Code: PriorIncomplete}},
		"no prior value":           {{Code: NoPriorValue}},
		"prior value: provisional": {{Code: PriorStatus, Status: stat.Provisional}},
		"cut back to whole weeks inside 2024-02-29 to 2024-03-01; 3 of 7 days outside coverage": {
			{Code: CutBack, Words: "weeks", From: day, To: day + 1}, {Code: OutsideCoverage, N: 3, Of: 7}},
		"in is not known for this period; base: 1 of 2 days without a value; no value on 2024-02-29": {
			{Code: InUnknown}, {Code: WithoutValue, About: Base, N: 1, Of: 2}, {Code: NoValueOn, About: Base, From: day}},
		"x:arrivals:D: incomplete; x:boats:D: a stock is not summed over time": {
			{Code: Incomplete, About: "x:arrivals:D"}, {Code: StockNotSummed, About: "x:boats:D"}},
		"Two lists: one of each; no link": slices.Concat(Said("Two lists: one of each"), Said("no link")),
	} {
		if l.String() != want {
			t.Errorf("%+v has the text %q; want %q", l, l.String(), want)
		}
		if got := Parse(want); !slices.Equal(got, l) {
			t.Errorf("%q is read as %+v; want %+v", want, got, l)
		}
	}
}

// TestAnyTextStays checks that a text that looks like a note and is none keeps every letter.
func TestAnyTextStays(t *testing.T) {
	for _, text := range []string{"incomplete ", "; ", " ", "base: ", "base: base: x", "base: a; base: b", "x:arrivals:D: ; x:arrivals:D: y", "3 of 07 days outside coverage",
		"+3 of 7 days without a value", "prior value: ", "prior value: A", "prior value: normal", "prior is 2024-2-1 to 2024-03-01", "prior is 2024-02-30 to 2024-03-01",
		"cut back to whole weeks inside 2024-02-29 to 2024-03-01 or so", "no value on ", "Low base", "low base;incomplete"} {
		if got := Parse(text).String(); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("incomplete; base: prior is 2024-01-01 to 2024-01-31")
	f.Fuzz(func(t *testing.T, text string) {
		if got := Parse(text).String(); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

func TestEveryStatusIsRead(t *testing.T) {
	codes, err := schemas.CodeList("obs-status")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range codes {
		want := List{{Code: PriorStatus, Status: stat.Status(c.Code)}}
		if got := Parse(want.String()); !slices.Equal(got, want) {
			t.Errorf("%q is read as %+v; want %+v", want.String(), got, want)
		}
	}
}

func TestNotesOnAnotherFigureAreNotOnThisOne(t *testing.T) {
	l := Parse("low base; base: incomplete")
	if !l.Has(LowBase) || l.Has(Incomplete) || l.Has(NoPriorValue) || Said("") != nil || Parse("") != nil {
		t.Errorf("notes %+v", l)
	}
}
