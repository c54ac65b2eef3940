package row

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// YearToDate is a row of table year-to-date.
type YearToDate struct {
	Series         stat.SeriesID
	Year           int
	Cutoff         stat.Date
	WindowStart    stat.Date
	WindowEnd      stat.Date
	Days           stat.Count
	Value          stat.Count
	PriorValue     stat.Count
	Change         stat.Count
	ChangePercent  Number
	PriorYearValue stat.Count
	Status         stat.Status
	Vintage        stat.Date
	Note           note.List
	Lower          stat.Count
	Upper          stat.Count
	PriorLower     stat.Count
	PriorUpper     stat.Count
	SharePercent   Number
	PriorPassedOn  stat.Date
	PriorStart     stat.Date
	PriorEnd       stat.Date

	PriorValueSameAge    stat.Count
	ChangePercentSameAge Number
}

// Table returns the name of the table.
func (YearToDate) Table() string { return "year-to-date" }

// YearOnYear is a row of table year-on-year.
type YearOnYear struct {
	Series        stat.SeriesID
	Basis         string
	PeriodStart   stat.Date
	PeriodEnd     stat.Date
	Value         stat.Count
	PriorValue    stat.Count
	Change        stat.Count
	ChangePercent Number
	Status        stat.Status
	Vintage       stat.Date
	Note          note.List
	Lower         stat.Count
	Upper         stat.Count
	PriorLower    stat.Count
	PriorUpper    stat.Count

	PriorValueSameAge    stat.Count
	ChangePercentSameAge Number
}

// Table returns the name of the table.
func (YearOnYear) Table() string { return "year-on-year" }

// PolicyPeriod is a row of table policy-periods.
type PolicyPeriod struct {
	Policy               string
	Series               stat.SeriesID
	PeriodStart          stat.Date
	PeriodEnd            stat.Date
	Days                 int
	Value                stat.Count
	PriorValue           stat.Count
	Change               stat.Count
	ChangePercent        Number
	Status               stat.Status
	Vintage              stat.Date
	Note                 note.List
	Basis                string
	PriorStart           stat.Date
	PriorEnd             stat.Date
	PriorValueSameAge    stat.Count
	ChangePercentSameAge Number
}

// Table returns the name of the table.
func (PolicyPeriod) Table() string { return "policy-periods" }

// Day is a row of table daily.
type Day struct {
	Series          stat.SeriesID
	Date            stat.Date
	Value           stat.Count
	Rolling7DayMean Number
	Cumulative      stat.Count
	PriorCumulative stat.Count
	Status          stat.Status
}

// Table returns the name of the table.
func (Day) Table() string { return "daily" }

// Record is a row of table records.
type Record struct {
	Series      stat.SeriesID
	Scope       string
	Rank        int
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	Value       stat.Count
	Status      stat.Status
}

// Table returns the name of the table.
func (Record) Table() string { return "records" }

// Context is a row of table context.
type Context struct {
	Series                  stat.SeriesID
	Context                 string
	ContextSeries           stat.SeriesID
	PeriodStart             stat.Date
	PeriodEnd               stat.Date
	PriorStart              stat.Date
	PriorEnd                stat.Date
	Value                   int
	PriorValue              int
	ChangePercent           Number
	ContextValue            int
	PriorContextValue       int
	ValuePerContext         Number
	PriorValuePerContext    Number
	PerContextChangePercent Number
	Status                  stat.Status
	Vintage                 stat.Date
}

// Table returns the name of the table.
func (Context) Table() string { return "context" }
