package mirror

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
)

// nationalities are the names in the workbook of the areas that it has here.
var nationalities = map[string]string{"AFG": "Afghanistan", "BGD": "Bangladesh", "DZA": "Algeria", "EGY": "Egypt", "MAR": "Morocco", "SYR": "Syria", "TUN": "Tunisia"}

// frontex puts the page of the map, with links to its workbook and to others.
func frontex(t testing.TB, s *Server, state State) {
	const host = "https://www.frontex.europa.eu"
	link := fmt.Sprintf("/assets/Migratory_routes/2026/Monthly_detections_of_IBC_%s.xlsx", [...]string{"2026_06_09", "2026_08_04"}[state])
	s.page(t, host+link, xlsx, detections(t, state))
	s.page(t, host+"/what-we-do/monitoring-and-risk-analysis/migratory-map/", html, []byte(`<!DOCTYPE html><html><head><title>x</title></head><body><main>
<a href="/assets/Publications/Risk_Analysis/report.pdf">x</a> <a href="/assets/Migratory_routes/2023/Monthly_detections_of_IBC_2023_01_05.xlsx">x</a>
<p><a class="button" href="`+link+`"><span>x</span></a></p></main></body></html>
`))
}

// detections returns the workbook: a blank row, the header with a column for each month, and a row
// for each route, type of border and nationality. Before the newer release the last month is
// missing.
func detections(t testing.TB, state State) []byte {
	type key [3]string
	figures := map[key]map[string]int{}
	var order []key
	var last string
	for _, r := range records(t, "frontex-detections", "frontex.csv")[1:] {
		k := key{r[0], r[1], nationalities[r[2]]}
		if k[2] == "" {
			continue
		}
		if figures[k] == nil {
			figures[k] = map[string]int{}
			order = append(order, k)
		}
		n, err := strconv.Atoi(r[4])
		if err != nil {
			t.Fatal(err)
		}
		figures[k][r[3]] = n
		last = max(last, r[3])
	}
	header := []any{"Route", "Border Type", "Nationality"}
	var months []string
	for m := time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC); m.Format(time.DateOnly) <= last; m = m.AddDate(0, 1, 0) {
		if day := m.Format(time.DateOnly); day < last || state == After {
			months = append(months, day)
			header = append(header, strings.ToUpper(m.Format("Jan2006")))
		}
	}
	rows := [][]any{{}, header}
	for _, k := range order {
		row := []any{k[0], k[1], k[2]}
		for _, m := range months {
			row = append(row, figures[k][m])
		}
		rows = append(rows, row)
	}
	return sourcetest.Book(t, sourcetest.Sheet{Name: "Detections_of_IBC", Rows: rows})
}
