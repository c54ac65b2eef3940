package row

import (
	"time"

	"crossings/pipeline/stat"
)

// Observation is a row of table observations.
type Observation struct {
	Source        string
	Series        stat.SeriesID
	Flow          string
	Measure       string
	Unit          string
	Kind          string
	RefArea       string
	Route         string
	Origin        string
	Destination   string
	Category      string
	Sex           string
	Age           string
	PeriodStart   stat.Date
	PeriodEnd     stat.Date
	Precision     string
	Value         stat.Count
	Lower         stat.Count
	Upper         stat.Count
	Status        stat.Status
	Revised       bool
	PublisherMark string
	Vintage       stat.Date
	FirstSeen     time.Time
	Release       string
	Locator       string
}

// Table returns the name of the table.
func (Observation) Table() string { return "observations" }
