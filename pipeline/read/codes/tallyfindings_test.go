package codes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// tallied tells each finding by its code, severity, place and message.
func tallied(list []stat.Finding) (out []string) {
	for _, f := range list {
		out = append(out, fmt.Sprintf("%s %s %s: %s", f.Code, f.Severity, f.Where, f.Message))
	}
	return out
}

// sameLines compares texts line by line.
func sameLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// addAll adds labels to a tally, each in a row of its own. The group says that the column is one of
// groups.
func addAll(t *testing.T, tally *Tally, l *Labels, group bool, labels ...string) {
	t.Helper()
	for i, label := range labels {
		r, err := l.Open(label)
		if err != nil {
			t.Fatal(err)
		}
		if group {
			tally.AddGroup(l, "Col", label, fmt.Sprint("B", i+2), r)
		} else {
			tally.Add(l, "Col", label, fmt.Sprint("B", i+2), r)
		}
	}
}

// TestTallyOfLabelsTogether makes a release wait for a label that is listed ones together: its rows
// may be the sum of theirs. An incident of IOM is one row whatever it names.
func TestTallyOfLabelsTogether(t *testing.T) {
	list := []schemas.Label{{Label: "Sea", Code: "sea"}, {Label: "Land", Code: "land"}, {Label: "Bosnia and Herzegovina", Code: "bih"}}
	for label, want := range map[string]bool{"Sea and land": true, "LAND & SEA": true, "Land/Sea": true, "Land + sea": true, "sea or land": true, "Sea + land + sea + land + sea + land + sea": true, "Sea, land and Bosnia and Herzegovina": false,
		"Land and air": false, "Sea and": false, "Sea / ": false, "Sealand": false, "Bosnia and Herzegovina": false, "Bosnia and Herzegovina / Land": true} {
		for _, publisher := range []string{"frontex", "iom"} {
			var tally Tally
			addAll(t, &tally, build("border-type", publisher, list), false, label)
			held := slices.ContainsFunc(tally.Findings(1000), func(f stat.Finding) bool { return f.Code == FindingTotal })
			if held != (want && publisher != "iom") {
				t.Errorf("%s of %s: held %t", label, publisher, held)
			}
		}
	}
}

// TestTallyOfSums makes a release wait for labels whose rows may be sums of others.
func TestTallyOfSums(t *testing.T) {
	l := build("route", "iom", []schemas.Label{{Label: "A", Code: "a"}, {Label: "All routes", Code: "all"}, {Label: "B", Code: "b"}})
	var tally Tally
	addAll(t, &tally, l, false, "A", "All others", "All routes", "All ways", "ALL WAYS", "A,All routes")
	got := tally.Findings(1000)
	sameLines(t, tallied(got),
		`unlisted-label warning B3: column "Col": "All others" is in no list; rows with it: 1, counted in every total, under the code x-all-others of route`,
		`label-may-be-total error B5: column "Col": "All ways" is in no list and may be the sum of other rows, or a part of one; to say what it is: data/labels/route.csv`,
		`unlisted-label warning B5: column "Col": "All ways" is in no list; rows with it: 2, counted in every total, under the code x-all-ways of route`,
		`unlisted-label note B7: column "Col": "A,All routes" names several; rows with it: 1, counted in every total, under the code a_and_all of route`)
	for i, want := range []*stat.Label{
		{List: "route", Publisher: "iom", Text: "All others", Code: "x-all-others", Rows: 1, By: stat.ByWords},
		nil,
		{List: "route", Publisher: "iom", Text: "All ways", Code: "x-all-ways", Rows: 2, By: stat.ByWords, MayBeSum: true},
		{List: "route", Publisher: "iom", Text: "A,All routes", Code: "a_and_all", Rows: 1, By: stat.ByParts},
	} {
		if (got[i].Label == nil) != (want == nil) || want != nil && *got[i].Label != *want {
			t.Errorf("finding %d is about %+v, want %+v", i, got[i].Label, want)
		}
	}
}

// TestTallyOfRegions takes the name of a region in a column of countries for a sum.
func TestTallyOfRegions(t *testing.T) {
	for _, c := range []struct {
		list, label string
		sum         bool
	}{{"area", "Northern Africa", true}, {"area", "Ruritania", false}, {"area", "All countries", true}, {"route", "Northern Africa", false}} {
		var tally Tally
		addAll(t, &tally, For(c.list, "ukho"), false, c.label)
		if got := tally.Findings(1000); (got[0].Code == FindingTotal) != c.sum || got[0].Where != "B2" {
			t.Errorf("%s in a column of %s: %s", c.label, c.list, tallied(got))
		}
	}
}

