package tables

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// happened is an incident of the world, as published.
func happened(rel *stat.Release, n int) row.Incident {
	day := stat.NewDate(2023, 12, 20).AddDays(n * 5)
	x := row.Incident{
		Incident: fmt.Sprintf("%s.%d", rel.Source, n), DateStart: day, DateEnd: day.AddDays(n % 3), Precision: string(stat.PrecisionRange),
		Route: "english-channel", Latitude: row.Num(50+float64(n)/8, n != 2), Longitude: row.Num(1.5, n != 2),
		Dead: stat.Known(int64(n)), Missing: stat.Known(int64(2*n - 5)), Survivors: stat.Known(40), Cause: "drowning", SourceQuality: stat.Known(int64(n%5 + 1)),
		PublisherMark: "early", Release: rel.ID, Source: rel.Source, PartOf: "main", IncidentType: "incident",
		Females: stat.Known(2), Males: stat.Known(3), Children: stat.Known(4), Region: "Europe", Country: "FRA",
	}
	x.DeadAndMissing, x.PlaceCheck, x.Setting = x.Dead.Add(x.Missing), "in-waters", "at-sea"
	if n < 2 { // on land
		x.PlaceCheck = "outside-waters"
	}
	if n == 6 { // near the first, on another day
		x.Cause, x.Setting = "vehicle-accident", "elsewhere"
	}
	switch n {
	case 2: // no place is stated
		x.PlaceCheck = "no-place"
	case 3: // only the total is stated
		x.Dead, x.Missing, x.DeadAndMissing = stat.Count{}, stat.Count{}, stat.Known(17)
	case 4: // nobody knows how many are missing
		x.Missing, x.DeadAndMissing, x.Survivors = stat.Count{}, stat.Count{}, stat.Count{}
	}
	return x
}

// incidentsOf is how many incidents a release states. All lists of a source are complete, so that
// of the newest release counts; its last release may have none.
var incidentsOf = map[string]int{"first.csv": 3, "old.csv": 9, "new.csv": 0, "y.csv": 6}

// events returns the incidents of a release as the lake keeps them, or nil.
func (w *world) events(rel stat.Release) *table.Table {
	t := table.New("incident-records")
	for n := range incidentsOf[rel.File] {
		x := happened(&rel, n)
		values := map[string]table.Cell{"source": table.Text(x.Source), "incident_id": table.Text(x.Incident), "main_id": table.Text(x.PartOf),
			"incident_type": table.Text(x.IncidentType), "period_start": table.Day(x.DateStart), "period_end": table.Day(x.DateEnd),
			"precision": table.Text(x.Precision), "route": table.Text(x.Route), "cause": table.Text(x.Cause),
			"dead": table.Count(x.Dead), "missing": table.Count(x.Missing), "lower": table.Count(x.Dead), "upper": table.Count(x.DeadAndMissing),
			"survivors": table.Count(x.Survivors), "females": table.Count(x.Females), "males": table.Count(x.Males), "children": table.Count(x.Children),
			"region_of_incident": table.Text(x.Region), "country_of_incident": table.Text(x.Country), "location": table.Text("not published"),
			"latitude": table.Float(x.Latitude.Get()), "longitude": table.Float(x.Longitude.Get()), "source_quality": table.Count(x.SourceQuality),
			"publisher_mark": table.Text(x.PublisherMark), "vintage": table.Day(rel.Vintage), "first_seen": table.Instant(rel.FirstSeen),
			"release": table.Text(rel.ID), "locator": table.Text("A1")}
		cells := make([]table.Cell, len(t.Schema.Columns))
		for i, c := range t.Schema.Columns {
			if cell, stated := values[c.Name]; stated {
				cells[i] = cell
			} else {
				cells[i] = table.Text("")
			}
		}
		t.Add(cells...)
	}
	if t.Len() == 0 {
		return nil
	}
	return t
}

// incidentRows are the incidents of the newest release of each source that has any.
func (w *world) incidentRows() (out []row.Row) {
	for _, rel := range []*stat.Release{&oldRel, &otherRel} {
		for n := range incidentsOf[rel.File] {
			out = append(out, happened(rel, n))
		}
	}
	return out
}

// TestADamagedListOfIncidentsStopsNothingElse damages the list of one source.
func TestADamagedListOfIncidentsStopsNothingElse(t *testing.T) {
	w := newWorld(t)
	paths, err := filepath.Glob(filepath.Join(w.Dir.Lake(), "events", "source=y", "year=*", otherRel.ID+".parquet"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%v, %v", paths, err)
	}
	if err := os.WriteFile(paths[0], []byte("PAR1"), 0o644); err != nil {
		t.Fatal(err)
	}
	b, err := Build(context.Background(), w.Registry, 0)
	if !errors.Is(err, lake.ErrDamaged) || !strings.HasPrefix(err.Error(), "y: ") {
		t.Errorf("the error is %v", err)
	}
	if b == nil || b.Tables["incidents"].Len() != incidentsOf["old.csv"] || b.Tables["observations"].Len() != w.Tables["observations"].Len() {
		t.Error("the damage reached other tables or sources")
	}
}

// TestPossibleDuplicatesAreListed adds a list in which incidents may be one: three, 14 km from the next. All rows stay.
func TestPossibleDuplicatesAreListed(t *testing.T) {
	rel := oldRel
	w := &world{}
	list := w.events(rel)
	at := list.Schema.Index("period_end")
	for _, r := range list.Rows[7:] {
		r[list.Schema.Index("period_start")], r[at] = list.Rows[6][list.Schema.Index("period_start")], list.Rows[6][at]
		r[list.Schema.Index("dead")], r[list.Schema.Index("missing")] = list.Rows[6][list.Schema.Index("dead")], list.Rows[6][list.Schema.Index("missing")]
		r[list.Schema.Index("main_id")] = table.Text("")
	}
	b := rows{Tables: map[string]*table.Table{"incidents": table.New("incidents")}}
	b.addIncidents(listOf(list, lake.Entry{Source: "x", Release: rel.ID}))
	got := map[string]string{}
	incidents := b.Tables["incidents"]
	for _, r := range incidents.Rows {
		if other := r[incidents.Schema.Index("possible_duplicate_of")].Text(); other != "" {
			got[r[0].Text()] = other
		}
	}
	if incidents.Len() != 9 || len(got) != 3 || got["x.6"] != "x.7" || got["x.7"] != "x.6 x.8" {
		t.Errorf("%d rows, duplicates %v", incidents.Len(), got)
	}
}
