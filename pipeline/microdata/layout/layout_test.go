package layout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

func example(t testing.TB) *Layout {
	t.Helper()
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("border.json", data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// read reads files, one after another, and returns the margins of their cube.
func read(t testing.TB, l *Layout, dir string, files ...string) *engine.Margins {
	t.Helper()
	norm, cube := filepath.Join(dir, "norm"), filepath.Join(dir, "cube")
	if _, err := engine.Normalise(context.Background(), l.Engine(), files, norm, engine.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Cube(context.Background(), norm, cube, l.Cube(), engine.Options{}); err != nil {
		t.Fatal(err)
	}
	m, err := engine.ReadMargins(cube, l.Cube())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var release = &stat.Release{Source: "tidy-events:border", ID: "2050-03-01-01234567", Vintage: stat.MustDate("2050-03-01")}

// said formats observations, without zeros.
func said(obs []stat.Observation) (out []string) {
	for _, o := range obs {
		if n, known := o.Value.Get(); !known || n != 0 {
			out = append(out, fmt.Sprintf("%s %s %s%s", o.Series.ID, o.Period.Start, o.Value, map[bool]string{false: string(o.Status)}[known]))
		}
	}
	return out
}

func TestExample(t *testing.T) {
	l := example(t)
	m := read(t, l, t.TempDir(), "testdata/border.csv")
	obs, err := l.Observations(m, release, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"tidy-events:border:arrivals:D 2025-01-30 4", "tidy-events:border:arrivals:D 2025-02-02 2", "tidy-events:border:arrivals:D 2025-02-03 4",
		"tidy-events:border:arrivals:D:route=english-channel 2025-01-30 4", "tidy-events:border:arrivals:D:route=english-channel 2025-02-03 4",
		"tidy-events:border:arrivals:D:route=western-balkans 2025-02-02 2",
		"tidy-events:border:arrivals:D:sex=F 2025-01-30 1", "tidy-events:border:arrivals:D:sex=M 2025-01-30 3", "tidy-events:border:arrivals:D:sex=M 2025-02-03 4",
		"tidy-events:border:arrivals:D:sex=_U 2025-02-02 2",
		"tidy-events:border:encounters:D 2025-01-30 2", "tidy-events:border:encounters:D 2025-02-02 1", "tidy-events:border:encounters:D 2025-02-03 1",
		"tidy-events:border:encounters:D:route=english-channel 2025-01-30 2", "tidy-events:border:encounters:D:route=english-channel 2025-02-03 1",
		"tidy-events:border:encounters:D:route=western-balkans 2025-02-02 1",
		"tidy-events:border:encounters:D:sex=F 2025-01-30 1", "tidy-events:border:encounters:D:sex=M 2025-01-30 1", "tidy-events:border:encounters:D:sex=M 2025-02-03 1",
		"tidy-events:border:encounters:D:sex=_U 2025-02-02 1",
	}
	if diff := cmp.Diff(want, said(obs)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(obs) != 12*5 { // no month is complete
		t.Errorf("%d observations, want five days of 12 series", len(obs))
	}
	for _, o := range obs {
		if err := o.Validate(); err != nil {
			t.Error(err)
		}
	}
	s := l.Describe(*obs[0].Series)
	if s.Title != "Border register: people, daily" || s.Many == "" || s.RefArea != "GBR" {
		t.Errorf("%+v", s)
	}
	if s := l.Describe(*obs[slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.Route != stat.Total })].Series); s.Title != "Border register: people, English Channel, daily" || s.Many != "" {
		t.Errorf("%+v", s)
	}
	if got := LabelOf("category", "by-boat"); got != "category by-boat" {
		t.Error(got)
	}
	for id, want := range map[stat.SeriesID]bool{"tidy-events:border:arrivals:D": true, "tidy-events:border:arrivals:D:route=english-channel": true,
		"tidy-events:border:arrivals:D:sex=F": false, "tidy-events:border:arrivals:M:origin=SYR": false} {
		if l.Compares(id) != want {
			t.Errorf("%s: compared is %v", id, !want)
		}
	}
}

// TestTheDocumentedLayoutIsTheExample checks that the page on microdata shows the example as it is.
func TestTheDocumentedLayoutIsTheExample(t *testing.T) {
	page, err := os.ReadFile("../../../docs/records.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"testdata/border.json", "testdata/border.csv", "default.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "\n"+string(text)+"```\n") {
			t.Errorf("docs/records.md does not have %s as it is", file)
		}
	}
}

func TestDefaultIsComplete(t *testing.T) {
	if l := Default(); len(l.Columns) != 8 || l.Update != Append || l.MaxGap != 31 || l.Date != "date" {
		t.Errorf("%+v", l)
	}
}

func TestParseRefuses(t *testing.T) {
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"an unknown field", `"key":`, `"keys":`, `border.json: line 14: not the expected file format: json: unknown field "keys"`},
		{"a field twice", `"ref_area": "GBR"`, `"flow": "removal"`, `line 20: not the expected file format: "flow" occurs twice`},
		{"a label twice", `"Western Balkans": "western-balkans"`, `"English Channel": "western-balkans"`, `line 8: not the expected file format: "English Channel" occurs twice`},
		{"no JSON", `"columns": [`, `"columns": [,`, "line 5: not the expected file format: invalid character"},
		{"cut short", "  ]\n}", "", "line 27: not the expected file format: unexpected EOF"},
		{"more after it", "  ]\n}", "  ]\n} {}", "line 29: not the expected file format: more text after the layout"},
		{"an unknown kind", `"kind": "text"`, `"kind": "words"`, `line 12: not the expected file format: kind "words" is not one of code, id, date, count, text`},
		{"a text for a number", `"max_gap": 31`, `"max_gap": "31"`, "line 18: not the expected file format: json: cannot unmarshal string"},
		{"a bad date", `"first": "2024-01-01"`, `"first": "2024-02-30"`, "line 7: not the expected file format:"},
		{"a bad name", `"name": "event_date"`, `"name": "../x"`, `column "../x": a name is lower-case letters`},
		{"codes of a count", `"min": 1,`, `"codes": {"a": "b"},`, `column "persons": codes, codelist, blank and default are only for the kind code`},
		{"an unknown code list", `"codelist": "area"`, `"codelist": "planet"`, `column "nationality": there is no code list "planet"`},
		{"a code that is none", `"western-balkans"}`, `"Western Balkans"}`, `dimension "route": column "route": "Western Balkans" cannot be a code`},
		{"the code of the total", `"western-balkans"}`, `"_T"}`, `"_T" cannot be a code`},
		{"a sex that is none", `"default": "_U"`, `"default": "U"`, `dimension "sex": column "sex": "U" is not in the code list sex`},
		{"an unknown dimension", `"name": "origin"`, `"name": "nationality"`, `dimension "nationality": choose one of age, category, destination, origin, route and sex`},
		{"a dimension that is text", `"column": "nationality"`, `"column": "note"`, `column "note" is not a code column without nullable`},
		{"a frequency", `"frequency": "M"`, `"frequency": "W"`, `frequency "W" is neither D nor M`},
		{"a key that is none", `"key": "record_id"`, `"key": "route"`, `the key "route" is not an ID column`},
		{"a sum of texts", `"column": "persons"`, `"column": "note"`, `sum: "note" is not a count column without nullable`},
		{"one measure twice", `"measure": "encounters"`, `"measure": "arrivals"`, `sum and count are both the measure "arrivals"`},
		{"an unknown flow", `"flow": "arrival"`, `"flow": "tide"`, `"tide" is not in the code list flow`},
		{"an unknown update", `"update": "append"`, `"update": "upsert"`, `update "upsert" is neither append nor replace`},
		{"too many rejects", `"max_rejects": 1`, `"max_rejects": 101`, "max_rejects is 101 per cent"},
		{"a format that is none", `"02/01/2006"`, `"01/2006"`, `column "event_date": format "01/2006" does not say day, month and year`},
		{"an address that is none", `"licence": "CC BY 4.0"`, `"homepage": "javascript:alert(1)"`, `"javascript:alert(1)" is not an address`},
		{"a title of two lines", `"title": "Border register"`, `"title": "Border\nregister"`, `is not one line`},
		{"the lineage", `"name": "note"`, `"name": "file"`, "the name is taken by the file that a record came in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(data), c.old, c.new, 1)
			if text == string(data) {
				t.Fatal("nothing was changed")
			}
			_, err := Parse("border.json", []byte(text))
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.As(err, new(*decode.Error)) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// FuzzParse looks for layouts that make Parse panic, and for layouts that change when they are
// written and read again.
func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("testdata/border.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(defaultText)
	f.Add([]byte(`{"title":"x","columns":[{"name":"d","kind":"date"}],"flow":"asylum","count":{"measure":"a","unit":"b"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse("x.json", data)
		if err != nil {
			if l != nil {
				t.Error("got a layout and an error")
			}
			return
		}
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("x.json", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if again.Hash() != l.Hash() {
			t.Errorf("%s changes when written and read again", text)
		}
	})
}

// register writes n random records of the example, some of them bad.
func register(t testing.TB, r *rand.Rand, n int, first stat.Date, days int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "register.csv")
	var b strings.Builder
	b.WriteString("Record,Date,Route,Nationality,Sex,People,Note\n")
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	for range n {
		day := first.AddDays(r.IntN(days))
		if r.IntN(3) > 0 { // some weeks have nothing
			day = first.AddDays(r.IntN(days) / 60 * 60)
		}
		fmt.Fprintf(&b, "r%d,%s,%s,%s,%s,%d,%s\n", r.IntN(2*n), pick(day.String(), day.Time().Format("02/01/2006"), day.String(), "2025-13-01"),
			pick("English Channel", "Western Balkans", "English Channel", "elsewhere"), pick("SYR", "ERI", "", "SDN", "Syria"),
			pick("male", "female", "x", ""), r.IntN(6), pick("", "\"a,\nb\"\"\"", "note"))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// counted counts the good records of a register with encoding/csv: sums and numbers by day and breakdown.
func counted(t testing.TB, path string) (sums, counts map[string]map[stat.Date]int64, days []stat.Date) {
	t.Helper()
	rows := files.ReadCSV(t, path)
	sums, counts = map[string]map[stat.Date]int64{}, map[string]map[stat.Date]int64{}
	seen, on := map[string]bool{}, map[stat.Date]bool{}
	for _, row := range rows[1:] {
		again := seen[row[0]]
		seen[row[0]] = true
		text := row[1]
		if len(text) == 10 && text[2] == '/' {
			text = text[6:] + "-" + text[3:5] + "-" + text[:2]
		}
		day, err := stat.ParseDate(text)
		route := map[string]string{"English Channel": "english-channel", "Western Balkans": "western-balkans"}[row[2]]
		people, _ := strconv.ParseInt(row[5], 10, 64)
		if err != nil || again || route == "" || row[3] == "Syria" || people == 0 {
			continue
		}
		origin, sex := row[3], "_U"
		if origin == "" {
			origin = "_X"
		}
		switch row[4] {
		case "male":
			sex = "M"
		case "female":
			sex = "F"
		}
		on[day] = true
		for _, b := range []string{":D", ":D:route=" + route, ":M:origin=" + origin, ":D:sex=" + sex} {
			if sums[b] == nil {
				sums[b], counts[b] = map[stat.Date]int64{}, map[stat.Date]int64{}
			}
			sums[b][day] += people
			counts[b][day]++
		}
	}
	for day := range on {
		days = append(days, day)
	}
	slices.Sort(days)
	return sums, counts, days
}

// gapped reports whether a day is in a run of more than 31 days without a record.
func gapped(days []stat.Date, d stat.Date) bool {
	i, found := slices.BinarySearch(days, d)
	return !found && days[i]-days[i-1]-1 > 31
}

// TestObservationsAgreeWithCounting compares the observations of a cube with counts made from the
// CSV.
func TestObservationsAgreeWithCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	l := example(t)
	for round := range 12 {
		path := register(t, r, 20+r.IntN(400), stat.MustDate("2024-01-01").AddDays(r.IntN(60)), 30+r.IntN(900))
		sums, counts, days := counted(t, path)
		m := read(t, l, t.TempDir(), path)
		obs, err := l.Observations(m, release, 0)
		if err != nil {
			t.Fatal(err)
		}
		want, got := map[string]string{}, map[string]string{}
		first, last := days[0], days[len(days)-1]
		for measure, all := range map[string]map[string]map[stat.Date]int64{"arrivals": sums, "encounters": counts} {
			for breakdown, by := range all {
				for d := first; d <= last; {
					p := stat.Day(d)
					if strings.HasPrefix(breakdown, ":M") {
						y, month, _ := d.YMD()
						p = stat.Month(y, month)
					}
					sum, missing := int64(0), false
					for x := p.Start; x <= p.End && x >= first && x <= last; x++ {
						sum, missing = sum+by[x], missing || gapped(days, x)
					}
					value := strconv.FormatInt(sum, 10)
					if missing {
						value = "O"
					}
					if p.Start >= first && p.End <= last {
						want["tidy-events:border:"+measure+breakdown+" "+p.Start.String()] = value
					}
					d = p.End + 1
				}
			}
		}
		for _, o := range obs {
			value := o.Value.String()
			if !o.Value.IsKnown() {
				value = string(o.Status)
			}
			got[string(o.Series.ID)+" "+o.Period.Start.String()] = value
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("round %d: -counted +stated\n%.2000s", round, diff)
		}
	}
}

// TestSinceNamesTheFirstMonthThatDiffers states a register in two steps. The figures of the first
// step before that month, and those of the second step from that month on, must equal the second
// step's full figures.
func TestSinceNamesTheFirstMonthThatDiffers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 3))
	l := example(t)
	partial := 0
	for range 30 {
		path := register(t, r, 300, stat.MustDate("2024-01-01"), 500)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(data), "\nr")
		cut := filepath.Join(t.TempDir(), "register.csv")
		text := strings.TrimSuffix(strings.Join(lines[:len(lines)-1-r.IntN(3)], ""), "r")
		if err := os.WriteFile(cut, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		before, now := read(t, l, t.TempDir(), cut), read(t, l, t.TempDir(), path)
		since := l.Since(before, now)
		all, err := l.Observations(now, release, 0)
		if err != nil {
			t.Fatal(err)
		}
		old, err := l.Observations(before, release, 0)
		if err != nil {
			t.Fatal(err)
		}
		newer, err := l.Observations(now, release, since)
		if err != nil {
			t.Fatal(err)
		}
		old = slices.DeleteFunc(old, func(o stat.Observation) bool { return o.Period.Start >= since })
		got := append(old, newer...)
		slices.SortFunc(got, stat.Observation.Compare)
		if diff := cmp.Diff(said(all), said(got)); diff != "" || len(all) != len(got) {
			t.Fatalf("since %s: -all +both\n%.1000s", since, diff)
		}
		if since > all[0].Period.Start {
			partial++
		}
	}
	if partial == 0 {
		t.Error("the second step always stated everything")
	}
	m := read(t, l, t.TempDir(), "testdata/border.csv")
	if got := l.Since(m, m); got != stat.MustDate("2025-02-01") {
		t.Errorf("nothing differs, but since is %s", got)
	}
}

func TestFindings(t *testing.T) {
	l := example(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	os.WriteFile(path, []byte("Record,Date,Route,Nationality,Sex,People,Note\n1,2025-01-01,English Channel,SYR,male,1,\n2,2025-02-02,English Channel,SYR,male,1,\n3,2025-03-07,English Channel,SYR,male,1,\n"), 0o644)
	m := read(t, l, t.TempDir(), path)
	want := []stat.Finding{
		{Code: "records-gap", Where: "2025-02-03", Message: "1 times more than 31 days follow one another without a record, first 2025-02-03 to 2025-03-06: those days are missing, not 0"},
	}
	if diff := cmp.Diff(want, l.Findings(m)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
