package codes

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"crossings/schemas"
)

// TestFingerprintIsOverEveryField computes the fingerprint from the lists a second way. If its form
// changes, every file is read again.
func TestFingerprintIsOverEveryField(t *testing.T) {
	var text strings.Builder
	for _, list := range schemas.CodeListNames() {
		codes, err := schemas.CodeList(list)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "code list %q\n", list)
		for _, c := range codes {
			fmt.Fprintf(&text, "%q %q %q\n", c.Code, c.Label, c.Description)
		}
	}
	for _, list := range schemas.LabelNames() {
		labels, err := schemas.Labels(list)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "labels %q\n", list)
		for _, l := range labels {
			fmt.Fprintf(&text, "%q %q %q %q\n", l.Publisher, l.Label, l.Code, l.Note)
		}
	}
	if want := fmt.Sprintf("%x", sha256.Sum256([]byte(text.String()))); Fingerprint() != want {
		t.Errorf("%s, want %s", Fingerprint(), want)
	}
}

func TestFoldEachCharacter(t *testing.T) {
	for chars, want := range map[string]string{
		"\u2018\u2019\u201b\u02bc":                         "",
		"\u201c\u201d":                                     `"`,
		"\u2010\u2011\u2012\u2013\u2014\u2015\u2212":       "-",
		"\u00ad\u200b\u200c\u200d\u2060\ufeff":             "",
		"\u0009\u000b\u0085\u00a0\u2003\u202f\u205f\u3000": " ",
	} {
		for _, r := range chars {
			if got := fold("a" + string(r) + "b"); got != "a"+want+"b" {
				t.Errorf("%U: %q, want %q", r, got, "a"+want+"b")
			}
		}
	}
}

// TestListedLabelsAreNotRemembered looks listed labels up in any row, without adding to the
// variants.
func TestListedLabelsAreNotRemembered(t *testing.T) {
	l := build("area", "iom", []schemas.Label{{Publisher: "iom", Label: "Other", Code: "own"}, {Label: "OTHER", Code: "any"}})
	for _, label := range []string{"Other", "OTHER"} {
		if code, err := l.Code(label); code != "own" || err != nil {
			t.Errorf("%s is %q, %v", label, code, err)
		}
	}
	if len(l.variants) != 0 {
		t.Errorf("remembered: %v", l.variants)
	}
	for i := range maxVariants + 9 {
		if _, err := l.Code("other" + strings.Repeat(" ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(l.variants); n == 0 || n > maxVariants {
		t.Errorf("%d spellings are remembered", len(l.variants))
	}
}

func TestUnmappedOfAnyPublisher(t *testing.T) {
	_, err := build("area", "", nil).Code("Ruritania")
	if want := `area: "Ruritania" of any publisher: label is in no list; add it to schemas/labels/area.csv, or to data/labels/area.csv`; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

func TestParts(t *testing.T) {
	l := build("cause", "iom", []schemas.Label{{Label: "A", Code: "a"}, {Label: "B", Code: "b"}, {Label: "", Code: "_X"}})
	for text, want := range map[string]string{
		"A": "", "A,B": "a b", "A,": "", ",A": "", "A,C": "",
		"A,B,A,B,A,B": "a b", "A,B,A,B,A,B,A": "",
	} {
		if got := strings.Join(l.parts(text), " "); got != want {
			t.Errorf("%q has the parts %q, want %q", text, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	hash := func(label string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(label)))[:8] }
	long := strings.Repeat("a", 65)
	for label, want := range map[string]string{
		"AZ az 09":               "az-az-09",
		" -a-b- ":                "a-b",
		"b;b{b/b:b@b[b":          "b-b-b-b-b-b-b",
		"Côte d'Ivoire":          "cote-divoire",
		long[:64]:                long[:64],
		long:                     long[:64] + "-" + hash(long),
		long[:63] + " b":         long[:63] + "-" + hash(long[:63]+" b"),
		"日本":                     hash("日本"),
		"a日b":                    "ab-" + hash("a日b"),
		"a\u0663":                "a-" + hash("a\u0663"),
		"":                       hash(""),
		"--":                     hash("--"),
		long[:60] + " bcd" + "e": long[:60] + "-bcd-" + hash(long[:60]+" bcde"),
	} {
		if got := Slug(label); got != want {
			t.Errorf("%q: %s, want %s", label, got, want)
		}
	}
}

// TestTallyByColumn separates columns of one name by their lists, and those of one list by their
// names.
func TestTallyByColumn(t *testing.T) {
	routes, areas := build("route", "iom", nil), build("area", "iom", nil)
	var tally Tally
	for _, c := range []struct {
		list *Labels
		name string
	}{{routes, "Route"}, {areas, "Route"}, {routes, "Way"}, {routes, "Route"}} {
		r, err := c.list.Open("New")
		if err != nil {
			t.Fatal(err)
		}
		tally.Add(c.list, c.name, "New", "B2", r)
	}
	var got []string
	for _, f := range tally.Findings(1000) {
		got = append(got, f.Message)
	}
	want := []string{
		`column "Route": "New" is in no list; rows with it: 2, counted in every total, under the code x-new of route`,
		`column "Route": "New" is in no list; rows with it: 1, counted in every total, under the code x-new of area`,
		`column "Way": "New" is in no list; rows with it: 1, counted in every total, under the code x-new of route`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestTallyHoldsManyUnlisted(t *testing.T) {
	l := build("route", "iom", nil)
	for _, c := range []struct {
		bad, rows int
		first     string
	}{
		{2, 10, `column "Route": "New 0" is in no list; rows with it: 1, counted in every total, under the code x-new-0 of route`},
		{3, 10, `column "Route": 3 of 10 rows have a label that the list route lacks, more than 5 %; the layout may have changed`},
		{5, 100, `column "Route": "New 0" is in no list; rows with it: 1, counted in every total, under the code x-new-0 of route`},
		{5, 99, `column "Route": 5 of 99 rows have a label that the list route lacks, more than 5 %; the layout may have changed`},
		{maxListed + 10, 9999, `column "Route": "New 0" is in no list; rows with it: 1, counted in every total, under the code x-new-0 of route`},
	} {
		var tally Tally
		for i := range c.bad {
			label := fmt.Sprint("New ", i)
			r, err := l.Open(label)
			if err != nil {
				t.Fatal(err)
			}
			tally.Add(l, "Route", label, fmt.Sprint("B", i), r)
		}
		got := tally.Findings(c.rows)
		if got[0].Message != c.first {
			t.Errorf("%d of %d: %s", c.bad, c.rows, got[0].Message)
		}
		if c.bad != maxListed+10 {
			continue
		}
		if last := got[len(got)-1]; len(got) != maxListed+1 || last.Message != `column "Route": 10 more labels are in no list` || last.Where != fmt.Sprint("B", maxListed) || last.Code != FindingUnlisted {
			t.Errorf("%d findings, the last %+v", len(got), last)
		}
	}
}
