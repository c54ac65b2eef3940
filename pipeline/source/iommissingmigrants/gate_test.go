package iommissingmigrants

import (
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The labels of two small routes.
const (
	sahara  = "Sahara Desert crossing"
	balkans = "Western Balkans"
)

// tolls are people dead and missing by route and by the month in which they died.
type tolls map[string]map[string][2]int

// quiet returns the tolls of two years in which all months but one are alike.
func quiet() tolls {
	out := tolls{}
	for route, toll := range map[string][2]int{med: {100, 200}, theChannel: {5, 0}, sahara: {20, 0}, balkans: {10, 0}} {
		out[route] = map[string][2]int{}
		for m := range 25 {
			out[route][time.Date(2021, time.Month(1+m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")] = toll
		}
	}
	out[med]["2021-06"] = [2]int{300, 500}
	return out
}

// release returns the observations of a release that states tolls.
func (x tolls) release(t *testing.T, day string) []stat.Observation {
	t.Helper()
	var changes []values
	for _, route := range slices.Sorted(maps.Keys(x)) {
		for _, month := range slices.Sorted(maps.Keys(x[route])) {
			n := x[route][month]
			changes = append(changes, incidentOf(month+"-01", route, strconv.Itoa(n[0]), strconv.Itoa(n[1]), strconv.Itoa(n[0]+n[1])))
		}
	}
	r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, grid(t, "2024", changes...)), Release: released(day)})
	if err != nil {
		t.Fatal(err)
	}
	return r.Observations
}

// TestWhatWaits changes a list of incidents. Usual changes are at most warnings. Changes out of
// proportion make the release wait, whichever of the two comes in first.
func TestWhatWaits(t *testing.T) {
	for name, c := range map[string]struct {
		change func(tolls)
		waits  bool
	}{
		"nothing":                            {func(x tolls) {}, false},
		"late entries of a small route":      {func(x tolls) { x[sahara]["2022-11"] = [2]int{60, 30} }, false},
		"an old month of a small route":      {func(x tolls) { x[sahara]["2021-03"] = [2]int{20, 55} }, false},
		"a small route, out of proportion":   {func(x tolls) { x[sahara]["2021-03"] = [2]int{200, 0} }, true},
		"a small route is called otherwise":  {func(x tolls) { x["Across the Sahara"] = x[sahara]; delete(x, sahara) }, false},
		"missing people are found":           {func(x tolls) { x[med]["2022-03"] = [2]int{190, 110} }, false},
		"some incidents go to another route": {func(x tolls) { x[med]["2022-03"], x[balkans]["2022-03"] = [2]int{100, 160}, [2]int{10, 40} }, false},
		"late entries of a large route":      {func(x tolls) { x[med]["2022-11"] = [2]int{100, 230} }, false},
		"a digit too many in a large route":  {func(x tolls) { x[med]["2021-03"] = [2]int{100, 2000} }, true},
		"a digit too many in a recent month": {func(x tolls) { x[med]["2022-11"] = [2]int{1000, 200} }, true},
		"400 dead in the Channel":            {func(x tolls) { x[theChannel]["2021-03"] = [2]int{400, 0} }, true},
		"400 dead in the Channel, recently":  {func(x tolls) { x[theChannel]["2022-11"] = [2]int{400, 0} }, true},
		"400 missing in the Channel":         {func(x tolls) { x[theChannel]["2022-11"] = [2]int{5, 400} }, true},
		"60 dead in the Channel long ago":    {func(x tolls) { x[theChannel]["2021-03"] = [2]int{60, 0} }, true},
		"the Channel is called otherwise":    {func(x tolls) { x["Sea of Dover"] = x[theChannel]; delete(x, theChannel) }, true},
		"the columns are exchanged":          {exchange, true},
		"a year of the Mediterranean is gone": {func(x tolls) {
			maps.DeleteFunc(x[med], func(m string, _ [2]int) bool { return m > "2021-03" && m < "2022-04" })
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			changed := quiet()
			c.change(changed)
			before, after := quiet().release(t, "2023-02-10"), changed.release(t, "2023-06-09")
			for order, moves := range map[string][]check.Move{
				"after":  Source.Limits.Moves(check.Known{Before: before, Wholes: Source.Wholes}, after, lake.Cover(after, false)),
				"before": Source.Limits.Moves(check.Known{After: after, Wholes: Source.Wholes}, before, lake.Cover(before, false)),
			} {
				waits := slices.ContainsFunc(moves, func(m check.Move) bool { return m.Severity == stat.SeverityError })
				late := order == "before" && (c.waits && !contrary[name])
				if waits != (c.waits && !late) {
					t.Errorf("loaded %s: waits %t, moves %v", order, waits, moves)
				}
			}
		})
	}
}

// contrary are the changes that the earlier release contradicts too if it comes in last. What has
// grown since, or is no longer stated, is not a fault of it.
var contrary = map[string]bool{
	"a small route, out of proportion": true, "a digit too many in a large route": true, "400 dead in the Channel": true,
	"60 dead in the Channel long ago": true, "the columns are exchanged": true, "a year of the Mediterranean is gone": true,
}

// exchange swaps the dead and the missing.
func exchange(x tolls) {
	for _, months := range x {
		for m, n := range months {
			months[m] = [2]int{n[1], n[0]}
		}
	}
}
