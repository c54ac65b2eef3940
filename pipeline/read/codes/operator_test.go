package codes

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

func readList(t *testing.T, list, text string) []schemas.Label {
	t.Helper()
	rows, err := ReadList(list, "data/labels/"+list+".csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestReadList(t *testing.T) {
	rows := readList(t, "area", "\ufeff# ours\r\npublisher,label,code,note\r\nukho,  Free  City,x-free-city,\r\n,\"Danzig, Free City of\",POL,a note\r\n,Everywhere,,counted elsewhere")
	want := []schemas.Label{{Publisher: "ukho", Label: "Free City", Code: "x-free-city"}, {Label: "Danzig, Free City of", Code: "POL", Note: "a note"}, {Label: "Everywhere", Note: "counted elsewhere"}}
	if other := readList(t, "area", "publisher;label;code;note\nukho;Free City;POL;\n"); len(other) != 1 || other[0].Label != "Free City" {
		t.Errorf("with semicolons: %+v", other)
	}
	if len(rows) != 3 || rows[0] != want[0] || rows[1] != want[1] || rows[2] != want[2] {
		t.Errorf("%+v", rows)
	}
}

// TestListRefusals checks that a list that cannot be used is refused with its place and a hint.
func TestListRefusals(t *testing.T) {
	const header = "publisher,label,code,note\n"
	for _, c := range []struct {
		name, list, text string
		want             error
		says             string
	}{
		{"unknown list", "country", header, ErrLabel, `no code list "country"`},
		{"a list without labels", "measure", header, ErrLabel, `no code list "measure"`},
		{"a path", "../area", header, ErrLabel, `no code list "../area"`},
		{"empty", "area", "", decode.ErrFormat, "empty"},
		{"not UTF-8", "area", header + "ukho,C\xf4te,CIV,\n", decode.ErrFormat, "not UTF-8"},
		{"other header", "area", "label,code\nFree City,POL\n", decode.ErrHeader, "row 1"},
		{"too few fields", "area", header + "ukho,Free City\n", decode.ErrShape, "row 2"},
		{"no label", "area", header + "ukho, ,POL,\n", ErrLabel, `row 2, column "label"`},
		{"only marks", "area", header + "ukho,*,POL,\n", ErrLabel, `row 2, column "label"`},
		{"long label", "area", header + "ukho," + strings.Repeat("a", 501) + ",POL,\n", ErrLabel, `row 2, column "label"`},
		{"unknown code", "area", header + "ukho,Free City,FREE,\n", ErrLabel, `row 2, column "code": "FREE" is no code of the list`},
		{"code of another list", "sex", header + "ukho,Free City,POL,\n", ErrLabel, `column "code"`},
		{"not a made code", "area", header + "ukho,Free City,x-Free City,\n", ErrLabel, `column "code"`},
		{"a path as code", "area", header + "ukho,Free City,x-../../etc,\n", ErrLabel, `column "code"`},
		{"left out without a reason", "area", header + "ukho,Everywhere,,\n", ErrLabel, `column "note"`},
		{"publisher", "area", header + "Home Office,Free City,POL,\n", ErrLabel, `column "publisher"`},
		{"source", "area", header + "ukho-returns,Free City,POL,\n", ErrLabel, `column "publisher"`},
		{"twice", "area", header + "ukho,Free City,POL,\nukho,FREE  city,DEU,\n", ErrLabel, "row 3, column \"label\": \"FREE city\" stands in row 2 too"},
		{"control character", "area", header + "ukho,Free \x1b[31mCity,POL,\n", ErrLabel, `control character`},
		{"line break", "area", header + "ukho,\"Free\nCity\",POL,\n", ErrLabel, `control character`},
		{"long note", "area", header + "ukho,Free City,POL," + strings.Repeat("a", 301) + "\n", ErrLabel, `column "note"`},
		{"too large", "area", header + strings.Repeat("#", MaxOperatorList), decode.ErrTooLarge, "too large"},
		{"too many rows", "area", header + strings.Repeat("\n", 20_000) + strings.Repeat("ukho,A,POL,\n", 10_002), decode.ErrTooLarge, "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := ReadList(c.list, "data/labels/x.csv", []byte(c.text))
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || rows != nil {
				t.Fatalf("%v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.says) || where.Hint == "" || where.File == "" || len(err.Error()) > 400 {
				t.Errorf("error %q with the hint %q, want %q", err, where.Hint, c.says)
			}
		})
	}
}

// TestOperatorsLists checks that an operator's list names what the program's do not, and nothing
// else.
func TestOperatorsLists(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{
		"area": readList(t, "area", "publisher,label,code,note\nukho,Free City,POL,\n,Ruritania,x-ruritania,\n,Chad,POL,\n,Everywhere,,not known\n,All of them,_T,\n"),
		"age":  readList(t, "age", "publisher,label,code,note\n,Minors,Y_LT18,\n,Teens,Y13T19,\n"),
	})
	for _, c := range []struct {
		list, publisher, label, code string
		match                        Match
	}{
		{"area", "ukho", "Free City", "POL", ByOperator},
		{"area", "ukho", "FREE CITY [note 1]", "POL", ByOperator},
		{"area", "ukho", "City, Free", "POL", ByOperator},
		{"area", "iom", "Free City", "x-free-city", ByWords},
		{"area", "iom", "Ruritania", "x-ruritania", ByOperator},
		{"area", "iom", "Ruritania,Chad", "TCD_and_x-ruritania", ByParts},
		{"area", "iom", "Chad", "TCD", Listed}, // the program's list counts
		{"age", "ukho", "Minors", "Y_LT18", ByOperator},
		{"age", "ukho", "Teens", "Y13T19", ByOperator},
		{"sex", "ukho", "Male", "M", Listed},
	} {
		for range 2 { // the second time it is remembered
			if got, err := x.For(c.list, c.publisher).Open(c.label); err != nil || got != (Reading{c.code, c.match}) {
				t.Errorf("%s of %s: %+v %v, want %s", c.label, c.publisher, got, err, c.code)
			}
		}
	}
	var out Excluded
	if _, err := x.For("area", "ukho").Open("everywhere"); !errors.As(err, &out) || out.Reason != "not known" || out.Sum {
		t.Errorf("left out: %v", err)
	}
	if _, err := x.For("area", "ukho").Open("all of them"); !errors.As(err, &out) || out.Reason == "" || !out.Sum {
		t.Errorf("a sum: %v", err)
	}
	if got, _ := (*Lists)(nil).For("area", "ukho").Open("Free City"); got.Match != ByWords {
		t.Errorf("without lists: %+v", got)
	}
	if got, _ := For("area", "ukho").Open("Free City"); got.Match != ByWords {
		t.Errorf("the program's own list has it: %+v", got)
	}
}

