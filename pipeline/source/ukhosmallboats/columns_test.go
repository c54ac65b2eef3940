package ukhosmallboats

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
	"crossings/pipeline/stat"
)

// short is a source whose sheets begin on a day, and since that day.
var (
	since = stat.MustDate("2026-04-06")
	short = Since(since)
)

// cut is what shortened returns; it takes long to make.
var cut sourcetest.File

// shortened returns the newest release from since on.
func shortened(t testing.TB) sourcetest.File {
	t.Helper()
	if cut.Data != nil {
		return cut
	}
	g := altered.OpenGrid(t, load(t, newest))
	for _, name := range []string{"SB_01", "SB_02"} {
		sheet := g.Table(t, name)
		sheet.Rows = slices.DeleteFunc(sheet.Rows, func(row []string) bool {
			_, day, dated := strings.Cut(strings.Join(row, ""), `date-value="`)
			return dated && day[:len("2006-01-02")] < since.String()
		})
	}
	cut = g.File(t)
	return cut
}

// changed returns a shortened release with its sheet SB_01 changed.
func changed(t *testing.T, edit func(g *altered.Grid, sheet *altered.GridTable)) sourcetest.File {
	t.Helper()
	g := altered.OpenGrid(t, shortened(t))
	edit(g, g.Table(t, "SB_01"))
	return g.File(t)
}

