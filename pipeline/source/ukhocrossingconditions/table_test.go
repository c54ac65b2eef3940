package ukhocrossingconditions

import (
	"fmt"
	"slices"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// made is a workbook of made-up figures in the shape that is assumed.
func made(t testing.TB, header []any, rows ...[]any) sourcetest.File {
	t.Helper()
	cover := sourcetest.Sheet{Name: "Contents", Rows: [][]any{{"Data tables"}, {"Table 1", "Red days by month"}}}
	data := sourcetest.Sheet{Name: "Table_1", Rows: append([][]any{{"Table 1: days by month"}, {}, header}, rows...)}
	return sourcetest.File{Name: "crossing_conditions_2025_06_03.xlsx", Data: sourcetest.Book(t, cover, data)}
}

func TestTable(t *testing.T) {
	want := []string{"2021-05-01 2021-05-31 month 4 A", "2021-06-01 2021-06-30 month 7 A", "2021-07-01 2021-07-31 month 0 A"}
	for name, f := range map[string]sourcetest.File{
		"plain":                  made(t, []any{"Month", "Red days"}, []any{"May 2021", 4}, []any{"June 2021", 7}, []any{"July 2021", 0}),
		"in words":               made(t, []any{"Days on which crossings were assessed as likely [note 1]", "Month and year"}, []any{4, "May-21"}, []any{7, "2021-06"}, []any{0, "JUL 2021"}),
		"days of a sheet":        made(t, []any{"Month", "Number of red days"}, []any{44317, 4}, []any{44348, 7}, []any{44378, 0}),
		"with other measures":    made(t, []any{"Month", "Small boat arrivals", "Amber days", "Red days"}, []any{"May 2021", 1619, 9, 4}, []any{"June 2021", 2177, 2, 7}, []any{"July 2021", 3510, 1, 0}),
		"with notes below":       made(t, []any{"Month", "Red days"}, []any{"May 2021", 4}, []any{"June 2021", 7}, []any{"July 2021", 0}, []any{}, []any{"Note 1: as assessed on the day."}),
		"with a column of texts": made(t, []any{"Month", "Red days", "Notes"}, []any{"May 2021", 4, "Revised"}, []any{"June 2021", 7}, []any{"July 2021", 0}),
	} {
		obs, _, err := sourcetest.Decode(&Source, f)
		var got []string
		for _, o := range obs {
			got = append(got, fmt.Sprintf("%s %s %s %s %s", o.Period.Start, o.Period.End, o.Period.Precision, o.Value, o.Status))
		}
		if err != nil || !slices.Equal(got, want) || obs[0].Series.ID != spans.ID || obs[0].Release.Vintage != stat.MustDate("2025-06-03") {
			t.Errorf("%s: %q, error %v", name, got, err)
		}
	}
}

func TestTableRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	may, june := []any{"May 2021", 4}, []any{"June 2021", 7}
	refuse("another column", made(t, []any{"Month", "Calm days"}, may, june), decode.ErrHeader, "Calm days")
	refuse("a measure that is not known", made(t, []any{"Month", "Red days", "Persons"}, append(slices.Clone(may), 1), append(slices.Clone(june), 2)), decode.ErrHeader, "Persons")
	refuse("two columns of red days", made(t, []any{"Month", "Red days", "Number of red days"}, may, june), decode.ErrHeader, "both mean")
	refuse("a month left out", made(t, []any{"Month", "Red days"}, may, []any{"July 2021", 1}), decode.ErrShape, "2021-07-01 follows 2021-05-01")
	refuse("a month twice", made(t, []any{"Month", "Red days"}, may, may), decode.ErrShape, "follows")
	refuse("a sum", made(t, []any{"Month", "Red days"}, may, june, []any{"Total", 11}), decode.ErrPeriod, "Total")
	refuse("a year", made(t, []any{"Month", "Red days"}, []any{"2021", 40}), decode.ErrPeriod, "2021")
	refuse("too many days", made(t, []any{"Month", "Red days"}, []any{"June 2021", 31}), decode.ErrCount, "31 days in a month of 30")
	refuse("no count", made(t, []any{"Month", "Red days"}, []any{"June 2021", "about 3"}), decode.ErrCount, "about 3")
	refuse("not over", made(t, []any{"Month", "Red days"}, []any{"May 2025", 3}, []any{"June 2025", 1}), decode.ErrPeriod, "")
	refuse("no table", sourcetest.File{Name: "x_2025_06_03.xlsx", Data: sourcetest.Book(t, sourcetest.Sheet{Name: "Contents", Rows: [][]any{{"x"}}})}, decode.ErrHeader, "")
	refuse("two tables", sourcetest.File{Name: "x_2025_06_03.xlsx", Data: sourcetest.Book(t, sourcetest.Sheet{Name: "A", Rows: [][]any{{"Month", "Red days"}, may}}, sourcetest.Sheet{Name: "B", Rows: [][]any{{"Month", "Red days"}, may}})}, decode.ErrShape, "the same columns")
	refuse("no workbook", sourcetest.File{Name: "x_2025_06_03.ods", Data: []byte("<!doctype html>")}, decode.ErrFormat, "")
}
