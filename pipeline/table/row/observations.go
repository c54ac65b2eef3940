package row

import (
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
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

// Cells returns the row in the order of the columns.
func (r Observation) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Source),
		table.Text(string(r.Series)),
		table.Text(r.Flow),
		table.Text(r.Measure),
		table.Text(r.Unit),
		table.Text(r.Kind),
		table.Text(r.RefArea),
		table.Text(r.Route),
		table.Text(r.Origin),
		table.Text(r.Destination),
		table.Text(r.Category),
		table.Text(r.Sex),
		table.Text(r.Age),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Text(r.Precision),
		table.Count(r.Value),
		table.Count(r.Lower),
		table.Count(r.Upper),
		table.Text(string(r.Status)),
		table.Bool(r.Revised),
		table.Text(r.PublisherMark),
		table.Day(r.Vintage),
		table.Instant(r.FirstSeen),
		table.Text(r.Release),
		table.Text(r.Locator),
	}
}

// From reads a row.
func (r *Observation) From(c []table.Cell) {
	*r = Observation{
		Source:        c[0].String(),
		Series:        stat.SeriesID(c[1].String()),
		Flow:          c[2].String(),
		Measure:       c[3].String(),
		Unit:          c[4].String(),
		Kind:          c[5].String(),
		RefArea:       c[6].String(),
		Route:         c[7].String(),
		Origin:        c[8].String(),
		Destination:   c[9].String(),
		Category:      c[10].String(),
		Sex:           c[11].String(),
		Age:           c[12].String(),
		PeriodStart:   c[13].Date(),
		PeriodEnd:     c[14].Date(),
		Precision:     c[15].String(),
		Value:         c[16].Count(),
		Lower:         c[17].Count(),
		Upper:         c[18].Count(),
		Status:        stat.Status(c[19].String()),
		Revised:       c[20].Bool(),
		PublisherMark: c[21].String(),
		Vintage:       c[22].Date(),
		FirstSeen:     c[23].Instant(),
		Release:       c[24].String(),
		Locator:       c[25].String(),
	}
}
