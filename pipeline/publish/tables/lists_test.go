package tables

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch"
)

// listed is one incident of a made list: its identifier, its first day, and its route.
type listed struct{ id, day, route string }

// madeList is a release with a list of incidents. A partial one states some routes only.
type madeList struct {
	vintage   string
	partial   bool
	from, to  string // the days that its figures cover
	incidents []listed
}

// listsOf appends releases to a lake and returns the incidents that are published of them, each as
// its identifier and the day of the release that it comes from.
func listsOf(t *testing.T, lists []madeList, asOf stat.Date) []string {
	t.Helper()
	r := registry.Registry{Dir: datadir.Dir(t.TempDir()), Sources: sources(), Log: slog.New(slog.DiscardHandler)}
	for _, l := range lists {
		day := stat.MustDate(l.vintage)
		rel := stat.Release{Source: "x", ID: l.vintage + "-list", Vintage: day, FirstSeen: day.Time().Add(time.Hour), File: "list.csv", SHA256: strings.Repeat("0", 64)}
		var obs []stat.Observation
		routes := map[string]bool{}
		for _, x := range l.incidents {
			routes[x.route] = true
		}
		for route := range routes {
			d := stat.Dimensions{Route: route, Origin: stat.Total, Destination: stat.Total, Category: stat.Total, Sex: stat.Total, Age: stat.Total}
			s := stat.NewSeries(stat.Series{Source: "x", Measure: "dead", Unit: "persons", Kind: stat.Flow, Flow: "fatality", RefArea: stat.Total, Dimensions: d}, stat.Annual)
			for y := stat.MustDate(l.from).Year(); y <= stat.MustDate(l.to).Year(); y++ {
				obs = append(obs, stat.Observation{Series: &s, Period: stat.Year(y), Value: stat.Known(1), Status: stat.Normal, Release: &rel, Locator: "A1"})
			}
		}
		slices.SortFunc(obs, stat.Observation.Compare)
		if _, err := r.OpenLake().Append(rel, lake.Content{Observations: obs, Events: lakeListOf(rel, l.incidents), Reader: "1"}, lake.Raw{File: "x/" + rel.ID + "/list.csv", Tidy: l.partial}); err != nil {
			t.Fatal(err)
		}
	}
	b := &Builder{Registry: r, rows: rows{Tables: map[string]*table.Table{"incidents": table.New("incidents")}}}
	b.Known = []watch.Known{watch.ReadKnown(r, r.Sources[0], asOf)}
	if err := b.incidents(); err != nil {
		t.Fatal(err)
	}
	b.Tables["incidents"].Sort()
	var out []string
	for _, x := range row.All[row.Incident](b.Tables["incidents"]) {
		out = append(out, x.Incident+" "+strings.TrimSuffix(x.Release, "-list"))
	}
	return out
}

// lakeListOf returns incidents as the lake keeps them.
func lakeListOf(rel stat.Release, list []listed) *table.Table {
	t := table.New("incident-records")
	for _, x := range list {
		values := map[string]table.Cell{"source": table.Text("x"), "incident_id": table.Text(x.id), "incident_type": table.Text("incident"),
			"period_start": table.Day(stat.MustDate(x.day)), "period_end": table.Day(stat.MustDate(x.day)), "precision": table.Text("day"), "route": table.Text(x.route),
			"cause": table.Text("drowning"), "vintage": table.Day(rel.Vintage), "first_seen": table.Instant(rel.FirstSeen), "release": table.Text(rel.ID), "locator": table.Text("A1"),
			"dead": table.Count(stat.Known(1)), "missing": table.Count(stat.Known(0)), "lower": table.Count(stat.Known(1)), "upper": table.Count(stat.Known(1))}
		cells := make([]table.Cell, len(t.Schema.Columns))
		for i, c := range t.Schema.Columns {
			cells[i] = table.Text("")
			if v, ok := values[c.Name]; ok {
				cells[i] = v
			}
		}
		t.Add(cells...)
	}
	return t
}

const channel, sahara = "english-channel", "sahara-desert"

// wholeList is a list of all routes and years.
func wholeList(vintage string, incidents ...listed) madeList {
	return madeList{vintage: vintage, from: "2014-01-01", to: "2023-12-31", incidents: incidents}
}

// TestNoListOfIncidentsHidesWhatItDoesNotCover: each incident comes from the newest list that covers its
// route and its first day.
func TestNoListOfIncidentsHidesWhatItDoesNotCover(t *testing.T) {
	older := wholeList("2024-11-27", listed{"a", "2014-05-01", channel}, listed{"b", "2024-03-01", channel}, listed{"c", "2024-03-02", sahara})
	some := func(from string, incidents ...listed) madeList {
		return madeList{vintage: "2025-05-05", partial: true, from: from, to: "2024-12-31", incidents: incidents}
	}
	for _, c := range []struct {
		what  string
		lists []madeList
		want  string
	}{
		{"a later whole list replaces all", []madeList{older, wholeList("2025-05-05", listed{"a", "2014-05-01", channel}, listed{"d", "2025-04-01", sahara})},
			"a 2025-05-05, d 2025-05-05"},
		{"a list of some routes keeps the others", []madeList{older, some("2014-01-01", listed{"a", "2014-05-01", channel}, listed{"e", "2025-04-01", channel})},
			"a 2025-05-05, c 2024-11-27, e 2025-05-05"},
		{"a list of fewer years keeps the others", []madeList{older, some("2020-01-01", listed{"e", "2025-04-01", channel}, listed{"f", "2020-04-01", sahara})},
			"a 2024-11-27, e 2025-05-05, f 2025-05-05"},
		{"a whole list of fewer years keeps the others", []madeList{older, {vintage: "2025-05-05", from: "2020-01-01", to: "2024-12-31", incidents: []listed{{"e", "2025-04-01", channel}}}},
			"a 2024-11-27, e 2025-05-05"},
		{"a list that ends sooner keeps what is later", []madeList{wholeList("2025-05-05", listed{"a", "2014-05-01", channel}, listed{"e", "2025-04-01", channel}), {vintage: "2025-06-01", partial: true, from: "2014-01-01", to: "2023-12-31", incidents: []listed{{"a", "2014-05-01", channel}, {"g", "2024-01-01", channel}}}},
			"a 2025-06-01, e 2025-05-05, g 2025-06-01"},
		{"an incident that moved to another year is there once", []madeList{older, some("2020-01-01", listed{"a", "2024-05-01", channel})}, "a 2025-05-05, c 2024-11-27"},
		{"three lists", []madeList{wholeList("2024-01-01", listed{"a", "2014-05-01", channel}, listed{"h", "2016-05-01", sahara}), {vintage: "2024-06-01", from: "2015-01-01", to: "2023-12-31", incidents: []listed{{"i", "2015-05-01", sahara}}}, some("2020-01-01", listed{"e", "2025-04-01", channel})},
			"a 2024-01-01, e 2025-05-05, i 2024-06-01"},
	} {
		if got := strings.Join(listsOf(t, c.lists, 0), ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.what, got, c.want)
		}
	}
	lists := []madeList{older, some("2014-01-01", listed{"e", "2025-04-01", channel})}
	if got := strings.Join(listsOf(t, lists, stat.MustDate("2024-12-31")), ", "); got != "a 2024-11-27, b 2024-11-27, c 2024-11-27" {
		t.Errorf("as of the end of 2024: %s", got)
	}
}
