package row

import (
	"time"

	"crossings/pipeline/stat"
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
