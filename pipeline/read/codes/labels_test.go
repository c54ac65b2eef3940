package codes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"crossings/schemas"
)

func TestCode(t *testing.T) {
	for _, c := range []struct{ name, list, publisher, label, want string }{
		{"as listed", "area", "ukho", "Afghanistan", "AFG"},
		{"case", "area", "ukho", "AFGHANISTAN", "AFG"},
		{"white space", "area", "ukho", "  Sri \t Lanka\n", "LKA"},
		{"no-break space", "area", "ukho", "Sri\u00a0Lanka\u202f", "LKA"},
		{"typographic apostrophe", "area", "iom", "Côte d’Ivoire", "CIV"},
		{"decomposed letters", "area", "iom", "Co\u0302te d'Ivoire", "CIV"},
		{"upper case with an accent", "area", "iom", "TÜRKIYE", "TUR"},
		{"dash", "area", "iom", "Guinea–Bissau", "GNB"},
		{"soft hyphen and byte order mark", "area", "iom", "\ufeffGuinea\u00ad", "GIN"},
		{"a capital within", "return-type", "ukho", "Non-detained Enforced removals", "enforced.non-detained"},
		{"double space within", "cause-of-death", "iom", "Vehicle  accident", "vehicle-accident"},
		{"comma within", "area", "ukho", "Gambia, The", "GMB"},
		{"unknown is not the same", "sex", "ukho", "Unknown", "_U"},
		{"as not recorded yet", "sex", "ukho", "Not currently recorded", "_X"},
		{"blank", "route", "iom", "", "_X"},
		{"blank but for white space", "route", "iom", " \u00a0", "_X"},
		{"renamed route", "route", "iom", "Calais to United Kingdom", "english-channel"},
		{"its next name", "route", "iom", "English Channel to the UK", "english-channel"},
		{"its third", "route", "iom", "Mainland Europe to the UK", "english-channel"},
		{"a publisher without labels of its own", "area", "it-interior", "Tunisia", "TUN"},
		{"any publisher", "area", "", "Tunisia", "TUN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := For(c.list, c.publisher)
			for range 2 { // the second time it comes from the variants
				if got, err := l.Code(c.label); got != c.want || err != nil {
					t.Errorf("%q is %q, want %q (error %v)", c.label, got, c.want, err)
				}
			}
		})
	}
}

