package codes

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

const listHeader = "publisher,label,code,note\n"

// TestListAtItsLimits takes the longest values that a line may have, and refuses longer ones in
// words that say the limit.
func TestListAtItsLimits(t *testing.T) {
	code := func(n int) string { return "x-" + strings.Repeat("a", n-2) }
	for _, c := range []struct {
		name, line string
		want       string // the error, or "" for a line that can be used
	}{
		{"label", "," + strings.Repeat("a", 500) + ",POL,\n", ""},
		{"longer label", "," + strings.Repeat("a", 501) + ",POL,\n", `x.csv: row 2, column "label": a label has 1 to 500 bytes: not a usable label`},
		{"code", ",A," + code(100) + ",\n", ""},
		{"longer code", ",A," + code(101) + ",\n", `x.csv: row 2, column "code": ` + decode.Quote(code(101)) + " is no code of the list; a code of your own is made of x- and words, such as x-new-place: not a usable label"},
		{"note", ",A,POL," + strings.Repeat("a", 300) + "\n", ""},
		{"longer note", ",A,POL," + strings.Repeat("a", 301) + "\n", `x.csv: row 2, column "note": a note has at most 300 bytes: not a usable label`},
		{"no label", ",,POL,\n", `x.csv: row 2, column "label": "" has no words: not a usable label`},
		{"two faults", ",A,POL,\n,A,FREE,\n", `x.csv: row 3, column "code": "FREE" is no code of the list; a code of your own is made of x- and words, such as x-new-place: not a usable label`},
		{"tab", ",Free\tCity,POL,\n", ""},
		{"backspace", ",Free\bCity,POL,\n", `x.csv: row 2, column "label": "Free\bCity" has a control character: not a usable label`},
		{"control character in a note", ",A,POL,\"a\x7fb\"\n", `x.csv: row 2, column "note": "a\x7fb" has a control character: not a usable label`},
		{"age of another list", ",A,Y18T24,\n", `x.csv: row 2, column "code": "Y18T24" is no code of the list; a code of your own is made of x- and words, such as x-new-place: not a usable label`},
	} {
		rows, err := ReadList("area", "x.csv", []byte(listHeader+c.line))
		switch {
		case c.want == "" && (err != nil || len(rows) != 1):
			t.Errorf("%s: %d rows, error %v", c.name, len(rows), err)
		case c.want != "" && (err == nil || err.Error() != c.want):
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
	if rows := readList(t, "area", listHeader+",Free\tCity,POL,\n"); rows[0].Label != "Free City" {
		t.Errorf("a tab is %q", rows[0].Label)
	}
	if _, err := ReadList("age", "x.csv", []byte(listHeader+",Teens,FREE,\n")); !errors.Is(err, ErrLabel) {
		t.Errorf("a code that is no age: %v", err)
	}
}

// TestListOfTheLargestSize takes a list of just the size and the rows that it may have.
func TestListOfTheLargestSize(t *testing.T) {
	padded := func(size int) []byte {
		return []byte("#" + strings.Repeat("-", size-len(listHeader)-len(",A,POL,\n")-2) + "\n" + listHeader + ",A,POL,\n")
	}
	lines := func(n int) []byte {
		var b strings.Builder
		b.WriteString(listHeader)
		for i := range n {
			fmt.Fprintf(&b, ",A%d,POL,\n", i)
		}
		return []byte(b.String())
	}
	for _, c := range []struct {
		name string
		data []byte
		ok   bool
	}{
		{"size", padded(1 << 20), true},
		{"size and a byte", padded(1<<20 + 1), false},
		{"rows", lines(10_000), true},
		{"rows and one", lines(10_001), false},
	} {
		if _, err := ReadList("area", "x.csv", c.data); (err == nil) != c.ok || !c.ok && !errors.Is(err, decode.ErrTooLarge) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestFingerprintOfListsIsOverEveryField computes it a second way.
func TestFingerprintOfListsIsOverEveryField(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{
		"sex":  {{Publisher: "iom", Label: "Boys", Code: "M", Note: "under 18"}},
		"area": {{Publisher: "ukho", Label: "Free City", Code: "POL"}, {Label: "Ruritania", Code: "x-ruritania"}},
	})
	text := "labels \"area\"\n\"\" \"Ruritania\" \"x-ruritania\" \"\"\n\"ukho\" \"Free City\" \"POL\" \"\"\n" +
		"labels \"sex\"\n\"iom\" \"Boys\" \"M\" \"under 18\"\n"
	if want := fmt.Sprintf("%x", sha256.Sum256([]byte(text))); x.Fingerprint() != want {
		t.Errorf("%s, want %s", x.Fingerprint(), want)
	}
}

// TestListsAreBuiltOnce gets the same labels each time, and the program's own where an operator has
// none.
func TestListsAreBuiltOnce(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"area": {{Label: "Free City", Code: "POL"}}})
	first := x.For("area", "ukho")
	if x.For("area", "ukho") != first || For("area", "ukho") == first {
		t.Error("an operator's list is built again, or not used")
	}
	if x.For("sex", "ukho") != For("sex", "ukho") {
		t.Error("a list without labels of an operator is not the program's")
	}
	if got := x.For("area", "ukho").Split("Free City,Chad"); len(got) != 2 {
		t.Errorf("split into %q", got)
	}
	commas := NewLists(map[string][]schemas.Label{"sex": {{Label: "Men, women, children", Code: "_U"}}})
	if got := commas.For("sex", "ukho").Split("Men, women, children,Male"); len(got) != 2 {
		t.Errorf("split into %q", got)
	}
}

// TestAgreeAboutLabelsLeftOut does not take a label that is left out for one without a code.
func TestAgreeAboutLabelsLeftOut(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"area": {{Label: "Everywhere", Note: "a sum"}}})
	if x.Agree(stat.Label{List: "area", Publisher: "ukho", Text: "Everywhere"}) {
		t.Error("they agree")
	}
}

// TestErrorOfAListThatDoesNotExist says which list is missing.
func TestErrorOfAListThatDoesNotExist(t *testing.T) {
	err := CheckListed("no-such-list", "arrival")
	if err == nil || strings.Contains(err.Error(), "is not in the code list") {
		t.Errorf("%v", err)
	}
}
