package ukhoasylumawaiting

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const november = "awaiting_decision_2024-11-28.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, november) }

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: november, Sheet: "Data - Asy_D03", Headers: map[string]string{"Date": "Date (as at…)"}},
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Asy_D03", Headers: map[string]string{"Date": "Date (as at...)", "Applications": "Claims"}},
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Asy_D07", Headers: map[string]string{"Date": "DATE (AS AT…) [note 1]", "Applications": "Number of claims", "Duration": "Duration "}})
}

// TestSums compares the totals with their parts, for each measure and day.
func TestSums(t *testing.T) {
	r, err := sourcetest.Read(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	type cut struct {
		measure, by string
		day         stat.Date
	}
	sums := map[cut]int64{}
	for _, o := range r.Observations {
		by := "total"
		switch s := o.Series; {
		case o.Period.Start != o.Period.End || s.Kind != stat.Stock:
			t.Fatalf("%s of %+v is no level on a day", s.ID, o.Period)
		case s.Origin != stat.Total && s.Category != stat.Total:
			by = "both"
		case s.Origin != stat.Total:
			by = "nationality"
		case s.Category != stat.Total:
			by = "duration"
		}
		n, _ := o.Value.Get()
		sums[cut{o.Series.Measure, by, o.Period.End}] += n
	}
	for k, n := range sums {
		if total := sums[cut{k.measure, "total", k.day}]; n != total {
			t.Errorf("%s by %s on %s: %d, total %d", k.measure, k.by, k.day, n, total)
		}
		if k.measure == cases.Name && n > sums[cut{people.Name, k.by, k.day}] {
			t.Errorf("more cases than people by %s on %s", k.by, k.day)
		}
	}
	if len(sums) < 58*8 {
		t.Errorf("%d sums", len(sums))
	}
}

// TestFurtherReviewEnds checks that a stage which the publisher no longer states is not 0.
func TestFurtherReviewEnds(t *testing.T) {
	r, err := sourcetest.Read(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]stat.Date{}
	for _, o := range r.Observations {
		last[o.Series.Measure] = max(last[o.Series.Measure], o.Period.End)
	}
	if got := last[review.Name]; got >= stat.MustDate("2024-01-01") || last[people.Name] != stat.MustDate("2024-09-30") {
		t.Errorf("further review to %s, initial decisions to %s", got, last[people.Name])
	}
}

// TestANewStageWaits adds rows of a stage that no list has. Whether it is part of another is not
// known, so the release waits.
func TestANewStageWaits(t *testing.T) {
	sourcetest.Waits(t, &Source, load(t).With(t, "Zimbabwe,Africa Sub-Saharan,Main applicant,Pending Initial decision,More", "Zimbabwe,Africa Sub-Saharan,Main applicant,Pending appeal,More"),
		"label-may-be-total", "Pending appeal")
}

func TestRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	f := load(t)
	refuse("no duration", f.With(t, "Duration,", "Age,"), decode.ErrHeader, `"Duration"`)
	refuse("another measure", f.With(t, "Duration,Applications", "Duration,Refusals"), decode.ErrHeader, `"Applications"`)
	refuse("two measures", f.With(t, "Region,", "Claims,"), decode.ErrHeader, `"Applications"`)
	sourcetest.RefusesCutsOfLastQuarter(t, &Source, f)
	refuse("within a quarter", f.With(t, "2024-09-30,Albania", "2024-09-29,Albania"), decode.ErrPeriod, "not the last day of a quarter")
	refuse("not over", f.With(t, "2024-09-30,Albania", "2024-12-31,Albania"), decode.ErrPeriod, "was not over")
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv", "x.xlsx"}, load(f).Data[:4000])
}
