package ukhoasylum

import (
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const name = "ukho-asylum.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{load(t)})
}

func TestRowsOfEachMeasure(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t))
	if err != nil || len(findings) != 0 {
		t.Fatalf("findings %v, error %v", findings, err)
	}
	rows := map[stat.SeriesID]int{}
	for _, o := range obs {
		rows[o.Series.ID]++
		if stock := o.Series.Kind == stat.Stock; stock != (o.Period.Precision == stat.PrecisionDay) || stock != (o.Period.Days() == 1) {
			t.Fatalf("%s is a %s on %+v", o.Series.ID, o.Series.Kind, o.Period)
		}
		if o.Release.Vintage != stat.MustDate("2026-02-26") || o.Status != stat.Normal {
			t.Fatalf("vintage %s, status %s", o.Release.Vintage, o.Status)
		}
	}
	want := map[stat.SeriesID]int{
		"ukho-asylum:asylum-claims:Q": 100, "ukho-asylum:initial-decisions:Q": 100, "ukho-asylum:initial-grants:Q": 100,
		"ukho-asylum:initial-refusals:Q": 100, "ukho-asylum:initial-withdrawals:Q": 100,
		"ukho-asylum:awaiting-initial-decision:Q": 63, "ukho-asylum:in-receipt-of-support:Q": 48, "ukho-asylum:in-hotels:Q": 13,
	}
	for id, n := range want {
		if rows[id] != n {
			t.Errorf("%s: %d rows, want %d", id, rows[id], n)
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d series, want %d", len(rows), len(want))
	}
	if findings, err := check.Release(obs, Source.Rules); err != nil || len(findings) != 0 {
		t.Errorf("findings %v, error %v", findings, err)
	}
}

func TestFigures(t *testing.T) {
	obs, _, err := sourcetest.Decode(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	peak := obs[len(obs)-1] // of people in hotels
	values := map[stat.SeriesID]map[string]stat.Count{}
	for _, o := range obs {
		if values[o.Series.ID] == nil {
			values[o.Series.ID] = map[string]stat.Count{}
		}
		values[o.Series.ID][o.Period.End.String()] = o.Value
		if o.Series.ID == hotels.ID {
			if more, known := o.Value.Sub(peak.Value).Get(); known && more > 0 {
				peak = o
			}
		}
	}
	for _, c := range []struct {
		series stat.Series
		day    string
		want   int64
	}{
		{hotels, "2022-12-31", 45753}, {hotels, "2023-09-30", 56018}, {hotels, "2025-12-31", 30657},
		{awaiting, "2023-06-30", 175457}, {awaiting, "2025-12-31", 64426}, {claims, "2001-03-31", 19007},
	} {
		if got := values[c.series.ID][c.day]; got != stat.Known(c.want) {
			t.Errorf("%s on %s: %s, want %d", c.series.ID, c.day, got, c.want)
		}
	}
	if peak.Period != stat.Day(stat.MustDate("2023-09-30")) {
		t.Errorf("most people in hotels on %s", peak.Period.End)
	}
}

func TestCutAtAnyLine(t *testing.T) { sourcetest.RefusesCuts(t, &Source, load(t), 1, 1, 1) }

func TestRefusals(t *testing.T) {
	const q2 = "asylum_claims,flow,2001-04-01,2001-06-30,quarter,15683,2026-02-26\n"
	f := load(t)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", f.With(t, "value,published", "persons,published"), decode.ErrHeader, `row 3, column "F"`)
	refuse("unknown measure", f.With(t, "in_hotels", "in_barges"), decode.ErrShape, `column "measure": unknown measure "in_barges"`)
	refuse("missing measure", f.With(t, "in_hotels,stock,2025-12-31,2025-12-31,day,30657,2026-02-26\n", ""), decode.ErrShape, "in_hotels ends on 2025-09-30 and asylum_claims on 2025-12-31")
	refuse("a stock called a flow", f.With(t, "in_hotels,stock", "in_hotels,flow"), decode.ErrShape, `column "kind"`)
	refuse("a stock over a quarter", f.With(t, "in_hotels,stock,2022-12-31,2022-12-31,day", "in_hotels,stock,2022-10-01,2022-12-31,quarter"), decode.ErrPeriod, `column "precision": "quarter" for a stock`)
	refuse("a stock within a quarter", f.With(t, "in_hotels,stock,2022-12-31,2022-12-31", "in_hotels,stock,2022-12-30,2022-12-30"), decode.ErrPeriod, `column "period_end"`)
	refuse("a flow over half a year", f.With(t, "2001-01-01,2001-03-31", "2001-01-01,2001-06-30"), decode.ErrPeriod, `row 4, column "period_end"`)
	refuse("gap", f.With(t, q2, ""), decode.ErrShape, "row 5, column \"period_end\": the quarter to 2001-09-30 follows the one to 2001-03-31")
	refuse("quarter twice", f.With(t, q2, q2+q2), decode.ErrShape, "row 6")
	refuse("not a count", f.With(t, "quarter,19007", "quarter,19 07"), decode.ErrCount, `row 4, column "value": "19 07"`)
	refuse("two days of publication", f.With(t, "19007,2026-02-26", "19007,2026-02-25"), decode.ErrShape, `row 5, column "published"`)
	refuse("published too early", f.With(t, "19007,2026-02-26", "19007,2001-02-26"), decode.ErrPeriod, `row 4, column "period_end"`)
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv"},
		[]byte("measure,kind,period_start,period_end,precision,value,published\nasylum_claims,flow,2001-01-01,2001-03-31,quarter,19007,2026-02-26\nin_hotels,stock,2022-12-31,2022-12-31,day,45753,2026-02-26\n"))
}
