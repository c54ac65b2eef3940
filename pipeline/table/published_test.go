package table

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go"

	"crossings/pipeline/stat"
)

// daily returns a table of days of several series, in the order of its key.
func daily(series, days int) *Table {
	t := New("daily")
	for s := range series {
		for d := range days {
			var row []Cell
			for _, c := range t.Schema.Columns {
				switch c.Name {
				case "series":
					row = append(row, Text(fmt.Sprintf("tidy:s%02d:arrivals:D", s)))
				case "date":
					row = append(row, Day(stat.MustDate("2018-01-01").AddDays(d)))
				case "value":
					row = append(row, Int(d%977))
				case "obs_status":
					row = append(row, Text("P"))
				default:
					row = append(row, Cell{typ: kindOf(c.Type), null: true})
				}
			}
			t.Add(row...)
		}
	}
	return t
}

func opened(t *testing.T, tab *Table) (*parquet.File, []byte) {
	t.Helper()
	var out bytes.Buffer
	if err := tab.PublishedParquet(&out, map[string]string{"licence": "OGL", "title": "Daily", "columns": "[]"}); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return f, out.Bytes()
}

// TestPublishedParquetIsReadInParts has what a reader of one series needs: groups of rows that end
// between series, the order of rows, the least and the greatest value of each group, and an index of
// pages.
func TestPublishedParquetIsReadInParts(t *testing.T) {
	tab := daily(16, 3000)
	f, data := opened(t, tab)
	if f.NumRows() != 48000 || len(f.RowGroups()) != 3 {
		t.Fatalf("%d rows in %d groups", f.NumRows(), len(f.RowGroups()))
	}
	for i, g := range f.Metadata().RowGroups {
		if g.NumRows%3000 != 0 || g.NumRows > maxGroup {
			t.Errorf("group %d has %d rows: it divides a series", i, g.NumRows)
		}
		if len(g.SortingColumns) != 2 || g.SortingColumns[0].ColumnIdx != 0 || g.SortingColumns[1].ColumnIdx != 1 || g.SortingColumns[0].Descending {
			t.Errorf("group %d declares the order %+v", i, g.SortingColumns)
		}
		for _, c := range g.Columns {
			if c.ColumnIndexOffset == 0 || c.OffsetIndexOffset == 0 || c.MetaData.Codec.String() != "SNAPPY" {
				t.Errorf("group %d: %v: %s, index at %d and %d", i, c.MetaData.PathInSchema, c.MetaData.Codec, c.ColumnIndexOffset, c.OffsetIndexOffset)
			}
		}
	}
	if got := string(f.Metadata().RowGroups[1].Columns[0].MetaData.Statistics.MinValue); got != "tidy:s06:arrivals:D" {
		t.Errorf("the second group begins with %q", got)
	}
	for key, want := range map[string]string{"licence": "OGL", "title": "Daily"} {
		if got, _ := f.Lookup(key); got != want {
			t.Errorf("%s is %q", key, got)
		}
	}
	if _, again := opened(t, tab); !bytes.Equal(data, again) {
		t.Error("the same table gave other bytes")
	}
}

// TestPublishedParquetOfOneLongSeries ends a group at its largest size.
func TestPublishedParquetOfOneLongSeries(t *testing.T) {
	f, _ := opened(t, daily(1, maxGroup+1))
	if g := f.Metadata().RowGroups; len(g) != 2 || g[0].NumRows != maxGroup {
		t.Errorf("groups %d", len(g))
	}
}

// TestPublishedParquetDeclaresNoOrderThatItHasNot does not tell a reader to skip rows that are there.
func TestPublishedParquetDeclaresNoOrderThatItHasNot(t *testing.T) {
	tab := daily(2, 10)
	slices.Reverse(tab.Rows)
	f, _ := opened(t, tab)
	if got := f.Metadata().RowGroups[0].SortingColumns; len(got) > 0 {
		t.Errorf("the order is %+v", got)
	}
}
