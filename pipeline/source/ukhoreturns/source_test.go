package ukhoreturns

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const (
	may      = "returns_by_destination_2023-05-31_f281ac4.csv"
	august   = "returns_by_destination_2023-08-24_1747051.csv"
	november = "returns_by_destination_2023-11-23_d78f640.csv"
	fno      = "returns_offenders_by_nationality_2023-08-24_1747051.csv" // of offenders
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	t.Run("destinations", func(t *testing.T) {
		sourcetest.Run(t, &Source, []sourcetest.File{load(t, may), load(t, august), load(t, november)})
	})
	t.Run("offenders", func(t *testing.T) { sourcetest.Run(t, &Source, []sourcetest.File{load(t, fno)}) })
	t.Run("workbook", func(t *testing.T) {
		sourcetest.Run(t, &Source, []sourcetest.File{book(t, cover, sheet(t, "Data_Ret_D02", november, 2000), sheet(t, "Data_Ret_D03", fno, 500))})
	})
}

// years returns the sums of a series by year.
func years(obs []stat.Observation, id stat.SeriesID) map[int]int64 {
	out := map[int]int64{}
	for _, o := range obs {
		if o.Series.ID == id {
			n, _ := o.Value.Get()
			out[o.Period.Start.Year()] += n
		}
	}
	return out
}

// totals are what a release states: the number of observations, and the returns of a year.
type totals struct {
	name                                                 string
	observations, repeated                               int
	enforced, voluntary, refused, detained, enforced2004 int64 // of 2022, except the last; detained are enforced returns from detention
}

// loader returns a release by its name: the fixture, or the real file.
type loader func(t testing.TB, name string) sourcetest.File

func TestYearTotals(t *testing.T) {
	yearTotals(t, load, 206+68, []totals{
		{may, 3126, 23, 979, 1023, 1552, 848, 1315},
		{august, 3162, 0, 982, 1038, 1552, 847, 1316},
		{november, 3250, 42, 989, 1056, 1562, 851, 1316},
	})
}

// yearTotals checks the totals, and the enforced returns of 2018 that were not from detention.
func yearTotals(t *testing.T, load loader, nonDetained int64, want []totals) {
	t.Helper()
	for _, c := range want {
		r, err := sourcetest.Read(&Source, load(t, c.name))
		if err != nil || len(r.Excluded) != 0 || len(r.Observations) != c.observations {
			t.Fatalf("%s: %d observations, rejects %v, error %v", c.name, len(r.Observations), r.Excluded, err)
		}
		want := strconv.Itoa(c.repeated) + " rows have the quarter and the labels"
		if found := len(r.Findings) == 1 && r.Findings[0].Code == "rows-repeated" && strings.HasPrefix(r.Findings[0].Message, want); found != (c.repeated > 0) || len(r.Findings) > 1 {
			t.Errorf("%s: findings %v, want %q", c.name, r.Findings, want)
		}
		for id, want := range map[stat.SeriesID]int64{"ukho-returns:returns:Q:category=enforced": c.enforced, "ukho-returns:returns:Q:category=voluntary": c.voluntary,
			"ukho-returns:returns:Q:category=refused-at-port": c.refused, "ukho-returns:returns:Q:category=enforced.from-detention": c.detained} {
			if got := years(r.Observations, id)[2022]; got != want {
				t.Errorf("%s: %s of 2022 is %d, want %d", c.name, id, got, want)
			}
		}
		if got := years(r.Observations, "ukho-returns:returns:Q:category=enforced")[2004]; got != c.enforced2004 {
			t.Errorf("%s: enforced returns of 2004 are %d", c.name, got)
		}
		for _, o := range r.Observations {
			if o.Series.ID == "ukho-returns:returns:Q" || o.Series.Category == stat.Total || o.Status != stat.Normal {
				t.Fatalf("%s: %s of %s, status %s", c.name, o.Series.ID, o.Period.Start, o.Status)
			}
		}
	}
	// In 2018 one type is written in two ways.
	obs, _, err := sourcetest.Decode(&Source, load(t, may))
	if got := years(obs, "ukho-returns:returns:Q:category=enforced.non-detained")[2018]; err != nil || got != nonDetained {
		t.Errorf("enforced removals not from detention of 2018 are %d (%v)", got, err)
	}
}

func TestOffenders(t *testing.T) {
	offendersOf(t, load, 269, map[stat.SeriesID]map[int]int64{
		"ukho-returns:offender-returns:Q":                          {2010: 206, 2022: 843},
		"ukho-returns:offender-returns:Q:category=home-country":    {2010: 188, 2022: 824},
		"ukho-returns:offender-returns:Q:category=eu-member-state": {2010: 9, 2022: 11},
		"ukho-returns:offender-returns:Q:category=other-country":   {2010: 9, 2022: 8},
	})
}

