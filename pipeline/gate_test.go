package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

var (
	sheetOf = regexp.MustCompile(`(?s)<table:table table:name="([^"]*)"[^>]*>.*?</table:table>`)
	rowOf   = regexp.MustCompile(`<table:table-row[^>]*><table:table-cell office:value-type="date" office:date-value="(\d{4}-\d\d-\d\d)T.*?</table:table-row>`)
	cellOf  = regexp.MustCompile(`<table:table-cell office:value-type="(?:float" office:value="\d+"|string")[^>]*><text:p>([^<]*)</text:p></table:table-cell>`)
)

// weeklyEdit changes the values of a row of a weekly release, in place: those of a day in
// SB_01, and those of the week that ends on it in SB_02.
type weeklyEdit func(sheet, day string, values []string)

// edited returns the weekly release of a day with its rows changed, as a file of the name
// that it has.
func edited(t *testing.T, day string, edit weeklyEdit, texts ...string) string {
	t.Helper()
	f := weekly.Short(t, day)
	rows := 0
	data := sourcetest.EditODS(t, f.Data, func(content string) string {
		content = sheetOf.ReplaceAllStringFunc(content, func(sheet string) string {
			name := sheetOf.FindStringSubmatch(sheet)[1]
			return rowOf.ReplaceAllStringFunc(sheet, func(row string) string {
				rows++
				return editedRow(row, func(values []string) { edit(name, rowOf.FindStringSubmatch(row)[1], values) })
			})
		})
		return strings.NewReplacer(texts...).Replace(content)
	})
	if rows < 550 {
		t.Fatalf("%d rows of the release were found", rows)
	}
	return write(t, f.Name, data)
}

func editedRow(row string, edit func(values []string)) string {
	var values []string
	for _, c := range cellOf.FindAllStringSubmatch(row, -1) {
		values = append(values, c[1])
	}
	before := slices.Clone(values)
	edit(values)
	i := -1
	return cellOf.ReplaceAllStringFunc(row, func(c string) string {
		i++
		switch {
		case values[i] == before[i]:
			return c
		case values[i] == "-":
			return `<table:table-cell office:value-type="string"><text:p>-</text:p></table:table-cell>`
		}
		return fmt.Sprintf(`<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>`, values[i], values[i])
	})
}

// plus returns an edit that adds n to a known value.
func plus(value *string, n int) {
	if v, err := strconv.Atoi(*value); err == nil {
		*value = strconv.Itoa(v + n)
	}
}

// withOlder is a data folder with the weekly release before the newest, made once.
var withOlder struct {
	sync.Once
	dir string
}

// afterOlder returns a configuration of a data folder that has the release of 19 June.
func afterOlder(t *testing.T) world {
	t.Helper()
	withOlder.Do(func() {
		dir, err := os.MkdirTemp(releasesIn, "older")
		if err != nil {
			t.Fatal(err)
		}
		mustAdd(t, gated(t, dir), release(t, "2026-06-19"))
		withOlder.dir = dir
	})
	if withOlder.dir == "" {
		t.Fatal("the older release could not be added; see the test that was first to ask for it")
	}
	return copied(t, gated(t, withOlder.dir))
}

// codesOf returns the kinds of reason of an outcome, each with its severity.
func codesOf(o review.Outcome) []string {
	var out []string
	for _, g := range o.Grounds() {
		out = append(out, g.Code+" "+g.Severity.String())
	}
	return out
}

