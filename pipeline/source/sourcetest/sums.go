package sourcetest

import (
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// SumsAgree checks, for each measure and period, that the series of every breakdown add up to the
// series that is not broken down. Codes with a full stop are parts of those without.
func SumsAgree(t testing.TB, s *source.Source, f File) {
	t.Helper()
	obs, _, err := Decode(s, f)
	if err != nil {
		t.Fatal(err)
	}
	type cut struct {
		measure, by string
		end         stat.Date
	}
	sums, compared := map[cut]int64{}, 0
	for _, o := range obs {
		by := ""
		d := o.Series.Dimensions
		for _, x := range []struct{ name, code string }{{"origin", d.Origin}, {"destination", d.Destination}, {"sex", d.Sex}, {"age", d.Age}, {"category", d.Category}} {
			if x.code != stat.Total {
				by += x.name + " "
			}
		}
		if by != "" && strings.Contains(d.Category, ".") {
			by += "in full "
		}
		n, _ := o.Value.Get()
		sums[cut{o.Series.Measure, by, o.Period.End}] += n
	}
	for k, n := range sums {
		if k.by == "" {
			continue
		}
		compared++
		if total := sums[cut{k.measure, "", k.end}]; n != total {
			t.Errorf("%s: %s by %sto %s: %d, total %d", f.Name, k.measure, k.by, k.end, n, total)
		}
	}
	if compared < 20 {
		t.Errorf("%s: %d sums compared", f.Name, compared)
	}
}
