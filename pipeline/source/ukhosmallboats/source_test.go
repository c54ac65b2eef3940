package ukhosmallboats

import (
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// newest is the last release.
const newest = "pub20260626_data_small_boats_time_series.ods"

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	sourcetest.RunAll(t, &Source, 5)
}

func TestYearTotals(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t, newest))
	if err != nil || len(findings) != 0 {
		t.Fatalf("error %v, findings %v", err, findings)
	}
	years := map[int]stat.Count{}
	rows := map[stat.SeriesID]int{}
	for _, o := range obs {
		rows[o.Series.ID]++
		if y := o.Period.Start.Year(); o.Series.ID == arrivalsD.ID {
			if _, ok := years[y]; !ok {
				years[y] = stat.Known(0)
			}
			years[y] = years[y].Add(o.Value)
		}
	}
	for y, want := range map[int]int64{2018: 299, 2019: 1843, 2020: 8462, 2021: 28526, 2022: 45755, 2023: 29437, 2024: 36816, 2025: 41472} {
		if years[y] != stat.Known(want) {
			t.Errorf("%d: %s, want %d", y, years[y], want)
		}
	}
	for _, s := range Source.Series {
		if want := map[stat.Frequency]int{stat.Daily: 3098, stat.Weekly: 442}[s.Frequency()]; rows[s.ID] != want {
			t.Errorf("%s: %d observations, want %d", s.ID, rows[s.ID], want)
		}
	}
}

func TestMarksAndMissing(t *testing.T) {
	obs, _, err := sourcetest.Decode(&Source, load(t, newest))
	if err != nil {
		t.Fatal(err)
	}
	find := func(s stat.Series, day string) stat.Observation {
		for _, o := range obs {
			if o.Series.ID == s.ID && o.Period.End == stat.MustDate(day) {
				return o
			}
		}
		t.Fatalf("no %s on %s", s.ID, day)
		return stat.Observation{}
	}
	for _, c := range []struct {
		series  stat.Series
		day     string
		value   stat.Count
		status  stat.Status
		mark    string
		revised bool
		locator string
	}{
		{landingsD, "2022-12-31", stat.Count{}, stat.Missing, "-", false, "SB_01!D1827"},
		{landingsD, "2023-01-01", stat.Known(0), stat.Provisional, "", false, "SB_01!D1828"},
		{preventedW, "2024-04-28", stat.Count{}, stat.Missing, "-", false, "SB_02!E331"},
		{arrivalsD, "2023-02-08", stat.Known(191), stat.Provisional, "Revised", true, "SB_01!B1866"},
		{arrivalsD, "2026-06-25", stat.Known(150), stat.Provisional, "", false, "SB_01!B3099"},
		{preventionsW, "2026-06-21", stat.Known(27), stat.Provisional, "", false, "SB_02!F443"},
	} {
		o := find(c.series, c.day)
		if o.Value != c.value || o.Status != c.status || o.Mark != c.mark || o.Revised != c.revised || o.Locator != c.locator {
			t.Errorf("%s %s: %+v", c.series.ID, c.day, o)
		}
	}
	if o := find(arrivalsW, "2026-06-21"); o.Period.Start != stat.MustDate("2026-06-15") {
		t.Errorf("week starts %s", o.Period.Start)
	}
}

func TestDailyAndWeeklySheetsAgree(t *testing.T) {
	for _, f := range sourcetest.LoadAll(t, id) {
		obs, _, err := sourcetest.Decode(&Source, f)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := check.Release(obs, Source.Rules)
		if err != nil {
			t.Fatal(err)
		}
		// One release contradicts itself: five landings in a week whose days have none. The next
		// release says 0, without a mark.
		want := 0
		if strings.HasPrefix(f.Name, "20_February_2026") {
			want = 1
		}
		if len(findings) != want {
			t.Errorf("%s: findings %v, want %d", f.Name, findings, want)
		}
	}
}

func TestReleaseDate(t *testing.T) {
	sourcetest.Dates(t, &Source, map[string]string{
		"20_February_2026_Small_boats_-_time_series_v2.ods": "2026-02-20 2026-02-20T16:12:58Z",
		newest: "2026-06-26 2026-06-26T13:14:54Z",
	})
	f := load(t, newest)
	if d, _ := Source.Date("data_small_boats_time_series.ods", f.Data); d != stat.MustDate("2026-06-26") {
		t.Errorf("without a date in its name: %s", d)
	}
}

// rewrite returns a release with its content.xml changed: every old text is replaced once by the
// new one after it. A text that does not occur fails the test.
func rewrite(t testing.TB, f sourcetest.File, oldnew ...string) sourcetest.File {
	t.Helper()
	return sourcetest.File{Name: f.Name, Data: sourcetest.EditODS(t, f.Data, func(text string) string { return sourcetest.Replace(t, text, 1, oldnew...) })}
}

