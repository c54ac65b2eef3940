package row

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Rate is a row of table rates.
type Rate struct {
	Rate               string
	Numerator          stat.SeriesID
	Denominator        stat.SeriesID
	PeriodStart        stat.Date
	PeriodEnd          stat.Date
	Value              Number
	Lower              Number
	Upper              Number
	Note               note.List
	Basis              string
	Unit               string
	Method             string
	LevelPercent       Number
	NumeratorValue     stat.Count
	DenominatorValue   stat.Count
	LowNumeratorValue  stat.Count
	LowValue           Number
	LowLower           Number
	LowUpper           Number
	HighNumeratorValue stat.Count
	HighValue          Number
	HighLower          Number
	HighUpper          Number
	Status             stat.Status
	Vintage            stat.Date
}

// Table returns the name of the table.
func (Rate) Table() string { return "rates" }

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
