package incidentmap

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Row is an incident in words. Class is that of its period, with "more" if it is shown only when that is
// chosen.
type Row struct {
	Class, ID            string
	Date, Place          string
	Country              string
	Where                string // at sea or elsewhere
	Dead, Missing, Cause string
	Quality              string
	Twice                string // the incidents that it may state again, or ""
}

// listed returns the rows of the entries with most people, and how many are left out, or "".
func listed(list []*entry, limits Limits) (rows []Row, left string) {
	of := map[int]int{}
	for i, e := range list {
		of[e.period]++
		class := fmt.Sprintf("p%d", e.period)
		switch {
		case i < limits.Rows:
		case of[e.period] <= limits.Period:
			class += " more"
		default:
			continue
		}
		rows = append(rows, e.row(class))
	}
	if n := len(list) - min(len(list), limits.Rows); n > 0 {
		left = wording.Thousands(int64(n))
	}
	return rows, left
}

// row returns the row of an entry.
func (e *entry) row(class string) Row {
	r := Row{Class: class, ID: e.Incident.Incident, Date: day(e.DateStart, e.DateEnd), Country: e.country(), Place: degrees(e), Where: schemas.LabelOf("incident-setting", e.Setting),
		Dead: wording.Count(e.dead), Missing: wording.Count(e.missing), Cause: e.cause(), Quality: wording.Count(e.SourceQuality), Twice: e.PossibleDuplicateOf}
	if e.SourceQuality.IsKnown() {
		r.Quality += "/5"
	}
	return r
}

// day writes a day, or the days among which an incident happened.
func day(start, end stat.Date) string {
	if start == end && !start.IsZero() {
		return start.Time().Format("2 Jan 2006")
	}
	return wording.PeriodText(start, end)
}

// country names the country of an incident, or its region, or says that none is stated.
func (e *entry) country() string {
	if e.Country != "" {
		return schemas.LabelOf("area", e.Country)
	}
	return cmp.Or(e.Region, "country not stated")
}

// cause names the causes of death.
func (e *entry) cause() string {
	var labels []string
	for _, code := range strings.Split(e.Cause, "_and_") {
		labels = append(labels, schemas.LabelOf("cause-of-death", code))
	}
	return wording.Capital(strings.Join(labels, " and "))
}

// degrees writes the place of an incident to a hundredth of a degree, which is about a kilometre.
func degrees(e *entry) string {
	if !e.placed() {
		return "no place stated"
	}
	return side(e.Latitude.Value, "N", "S") + ", " + side(e.Longitude.Value, "E", "W")
}

// side writes an angle with the side on which it is.
func side(degrees float64, above, below string) string {
	if degrees < 0 {
		above = below
	}
	return wording.Fixed(math.Abs(degrees), 2) + "° " + above
}
