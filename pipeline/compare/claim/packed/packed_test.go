package packed

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

const arrivals stat.SeriesID = "ukho-small-boats:arrivals:D"

// of returns observations of a series from a day on; a negative value is a missing one.
func of(id stat.SeriesID, from string, values ...int64) (out []stat.Observation) {
	s := &stat.Series{ID: id, Kind: stat.Flow}
	for i, v := range values {
		o := stat.Observation{Series: s, Period: stat.Day(stat.MustDate(from).AddDays(i)), Value: stat.Known(v), Status: stat.Normal}
		if v < 0 {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		out = append(out, o)
	}
	return out
}

// covers returns the coverage of a series or a group.
func covers(id stat.SeriesID, from, to string) stat.Coverage {
	return stat.Coverage{Series: id, Start: stat.MustDate(from), End: stat.MustDate(to)}
}

// release is one release of the source.
type release struct {
	on       string
	coverage []stat.Coverage
	obs      []stat.Observation
}

// archiveOf packs releases of small boats and opens them.
func archiveOf(t *testing.T, releases ...release) *Archive {
	t.Helper()
	var p Packer
	for _, r := range releases {
		if err := p.Add(stat.MustDate(r.on), r.coverage, r.obs); err != nil {
			t.Fatal(err)
		}
	}
	data, err := p.Encode(func(id stat.SeriesID) (*stat.Series, bool) {
		return &stat.Series{ID: id, Kind: stat.Flow}, !strings.Contains(string(id), "=")
	})
	if err != nil {
		t.Fatal(err)
	}
	index, err := json.Marshal(Index{Sources: []Entry{{ID: "ukho-small-boats", Vintages: p.Vintages(), File: "a.json", Bytes: len(data)}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewArchive(index)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Add("a.json", data); err != nil {
		t.Fatal(err)
	}
	return a
}

// asKnown writes the series that a sentence may mean as they were known on a day.
func asKnown(t *testing.T, a *Archive, text, on string) string {
	t.Helper()
	day := stat.MustDate(on)
	paths, err := a.sources[0].Paths(words.Parse(text).Read(day), day)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range paths {
		line := fmt.Sprint(p.Series().ID, " of ", p.Vintage())
		for _, o := range p.Observations() {
			line += fmt.Sprintf(" %s=%s", o.Period.Start.String()[5:], o.Value)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// Each release replaces what older ones state of the days that it covers, and a series that it does not state is as
// old as before.
func TestTheStatesOfASource(t *testing.T) {
	boats, albanians := stat.SeriesID("ukho-small-boats:boats:D"), arrivals+":origin=ALB"
	a := archiveOf(t,
		release{"2025-01-10", []stat.Coverage{covers(arrivals, "2025-01-01", "2025-01-03"), covers(boats, "2025-01-01", "2025-01-01")},
			append(of(arrivals, "2025-01-01", 5, -1, 7), of(boats, "2025-01-01", 1)...)},
		release{"2025-01-17", []stat.Coverage{covers(arrivals, "2025-01-02", "2025-01-05")}, append(of(arrivals, "2025-01-02", 6), of(arrivals, "2025-01-04", 8, 9)...)},
		release{"2025-01-17", []stat.Coverage{covers(arrivals, "2025-01-05", "2025-01-05")}, of(arrivals, "2025-01-05", 10)},
		release{"2025-01-24", []stat.Coverage{covers(arrivals, "2025-01-01", "2025-01-05"), covers(arrivals+":*", "2025-01-01", "2025-01-05")},
			append(of(arrivals, "2025-01-01", 5, 6), of(albanians, "2025-01-01", 2)...)},
		release{"2025-01-31", []stat.Coverage{covers(boats, "2025-01-01", "2025-01-01")}, nil},
	)
	first := "ukho-small-boats:arrivals:D of 2025-01-10 01-01=5 01-02= 01-03=7\nukho-small-boats:boats:D of 2025-01-10 01-01=1"
	for _, c := range []struct{ on, text, want string }{
		{"2025-01-10", "5 people crossed", first},
		{"2025-01-16", "5 people crossed", first},
		{"2025-01-17", "5 people crossed", "ukho-small-boats:arrivals:D of 2025-01-17 01-01=5 01-02=6 01-04=8 01-05=10\nukho-small-boats:boats:D of 2025-01-10 01-01=1"},
		{"2025-01-24", "5 people crossed", "ukho-small-boats:arrivals:D of 2025-01-24 01-01=5 01-02=6\nukho-small-boats:boats:D of 2025-01-10 01-01=1"},
		{"2025-01-24", "5 Albanians crossed", "ukho-small-boats:arrivals:D of 2025-01-24 01-01=5 01-02=6\nukho-small-boats:boats:D of 2025-01-10 01-01=1\nukho-small-boats:arrivals:D:origin=ALB of 2025-01-24 01-01=2"},
		{"2025-01-31", "5 people crossed", "ukho-small-boats:arrivals:D of 2025-01-24 01-01=5 01-02=6"},
		{"2025-01-17", "5 people crossed", "ukho-small-boats:arrivals:D of 2025-01-17 01-01=5 01-02=6 01-04=8 01-05=10\nukho-small-boats:boats:D of 2025-01-10 01-01=1"},
	} {
		if got := asKnown(t, a, c.text, c.on); got != c.want {
			t.Errorf("%s, %s:\ngot  %s\nwant %s", c.on, c.text, got, c.want)
		}
	}
}

// A sentence asks for the files of the sources that it may mean, and for none without a number.
func TestASentenceAsksForItsFiles(t *testing.T) {
	index := []byte(`{"since": [], "sources": [{"id": "ukho-small-boats", "title": "", "vintages": ["2025-01-10"], "file": "a.json", "bytes": 2},
		{"id": "it-interior-landings", "title": "", "vintages": ["2025-01-10"], "file": "b.json", "bytes": 2}]}`)
	a, err := NewArchive(index)
	if err != nil {
		t.Fatal(err)
	}
	on := stat.MustDate("2025-02-01")
	for text, want := range map[string]string{"5,000 people crossed the Channel": "[a.json]", "5,000 people landed in Italy": "[b.json]", "Nobody crossed": "[]"} {
		if got := fmt.Sprint(a.Wants(text, on)); got != want {
			t.Errorf("%q wants %s, not %s", text, got, want)
		}
	}
	if _, err := a.Answer(t.Context(), "5,000 people crossed the Channel", on); !errors.Is(err, ErrMissing) {
		t.Errorf("without its file: %v", err)
	}
	if err := a.Add("a.json", []byte(`{"series": []}`)); err != nil {
		t.Fatal(err)
	}
	if got := a.Wants("5,000 people crossed the Channel", on); len(got) > 0 {
		t.Errorf("it still wants %s", got)
	}
	if err := a.Add("c.json", []byte(`{"series": []}`)); err == nil {
		t.Error("a file of no source is taken")
	}
}

// A file that contradicts itself is refused.
func TestABadFileIsRefused(t *testing.T) {
	good := `{"series": [{"id": "ukho-small-boats:arrivals:D", "kind": "flow", "flow": "", "unit": "", "title": "", "compared": true, "periods": ["2025-01-01 2025-01-01 day 2"], "states": [{"at": 0, "as_of": -1, "values": "1 2"}]}]}`
	for _, change := range [][2]string{{"", ""}, {":arrivals:D", ":arrivals"}, {"day 2", "day 0"}, {"day 2", "day 999999999"}, {"day 2", "range 2"}, {"day 2", "day"}, {"2025-01-01 day", "2025-01-32 day"},
		{`["2025-01-01`, `["2025-02-30`}, {"day 2", "day x"}, {"1 2", "1 2 3"}, {"1 2", "@9 2"}, {"1 2", "@-1 2"}, {"1 2", "@x 2"}, {"1 2", "1 two"}, {`"at": 0`, `"at": 1`}, {`"at": 0`, `"at": -1`},
		{`"as_of": -1`, `"as_of": 1`}, {`"as_of": -1`, `"as_of": -2`}, {`"compared"`, `"compare"`}, {"]}]}", "]}"}} {
		a, err := NewArchive([]byte(`{"since": [], "sources": [{"id": "ukho-small-boats", "title": "", "vintages": ["2025-01-10"], "file": "a.json", "bytes": 2}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Add("a.json", []byte(strings.Replace(good, change[0], change[1], 1))); (err == nil) != (change[0] == "") {
			t.Errorf("%v: %v", change, err)
		}
	}
	for _, index := range []string{"", `{"sources": 1}`, `{"since": [], "sources": [{"vintages": ["2025-01-10", "2025-01-03"]}]}`} {
		if _, err := NewArchive([]byte(index)); err == nil {
			t.Errorf("%s is taken", index)
		}
	}
}

// Releases come in order, and periods of every length are written in runs.
func TestPeriodsAreWrittenInRuns(t *testing.T) {
	var p Packer
	if err := errors.Join(p.Add(stat.MustDate("2025-02-01"), nil, nil), p.Add(stat.MustDate("2025-02-01"), nil, nil)); err != nil {
		t.Error(err)
	}
	if err := p.Add(stat.MustDate("2025-01-31"), nil, nil); err == nil {
		t.Error("an older release is taken after a newer one")
	}
	odd := stat.Period{Start: stat.MustDate("2025-01-03"), End: stat.MustDate("2025-01-09"), Precision: stat.PrecisionRange}
	for want, list := range map[string][]stat.Period{
		"2024-02-28 2024-02-28 day 3":                                 {stat.Day(stat.MustDate("2024-02-28")), stat.Day(stat.MustDate("2024-02-29")), stat.Day(stat.MustDate("2024-03-01"))},
		"2024-12-30 2025-01-05 week 2":                                {stat.WeekEnding(stat.MustDate("2025-01-05")), stat.WeekEnding(stat.MustDate("2025-01-12"))},
		"2024-12-01 2024-12-31 month 2":                               {stat.Month(2024, 12), stat.Month(2025, 1)},
		"2024-10-01 2024-12-31 quarter 2":                             {stat.Quarter(2024, 4), stat.Quarter(2025, 1)},
		"2024-01-01 2024-12-31 year 2":                                {stat.Year(2024), stat.Year(2025)},
		"2024-01-01 2024-12-31 year 1|2026-01-01 2026-12-31 year 1":   {stat.Year(2024), stat.Year(2026)},
		"2025-01-03 2025-01-09 range 1|2025-02-01 2025-02-28 month 1": {odd, stat.Month(2025, 2)},
	} {
		runs := periodRuns(list)
		if got := strings.Join(runs, "|"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if back, err := parsePeriods(runs); err != nil || fmt.Sprint(back) != fmt.Sprint(list) {
			t.Errorf("%s: %v, error %v", want, back, err)
		}
	}
}
