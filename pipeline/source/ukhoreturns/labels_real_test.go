//go:build real

package ukhoreturns

import (
	"bytes"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestRealLabels gives one return in a whole release a destination that was in no list, and then one
// that is in none. All totals stay.
func TestRealLabels(t *testing.T) {
	f := realFile(t, november)
	before, err := sourcetest.Read(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(f.Data, []byte(",Zimbabwe,"))
	for label, code := range map[string]string{"French Polynesia (French)": "PYF", "Ruritania (French)": "x-ruritania-french"} {
		changed := f
		changed.Data = append(append(bytes.Clone(f.Data[:at]), ","+label+","...), f.Data[at+len(",Zimbabwe,"):]...)
		r, err := sourcetest.Read(&Source, changed)
		if err != nil {
			t.Fatal(label, err)
		}
		there := false
		for _, o := range r.Observations {
			there = there || o.Series.Destination == code
		}
		if !there {
			t.Errorf("%s: no figure for %s", label, code)
		}
		for _, x := range types {
			id := stat.NewSeriesID(id, returns, stat.Quarterly, by(x.code))
			for year := 2004; year <= 2023; year++ {
				if got, want := years(r.Observations, id)[year], years(before.Observations, id)[year]; got != want {
					t.Errorf("%s: %s of %d is %d, want %d", label, id, year, got, want)
				}
			}
		}
	}
}
