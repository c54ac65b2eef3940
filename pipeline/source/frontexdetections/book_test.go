package frontexdetections

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// book is the publisher's workbook as a test makes it. Row 1 is blank.
type book struct {
	next    time.Time // the month after the last, in which it is released
	sheet   string
	header  []any
	rows    [][]any
	above   [][]any
	below   [][]any
	further []sourcetest.Sheet
}

// file returns the workbook.
func (b book) file(t testing.TB) sourcetest.File {
	t.Helper()
	rows := append(append([][]any{}, b.above...), b.header)
	sheets := append([]sourcetest.Sheet{{Name: b.sheet, Rows: slices.Concat(rows, b.rows, b.below)}}, b.further...)
	return sourcetest.File{Name: "Monthly_detections_of_IBC_" + b.next.AddDate(0, 0, 27).Format("2006_01_02") + ".xlsx", Data: sourcetest.Book(t, sheets...)}
}

// names are the publisher's names of areas that differ from those of the code list.
var names = map[string]string{"OOO": "Unknown", "OOS": "Unspecified sub-Saharan nationals", "STL": "Stateless", "XKX": "Kosovo*", "MKD": "FYR Macedonia",
	"COD": "Congo D.R. of", "PSE": "Palestine", "USA": "USA", "TUR": "Turkey", "CIV": "Côte d'Ivoire"}

// wideOf returns the figures of a CSV as the publisher's workbook, and for each route a row without
// any detection.
func wideOf(t testing.TB, f sourcetest.File) book {
	t.Helper()
	labels, err := schemas.CodeLabels("area")
	if err != nil {
		t.Fatal(err)
	}
	nameOf := maps.Clone(labels)
	maps.Copy(nameOf, names)
	b := book{sheet: sheetName, above: [][]any{{}}}
	b.header, b.rows = sourcetest.Detections(t, f, func(code string) string { return nameOf[code] })
	for _, r := range routes {
		row := []any{routeName(t, r.code), "Sea", "Fiji"}
		for range b.header[3:] {
			row = append(row, 0)
		}
		b.rows = append(b.rows, row)
	}
	b.next = since.Time().AddDate(0, len(b.header)-3, 0)
	return b
}

// small is the workbook of the figures up to 2010.
func small(t testing.TB) book {
	t.Helper()
	f := load(t)
	var kept []string
	for i, line := range strings.SplitAfter(string(f.Data), "\n") {
		if i == 0 || strings.Contains(line, ",2009-") || strings.Contains(line, ",2010-") {
			kept = append(kept, line)
		}
	}
	f.Data = []byte(strings.Join(kept, ""))
	return wideOf(t, f)
}

// routeName returns the publisher's name of a route, and not its short form.
func routeName(t testing.TB, code string) string {
	t.Helper()
	labels, err := schemas.Labels("route")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(labels, func(l schemas.Label) bool {
		return l.Publisher == "frontex" && l.Code == code && (code == "other" || strings.Contains(l.Label, "Route"))
	})
	return labels[i].Label
}

// said returns what observations state, without their places.
func said(obs []stat.Observation) []string {
	out := make([]string, len(obs))
	for i, o := range obs {
		out[i] = fmt.Sprintf("%s %s %s %s %s%s", o.Series.ID, o.Period.Start, o.Period.End, o.Value, o.Status, o.Mark)
	}
	slices.Sort(out)
	return out
}

// TestBothFormsSayTheSame reads the same figures as the CSV and as the publisher's workbook.
func TestBothFormsSayTheSame(t *testing.T) { bothFormsSayTheSame(t, load(t)) }

func bothFormsSayTheSame(t *testing.T, f sourcetest.File) {
	t.Helper()
	want, err := sourcetest.Read(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sourcetest.Read(&Source, wideOf(t, f).file(t))
	if err != nil || len(got.Findings) != 0 || len(got.Excluded) != 0 {
		t.Fatalf("findings %v, excluded %v, error %v", got.Findings, got.Excluded, err)
	}
	if a, b := said(want.Observations), said(got.Observations); !slices.Equal(a, b) {
		t.Errorf("%d observations of the CSV, %d of the workbook", len(a), len(b))
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("CSV      %s\nworkbook %s", a[i], b[i])
			}
		}
	}
}

func TestBookContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{wideOf(t, load(t)).file(t)})
}

func TestBookDate(t *testing.T) {
	for name, want := range map[string]string{"Monthly_detections_of_IBC_2026_09_02.xlsx": "2026-09-02", "Detections_of_IBC_2018_07_06.xlsx": "2018-07-06", "ibc.xlsx": ""} {
		if got, _ := Source.Date(name, nil); got.String() != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestBookLink checks which links of the page are the workbook.
func TestBookLink(t *testing.T) {
	for path, want := range map[string]bool{
		"/assets/Migratory_routes/2026/Monthly_detections_of_IBC_2026_09_02.xlsx": true,
		"/assets/Migratory_routes/2021/Detections_of_IBC_2021_02_05.xlsx":         true,
		"/assets/Migratory_routes/Detections_of_IBC_2018_07_06.xlsx":              true,
		"/assets/Migratory_routes/2026/Monthly detections of IBC 2026 09 02.xlsx": true,
		"/assets/Migratory_routes/2026/Monthly_detections_of_IBC_2026_09_02.pdf":  false,
		"/assets/Migratory_routes/2026/Returns_2026_09_02.xlsx":                   false,
	} {
		for _, p := range Source.Places() {
			if p.Link.MatchString(path) != want {
				t.Errorf("%s: %s is %t, want %t", p.Web, path, !want, want)
			}
		}
	}
}

// TestBookAsWritten reads workbooks that say the same in other ways.
func TestBookAsWritten(t *testing.T) {
	want := said(mustRead(t, small(t).file(t)))
	month := func(h any) time.Time {
		at, err := time.Parse("Jan2006", h.(string))
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	each := func(b *book, do func(at time.Time) any) {
		for i := 3; i < len(b.header); i++ {
			b.header[i] = do(month(b.header[i]))
		}
	}
	for name, change := range map[string]func(*book){
		"spaces":      func(b *book) { each(b, func(at time.Time) any { return strings.ToUpper(at.Format("Jan 2006")) }) },
		"two digits":  func(b *book) { each(b, func(at time.Time) any { return at.Format("Jan-06") }) },
		"whole names": func(b *book) { each(b, func(at time.Time) any { return at.Format("January 2006") }) },
		"numbers":     func(b *book) { each(b, func(at time.Time) any { return at.Format("2006-01") }) },
		"days of a sheet": func(b *book) {
			each(b, func(at time.Time) any { return int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24) })
		},
		"a note":          func(b *book) { b.header[len(b.header)-1] = b.header[len(b.header)-1].(string) + "*" },
		"headers of 2022": func(b *book) { b.header[1] = "Border type or inland" },
		"headers of 2018": func(b *book) { b.header[1], b.header[2] = "BorderLocation", "NationalityLong" },
		"no blank row":    func(b *book) { b.above = nil },
		"titles":          func(b *book) { b.above = [][]any{{"Monthly detections"}, {}, {"Data as of 31 May 2025"}} },
		"another sheet": func(b *book) {
			b.sheet = "Data"
			b.further = []sourcetest.Sheet{{Name: "Notes", Rows: [][]any{{"Route", "is a word here"}}}}
		},
		"a copy of it": func(b *book) { b.further = []sourcetest.Sheet{{Name: "Old", Rows: [][]any{b.header, b.rows[0]}}} },
		"a note below": func(b *book) {
			b.below = [][]any{{}, {"* This designation is without prejudice to positions on status."}}
		},
		"the header again": func(b *book) { b.rows = slices.Insert(b.rows, 3, b.header) },
		"labels in capitals": func(b *book) {
			for _, r := range b.rows {
				r[2] = strings.ToUpper(r[2].(string))
			}
		},
		"numbers as text": func(b *book) {
			for _, r := range b.rows {
				for i := 3; i < len(r); i++ {
					if n := r[i].(int); n >= 1000 {
						r[i] = fmt.Sprintf("%d,%03d", n/1000, n%1000)
					}
				}
			}
		},
		"months backwards": func(b *book) {
			slices.Reverse(b.header[3:])
			for _, r := range b.rows {
				slices.Reverse(r[3:])
			}
		},
		"labels last": func(b *book) {
			for _, r := range append(b.rows, b.header) {
				copy(r, append(slices.Clone(r[3:]), r[:3]...))
			}
		},
		"sums": func(b *book) {
			b.header = append(b.header, "Grand Total")
			total := []any{"Total", nil, nil}
			for range b.header[3:] {
				total = append(total, 0)
			}
			for i, r := range b.rows {
				sum := 0
				for k := 3; k < len(r); k++ {
					sum += r[k].(int)
					total[k] = total[k].(int) + r[k].(int)
				}
				total[len(r)] = total[len(r)].(int) + sum
				b.rows[i] = append(r, sum)
			}
			b.below = [][]any{total}
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := small(t)
			change(&b)
			if got := said(mustRead(t, b.file(t))); !slices.Equal(got, want) {
				t.Errorf("%d observations, want the %d of the plain form", len(got), len(want))
			}
		})
	}
}

// mustRead reads a workbook that has nothing odd.
func mustRead(t *testing.T, f sourcetest.File) []stat.Observation {
	t.Helper()
	r, err := sourcetest.Read(&Source, f)
	if err != nil || len(r.Findings) != 0 || len(r.Excluded) != 0 {
		t.Fatalf("findings %v, excluded %v, error %v", r.Findings, r.Excluded, err)
	}
	return r.Observations
}

func TestBookRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	end := func(b *book) int { return len(b.header) - 1 }
	for _, c := range []struct {
		name   string
		change func(*book)
		want   error
		says   string
	}{
		{"a month twice", func(b *book) { b.header[5] = b.header[4] }, decode.ErrShape, "the month is there twice, also in column E"},
		{"a month is missing", func(b *book) { b.header[5] = "MAR2031" }, decode.ErrShape, "a month is missing"},
		{"a month less", func(b *book) {
			b.header = slices.Delete(b.header, 5, 6)
			for i, r := range b.rows {
				b.rows[i] = slices.Delete(r, 5, 6)
			}
		}, decode.ErrShape, "a month is missing: 2009-04-01 follows 2009-02-01"},
		{"a month that is none", func(b *book) { b.header[end(b)] = "APRI2025L" }, decode.ErrHeader, "the header is not a month"},
		{"a figure without header", func(b *book) { b.rows[0] = append(b.rows[0], 7) }, decode.ErrHeader, "the header is not a month"},
		{"another measure", func(b *book) { b.header = append(b.header, "Refusals"); b.rows[2] = append(b.rows[2], 7) }, decode.ErrHeader, `"Refusals": the header is not a month`},
		{"a day within a month", func(b *book) { b.header[3] = 39820 }, decode.ErrHeader, "the header is not a month"},
		{"the calendar of 1904", func(b *book) {
			for i := 3; i < len(b.header); i++ {
				b.header[i] = int(since.Time().AddDate(0, i-3, 0).Sub(time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24)
			}
		}, decode.ErrHeader, "no column to the right is called by a month"},
		{"before the data set begins", func(b *book) {
			for i := 3; i < len(b.header); i++ {
				b.header[i] = since.Time().AddDate(-1, i-3, 0).Format("Jan2006")
			}
		}, decode.ErrPeriod, "before the data set begins"},
		{"not over", func(b *book) {
			b.header = append(b.header, b.next.Format("Jan2006"))
			for i, r := range b.rows {
				b.rows[i] = append(r, 0)
			}
		}, decode.ErrPeriod, "was not over"},
		{"a row twice", func(b *book) { b.rows = append(b.rows, b.rows[1]) }, decode.ErrShape, "the same route, border and nationality as in Detections_of_IBC!C4"},
		{"a row twice, with a note", func(b *book) { r := slices.Clone(b.rows[1]); r[2] = r[2].(string) + "*"; b.rows = append(b.rows, r) }, decode.ErrShape, "the same route"},
		{"figures without a nationality", func(b *book) { b.rows[0][2] = nil }, decode.ErrShape, `column "Nationality": a blank cell`},
		{"figures without a route", func(b *book) { b.rows[0][0] = " " }, decode.ErrShape, `column "Route": a blank cell`},
		{"two columns of nationality", func(b *book) { b.header[1] = "Nationality" }, decode.ErrHeader, ""},
		{"no nationality", func(b *book) { b.header[2] = "Citizenship" }, decode.ErrHeader, "Citizenship"},
		{"no months", func(b *book) { b.header = b.header[:3] }, decode.ErrHeader, "no column to the right is called by a month"},
		{"no figures", func(b *book) { b.rows = nil }, decode.ErrShape, "no row below the header has a figure"},
		{"two sheets", func(b *book) {
			b.sheet = "A"
			b.further = []sourcetest.Sheet{{Name: "B", Rows: [][]any{b.header, b.rows[0]}}}
		}, decode.ErrShape, "2 of the sheets"},
		{"no sheet", func(b *book) { b.sheet = "A"; b.header[0] = "Way" }, decode.ErrShape, "0 of the sheets"},
	} {
		b := small(t)
		c.change(&b)
		refuse(c.name, b.file(t), c.want, c.says)
	}
	refuse("no workbook", sourcetest.File{Name: "ibc.xlsx", Data: []byte("<!doctype html>")}, decode.ErrFormat, "")
}

// TestBookBlankIsNotZero checks what is not stated: a figure and its sums are missing, and many of
// them make the release wait.
func TestBookBlankIsNotZero(t *testing.T) {
	for name, c := range map[string]struct {
		cell any
		mark string
	}{"blank": {nil, ""}, "a mark": {"[x]", "[x]"}, "a sign": {"-", "-"}, "a low number": {"[low]", "[low]"}} {
		b := small(t)
		b.rows[0][3] = c.cell
		r, err := sourcetest.Read(&Source, b.file(t))
		if err != nil || len(r.Findings) != 1 || r.Findings[0].Code != "blank-cells" || r.Findings[0].Severity != stat.SeverityWarning {
			t.Fatalf("%s: findings %v, error %v", name, r.Findings, err)
		}
		missing := 0
		for _, o := range r.Observations {
			if o.Value.IsKnown() == (o.Status == stat.Missing) {
				t.Errorf("%s: %s %s %s", name, o.Series.ID, o.Value, o.Status)
			}
			if o.Status == stat.Missing {
				missing++
				if o.Period.Start != since || o.Series.Origin != stat.Total && o.Mark != c.mark {
					t.Errorf("%s: %s %s %q", name, o.Series.ID, o.Period.Start, o.Mark)
				}
			}
		}
		if missing != 3 { // the figure, its route and all routes
			t.Errorf("%s: %d are missing, want 3", name, missing)
		}
	}
	b := small(t)
	for _, r := range b.rows {
		for i := 3; i < len(r); i++ {
			if r[i] == 0 {
				r[i] = nil
			}
		}
	}
	if r, err := sourcetest.Read(&Source, b.file(t)); err != nil || !slices.ContainsFunc(r.Findings, func(f stat.Finding) bool { return f.Code == "blank-cells" && f.Severity == stat.SeverityError }) {
		t.Errorf("blank for zero throughout: findings %v, error %v", r.Findings, err)
	}
}

// TestBookMonthsToCome ignores columns that are prepared for months to come.
func TestBookMonthsToCome(t *testing.T) {
	b := small(t)
	b.header = append(b.header, b.next.Format("Jan2006"), b.next.AddDate(0, 1, 0).Format("Jan2006"))
	r, err := sourcetest.Read(&Source, b.file(t))
	if err != nil || len(r.Findings) != 2 || r.Findings[0].Code != "empty-month" {
		t.Fatalf("findings %v, error %v", r.Findings, err)
	}
	if want := said(mustRead(t, small(t).file(t))); !slices.Equal(said(r.Observations), want) {
		t.Error("other figures")
	}
}

// TestBookWaits checks what a person must look at: it is a finding of severity error.
func TestBookWaits(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*book)
		code   string
	}{
		"a wrong total of a row": {func(b *book) { b.header = append(b.header, "Total"); b.rows[0] = append(b.rows[0], 1) }, "wrong-total"},
		"a wrong total of a month": {func(b *book) {
			total := []any{"Total", "", ""}
			for range b.header[3:] {
				total = append(total, 1)
			}
			b.below = [][]any{total}
		}, "wrong-total"},
		"two months exchanged": {func(b *book) { b.header[4], b.header[7] = b.header[7], b.header[4] }, "months-out-of-order"},
		"a route is missing": {func(b *book) {
			b.rows = slices.DeleteFunc(b.rows, func(r []any) bool { return r[0] == "Western Balkan Route" })
		}, "route-missing"},
		"the total of a route": {func(b *book) { r := slices.Clone(b.rows[0]); r[2] = "Total"; b.rows = append(b.rows, r) }, "label-may-be-total"},
	} {
		b := small(t)
		c.change(&b)
		r, err := sourcetest.Read(&Source, b.file(t))
		if err != nil || !slices.ContainsFunc(r.Findings, func(f stat.Finding) bool { return f.Code == c.code && f.Severity == stat.SeverityError }) {
			t.Errorf("%s: findings %v, error %v", name, r.Findings, err)
		}
	}
}