func TestUnmapped(t *testing.T) {
	for _, c := range []struct{ list, publisher, label string }{
		{"area", "ukho", "Ruritania"},
		{"area", "ukho", ""},                          // the Home Office leaves no cell blank
		{"area", "iom", "AFG"},                        // Frontex's codes are labels for Frontex only
		{"area", "frontex", "Not currently recorded"}, // and the Home Office's are for the Home Office only
		{"sex", "frontex", "not currently recorded"},
		{"area", "iom", "Turkeye"}, // similar spelling is no match
		{"route", "iom", strings.Repeat("é", 500)},
	} {
		code, err := For(c.list, c.publisher).Code(c.label)
		if code != "" || !errors.Is(err, ErrUnmapped) {
			t.Errorf("%s, %s: %q is %q, error %v", c.list, c.publisher, c.label, code, err)
			continue
		}
		text := err.Error()
		if !strings.Contains(text, "schemas/labels/"+c.list+".csv") || len(text) > 300 || len(c.label) < 80 && !strings.Contains(text, fmt.Sprintf("%q", c.label)) {
			t.Errorf("%s, %s, %q: the error does not help: %s", c.list, c.publisher, c.label, text)
		}
	}
	_, err := For("area", "ukho").Code("Ruritania")
	if got, want := err.Error(), `area: "Ruritania" of ukho: label is in no list; add it to schemas/labels/area.csv, or to data/labels/area.csv`; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestExcluded(t *testing.T) {
	l := build("area", "ukho", []schemas.Label{{Publisher: "ukho", Label: "Part total", Note: "a part of the row above"}})
	for _, label := range []string{"Part total", "PART  TOTAL"} {
		code, err := l.Code(label)
		var out Excluded
		if code != "" || !errors.As(err, &out) || out != (Excluded{List: "area", Label: "Part total", Reason: "a part of the row above"}) || errors.Is(err, ErrUnmapped) {
			t.Errorf("%q is %q, error %v", label, code, err)
		}
		if got, want := err.Error(), `area: "Part total" is left out: a part of the row above`; got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// TestPublisherBeforeAny also reverses the rows, whose order must not matter, and spells the two
// labels differently.
func TestPublisherBeforeAny(t *testing.T) {
	rows := []schemas.Label{{Label: "Other", Code: "any"}, {Publisher: "frontex", Label: "OTHER", Code: "own"}, {Publisher: "iom", Label: "other", Code: "foreign"}}
	for range 2 {
		for publisher, want := range map[string]string{"frontex": "own", "ukho": "any", "": "any", "iom": "foreign"} {
			l := build("area", publisher, rows)
			for _, label := range []string{"Other", "OTHER", "other", " Other"} {
				if got, err := l.Code(label); got != want || err != nil {
					t.Errorf("%s: %q is %q, want %q (error %v)", publisher, label, got, want, err)
				}
			}
		}
		slices.Reverse(rows)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		list, text string
		want       []string
	}{
		{"area", "Afghanistan", []string{"Afghanistan"}},
		{"area", "", []string{""}},
		{"area", "Afghanistan,Iran (Islamic Republic of), Pakistan", []string{"Afghanistan", "Iran (Islamic Republic of)", "Pakistan"}},
		{"area", "China, Hong Kong Special Administrative Region", []string{"China, Hong Kong Special Administrative Region"}},
		{"area", "China,China,  Hong Kong special administrative region,Nepal", []string{"China", "China,  Hong Kong special administrative region", "Nepal"}},
		{"area", "China,Nepal", []string{"China", "Nepal"}},
		{"area", "Ruritania,Nepal", []string{"Ruritania", "Nepal"}},
		{"cause-of-death", "Drowning,Harsh environmental conditions / lack of adequate shelter, food, water", []string{"Drowning,Harsh environmental conditions / lack of adequate shelter, food, water"}},
		{"route", "Central Mediterranean,Western Balkans", []string{"Central Mediterranean", "Western Balkans"}},
	} {
		if got := For(c.list, "iom").Split(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q is split into %q, want %q", c.list, c.text, got, c.want)
		}
	}
}

// TestEveryListLoads rules out the panic of For, and checks what schemas cannot: two
// spellings of one label have one code.
func TestEveryListLoads(t *testing.T) {
	for _, list := range schemas.LabelNames() {
		rows, err := schemas.Labels(list)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]schemas.Label{}
		for _, r := range rows {
			l := For(list, r.Publisher)
			code, err := l.Code(r.Label)
			if left := (Excluded{}); code != r.Code || err != nil && !errors.As(err, &left) {
				t.Errorf("%s, %s: %q is %q, want %q (error %v)", list, r.Publisher, r.Label, code, r.Code, err)
			}
			key := r.Publisher + "\x00" + fold(r.Label)
			if other, ok := seen[key]; ok && other.Code != r.Code {
				t.Errorf("%s, %s: %q and %q are the same", list, r.Publisher, other.Label, r.Label)
			}
			seen[key] = r
		}
	}
}

// TestAreasByTheirOwnNames reads each country's name in the code list as a label of that country,
// for any publisher.
func TestAreasByTheirOwnNames(t *testing.T) {
	codes, err := schemas.CodeList("area")
	if err != nil {
		t.Fatal(err)
	}
	l, frontex := For("area", ""), For("area", "frontex")
	for _, c := range codes {
		if c.Description != "ISO 3166-1" {
			continue
		}
		if got, err := l.Code(c.Label); got != c.Code || err != nil {
			t.Errorf("%s is %q, want %s (error %v)", c.Label, got, c.Code, err)
		}
		if got, err := frontex.Code(c.Code); got != c.Code || err != nil {
			t.Errorf("%s of Frontex is %q (error %v)", c.Code, got, err)
		}
	}
}

func TestForPanicsWithoutAList(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	For("nope", "ukho")
}

func TestVariantsAreBounded(t *testing.T) {
	l := For("area", "ukho")
	for i := range maxVariants + 100 {
		if code, err := l.Code("Chad" + strings.Repeat(" ", i)); code != "TCD" || err != nil {
			t.Fatal(code, err)
		}
	}
	if len(l.variants) > maxVariants {
		t.Errorf("%d spellings are remembered", len(l.variants))
	}
}

func TestConcurrentUse(t *testing.T) {
	l := For("area", "ukho")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 200 {
				if code, err := l.Code(strings.Repeat(" ", i) + "chad"); code != "TCD" || err != nil {
					t.Error(code, err)
				}
			}
		})
	}
	wg.Wait()
}