func TestRefusals(t *testing.T) {
	f := load(t, newest)
	const (
		day2   = `office:date-value="2018-01-02T00:00:00"`
		landed = `<text:p>Boats arrived - involved in uncontrolled landings</text:p>`
		notes  = `<table:table-cell office:value-type="string"><text:p>Notes</text:p></table:table-cell>`
		v191   = `office:value-type="float" office:value="191"`
		filler = `table:number-rows-repeated="1045477"><table:table-cell table:number-columns-repeated="16384"/>`
	)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", rewrite(t, f, landed, "<text:p>Boats landed</text:p>"), decode.ErrHeader, `sheet SB_01, row 1, column "D"`)
	refuse("missing column", rewrite(t, f, `<table:table-cell office:value-type="string">`+landed+`</table:table-cell>`, ""), decode.ErrHeader, `column "Boats arrived - involved in uncontrolled landings" is missing`)
	refuse("missing sheet", rewrite(t, f, `table:name="SB_02"`, `table:name="SB_03"`, "<text:p>Week ending</text:p>", "<text:p>Month</text:p>"), decode.ErrShape,
		`no sheet has the headers "Week ending", "Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings", "Migrants prevented", "Events prevented"; the sheets with content are "SB_01", "SB_03"; the most similar one: sheet SB_03, row 1, column "A": column is called "Month"`)
	refuse("text for a count", rewrite(t, f, v191+`><text:p>191`, `office:value-type="string"><text:p>1,2o4`), decode.ErrCount, `row 1866, column "Migrants arrived": "1,2o4"`)
	refuse("negative count", rewrite(t, f, v191, `office:value-type="float" office:value="-191"`), decode.ErrCount, `row 1866, column "Migrants arrived": "-191"`)
	refuse("fraction", rewrite(t, f, v191, `office:value-type="float" office:value="19.1"`), decode.ErrCount, `"19.1"`)
	refuse("per cent", rewrite(t, f, v191, `office:value-type="percentage" office:value="191"`), decode.ErrCount, `row 1866`)
	refuse("date twice", rewrite(t, f, day2, `office:date-value="2018-01-01T00:00:00"`, ">02/01/2018<", ">01/01/2018<"), decode.ErrShape, "row 3, column \"Date\": 2018-01-01 is there twice")
	refuse("gap", rewrite(t, f, day2, `office:date-value="2018-01-03T00:00:00"`, ">02/01/2018<", ">03/01/2018<"), decode.ErrShape, "a gap")
	refuse("out of order", rewrite(t, f, day2, `office:date-value="2017-01-03T00:00:00"`, ">02/01/2018<", ">03/01/2017<"), decode.ErrShape, "row 3")
	refuse("shown as another day", rewrite(t, f, ">02/01/2018<", ">03/01/2018<"), decode.ErrPeriod, `row 3, column "Date": "2018-01-02T00:00:00", which is shown as "03/01/2018"`)
	refuse("a date as text", rewrite(t, f, `office:value-type="date" `+day2+`><text:p>02/01/2018`, `office:value-type="string"><text:p>02-01-18`), decode.ErrPeriod, `row 3, column "Date"`)
	refuse("no such day", rewrite(t, f, day2, `office:date-value="2018-02-30T00:00:00"`), decode.ErrPeriod, "2018-02-30")
	refuse("a count repeated to the end", rewrite(t, f, v191, v191+` table:number-columns-repeated="10000000000"`), decode.ErrTooLarge, "row 1866")
	refuse("a row after the last", rewrite(t, f, filler+"</table:table-row>", `table:style-name="ro17"><table:table-cell office:value-type="string"><text:p>All of 2026</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="9"><text:p>9</text:p></table:table-cell></table:table-row>`), decode.ErrPeriod, "row 3100")
}

func TestFillerOfAnySizeIsNothing(t *testing.T) {
	f := rewrite(t, load(t, newest), `table:number-rows-repeated="1045477"`, `table:number-rows-repeated="10000000000"`)
	if obs, _, err := sourcetest.Decode(&Source, f); err != nil || len(obs) != 3*3098+5*442 {
		t.Errorf("%d observations, %v", len(obs), err)
	}
}

func TestUnknownSheetAndNoteAreFindings(t *testing.T) {
	f := rewrite(t, load(t, newest), `<text:p>Revised</text:p>`, `<text:p>Recounted</text:p>`,
		`<table:table table:name="SB_01"`, `<table:table table:name="SB_00"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table><table:table table:name="SB_01"`)
	_, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(findings) != 2 || findings[0].Code != "unknown-sheet" || findings[1].Code != "unknown-note" {
		t.Errorf("findings %+v, error %v", findings, err)
	}
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.ods"})
}

func BenchmarkDecode(b *testing.B) { sourcetest.Benchmark(b, &Source, load(b, newest)) }
