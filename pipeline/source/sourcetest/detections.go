package sourcetest

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// Detections returns the figures of the CSV of frontex-detections as the publisher's workbook has
// them: a header with a column for each month from January 2009 to the newest, and a row for each
// route, type of border and nationality, with 0 where the CSV has no row. nationality returns the
// name of an area there, or "" to leave its rows out.
func Detections(t testing.TB, f File, nationality func(code string) string) (header []any, rows [][]any) {
	t.Helper()
	figures := map[[3]string]map[string]int{}
	var order [][3]string
	last := ""
	for _, r := range f.records(t)[1:] {
		key := [3]string{r[0], r[1], nationality(r[2])}
		if key[2] == "" {
			continue
		}
		if figures[key] == nil {
			figures[key] = map[string]int{}
			order = append(order, key)
		}
		n, err := strconv.Atoi(r[4])
		if err != nil {
			t.Fatal(err)
		}
		figures[key][r[3]] = n
		last = max(last, r[3])
	}
	header = []any{"Route", "Border Type", "Nationality"}
	for _, key := range order {
		rows = append(rows, []any{key[0], key[1], key[2]})
	}
	for m := time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC); m.Format(time.DateOnly) <= last; m = m.AddDate(0, 1, 0) {
		header = append(header, strings.ToUpper(m.Format("Jan2006")))
		for i, key := range order {
			rows[i] = append(rows[i], figures[key][m.Format(time.DateOnly)])
		}
	}
	return header, rows
}
