package row

import (
	"time"

	"crossings/pipeline/stat"
)

// Release is a row of table releases.
type Release struct {
	Source        string
	Release       string
	Vintage       stat.Date
	FirstSeen     time.Time
	File          string
	Rows          int
	CoverageStart stat.Date
	CoverageEnd   stat.Date
	Revisions     int
	Silent        int
	Findings      int
	Quarantined   int
	SHA256        string
}

// Table returns the name of the table.
func (Release) Table() string { return "releases" }

// Source is a row of table sources.
type Source struct {
	Source        string
	Publisher     string
	Licence       string
	LastRelease   stat.Date
	RetrievedAt   time.Time
	CoverageStart stat.Date
	CoverageEnd   stat.Date
	State         string
	Findings      int
	SHA256        string
	Quarantined   int
}

// Table returns the name of the table.
func (Source) Table() string { return "sources" }

// Retraction is a row of table taken-back.
type Retraction struct {
	Source      string
	Release     string
	Decision    string
	DecidedAt   time.Time
	Released    stat.Date
	Reason      string
	NowRelease  string
	NowReleased stat.Date
}

// Table returns the name of the table.
func (Retraction) Table() string { return "taken-back" }
