package iommissingmigrants

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// field is what a column holds, whatever its name in a release.
type field int

const (
	unused field = iota // part of the header, but not read
	mainID
	incidentID
	incidentType
	region
	day
	year
	month
	numDead
	numMissing
	numTotal
	survivors
	females
	males
	children
	originCountry
	cause
	country
	migrationRoute
	location
	coordinates
	latitude
	longitude
	informationSource
	address
	quality
	reliability
	fields
)

// generation is one of the layouts that the list has had.
type generation struct {
	name    string // the year of the file in which it was seen
	columns []column
	at      [fields]int // index of each field's column, or -1
	// date reads a day as the layout writes it. monthName is how it writes a month. place reads
	// latitude and longitude if one cell has both.
	date      func(string) (stat.Date, error)
	monthName string
	place     func(string) (lat, lon float64, err error)
	thousands bool // counts may have commas between thousands
}

// column is a column's name and what it holds.
type column struct {
	name  string
	field field
}

// generations are all layouts, oldest first.
var generations = []*generation{
	newGeneration(generation{
		name: "2017", date: dayFirst,
		columns: []column{
			{"#event+id", incidentID}, {"#cause+type", cause}, {"#region+origin", unused}, {"#affected+nationality", unused},
			{"#affected+missing", numMissing}, {"#affected+dead", numDead}, {"#region+incident", region}, {"#date+reported", day},
			{"#meta+source+name", informationSource}, {"#meta+source+reliability", reliability}, {"#geo+lat", latitude}, {"#geo+lon", longitude},
		},
	}),
	newGeneration(generation{
		name: "2020", date: shortDate, monthName: "Jan", place: commaPlace, thousands: true,
		columns: []column{
			{"Web ID", incidentID}, {"Region of Incident", region}, {"Reported Date", day}, {"Reported Year", year}, {"Reported Month", month},
			{"Number Dead", numDead}, {"Minimum Estimated Number of Missing", numMissing}, {"Total Dead and Missing", numTotal},
			{"Number of Survivors", survivors}, {"Number of Females", females}, {"Number of Males", males}, {"Number of Children", children},
			{"Cause of Death", cause}, {"Location Description", location}, {"Information Source", informationSource},
			{"Location Coordinates", coordinates}, {"latitude", unused}, {"longitude", unused}, {"Migration Route", migrationRoute},
			{"URL", address}, {"UNSD Geographical Grouping", unused}, {"Source Quality", quality},
		},
	}),
	newGeneration(generation{
		name: "2022", date: stat.ParseDate, monthName: "January", place: pointPlace,
		columns: []column{
			{"Main ID", mainID}, {"Incident ID", incidentID}, {"Incident Type", incidentType}, {"Region of Incident", region},
			{"Website Date", day}, {"Incident year", year}, {"Reported Month", month},
			{"Number of Dead", numDead}, {"Minimum Estimated Number of Missing", numMissing}, {"Total Number of Dead and Missing", numTotal},
			{"Number of Survivors", survivors}, {"Number of Females", females}, {"Number of Males", males}, {"Number of Children", children},
			{"Region of Origin", unused}, {"Cause of Death", cause}, {"Migration route", migrationRoute}, {"Location of death", location},
			{"Information Source", informationSource}, {"Coordinates", coordinates}, {"UNSD Geographical Grouping", unused},
			{"Article title", unused}, {"Source Quality", quality}, {"URL", address},
		},
	}),
	newGeneration(generation{
		name: "2024", date: stat.ParseDate, monthName: "January", place: commaPlace,
		columns: []column{
			{"Main ID", mainID}, {"Incident ID", incidentID}, {"Incident Type", incidentType}, {"Region of Incident", region},
			{"Incident Date", day}, {"Incident Year", year}, {"Month", month},
			{"Number of Dead", numDead}, {"Minimum Estimated Number of Missing", numMissing}, {"Total Number of Dead and Missing", numTotal},
			{"Number of Survivors", survivors}, {"Number of Females", females}, {"Number of Males", males}, {"Number of Children", children},
			{"Country of Origin", originCountry}, {"Region of Origin", unused}, {"Cause of Death", cause}, {"Country of Incident", country},
			{"Migration Route", migrationRoute}, {"Location of Incident", location}, {"Coordinates", coordinates},
			{"UNSD Geographical Grouping", unused}, {"Information Source", informationSource}, {"URL", address}, {"Source Quality", quality},
		},
	}),
	newGeneration(generation{
		name: "2026", date: websiteDate, monthName: "January", place: commaPlace,
		columns: []column{
			{"Main ID", mainID}, {"Incident ID", incidentID}, {"Region", region}, {"Incident Date", day}, {"Year", year}, {"Reported Month", month},
			{"Number Dead", numDead}, {"Minimum Estimated Number of Missing", numMissing},
			{"Number of Survivors", survivors}, {"Number of Females", females}, {"Number of Males", males}, {"Number of Children", children},
			{"Region of Origin", unused}, {"Cause of Death", cause}, {"Country of Origin", originCountry}, {"Location of death", location},
			{"Information Source", informationSource}, {"Coordinates", coordinates}, {"Migration route", migrationRoute}, {"URL", address},
			{"UNSD Geographical Grouping", unused}, {"Source Quality", quality},
		},
	}),
}

