package row

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
)

// Rate is a row of table rates.
type Rate struct {
	Rate        string
	Numerator   stat.SeriesID
	Denominator stat.SeriesID
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	Value       Number
	Lower       Number
	Upper       Number
	Note        note.List
}

// Table returns the name of the table.
func (Rate) Table() string { return "rates" }

// Cells returns the row in the order of the columns.
func (r Rate) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Rate),
		table.Text(string(r.Numerator)),
		table.Text(string(r.Denominator)),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		r.Value.cell(),
		r.Lower.cell(),
		r.Upper.cell(),
		table.Text(r.Note.String()),
	}
}

// From reads a row.
func (r *Rate) From(c []table.Cell) {
	*r = Rate{
		Rate:        c[0].String(),
		Numerator:   stat.SeriesID(c[1].String()),
		Denominator: stat.SeriesID(c[2].String()),
		PeriodStart: c[3].Date(),
		PeriodEnd:   c[4].Date(),
		Value:       number(c[5]),
		Lower:       number(c[6]),
		Upper:       number(c[7]),
		Note:        note.Parse(c[8].String()),
	}
}

// Balance is a row of table balances.
type Balance struct {
	Balance     string
	Basis       string
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	Out         stat.Count
	In          stat.Count
	Difference  stat.Count
	Base        stat.Count
	OutPercent  Number
	Days        int
	OutPerDay   Number
	Status      stat.Status
	Vintage     stat.Date
	Note        note.List
}

// Table returns the name of the table.
func (Balance) Table() string { return "balances" }

// Cells returns the row in the order of the columns.
func (r Balance) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Balance),
		table.Text(r.Basis),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.Out),
		table.Count(r.In),
		table.Count(r.Difference),
		table.Count(r.Base),
		r.OutPercent.cell(),
		table.Int(r.Days),
		r.OutPerDay.cell(),
		table.Text(string(r.Status)),
		table.Day(r.Vintage),
		table.Text(r.Note.String()),
	}
}

// From reads a row.
func (r *Balance) From(c []table.Cell) {
	*r = Balance{
		Balance:     c[0].String(),
		Basis:       c[1].String(),
		PeriodStart: c[2].Date(),
		PeriodEnd:   c[3].Date(),
		Out:         c[4].Count(),
		In:          c[5].Count(),
		Difference:  c[6].Count(),
		Base:        c[7].Count(),
		OutPercent:  number(c[8]),
		Days:        integer(c[9]),
		OutPerDay:   number(c[10]),
		Status:      stat.Status(c[11].String()),
		Vintage:     c[12].Date(),
		Note:        note.Parse(c[13].String()),
	}
}

// Bridge is a row of table bridges.
type Bridge struct {
	Series           stat.SeriesID
	ReferenceSeries  stat.SeriesID
	PeriodStart      stat.Date
	PeriodEnd        stat.Date
	Value            stat.Count
	ReferenceValue   stat.Count
	Difference       stat.Count
	Vintage          stat.Date
	ReferenceVintage stat.Date
	Note             note.List
}

// Table returns the name of the table.
func (Bridge) Table() string { return "bridges" }

// Cells returns the row in the order of the columns.
func (r Bridge) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Text(string(r.ReferenceSeries)),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.Value),
		table.Count(r.ReferenceValue),
		table.Count(r.Difference),
		table.Day(r.Vintage),
		table.Day(r.ReferenceVintage),
		table.Text(r.Note.String()),
	}
}

// From reads a row.
func (r *Bridge) From(c []table.Cell) {
	*r = Bridge{
		Series:           stat.SeriesID(c[0].String()),
		ReferenceSeries:  stat.SeriesID(c[1].String()),
		PeriodStart:      c[2].Date(),
		PeriodEnd:        c[3].Date(),
		Value:            c[4].Count(),
		ReferenceValue:   c[5].Count(),
		Difference:       c[6].Count(),
		Vintage:          c[7].Date(),
		ReferenceVintage: c[8].Date(),
		Note:             note.Parse(c[9].String()),
	}
}

// Residual is a row of table residuals.
type Residual struct {
	Series      stat.SeriesID
	Parts       string
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	Value       stat.Count
	PartsValue  stat.Count
	Residual    stat.Count
	Status      stat.Status
	Note        note.List
}

// Table returns the name of the table.
func (Residual) Table() string { return "residuals" }

// Cells returns the row in the order of the columns.
func (r Residual) Cells() []table.Cell {
	return []table.Cell{
		table.Text(string(r.Series)),
		table.Text(r.Parts),
		table.Day(r.PeriodStart),
		table.Day(r.PeriodEnd),
		table.Count(r.Value),
		table.Count(r.PartsValue),
		table.Count(r.Residual),
		table.Text(string(r.Status)),
		table.Text(r.Note.String()),
	}
}

// From reads a row.
func (r *Residual) From(c []table.Cell) {
	*r = Residual{
		Series:      stat.SeriesID(c[0].String()),
		Parts:       c[1].String(),
		PeriodStart: c[2].Date(),
		PeriodEnd:   c[3].Date(),
		Value:       c[4].Count(),
		PartsValue:  c[5].Count(),
		Residual:    c[6].Count(),
		Status:      stat.Status(c[7].String()),
		Note:        note.Parse(c[8].String()),
	}
}

// Headline is a row of table headlines.
type Headline struct {
	ID      string
	Text    string
	Series  stat.SeriesID
	Cutoff  stat.Date
	Rows    string
	Status  stat.Status
	Vintage stat.Date
}

// Table returns the name of the table.
func (Headline) Table() string { return "headlines" }

// Cells returns the row in the order of the columns.
func (r Headline) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.ID),
		table.Text(r.Text),
		table.Text(string(r.Series)),
		table.Day(r.Cutoff),
		table.Text(r.Rows),
		table.Text(string(r.Status)),
		table.Day(r.Vintage),
	}
}

// From reads a row.
func (r *Headline) From(c []table.Cell) {
	*r = Headline{
		ID:      c[0].String(),
		Text:    c[1].String(),
		Series:  stat.SeriesID(c[2].String()),
		Cutoff:  c[3].Date(),
		Rows:    c[4].String(),
		Status:  stat.Status(c[5].String()),
		Vintage: c[6].Date(),
	}
}
