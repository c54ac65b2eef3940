package ukhosmallboatsweekly

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func load(t testing.TB, name string) sourcetest.File {
	t.Helper()
	return sourcetest.Load(t, id, name)
}

func TestContract(t *testing.T) {
	files := sourcetest.LoadAll(t, id)
	if len(files) != 8 {
		t.Fatalf("%d pages, want 8", len(files))
	}
	sourcetest.Run(t, &Source, files)
}

// render writes an observation on one line.
func render(o stat.Observation) string {
	s := fmt.Sprintf("%s %s..%s %s %s", strings.TrimPrefix(string(o.Series.ID), "ukho-small-boats-weekly:"), o.Period.Start, o.Period.End, o.Value, o.Status)
	if o.Mark != "" || o.Revised {
		s += fmt.Sprintf(" %s revised=%t", o.Mark, o.Revised)
	}
	return s
}

func TestPages(t *testing.T) {
	for name, want := range map[string]struct {
		rows int
		has  []string
	}{
		"2026-02-17.html": {4, []string{"arrivals:W 2026-02-02..2026-02-08 275 P", "boats:W 2026-02-02..2026-02-08 4 P",
			"prevented-persons:W 2026-02-02..2026-02-08 48 P", "prevention-events:W 2026-02-02..2026-02-08 4 P"}},
		"2026-06-23.html":                         {4, []string{"arrivals:W 2026-06-08..2026-06-14 0 P", "prevented-persons:W 2026-06-08..2026-06-14 46 P"}},
		"14-april-to-17-april-2022.html":          {8, []string{"arrivals:D 2022-04-14..2022-04-14 562 P", "boats:D 2022-04-17..2022-04-17 2 P"}},
		"9-may-to-15-may-2022.html":               {14, []string{"arrivals:D 2022-05-15..2022-05-15 389 P [r] revised=true", "boats:D 2022-05-15..2022-05-15 10 P [r] revised=true", "arrivals:D 2022-05-14..2022-05-14 167 P"}},
		"11-july-to-17-july-2022.html":            {14, []string{"arrivals:D 2022-07-11..2022-07-11 446 P"}},
		"21-november-to-27-november-2022.html":    {14, []string{"arrivals:D 2022-11-26..2022-11-26 36 P"}},
		"26-december-2022-to-1-january-2023.html": {14, []string{"arrivals:D 2022-12-26..2022-12-26 0 P", "boats:D 2023-01-01..2023-01-01 0 P"}},
	} {
		obs, findings, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil || len(obs) != want.rows || len(findings) != 0 {
			t.Fatalf("%s: %d observations, findings %v, %v", name, len(obs), findings, err)
		}
		all := "\n"
		for _, o := range obs {
			all += render(o) + "\n"
		}
		for _, line := range want.has {
			if !strings.Contains(all, "\n"+line+"\n") {
				t.Errorf("%s: no %q in %s", name, line, all)
			}
		}
	}
}

// TestReleaseDate has pages dated before they were published, and without a time
// stamp.
func TestReleaseDate(t *testing.T) {
	sourcetest.Dates(t, &Source, map[string]string{
		"2026-06-23.html":                         "2026-06-23 2026-06-23T13:02:58Z",
		"11-july-to-17-july-2022.html":            "2022-07-19 2022-07-19T08:30:16Z", // dated 18 July, first published and shown as 19 July
		"21-november-to-27-november-2022.html":    "2022-12-20 2022-12-20T09:30:19Z", // dated 19 December, shown as 20 December
		"26-december-2022-to-1-january-2023.html": "2023-01-03 2023-01-03T09:54:37Z",
		"9-may-to-15-may-2022.html":               "2022-05-24 0001-01-01T00:00:00Z", // shown
		"14-april-to-17-april-2022.html":          "2022-06-14 0001-01-01T00:00:00Z", // shown
	})
}

