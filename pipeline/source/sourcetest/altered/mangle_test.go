package altered

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// careless returns a source that reads days and counts from a CSV, each in a column of its own. It
// finds them by place, or by the words of their headers.
func careless(byWords bool) *source.Source {
	people := stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)
	read := func(f source.File) (r source.Result, err error) {
		last := stat.Date(0)
		row := func(row decode.CSVRow, day, count int) error {
			at, err := source.RowDay(row, day)
			if err != nil {
				return err
			}
			if !last.IsZero() && at != last+1 {
				return row.Fail(day, decode.ErrShape)
			}
			last = at
			n, err := row.Count(count)
			r.Observations = append(r.Observations, stat.Observation{Series: &people, Period: stat.Day(at), Value: stat.Known(n), Status: stat.Normal, Release: f.Release, Locator: row.Ref(count)})
			return err
		}
		if byWords {
			c := decode.Columns{Above: decode.Titles, Want: []decode.Column{{Name: "Day"}, {Name: "People", Measure: true}, {Name: "Boats", Measure: true}}}
			_, err = source.EachRow(f, c, func(x decode.CSVRow) error { return row(x, 0, 1) })
			return r, err
		}
		csv, err := decode.OpenCSV(f.Name, f.Data, decode.DefaultLimits)
		if err != nil {
			return r, err
		}
		for x, err := range csv.Rows(csv.Header()...) {
			if err == nil {
				err = row(x, 0, 1)
			}
			if err != nil {
				return source.Result{}, err
			}
		}
		return r, nil
	}
	return &source.Source{ID: "a-b", Series: []stat.Series{people}, Decode: read, Cumulative: true,
		Date: func(name string, _ []byte) (stat.Date, time.Time) { return source.DateInName(name), time.Time{} }}
}

// TestMangleFindsCarelessness checks that Mangle reports a source that reads columns by their place,
// and not one that reads them by their words.
func TestMangleFindsCarelessness(t *testing.T) {
	rows := []string{}
	for d := stat.MustDate("2026-01-01"); d < stat.MustDate("2026-03-01"); d++ {
		rows = append(rows, d.String()+","+stat.Known(int64(d%7)*101+40).String()+","+stat.Known(int64(d%7)*2+1).String())
	}
	f := sourcetest.Table("2026-03-01.csv", "Day,People,Boats", rows...)
	find := func(s *source.Source) (waits map[string]int, sum Tally) {
		waits = map[string]int{} // files that only wait for what was known, by the kind of change
		sum = mangleAll(t, s, f, 10, false, func(wrong string) { t.Error(wrong) }, func(became outcome, said string) {
			kind, _, _ := strings.Cut(said, ":")
			if became == moved {
				waits[strings.TrimSpace(kind)]++
			}
		})
		return waits, sum
	}
	byPlace, sum := find(careless(false))
	for _, kind := range []string{"insert a column of counts", "swap columns", "drop a column", "duplicate a column"} {
		if byPlace[kind] == 0 {
			t.Errorf("by place: no wrong figure found for %q: %v", kind, byPlace)
		}
	}
	if sum.Cases < 250 || sum.Same == 0 || sum.Refused == 0 || sum.Cases != sum.Same+sum.Refused+sum.Held+sum.Moved+sum.Fewer+sum.Revised {
		t.Errorf("by place: %s", sum)
	}
	byWords, kept := find(careless(true))
	for kind, n := range byWords {
		// Only the figures themselves say that some have moved, or that two headers were exchanged.
		if !strings.HasPrefix(kind, "swap ") && !strings.HasPrefix(kind, "shift a column") && !strings.HasPrefix(kind, "drop the last") {
			t.Errorf("by words: %d for %q", n, kind)
		}
	}
	if kept.Same < 50 || byWords["swap columns"] != 0 {
		t.Errorf("by words: %s, %v", kept, byWords)
	}
}
