package row

import (
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
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

// Cells returns the row in the order of the columns.
func (r Release) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Source),
		table.Text(r.Release),
		table.Day(r.Vintage),
		table.Instant(r.FirstSeen),
		table.Text(r.File),
		table.Int(r.Rows),
		table.Day(r.CoverageStart),
		table.Day(r.CoverageEnd),
		table.Int(r.Revisions),
		table.Int(r.Silent),
		table.Int(r.Findings),
		table.Int(r.Quarantined),
		table.Text(r.SHA256),
	}
}

// From reads a row.
func (r *Release) From(c []table.Cell) {
	*r = Release{
		Source:        c[0].String(),
		Release:       c[1].String(),
		Vintage:       c[2].Date(),
		FirstSeen:     c[3].Instant(),
		File:          c[4].String(),
		Rows:          integer(c[5]),
		CoverageStart: c[6].Date(),
		CoverageEnd:   c[7].Date(),
		Revisions:     integer(c[8]),
		Silent:        integer(c[9]),
		Findings:      integer(c[10]),
		Quarantined:   integer(c[11]),
		SHA256:        c[12].String(),
	}
}

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

// Cells returns the row in the order of the columns.
func (r Source) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Source),
		table.Text(r.Publisher),
		table.Text(r.Licence),
		table.Day(r.LastRelease),
		table.Instant(r.RetrievedAt),
		table.Day(r.CoverageStart),
		table.Day(r.CoverageEnd),
		table.Text(r.State),
		table.Int(r.Findings),
		table.Text(r.SHA256),
		table.Int(r.Quarantined),
	}
}

// From reads a row.
func (r *Source) From(c []table.Cell) {
	*r = Source{
		Source:        c[0].String(),
		Publisher:     c[1].String(),
		Licence:       c[2].String(),
		LastRelease:   c[3].Date(),
		RetrievedAt:   c[4].Instant(),
		CoverageStart: c[5].Date(),
		CoverageEnd:   c[6].Date(),
		State:         c[7].String(),
		Findings:      integer(c[8]),
		SHA256:        c[9].String(),
		Quarantined:   integer(c[10]),
	}
}

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

// Cells returns the row in the order of the columns.
func (r Retraction) Cells() []table.Cell {
	return []table.Cell{
		table.Text(r.Source),
		table.Text(r.Release),
		table.Text(r.Decision),
		table.Instant(r.DecidedAt),
		table.Day(r.Released),
		table.Text(r.Reason),
		table.Text(r.NowRelease),
		table.Day(r.NowReleased),
	}
}

// From reads a row.
func (r *Retraction) From(c []table.Cell) {
	*r = Retraction{
		Source:      c[0].String(),
		Release:     c[1].String(),
		Decision:    c[2].String(),
		DecidedAt:   c[3].Instant(),
		Released:    c[4].Date(),
		Reason:      c[5].String(),
		NowRelease:  c[6].String(),
		NowReleased: c[7].Date(),
	}
}
