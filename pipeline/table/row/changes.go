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
	Series                        stat.SeriesID
	Revisions                     int
	Observations                  int
	Withdrawn                     int
	Revised                       int
	RevisedPercent                Number
	Silent                        int
	Substantial                   int
	LargestFall                   int
	LargestRise                   int
	MeanAbsoluteChange            Number
	LongestLag                    int
	Compared                      int
	Raised                        int
	Lowered                       int
	MeanRevision                  Number
	MeanAbsoluteRevision          Number
	MeanRevisionOfRevised         Number
	MeanAbsoluteRevisionOfRevised Number
	Test                          string
	Tested                        stat.Count
	Statistic                     Number
	PValue                        Number
	MatureAfterReleases           stat.Count
	MatureAfterDays               stat.Count
	YoungCompared                 stat.Count
	YoungRevised                  stat.Count
	LaterChanges                  stat.Count
	WholesaleReleases             stat.Count
	Settled                       Flag
	Maturity                      string
}

// Table returns the name of the table.
func (RevisionSummary) Table() string { return "revision-summary" }

// RevisionLag is a row of table revision-lags.
type RevisionLag struct {
	Series                        stat.SeriesID
	Scope                         string
	Lag                           stat.Count
	Compared                      int
	Raised                        int
	Lowered                       int
	MeanRevision                  Number
	MeanAbsoluteRevision          Number
	MeanRevisionOfRevised         Number
	MeanAbsoluteRevisionOfRevised Number
	RevisionPercent               Number
	LargestFall                   int
	LargestRise                   int
	Test                          string
	Tested                        stat.Count
	Statistic                     Number
	PValue                        Number
}

// Table returns the name of the table.
func (RevisionLag) Table() string { return "revision-lags" }

// Vintage is a row of table revision-triangle.
type Vintage struct {
	Series      stat.SeriesID
	PeriodStart stat.Date
	PeriodEnd   stat.Date
	Release     string
	Vintage     stat.Date
	Value       stat.Count
	AgeDays     int
	Lag         stat.Count
	Change      stat.Count
}

// Table returns the name of the table.
func (Vintage) Table() string { return "revision-triangle" }

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
	Verdict       string
}

// Table returns the name of the table.
func (Claim) Table() string { return "claims" }
