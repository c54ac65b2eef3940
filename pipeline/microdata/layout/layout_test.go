package layout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

func example(t testing.TB) *Layout {
	t.Helper()
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("border.json", data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// read reads files, one after another, and returns the margins of their cube. Rejects go nowhere.
func read(t testing.TB, l *Layout, dir string, files ...string) *engine.Margins {
	t.Helper()
	return readWith(t, l, dir, nil, files...)
}

// readWith is read with what is done about rejects.
func readWith(t testing.TB, l *Layout, dir string, reject func(engine.Reject) error, files ...string) *engine.Margins {
	t.Helper()
	norm, cube := filepath.Join(dir, "norm"), filepath.Join(dir, "cube")
	if _, err := engine.Normalise(context.Background(), l.Engine(), files, norm, engine.Options{}, reject); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Cube(context.Background(), norm, cube, l.Cube(), engine.Options{}); err != nil {
		t.Fatal(err)
	}
	m, err := engine.ReadMargins(cube, l.Cube())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var release = &stat.Release{Source: "tidy-events:border", ID: "2050-03-01-01234567", Vintage: stat.MustDate("2050-03-01")}

// said formats observations, without zeros.
func said(obs []stat.Observation) (out []string) {
	for _, o := range obs {
		if n, known := o.Value.Get(); !known || n != 0 {
			out = append(out, fmt.Sprintf("%s %s %s%s", o.Series.ID, o.Period.Start, o.Value, map[bool]string{false: string(o.Status)}[known]))
		}
	}
	return out
}

func TestExample(t *testing.T) {
	l := example(t)
	m := read(t, l, t.TempDir(), "testdata/border.csv")
	obs, err := l.Observations(m, release, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"tidy-events:border:arrivals:D 2025-01-30 4", "tidy-events:border:arrivals:D 2025-02-02 2", "tidy-events:border:arrivals:D 2025-02-03 4",
		"tidy-events:border:arrivals:D:route=english-channel 2025-01-30 4", "tidy-events:border:arrivals:D:route=english-channel 2025-02-03 4",
		"tidy-events:border:arrivals:D:route=western-balkans 2025-02-02 2",
		"tidy-events:border:arrivals:D:sex=F 2025-01-30 1", "tidy-events:border:arrivals:D:sex=M 2025-01-30 3", "tidy-events:border:arrivals:D:sex=M 2025-02-03 4",
		"tidy-events:border:arrivals:D:sex=_U 2025-02-02 2",
		"tidy-events:border:encounters:D 2025-01-30 2", "tidy-events:border:encounters:D 2025-02-02 1", "tidy-events:border:encounters:D 2025-02-03 1",
		"tidy-events:border:encounters:D:route=english-channel 2025-01-30 2", "tidy-events:border:encounters:D:route=english-channel 2025-02-03 1",
		"tidy-events:border:encounters:D:route=western-balkans 2025-02-02 1",
		"tidy-events:border:encounters:D:sex=F 2025-01-30 1", "tidy-events:border:encounters:D:sex=M 2025-01-30 1", "tidy-events:border:encounters:D:sex=M 2025-02-03 1",
		"tidy-events:border:encounters:D:sex=_U 2025-02-02 1",
	}
	if diff := cmp.Diff(want, said(obs)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(obs) != 12*5 { // no month is complete
		t.Errorf("%d observations, want five days of 12 series", len(obs))
	}
	for _, o := range obs {
		if err := o.Validate(); err != nil {
			t.Error(err)
		}
	}
	s := l.Describe(*obs[0].Series)
	if s.Title != "Border register: people, daily" || s.Many == "" || s.RefArea != "GBR" {
		t.Errorf("%+v", s)
	}
	if s := l.Describe(*obs[slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.Route != stat.Total })].Series); s.Title != "Border register: people, English Channel, daily" || s.Many != "" {
		t.Errorf("%+v", s)
	}
	if got := LabelOf("category", "by-boat"); got != "category by-boat" {
		t.Error(got)
	}
	for id, want := range map[stat.SeriesID]bool{"tidy-events:border:arrivals:D": true, "tidy-events:border:arrivals:D:route=english-channel": true,
		"tidy-events:border:arrivals:D:sex=F": false, "tidy-events:border:arrivals:M:origin=SYR": false} {
		if l.Compares(id) != want {
			t.Errorf("%s: compared is %v", id, !want)
		}
	}
}

// TestTheDocumentedLayoutIsTheExample checks that the page on microdata shows the example as it is.
func TestTheDocumentedLayoutIsTheExample(t *testing.T) {
	page, err := os.ReadFile("../../../docs/records.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"testdata/border.json", "testdata/border.csv", "default.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "\n"+string(text)+"```\n") {
			t.Errorf("docs/records.md does not have %s as it is", file)
		}
	}
}

func TestDefaultIsComplete(t *testing.T) {
	if l := Default(); len(l.Columns) != 8 || l.Update != Append || l.MaxGap != 31 || l.Date != "date" {
		t.Errorf("%+v", l)
	}
}

func TestParseRefuses(t *testing.T) {
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"an unknown field", `"key":`, `"keys":`, `border.json: line 14: not the expected file format: json: unknown field "keys"`},
		{"a field twice", `"ref_area": "GBR"`, `"flow": "removal"`, `line 20: not the expected file format: "flow" occurs twice`},
		{"a label twice", `"Western Balkans": "western-balkans"`, `"English Channel": "western-balkans"`, `line 8: not the expected file format: "English Channel" occurs twice`},
		{"no JSON", `"columns": [`, `"columns": [,`, "line 5: not the expected file format: invalid character"},
		{"cut short", "  ]\n}", "", "line 27: not the expected file format: unexpected EOF"},
		{"more after it", "  ]\n}", "  ]\n} {}", "line 29: not the expected file format: more text after the layout"},
		{"an unknown kind", `"kind": "text"`, `"kind": "words"`, `line 12: not the expected file format: kind "words" is not one of code, id, date, count, text`},
		{"a text for a number", `"max_gap": 31`, `"max_gap": "31"`, "line 18: not the expected file format: json: cannot unmarshal string"},
		{"a bad date", `"first": "2024-01-01"`, `"first": "2024-02-30"`, "line 7: not the expected file format:"},
		{"a bad name", `"name": "event_date"`, `"name": "../x"`, `column "../x": a name is lower-case letters`},
		{"codes of a count", `"min": 1,`, `"codes": {"a": "b"},`, `column "persons": codes, codelist, blank and default are only for the kind code`},
		{"an unknown code list", `"codelist": "area"`, `"codelist": "planet"`, `column "nationality": there is no code list "planet"`},
		{"a code that is none", `"western-balkans"}`, `"Western Balkans"}`, `dimension "route": column "route": "Western Balkans" cannot be a code`},
		{"the code of the total", `"western-balkans"}`, `"_T"}`, `"_T" cannot be a code`},
		{"a sex that is none", `"default": "_U"`, `"default": "U"`, `dimension "sex": column "sex": "U" is not in the code list sex`},
		{"an unknown dimension", `"name": "origin"`, `"name": "nationality"`, `dimension "nationality": choose one of age, category, destination, origin, route and sex`},
		{"a dimension that is text", `"column": "nationality"`, `"column": "note"`, `column "note" is not a code column without nullable`},
		{"a frequency", `"frequency": "M"`, `"frequency": "W"`, `frequency "W" is neither D nor M`},
		{"a key that is none", `"key": "record_id"`, `"key": "route"`, `the key "route" is not an ID column`},
		{"a sum of texts", `"column": "persons"`, `"column": "note"`, `sum: "note" is not a count column without nullable`},
		{"one measure twice", `"measure": "encounters"`, `"measure": "arrivals"`, `sum and count are both the measure "arrivals"`},
		{"an unknown flow", `"flow": "arrival"`, `"flow": "tide"`, `"tide" is not in the code list flow`},
		{"an unknown update", `"update": "append"`, `"update": "upsert"`, `update "upsert" is neither append nor replace`},
		{"too many rejects", `"max_rejects": 1`, `"max_rejects": 101`, "max_rejects is 101 per cent"},
		{"a format that is none", `"02/01/2006"`, `"01/2006"`, `column "event_date": format "01/2006" does not say day, month and year`},
		{"an address that is none", `"licence": "CC BY 4.0"`, `"homepage": "javascript:alert(1)"`, `"javascript:alert(1)" is not an address`},
		{"a title of two lines", `"title": "Border register"`, `"title": "Border\nregister"`, `is not one line`},
		{"the lineage", `"name": "note"`, `"name": "file"`, "the name is taken by the file that a record came in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(data), c.old, c.new, 1)
			if text == string(data) {
				t.Fatal("nothing was changed")
			}
			_, err := Parse("border.json", []byte(text))
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.As(err, new(*decode.Error)) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// FuzzParse looks for layouts that make Parse panic, and for layouts that change when they are
// written and read again.
func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(defaultText)
	f.Add([]byte(`{"title":"x","columns":[{"name":"d","kind":"date"}],"flow":"asylum","count":{"measure":"a","unit":"b"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse("x.json", data)
		if err != nil {
			if l != nil {
				t.Error("got a layout and an error")
			}
			return
		}
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("x.json", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if again.Hash() != l.Hash() {
			t.Errorf("%s changes when written and read again", text)
		}
	})
}

// TestACodeListReadsNames reads codes and names of a list, also in capitals. A name that may be a total and
// one of no list are no codes, and what the layout says itself decides.
func TestACodeListReadsNames(t *testing.T) {
	c := Column{Name: "nationality", CodeList: "area", Codes: map[string]string{"Burma": "_O"}}
	if err := c.completeCodes(); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"SYR": "SYR", "Syria": "SYR", "SYRIA": "SYR", "Syrian Arab Republic": "SYR", "Kyrgyzstan": "KGZ", "Côte d'Ivoire": "CIV", "Burma": "_O", "BURMA": "MMR",
		"Total": "", "_T": "", "All nationalities": "", "": "", "Atlantis": "", "syr": "",
	} {
		if got := c.Codes[text]; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text := range c.Codes {
		if codes.MayBeTotal(text) {
			t.Errorf("%q is read as %s", text, c.Codes[text])
		}
	}
}
