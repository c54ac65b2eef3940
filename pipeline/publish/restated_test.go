package publish

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// yearsOf returns a table year-to-date with the rows given as series, year, cut-off and
// value; -1 is no value.
func yearsOf(rows ...[4]any) *table.Table {
	t := table.New("year-to-date")
	for _, r := range rows {
		row := make([]table.Cell, len(t.Schema.Columns))
		for i, c := range t.Schema.Columns {
			switch row[i] = table.Float(0, false); c.Name {
			case "series":
				row[i] = table.Text(r[0].(string))
			case "year":
				row[i] = table.Int(r[1].(int))
			case "cutoff", "window_end":
				row[i] = table.Day(stat.MustDate(r[2].(string)))
			case "value":
				if n := r[3].(int); n >= 0 {
					row[i] = table.Int(n)
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// TestOnlyWhatIsAboutTheSameDaysIsRestated compares two editions: a row with another
// cut-off, a new one and one that is gone restate nothing.
func TestOnlyWhatIsAboutTheSameDaysIsRestated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	before := yearsOf([4]any{"a", 2024, "2024-06-25", 10}, [4]any{"a", 2025, "2025-06-25", 20}, [4]any{"a", 2026, "2026-06-25", 30},
		[4]any{"b", 2026, "2026-06-25", -1}, [4]any{"gone", 2026, "2026-06-25", 1})
	path := filepath.Join(dir, "site", "data", "year-to-date.csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := before.CSV(f); err != nil {
		t.Fatal(err)
	}
	f.Close()
	old, err := editionOf([]*table.Table{before})
	if err != nil {
		t.Fatal(err)
	}
	made := edition.Manifest{Version: edition.Version{Major: 1}, Text: "1.0.0", Content: old}
	if err := edition.Open(filepath.Join(dir, "releases")).Add(made, filepath.Join(dir, "site")); err != nil {
		t.Fatal(err)
	}
	compare := func(now *table.Table) *edition.Restated {
		t.Helper()
		content, err := editionOf([]*table.Table{now})
		if err != nil {
			t.Fatal(err)
		}
		r, err := restated(edition.Open(filepath.Join(dir, "releases")), &made, content, []*table.Table{now})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	got := compare(yearsOf([4]any{"a", 2024, "2024-06-25", 11}, [4]any{"a", 2025, "2025-06-25", 20}, [4]any{"a", 2026, "2026-07-02", 35},
		[4]any{"b", 2026, "2026-06-25", 0}, [4]any{"new", 2026, "2026-06-25", 5}))
	want := &edition.Restated{Before: "1.0.0", Own: true, Counts: map[string]int{"year-to-date": 2}, Values: []edition.Value{
		{Table: "year-to-date", Key: []string{"a", "2024"}, Column: "value", Old: "10", New: "11"},
		{Table: "year-to-date", Key: []string{"b", "2026"}, Column: "value", Old: "", New: "0"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r := compare(before); r != nil {
		t.Errorf("the same restates %+v", r)
	}
	if r, err := restated(edition.Open(dir), nil, old, nil); r != nil || err != nil {
		t.Errorf("the first edition restates %+v, %v", r, err)
	}
}
