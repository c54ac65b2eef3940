package pipeline_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// ingestOne adds one file of a source and returns what became of it.
func ingestOne(t *testing.T, cfg world, id, name, text string, released stat.Date) (review.Outcome, error) {
	t.Helper()
	in := opened(t, cfg)
	defer in.Close()
	out, err := in.Add(t.Context(), id, []string{write(t, name, []byte(text))}, released)
	if err != nil {
		return review.Outcome{}, err
	}
	return out[len(out)-1], nil
}

// codes returns the codes and severities of findings.
func codes(o review.Outcome) (out []string) {
	for _, f := range o.Findings {
		out = append(out, strings.TrimSpace(f.Code+" "+string(f.Severity)))
	}
	return out
}

// TestPeriodsThatAreNotOver gives figures for periods that had not ended when they were published, of each
// length. None is taken: the file is refused with row and column.
func TestPeriodsThatAreNotOver(t *testing.T) {
	t.Parallel()
	const tidy = "# vintage: 2026-06-15\n# flow: arrival\n# unit: persons\nseries,period_start,period_end,precision,kind,value\n"
	for name, c := range map[string]struct {
		row, want string // "" where the figure is taken
	}{
		"the day before":         {"tidy:m:x:D,2026-06-14,2026-06-14,day,flow,5", ""},
		"the day of the release": {"tidy:m:x:D,2026-06-15,2026-06-15,day,flow,5", "2026-06-15 was not over when it was published on 2026-06-15"},
		"0 for a day to come":    {"tidy:m:x:D,2026-06-16,2026-06-16,day,flow,0", "2026-06-16 was not over"},
		"the week before":        {"tidy:m:x:W,2026-06-08,2026-06-14,week,flow,5", ""},
		"the week":               {"tidy:m:x:W,2026-06-09,2026-06-15,week,flow,5", "was not over"},
		"the month before":       {"tidy:m:x:M,2026-05-01,2026-05-31,month,flow,5", ""},
		"the month":              {"tidy:m:x:M,2026-06-01,2026-06-30,month,flow,5", "2026-06-01 to 2026-06-30 was not over"},
		"the quarter":            {"tidy:m:x:Q,2026-04-01,2026-06-30,quarter,flow,5", "was not over"},
		"the year":               {"tidy:m:x:A,2026-01-01,2026-12-31,year,flow,5", "was not over"},
		"a range to the day":     {"tidy:m:x:A,2026-01-01,2026-06-15,range,flow,5", "was not over"},
		"a range before":         {"tidy:m:x:A,2026-01-01,2026-06-14,range,flow,5", ""},
		"a stock of the day":     {"tidy:m:x:Q,2026-06-15,2026-06-15,day,stock,5", "was not over"},
		"a stock before":         {"tidy:m:x:Q,2026-06-14,2026-06-14,day,stock,5", ""},
		"long ago":               {"tidy:m:x:D,0001-05-30,0001-05-30,day,flow,5", "0001-05-30"},
		"far to come":            {"tidy:m:x:D,9999-05-30,9999-05-30,day,flow,5", "9999-05-30"},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := ingestOne(t, config(t, t.TempDir()), "tidy:m", "mine.csv", tidy+c.row+"\n", 0)
			if err != nil || o.Failed() != (c.want != "") || !strings.Contains(o.Error, c.want) {
				t.Fatalf("%+v, %v; want %q", o, err, c.want)
			}
			var where *decode.Error
			if o.Failed() && (!errors.As(o.Err, &where) || where.Line != 5 || where.Column == "" || o.Hint == "") {
				t.Errorf("no row, column or hint: %q", o.Error)
			}
		})
	}
}

