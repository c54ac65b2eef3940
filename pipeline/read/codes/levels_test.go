package codes

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crossings/schemas"
)

// TestSharedSpellings looks up labels that differ only in their letters' size. A spelling that two
// codes share is used for neither; the labels as listed keep their codes. The order of the rows does
// not matter.
func TestSharedSpellings(t *testing.T) {
	row := func(publisher, label, code string) schemas.Label {
		return schemas.Label{Publisher: publisher, Label: label, Code: code}
	}
	for _, c := range []struct {
		name string
		rows []schemas.Label
		want map[string]string // code by label, "" for none
	}{
		{"one code", []schemas.Label{row("iom", "Polish", "a"), row("iom", "POLISH", "a")}, map[string]string{"Polish": "a", "POLISH": "a", "polish": "a"}},
		{"two codes", []schemas.Label{row("iom", "Polish", "a"), row("iom", "POLISH", "b")}, map[string]string{"Polish": "a", "POLISH": "b", "polish": ""}},
		{"two codes of any publisher", []schemas.Label{row("", "Polish", "a"), row("", "POLISH", "b")}, map[string]string{"Polish": "a", "POLISH": "b", "polish": ""}},
		{"its own first", []schemas.Label{row("", "Polish", "a"), row("iom", "POLISH", "b")}, map[string]string{"Polish": "b", "POLISH": "b", "polish": "b"}},
		{"two of its own, and one of any", []schemas.Label{row("", "Polish", "c"), row("iom", "Polish", "a"), row("iom", "POLISH", "b")}, map[string]string{"Polish": "a", "POLISH": "b", "polish": ""}},
		{"another publisher's", []schemas.Label{row("iom", "Polish", "a"), row("ukho", "POLISH", "b")}, map[string]string{"Polish": "a", "POLISH": "a"}},
	} {
		for range 2 {
			l := build("cause", "iom", c.rows)
			if !l.Lists("Polish") || l.Lists("polish") != (c.want["polish"] != "" || c.name == "another publisher's") {
				t.Errorf("%s: it lists Polish %t, polish %t", c.name, l.Lists("Polish"), l.Lists("polish"))
			}
			for label, want := range c.want {
				if got, err := l.Code(label); got != want || (err == nil) != (want != "") {
					t.Errorf("%s: %q is %q, want %q (error %v)", c.name, label, got, want, err)
				}
			}
			slices.Reverse(c.rows)
		}
	}
}

// TestPlacesByTheirWords finds the name of a place by its words in any order. Names without words
// are not those of a blank label.
func TestPlacesByTheirWords(t *testing.T) {
	rows := []schemas.Label{{Label: "", Code: "_U"}, {Label: "Congo, Republic of the", Code: "COG"}, {Label: "Chad", Code: "TCD"}}
	for _, c := range []struct{ list, label, code string }{
		{"area", "Republic of the Congo", "COG"}, {"region", "Congo (Republic)", "COG"}, {"area", "Chad3", "TCD"}, {"area", " ", "_U"},
		{"area", "The", ""}, {"area", "()", ""}, {"area", "Congo", ""},
		{"cause", "Republic of the Congo", ""}, {"cause", "Chad3", ""},
	} {
		if got, _ := build(c.list, "iom", rows).Code(c.label); got != c.code {
			t.Errorf("%s: %q is %q, want %q", c.list, c.label, got, c.code)
		}
	}
	for _, list := range []string{"cause", "area", "sex"} { // only the list of ages reads them by rule
		if got, err := build(list, "iom", rows).Code("18 to 24"); got != "" || !errors.Is(err, ErrUnmapped) {
			t.Errorf("%s: ages are %q, %v", list, got, err)
		}
	}
}

// TestCodeOfSeveral refuses a label that names several, which Open accepts.
func TestCodeOfSeveral(t *testing.T) {
	l := build("cause", "iom", []schemas.Label{{Label: "A", Code: "a"}, {Label: "B", Code: "b"}})
	if got, err := l.Code("A,B"); got != "" || !errors.Is(err, ErrUnmapped) {
		t.Errorf("%q, %v", got, err)
	}
	if l.List() != "cause" {
		t.Errorf("the list is %q", l.List())
	}
}

// TestLabelsAreBuiltOnce gets the same labels from For each time.
func TestLabelsAreBuiltOnce(t *testing.T) {
	first := For("sex", "ukho")
	if For("sex", "ukho") != first || For("sex", "iom") == first {
		t.Error("the labels are built again, or shared by publishers")
	}
}

// TestSpellingsAreReadOnce remembers each spelling that is not as listed, and only those, until
// there are too many.
func TestSpellingsAreReadOnce(t *testing.T) {
	l := build("cause", "iom", []schemas.Label{{Label: "Drowning", Code: "drowning"}})
	if got, err := l.Open("Drowning"); got.Code != "drowning" || err != nil || len(l.variants) != 0 {
		t.Errorf("%+v %v, remembered %v", got, err, l.variants)
	}
	first, second := l.variant("DROWNING"), l.variant("Sharks")
	if l.variant("DROWNING") != first || l.variant("Sharks") != second || len(l.variants) != 2 {
		t.Errorf("a spelling is read again; remembered %v", l.variants)
	}
	for i := range maxVariants - 2 {
		l.variant(strings.Repeat(" ", i+1))
	}
	if len(l.variants) != maxVariants || l.variant("DROWNING") != first {
		t.Errorf("%d spellings are remembered", len(l.variants))
	}
	l.variant("One more")
	if len(l.variants) != 1 {
		t.Errorf("%d spellings are remembered after one too many", len(l.variants))
	}
}

