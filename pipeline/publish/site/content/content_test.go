package content

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// TestCoverageIsOfFigures has a series whose publisher states for years that there is no figure. A list
// with those years would promise figures.
func TestCoverageIsOfFigures(t *testing.T) {
	span := Coverage{first: stat.MustDate("2018-01-01"), last: stat.MustDate("2026-06-21"), from: stat.MustDate("2024-04-29"), to: stat.MustDate("2026-06-21"),
		figures: 1112, absent: 330}
	if got, want := span.Text(), "1 January 2018 to 21 June 2026: 1,112 figures, 330 periods stated without one. The figures are of 29 April 2024 to 21 June 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := span.FiguresSpan(), "29 April 2024 to 21 June 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	none := Coverage{first: span.first, last: span.last, absent: 1}
	if none.FiguresSpan() != "no figure" || !strings.HasSuffix(none.Text(), ": 0 figures, 1 period stated without one") {
		t.Errorf("%q, %q", none.FiguresSpan(), none.Text())
	}
}

func TestRestatedBecauseOfPublishers(t *testing.T) {
	e := EditionInfo{Version: "1.1.0", Restated: &Restatement{Before: "1.0.0", Count: 1}}
	if got, want := e.Sentence(), "1 value of version 1.0.0 is stated otherwise in version 1.1.0, because publishers restated theirs."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if (EditionInfo{}).Sentence() != "" {
		t.Error("a version that restates nothing says that it does")
	}
}

func TestReleasesName(t *testing.T) {
	for source, want := range map[string]string{"ukho-asylum": "releases/ukho-asylum.html", "tidy:mine": "releases/tidy~mine.html"} {
		if got, err := ReleasesName(source); got != want || err != nil {
			t.Errorf("%s is %q, %v", source, got, err)
		}
	}
	for _, source := range []string{"", "..", "../x", "a/b", `a\b`, "a:b:c", "A", "a b", "a\x00", "a.b", "é"} {
		if got, err := ReleasesName(source); err == nil {
			t.Errorf("%q is %q", source, got)
		}
	}
}

// TestVintagesAreOfFigures has a period outside coverage, whose row has the cut-off of the edition.
func TestVintagesAreOfFigures(t *testing.T) {
	const id = "a:b:M"
	figure := &row.YearOnYear{Series: id, Value: stat.Known(3), Vintage: stat.MustDate("2025-06-03")}
	outside := &row.YearOnYear{Series: id, Vintage: stat.MustDate("2026-07-16")}
	tables := Tables{YearOnYear: newRows([]*row.YearOnYear{figure, outside}, func(r *row.YearOnYear) stat.SeriesID { return r.Series })}
	if got := tables.vintages()[id]; got != figure.Vintage {
		t.Errorf("the newest release used is of %s, want %s", got, figure.Vintage)
	}
}