// offendersOf checks the release of offenders, which has so many rows, and its sums by year.
func offendersOf(t *testing.T, load loader, rows int, want map[stat.SeriesID]map[int]int64) {
	t.Helper()
	r, err := sourcetest.Read(&Source, load(t, fno))
	if err != nil || len(r.Findings) != 0 || len(r.Excluded) != 0 || len(r.Observations) != rows+4*53 {
		t.Fatalf("%d observations, findings %v, rejects %v, error %v", len(r.Observations), r.Findings, r.Excluded, err)
	}
	for id, want := range want {
		for y, n := range want {
			if got := years(r.Observations, id)[y]; got != n {
				t.Errorf("%s of %d is %d, want %d", id, y, got, n)
			}
		}
	}
	s := Source.FindSeries("ukho-returns:offender-returns:Q")
	if s == nil || !strings.Contains(s.Definition, "never added to these") {
		t.Errorf("series %+v", s)
	}
}

// TestSumsAndCells compares the sums with the cells, quarter by quarter, and checks that every row
// of the file is in one cell.
func TestSumsAndCells(t *testing.T) {
	sumsAndCells(t, load, map[string]int{may: 1577, august: 1569, november: 1657, fno: 269})
}

func sumsAndCells(t *testing.T, load loader, rowsOf map[string]int) {
	t.Helper()
	for name, rows := range rowsOf {
		r, err := sourcetest.Read(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		type sum struct {
			group, of string
			quarter   stat.Date
		}
		sums := map[sum]int64{}
		used := 0
		for _, o := range r.Observations {
			d, group := o.Series.Dimensions, groupOf(o.Series.Category)
			var of string
			switch {
			case name == fno && d.Origin != stat.Total, d.Destination != stat.Total && d.Category != group:
				of = "cells"
				used += 1 + strings.Count(o.Locator, "+")
			case name == fno && d.Category == stat.Total:
				of = "group"
			case d.Destination != stat.Total:
				of = "destinations"
			case d.Category != group || name == fno:
				of = "types"
			default:
				of = "group"
			}
			if name == fno {
				group = ""
			}
			n, _ := o.Value.Get()
			sums[sum{group, of, o.Period.Start}] += n
		}
		if used+len(r.Excluded) != rows {
			t.Errorf("%s: %d rows are in cells and %d rejected, of %d", name, used, len(r.Excluded), rows)
		}
		for k, n := range sums {
			if want := sums[sum{k.group, "group", k.quarter}]; n != want {
				t.Errorf("%s: %s of %q from %s add up to %d, want %d", name, k.of, k.group, k.quarter, n, want)
			}
		}
	}
}

// TestSpansOfTypes checks that nothing is stated about a type before it was in use, nor after.
func TestSpansOfTypes(t *testing.T) { spansOfTypes(t, load) }

func spansOfTypes(t *testing.T, load loader) {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, load(t, november))
	if err != nil {
		t.Fatal(err)
	}
	spans := map[string]string{}
	slices.SortFunc(obs, stat.Observation.Compare)
	for _, o := range obs {
		if o.Series.Destination != stat.Total {
			continue
		}
		first, _, _ := strings.Cut(spans[o.Series.Category], " ")
		if first == "" {
			first = o.Period.Start.String()
		}
		spans[o.Series.Category] = first + " " + o.Period.End.String()
	}
	for category, want := range map[string]string{
		"enforced": "2004-01-01 2023-09-30", "voluntary": "2004-01-01 2023-09-30", "refused-at-port": "2004-01-01 2023-09-30",
		"enforced.removals": "2004-01-01 2009-12-31", "enforced.from-detention": "2010-01-01 2023-09-30",
		"refused-at-port.pre-2007": "2004-01-01 2006-12-31", "refused-at-port.juxtaposed": "2007-01-01 2022-12-31",
		"voluntary.other-verified": "2005-01-01 2023-09-30", "refused-at-port.not-available": "",
	} {
		if spans[category] != want {
			t.Errorf("%s: %s, want %s", category, spans[category], want)
		}
	}
}

// TestComparedSeriesGoOn checks that every series that is compared over time reaches the last
// quarter of each release, because all comparisons share one cut-off.
func TestComparedSeriesGoOn(t *testing.T) { comparedSeriesGoOn(t, load) }