// TestAnyone gathers the labels of all publishers for tables that people describe.
func TestAnyone(t *testing.T) {
	rows := []schemas.Label{
		{Label: "Chad", Code: "TCD"},
		{Publisher: "iom", Label: "CHAD", Code: "x-chad"},        // the label of any publisher stays
		{Publisher: "iom", Label: "Congo", Code: "COG"},          // two publishers mean different places
		{Publisher: "ukho", Label: "congo", Code: "COD"},         //
		{Publisher: "frontex", Label: "Congo", Code: "COG"},      //
		{Publisher: "iom", Label: "Ivory Coast", Code: "CIV"},    // two mean the same
		{Publisher: "ukho", Label: "IVORY COAST", Code: "CIV"},   //
		{Publisher: "ukho", Label: "Other", Note: "left out"},    // left out by its publisher only
		{Publisher: "ukho", Label: "Refugee", Code: "_REF"},      // one publisher has it
		{Label: "Everywhere", Note: "counted in the other rows"}, // left out for all
	}
	want := []schemas.Label{
		{Label: "Chad", Code: "TCD"},
		{Label: "Everywhere", Note: "counted in the other rows"},
		{Label: "Ivory Coast", Code: "CIV"},
		{Label: "Refugee", Code: "_REF"},
	}
	if got := rowsFor(Anyone, rows); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got := rowsFor("iom", rows); !slices.Equal(got, rows) {
		t.Errorf("of a publisher: %+v", got)
	}
	l := For("area", Anyone)
	for label, code := range map[string]string{"Refugee": "_REF", "Tunisia": "TUN"} {
		if got, err := l.Code(label); got != code || err != nil {
			t.Errorf("%s is %q, %v", label, got, err)
		}
	}
}

// TestNearestOf looks for labels in a short list, at each limit of what resembles another.
func TestNearestOf(t *testing.T) {
	long := strings.Repeat("a", maxLabel)
	x := NewLists(map[string][]schemas.Label{"area": {{Label: "Chad", Code: "POL"}, {Label: "Mali", Code: "MLI"}}})
	l := build("area", "ukho", []schemas.Label{{Label: "Chad", Code: "TCD"}, {Label: "Chat", Code: "x-chat"}, {Label: "", Code: "_U"}, {Label: "Everywhere", Note: "a sum"}, {Label: long, Code: "x-long"}})
	for _, c := range []struct {
		label string
		want  Near
	}{
		{"Chad", Near{"Chad", "TCD", 0}},
		{"Chax", Near{"Chad", "TCD", 1}}, // as near to Chat, which comes later
		{"Chxt", Near{"Chat", "x-chat", 1}},
		{"Chxy", Near{"Chad", "TCD", 2}},
		{"Cxyz", Near{}},
		{"Lake of Chad and Niger", Near{"Chad", "TCD", 2}}, // words beyond the listed one
		{"", Near{}},
		{"Everywher", Near{}},
		{"M", Near{}},
		{long, Near{long, "x-long", 0}},
		{long + "a", Near{}},
	} {
		if got := l.Nearest(c.label); got != c.want {
			t.Errorf("%.30q: %+v, want %+v", c.label, got, c.want)
		}
	}
	both := x.For("area", "ukho")
	for label, want := range map[string]Near{"Malo": {"Mali", "MLI", 1}, "Chad": {"Chad", "TCD", 0}} {
		if got := both.Nearest(label); got != want {
			t.Errorf("with an operator's list: %q: %+v", label, got)
		}
	}
}

func TestClose(t *testing.T) {
	for _, c := range []struct {
		near  Near
		label string
		want  bool
	}{
		{Near{Label: "Chad", Edits: 1}, "Cha", true},
		{Near{Label: "Chad", Edits: 2}, "Cha", false},
		{Near{Label: "Chad", Edits: 2}, strings.Repeat("é", 15), false},
		{Near{Label: "Chad", Edits: 2}, strings.Repeat("é", 16), true},
		{Near{}, "Chad", false},
	} {
		if got := c.near.Close(c.label); got != c.want {
			t.Errorf("%+v is close to %q: %t", c.near, c.label, got)
		}
	}
}

func TestExtraWords(t *testing.T) {
	for _, c := range []struct {
		words  map[string]int
		listed string
		n      int
		all    bool
	}{
		{map[string]int{"free": 1, "city": 1}, "free city", 0, true},
		{map[string]int{"free": 1, "city": 2, "new": 1}, "free city", 2, true},
		{map[string]int{"city": 1}, "city", 0, true},
		{map[string]int{"new": 1, "york": 1}, "new new york", 0, false},
		{map[string]int{"new": 2, "york": 1}, "new new york", 0, true},
		{map[string]int{"free": 1}, "free city", 0, false},
		{map[string]int{"free": 1}, "of the", 1, false},
	} {
		if n, all := extraWords(c.words, c.listed); n != c.n || all != c.all {
			t.Errorf("%v, %q: %d, %t", c.words, c.listed, n, all)
		}
	}
}

// TestEditsOfOneLetter adds, removes and changes a letter in each place.
func TestEditsOfOneLetter(t *testing.T) {
	for _, c := range [][2]string{{"abc", "bc"}, {"abc", "ac"}, {"abc", "ab"}, {"abc", "xbc"}, {"abc", "axc"}, {"abc", "abx"}} {
		for range 2 {
			if got := edits([]rune(c[0]), []rune(c[1])); got != 1 {
				t.Errorf("%s to %s: %d", c[0], c[1], got)
			}
			c[0], c[1] = c[1], c[0]
		}
	}
}
