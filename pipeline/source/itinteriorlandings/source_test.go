package itinteriorlandings

import (
	"bytes"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const name = "sbarchi-per-giorno.csv"

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{load(t, name)})
}

// vintages groups observations by release, in the order of the file.
func vintages(obs []stat.Observation) [][]stat.Observation {
	var out [][]stat.Observation
	for i, o := range obs {
		if i == 0 || obs[i-1].Release != o.Release {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], o)
	}
	return out
}

func TestReportsAreReleases(t *testing.T) { reportsAreReleases(t, load(t, name), 367-93, 12) }

// reportsAreReleases checks that a file has so many reports, and so many rows that are not after
// their report.
func reportsAreReleases(t *testing.T, f sourcetest.File, rows, reports int) {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(obs) != rows {
		t.Errorf("%d observations, want one for each of %d rows that are not after their report", len(obs), rows)
	}
	all := vintages(obs)
	if len(all) != reports {
		t.Errorf("%d releases, want %d", len(all), reports)
	}
	for _, stated := range all {
		r, last := stated[0].Release, stated[len(stated)-1].Period.End
		if r.ID != r.Vintage.String()+"-00000000" || r.FirstSeen != r.Vintage.Time() || r.Source != Source.ID || r.File != name {
			t.Fatalf("release %+v", r)
		}
		if stated[0].Period.Start != r.Vintage.MonthStart() || last != r.Vintage {
			t.Errorf("the report of %s covers %s to %s", r.Vintage, stated[0].Period.Start, last)
		}
	}
	if newest := all[len(all)-1][0].Release.Vintage; newest != stat.MustDate("2025-09-15") {
		t.Errorf("newest report %s", newest)
	}
}

// TestRevisions compares consecutive vintages: a later report of a month states other values for
// days of the earlier one.
func TestRevisions(t *testing.T) { revisions(t, load(t, name), 12, 3) }

func revisions(t *testing.T, f sourcetest.File, want, wantOfReportDay int) {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	all := vintages(obs)
	revisions, ofReportDay := 0, 0
	for i := 1; i < len(all); i++ {
		old := map[stat.Period]stat.Count{}
		for _, o := range all[i-1] {
			old[o.Period] = o.Value
		}
		for _, o := range all[i] {
			if before, stated := old[o.Period]; stated && before != o.Value {
				revisions++
				if o.Period.End == all[i-1][0].Release.Vintage {
					ofReportDay++
				}
			}
		}
	}
	if revisions != want || ofReportDay != wantOfReportDay {
		t.Errorf("%d revisions, %d of the day of a report; want %d and %d", revisions, ofReportDay, want, wantOfReportDay)
	}
}

// expected is how many findings of a code there are, and the first one.
type expected struct {
	n          int
	where, say string
}

func TestFindings(t *testing.T) {
	findings(t, load(t, name), map[string]expected{
		"not-over":   {1, "B47", "91 rows"},
		"bad-value":  {1, "B243", `row 243, column "Valore", report of 2024-05-15: "0[VALORE]0" is not a count`},
		"bad-date":   {1, "A186", `"2024-04-31" is not a date`},
		"other-hour": {1, "Note", "31 rows say that the day ends at 24:00 in the report of 2022-12-31"},
	})
}

func findings(t *testing.T, f sourcetest.File, want map[string]expected) {
	t.Helper()
	_, findings, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[string][]stat.Finding{}
	for _, f := range findings {
		byCode[f.Code] = append(byCode[f.Code], f)
	}
	for code, want := range want {
		got := byCode[code]
		if len(got) != want.n {
			t.Errorf("%s: %d findings %v, want %d", code, len(got), got, want.n)
			continue
		}
		if want.where != "" && got[0].Where != want.where || !strings.Contains(got[0].Message, want.say) {
			t.Errorf("%s: %+v", code, got[0])
		}
	}
	if len(byCode) != len(want) {
		t.Errorf("findings %v", findings)
	}
}

// row returns a row in the form of the file.
func row(day, value, report string) string { return day + "," + value + ",to 8:00,," + report + "\n" }

const header = "Data,Valore,Note,Fonte,Data_Report\n"

// daily returns the daily file with a text.
func daily(text string) sourcetest.File { return sourcetest.File{Name: name, Data: []byte(text)} }

func decodeText(text string) ([]stat.Observation, []stat.Finding, error) {
	return sourcetest.Decode(&Source, daily(text))
}

