package pipeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// daysToCome returns an edit that adds rows of zeros after the last day of the daily sheet.
func daysToCome(days int) func(string) string {
	return func(s string) string {
		at := strings.Index(s, `office:date-value="2026-06-25T00:00:00"`)
		at += strings.Index(s[at:], "</table:table-row>") + len("</table:table-row>")
		var rows strings.Builder
		for n := range days {
			d := stat.MustDate("2026-06-26").AddDays(n)
			fmt.Fprintf(&rows, `<table:table-row><table:table-cell office:value-type="date" office:date-value="%sT00:00:00"><text:p>%[1]s</text:p></table:table-cell>`+
				strings.Repeat(`<table:table-cell office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>`, 3)+`</table:table-row>`, d)
		}
		return s[:at] + rows.String() + s[at:]
	}
}

// TestFaultsOfTheWeeklyFile adds an altered release after a correct one. Whatever its outcome, the site
// must show the correct figures, and the true release must come in later.
func TestFaultsOfTheWeeklyFile(t *testing.T) {
	t.Parallel()
	const next = "pub20260703_data_small_boats_time_series.ods"
	for name, c := range map[string]struct {
		name string
		edit func(string) string
		says string // of the refusal; "" where days are left out or it is refused
	}{
		"days to come":       {newest, daysToCome(189), ""},
		"the day of release": {newest, daysToCome(1), ""},
		"an integer without room": {newest, func(s string) string {
			i := strings.Index(s, `office:date-value="2026-06-25T00:00:00"`)
			return s[:i] + strings.Replace(s[i:], `office:value="150"`, `office:value="9223372036854775807"`, 1)
		}, "SB_01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, t.TempDir())
			mustAdd(t, cfg, release(t, "2026-06-19"))
			o := add(t, cfg, rewrite(t, release(t, "2026-06-26"), c.name, c.edit))[0]
			if c.says != "" && (!o.Failed() || !strings.Contains(o.Error, c.says) || o.Hint == "") {
				t.Errorf("outcome %+v, want a refusal that says %q", o, c.says)
			}
			p := published(t, cfg, "")
			if cut := find(t, rows(t, cfg.Data, "year-to-date"), "series="+boats+":arrivals:D", "year=2026"); cut["cutoff"] > "2026-06-25" || cut["value"] != "11638" && cut["cutoff"] == "2026-06-25" {
				t.Errorf("published %v: %s", cut, p.Texts[0])
			}
			cfg.Now = func() time.Time { return now.AddDate(0, 0, 7) }
			if o := add(t, cfg, write(t, next, weekly.Short(t, "2026-06-26").Data))[0]; o.Failed() {
				t.Errorf("the true file afterwards: %+v", o)
			}
		})
	}
}

// TestAReleaseOfTheFuture adds a file whose own date is ten years ahead. The date must not be believed,
// and a true release must come in.
func TestAReleaseOfTheFuture(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-19"))
	ahead := weekly.Stamped(t, "2026-06-26", "2036-06-26T13:14:54Z")
	if o := add(t, cfg, write(t, "data_small_boats_time_series.ods", ahead.Data))[0]; !o.Failed() && o.Release > "2026-06-29" {
		t.Errorf("outcome %+v", o)
	}
	if o := add(t, cfg, release(t, "2026-06-26"))[0]; o.Failed() {
		t.Errorf("the true file: %+v", o)
	}
	if got := find(t, statusRows(t, cfg), "source="+boats)["last_release"]; got > "2026-06-28" {
		t.Errorf("the last release is of %s", got)
	}
}

// statusRows returns the table of sources as maps from column to value.
func statusRows(t *testing.T, cfg world) []map[string]string {
	t.Helper()
	table, _, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range table.Rows {
		m := map[string]string{}
		for i, c := range table.Schema.Columns {
			m[c.Name] = r[i].String()
		}
		out = append(out, m)
	}
	return out
}

