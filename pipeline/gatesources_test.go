package pipeline_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
)

// TestStarterPassesTheGate adds the starter data of every source, as a first run does.
func TestStarterPassesTheGate(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	cfg.Now = func() time.Time { return time.Date(2026, 7, 17, 3, 0, 0, 0, time.UTC) } // after the newest of them
	files, err := filepath.Glob(filepath.Join("..", "data", "raw", "starter", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		id := strings.TrimSuffix(filepath.Base(f), ".csv")
		if o := addTo(t, cfg, id, f)[0]; o.State != review.Added {
			t.Errorf("%s: %s %v\n%s", id, o.State, o.Err, strings.Join(o.Explain(), "\n"))
		}
	}
}

// TestTheGateOfTidyFigures checks the user's own figures by the rules for all series.
func TestTheGateOfTidyFigures(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	tidy := func(vintage string, rows ...string) string {
		return write(t, "mine.csv", []byte("# vintage: "+vintage+"\nseries,flow,unit,sex,period_start,value\n"+strings.Join(rows, "\n")+"\n"))
	}
	row := func(series, day, value string) string {
		_, sex, _ := strings.Cut(series, "sex=")
		return "tidy:mine:" + series + ",arrival,persons," + cmp.Or(sex, "_T") + "," + day + "," + value
	}
	mustTake(t, cfg, "tidy:mine", tidy("2026-05-01", row("arrivals:D", "2026-04-01", "500"), row("arrivals:D", "2026-04-02", "400"), row("arrivals:D:sex=F", "2026-04-01", "200"),
		"tidy:mine:boats:D,arrival,boats,_T,2026-04-01,10"))
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"the same and more": {[]string{row("arrivals:D", "2026-04-01", "500"), row("arrivals:D", "2026-04-02", "400"), row("arrivals:D", "2026-04-03", "450")}, ""},
		"a part too large":  {[]string{row("arrivals:D", "2026-04-03", "10"), row("arrivals:D:sex=F", "2026-04-03", "11")}, check.SubsetExceeds},
		"growth":            {[]string{row("arrivals:D", "2026-04-03", "1501")}, check.Grown},
		"revision":          {[]string{row("arrivals:D", "2026-04-01", "560")}, check.Revised},
		"withdrawn":         {[]string{row("arrivals:D", "2026-04-01", "500"), row("arrivals:D", "2026-04-02", ""), row("arrivals:D", "2026-04-03", "1")}, check.Withdrawn},
		"fewer than boats":  {[]string{row("arrivals:D", "2026-04-03", "2"), "tidy:mine:boats:D,arrival,boats,_T,2026-04-03,15"}, check.MoreBoats},
		"a crowd":           {[]string{row("arrivals:D", "2026-04-03", "450"), "tidy:mine:boats:D,arrival,boats,_T,2026-04-03,2"}, check.Crowded},
	} {
		t.Run(name, func(t *testing.T) {
			own := cfg
			own.Data = t.TempDir()
			if err := os.CopyFS(own.Data, os.DirFS(cfg.Data)); err != nil {
				t.Fatal(err)
			}
			o := addTo(t, own, "tidy:mine", tidy("2026-05-02", c.rows...))[0]
			switch {
			case c.want == "" && o.State != review.Added, c.want != "" && o.State != review.Pending:
				t.Errorf("%s %v %v", o.State, o.Err, codesOf(o))
			case c.want != "" && !slices.Contains(codesOf(o), c.want+" error"):
				t.Errorf("reasons %v, want %s", codesOf(o), c.want)
			}
		})
	}
}

// TestTheGateOfAsylum exchanges refusals and grants, so their sum stays the same.
func TestTheGateOfAsylum(t *testing.T) {
	t.Parallel()
	f := sourcetest.Load(t, "ukho-asylum", "ukho-asylum.csv")
	cfg := gated(t, t.TempDir())
	mustTake(t, cfg, "ukho-asylum", write(t, f.Name, f.Data))
	later := strings.ReplaceAll(string(f.Data), "2026-02-26", "2026-05-21")
	exchanged := strings.NewReplacer("initial_grants,", "initial_refusals,", "initial_refusals,", "initial_grants,").Replace(later)
	if exchanged == later {
		t.Fatal("the measures have other names")
	}
	if o := addTo(t, cfg, "ukho-asylum", write(t, f.Name, []byte(exchanged)))[0]; o.State != review.Pending || !slices.Contains(codesOf(o), check.Rewritten+" error") {
		t.Errorf("%s %v %v", o.State, o.Err, codesOf(o))
	}
	if o := addTo(t, cfg, "ukho-asylum", write(t, f.Name, []byte(later)))[0]; o.State != review.Added {
		t.Errorf("as it was: %s %v", o.State, o.Err)
	}
}

// TestTheGateOfATotal gives a page of months a total that is three times their sum, on the
// first day of all.
func TestTheGateOfATotal(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i, m := range []string{"2025 September 17", "2025 October 58", "2025 November 78"} {
		year, month := strings.Fields(m)[0], strings.Fields(m)[1]
		if i > 0 {
			year = ""
		}
		fmt.Fprintf(&rows, "<tr><td>%s</td><td>%s</td><td></td><td>%s</td></tr>", year, month, strings.Fields(m)[2])
	}
	page := func(total string) []byte {
		return []byte(`<!DOCTYPE html><html><head><meta name="govuk:public-updated-at" content="2026-01-16T09:30:00+01:00"></head><body>
<h1>Transfers into and returns from the United Kingdom under the UK-France Agreement, between 6 August 2025 and 30 November 2025</h1>
<table><thead><tr><th>Year</th><th>Month</th><th>In</th><th>Out</th></tr></thead><tbody>` + rows.String() +
			`<tr><td colspan="2">Total</td><td>150</td><td>` + total + `</td></tr></tbody></table></body></html>`)
	}
	for total, want := range map[string]string{"153": review.Added, "459": review.Pending} {
		if o := addTo(t, gated(t, t.TempDir()), "ukho-france-exchange", write(t, "page.html", page(total)))[0]; o.State != want {
			t.Errorf("a total of %s: %s %v", total, o.State, o.Err)
		}
	}
}
