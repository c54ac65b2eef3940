package ukhodublin

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const february = "dublin_regulation_2021-02-25.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, february) }

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: february, Sheet: "Data - Dub_D01", Headers: map[string]string{"In / Out": "In/Out"}})
}

// TestStates checks that a state is the origin of what comes in and the destination of what goes
// out, and that the states add up.
func TestStates(t *testing.T) {
	obs, _, err := sourcetest.Decode(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	type cut struct {
		measure string
		end     stat.Date
	}
	states, total := map[cut]int64{}, map[cut]int64{}
	for _, o := range obs {
		s, k := o.Series, cut{o.Series.Measure, o.Period.End}
		n, _ := o.Value.Get()
		in := s.Measure == requestsIn.Name || s.Measure == transfersIn.Name
		switch {
		case in && s.Destination != stat.Total, !in && s.Origin != stat.Total:
			t.Fatalf("%s has its state at the other end", s.ID)
		case s.Destination != stat.Total, s.Origin != stat.Total:
			states[k] += n
		case s.Category == stat.Total:
			total[k] += n
		}
	}
	for k, n := range total {
		if states[k] != n {
			t.Errorf("%s to %s: %d, by state %d", k.measure, k.end, n, states[k])
		}
	}
	if len(total) < 90 {
		t.Errorf("%d totals", len(total))
	}
}

func TestRefusals(t *testing.T) {
	refuse, f := sourcetest.Refuses(t, &Source), load(t)
	refuse("no direction", f.With(t, "In / Out,", "Way,"), decode.ErrHeader, `"In / Out"`)
	refuse("date of another quarter", f.With(t, "2015-03-31,2015,1,", "2015-03-31,2015,2,"), decode.ErrPeriod, "another quarter")
}
