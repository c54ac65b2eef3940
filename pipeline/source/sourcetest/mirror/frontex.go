package mirror

import (
	"fmt"
	"testing"

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

// detections returns the workbook with a blank row above the header. Before the newer release the
// last month is missing.
func detections(t testing.TB, state State) []byte {
	header, rows := sourcetest.Detections(t, sourcetest.Load(t, "frontex-detections", "frontex.csv"), func(code string) string { return nationalities[code] })
	rows = append([][]any{{}, header}, rows...)
	if state == Before {
		for i, r := range rows[1:] {
			rows[i+1] = r[:len(r)-1]
		}
	}
	return sourcetest.Book(t, sourcetest.Sheet{Name: "Detections_of_IBC", Rows: rows})
}