// TestARowWithoutAValueIsLeftOut gives a row for a day to come that states nothing.
func TestARowWithoutAValueIsLeftOut(t *testing.T) {
	t.Parallel()
	const text = "# vintage: 2026-06-15\n# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:m:x:D,2026-06-14,5\ntidy:m:x:D,2026-06-15,\n"
	o, err := ingestOne(t, config(t, t.TempDir()), "tidy:m", "mine.csv", text, 0)
	if err != nil || o.Failed() || o.Rows != 1 || !slices.Equal(codes(o), []string{"not-over warning"}) {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestDaysToComeOfAPublisher adds rows to the publisher's spreadsheet for the day of its release and days after.
func TestDaysToComeOfAPublisher(t *testing.T) {
	t.Parallel()
	for _, days := range []int{1, 30} {
		dir := t.TempDir()
		cfg := config(t, dir)
		mustAdd(t, cfg, release(t, "2026-06-19"))
		filled := rewrite(t, release(t, "2026-06-26"), newest, func(s string) string {
			i := strings.Index(s, `office:date-value="2026-06-25T00:00:00"`)
			from := strings.LastIndex(s[:i], "<table:table-row")
			to := i + strings.Index(s[i:], "</table:table-row>") + len("</table:table-row>")
			var more strings.Builder
			for n := range days {
				day := stat.MustDate("2026-06-26").AddDays(n)
				more.WriteString(strings.ReplaceAll(strings.ReplaceAll(s[from:to], "2026-06-25", day.String()), "25/06/2026", day.Time().Format("02/01/2006")))
			}
			return s[:to] + more.String() + s[to:]
		})
		o := add(t, cfg, filled)[0]
		var where *decode.Error
		if !errors.Is(o.Err, check.ErrNotOver) || !errors.As(o.Err, &where) || where.Sheet != "SB_01" || where.Line == 0 || o.Hint == "" {
			t.Errorf("%d days: %+v", days, o)
		}
		mustAdd(t, cfg, release(t, "2026-06-26"))
	}
}

// TestClaimsAboutTime gives files by hand that say that they were released in the future.
func TestClaimsAboutTime(t *testing.T) {
	t.Parallel()
	const exchange = "measure,period_start,period_end,precision,value,published\nexchange_out,2026-05-01,2026-05-31,month,5,%\nexchange_in,2025-08-06,2026-05-31,range,9,%\n"
	const tidy = "# flow: arrival\n# unit: persons\nseries,period_start,value,vintage,first_seen\ntidy:m:x:D,2026-06-14,5,%\n"
	for name, c := range map[string]struct{ id, file, text, want string }{
		"published":          {"ukho-france-exchange", "ukho-france-exchange.csv", strings.ReplaceAll(exchange, "%", "2062-07-16"), "2062-07-16 is in the future"},
		"published tomorrow": {"ukho-france-exchange", "ukho-france-exchange.csv", strings.ReplaceAll(exchange, "%", "2026-06-29"), "2026-06-29 is in the future"},
		"published today":    {"ukho-france-exchange", "ukho-france-exchange.csv", strings.ReplaceAll(exchange, "%", "2026-06-28"), ""},
		"vintage":            {"tidy:m", "m.csv", strings.Replace(tidy, "%", "2036-01-01,", 1), `row 4, column "vintage"`},
		"first seen":         {"tidy:m", "m.csv", strings.Replace(tidy, "%", "2026-06-20,2036-01-01T00:00:00Z", 1), `row 4, column "first_seen"`},
		"vintage long ago":   {"tidy:m", "m.csv", strings.Replace(tidy, "%", "0026-06-20,", 1), `row 4, column "vintage"`},
		"vintage of today":   {"tidy:m", "m.csv", strings.Replace(tidy, "%", "2026-06-28,", 1), ""},
		"file name":          {notes, "2036-01-01.txt", "2026-06-10 5\nreleased 2036-01-01\n", "2036-01-01 is in the future"},
		"a report":           {italy, "sbarchi-per-giorno.csv", "Data,Valore,Note,Fonte,Data_Report\n2036-01-01,1,,,2036-01-01\n", "2036-01-01 is in the future"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cfg := config(t, dir)
			cfg.Sources = append(slices.Clone(cfg.Sources), notesSource())
			o, err := ingestOne(t, cfg, c.id, c.file, c.text, 0)
			if err != nil || o.Failed() != (c.want != "") || !strings.Contains(o.Error, c.want) || o.Failed() && o.Hint == "" {
				t.Errorf("%+v, %v; want %q", o, err, c.want)
			}
		})
	}
}

// TestAReleaseDateInTheFutureIsAMistake gives --released a day that has not come, for files and for records.
func TestAReleaseDateInTheFutureIsAMistake(t *testing.T) {
	t.Parallel()
	for _, id := range []string{notes, "tidy:m", "tidy-events:m"} {
		for _, day := range []string{"2036-01-01", "2026-06-29", "0026-06-01"} {
			cfg := config(t, t.TempDir())
			cfg.Sources = []*source.Source{notesSource()}
			if _, err := ingestOne(t, cfg, id, "x.txt", "2026-06-10 5\n", stat.MustDate(day)); !errors.Is(err, registry.ErrUsage) || !strings.Contains(err.Error(), day) {
				t.Errorf("%s, %s: %v", id, day, err)
			}
		}
	}
}

// TestAFetchedFileWithAClockAhead serves a file that says that it is of 2036: it is dated by the day on which it
// came, with a warning, the next true one goes in, and the raw files alone give the same.
func TestAFetchedFileWithAClockAhead(t *testing.T) {
	t.Parallel()
	for name, claim := range map[string]string{"day": "released 2036-06-26\n", "stamp": "stamp 2036-06-26T13:14:54Z\n", "both": "released 2036-06-26\nstamp 2036-06-26T13:14:54Z\n"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			n := newServing(t, notesSource(), dir)
			o := n.must(claim+"2026-06-10 5\n", review.Added)
			if !strings.HasPrefix(o.Release, "2026-06-28-") || !slices.Contains(codes(o), "date-ahead warning") {
				t.Errorf("%+v", o)
			}
			for _, e := range second(value(t, dir, notes, "2026-06-10")) {
				if e.FirstSeen.After(n.clock) {
					t.Errorf("first seen %s", e.FirstSeen)
				}
			}
			n.clock = n.clock.AddDate(0, 0, 6)
			n.must("released 2026-07-03\n2026-06-10 6\n", review.Added)
			if got, _ := value(t, dir, notes, "2026-06-10"); got != "6" {
				t.Errorf("newest is %s", got)
			}
			rebuilt(t, n.cfg)
			n.clock = n.clock.AddDate(1, 0, 0)
			if got := state(t, n.cfg); !strings.HasPrefix(got, "dead") {
				t.Errorf("a year later: %s", got)
			}
		})
	}
}

