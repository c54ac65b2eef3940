package frontexdetections

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// name is the file's name with a release date, which the file itself does not have.
const name = "2025-05-31_frontex.csv"

func load(t testing.TB) sourcetest.File {
	t.Helper()
	f := sourcetest.Load(t, id, "frontex.csv")
	f.Name = name
	return f
}

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{load(t)})
}

// TestFigures checks the sums by year against the file's own rows, and that a route's months add up
// to those of its nationalities.
func TestFigures(t *testing.T) {
	figures(t, load(t), 745, map[int]int64{2009: 13762, 2011: 1174, 2012: 0, 2025: 25152}, map[stat.SeriesID]int64{
		"frontex-detections:detections:M:route=western-balkans": 2462, "frontex-detections:detections:M:route=central-mediterranean": 13013,
		"frontex-detections:detections:M:category=sea:origin=_U:route=other": 0})
}

// figures checks the sums by year, and those of series, of a file with so many rows.
func figures(t *testing.T, f sourcetest.File, wantRows int, wantYears map[int]int64, wantSeries map[stat.SeriesID]int64) {
	t.Helper()
	r, err := sourcetest.Read(&Source, f)
	if err != nil || len(r.Findings) != 0 || len(r.Excluded) != 0 {
		t.Fatalf("findings %v, rejects %v, error %v", r.Findings, r.Excluded, err)
	}
	years, rows, series := map[int]int64{}, 0, map[stat.SeriesID]int64{}
	var total, byRoute int64
	for _, o := range r.Observations {
		n, _ := o.Value.Get()
		series[o.Series.ID] += n
		switch {
		case o.Series.Origin != stat.Total:
			rows++
		case o.Series.Route == stat.Total:
			years[o.Period.Start.Year()] += n
			total += n
		default:
			byRoute += n
		}
	}
	if rows != wantRows {
		t.Errorf("%d observations by nationality, want a row each of %d", rows, wantRows)
	}
	for y, want := range wantYears {
		if years[y] != want {
			t.Errorf("%d: %d detections, want %d", y, years[y], want)
		}
	}
	if total != byRoute {
		t.Errorf("all routes %d, the routes together %d", total, byRoute)
	}
	for id, want := range wantSeries {
		if series[id] != want {
			t.Errorf("%s adds up to %d, want %d", id, series[id], want)
		}
	}
}

// TestRoutesAreThoseOfTheLabels compares the series with the publisher's labels.
func TestRoutesAreThoseOfTheLabels(t *testing.T) {
	labels, err := schemas.Labels("route")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, r := range routes {
		named[r.code] = true
	}
	unlabelled := maps.Clone(named)
	for _, l := range labels {
		if l.Publisher == "frontex" {
			if !named[l.Code] {
				t.Errorf("%s has no series", l.Code)
			}
			delete(unlabelled, l.Code)
		}
	}
	if len(unlabelled) != 0 {
		t.Errorf("no label for %v", unlabelled)
	}
}

// TestMonthsWithoutARow checks that months without a row are 0 up to the last month of the file,
// whatever the route.
func TestMonthsWithoutARow(t *testing.T) {
	text := "route,type,nat,t,n\nBlack Sea Route,Sea,AFG,2024-02-01,5\nBlack Sea Route,Sea,AFG,2024-04-01,6\nOther,Sea,AFG,2024-06-01,1\n"
	r, err := sourcetest.Read(&Source, sourcetest.File{Name: name, Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range r.Observations {
		if o.Series.Route == "black-sea" && o.Series.Origin == stat.Total && o.Period.Start >= stat.MustDate("2024-01-01") {
			got = append(got, o.Period.Start.String()[:7]+"="+o.Value.String())
		}
	}
	if want := "2024-01=0 2024-02=5 2024-03=0 2024-04=6 2024-05=0 2024-06=0"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRejects(t *testing.T) {
	f := load(t)
	f.Data = bytes.Replace(f.Data, []byte("BGD,2009-01-01,41"), []byte("BGD,2009-01-01,-41"), 1)
	r, err := sourcetest.Read(&Source, f)
	if err != nil || len(r.Excluded) != 1 {
		t.Fatalf("rejects %v, error %v", r.Excluded, err)
	}
	for _, o := range r.Observations {
		if o.Period.Start == stat.MustDate("2009-01-01") && o.Series.Origin == stat.Total {
			lacks := o.Series.Route == stat.Total || o.Series.Route == "central-mediterranean"
			if lacks == o.Value.IsKnown() || lacks != (o.Status == stat.Missing) {
				t.Errorf("a sum without one of its rows: %s %s %s", o.Series.ID, o.Value, o.Status)
			}
		}
	}
	if len(r.Findings) != 1 || r.Findings[0].Code != "rows-rejected" {
		t.Errorf("findings %v", r.Findings)
	}
	if want := (stat.ExcludedRow{Line: 2, Column: "n", Value: "-41", Reason: "the number of detections is not a count"}); r.Excluded[0] != want {
		t.Errorf("got %+v, want %+v", r.Excluded[0], want)
	}
}

func TestRefusals(t *testing.T) {
	f := load(t)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", f.With(t, "nat,t,n", "nationality,t,n"), decode.ErrHeader, `row 1, column "C"`)
	refuse("within a month", f.With(t, "BGD,2009-01-01", "BGD,2009-01-15"), decode.ErrPeriod, "not the first day of a month")
	refuse("not over", f.With(t, "BGD,2009-01-01", "BGD,2025-05-01"), decode.ErrPeriod, "was not over")
	refuse("a year off", f.With(t, "BGD,2009-01-01", "BGD,2008-01-01"), decode.ErrPeriod, "before the data set begins")
	refuse("row twice", f.With(t, "BGD,2009-02-01,7", "BGD,2009-02-01,7\r\nCentral Mediterranean Route,Sea,BGD,2009-02-01,8"), decode.ErrShape, "as in E3")
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"2025-05-31.csv"},
		[]byte("route,type,nat,t,n\nBlack Sea Route,Sea,AFG,2024-02-01,5\n"))
}

func BenchmarkDecode(b *testing.B) { sourcetest.Benchmark(b, &Source, load(b)) }