// TestRepeatedLabelsAreFree covers labels as listed and spelled otherwise.
func TestRepeatedLabelsAreFree(t *testing.T) {
	l := For("area", "ukho")
	for _, label := range []string{"Afghanistan", "AFGHANISTAN", "Sri\u00a0Lanka"} {
		if n := testing.AllocsPerRun(100, func() { _, _ = l.Code(label) }); n != 0 {
			t.Errorf("%q: %v allocations", label, n)
		}
	}
}

func TestFingerprint(t *testing.T) {
	a := Fingerprint()
	if len(a) != 64 || strings.Trim(a, "0123456789abcdef") != "" || a != Fingerprint() {
		t.Errorf("%q is not a stable SHA-256", a)
	}
}

func FuzzCode(f *testing.F) {
	for _, s := range []string{"", " ", "Afghanistan", "China, Hong Kong Special Administrative Region", "Co\u0302te d’Ivoire", "Guinea–Bissau", "\xff\xfe", "İ\u0307ẞK", "a,b,,c", "\u1fef\u037e\u0344", "H\u0331", "\u200b"} {
		f.Add(s)
	}
	lists := []*Labels{For("area", "ukho"), For("area", "frontex")}
	for _, list := range schemas.LabelNames() {
		lists = append(lists, For(list, "iom"))
	}
	known := map[string]map[string]bool{}
	for _, l := range lists {
		codes, err := schemas.CodeList(l.list)
		if err != nil {
			f.Fatal(err)
		}
		known[l.list] = map[string]bool{}
		for _, c := range codes {
			known[l.list][c.Code] = true
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := fold(s)
		if again := fold(folded); again != folded {
			t.Errorf("%q folds to %q and that to %q", s, folded, again)
		}
		for _, l := range lists {
			code, err := l.Code(s)
			if left := (Excluded{}); err != nil && !errors.Is(err, ErrUnmapped) && !errors.As(err, &left) {
				t.Errorf("%s: %q: %v", l.list, s, err)
			}
			byRule := l.list == "age" && strings.HasPrefix(code, "Y") // any band has a code
			if (err == nil) != (known[l.list][code] || byRule) {
				t.Errorf("%s: %q is %q, error %v", l.list, s, code, err)
			}
			if same, _ := l.Code("\u00a0" + folded); same != code {
				t.Errorf("%s: %q is %q, and %q folded", l.list, s, code, same)
			}
			if got := strings.Join(l.Split(s), ""); strings.Count(s, ",") == 0 && got != strings.TrimSpace(s) {
				t.Errorf("%s: %q without a comma is split into %q", l.list, s, got)
			}
		}
	})
}

func BenchmarkCode(b *testing.B) {
	for _, c := range []struct{ name, label string }{{"listed", "Afghanistan"}, {"spelled", "AFGHANISTAN"}} {
		b.Run(c.name, func(b *testing.B) {
			l := For("area", "ukho")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := l.Code(c.label); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