func TestRefusals(t *testing.T) {
	week, days := load(t, "2026-06-23.html"), load(t, "26-december-2022-to-1-january-2023.html")
	refuse := sourcetest.Refuses(t, &Source)
	refuse("not a Sunday", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 13 June 2026<"), decode.ErrPeriod, "the week ending 13 June 2026 ends on a Saturday, want a Sunday")
	refuse("no week", week.WithAll(t, "Week ending 14 June 2026<", "Latest week<"), decode.ErrPeriod, `"Latest week" above the table does not say which week`)
	refuse("no such week", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 31 June 2026<"), decode.ErrPeriod, `"31 June 2026"`)
	refuse("a week to come", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 28 June 2026<"), decode.ErrPeriod, "28 June 2026 was not over")
	refuse("an old week", week.WithAll(t, "Week ending 14 June 2026<", "Week ending 15 June 2025<"), decode.ErrPeriod, "15 June 2025 is")
	refuse("two rows", week.WithAll(t, "<td>7</td></tr>", "<td>7</td></tr><tr><td>1</td><td>1</td><td>1</td><td>1</td></tr>"), decode.ErrShape, "2 rows where the page has always had one")
	refuse("no row", week.WithAll(t, "<td>0</td>\n<td>0</td>\n<td>46</td>\n<td>7</td>", ""), decode.ErrShape, "0 rows")
	refuse("renamed column", week.WithAll(t, ">Migrants prevented<", ">People prevented<"), decode.ErrHeader, `column "C": column is called "People prevented"`)
	refuse("text for a count", week.WithAll(t, "<td>46</td>", "<td>46?</td>"), decode.ErrCount, `column "Migrants prevented": "46?"`)
	refuse("renamed column, days", days.WithAll(t, ">Boats detected<", ">Boats<"), decode.ErrHeader, `column "C": column is called "Boats"`)
	refuse("year off", days.WithAll(t, "<td>1 January 2023", "<td>1 January 2022"), decode.ErrShape, `column "Date": 2022-01-01 where 2023-01-01 was expected, a year off: it would overwrite 2022`)
	refuse("gap", days.WithAll(t, "<td>28 December 2022", "<td>29 December 2022"), decode.ErrShape, "2022-12-29 where 2022-12-28 was expected")
	refuse("a day more", days.WithAll(t, "</tbody>", "<tr><td>2 January 2023<td>0<td>0</tbody>"), decode.ErrShape, "2023-01-02 follows the 2023-01-01 that the title ends with")
	refuse("a day less", days.WithAll(t, "to 1 January 2023", "to 31 December 2022"), decode.ErrShape, "2023-01-01 follows the 2022-12-31")
	refuse("a longer title", days.WithAll(t, "- 26 December 2022 to 1 January 2023", "- 27 December 2022 to 2 January 2023"), decode.ErrShape, "2022-12-26 where 2022-12-27 was expected")
	refuse("no title", days.WithAll(t, "- 26 December 2022 to 1 January 2023", ""), decode.ErrPeriod, "no title says which days")
	refuse("no table", days.WithAll(t, "<table>", "<template>", "</table>", "</template>"), decode.ErrShape, "no table on the page")
}

func TestUnknownMarkIsAFinding(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t, "9-may-to-15-may-2022.html").WithAll(t, "389 [r]", "389 [e]"))
	if err != nil || len(findings) != 1 || findings[0].Code != "unknown-note" {
		t.Fatalf("findings %+v, %v", findings, err)
	}
	if o := obs[12]; o.Mark != "[e]" || o.Revised || o.Value != stat.Known(389) {
		t.Errorf("%+v", o)
	}
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.html"},
		[]byte("<html><h2>Week ending 14 June 2026</h2><table><tr><th>Migrants arrived<th>Boats arrived<th>Migrants prevented<th>Events prevented<tr><td>1<td>2<td>3 [r]<td>-</table></html>"),
		[]byte("<html><h1>Weekly number of migrants - 13 June to 14 June 2026</h1><table><tr><th>Date<th>Migrants detected<th>Boats detected<tr><td>13 June 2026<td>2<td>3 [r]<tr><td>14 June 2026<td>2<td>3</table></html>"))
}
