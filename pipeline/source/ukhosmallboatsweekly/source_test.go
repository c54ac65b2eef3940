package ukhosmallboatsweekly

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	sourcetest.RunAll(t, &Source, 4)
}

// render writes an observation on one line.
func render(o stat.Observation) string {
	s := fmt.Sprintf("%s %s..%s %s %s", strings.TrimPrefix(string(o.Series.ID), "ukho-small-boats-weekly:"), o.Period.Start, o.Period.End, o.Value, o.Status)
	if o.Mark != "" || o.Revised {
		s += fmt.Sprintf(" %s revised=%t", o.Mark, o.Revised)
	}
	return s
}

// holding is how many observations a page has, and some of them.
type holding struct {
	n   int
	has []string
}

func TestPages(t *testing.T) {
	days := load(t, "26-december-2022-to-1-january-2023.html")
	hold(t, load(t, "2026-06-23.html"), holding{4, []string{"arrivals:W 2026-06-08..2026-06-14 0 P", "boats:W 2026-06-08..2026-06-14 0 P",
		"prevented-persons:W 2026-06-08..2026-06-14 46 P", "prevention-events:W 2026-06-08..2026-06-14 7 P"}})
	hold(t, load(t, "9-may-to-15-may-2022.html"), holding{14, []string{"arrivals:D 2022-05-15..2022-05-15 389 P [r] revised=true", "boats:D 2022-05-15..2022-05-15 10 P [r] revised=true", "arrivals:D 2022-05-14..2022-05-14 167 P"}})
	hold(t, load(t, "18-april-to-24-april-2022.html"), holding{14, []string{"arrivals:D 2022-04-18..2022-04-18 88 P", "boats:D 2022-04-19..2022-04-19 7 P", "arrivals:D 2022-04-24..2022-04-24 0 P"}})
	hold(t, days, holding{14, []string{"arrivals:D 2022-12-26..2022-12-26 0 P", "boats:D 2023-01-01..2023-01-01 0 P"}})
	short := days.WithAll(t, "26 December 2022 to", "29 December 2022 to").WithAfter(t, "<tbody>", "<tbody>", "<tbody><!--", "<tr><td>29 December", "--><tr><td>29 December")
	hold(t, short, holding{8, []string{"arrivals:D 2022-12-29..2022-12-29 0 P", "boats:D 2023-01-01..2023-01-01 0 P"}})
}

// hold checks what a page states.
func hold(t *testing.T, f sourcetest.File, want holding) {
	t.Helper()
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != want.n || len(findings) != 0 {
		t.Fatalf("%s: %d observations, findings %v, %v", f.Name, len(obs), findings, err)
	}
	all := "\n"
	for _, o := range obs {
		all += render(o) + "\n"
	}
	for _, line := range want.has {
		if !strings.Contains(all, "\n"+line+"\n") {
			t.Errorf("%s: no %q in %s", f.Name, line, all)
		}
	}
}

// TestReleaseDate has a page without a time stamp, and one dated before it was published.
func TestReleaseDate(t *testing.T) {
	const lastWeek = "26-december-2022-to-1-january-2023.html"
	sourcetest.Dates(t, &Source, map[string]string{
		"18-april-to-24-april-2022.html": "2022-05-24 0001-01-01T00:00:00Z", // shown
		"2026-06-23.html":                "2026-06-23 2026-06-23T13:02:58Z",
		lastWeek:                         "2023-01-03 2023-01-03T09:54:37Z",
		"9-may-to-15-may-2022.html":      "2022-05-24 0001-01-01T00:00:00Z", // shown
	})
	f := load(t, lastWeek).With(t, `public-updated-at" content="2023-01-03T09:08:41`, `public-updated-at" content="2023-01-02T11:01:56`)
	if d, at := Source.Date(f.Name, f.Data); d != stat.MustDate("2023-01-03") || at.Format(time.RFC3339) != "2023-01-03T09:54:37Z" {
		t.Errorf("dated before: %s %s", d, at)
	}
}

