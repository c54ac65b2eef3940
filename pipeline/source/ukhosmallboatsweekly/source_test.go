package ukhosmallboatsweekly

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
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
	for name, want := range map[string]string{
		"2026-06-23.html":                         "2026-06-23 2026-06-23T13:02:58Z",
		"11-july-to-17-july-2022.html":            "2022-07-19 2022-07-19T08:30:16Z", // dated 18 July, first published and shown as 19 July
		"21-november-to-27-november-2022.html":    "2022-12-20 2022-12-20T09:30:19Z", // dated 19 December, shown as 20 December
		"26-december-2022-to-1-january-2023.html": "2023-01-03 2023-01-03T09:54:37Z",
		"9-may-to-15-may-2022.html":               "2022-05-24 0001-01-01T00:00:00Z", // shown
		"14-april-to-17-april-2022.html":          "2022-06-14 0001-01-01T00:00:00Z", // shown
	} {
		d, at := Source.Date(name, load(t, name).Data)
		if got := d.String() + " " + at.Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// change returns a page with each old text replaced everywhere by the new
// one that follows it. A text that is not there fails the test.
func change(t testing.TB, f sourcetest.File, oldnew ...string) sourcetest.File {
	t.Helper()
	text := string(f.Data)
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			t.Fatalf("%q is not in the page", oldnew[i])
		}
		text = strings.ReplaceAll(text, oldnew[i], oldnew[i+1])
	}
	return sourcetest.File{Name: f.Name, Data: []byte(text)}
}

func TestRefusals(t *testing.T) {
	week, days := load(t, "2026-06-23.html"), load(t, "26-december-2022-to-1-january-2023.html")
	for _, c := range []struct {
		name string
		file sourcetest.File
		want error
		at   string
	}{
		{"not a Sunday", change(t, week, "Week ending 14 June 2026<", "Week ending 13 June 2026<"), decode.ErrPeriod, "the week ending 13 June 2026 ends on a Saturday, want a Sunday"},
		{"no week", change(t, week, "Week ending 14 June 2026<", "Latest week<"), decode.ErrPeriod, `"Latest week" above the table does not say which week`},
		{"no such week", change(t, week, "Week ending 14 June 2026<", "Week ending 31 June 2026<"), decode.ErrPeriod, `"31 June 2026"`},
		{"a week to come", change(t, week, "Week ending 14 June 2026<", "Week ending 28 June 2026<"), decode.ErrPeriod, "28 June 2026 was not over"},
		{"an old week", change(t, week, "Week ending 14 June 2026<", "Week ending 15 June 2025<"), decode.ErrPeriod, "15 June 2025 is"},
		{"two rows", change(t, week, "<td>7</td></tr>", "<td>7</td></tr><tr><td>1</td><td>1</td><td>1</td><td>1</td></tr>"), decode.ErrShape, "2 rows where the page has always had one"},
		{"no row", change(t, week, "<td>0</td>\n<td>0</td>\n<td>46</td>\n<td>7</td>", ""), decode.ErrShape, "0 rows"},
		{"renamed column", change(t, week, ">Migrants prevented<", ">People prevented<"), decode.ErrHeader, `column "C": column is called "People prevented"`},
		{"text for a count", change(t, week, "<td>46</td>", "<td>46?</td>"), decode.ErrCount, `column "Migrants prevented": "46?"`},
		{"renamed column, days", change(t, days, ">Boats detected<", ">Boats<"), decode.ErrHeader, `column "C": column is called "Boats"`},
		{"year off", change(t, days, "<td>1 January 2023", "<td>1 January 2022"), decode.ErrShape, `column "Date": 2022-01-01 where 2023-01-01 was expected, a year off: it would overwrite 2022`},
		{"gap", change(t, days, "<td>28 December 2022", "<td>29 December 2022"), decode.ErrShape, "2022-12-29 where 2022-12-28 was expected"},
		{"a day more", change(t, days, "</tbody>", "<tr><td>2 January 2023<td>0<td>0</tbody>"), decode.ErrShape, "2023-01-02 follows the 2023-01-01 that the title ends with"},
		{"a day less", change(t, days, "to 1 January 2023", "to 31 December 2022"), decode.ErrShape, "2023-01-01 follows the 2022-12-31"},
		{"a longer title", change(t, days, "- 26 December 2022 to 1 January 2023", "- 27 December 2022 to 2 January 2023"), decode.ErrShape, "2022-12-26 where 2022-12-27 was expected"},
		{"no title", change(t, days, "- 26 December 2022 to 1 January 2023", ""), decode.ErrPeriod, "no title says which days"},
		{"no table", change(t, days, "<table>", "<template>", "</table>", "</template>"), decode.ErrShape, "no table on the page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs, _, err := sourcetest.Decode(&Source, c.file)
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || obs != nil {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.at) || where.File != c.file.Name || where.Hint == "" {
				t.Errorf("error %q, want it to name the file and %q, with a hint", err, c.at)
			}
		})
	}
}

func TestUnknownMarkIsAFinding(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, change(t, load(t, "9-may-to-15-may-2022.html"), "389 [r]", "389 [e]"))
	if err != nil || len(findings) != 1 || findings[0].Code != "unknown-note" {
		t.Fatalf("findings %+v, %v", findings, err)
	}
	if o := obs[12]; o.Mark != "[e]" || o.Revised || o.Value != stat.Known(389) {
		t.Errorf("%+v", o)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<html><h2>Week ending 14 June 2026</h2><table><tr><th>Migrants arrived<th>Boats arrived<th>Migrants prevented<th>Events prevented<tr><td>1<td>2<td>3 [r]<td>-</table></html>"))
	f.Add([]byte("<html><h1>Weekly number of migrants - 13 June to 14 June 2026</h1><table><tr><th>Date<th>Migrants detected<th>Boats detected<tr><td>13 June 2026<td>2<td>3 [r]<tr><td>14 June 2026<td>2<td>3</table></html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Source.Date("x.html", data)
		r, err := Source.Decode(source.File{Name: "x.html", Data: data, Release: &stat.Release{Vintage: stat.MustDate("2026-06-23")}})
		if err != nil && r.Observations != nil || err == nil && len(r.Observations) == 0 {
			t.Errorf("%d observations, %v", len(r.Observations), err)
		}
		for _, o := range r.Observations {
			if err := o.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
