package schemas

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLabelsLeadToCodes checks that every label has a valid code or a reason. It also checks that
// the files are sorted, so that a change of one label changes one line.
func TestLabelsLeadToCodes(t *testing.T) {
	for _, list := range LabelNames() {
		labels, err := Labels(list)
		if err != nil {
			t.Error(err)
			continue
		}
		codes := codeSet(t, list)
		seen := map[string]bool{}
		for _, l := range labels {
			key := l.Publisher + "\x00" + strings.Join(strings.Fields(strings.ToLower(l.Label)), " ")
			switch {
			case seen[key]:
				t.Errorf("labels %s: %q of %q is there twice", list, l.Label, l.Publisher)
			case l.Code == "" && l.Note == "":
				t.Errorf("labels %s: %q is left out and its note does not say why", list, l.Label)
			case l.Code != "" && !codes[l.Code]:
				t.Errorf("labels %s: %q: code %q is not in the code list", list, l.Label, l.Code)
			case l.Label != strings.Join(strings.Fields(l.Label), " "):
				t.Errorf("labels %s: %q: the white space is not tidy", list, l.Label)
			}
			seen[key] = true
		}
		if !slices.IsSortedFunc(labels, compareLabels) {
			slices.SortFunc(labels, compareLabels)
			t.Errorf("labels %s: not sorted by publisher and label; begin with %q", list, labels[0].Label)
		}
	}
}

func compareLabels(a, b Label) int {
	return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)), cmp.Compare(a.Label, b.Label))
}

func codeSet(t *testing.T, list string) map[string]bool {
	t.Helper()
	codes, err := CodeList(list)
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, c := range codes {
		set[c.Code] = true
	}
	return set
}

// TestCodesFitIntoIdentifiers checks that every code has the form that a series identifier
// allows; see stat.SeriesID, which this package may not import.
func TestCodesFitIntoIdentifiers(t *testing.T) {
	form := regexp.MustCompile(`^[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*$`)
	for _, list := range CodeListNames() {
		for code := range codeSet(t, list) {
			if !form.MatchString(code) {
				t.Errorf("code list %s: %q cannot be part of a series identifier", list, code)
			}
		}
	}
}

// TestSpecialCodesHaveOneMeaning checks that a code that begins with an underscore has the same
// label in every list.
func TestSpecialCodesHaveOneMeaning(t *testing.T) {
	meaning := map[string]string{"_T": "total", "_U": "unknown", "_X": "not stated", "_O": "other or several"}
	for _, list := range CodeListNames() {
		codes, err := CodeList(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range codes {
			if want, ok := meaning[c.Code]; ok && c.Label != want {
				t.Errorf("code list %s: %s is %q, elsewhere %q", list, c.Code, c.Label, want)
			}
		}
	}
}

// TestGroupsHaveTypes checks that the part of a code before a dot is a code of the same list.
func TestGroupsHaveTypes(t *testing.T) {
	codes := codeSet(t, "return-type")
	for code := range codes {
		if group, _, ok := strings.Cut(code, "."); ok && !codes[group] {
			t.Errorf("code list return-type: %s has no group", code)
		}
	}
}

// TestAreasAreComplete counts the codes of ISO 3166-1 and checks the form of each code.
func TestAreasAreComplete(t *testing.T) {
	codes, err := CodeList("area")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	alpha3, withdrawn := regexp.MustCompile(`^[A-Z]{3}$`), regexp.MustCompile(`^ISO 3166-3 \(withdrawn (19|20)\d\d\)$`)
	for _, c := range codes {
		switch {
		case c.Description == "ISO 3166-1":
			n++
		case strings.HasPrefix(c.Description, "ISO 3166-3") && !withdrawn.MatchString(c.Description):
			t.Errorf("code list area: %s does not say when it was withdrawn: %q", c.Code, c.Description)
		}
		if !strings.HasPrefix(c.Code, "_") && !alpha3.MatchString(c.Code) {
			t.Errorf("code list area: %q is neither three letters nor special", c.Code)
		}
	}
	if n != 249 {
		t.Errorf("%d areas of ISO 3166-1, want 249", n)
	}
}

func TestLabelsRefuseUnknownLists(t *testing.T) {
	for _, name := range []string{"", "nope", "../codelists/sex"} {
		if _, err := Labels(name); err == nil {
			t.Errorf("Labels(%q) gave no error", name)
		}
	}
}
