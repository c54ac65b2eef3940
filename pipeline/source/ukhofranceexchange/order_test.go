package ukhofranceexchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

// wholeTable matches the table of the fixture.
var wholeTable = regexp.MustCompile(`(?s)<table>.*</table>`)

// body returns the fixture with other tables instead of its own.
func body(t *testing.T, tables ...string) sourcetest.File {
	t.Helper()
	f := sourcetest.Load(t, id, published2026)
	f.Data = []byte(wholeTable.ReplaceAllLiteralString(string(f.Data), strings.Join(tables, "\n")))
	return f
}

// rowsOf returns the eleven months and the totals of the fixture: year, month, in, out.
func rowsOf(t *testing.T) [][]string {
	t.Helper()
	var out [][]string
	tags := regexp.MustCompile(`</?strong>`)
	for _, m := range row.FindAllStringSubmatch(string(sourcetest.Load(t, id, published2026).Data), -1) {
		cells := m[1:]
		for i := range cells {
			cells[i] = tags.ReplaceAllString(cells[i], "")
		}
		out = append(out, cells)
	}
	if len(out) != 13 {
		t.Fatalf("%d rows", len(out))
	}
	return out[1:]
}

// tableOf returns a table with the headers and rows.
func tableOf(caption, headers string, rows ...[]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<table><caption>%s</caption><tr><th>%s</th></tr>", caption, strings.Join(strings.Split(headers, "|"), "</th><th>"))
	for _, r := range rows {
		fmt.Fprintf(&b, "<tr><td>%s</td></tr>", strings.Join(r, "</td><td>"))
	}
	return b.String() + "</table>"
}

const four, three = "Year|Month|IN|OUT", "Month|IN|OUT"

// with returns rows with what a function makes of the year and month of each.
func with(rows [][]string, f func(year, month string) []string) (out [][]string) {
	for _, r := range rows {
		out = append(out, append(f(r[0], r[1]), r[2:]...))
	}
	return out
}

// turnedRound returns the rows from the last to the first.
func turnedRound(rows [][]string) [][]string {
	out := slices.Clone(rows)
	slices.Reverse(out)
	return out
}

// join returns the rows of several lists.
func join(lists ...[][]string) [][]string { return slices.Concat(lists...) }

// TestOrders has pages that state what the fixture does. All were refused before.
func TestOrders(t *testing.T) {
	all := rowsOf(t)
	months, total := all[:11], all[11:]
	first, second := months[:5], months[5:]
	month := func(_, m string) []string { return []string{m} }
	once := func(rows [][]string) [][]string {
		seen := map[string]bool{}
		return with(rows, func(y, m string) []string {
			if seen[y] {
				y = ""
			}
			seen[y] = true
			return []string{y, m}
		})
	}
	t25, t26 := []string{"2025 total", "", "245", "217"}, []string{"2026 total", "", "872", "870"}
	want, err := sourcetest.Load(t, id, published2026).States(t, &Source, way(""))
	if err != nil {
		t.Fatal(err)
	}
	for name, tables := range map[string][]string{
		"newest first":               {tableOf("", four, join(turnedRound(months), total)...)},
		"newest first, total first":  {tableOf("", four, join(total, turnedRound(months))...)},
		"newest first, no total":     {tableOf("", four, turnedRound(months)...)},
		"newest first, year once":    {tableOf("", four, join(once(turnedRound(months)), total)...)},
		"total first":                {tableOf("", four, join(total, months)...)},
		"newest year first":          {tableOf("", four, join(once(second), once(first), total)...)},
		"totals of years, above":     {tableOf("", four, join([][]string{t26}, turnedRound(second), [][]string{t25}, turnedRound(first), total)...)},
		"year in captions":           {tableOf("2025", three, with(first, month)...), tableOf("2026", three, with(second, month)...)},
		"year in captions, reversed": {tableOf("Table 1: by month, 2026", three, with(turnedRound(second), month)...), tableOf("Table 2: by month, 2025", three, with(turnedRound(first), month)...)},
		"year in headings":           {"<h2>2026</h2>" + tableOf("", three, with(second, month)...), "<h2>2025</h2>" + tableOf("", three, with(first, month)...)},
		"a table a year, totals":     {tableOf("", four, join(first, [][]string{{"Total", "", "245", "217"}})...), tableOf("", four, join(second, [][]string{{"Total", "", "872", "870"}})...)},
		"Aug-25":                     {tableOf("", three, with(months, func(y, m string) []string { return []string{m[:3] + "-" + y[2:]} })...)},
		"Aug '25":                    {tableOf("", three, with(months, func(y, m string) []string { return []string{m[:3] + " '" + y[2:]} })...)},
		"1 August 2025":              {tableOf("", three, with(months, func(y, m string) []string { return []string{"1 " + m + " " + y} })...)},
		"part of a month":            {tableOf("", four, join([][]string{{"2025", "August (from 6 August)", "0", "0"}}, months[1:], total)...)},
		"total of a span":            {tableOf("", four, join(months, [][]string{{"Total (Aug 2025 to Jun 2026)", "", "1,117", "1,087"}})...)},
		"other words":                {tableOf("", "Year|Month|Transfers from France|Returns to France", join(months, [][]string{{"Overall", "", "1,117", "1,087"}})...)},
	} {
		if got, err := body(t, tables...).States(t, &Source, way("")); err != nil || got != want {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

// TestOrdersThatContradict has months that are missing, twice or out of order, and totals that differ.
func TestOrdersThatContradict(t *testing.T) {
	all := rowsOf(t)
	months, total := all[:11], all[11:]
	refuse := sourcetest.Refuses(t, &Source)
	page := func(rows ...[]string) sourcetest.File { return body(t, tableOf("", four, rows...)) }
	down := turnedRound(months)
	refuse("gap, newest first", page(slices.Delete(turnedRound(months), 3, 4)...), decode.ErrShape, "2026-02-01 follows where the month of 2026-03-01")
	refuse("two exchanged", page(join(months[:3], [][]string{months[4], months[3]}, months[5:])...), decode.ErrShape, "2025-12-01 follows where the month of 2025-11-01")
	refuse("newest twice", page(join(down[:1], down)...), decode.ErrShape, "2026-06-01 follows where")
	refuse("newest missing", page(down[1:]...), decode.ErrShape, "the months end on 2026-05-31")
	refuse("total within", page(join(months[:5], total, months[5:])...), decode.ErrShape, "follows the row of totals")
	refuse("a month in two tables", body(t, tableOf("2025", four, months...), tableOf("2026", four, down[:1]...)), decode.ErrShape, "the month of 2026-06-01 is there twice")
	refuse("no year", body(t, tableOf("", three, with(months, func(_, m string) []string { return []string{m} })...)), decode.ErrPeriod, "of the year 0")
	for name, rows := range map[string][][]string{
		"total above": join([][]string{{"Total", "", "1,171", "1,087"}}, months),
		"year above":  join([][]string{{"2026 total", "", "871", "870"}}, months),
	} {
		got, err := page(rows...).States(t, &Source, way(""))
		if err != nil || !strings.Contains(got, "error sum-differs: the total of exchange-in") {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}
