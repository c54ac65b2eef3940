package codes

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/schemas"
)

// allListed checks that each of the labels, with bars between them, is listed under a code.
func allListed(t *testing.T, l *Labels, code, labels string) {
	t.Helper()
	for _, label := range strings.Split(labels, "|") {
		if got, err := l.Open(label); err != nil || got != (Reading{code, Listed}) {
			t.Errorf("%q: %+v %v, want %s", label, got, err, code)
		}
	}
}

// TestVariants reads labels as publishers' typography varies them.
func TestVariants(t *testing.T) {
	l := For("area", "ukho")
	for code, labels := range map[string]string{
		"CIV": "Côte d'Ivoire|Cote d’Ivoire|COTE D`IVOIRE|Ivory Coast",
		"TUR": "Turkey|Türkiye|Turkiye|TÜRKIYE [note 2]|Turkey (1)|Turkey2|Turkey²|Turkey*|Turkey †",
		"BIH": "Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnia &  Herzegovina|BOSNIA  AND\u00a0HERZEGOVINA",
		"GNB": "Guinea-Bissau|Guinea–Bissau|Guinea - Bissau|Guinea Bissau",
		"COD": "Congo (Democratic Republic)|Congo, Democratic Republic of the|Democratic Republic of the Congo",
		"PRK": "Korea, Democratic People's Republic of|Democratic Peoples Republic of Korea",
		"LCA": "St. Lucia|St Lucia|Saint Lucia",
		"TZA": "Tanzania, United Republic of|United Republic of Tanzania|Tanzania (United Republic of)|Tanzania",
	} {
		allListed(t, l, code, labels)
	}
	for a, b := range map[string]string{"Niger": "Nigeria", "Guinea": "Guinea-Bissau", "Congo (Democratic Republic)": "Congo (Republic)", "Dominica": "Dominican Republic", "Austria": "Australia"} {
		x, _ := l.Open(a)
		y, _ := l.Open(b)
		if x.Code == y.Code || x.Match != Listed || y.Match != Listed {
			t.Errorf("%s is %+v, %s %+v", a, x, b, y)
		}
	}
}

// TestAnotherNumberIsAnotherLabel checks that a number at the end of a label is that of a footnote
// only in the name of a place.
func TestAnotherNumberIsAnotherLabel(t *testing.T) {
	for _, c := range []struct{ list, label string }{{"return-type", "Voluntary return2"}, {"region", "EU 15"}, {"age", "Unknown2"}} {
		if got, _ := For(c.list, "ukho").Open(c.label); got.Match != ByWords {
			t.Errorf("%s: %q is %+v", c.list, c.label, got)
		}
	}
}

// TestPlainLabelsFoldAlike checks that the short way to fold a label gives what the long way does.
func TestPlainLabelsFoldAlike(t *testing.T) {
	texts := []string{"Boats2", "Asia (South)", "a (1)", "a (p)", "a (12)", "x-y", "a - b", "a -b", "a- b", " a", "a ", "(a)", "(abc)", "a,b", ""}
	for _, list := range schemas.LabelNames() {
		rows, err := schemas.Labels(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			texts = append(texts, r.Label)
		}
	}
	plain := 0
	for _, text := range texts {
		if !decode.IsPlain(text) {
			continue
		}
		plain++
		if got, want := strings.ToLower(text), decode.Words(text); got != want {
			t.Errorf("%q: %q, and by words %q", text, got, want)
		}
		if fold(fold(text)) != fold(text) {
			t.Errorf("%q folds to %q, and that to %q", text, fold(text), fold(fold(text)))
		}
	}
	if plain < len(texts)/2 {
		t.Errorf("only %d of %d labels are plain", plain, len(texts))
	}
}

// TestNoTwoCodesShareASpelling checks that no form of a listed label is that of another with a
// different code, which would make both useless.
func TestNoTwoCodesShareASpelling(t *testing.T) {
	for _, list := range schemas.LabelNames() {
		for _, publisher := range []string{"", "ukho", "iom", "frontex", "unhcr", "eurostat"} {
			for i, v := range For(list, publisher).levels {
				for key, m := range v.by {
					if m.two {
						t.Errorf("%s of %q, level %d: %q has two codes", list, publisher, i, key)
					}
				}
			}
		}
	}
}