func TestRefusals(t *testing.T) {
	week, days := load(t, "2026-06-23.html"), load(t, "26-december-2022-to-1-january-2023.html")
	refuse := sourcetest.Refuses(t, &Source)
	refuse("not a Sunday", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 13 June 2026<"), decode.ErrPeriod, "the week ending 13 June 2026 ends on a Saturday, want a Sunday")
	refuse("no week", week.WithAll(t, "Week ending 14 June 2026<", "Latest week<"), decode.ErrPeriod, `"Latest week" above the table does not say which week`)
	refuse("no such week", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 31 June 2026<"), decode.ErrPeriod, `"31 june 2026"`)
	refuse("a week to come", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 28 June 2026<"), decode.ErrPeriod, "28 June 2026 was not over")
	refuse("an old week", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 15 June 2025<"), decode.ErrPeriod, "15 June 2025 is")
	refuse("two rows", week.WithAll(t, "<td>7</td></tr>", "<td>7</td></tr><tr><td>1</td><td>1</td><td>1</td><td>1</td></tr>"), decode.ErrShape, "2 rows where the page has always had one")
	refuse("no row", week.WithAll(t, "<td>0</td><td>0</td><td>46</td><td>7</td>", ""), decode.ErrShape, "0 rows")
	refuse("renamed column", week.WithAll(t, ">Migrants prevented<", ">Crossings prevented<"), decode.ErrHeader, `column "Migrants prevented" is missing`)
	refuse("text for a count", week.WithAll(t, "<td>46</td>", "<td>46?</td>"), decode.ErrCount, `column "Migrants prevented": "46?"`)
	refuse("renamed column, days", days.WithAll(t, ">Boats detected<", ">Boats landed<"), decode.ErrHeader, `column "C": column is called "Boats landed"`)
	refuse("year off", days.WithAll(t, "<td>1 January 2023", "<td>1 January 2022"), decode.ErrShape, `column "Date": 2022-01-01 where 2023-01-01 was expected, a year off: it would overwrite 2022`)
	refuse("gap", days.WithAll(t, "<td>28 December 2022", "<td>29 December 2022"), decode.ErrShape, "2022-12-29 where 2022-12-28 was expected")
	refuse("a day more", days.WithAll(t, "</tbody>", "<tr><td>2 January 2023<td>0<td>0</tbody>"), decode.ErrShape, "2023-01-02 follows the 2023-01-01 that the title ends with")
	refuse("a day less", days.WithAll(t, "to 1 January 2023", "to 31 December 2022"), decode.ErrShape, "2023-01-01 follows the 2022-12-31")
	refuse("a longer title", days.WithAll(t, "- 26 December 2022 to 1 January 2023", "- 27 December 2022 to 2 January 2023"), decode.ErrShape, "2022-12-26 where 2022-12-27 was expected")
	refuse("no title", days.WithAll(t, "- 26 December 2022 to 1 January 2023", ""), decode.ErrPeriod, "no title says which days")
	refuse("no table", days.WithAll(t, "<table>", "<template>", "</table>", "</template>"), decode.ErrShape, "no table on the page")
}

func TestUnknownMarkIsAFinding(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t, "9-may-to-15-may-2022.html").WithAll(t, "389 [r]", "389 [h]"))
	if err != nil || len(findings) != 1 || findings[0].Code != "unknown-note" {
		t.Fatalf("findings %+v, %v", findings, err)
	}
	if o := obs[12]; o.Mark != "[h]" || o.Revised || o.Value != stat.Known(389) {
		t.Errorf("%+v", o)
	}
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.html"},
		[]byte("<html><h2>Week ending 14 June 2026</h2><table><tr><th>Migrants arrived<th>Boats arrived<th>Migrants prevented<th>Events prevented<tr><td>1<td>2<td>3 [r]<td>-</table></html>"),
		[]byte("<html><h1>Weekly number of migrants - 13 June to 14 June 2026</h1><table><tr><th>Date<th>Migrants detected<th>Boats detected<tr><td>13 June 2026<td>2<td>3 [r]<tr><td>14 June 2026<td>2<td>3</table></html>"))
}
