package tables

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/incident"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch"
	"crossings/schemas"
)

// incidents adds the incidents of each source with lists of them. The error names the sources whose
// lists could not be read.
func (b *Builder) incidents() error {
	var failed error
	for i := range b.Known {
		k := &b.Known[i]
		list, err := knownIncidents(b, k)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", k.Source.ID, err))
		}
		b.addIncidents(list)
	}
	return failed
}

// knownIncidents returns the incidents of a source: each from the newest list that covers its route and its first
// day, so that a list of some routes or years hides nothing of another. With an
// error it returns those of the newer lists.
func knownIncidents(b *Builder, k *watch.Known) ([]row.Incident, error) {
	var out []row.Incident
	var newer []incident.Reach
	stated := map[string]bool{}
	for _, e := range slices.Backward(k.Entries) {
		reach := incident.ReachOf(e.Coverage)
		if len(e.Events) == 0 || slices.ContainsFunc(newer, func(r incident.Reach) bool { return r.CoversAll(reach, e.Vintage) }) {
			continue
		}
		t, err := b.OpenLake().Events(e, schemas.MustLoad("incident-records"))
		if err != nil {
			return out, err
		}
		list := listOf(t, e)
		for _, x := range list {
			if !stated[x.Incident] && !slices.ContainsFunc(newer, func(r incident.Reach) bool { return r.Covers(x.Route, x.DateStart) }) {
				out = append(out, x)
			}
		}
		for _, x := range list {
			stated[x.Incident] = true
		}
		reach.Extend(recordsOf(list))
		newer = append(newer, reach)
	}
	return out, nil
}

// listOf returns the incidents that a release states.
func listOf(t *table.Table, e lake.Entry) []row.Incident {
	at := map[string]int{}
	for i, c := range t.Schema.Columns {
		at[c.Name] = i
	}
	out := make([]row.Incident, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = incidentOf(func(name string) table.Cell { return r[at[name]] })
		out[i].Release, out[i].Source = e.Release, e.Source
	}
	return out
}

// recordsOf returns incidents as their fields are weighed.
func recordsOf(list []row.Incident) []incident.Record {
	out := make([]incident.Record, len(list))
	for i, x := range list {
		out[i] = incident.Record{ID: x.Incident, Route: x.Route, PartOf: x.PartOf, Period: stat.Period{Start: x.DateStart, End: x.DateEnd}, Place: placeOf(x), Count: x.DeadAndMissing}
	}
	return out
}

func placeOf(x row.Incident) incident.Place {
	return incident.Place{Latitude: x.Latitude.Value, Longitude: x.Longitude.Value, Known: x.Latitude.Known}
}

// addIncidents adds a row for each incident of a source, with what its fields imply and which others may
// be the same one.
func (b *rows) addIncidents(list []row.Incident) {
	duplicates := incident.Duplicates(recordsOf(list))
	for _, x := range list {
		x.PlaceCheck, x.Setting = incident.Check(x.Route, placeOf(x)), incident.Setting(x.Route, x.Cause, placeOf(x))
		x.PossibleDuplicateOf = strings.Join(duplicates[x.Incident], " ")
		b.put(x)
	}
}

// incidentOf returns what a record states.
func incidentOf(cell func(column string) table.Cell) row.Incident {
	dead, missing := cell("dead").Count(), cell("missing").Count()
	together := dead.Add(missing)
	if !together.IsKnown() {
		together = cell("upper").Count() // the total, if the publisher states one
	}
	return row.Incident{
		Incident:       cell("incident_id").Text(),
		DateStart:      cell("period_start").Date(),
		DateEnd:        cell("period_end").Date(),
		Precision:      cell("precision").Text(),
		Route:          cell("route").Text(),
		Latitude:       row.Num(cell("latitude").Number()),
		Longitude:      row.Num(cell("longitude").Number()),
		Dead:           dead,
		Missing:        missing,
		DeadAndMissing: together,
		Survivors:      cell("survivors").Count(),
		Cause:          cell("cause").Text(),
		SourceQuality:  cell("source_quality").Count(),
		PublisherMark:  cell("publisher_mark").Text(),
		PartOf:         cell("main_id").Text(),
		IncidentType:   cell("incident_type").Text(),
		Females:        cell("females").Count(),
		Males:          cell("males").Count(),
		Children:       cell("children").Count(),
		Region:         cell("region_of_incident").Text(),
		Country:        cell("country_of_incident").Text(),
	}
}