// TestTheGate adds altered copies of the newest weekly release after the one before it. A copy that
// contradicts itself or what was known must be pending, with the reason. The others must come in.
func TestTheGate(t *testing.T) {
	t.Parallel()
	last := "2026-06-25" // a day that is in no week yet: 150 people in 2 boats
	for name, c := range map[string]struct {
		edit  weeklyEdit
		texts []string // old and new in the file
		gate  check.Gate
		want  string // the state, and then the kinds of reason that must be among them
	}{
		"columns exchanged": {edit: func(_, _ string, v []string) { v[0], v[1] = v[1], v[0] },
			want: "held, more-boats error, revised error"},
		"all arrivals missing": {edit: func(sheet, _ string, v []string) {
			if sheet == "SB_01" {
				v[0] = "-"
			}
		}, want: "held, withdrawn error, sum-differs error"},
		"a digit too many": {edit: func(_, day string, v []string) {
			if day == last {
				v[0] = "1500"
			}
		}, want: "held, crowded error"},
		"out of proportion": {edit: func(_, day string, v []string) {
			if day == last {
				v[0], v[1] = "4250", "70"
			}
		}, want: "held, grown error"},
		"many sums differ": {edit: func(sheet, _ string, v []string) {
			if sheet == "SB_01" && v[0] != "0" {
				plus(&v[0], 1)
			}
		}, want: "held, sum-differs error, rewritten error"},
		"few sums differ": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_01" && (day == "2026-05-23" || day == "2026-05-29") {
				plus(&v[0], 1)
			}
		}, want: "added, sum-differs warning"},
		"two people in 150 boats": {edit: func(_, day string, v []string) {
			if day == last {
				v[0], v[1] = "2", "150"
			}
		}, want: "held, more-boats error"},
		"people without a boat": {edit: func(_, day string, v []string) {
			if day == last {
				v[1] = "0"
			}
		}, want: "held, no-boats error"},
		"a part larger than the whole": {edit: func(_, day string, v []string) {
			if day == last {
				v[2] = "3"
			}
		}, want: "held, subset-exceeds error"},
		"a span of small values set to zero": {edit: func(sheet, day string, v []string) {
			if n, _ := strconv.Atoi(v[0]); n < 50 && day >= "2025-06-01" && day < "2026-03-01" {
				v[0], v[1] = "0", "0"
			}
		}, want: "held, zeroed error"},
		"a tenth of a series changes by one": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_02" && day > "2026-03-01" {
				plus(&v[3], 1)
			}
		}, want: "held, rewritten error"},
		"a few values change by one": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_02" && day > "2026-05-01" {
				plus(&v[3], 1)
			}
		}, want: "added"},
		"the definitions change": {edit: func(_, _ string, _ []string) {}, texts: []string{"Definitions, text C", "Other definitions"},
			want: "added"},
		"the definitions change with values": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_02" && day > "2026-05-01" {
				plus(&v[3], 1)
			}
		}, texts: []string{"Definitions, text C", "Other definitions"}, want: "held, redefined error"},
		"a small revision": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_02" && day == "2026-06-14" {
				plus(&v[3], 40)
			}
		}, want: "added"},
		"a revision of a tenth and more": {edit: func(sheet, day string, v []string) {
			if sheet == "SB_02" && day == "2026-06-14" {
				plus(&v[3], 400)
			}
		}, want: "held, revised error"},
		"a record": {edit: record(last), want: "added, record warning"},
		"a record, strict": {edit: record(last), gate: check.GateStrict,
			want: "held, record warning"},
		"a digit too many, no gate": {edit: func(_, day string, v []string) {
			if day == last {
				v[0] = "1500"
			}
		}, gate: check.GateOff, want: "added, crowded error"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := afterOlder(t)
			cfg.Gate = c.gate
			o := add(t, cfg, edited(t, "2026-06-26", c.edit, c.texts...))[0]
			want := strings.Split(c.want, ", ")
			got := codesOf(o)
			if o.State != want[0] || len(want) == 1 && len(got) > 0 {
				t.Errorf("%s %v %v, want %s", o.State, got, o.Err, c.want)
			}
			for _, w := range want[1:] {
				if !slices.Contains(got, w) {
					t.Errorf("reasons %v, want %s", got, w)
				}
			}
			if o.State == review.Pending {
				screen(t, o)
			}
		})
	}
}

// record gives a day more people than any before it.
func record(day string) weeklyEdit {
	return func(_, d string, v []string) {
		if d == day {
			v[0], v[1] = "1400", "20"
		}
	}
}

