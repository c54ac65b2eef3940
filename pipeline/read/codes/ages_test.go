package codes

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

func TestAgesByRule(t *testing.T) {
	l := For("age", "ukho")
	for code, labels := range map[string]string{
		"Y_LT18": "Under 18|under-18|17 and under|0 to 17|0-17|Less than 18|<18|Up to 17|17 years and under|Aged under 18 years|Under 18 years old",
		"Y18T24": "18-24|18 to 24|18 – 24|18—24|18 To 24 [note 1]|Aged 18 to 24|18-24 years|18 to 24 year olds|18\u00a0to\u00a024|ages 18-24|18 years to 24 years",
		"Y18T29": "18-29|18 to 29",
		"Y_GE70": "70+|70 and over|70 + |70 or over|70 years and over|70 years or older|Over 69|70 and above|>=70|aged 70 and over",
		"Y_GE40": "40 and over|40+",
		"Y5":     "5|5 years|5 to 5",
		"_U":     "Unknown|unknown [x]",
		"_X":     "Not currently recorded",
	} {
		allListed(t, l, code, labels)
	}
	for _, label := range []string{"24 to 18", "18 to 24 to 30", "Total", "18", "All ages", "200", "Children", "18-", "-18", "18.5 to 24", "0+", "1824", "under 0", "18 to 999"} {
		got, err := l.Open(label)
		if ok := label == "18"; err != nil || ok != (got.Match == Listed) {
			t.Errorf("%q: %+v %v", label, got, err)
		}
	}
}

// TestAges checks that each code made by rule says which ages it stands for.
func TestAges(t *testing.T) {
	for label, want := range map[string][2]int{"under 18": {0, 17}, "18 to 24": {18, 24}, "70+": {70, 1 << 30}, "5": {5, 5}} {
		from, to, ok := stat.Ages(ageCode(label))
		if !ok || from != want[0] || to != want[1] {
			t.Errorf("%s: %d to %d, %v", label, from, to, ok)
		}
	}
	for _, code := range []string{"_U", "_X", "x-teenagers", "", "Y", "Y18T"} {
		if _, _, ok := stat.Ages(code); ok {
			t.Errorf("%s has ages", code)
		}
	}
}

func TestBands(t *testing.T) {
	for _, c := range []struct {
		codes  string
		clash  bool
		period bool // each band is of a period of its own
	}{
		{codes: "Y_LT18 Y18T24 Y25T39 Y_GE40 _U Y18T24"},
		{codes: "Y_LT18 Y18T24 Y_GE18", clash: true},
		{codes: "Y_LT18 Y18T24 Y_GE18", period: true},
		{codes: "Y17 Y_LT18", clash: true},
	} {
		var b Bands
		for i, code := range strings.Fields(c.codes) {
			if !c.period {
				i = 0
			}
			b.Add(i, code, func() string { return code })
		}
		if got := b.Findings(); (len(got) == 1) != c.clash || c.clash && (got[0].Severity != "error" || got[0].Where == "") {
			t.Errorf("%s: %+v", c.codes, got)
		}
	}
}