// TestElementsWithinACell puts elements into a cell of the last seven days. Their text must never be
// joined to the figure.
func TestElementsWithinACell(t *testing.T) {
	t.Parallel()
	const id = "ukho-small-boats-last7days"
	page := sourcetest.Load(t, id, "2026-07-15.html")
	at := bytes.Index(page.Data, []byte("8 July 2026</th>"))
	if at < 0 || !bytes.Contains(page.Data[at:], []byte("<td>249")) {
		t.Fatal("the fixture has no 249 on 8 July")
	}
	for name, c := range map[string]struct{ cell, want string }{
		"a mark":         {"<td>249<sup>1</sup>", "249"},
		"a correction":   {"<td><del>249</del>255", "255"},
		"a hidden digit": {`<td>249<span class="govuk-visually-hidden">0</span>`, "249"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := append(bytes.Clone(page.Data[:at]), bytes.Replace(page.Data[at:], []byte("<td>249"), []byte(c.cell), 1)...)
			cfg := config(t, t.TempDir())
			cfg.Now = func() time.Time { return time.Date(2026, 7, 16, 3, 0, 0, 0, time.UTC) }
			o := addTo(t, cfg, id, write(t, page.Name, data))[0]
			if o.Failed() {
				if !strings.Contains(o.Error, page.Name) || o.Hint == "" {
					t.Errorf("outcome %+v", o)
				}
				return
			}
			published(t, cfg, "")
			if r := find(t, rows(t, cfg.Data, "observations"), "series="+id+":arrivals:D", "period_start=2026-07-08"); r["value"] != c.want {
				t.Errorf("published %v, want %s", r, c.want)
			}
		})
	}
}

// TestFaultsOfOwnFigures adds files in the tidy layout. Each must be refused with its name, or read as
// the test says.
func TestFaultsOfOwnFigures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rows, says string }{
		"cut in a number":     {"series,flow,unit,period_start,value\ntidy:mine:x:D,arrival,persons,2026-05-30,1204\ntidy:mine:x:D,arrival,persons,2026-05-31,12", "mine.csv"},
		"bounds that cross":   {"series,flow,unit,period_start,value,lower,upper\ntidy:mine:x:D,arrival,persons,2026-05-30,6,9,3\n", "row 3"},
		"year 1":              {"series,flow,unit,period_start,value\ntidy:mine:x:D,arrival,persons,0001-05-30,6\n", "row 3"},
		"year 9999":           {"series,flow,unit,period_start,value\ntidy:mine:x:D,arrival,persons,9999-05-30,6\n", "row 3"},
		"neither true or not": {"series,flow,unit,period_start,value,revised\ntidy:mine:x:D,arrival,persons,2026-05-30,6,yes\n", "row 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, t.TempDir())
			o := addTo(t, cfg, "tidy:mine", write(t, "mine.csv", []byte("# vintage: 2026-06-01\n"+c.rows)))[0]
			if !o.Failed() || !strings.Contains(o.Error, c.says) || o.Hint == "" {
				t.Errorf("outcome %+v, want a refusal that says %q", o, c.says)
			}
			if _, err := os.Stat(filepath.Join(cfg.Data, "out", "lake", "observations")); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("something of it is in the lake: %v", err)
			}
		})
	}
	for text, want := range map[string]string{"TRUE": "true", "True": "true", "true": "true", "FALSE": "false", "False": "false", "false": "false"} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, t.TempDir())
			o := addTo(t, cfg, "tidy:mine", write(t, "mine.csv", []byte("# vintage: 2026-06-01\nseries,flow,unit,period_start,value,revised\ntidy:mine:x:D,arrival,persons,2026-05-30,6,"+text+"\n")))[0]
			if o.Failed() {
				t.Fatalf("%+v", o)
			}
			published(t, cfg, "")
			if r := find(t, rows(t, cfg.Data, "observations"), "series=tidy:mine:x:D"); r["revised"] != want {
				t.Errorf("%s is read as %s", text, r["revised"])
			}
		})
	}
}
