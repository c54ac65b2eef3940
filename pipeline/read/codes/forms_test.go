package codes

import "testing"

// becomes checks what a function makes of texts.
func becomes(t *testing.T, of func(string) string, wants map[string]string) {
	t.Helper()
	for text, want := range wants {
		if got := of(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	becomes(t, fold, map[string]string{
		"Türkiye":              "turkiye",
		"St. Helena":           "st helena",
		"Bosnia&Herzegovina":   "bosnia and herzegovina",
		"Côte  d’Ivoire*":      "cote divoire",
		"Lack of: food, Water": "lack of: food, water",
	})
}

// TestNotesInBrackets finds a label with the mark of one note or several.
func TestNotesInBrackets(t *testing.T) {
	allListed(t, For("area", "ukho"), "TUR", "Turkey (1)|Turkey (1, 2)|Turkey (1 2)|Turkey (1 and 2)|Turkey (note 1)|Turkey (see notes 1 and 12)|Turkey (Footnote 3)|Turkey (note p)|TURKEY (P)")
	allListed(t, For("age", "ukho"), "Y18T24", "18 to 24 (note 1)|18 to 24 (1, 2)")
}

// TestBag takes the order of words and the small words out of names of places.
func TestBag(t *testing.T) {
	becomes(t, bag, map[string]string{
		"congo (democratic republic of the)": "congo democratic republic",
		"democratic republic of the congo":   "congo democratic republic",
		"trinidad and tobago":                "tobago trinidad",
		"guinea-bissau":                      "bissau guinea",
		"andorra":                            "andorra",
		"eu 27":                              "27 eu",
		"of the":                             "",
	})
}

// TestAgesAtTheirLimits covers the ends of the ages that a code can state.
func TestAgesAtTheirLimits(t *testing.T) {
	becomes(t, ageCode, map[string]string{
		"under 1": "Y_LT1", "under 0": "", "under 121": "Y_LT121", "under 122": "",
		"up to 0": "Y_LT1", "0 and under": "Y_LT1", "120 and under": "Y_LT121", "121 and under": "",
		"over 0": "Y_GE1", "over 119": "Y_GE120", "over 120": "",
		"0+": "", "1+": "Y_GE1", ">= 1": "Y_GE1", "120+": "Y_GE120", "121+": "",
		"0": "Y0", "120": "Y120", "121": "",
		"0 to 0": "Y_LT1", "1 to 1": "Y1", "119 to 120": "Y119T120", "120 to 120": "Y120", "120 to 121": "", "2 to 1": "",
	})
}

// TestBandsSayTheFirstClash counts the pairs of each period, and shows the first.
func TestBandsSayTheFirstClash(t *testing.T) {
	var b Bands
	for _, row := range []struct {
		period      int
		code, where string
	}{
		{1, "Y_LT18", "B2"}, {2, "Y_GE18", "B3"}, {1, "Y_GE18", "B4"}, {2, "Y18T24", "B5"},
		{2, "Y18T24", "B6"}, {1, "Y17", "B7"}, {1, "_U", "B8"}, {2, "Y10T17", "B9"},
	} {
		b.Add(row.period, row.code, func() string { return row.where })
	}
	got := b.Findings()
	if want := "ages that overlap in one period: 2 pairs, the first Y_GE18 and Y18T24; one may be the sum of others"; len(got) != 1 || got[0].Message != want || got[0].Where != "B5" || got[0].Code != FindingBands {
		t.Errorf("%+v", got)
	}
}

// TestOverlap compares bands, each way round.
func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Y_LT18", "Y18T24", false}, {"Y_LT18", "Y17T24", true}, {"Y5", "Y5T9", true}, {"Y9", "Y5T9", true}, {"Y10", "Y5T9", false},
		{"_U", "Y_LT18", false}, {"_U", "_X", false}, {"Y_GE18", "Y_GE40", true},
	} {
		if overlap(c.a, c.b) != c.want || overlap(c.b, c.a) != c.want {
			t.Errorf("%s and %s: not %t", c.a, c.b, c.want)
		}
	}
}
