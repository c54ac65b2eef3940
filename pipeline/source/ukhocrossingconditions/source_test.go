package ukhocrossingconditions

import (
	"fmt"
	"slices"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, id, "crossing-conditions.csv") }

func TestContract(t *testing.T) { sourcetest.Run(t, &Source, []sourcetest.File{load(t)}) }

// TestFigures checks every figure that the publication's text states.
func TestFigures(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t))
	if err != nil || len(findings) != 0 {
		t.Fatalf("findings %v, error %v", findings, err)
	}
	var got []string
	for _, o := range obs {
		got = append(got, fmt.Sprintf("%s %s %s %s %s %s", o.Series.ID, o.Period.Start, o.Period.End, o.Period.Precision, o.Value, o.Release.Vintage))
	}
	want := []string{
		"ukho-crossing-conditions:red-days:M 2022-01-01 2022-04-30 range 27 2025-06-03",
		"ukho-crossing-conditions:red-days:M 2023-01-01 2023-04-30 range 23 2025-06-03",
		"ukho-crossing-conditions:red-days:M 2024-01-01 2024-04-30 range 27 2025-06-03",
		"ukho-crossing-conditions:red-days:M 2025-01-01 2025-04-30 range 60 2025-06-03",
		"ukho-crossing-conditions:red-days:A 2024-05-01 2025-04-30 range 190 2025-06-03",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// TestMonths reads months, as the publisher's tables have them.
func TestMonths(t *testing.T) {
	f := load(t).With(t, "2022-01-01,2022-04-30,27", "2022-01-01,2022-01-31,7")
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil || obs[0].Period.Precision != "month" {
		t.Errorf("%v, error %v", obs, err)
	}
}

func TestRefusals(t *testing.T) {
	f := load(t)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", f.With(t, "value,published", "amount,published"), decode.ErrHeader, "amount")
	refuse("unknown measure", f.With(t, "red_days_in_year", "amber_days"), decode.ErrShape, `unknown measure "amber_days"`)
	refuse("no count", f.With(t, ",190,", ",many,"), decode.ErrCount, `column "value"`)
	refuse("more days than there are", f.With(t, "2025-04-30,60", "2025-04-30,121"), decode.ErrCount, "121 days in a span of 120")
	refuse("part of a month", f.With(t, "2025-01-01,2025-04-30,60", "2025-01-02,2025-04-30,60"), decode.ErrPeriod, "not whole months")
	refuse("the end before the start", f.With(t, "2025-01-01,2025-04-30,60", "2025-05-01,2025-04-30,60"), decode.ErrPeriod, "")
	refuse("eleven months", f.With(t, "red_days_in_year,2024-05-01", "red_days_in_year,2024-06-01"), decode.ErrPeriod, "11 months of red_days_in_year")
	refuse("a year among the spans", f.With(t, "red_days_in_year", "red_days"), decode.ErrPeriod, "12 months of red_days")
	refuse("spans that overlap", f.With(t, "2023-01-01,2023-04-30", "2022-04-01,2022-07-31"), decode.ErrShape, "in the span at D2 too")
	refuse("not over", f.With(t, "2025-06-03\nred_days_in_year", "2025-04-30\nred_days_in_year"), decode.ErrPeriod, "was not over")
	refuse("two days of publication", f.With(t, "23,2025-06-03", "23,2025-06-04"), decode.ErrShape, "the rows above say")
	refuse("no rows", sourcetest.File{Name: f.Name, Data: []byte("measure,period_start,period_end,value,published\n")}, decode.ErrShape, "no row has a figure")
}

func FuzzDecode(f *testing.F) { sourcetest.Fuzz(f, &Source, []string{"crossing-conditions.csv"}) }