// TestTallyOfGroups makes a release wait for a new group, which may count what others do. What the
// lists name does not wait.
func TestTallyOfGroups(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"sex": {{Label: "Boys", Code: "M"}}})
	var tally Tally
	addAll(t, &tally, x.For("sex", "ukho"), true, "Male", "Boys", "Male,Boys", "Girls", "Total")
	sameLines(t, tallied(tally.Findings(1000)),
		`operator-label note B3: column "Col": "Boys" is in the operator's list; rows with it: 1, counted in every total, under the code M of sex`,
		`unlisted-label note B4: column "Col": "Male,Boys" names several; rows with it: 1, counted in every total, under the code M of sex`,
		`label-may-be-total error B5: column "Col": "Girls" is in no list and is a new group, and what it counts may be in the others too; to say what it is: data/labels/sex.csv`,
		`unlisted-label warning B5: column "Col": "Girls" is in no list; rows with it: 1, counted in every total, under the code x-girls of sex`,
		`label-may-be-total error B6: column "Col": "Total" is in no list and may be the sum of other rows, or a part of one; to say what it is: data/labels/sex.csv`,
		`unlisted-label warning B6: column "Col": "Total" is in no list; rows with it: 1, counted in every total, under the code x-total of sex`)
	for _, f := range tally.Findings(1000)[:1] {
		if want := (stat.Label{List: "sex", Publisher: "ukho", Text: "Boys", Code: "M", Rows: 1, By: stat.ByOperator}); *f.Label != want {
			t.Errorf("%+v", f.Label)
		}
	}
}

// TestTallyOfNamedSums does not wait for labels that the lists name, whatever their words.
func TestTallyOfNamedSums(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"sex": {{Label: "All women", Code: "F"}}})
	var tally Tally
	addAll(t, &tally, x.For("sex", "ukho"), false, "All women", "All women,Male")
	sameLines(t, tallied(tally.Findings(1000)),
		`operator-label note B2: column "Col": "All women" is in the operator's list; rows with it: 1, counted in every total, under the code F of sex`,
		`unlisted-label note B3: column "Col": "All women,Male" names several; rows with it: 1, counted in every total, under the code F_and_M of sex`)
}

// TestTallyOfManySeveral shows the first labels that name several, and counts the others apart from
// those in no list.
func TestTallyOfManySeveral(t *testing.T) {
	var rows []schemas.Label
	var labels []string
	for i := range 35 {
		rows = append(rows, schemas.Label{Label: fmt.Sprint("L", i), Code: fmt.Sprint("l", i)})
		labels = append(labels, fmt.Sprintf("A,L%d", i))
		if i < 5 {
			labels = append(labels, fmt.Sprint("New", i))
		}
	}
	l := build("route", "iom", append(rows, schemas.Label{Label: "A", Code: "a"}))
	for _, c := range []struct {
		name         string
		labels       []string
		several, new int
		more         string
	}{
		{"many", labels, 30, 5, `unlisted-label note B37: column "Col": 5 more labels name several`},
		{"one too many", labels[:36], 30, 5, `unlisted-label note B37: column "Col": 1 more labels name several`},
		{"just not", labels[:35], 30, 5, ""},
	} {
		var tally Tally
		addAll(t, &tally, l, false, c.labels...)
		several, unlisted, more := 0, 0, ""
		for i, f := range tally.Findings(1000) {
			switch {
			case f.Label == nil:
				more += tallied(tally.Findings(1000))[i]
			case f.Label.By == stat.ByParts:
				several++
			default:
				unlisted++
			}
		}
		if several != c.several || unlisted != c.new || more != c.more {
			t.Errorf("%s: %d name several, %d are new, more: %s", c.name, several, unlisted, more)
		}
	}
}

// TestTallyNamesLabels offers a label to the operator only if a list could name it.
func TestTallyNamesLabels(t *testing.T) {
	l := build("route", "iom", nil)
	for _, c := range []struct {
		label string
		ok    bool
	}{{strings.Repeat("a", 500), true}, {strings.Repeat("a", 501), false}, {"a\xff", false}, {"é", true}} {
		var tally Tally
		addAll(t, &tally, l, false, c.label)
		if got := tally.Findings(1000)[0].Label; (got != nil) != c.ok || c.ok && got.Text != c.label {
			t.Errorf("%.20q: %+v", c.label, got)
		}
	}
}

// TestTallyBoundsSpellings counts the spellings of one label together, and remembers a bounded
// number of them.
func TestTallyBoundsSpellings(t *testing.T) {
	l := build("route", "iom", nil)
	var tally Tally
	addAll(t, &tally, l, false, "New way", "NEW  way", "new way")
	if by := tally.columns[0].byText; len(by) != 2 || by["NEW  way"] != by["new way"] || by["new way"] == nil {
		t.Errorf("remembered: %v", by)
	}
	r, err := l.Open("New way")
	if err != nil {
		t.Fatal(err)
	}
	for i := range maxVariants {
		tally.Add(l, "Col", "New way"+strings.Repeat(" ", i+1), "B9", r)
	}
	if n := len(tally.columns[0].byText); n != maxVariants {
		t.Errorf("%d spellings are remembered", n)
	}
	if got := tally.Findings(1 << 20); len(got) != 1 || got[0].Label.Rows != maxVariants+3 || got[0].Label.Text != "New way" {
		t.Errorf("%s", tallied(got))
	}
}

// TestWordsOfSumsApart finds the words of sums wherever signs set them apart.
func TestWordsOfSumsApart(t *testing.T) {
	for label, want := range map[string]bool{
		"sub-total": true, "total, men": true, "men,total": true, "(total": true, "men (total) there": true, "total: men": true, "men/total/women": true,
		"Everyone": true, "Any": true, "both": true, "every": true, "All": true, "Combined ages": true,
		"of " + "which women": true, "Of " + "which": true, "of": false, "of all": false, "those which": false, "of the sea": false,
		"All other": false, "All others": false, "All of them": true, "subtotality": false, "women/men": false,
	} {
		if got := MayBeTotal(label); got != want {
			t.Errorf("%q: %t", label, got)
		}
	}
}