func comparedSeriesGoOn(t *testing.T, load loader) {
	t.Helper()
	for name, want := range map[string]string{may: "2022-12-31", august: "2023-03-31", november: "2023-09-30", fno: "2023-03-31"} {
		obs, _, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		ends := map[stat.SeriesID]stat.Date{}
		for _, o := range obs {
			ends[o.Series.ID] = max(ends[o.Series.ID], o.Period.End)
		}
		for _, s := range Source.Series {
			if (s.Measure == returns) == (name != fno) && ends[s.ID].String() != want {
				t.Errorf("%s: %s ends on %s, want %s", name, s.ID, ends[s.ID], want)
			}
		}
	}
}

func TestRepeatedRows(t *testing.T) {
	repeatedRows(t, load, map[stat.SeriesID]string{
		"ukho-returns:returns:Q:category=refused-at-port.juxtaposed:destination=_OU": "132 H1476+H1477",
		"ukho-returns:returns:Q:category=voluntary.controlled:destination=XKX":       "2 H1483+H1484",
	})
}

// repeatedRows checks what November's release states in two rows for the last quarter of 2021.
func repeatedRows(t *testing.T, load loader, want map[stat.SeriesID]string) {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, load(t, november))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range obs {
		if text := want[o.Series.ID]; text != "" && o.Period.Start == stat.MustDate("2021-10-01") {
			if got := o.Value.String() + " " + o.Locator; got != text {
				t.Errorf("%s: %s, want %s", o.Series.ID, got, text)
			}
			delete(want, o.Series.ID)
		}
	}
	if len(want) > 0 {
		t.Errorf("not stated: %v", want)
	}
}

// cover is the cover of a workbook.
var cover = sourcetest.Sheet{Name: "Cover_sheet", Rows: [][]any{{"Returns"}, {"Published: 23 November 2023"}}}

// nationalities is a sheet with the same returns by nationality, which is not read.
var nationalities = sourcetest.Sheet{Name: "Data_Ret_D01", Rows: [][]any{{"Returns by nationality"},
	{"Year", "Quarter", "Nationality", "Region", "Return type group", "Return type", "Age", "Sex", "Return destination group", "Number of returns"},
	{2004, "2004 Q1", "Chad", "Africa Sub-Saharan", "Enforced return", "Enforced removals", "18 to 29", "Male", "Home country", 9}, {"End of table"}}}

// sheet returns rows of a fixture as in the publisher's workbook, up to the first most.
func sheet(t testing.TB, name, from string, most int) sourcetest.Sheet {
	t.Helper()
	return sheetOf(t, name, load(t, from), most)
}

