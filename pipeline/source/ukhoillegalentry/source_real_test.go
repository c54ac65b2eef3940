//go:build real

package ukhoillegalentry

import (
	"path/filepath"
	"strconv"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func realFile(t testing.TB, name string) sourcetest.File { return sourcetest.RealFile(t, id, name) }

func TestReal(t *testing.T) {
	yearTotals(t, realFile, []totals{
		{may, "2023-05-31", 9938, map[int]int64{2018: 299, 2019: 1843, 2020: 8466, 2021: 28526, 2022: 45755, 2023: 3793},
			map[int]int64{2018: 13377, 2019: 16281, 2020: 17100, 2021: 36813, 2022: 54563, 2023: 5354}},
		{august, "2023-08-24", 10545, map[int]int64{2018: 299, 2019: 1843, 2020: 8466, 2021: 28526, 2022: 45774, 2023: 11433},
			map[int]int64{2018: 13377, 2019: 16281, 2020: 17100, 2021: 36813, 2022: 54702, 2023: 14846}},
		{november, "2023-11-23", 11271, map[int]int64{2018: 299, 2019: 1843, 2020: 8466, 2021: 28526, 2022: 45774, 2023: 24830},
			map[int]int64{2018: 13377, 2019: 16281, 2020: 17100, 2021: 36813, 2022: 54702, 2023: 29826}},
	})
	sumsAndCells(t, realFile, map[string]int{may: 9114, august: 9658, november: 10294})
	cutCSV(t, realFile)
	locators(t, realFile, map[string]string{
		"ukho-illegal-entry:detections:Q 2018-01-01":                                                 "A 2621 " + sheet + "!H3:H332, 330 rows",
		"ukho-illegal-entry:detections:Q:category=small-boat 2023-07-01":                             "A 13397 " + sheet + "!H10038:H10296, 259 rows",
		"ukho-illegal-entry:detections:Q:age=Y_LT18:category=air:origin=AFG:sex=F 2018-01-01":        "A 14 " + sheet + "!H3",
		"ukho-illegal-entry:detections:Q:age=_U:category=small-boat:origin=YEM:sex=M 2023-07-01":     "A 1 " + sheet + "!H10295",
		"ukho-illegal-entry:detections:Q:age=Y_GE40:category=small-boat:origin=ZWE:sex=M 2023-07-01": "A 1 " + sheet + "!H10296",
	})
	if r, err := sourcetest.Read(&Source, realFile(t, november)); err != nil || len(r.Notes[1].Text) < 10_000 {
		t.Errorf("notes of %d bytes, %v", len(r.Notes[1].Text), err)
	}
}

// TestPivot compares our sums with those of the publisher's own pivot table, which shows the last
// eight quarters.
func TestRealPivot(t *testing.T) {
	f := realFile(t, november)
	r, err := sourcetest.Read(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	ours := values(r.Observations)
	book, err := spreadsheet.OpenXLSX(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]stat.SeriesID{"Grand Total": series(stat.AllTotal).ID}
	for label, code := range map[string]string{"Inadequately documented air arrivals": "air", "Recorded detections at UK ports": "uk-port",
		"Recorded detections in the UK": "in-country", "Small boat arrivals": smallBoat} {
		ids[label] = series(by(code)).ID
	}
	var quarters []string
	compared := 0
	for row, err := range book.Rows("Irr_D01") {
		if err != nil {
			t.Fatal(err)
		}
		if row.Cell(0).Value == "Row Labels" {
			for _, c := range row.Cells[1:] {
				y, _ := strconv.Atoi(c.Value[:4])
				quarters = append(quarters, stat.Quarter(y, int(c.Value[6]-'0')).Start.String())
			}
		}
		id, ok := ids[row.Cell(0).Value]
		if !ok {
			continue
		}
		for i, q := range quarters {
			if n, err := decode.Count(row.Cell(i + 1)); err != nil || n != ours[id][q] {
				t.Errorf("%s from %s: %d (%v), ours %d", id, q, n, err, ours[id][q])
			}
			compared++
		}
	}
	if compared != 5*8 {
		t.Errorf("%d sums compared", compared)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{august, november} {
		b.Run(filepath.Ext(name), func(b *testing.B) {
			f := realFile(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := sourcetest.Decode(&Source, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// values returns the values of each series by the first day of the quarter.
func values(obs []stat.Observation) map[stat.SeriesID]map[string]int64 {
	out := map[stat.SeriesID]map[string]int64{}
	for _, o := range obs {
		if out[o.Series.ID] == nil {
			out[o.Series.ID] = map[string]int64{}
		}
		n, _ := o.Value.Get()
		out[o.Series.ID][o.Period.Start.String()] = n
	}
	return out
}
