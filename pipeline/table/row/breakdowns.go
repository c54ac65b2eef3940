package row

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Breakdown is a row of table breakdowns.
type Breakdown struct {
	Series               stat.SeriesID // of the total
	Dimension            string
	Code                 string
	Label                string
	Basis                string
	PeriodStart          stat.Date
	PeriodEnd            stat.Date
	Value                stat.Count
	SharePercent         Number
	Rank                 stat.Count
	PriorValue           stat.Count
	Change               stat.Count
	ChangePercent        Number
	Status               stat.Status
	Vintage              stat.Date
	Note                 note.List
	Lower                stat.Count
	Upper                stat.Count
	PriorValueSameAge    stat.Count
	ChangePercentSameAge Number
}

// Table returns the name of the table.
func (Breakdown) Table() string { return "breakdowns" }
