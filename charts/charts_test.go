package charts

import (
	"errors"
	"strings"
	"testing"
)

const good = `# a comment
id: a-1
title: One
  and more
series: a-b:arrivals:D
comparison: daily
window: 30 days
unit: persons
---
`

func TestLoadHasTheEmbeddedCharts(t *testing.T) {
	records, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range records {
		got = append(got, r.ID+" "+string(r.Comparison))
	}
	want := "arrivals-cumulative cumulative,arrivals-daily daily,arrivals-monthly month-on-year,persons-per-boat ratio"
	if strings.Join(got, ",") != want {
		t.Errorf("got %v", got)
	}
	if r := records[3]; r.Window.Months() != 60 || r.Rate != "persons-per-boat" || len(r.Series) != 2 {
		t.Errorf("ratio is %+v", r)
	}
}

func TestParse(t *testing.T) {
	records, err := Parse("x.txt", good)
	if err != nil || len(records) != 1 {
		t.Fatal(records, err)
	}
	if r := records[0]; r.Title != "One and more" || r.Window != (Window{30, "days"}) || r.Series[0] != "a-b:arrivals:D" {
		t.Errorf("%+v", r)
	}
}

func TestParseErrorsNameTheLine(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown key", "colour: red\n", `x.txt:1: unknown key "colour"`},
		{"no colon", "id: a\nhello\n", `x.txt:2: "hello" is not key: value`},
		{"twice", "id: a\nid: b\n", "x.txt:2: id is given twice"},
		{"continues nothing", "\n  more\n", "x.txt:2: indented line"},
		{"missing", "\nid: a\n", "x.txt:2: title is missing"},
		{"bad id", strings.Replace(good, "a-1", "../a", 1), `x.txt:2: id "../a"`},
		{"comparison", strings.Replace(good, "daily", "weekly", 1), `x.txt:6: comparison "weekly"`},
		{"series", strings.Replace(good, "a-b:arrivals:D", "arrivals", 1), "x.txt:5: series"},
		{"weekly series", strings.Replace(good, "arrivals:D", "arrivals:W", 1), "x.txt:5: series"},
		{"one series too many", strings.Replace(good, "arrivals:D", "arrivals:D a-b:boats:D", 1), "x.txt:5: daily takes 1 series"},
		{"window missing", strings.Replace(good, "window: 30 days\n", "", 1), "x.txt:2: window is missing"},
		{"window unit", strings.Replace(good, "30 days", "30 moons", 1), "x.txt:7: window"},
		{"window number", strings.Replace(good, "30 days", "0 days", 1), "x.txt:7: window"},
		{"window of months", strings.Replace(good, "30 days", "30 months", 1), "x.txt:7: daily takes a window of days"},
		{"rate", strings.Replace(good, "unit:", "rate: r\nunit:", 1), "x.txt:8: daily takes no rate"},
		{"no rate", strings.NewReplacer("daily", "ratio", "arrivals:D", "arrivals:D a-b:boats:D", "days", "months").Replace(good), "x.txt:2: rate is missing"},
		{"duplicate id", good + good, `x.txt:11: id "a-1" was given on line 2`},
		{"not text", "id: \xff\n", "x.txt:1: not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			records, err := Parse("x.txt", tt.text)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || records != nil {
				t.Errorf("got %v, %v, want error %s", records, err, tt.want)
			}
		})
	}
}

func TestLibraryIsThePinnedOne(t *testing.T) {
	data, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	if err := verify(append([]byte("x"), data...)); !errors.Is(err, ErrLibrary) || !strings.Contains(err.Error(), "make build") {
		t.Errorf("another library gives %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add(text)
	f.Fuzz(func(t *testing.T, s string) {
		records, err := Parse("x.txt", s)
		if err != nil && records != nil {
			t.Error("records with an error")
		}
		for _, r := range records {
			if !isKebab(r.ID) || len(r.Series) == 0 {
				t.Errorf("%+v", r)
			}
		}
	})
}
