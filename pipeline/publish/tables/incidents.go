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
	"crossings/schemas"
)

// incidents adds the incidents that the newest release of each source with a list of them states.
// Each release restates the whole list, so no incident is taken from an older one. The error names
// the sources whose list could not be read.
func (b *Builder) incidents() error {
	var failed error
	for i := range b.Known {
		k := &b.Known[i]
		for _, e := range slices.Backward(k.Entries) {
			if len(e.Events) == 0 {
				continue
			}
			list, err := b.OpenLake().Events(e, schemas.MustLoad("incident-records"))
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", k.Source.ID, err))
			} else {
				b.addIncidents(list, e)
			}
			break
		}
	}
	return failed
}

// addIncidents adds a row for each record, with what its fields imply and which others may state the
// same incident.
func (b *rows) addIncidents(list *table.Table, e lake.Entry) {
	at := map[string]int{}
	for i, c := range list.Schema.Columns {
		at[c.Name] = i
	}
	records := make([]incident.Record, len(list.Rows))
	out := make([]row.Incident, len(list.Rows))
	for i, r := range list.Rows {
		x := incidentOf(func(name string) table.Cell { return r[at[name]] })
		x.Release, x.Source = e.Release, e.Source
		place := incident.Place{Latitude: x.Latitude.Value, Longitude: x.Longitude.Value, Known: x.Latitude.Known}
		x.PlaceCheck, x.Setting = incident.Check(x.Route, place), incident.Setting(x.Route, x.Cause, place)
		records[i] = incident.Record{ID: x.Incident, PartOf: x.PartOf, Period: stat.Period{Start: x.DateStart, End: x.DateEnd}, Place: place, Count: x.DeadAndMissing}
		out[i] = x
	}
	duplicates := incident.Duplicates(records)
	for _, x := range out {
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
