package packed

import (
	"fmt"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

// Index lists the sources. It is small, and is read before any file.
type Index struct {
	Since   []stat.Date `json:"since"` // days from which a sentence may count
	Sources []Entry     `json:"sources"`
}

// Entry is a source in the index.
type Entry struct {
	ID       string      `json:"id"`
	Restates string      `json:"restates,omitempty"`
	Title    string      `json:"title"`
	Vintages []stat.Date `json:"vintages"` // days of its releases, oldest first
	File     string      `json:"file"`     // name of the file with its series
	Bytes    int         `json:"bytes"`
}

// file has the series of a source.
type file struct {
	Series []series `json:"series"`
}

// series is a series in a file. States are the releases that change it, oldest first; each holds until the next.
type series struct {
	ID       stat.SeriesID `json:"id"`
	Kind     stat.Kind     `json:"kind"`
	Flow     string        `json:"flow"`
	Unit     string        `json:"unit"`
	Title    string        `json:"title"`
	Compared bool          `json:"compared,omitempty"` // else only a sentence that names its people means it
	Periods  []string      `json:"periods"`            // as periodRuns writes them
	States   []state       `json:"states"`
}

// state is a series from a release on.
type state struct {
	At int `json:"at"` // index of the vintage from which it holds
	// AsOf is the index of the newest vintage among the figures. It is own where that is each time the
	// newest of the source.
	AsOf int `json:"as_of"`
	// Values are what changes: "@5 12 - ." gives the periods from the sixth on the value 12, no value, and no
	// observation.
	Values string `json:"values,omitempty"`
}

// own is state.AsOf of a series that each release restates.
const own = -1

// maxPeriods bounds the periods of a series in a file.
const maxPeriods = 100_000

// cell is a period in one state.
type cell struct {
	stated, known bool
	value         int64
}

// String returns the value, "-" if it is stated without one, or "." if it is not stated.
func (c cell) String() string {
	switch {
	case !c.stated:
		return "."
	case !c.known:
		return "-"
	}
	return strconv.FormatInt(c.value, 10)
}

// parseCell is the inverse of cell.String.
func parseCell(text string) (cell, error) {
	switch text {
	case ".":
		return cell{}, nil
	case "-":
		return cell{stated: true}, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return cell{true, true, n}, err
}

// next returns the period that follows one of the calendar. It is false for a range.
func next(p stat.Period) (stat.Period, bool) {
	day := p.End.AddDays(1)
	y, m, _ := day.YMD()
	switch p.Precision {
	case stat.PrecisionDay:
		return stat.Day(day), true
	case stat.PrecisionWeek:
		return stat.WeekEnding(p.End.AddDays(7)), true
	case stat.PrecisionMonth:
		return stat.Month(y, m), true
	case stat.PrecisionQuarter:
		return stat.QuarterOf(day), true
	case stat.PrecisionYear:
		return stat.Year(y), true
	}
	return stat.Period{}, false
}

// periodRuns writes periods that follow one another as "2025-01-01 2025-01-01 day 31".
func periodRuns(list []stat.Period) []string {
	var out []string
	for i := 0; i < len(list); {
		n := 1
		for p, ok := next(list[i]); ok && i+n < len(list) && list[i+n] == p; p, ok = next(p) {
			n++
		}
		out = append(out, fmt.Sprintf("%s %s %s %d", list[i].Start, list[i].End, list[i].Precision, n))
		i += n
	}
	return out
}

// parsePeriods is the inverse of periodRuns.
func parsePeriods(runs []string) ([]stat.Period, error) {
	var out []stat.Period
	for _, run := range runs {
		f := strings.Fields(run)
		if len(f) != 4 {
			return nil, fmt.Errorf("periods %q", run)
		}
		start, err := stat.ParseDate(f[0])
		if err != nil {
			return nil, err
		}
		end, err := stat.ParseDate(f[1])
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(f[3])
		if err != nil || n < 1 || len(out)+n > maxPeriods {
			return nil, fmt.Errorf("periods %q", run)
		}
		for p, ok := (stat.Period{Start: start, End: end, Precision: stat.Precision(f[2])}), true; n > 0; n-- {
			if !ok {
				return nil, fmt.Errorf("periods %q", run)
			}
			out = append(out, p)
			p, ok = next(p)
		}
	}
	return out, nil
}
