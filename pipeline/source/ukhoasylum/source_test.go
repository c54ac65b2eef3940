package ukhoasylum

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const name = "ukho-asylum.csv"

func load(t testing.TB) sourcetest.File {
	t.Helper()
	return sourcetest.Load(t, id, name)
}

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

// TestCutAtAnyLine checks that a file that ends between two rows is refused.
func TestCutAtAnyLine(t *testing.T) {
	f := load(t)
	for n, b := range f.Data[:len(f.Data)-1] {
		if b != '\n' {
			continue
		}
		if r, err := Source.Decode(source.File{Name: name, Data: f.Data[:n+1], Release: &stat.Release{Vintage: 1}}); err == nil || r.Observations != nil {
			t.Errorf("%d bytes give %d observations, error %v", n+1, len(r.Observations), err)
		}
	}
}

func TestRefusals(t *testing.T) {
	const q2 = "asylum_claims,flow,2001-04-01,2001-06-30,quarter,15683,2026-02-26\n"
	for _, c := range []struct {
		name, old, new string
		want           error
		at             string
	}{
		{"renamed column", "value,published", "persons,published", decode.ErrHeader, `row 3, column "F"`},
		{"unknown measure", "in_hotels", "in_barges", decode.ErrShape, `column "measure": unknown measure "in_barges"`},
		{"missing measure", "in_hotels,stock,2025-12-31,2025-12-31,day,30657,2026-02-26\n", "", decode.ErrShape, "in_hotels ends on 2025-09-30 and asylum_claims on 2025-12-31"},
		{"a stock called a flow", "in_hotels,stock", "in_hotels,flow", decode.ErrShape, `column "kind"`},
		{"a stock over a quarter", "in_hotels,stock,2022-12-31,2022-12-31,day", "in_hotels,stock,2022-10-01,2022-12-31,quarter", decode.ErrPeriod, `column "precision": "quarter" for a stock`},
		{"a stock within a quarter", "in_hotels,stock,2022-12-31,2022-12-31", "in_hotels,stock,2022-12-30,2022-12-30", decode.ErrPeriod, `column "period_end"`},
		{"a flow over half a year", "2001-01-01,2001-03-31", "2001-01-01,2001-06-30", decode.ErrPeriod, `row 4, column "period_end"`},
		{"gap", q2, "", decode.ErrShape, "row 5, column \"period_end\": the quarter to 2001-09-30 follows the one to 2001-03-31"},
		{"quarter twice", q2, q2 + q2, decode.ErrShape, "row 6"},
		{"not a count", "quarter,19007", "quarter,19 007", decode.ErrCount, `row 4, column "value": "19 007"`},
		{"two days of publication", "19007,2026-02-26", "19007,2026-02-25", decode.ErrShape, `row 5, column "published"`},
		{"published too early", "19007,2026-02-26", "19007,2001-02-26", decode.ErrPeriod, `row 4, column "period_end"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := load(t)
			if !bytes.Contains(f.Data, []byte(c.old)) {
				t.Fatalf("%q is not in the file", c.old)
			}
			f.Data = bytes.Replace(f.Data, []byte(c.old), []byte(c.new), 1)
			r, err := Source.Decode(source.File{Name: name, Data: f.Data, Release: &stat.Release{Vintage: 1}})
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || r.Observations != nil {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.at) || where.File != name || where.Hint == "" {
				t.Errorf("error %q, want it to name the file and %q, with a hint", err, c.at)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("measure,kind,period_start,period_end,precision,value,published\nasylum_claims,flow,2001-01-01,2001-03-31,quarter,19007,2026-02-26\nin_hotels,stock,2022-12-31,2022-12-31,day,45753,2026-02-26\n"))
	f.Add([]byte("<!doctype html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Source.Date("x.csv", data)
		r, err := Source.Decode(source.File{Name: "x.csv", Data: data, Release: &stat.Release{Vintage: 1}})
		if err != nil && r.Observations != nil {
			t.Error("a result with an error")
		}
		for _, o := range r.Observations {
			if err := o.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