func second[A, B any](_ A, b B) B { return b }

// TestTheDayIsThePublishers gives a file on a day that has begun where its publisher is, and not in UTC.
func TestTheDayIsThePublishers(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	cfg.Sources = []*source.Source{notesSource()}
	at := stat.MustDate("2026-06-27").Time().Add(23*time.Hour + 30*time.Minute) // 00:30 in London
	cfg.Now = func() time.Time { return at }
	for day, taken := range map[string]bool{"2026-06-28": true, "2026-06-29": false} {
		if o, err := ingestOne(t, cfg, notes, "x.txt", "released "+day+"\n2026-06-10 5\n", 0); err != nil || o.Failed() == taken {
			t.Errorf("%s: %+v, %v", day, o, err)
		}
	}
}

// TestWhatAnEarlierVersionBelieved makes the sidecar of a release say that it is of 2036, as it would have been dated before:
// verify and the state of the source say so, and it does not come in again unnoticed.
func TestWhatAnEarlierVersionBelieved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	s := notesSource()
	s.Place.Address = ""
	cfg.Sources = []*source.Source{s}
	if out := addTo(t, cfg, notes, write(t, "notes.txt", []byte(noteA))); out[0].State != review.Added {
		t.Fatalf("%+v", out)
	}
	_, entries := value(t, dir, notes, "2026-06-10")
	folder := filepath.Join(dir, "raw", notes, entries[0].Release)
	meta := filepath.Join(folder, "notes.txt.meta.json")
	text := strings.Replace(string(readAllOf(t, meta)), `"released": "2026-06-20"`, `"released": "2036-06-20"`, 1)
	text = regexp.MustCompile(`,\s*"check": "[0-9a-f]+"`).ReplaceAllString(text, "")
	if err := os.WriteFile(meta, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder, filepath.Join(dir, "raw", notes, "2036"+entries[0].Release[4:])); err != nil {
		t.Fatal(err)
	}
	l, r := lake.Open(filepath.Join(dir, "out", "lake")), entries[0].Stat()
	r.Vintage, r.ID = stat.MustDate("2036-06-20"), "2036"+r.ID[4:]
	obs, err := l.Read(entries[0])
	for i := range obs {
		obs[i].Release = &r
	}
	if err == nil {
		err = l.Remove(entries[0])
	}
	if err == nil {
		_, err = l.Append(r, lake.Content{Observations: obs}, lake.Raw{File: notes + "/" + r.ID + "/notes.txt"})
	}
	if err != nil {
		t.Fatal(err)
	}
	night(t, cfg) // with the lake as it was
	if got := state(t, cfg); !strings.HasPrefix(got, "malformed") {
		t.Errorf("state %s", got)
	}
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if o := night(t, cfg)[notes]; !o.Failed() || !errors.Is(o.Err, check.ErrAhead) || !strings.Contains(o.Hint, "redate") {
		t.Errorf("%+v", o)
	}
	bad, err := watch.Verify(cfg.registry())
	if err != nil || !slices.ContainsFunc(bad, func(err error) bool { return errors.Is(err, check.ErrAhead) }) {
		t.Errorf("verify: %v, %v", bad, err)
	}
}

// TestRecordsThatAreNotOver gives records of days up to the day of their release and after it: the day itself is no
// figure yet, and the next release states it; a later one is rejected.
func TestRecordsThatAreNotOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	const id = "tidy-events:m"
	text := "id,date,route,origin,sex,age,category,persons\n"
	for i, day := range []string{"2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15", "2036-06-15"} {
		text += fmt.Sprintf("%d,%s,,,,,x,2\n", i, day)
	}
	o, err := ingestOne(t, cfg, id, "a.csv", text, stat.MustDate("2026-06-15"))
	if err != nil || o.Failed() || o.Records != 4 || o.Excluded != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	if got, _ := value(t, dir, id, "2026-06-14"); got == "none" {
		t.Error("the day before the release is not known")
	}
	if got, _ := value(t, dir, id, "2026-06-15"); got != "none" {
		t.Errorf("the day of the release is %s", got)
	}
	o, err = ingestOne(t, cfg, id, "b.csv", "id,date,route,origin,sex,age,category,persons\n9,2026-06-18,,,,,x,2\n", stat.MustDate("2026-06-20"))
	if err != nil || o.Failed() {
		t.Fatalf("%+v, %v", o, err)
	}
	if got, _ := value(t, dir, id, "2026-06-15"); got == "none" {
		t.Error("the next release does not state the day of the first")
	}
}
