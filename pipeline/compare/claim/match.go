package claim

import (
	"encoding/json"
	"math"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Series is one series as it was known when the claim was made.
type Series struct {
	Path *compare.Path
	// AsOf is the vintage of the figures. Early says that it is later than the claim, because
	// no older vintage is known.
	AsOf  stat.Date
	Early bool
}

// Match is a window that gives a number or comes near it.
type Match struct {
	Series                 stat.SeriesID
	Basis                  string
	WindowStart, WindowEnd stat.Date
	Value                  stat.Count
	PriorStart, PriorEnd   stat.Date // the same window in an earlier year; zero if it has no value
	Prior                  stat.Count
	Percent                compare.Percent // the change on the prior value
	AsOf                   stat.Date       // the vintage of the figures
	Early                  bool            // AsOf is later than the claim
	Cut                    bool            // the window was cut back to whole periods
	Off                    float64         // the distance from the number; 0.02 is two per cent
	Per                    stat.SeriesID   // what the value is divided by: boats, or the total of a share
	PerValue               stat.Count
	Figure                 float64      // what the number is compared with: the value, the change or the quotient
	Facts                  []words.Fact // what the words fix, and whether the window has it
	Verdict                string

	askedStart, askedEnd stat.Date
	slack                stat.Date
	span                 string // what the figure is an average over: "day"
	newest               bool
	needsCompany         bool    // it counts only where another number has the same window
	back                 int     // number of years between the window and the prior one
	score                float64 // how well the window fits the words; higher is better
}

// The values of Match.back where the prior window is not some years earlier.
const (
	preceded  = -1 // the one just before
	sinceThen = -2 // one that the sentence names
)

// window returns what the words about time are compared with.
func (m *Match) window() words.Window {
	return words.Window{Basis: m.Basis, Start: m.WindowStart, End: m.WindowEnd, AskedStart: m.askedStart, AskedEnd: m.askedEnd, Slack: m.slack, Newest: m.newest}
}

// prior returns the window of the prior value.
func (m *Match) prior() words.Window {
	return words.Window{Basis: m.Basis, Start: m.PriorStart, End: m.PriorEnd, AskedStart: m.PriorStart, AskedEnd: m.PriorEnd, Slack: m.slack}
}

// The notes on a match.
const (
	noteEarly = "no vintage is as old as the claim; the oldest one known answers"
	noteCut   = "the window is cut back to the whole periods of the series"
)

// note returns what a reader must know about a match, or nil.
func (m Match) note() any {
	switch {
	case m.Early && m.Cut:
		return noteEarly + "; " + noteCut
	case m.Early:
		return noteEarly
	case m.Cut:
		return noteCut
	}
	return nil
}

// count returns a count for JSON: null if it is missing.
func count(c stat.Count) any {
	if n, known := c.Get(); known {
		return n
	}
	return nil
}

// MarshalJSON writes the window with public names. A missing figure is null.
func (m Match) MarshalJSON() ([]byte, error) {
	var percent any
	if x, known := m.Percent.Get(); known {
		percent = math.Round(x*1e4) / 1e4
	}
	var per any
	if m.Per != "" {
		per = m.Per
	}
	facts := m.Facts
	if facts == nil {
		facts = []words.Fact{}
	}
	return json.Marshal(struct {
		Series      stat.SeriesID `json:"series"`
		Basis       string        `json:"basis"`
		WindowStart stat.Date     `json:"window_start"`
		WindowEnd   stat.Date     `json:"window_end"`
		Value       any           `json:"value"`
		PriorValue  any           `json:"prior_value"`
		Percent     any           `json:"change_percent"`
		AsOf        stat.Date     `json:"as_of"`
		PriorStart  stat.Date     `json:"prior_start"`
		PriorEnd    stat.Date     `json:"prior_end"`
		Note        any           `json:"note,omitempty"`
		Per         any           `json:"per,omitempty"`
		PerValue    any           `json:"per_value,omitempty"`
		Figure      float64       `json:"figure"`
		Off         float64       `json:"off"`
		Verdict     string        `json:"verdict"`
		Facts       []words.Fact  `json:"facts"`
	}{m.Series, m.Basis, m.WindowStart, m.WindowEnd, count(m.Value), count(m.Prior), percent, m.AsOf, m.PriorStart, m.PriorEnd, m.note(), per, count(m.PerValue),
		math.Round(m.Figure*1e4) / 1e4, math.Round(m.Off*1e6) / 1e6, m.Verdict, facts})
}