// sheetOf returns rows of a CSV as in the publisher's workbook, up to the first most.
func sheetOf(t testing.TB, name string, from sourcetest.File, most int) sourcetest.Sheet {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(from.Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := sourcetest.Sheet{Name: name, Rows: [][]any{{"Title"}}}
	for i, line := range lines[:min(most+1, len(lines))] {
		var row []any
		for k, text := range line[1:] {
			if n, err := strconv.Atoi(text); err == nil && k != 1 {
				row = append(row, n)
			} else if k == 1 && i > 0 {
				row = append(row, line[1]+" Q"+text)
			} else {
				row = append(row, text)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	out.Rows = append(out.Rows, []any{"End of table"})
	return out
}

func book(t testing.TB, sheets ...sourcetest.Sheet) sourcetest.File {
	t.Helper()
	return sourcetest.File{Name: "returns-datasets-sep-2023.xlsx", Data: sourcetest.Book(t, sheets...)}
}

// facts writes what observations state, without the release and the place.
func facts(obs []stat.Observation) []string {
	var out []string
	for _, o := range obs {
		out = append(out, string(o.Series.ID)+" "+o.Period.Start.String()+" "+string(o.Status)+o.Value.String())
	}
	slices.Sort(out)
	return out
}

// TestWorkbook reads the same figures from a workbook as from the CSVs, whatever its sheets are
// called and whatever other views it has.
func TestWorkbook(t *testing.T) {
	var want []stat.Observation
	for _, name := range []string{november, fno} {
		obs, _, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, obs...)
	}
	for _, names := range [][3]string{{"Data - Ret_D01", "Data - Ret_D02", "Data - Ret_D03"}, {"Data_Ret_D01", "Data_Ret_D02", "Data_Ret_D03"}, {"Data_Ret_D02", "Data_Ret_D01", "Data_Ret_D04"}} {
		view := nationalities
		view.Name = names[0]
		r, err := sourcetest.Read(&Source, book(t, cover, view, sheet(t, names[1], november, 1<<20), sheet(t, names[2], fno, 1<<20)))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(facts(r.Observations), facts(want)) {
			t.Errorf("%v: other figures than those of the CSVs", names)
		}
		if len(r.Notes) != 2 || r.Notes[0].Where != names[1]+" header" || r.Notes[1].Where != names[2]+" header" {
			t.Errorf("%v: notes %v", names, r.Notes)
		}
		if at := r.Observations[0].Locator; at != names[1]+"!G3" {
			t.Errorf("first at %s", at)
		}
	}
}

// TestWorkbookWithoutOffenders reads a workbook that has only returns.
func TestWorkbookWithoutOffenders(t *testing.T) {
	r, err := sourcetest.Read(&Source, book(t, cover, nationalities, sheet(t, "Data_Ret_D02", november, 900)))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Observations {
		if o.Series.Measure != returns {
			t.Fatalf("%s is stated", o.Series.ID)
		}
	}
}

// TestBreak checks that only the first quarter with the new meaning of a return is marked, and that
// offenders are not.
func TestBreak(t *testing.T) {
	data := sourcetest.Sheet{Name: "Data_Ret_D02", Rows: [][]any{{"Title"},
		{"Year", "Quarter", "Return type group", "Return type", "Return destination", "Return destination region", "Number of returns"}}}
	fnos := sourcetest.Sheet{Name: "Data_Ret_D03", Rows: [][]any{{"Title"},
		{"Year", "Quarter", "Nationality", "Region", "Return destination group", "Number of foreign national offender returns"}}}
	for _, q := range []string{"2025 Q2", "2025 Q3", "2025 Q4"} {
		data.Rows = append(data.Rows, []any{2025, q, "Enforced return", "Enforced removals from detention", "Albania", "Europe Other", 5},
			[]any{2025, q, "Voluntary return", "Assisted returns", "Albania", "Europe Other", map[bool]any{true: ":", false: 3}[q == "2025 Q3"]})
		fnos.Rows = append(fnos.Rows, []any{2025, q, "Albania", "Europe Other", "Home country", 2})
	}
	data.Rows, fnos.Rows = append(data.Rows, []any{"End of table"}), append(fnos.Rows, []any{"End of table"})
	r, err := sourcetest.Read(&Source, book(t, sourcetest.Sheet{Name: "Cover_sheet", Rows: [][]any{{"Published: 26 February 2026"}}}, data, fnos))
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for _, o := range r.Observations {
		want := stat.Normal
		if o.Series.Measure == returns && o.Period.Start == stat.MustDate("2025-07-01") {
			if want = stat.Break; groupOf(o.Series.Category) == "voluntary" {
				want = stat.Missing // the row was excluded for its count
			}
		}
		// No refusal at a port occurs, and 0 is a figure.
		if o.Status != want {
			t.Errorf("%s from %s is %s, want %s", o.Series.ID, o.Period.Start, o.Status, want)
		}
		if o.Status == stat.Break {
			marked++
		}
	}
	if marked != 5 { // the cell, its type, its group, that by destination, and refusals at port
		t.Errorf("%d observations are marked", marked)
	}
	i := slices.IndexFunc(r.Findings, func(f stat.Finding) bool { return f.Code == "series-break" })
	if i < 0 || r.Findings[i].Message != breaks[0].reason || r.Findings[i].Where == "" {
		t.Errorf("findings %+v", r.Findings)
	}
	if s := Source.FindSeries("ukho-returns:returns:Q:category=enforced"); !strings.Contains(s.Definition, "marked as a break") {
		t.Errorf("definition %q", s.Definition)
	}
	if s := Source.FindSeries("ukho-returns:offender-returns:Q"); strings.Contains(s.Definition, "break") {
		t.Errorf("definition %q", s.Definition)
	}
}

func TestRefusals(t *testing.T) {
	const row2 = "2004-01-01,2004,1,Enforced return,Enforced removals,Afghanistan,Asia Central,66\n"
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", load(t, may).With(t, "Return destination,", "Destination,"), decode.ErrHeader, `row 1, column "F"`)
	refuse("offenders, renamed column", load(t, fno).With(t, "foreign national offender returns", "returns"), decode.ErrHeader, `row 1, column "G"`)
	refuse("date of another quarter", load(t, may).With(t, row2, "2004-04-01"+row2[10:]), decode.ErrPeriod, `row 2, column "Date"`)
	refuse("type of another group", load(t, may).With(t, row2, strings.Replace(row2, "Enforced removals", "Assisted returns", 1)), decode.ErrShape, `row 2, column "Return type": "Assisted returns" is no type of "Enforced return"`)
	refuse("group for a type", load(t, may).With(t, row2, strings.Replace(row2, "Enforced removals", "Enforced return", 1)), decode.ErrShape, `row 2, column "Return type"`)
	refuse("no region", load(t, may).With(t, "Asia Central", ""), decode.ErrShape, `row 2, column "Return destination region"`)
	refuse("text for a count", load(t, may).With(t, "66\n", "6o\n"), decode.ErrCount, `row 2, column "Number of returns": "6o"`)
	refuse("fraction", load(t, may).With(t, "66\n", "66.5\n"), decode.ErrCount, `row 2, column "Number of returns"`)
}

func TestWorkbookRefusals(t *testing.T) {
	good, fnos := sheet(t, "Data_Ret_D02", november, 900), sheet(t, "Data_Ret_D03", fno, 300)
	cut := func(s sourcetest.Sheet) sourcetest.Sheet {
		s.Rows = s.Rows[:len(s.Rows)-1]
		return s
	}
	renamed := func(s sourcetest.Sheet, column int) sourcetest.Sheet {
		s.Rows = slices.Clone(s.Rows)
		s.Rows[1] = slices.Clone(s.Rows[1])
		s.Rows[1][column] = "Renamed"
		return s
	}
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no returns", book(t, cover, nationalities, fnos), decode.ErrShape, `there is no sheet "Data - Ret_D02" or "Data_Ret_D02"`)
	for where, f := range map[string]sourcetest.File{"Data_Ret_D02!": book(t, cover, cut(good), fnos), "Data_Ret_D03!": book(t, cover, good, cut(fnos))} {
		_, findings, err := sourcetest.Decode(&Source, f)
		if err != nil || !slices.ContainsFunc(findings, func(f stat.Finding) bool {
			return f.Code == "no-end" && f.Severity == stat.SeverityError && strings.HasPrefix(f.Where, where)
		}) {
			t.Errorf("%s cut short: findings %+v, error %v", where, findings, err)
		}
	}
	refuse("returns renamed", book(t, cover, renamed(good, 4), fnos), decode.ErrHeader, `sheet Data_Ret_D02, row 2, column "E"`)
	refuse("offenders renamed", book(t, cover, good, renamed(fnos, 2)), decode.ErrHeader, `sheet Data_Ret_D03, row 2, column "C"`)
}

func TestRejects(t *testing.T) {
	f := load(t, fno)
	f.Data = bytes.Replace(f.Data, []byte("Home country,24\n"), []byte("Home country,-\n"), 1)
	r, err := sourcetest.Read(&Source, f)
	if err != nil || len(r.Excluded) != 1 || check.TooManyExcluded(r.Excluded, r.Rows, Source.MaxExcluded) != nil {
		t.Fatalf("rejects %v, error %v", r.Excluded, err)
	}
	if x := r.Excluded[0]; x.Line != 2 || x.Column != "Number of foreign national offender returns" || x.Value != "-" {
		t.Errorf("reject %+v", x)
	}
	for _, o := range r.Observations {
		part := o.Series.Category == stat.Total || o.Series.Category == "home-country"
		lacks := o.Period.Start == stat.MustDate("2010-01-01") && part && (o.Series.Origin == stat.Total || o.Series.Origin == "AFG")
		if (o.Status == stat.Missing) != lacks {
			t.Errorf("%s from %s is %s", o.Series.ID, o.Period.Start, o.Status)
		}
	}
}

// TestCutCSV cuts the CSVs after rows of their last quarter; see the test of the same name in
// ukhoillegalentry.
func TestCutCSV(t *testing.T) { cutCSV(t, load, november) }

func cutCSV(t *testing.T, load loader, names ...string) {
	t.Helper()
	for _, name := range names {
		sourcetest.RefusesCutsOfLastQuarter(t, &Source, load(t, name))
	}
}

func TestPlace(t *testing.T) {
	sourcetest.Titles(t, &Source, map[string]bool{
		"Returns detailed datasets, year ending June 2026": true,
		"Returns summary tables, year ending June 2026":    false,
		"Detention datasets, year ending June 2026":        false,
	})
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv", "2026-01-01.csv"},
		[]byte("Date,Year,Quarter,Return type group,Return type,Return destination,Return destination region,Number of returns\n2025-03-31,2025,1,Enforced return,Enforced removals,Iran,Middle East,2\n2025-06-30,2025,2,Voluntary return,Assisted returns,Iran,Middle East,-\n2025-09-30,2025,3,Voluntary return,Assisted returns,Iran,Middle East,1\n"),
		[]byte("Date,Year,Quarter,Nationality,Region,Return destination group,Number of foreign national offender returns\n2010-03-31,2010,1,Iran,Middle East,Home country,24\n"))
}