// newGeneration fills in the indexes of the fields.
func newGeneration(g generation) *generation {
	for f := range g.at {
		g.at[f] = -1
	}
	for i, c := range g.columns {
		g.at[c.field] = i
	}
	g.at[unused] = -1
	return &g
}

// has reports whether the layout has a column for f.
func (g *generation) has(f field) bool { return g.at[f] >= 0 }

// names returns the header.
func (g *generation) names() []string {
	names := make([]string, len(g.columns))
	for i, c := range g.columns {
		names[i] = c.name
	}
	return names
}

// headerHint is the hint about an unknown header.
const headerHint = "compare the first row with the publisher's last file; if the layout has changed, teach it to the source before this release comes in"

// generationOf returns the layout with exactly this header. For an unknown header the error is
// about the first column that differs from the layout with the most names in common, or the newest
// of several such.
func generationOf(header []string) (g *generation, column int, err error) {
	nearest, most := generations[0], -1
	for _, g := range generations {
		if slices.Equal(header, g.names()) {
			return g, 0, nil
		}
		if n := g.shared(header); n >= most {
			nearest, most = g, n
		}
	}
	column, err = nearest.differs(header)
	return nil, column, err
}

// shared returns how many of the layout's names are anywhere in header.
func (g *generation) shared(header []string) int {
	n := 0
	for _, c := range g.columns {
		if slices.Contains(header, c.name) {
			n++
		}
	}
	return n
}

// differs returns the first column in which header differs from g.
func (g *generation) differs(header []string) (int, error) {
	for i := range max(len(header), len(g.columns)) {
		switch {
		case i >= len(header):
			return i, fmt.Errorf("column %q is missing, which the layout of %s has: %w", g.columns[i].name, g.name, decode.ErrHeader)
		case i >= len(g.columns):
			return i, fmt.Errorf("unknown column %q, which the layout of %s has not: %w", short(header[i]), g.name, decode.ErrHeader)
		case header[i] != g.columns[i].name:
			return i, fmt.Errorf("column is called %q where the layout of %s has %q: %w", short(header[i]), g.name, g.columns[i].name, decode.ErrHeader)
		}
	}
	panic("the header is that of the layout") // the caller has checked for equality
}

// short cuts a text from outside to a length that fits in a message.
func short(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// dayFirst reads 05/11/2015 as the fifth of November.
func dayFirst(s string) (stat.Date, error) { return parseDate("02/01/2006", s) }

// shortDate reads 13-Jan-20 and 9-Jan-20. All years are in this century.
func shortDate(s string) (stat.Date, error) { return parseDate("2-Jan-06", s) }

func parseDate(layout, s string) (stat.Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("%q is %w", short(s), decode.ErrPeriod)
	}
	return stat.DateOf(t), nil
}

// errWeekday means that a weekday contradicts the date next to it.
var errWeekday = fmt.Errorf("weekday and date contradict each other: %w", decode.ErrPeriod)

// websiteDate reads "Thu, 01/02/2026 - 12:00" as the second of January: the month comes first. The
// weekday proves it. A weekday that contradicts the date is errWeekday, which stops the file, not
// just one bad row.
func websiteDate(s string) (stat.Date, error) {
	const layout = "Mon, 01/02/2006 - 15:04"
	d, err := parseDate(layout, s)
	if err != nil {
		// With day and month swapped, a day after the twelfth would not be a date.
		if _, swapped := parseDate("Mon, 02/01/2006 - 15:04", s); swapped == nil {
			return 0, fmt.Errorf("%q has the day before the month: %w", short(s), errWeekday)
		}
		return 0, err
	}
	// time.Parse accepts any weekday for any date.
	if stated := s[:3]; !strings.EqualFold(stated, d.Weekday().String()[:3]) {
		return 0, fmt.Errorf("%q is a %s if the month comes first: %w", short(s), d.Weekday(), errWeekday)
	}
	return d, nil
}

// commaPlace reads "31.650259, -110.366453", latitude first.
func commaPlace(s string) (lat, lon float64, err error) {
	a, b, _ := strings.Cut(s, ",")
	return place(a, b)
}

// pointPlace reads "POINT (-110.366453 31.650259)", longitude first.
func pointPlace(s string) (lat, lon float64, err error) {
	inner, ok := strings.CutPrefix(s, "POINT (")
	inner, closed := strings.CutSuffix(inner, ")")
	if !ok || !closed {
		return 0, 0, fmt.Errorf("%q is not a point", short(s))
	}
	a, b, _ := strings.Cut(inner, " ")
	return place(b, a)
}

// place reads a latitude and a longitude in degrees.
func place(latitude, longitude string) (lat, lon float64, err error) {
	if lat, err = degrees(latitude, 90); err != nil {
		return 0, 0, err
	}
	if lon, err = degrees(longitude, 180); err != nil {
		return 0, 0, err
	}
	return lat, lon, nil
}

func degrees(s string, most float64) (float64, error) {
	s = strings.TrimSpace(s)
	// strconv also accepts Inf, NaN, 0x1p4 and 1_0, which are not degrees.
	if strings.Trim(s, "-.0123456789") != "" {
		return 0, fmt.Errorf("%q is no number of degrees", short(s))
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < -most || n > most {
		return 0, fmt.Errorf("%q is no number of degrees up to %g", short(s), most)
	}
	return n, nil
}
