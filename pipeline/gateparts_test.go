package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/review"
)

// The methods of entry in the tests.
const (
	byBoat, byAir, inside, atPort = "Small boat arrivals", "Inadequately documented air arrivals", "Recorded detections in the UK", "Recorded detections at UK ports"
)

// entries are detections by method, of one quarter after the other from 2021 on.
type entries map[string][]int

func quarters() entries {
	out := entries{}
	for method, n := range map[string]int{byBoat: 8000, byAir: 700, inside: 500, atPort: 400} {
		out[method] = slices.Repeat([]int{n}, 8)
	}
	return out
}

// file writes entries as the quarterly statistics of a day.
func (x entries) file(t *testing.T, day string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Date,Year,Quarter,Method of entry,Nationality,Region,Sex,Age Group,Number of detections\n")
	for _, method := range []string{byAir, atPort, inside, byBoat} {
		for i, n := range x[method] {
			if n > 0 {
				n += 1 + i%3 // no round figures
			}
			year, quarter := 2021+i/4, 1+i%4
			fmt.Fprintf(&b, "%d-%02d-01,%d,%d,%s,Afghanistan,Asia Central,Male,25 to 39,%d\n", year, 3*quarter-2, year, quarter, method, n)
		}
	}
	return write(t, "irregular_migration_"+day+".csv", []byte(b.String()))
}

// TestTheGateOfSmallParts revises quarterly statistics. A small method of entry may change as long as the
// total of detections hardly does.
func TestTheGateOfSmallParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(entries)
		want   string // the state and a reason
	}{
		"a small method":           {func(x entries) { x[byAir][7] = 1100 }, "added, revised warning"},
		"a digit too many":         {func(x entries) { x[byAir][7] = 7000 }, "held, revised error"},
		"a digit too many, new":    {func(x entries) { x[byAir] = append(x[byAir], 7000) }, "held, grown error"},
		"small boats by a tenth":   {func(x entries) { x[byBoat][7] = 8900 }, "held, revised error"},
		"boats and air exchanged":  {func(x entries) { x[byBoat], x[byAir] = x[byAir], x[byBoat] }, "held, revised error"},
		"small methods exchanged":  {func(x entries) { x[inside], x[atPort] = x[atPort], x[inside] }, "held, rewritten error"},
		"a small method withdrawn": {func(x entries) { x[atPort] = make([]int, 8) }, "held, rewritten error"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := gated(t, t.TempDir())
			mustTake(t, cfg, "ukho-illegal-entry", quarters().file(t, "2023-05-31"))
			later := quarters()
			c.change(later)
			o := addTo(t, cfg, "ukho-illegal-entry", later.file(t, "2023-08-24"))[0]
			state, reason, _ := strings.Cut(c.want, ", ")
			if got := codesOf(o); o.State != state || !slices.Contains(got, reason) {
				t.Errorf("%s %v %v, want %s", o.State, got, o.Err, c.want)
			}
			if state != review.Pending {
				return
			}
			if kept := addTo(t, gated(t, t.TempDir()), "ukho-illegal-entry", later.file(t, "2023-08-24"))[0]; kept.State != review.Added {
				t.Errorf("where nothing is known: %s %v", kept.State, kept.Err) // the file is whole
			}
		})
	}
}