// TestFingerprintOfLists checks that the order of the lines does not matter, and everything else
// does.
func TestFingerprintOfLists(t *testing.T) {
	of := func(rows ...schemas.Label) string {
		return NewLists(map[string][]schemas.Label{"area": rows}).Fingerprint()
	}
	a, b := schemas.Label{Label: "A", Code: "POL"}, schemas.Label{Label: "B", Code: "POL"}
	if of(a, b) != of(b, a) || of(a) == of(b) || of(a) == of(a, b) || of() != "" || (*Lists)(nil).Fingerprint() != "" || of(a) == "" {
		t.Errorf("%q %q %q", of(a, b), of(b, a), of(a))
	}
}

func TestAgree(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"area": {{Label: "Free City", Code: "POL"}, {Label: "Everywhere", Note: "a sum"}}})
	for _, c := range []struct {
		label stat.Label
		want  bool
	}{
		{stat.Label{List: "area", Publisher: "ukho", Text: "Free City", Code: "POL"}, true},
		{stat.Label{List: "area", Publisher: "ukho", Text: "Free City", Code: "x-free-city"}, false},
		{stat.Label{List: "area", Publisher: "ukho", Text: "Ruritania", Code: "x-ruritania"}, true},
		{stat.Label{List: "area", Publisher: "ukho", Text: "Everywhere", Code: "x-everywhere"}, false},
		{stat.Label{List: "planet", Publisher: "ukho", Text: "Ruritania", Code: "x-ruritania"}, false},
	} {
		if got := x.Agree(c.label); got != c.want {
			t.Errorf("%+v: %v", c.label, got)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add("area", []byte("publisher,label,code,note\nukho,Free City,POL,\n"))
	f.Add("age", []byte("publisher,label,code,note\n,Teens,Y13T19,\n"))
	f.Fuzz(func(t *testing.T, list string, data []byte) {
		rows, err := ReadList(list, "x.csv", data)
		if err != nil {
			return
		}
		x := NewLists(map[string][]schemas.Label{list: rows})
		for _, r := range rows {
			if _, err := x.For(list, r.Publisher).Code(r.Label); errors.Is(err, ErrUnmapped) {
				t.Errorf("%q is in the list and not found", r.Label)
			}
		}
	})
}