// TestBookLabels checks labels that are in no list, and two that mean the same.
func TestBookLabels(t *testing.T) {
	b := small(t)
	b.rows[0][2] = "Atlantis"
	r, err := sourcetest.Read(&Source, b.file(t))
	if err != nil || len(r.Findings) != 1 || r.Findings[0].Code != "unlisted-label" {
		t.Errorf("findings %v, error %v", r.Findings, err)
	}
	b = small(t)
	row := slices.Clone(b.rows[0])
	row[2] = "Republic of " + row[2].(string)
	for i := 3; i < len(row); i++ {
		row[i] = 1
	}
	b.rows[0][2], row[2] = "Turkey", "Türkiye"
	b.rows = append(b.rows, row)
	r, err = sourcetest.Read(&Source, b.file(t))
	if err != nil || len(r.Findings) != 1 || r.Findings[0].Code != "labels-together" {
		t.Fatalf("findings %v, error %v", r.Findings, err)
	}
	for _, o := range r.Observations {
		if o.Series.Origin == "TUR" && o.Series.Route == "central-mediterranean" && o.Period.Start == since {
			if n, _ := o.Value.Get(); n != 42 || o.Locator != "Detections_of_IBC!D3 and Detections_of_IBC!D"+strconv.Itoa(len(b.rows)+2) {
				t.Errorf("%d at %s", n, o.Locator)
			}
			return
		}
	}
	t.Error("no figure of Turkey")
}

// TestBookRejects leaves a cell out that holds no count.
func TestBookRejects(t *testing.T) {
	b := small(t)
	b.rows[0][3] = "41 or 42"
	r, err := sourcetest.Read(&Source, b.file(t))
	want := stat.ExcludedRow{Line: 3, Column: "JAN2009", Value: "41 or 42", Reason: "the number of detections is not a count"}
	if err != nil || len(r.Excluded) != 1 || r.Excluded[0] != want {
		t.Errorf("excluded %v, error %v", r.Excluded, err)
	}
	b.rows[0][3] = -41
	if r, err := sourcetest.Read(&Source, b.file(t)); err != nil || len(r.Excluded) != 1 {
		t.Errorf("excluded %v, error %v", r.Excluded, err)
	}
}

func BenchmarkDecodeBook(b *testing.B) { sourcetest.Benchmark(b, &Source, wideOf(b, load(b)).file(b)) }

// TestBookChanged changes the columns and rows of the workbook.
func TestBookChanged(t *testing.T) { t.Log(altered.MangleParts(t, &Source, small(t).file(t), 3)) }
