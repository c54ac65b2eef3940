package row

import (
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Revision is a row of table revisions.
type Revision struct {
	Series      stat.SeriesID
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	OldValue    stat.Count
	NewValue    stat.Count
	Change      stat.Count
	OldVintage  stat.Date
	NewVintage  stat.Date
	FirstSeen   time.Time
	Marked      bool
	Substantial bool
	NewRelease  string
	Kind        string
}

// Table returns the name of the table.
func (Revision) Table() string { return "revisions" }

// Cells returns the row in the order of the columns.
func (r Revision) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.OldValue),
		table.Count(r.NewValue),
		table.Count(r.Change),
		table.Day(r.OldVintage),
		table.Day(r.NewVintage),
		table.Instant(r.FirstSeen),
		table.Bool(r.Marked),
		table.Bool(r.Substantial),
		table.Text(r.NewRelease),
		table.Text(r.Kind),
	}
}

// From reads a row.
func (r *Revision) From(c []table.Cell) {
	*r = Revision{
		Series:      stat.SeriesID(c[0].String()),
		PeriodStart: c[1].Date(),
		PeriodEnd:   c[2].Date(),
		OldValue:    c[3].Count(),
		NewValue:    c[4].Count(),
		Change:      c[5].Count(),
		OldVintage:  c[6].Date(),
		NewVintage:  c[7].Date(),
		FirstSeen:   c[8].Instant(),
		Marked:      c[9].Bool(),
		Substantial: c[10].Bool(),
		NewRelease:  c[11].String(),
		Kind:        c[12].String(),
	}
}

// RevisionSummary is a row of table revision-summary.
type RevisionSummary struct {
	Series             stat.SeriesID
	Revisions          int
	Observations       int
	Withdrawn          int
	Revised            int
	RevisedPercent     Number
	Silent             int
	Substantial        int
	LargestFall        int
	LargestRise        int
	MeanAbsoluteChange Number
	LongestLag         int
}

// Table returns the name of the table.
func (RevisionSummary) Table() string { return "revision-summary" }

// Cells returns the row in the order of the columns.
func (r RevisionSummary) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Int(r.Revisions),
		table.Int(r.Observations),
		table.Int(r.Withdrawn),
		table.Int(r.Revised),
		r.RevisedPercent.cell(),
		table.Int(r.Silent),
		table.Int(r.Substantial),
		table.Int(r.LargestFall),
		table.Int(r.LargestRise),
		r.MeanAbsoluteChange.cell(),
		table.Int(r.LongestLag),
	}
}

// From reads a row.
func (r *RevisionSummary) From(c []table.Cell) {
	*r = RevisionSummary{
		Series:             stat.SeriesID(c[0].String()),
		Revisions:          integer(c[1]),
		Observations:       integer(c[2]),
		Withdrawn:          integer(c[3]),
		Revised:            integer(c[4]),
		RevisedPercent:     number(c[5]),
		Silent:             integer(c[6]),
		Substantial:        integer(c[7]),
		LargestFall:        integer(c[8]),
		LargestRise:        integer(c[9]),
		MeanAbsoluteChange: number(c[10]),
		LongestLag:         integer(c[11]),
	}
}

// Claim is a row of table claims.
type Claim struct {
	Claim         string
	On            stat.Date
	Text          string
	URL           string
	Number        int
	NumberText    string
	Found         bool
	Series        stat.SeriesID
	Basis         string
	WindowStart   stat.Date
	WindowEnd     stat.Date
	Value         stat.Count
	PriorValue    stat.Count
	ChangePercent Number
	AsOf          stat.Date
	Early         Flag
	ValueNow      stat.Count
	Changed       Flag
	RevisedOn     stat.Date
}

// Table returns the name of the table.
func (Claim) Table() string { return "claims" }

// Cells returns the row in the order of the columns.
func (r Claim) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Claim),
		table.Day(r.On),
		table.Text(r.Text),
		table.Text(r.URL),
		table.Int(r.Number),
		table.Text(r.NumberText),
		table.Bool(r.Found),
		table.Text(string(r.Series)),
		table.Text(r.Basis),
		table.Day(r.WindowStart),
		table.Day(r.WindowEnd),
		table.Count(r.Value),
		table.Count(r.PriorValue),
		r.ChangePercent.cell(),
		table.Day(r.AsOf),
		r.Early.cell(),
		table.Count(r.ValueNow),
		r.Changed.cell(),
		table.Day(r.RevisedOn),
	}
}

// From reads a row.
func (r *Claim) From(c []table.Cell) {
	*r = Claim{
		Claim:         c[0].String(),
		On:            c[1].Date(),
		Text:          c[2].String(),
		URL:           c[3].String(),
		Number:        integer(c[4]),
		NumberText:    c[5].String(),
		Found:         c[6].Bool(),
		Series:        stat.SeriesID(c[7].String()),
		Basis:         c[8].String(),
		WindowStart:   c[9].Date(),
		WindowEnd:     c[10].Date(),
		Value:         c[11].Count(),
		PriorValue:    c[12].Count(),
		ChangePercent: number(c[13]),
		AsOf:          c[14].Date(),
		Early:         flag(c[15]),
		ValueNow:      c[16].Count(),
		Changed:       flag(c[17]),
		RevisedOn:     c[18].Date(),
	}
}
