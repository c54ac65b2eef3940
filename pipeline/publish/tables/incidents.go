package tables

import (
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/lake"
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

// addIncidents adds a row for each record.
func (b *rows) addIncidents(list *table.Table, e lake.Entry) {
	at := map[string]int{}
	for i, c := range list.Schema.Columns {
		at[c.Name] = i
	}
	for _, r := range list.Rows {
		cell := func(name string) table.Cell { return r[at[name]] }
		dead, missing := cell("dead").Count(), cell("missing").Count()
		together := dead.Add(missing)
		if !together.IsKnown() {
			together = cell("upper").Count() // the total, if the publisher states one
		}
		b.put(row.Incident{
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
			Release:        e.Release,
			Source:         e.Source,
			PartOf:         cell("main_id").Text(),
			IncidentType:   cell("incident_type").Text(),
			Females:        cell("females").Count(),
			Males:          cell("males").Count(),
			Children:       cell("children").Count(),
			Region:         cell("region_of_incident").Text(),
			Country:        cell("country_of_incident").Text(),
		})
	}
}
