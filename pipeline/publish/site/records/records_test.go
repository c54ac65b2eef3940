package records

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// days returns rows from 1 January 2026 on: a digit is a value, x is missing, and - is no row.
func days(text string) (out []*row.Day) {
	for i, c := range text {
		r := &row.Day{Series: "a-b:arrivals:D", Date: stat.NewDate(2026, 1, 1).AddDays(i), Status: stat.Normal}
		if c >= '0' && c <= '9' {
			r.Value = stat.Known(int64(c - '0'))
		}
		if c != '-' {
			out = append(out, r)
		}
	}
	return out
}

func TestRunsOfZeros(t *testing.T) {
	for text, want := range map[string]string{
		"100010010":  "2026-01-02+3 2026-01-06+2",
		"1000x000":   "2026-01-06+3 2026-01-02+3", // missing is not zero
		"000-00":     "2026-01-01+3 2026-01-05+2",
		"000":        "2026-01-01+3",
		"10101x":     "",
		"":           "",
		"xx":         "",
		"0010001000": "2026-01-08+3 2026-01-04+3 2026-01-01+2",
	} {
		var got []string
		for _, r := range Runs(days(text)) {
			got = append(got, fmt.Sprintf("%s+%d", r.First, r.Days()))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

func TestEqualRunsShareARank(t *testing.T) {
	x := runTable("t", "c", Runs(days("1000100010010010")))
	var got []string
	for _, r := range x.Rows {
		got = append(got, r.Name+" "+strings.Join(r.Cells, " "))
	}
	want := "1 6 January to 8 January 2026 3, 1 2 January to 4 January 2026 3, 3 13 January to 14 January 2026 2, 3 10 January to 11 January 2026 2"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestRecordsOfASite(t *testing.T) {
	r := New(content.NewIndex(sitetest.Real(t)), sitetest.ArrivalsID)
	var titles []string
	for _, x := range r.Tables {
		titles = append(titles, x.Title)
	}
	if want := "Busiest days|Longest without|Longest without in 2026"; strings.Join(titles, "|") != want {
		t.Errorf("tables %q", titles)
	}
	if want := "The busiest day since January 2018 was 3 September 2022, with 1,305 people arriving in small boats"; r.Title != want || len(r.Rests) != 1 {
		t.Errorf("the title is %q, of %v", r.Title, r.Rests)
	}
}

func TestNoRecordsWithoutFigures(t *testing.T) {
	tbl := table.New("daily")
	row.Add(tbl, *days("x")[0])
	if r := New(content.NewIndex(content.Site{Tables: []*table.Table{tbl}}), "a-b:arrivals:D"); len(r.Tables) > 0 {
		t.Errorf("records %v", r)
	}
}
