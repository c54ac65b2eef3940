package layout

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

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
			pick("English Channel", "Western Balkans", "English Channel", "elsewhere"), pick("SYR", "ERI", "", "SDN", "Atlantis"),
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
		if err != nil || again || route == "" || row[3] == "Atlantis" || people == 0 {
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
