package row

import "crossings/pipeline/stat"

// Incident is a row of table incidents.
type Incident struct {
	Incident            string
	DateStart           stat.Date
	DateEnd             stat.Date
	Precision           string
	Route               string
	Latitude            Number
	Longitude           Number
	Dead                stat.Count
	Missing             stat.Count
	DeadAndMissing      stat.Count
	Survivors           stat.Count
	Cause               string
	SourceQuality       stat.Count
	PublisherMark       string
	Release             string
	Source              string
	PartOf              string
	IncidentType        string
	Females             stat.Count
	Males               stat.Count
	Children            stat.Count
	Region              string
	Country             string
	PlaceCheck          string
	Setting             string
	PossibleDuplicateOf string
}

// Table returns the name of the table.
func (Incident) Table() string { return "incidents" }