// screen checks that the explanation of a pending release fits on a screen.
func screen(t *testing.T, o review.Outcome) {
	t.Helper()
	lines := o.Explain()
	text := strings.Join(lines, "\n")
	for _, want := range []string{o.Source + ": release " + o.Release + " waits", "stays published meanwhile", "ingest accept " + o.Source + " " + o.Release,
		"ingest reject " + o.Source + " " + o.Release + " --reason", "publish diff --review"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	if len(lines) > 24 {
		t.Errorf("%d lines:\n%s", len(lines), text)
	}
}

// TestHistoryIsWeighedAgainstItsNeighbours adds weekly releases newest first and in the middle; none is
// pending. A release with a digit too many must be pending wherever it comes in.
func TestHistoryIsWeighedAgainstItsNeighbours(t *testing.T) {
	t.Parallel()
	days := []string{"2026-06-26", "2026-06-12", "2026-06-19", "2026-05-22", "2026-06-05"} // 5 June revises a dozen weeks
	cfg := gated(t, t.TempDir())
	for _, day := range days {
		if o := add(t, cfg, release(t, day))[0]; o.State != review.Added {
			t.Errorf("%s: %s %v\n%s", day, o.State, o.Err, strings.Join(o.Explain(), "\n"))
		}
	}
	wrong := func(_, day string, v []string) {
		if day == "2026-05-23" {
			v[0] = "9" + v[0]
		}
	}
	if o := add(t, cfg, edited(t, "2026-05-29", wrong))[0]; o.State != review.Pending { // between 22 May and 5 June
		t.Errorf("a digit too many in the middle: %s %v %v", o.State, o.Err, codesOf(o))
	}
	older := gated(t, t.TempDir()) // older than all that is known
	mustAdd(t, older, release(t, "2026-06-26"))
	if o := add(t, older, edited(t, "2026-05-29", wrong))[0]; o.State != review.Pending || !slices.Contains(codesOf(o), check.Contrary+" error") {
		t.Errorf("the oldest with a digit too many: %s %v", o.State, codesOf(o))
	}
}

// TestAReleaseThatWaitsShows looks for a pending release in the state of its source, the metrics and the
// pages, and counts the notifications.
func TestAReleaseThatWaitsShows(t *testing.T) {
	t.Parallel()
	cfg := afterOlder(t)
	cfg.Sources = sources[:1]
	add(t, cfg, edited(t, "2026-06-26", func(_, day string, v []string) {
		if day == "2026-06-25" {
			v[0] = "15000"
		}
	}))
	published(t, cfg, "")
	for _, page := range []string{"index.html", "topics/arrivals.html", "releases/ukho-small-boats.html"} {
		if text := string(readAllOf(t, filepath.Join(cfg.Data, "out", "site", page))); !strings.Contains(text, "A release of 26 June 2026 waits for review") {
			t.Errorf("%s does not say so", page)
		}
	}
	table, findings, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	if got := table.Column("state")[0].String(); got != "held" || !watch.AnyAlarming(table) {
		t.Errorf("state %s", got)
	}
	text, err := watch.Metrics(table, findings)
	if err != nil || !strings.Contains(string(text), `crossings_source_state{source="ukho-small-boats",state="held"} 1`) {
		t.Errorf("%s, %v", text, err)
	}
}

// mustTake ingests a file, which must come in as new.
func mustTake(t *testing.T, cfg world, id, file string) {
	t.Helper()
	if o := addTo(t, cfg, id, file)[0]; o.State != review.Added {
		t.Fatalf("%s: %s %v %v", file, o.State, o.Err, codesOf(o))
	}
}

// TestARecordIsToldOnce ingests a record value. The operator must be notified once.
func TestARecordIsToldOnce(t *testing.T) {
	t.Parallel()
	cfg := afterOlder(t)
	cfg.Sources = sources[:1]
	add(t, cfg, edited(t, "2026-06-26", record("2026-06-25")))
	ch := &told{name: "good"}
	for range 2 {
		if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{ch}, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(ch.got) != 1 || ch.got[0].Changes[0].Now != watch.Warned || !strings.Contains(ch.got[0].Text, "1400 is a record; the largest value so far is 1195") {
		t.Errorf("told %+v", ch.got)
	}
}
