package row

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
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
}

// Table returns the name of the table.
func (YearToDate) Table() string { return "year-to-date" }

// Cells returns the row in the order of the columns.
func (r YearToDate) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Int(r.Year),
		table.Day(r.Cutoff),
		table.Day(r.WindowStart),
		table.Day(r.WindowEnd),
		table.Count(r.Days),
		table.Count(r.Value),
		table.Count(r.PriorValue),
		table.Count(r.Change),
		r.ChangePercent.cell(),
		table.Count(r.PriorYearValue),
		table.Text(string(r.Status)),
		table.Day(r.Vintage),
		table.Text(r.Note.String()),
		table.Count(r.Lower),
		table.Count(r.Upper),
		table.Count(r.PriorLower),
		table.Count(r.PriorUpper),
		r.SharePercent.cell(),
		table.Day(r.PriorPassedOn),
	}
}

// From reads a row.
func (r *YearToDate) From(c []table.Cell) {
	*r = YearToDate{
		Series:         stat.SeriesID(c[0].String()),
		Year:           integer(c[1]),
		Cutoff:         c[2].Date(),
		WindowStart:    c[3].Date(),
		WindowEnd:      c[4].Date(),
		Days:           c[5].Count(),
		Value:          c[6].Count(),
		PriorValue:     c[7].Count(),
		Change:         c[8].Count(),
		ChangePercent:  number(c[9]),
		PriorYearValue: c[10].Count(),
		Status:         stat.Status(c[11].String()),
		Vintage:        c[12].Date(),
		Note:           note.Parse(c[13].String()),
		Lower:          c[14].Count(),
		Upper:          c[15].Count(),
		PriorLower:     c[16].Count(),
		PriorUpper:     c[17].Count(),
		SharePercent:   number(c[18]),
		PriorPassedOn:  c[19].Date(),
	}
}

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
}

// Table returns the name of the table.
func (YearOnYear) Table() string { return "year-on-year" }

// Cells returns the row in the order of the columns.
func (r YearOnYear) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Text(r.Basis),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.Value),
		table.Count(r.PriorValue),
		table.Count(r.Change),
		r.ChangePercent.cell(),
		table.Text(string(r.Status)),
		table.Day(r.Vintage),
		table.Text(r.Note.String()),
		table.Count(r.Lower),
		table.Count(r.Upper),
		table.Count(r.PriorLower),
		table.Count(r.PriorUpper),
	}
}

// From reads a row.
func (r *YearOnYear) From(c []table.Cell) {
	*r = YearOnYear{
		Series:        stat.SeriesID(c[0].String()),
		Basis:         c[1].String(),
		PeriodStart:   c[2].Date(),
		PeriodEnd:     c[3].Date(),
		Value:         c[4].Count(),
		PriorValue:    c[5].Count(),
		Change:        c[6].Count(),
		ChangePercent: number(c[7]),
		Status:        stat.Status(c[8].String()),
		Vintage:       c[9].Date(),
		Note:          note.Parse(c[10].String()),
		Lower:         c[11].Count(),
		Upper:         c[12].Count(),
		PriorLower:    c[13].Count(),
		PriorUpper:    c[14].Count(),
	}
}

// PolicyPeriod is a row of table policy-periods.
type PolicyPeriod struct {
	Policy        string
	Series        stat.SeriesID
	PeriodStart   stat.Date
	PeriodEnd     stat.Date
	Days          int
	Value         stat.Count
	PriorValue    stat.Count
	Change        stat.Count
	ChangePercent Number
	Status        stat.Status
	Vintage       stat.Date
	Note          note.List
}

// Table returns the name of the table.
func (PolicyPeriod) Table() string { return "policy-periods" }

// Cells returns the row in the order of the columns.
func (r PolicyPeriod) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Policy),
		table.Text(string(r.Series)),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Int(r.Days),
		table.Count(r.Value),
		table.Count(r.PriorValue),
		table.Count(r.Change),
		r.ChangePercent.cell(),
		table.Text(string(r.Status)),
		table.Day(r.Vintage),
		table.Text(r.Note.String()),
	}
}

// From reads a row.
func (r *PolicyPeriod) From(c []table.Cell) {
	*r = PolicyPeriod{
		Policy:        c[0].String(),
		Series:        stat.SeriesID(c[1].String()),
		PeriodStart:   c[2].Date(),
		PeriodEnd:     c[3].Date(),
		Days:          integer(c[4]),
		Value:         c[5].Count(),
		PriorValue:    c[6].Count(),
		Change:        c[7].Count(),
		ChangePercent: number(c[8]),
		Status:        stat.Status(c[9].String()),
		Vintage:       c[10].Date(),
		Note:          note.Parse(c[11].String()),
	}
}

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

// Cells returns the row in the order of the columns.
func (r Day) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Day(r.Date),
		table.Count(r.Value),
		r.Rolling7DayMean.cell(),
		table.Count(r.Cumulative),
		table.Count(r.PriorCumulative),
		table.Text(string(r.Status)),
	}
}

// From reads a row.
func (r *Day) From(c []table.Cell) {
	*r = Day{
		Series:          stat.SeriesID(c[0].String()),
		Date:            c[1].Date(),
		Value:           c[2].Count(),
		Rolling7DayMean: number(c[3]),
		Cumulative:      c[4].Count(),
		PriorCumulative: c[5].Count(),
		Status:          stat.Status(c[6].String()),
	}
}

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

// Cells returns the row in the order of the columns.
func (r Record) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Text(r.Scope),
		table.Int(r.Rank),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.Value),
		table.Text(string(r.Status)),
	}
}

// From reads a row.
func (r *Record) From(c []table.Cell) {
	*r = Record{
		Series:      stat.SeriesID(c[0].String()),
		Scope:       c[1].String(),
		Rank:        integer(c[2]),
		PeriodStart: c[3].Date(),
		PeriodEnd:   c[4].Date(),
		Value:       c[5].Count(),
		Status:      stat.Status(c[6].String()),
	}
}
