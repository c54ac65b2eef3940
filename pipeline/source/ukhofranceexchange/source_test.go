package ukhofranceexchange

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const name = "ukho-france-exchange.csv"

func load(t testing.TB) sourcetest.File {
	t.Helper()
	data, err := os.ReadFile("../../../../shared/data/ukho-france-exchange/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return sourcetest.File{Name: name, Data: data}
}

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{load(t)})
}

func TestFigures(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t))
	if err != nil || len(findings) != 0 || len(obs) != 11 {
		t.Fatalf("%d observations, findings %v, error %v", len(obs), findings, err)
	}
	sum := stat.Known(0)
	for i, o := range obs[:10] {
		sum = sum.Add(o.Value)
		month := stat.NewDate(2025, time.September+time.Month(i), 1)
		if o.Series.ID != "ukho-france-exchange:exchange-out:M" || o.Period != stat.Month(month.Year(), month.Month()) {
			t.Errorf("%s %+v", o.Series.ID, o.Period)
		}
	}
	if sum != stat.Known(1087) {
		t.Errorf("%s returns, want 1087", sum)
	}
	o := obs[10]
	want := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-30"), Precision: stat.PrecisionRange}
	if o.Series.ID != "ukho-france-exchange:exchange-in:M" || o.Period != want || o.Value != stat.Known(1117) ||
		o.Release.Vintage != stat.MustDate("2026-07-16") || o.Locator != "E14" {
		t.Errorf("transfers: %+v", o)
	}
}

// TestCutAtAnyLine checks that a file that ends between two rows is refused.
func TestCutAtAnyLine(t *testing.T) {
	f := load(t)
	lines := bytes.SplitAfter(f.Data, []byte("\n"))
	for n := range len(lines) - 2 {
		cut := sourcetest.File{Name: f.Name, Data: bytes.Join(lines[:n+1], nil)}
		if obs, _, err := Source.Decode(source.File{Name: name, Data: cut.Data, Release: &stat.Release{Vintage: 1}}); err == nil || obs != nil {
			t.Errorf("%d of %d lines give %d observations, error %v", n+1, len(lines)-1, len(obs), err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           error
		at             string
	}{
		{"renamed column", "value,published", "persons,published", decode.ErrHeader, `row 3, column "E"`},
		{"new column", "measure,", "sex,measure,", decode.ErrHeader, `column "A"`},
		{"unknown measure", "exchange_in", "exchange_to", decode.ErrShape, `row 14, column "measure": unknown measure "exchange_to"`},
		{"in by month", "2025-08-06,2026-06-30,range", "2026-06-01,2026-06-30,month", decode.ErrPeriod, `row 14, column "precision"`},
		{"not a month", "2025-10-31", "2025-10-30", decode.ErrPeriod, `row 5, column "period_end"`},
		{"no such day", "2026-02-28", "2026-02-29", decode.ErrPeriod, `row 9, column "period_end": "2026-02-29"`},
		{"gap", "exchange_out,2025-10-01,2025-10-31,month,58,2026-07-16\n", "", decode.ErrShape, `row 5, column "period_start": 2025-11-01 follows`},
		{"month twice", "2025-10-01,2025-10-31", "2025-09-01,2025-09-30", decode.ErrShape, "row 5"},
		{"not a count", "month,264,", "month,26A,", decode.ErrCount, `row 13, column "value": "26A"`},
		{"empty value", "month,264,", "month,,", decode.ErrCount, "row 13"},
		{"two days of publication", "month,264,2026-07-16", "month,264,2026-07-17", decode.ErrShape, `row 13, column "published"`},
		{"published too early", "month,17,2026-07-16", "month,17,2025-09-16", decode.ErrPeriod, `row 4, column "period_end"`},
		{"ranges apart", "2025-08-06,2026-06-30", "2025-08-06,2026-05-31", decode.ErrShape, "exchange_out ends on 2026-06-30 and exchange_in on 2026-05-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := load(t)
			if !bytes.Contains(f.Data, []byte(c.old)) {
				t.Fatalf("%q is not in the file", c.old)
			}
			f.Data = bytes.Replace(f.Data, []byte(c.old), []byte(c.new), 1)
			obs, _, err := Source.Decode(source.File{Name: name, Data: f.Data, Release: &stat.Release{Vintage: 1}})
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || obs != nil {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.at) || where.File != name || where.Hint == "" {
				t.Errorf("error %q, want it to name the file and %q, with a hint", err, c.at)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("measure,period_start,period_end,precision,value,published\nexchange_out,2025-09-01,2025-09-30,month,17,2026-07-16\nexchange_in,2025-08-06,2025-09-30,range,1,2026-07-16\n"))
	f.Add([]byte("<!doctype html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Source.Date("x.csv", data)
		obs, _, err := Source.Decode(source.File{Name: "x.csv", Data: data, Release: &stat.Release{Vintage: 1}})
		if err != nil && obs != nil {
			t.Error("a result with an error")
		}
		for _, o := range obs {
			if err := o.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