func TestMissingAndBadValues(t *testing.T) {
	obs, findings, err := decodeText(header + row("2024-01-01", "", "2024-01-04") + row("2024-01-02", "0", "2024-01-04") +
		row("2024-01-03", "1 2", "2024-01-04") + row("2024-01-04", "7", "2024-01-04") + row("2024-01-05", "9", "2024-01-04"))
	if err != nil || len(obs) != 3 || len(findings) != 2 || findings[1].Severity != stat.SeverityWarning {
		t.Fatalf("%d observations, findings %v, error %v", len(obs), findings, err)
	}
	if obs[0].Status != stat.Missing || obs[0].Value.IsKnown() || obs[1].Value != stat.Known(0) || obs[2].Period.End != stat.MustDate("2024-01-04") {
		t.Errorf("%+v", obs)
	}
	for i, want := range []string{`row 4, column "Valore", report of 2024-01-04: "1 2" is not a count`, "1 rows, here the first, are for periods from 2024-01-05"} {
		if !strings.Contains(findings[i].Message, want) {
			t.Errorf("finding %q, want %q", findings[i].Message, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	month := header
	for d := stat.MustDate("2024-01-01"); d <= stat.MustDate("2024-01-31"); d++ {
		month += row(d.String(), "?", "2024-01-31")
	}
	first := row("2024-01-01", "1", "2024-01-02")
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", daily(strings.Replace(header, "Valore", "Persone", 1)+first), decode.ErrHeader, `row 1, column "B": column is called "Persone"`)
	refuse("day twice", daily(header+first+first), decode.ErrShape, `row 3, column "Data": 2024-01-01 follows where the report of 2024-01-02 should have 2024-01-02`)
	refuse("gap", daily(header+first+row("2024-01-03", "1", "2024-01-02")), decode.ErrShape, "row 3")
	refuse("another month", daily(header+row("2024-02-01", "1", "2024-01-02")), decode.ErrShape, "row 2")
	refuse("a day in words", daily(header+row("Monday", "1", "2024-01-02")), decode.ErrPeriod, `row 2, column "Data": "Monday"`)
	refuse("report in words", daily(header+row("2024-01-01", "1", "today")), decode.ErrPeriod, `row 2, column "Data_Report": "today"`)
	refuse("short report", daily(header+first+row("2024-02-01", "1", "2024-02-01")), decode.ErrShape, "row 2, column \"Data\": the report of 2024-01-02 ends with day 1")
	refuse("cut between rows", daily(header+first), decode.ErrShape, "it may be cut short")
	refuse("older report below", daily(header+row("2024-02-01", "1", "2024-02-01")+first), decode.ErrShape, `row 3, column "Data_Report"`)
	refuse("no count anywhere", daily(month), decode.ErrCount, "row 22, column \"Valore\": more than 20 cells")
	refuse("nationalities", load(t, "nazionalita.csv"), decode.ErrHeader, "not the daily file")
}

// TestCutAtAnyLine checks that a file cut between two rows is invalid unless its last report is
// complete.
func TestCutAtAnyLine(t *testing.T) {
	cutAtAnyLine(t, load(t, name), 300)
}

// cutAtAnyLine cuts a file after each line from one on.
func cutAtAnyLine(t *testing.T, f sourcetest.File, from int) {
	t.Helper()
	lines := bytes.SplitAfter(f.Data, []byte("\n"))
	short, whole := 0, 0
	for n := from; n < len(lines); n++ {
		obs, _, err := decodeText(string(bytes.Join(lines[:n], nil)))
		switch {
		case err != nil:
			short++
		case obs[len(obs)-1].Period.End != obs[len(obs)-1].Release.Vintage:
			t.Errorf("%d lines end with %s of the report of %s", n, obs[len(obs)-1].Period.End, obs[len(obs)-1].Release.Vintage)
		default:
			whole++
		}
	}
	if short == 0 || whole == 0 {
		t.Errorf("%d cuts refused, %d taken", short, whole)
	}
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv"},
		[]byte(header+row("2024-01-01", "0[VALORE]0", "2024-01-02")+row("2024-01-02", "1", "2024-01-02")+row("2024-01-03", "0", "2024-01-02")))
}

func BenchmarkDecode(b *testing.B) { sourcetest.Benchmark(b, &Source, load(b, name)) }