// TestColumnsAsWritten has forms of the sheet that state the same figures.
func TestColumnsAsWritten(t *testing.T) {
	want, _, err := sourcetest.Decode(short, shortened(t))
	if err != nil || len(want) != 3*81+5*11 {
		t.Fatalf("%d observations, %v", len(want), err)
	}
	rename := func(k int, name string) func(*altered.Grid, *altered.GridTable) {
		return func(g *altered.Grid, x *altered.GridTable) { x.Rows[0][k] = g.Cell(name, x.Rows[0][k]) }
	}
	column := func(name string, cell func(i int) string) func(*altered.Grid, *altered.GridTable) {
		return func(g *altered.Grid, x *altered.GridTable) {
			for i := range x.Rows {
				if text := cell(i); i > 0 && len(x.Rows[i]) > 3 {
					x.Rows[i] = slices.Insert(x.Rows[i], 2, g.Cell(text, ""))
				}
			}
			x.Rows[0] = slices.Insert(x.Rows[0], 2, g.Cell(name, ""))
		}
	}
	for name, c := range map[string]struct {
		codes string // of the findings
		edit  func(g *altered.Grid, x *altered.GridTable)
	}{
		"capitals":        {"", rename(1, "MIGRANTS ARRIVED")},
		"no-break space":  {"", rename(1, "Migrants\u00a0arrived ")},
		"line break":      {"", rename(2, "Boats\narrived")},
		"other words":     {"", rename(3, "Number of boats involved in uncontrolled landings")},
		"long dash":       {"", rename(3, "Boats arrived – involved in uncontrolled landings")},
		"note":            {"", rename(1, "Migrants arrived [note 1]")},
		"raised digit":    {"", rename(1, "Migrants arrived¹")},
		"number of":       {"", rename(1, "Number of migrants arrived")},
		"text column":     {"extra-column", column("Port", func(int) string { return "Dover" })},
		"week number":     {"extra-column", column("Week number", func(i int) string { return []string{"14", "15"}[i%2] })},
		"without notes":   {"missing-column", func(g *altered.Grid, x *altered.GridTable) { x.Rows[0][4] = "" }},
		"column exchange": {"", func(g *altered.Grid, x *altered.GridTable) { swap(x, 1, 3) }},
		"date last":       {"", func(g *altered.Grid, x *altered.GridTable) { swap(x, 0, 4) }},
		"titles": {"", func(g *altered.Grid, x *altered.GridTable) {
			x.Rows = slices.Insert(x.Rows, 0, []string{g.Cell("Table 1: arrivals", "")}, []string{}, []string{g.Cell("Published", ""), g.Cell("26 June 2026", "")})
		}},
		"texts below": {"unknown-note", func(g *altered.Grid, x *altered.GridTable) {
			x.Rows = append(x.Rows[:82:82], []string{g.Cell("Source: the publisher", "")})
		}},
		"a total": {"", func(g *altered.Grid, x *altered.GridTable) {
			sums := []string{g.Cell("Total", "")}
			for k := 1; k < 4; k++ {
				n := 0
				for i := 1; i < 82; i++ {
					v, _ := strconv.Atoi(g.Text(x.Rows[i][k]))
					n += v
				}
				sums = append(sums, g.Cell(strconv.Itoa(n), ""))
			}
			x.Rows = slices.Insert(x.Rows, 82, sums)
		}},
		"numbers as text": {"", func(g *altered.Grid, x *altered.GridTable) {
			for i := 1; i < 82; i++ {
				for k := 1; k < 4; k++ {
					x.Rows[i][k] = g.Cell(" "+g.Text(x.Rows[i][k])+"\u00a0", "")
				}
			}
		}},
		"days as text": {"", func(g *altered.Grid, x *altered.GridTable) {
			for i := 1; i < 82; i++ {
				day := since.AddDays(i - 1)
				x.Rows[i][0] = g.Cell([]string{day.Weekday().String() + " " + day.Long(), day.String(), day.Time().Format("02/01/2006"), day.Time().Format("2 Jan 2006")}[i%4], "")
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			obs, findings, err := sourcetest.Decode(short, changed(t, c.edit))
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, f := range findings {
				codes = append(codes, f.Code)
			}
			if got := strings.Join(slices.Compact(codes), " "); got != c.codes {
				t.Errorf("findings %q, want %q: %v", got, c.codes, findings)
			}
			for i, o := range obs {
				if len(obs) != len(want) || o.Series != want[i].Series || o.Period != want[i].Period || o.Value != want[i].Value {
					t.Fatalf("%d observations, %+v; want %d, %+v", len(obs), o, len(want), want[i])
				}
			}
		})
	}
}

// swap exchanges two columns.
func swap(x *altered.GridTable, a, b int) {
	for i, row := range x.Rows {
		for len(row) > 0 && len(row) <= b {
			row = append(row, "")
		}
		if len(row) > 0 {
			row[a], row[b] = row[b], row[a]
		}
		x.Rows[i] = row
	}
}

// TestMarksAreMissing puts a publisher's marks instead of the last figure.
func TestMarksAreMissing(t *testing.T) {
	for mark, want := range map[string]stat.Status{"[x]": stat.Missing, "..": stat.Missing, ":": stat.Missing, "-": stat.Missing, "[low]": stat.Missing, "[c]": stat.Suppressed, "[z]": stat.NotExisting} {
		obs, _, err := sourcetest.Decode(short, changed(t, func(g *altered.Grid, x *altered.GridTable) { x.Rows[81][1] = g.Cell(mark, "") }))
		if err != nil {
			t.Fatal(err)
		}
		if o := obs[3*80]; o.Period.End != stat.MustDate("2026-06-25") || o.Value.IsKnown() || o.Status != want || o.Mark != mark {
			t.Errorf("%s: %+v", mark, o)
		}
	}
	obs, _, err := sourcetest.Decode(short, changed(t, func(g *altered.Grid, x *altered.GridTable) { x.Rows[81][1] = g.Cell("1,150 [r]", "") }))
	if o := obs[3*80]; err != nil || o.Value != stat.Known(1150) || !o.Revised || o.Mark != "[r]" {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestTotalDiffers adds a row of totals that is not the sum of the rows, and another one.
func TestTotalDiffers(t *testing.T) {
	add := func(g *altered.Grid, x *altered.GridTable) {
		x.Rows = slices.Insert(x.Rows, 82, []string{g.Cell("TOTAL", ""), g.Cell("9", ""), g.Cell("[x]", ""), g.Cell("-", "")})
	}
	_, findings, err := sourcetest.Decode(short, changed(t, add))
	if err != nil || len(findings) != 1 || findings[0].Code != "total-differs" || findings[0].Severity != stat.SeverityError || findings[0].Where != "SB_01!B83" {
		t.Errorf("findings %+v, error %v", findings, err)
	}
	sourcetest.Refuses(t, short)("two totals", changed(t, func(g *altered.Grid, x *altered.GridTable) { add(g, x); add(g, x) }), decode.ErrShape, "two rows of totals")
}

// TestColumnsStayStrict has the changes after which a figure could be taken for another.
func TestColumnsStayStrict(t *testing.T) {
	refuse := sourcetest.Refuses(t, short)
	head := func(k int, name string) sourcetest.File {
		return changed(t, func(g *altered.Grid, x *altered.GridTable) { x.Rows[0][k] = g.Cell(name, "") })
	}
	refuse("digit that may be part of the name", head(1, "Migrants arrived2"), decode.ErrHeader, `column is called "Migrants arrived2"`)
	refuse("the same words twice", head(2, "MIGRANTS arrived [note 2]"), decode.ErrHeader, `column "Boats arrived" is missing`)
	refuse("a second column of the same words", changed(t, func(g *altered.Grid, x *altered.GridTable) {
		x.Rows[0] = append(x.Rows[0][:5:5], g.Cell("Migrants  ARRIVED", ""))
	}), decode.ErrHeader, `both mean "Migrants arrived"`)
	refuse("a further measure", changed(t, func(g *altered.Grid, x *altered.GridTable) {
		x.Rows[0] = append(x.Rows[0][:5:5], g.Cell("Children", ""))
		for i := 1; i < 82; i++ {
			for len(x.Rows[i]) < 5 {
				x.Rows[i] = append(x.Rows[i], "")
			}
			x.Rows[i] = append(x.Rows[i][:5:5], g.Cell("3", ""))
		}
	}), decode.ErrHeader, `the extra column "Children" looks like a measure: 81 of its cells are counts`)
	refuse("figures above the header", changed(t, func(g *altered.Grid, x *altered.GridTable) {
		x.Rows[0], x.Rows[1] = x.Rows[1], x.Rows[0]
	}), decode.ErrShape, "is above the header in row 2")
	refuse("an empty cell", changed(t, func(g *altered.Grid, x *altered.GridTable) { x.Rows[81][1] = "" }), decode.ErrCount, "an empty cell")
}

// TestValueBeforeItsSeries moves the column of landings down by a year: its first values are then
// of days on which nobody counted.
func TestValueBeforeItsSeries(t *testing.T) {
	g := altered.OpenGrid(t, load(t, newest))
	x := g.Table(t, "SB_02")
	for i := 1; i+1 < len(x.Rows) && len(x.Rows[i+1]) > 3; i++ {
		x.Rows[i][3] = x.Rows[i+1][3]
	}
	_, findings, err := sourcetest.Decode(&Source, g.File(t))
	if err != nil || len(findings) != 1 || findings[0].Code != "before-series" || findings[0].Severity != stat.SeverityError {
		t.Errorf("findings %+v, error %v", findings, err)
	}
}

// TestNoWrongFigureIsSilent changes the columns and rows of a release at random.
func TestNoWrongFigureIsSilent(t *testing.T) {
	if got := altered.Mangle(t, short, shortened(t), 20); got.Cases < 500 || got.Same < 100 {
		t.Errorf("%s", got)
	}
}
