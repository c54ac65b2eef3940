package pages

import (
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/incidentmap"
)

// incidentsBody is what the page of all incidents shows: the tables of the maps, longer.
type incidentsBody struct {
	Maps []incidentmap.Map
	Home content.Link // the page with the maps
}

// incidents returns the page of incidents, and whether the site has some that a topic shows.
func (m *Maker) incidents() (Page, bool) {
	for _, t := range m.index.Site.Topics {
		maps := incidentmap.Of(m.index, t.Sources, incidentmap.LongTable)
		if len(maps) > 0 {
			return Page{Name: content.IncidentsPage, Title: "Incidents", Template: "incidents.html", Body: incidentsBody{maps, content.TopicLink(t)},
				About: "Incidents in which people died or went missing, by sea: date, place, dead, missing, cause and quality of the source."}, true
		}
	}
	return Page{}, false
}
