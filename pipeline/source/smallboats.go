package source

import (
	"fmt"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/stat"
)

// smallBoatHeaders are the headers of the measures of small boats, by measure. The publisher's
// sheets and pages have used several, and use them side by side.
var smallBoatHeaders = map[string][]string{
	"arrivals": append(combined(personWords, "", " arrived", " arrivals", " arriving", " detected", " who arrived", " arrived in small boats", " arriving in small boats", " arriving by small boat", " detected in small boats", " detected arriving in small boats"),
		"Arrivals", "Migrant arrivals"),
	"boats": combined([]string{"Boats", "Small boats"}, "", " arrived", " arriving", " detected"),
	"uncontrolled-landings": append(combined([]string{"", "Boats ", "Boats arrived ", "Boats arrived-", "Boats detected ", "Small boats "}, "involved in uncontrolled landings", "in uncontrolled landings", "involved in an uncontrolled landing"),
		"Uncontrolled landings", "Uncontrolled landings (boats)", "Boats (uncontrolled landings)"),
	"prevented-persons": combined(personWords, " prevented", " prevented from crossing", " prevented from leaving France", " prevented from departing"),
	"prevention-events": {"Events prevented", "Prevention events", "Prevented events", "Events", "Prevented crossing events", "Crossing events prevented"},
}

// personWords are the words for people in headers.
var personWords = []string{"Migrants", "People", "Persons", "Individuals", "Irregular migrants"}

// combined returns each beginning with each end.
func combined(begins []string, ends ...string) (out []string) {
	for _, b := range begins {
		for _, e := range ends {
			out = append(out, b+e)
		}
	}
	return out
}

// SmallBoats returns the column of a measure of small boats: its usual header in a table, and the
// others that mean the same. There may be "number of" before each.
func SmallBoats(measure, header string) decode.Column {
	return decode.Column{Name: header, Also: smallBoatHeaders[measure], Measure: true}
}

// CountsSmallBoats reports whether words after "number of" are a header of a measure of small boats.
func CountsSmallBoats(measure, words string) bool {
	return slices.ContainsFunc(smallBoatHeaders[measure], func(h string) bool { return decode.Words(h) == decode.Words(words) })
}

// FirstStated returns a daily series of small boats as a page first states it.
func FirstStated(id, measure, unit, title, definition string) stat.Series {
	return stat.NewSeries(stat.Series{Source: id, Measure: measure, Unit: unit, Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
		Title: title, Definition: definition, Designation: "provisional operational data"}, stat.Daily)
}

// DayBefore reads the day in column i of a row of a page published on a day. A day without a year is
// the last such day before. The error is a *decode.Error.
func DayBefore(r webpage.Row, i int, published stat.Date) (day stat.Date, mark string, err error) {
	day, mark, err = PageDay(r, i)
	if err == nil {
		return day, mark, nil
	}
	for year := published.Year(); year >= published.Year()-1; year-- {
		if d, noDay := LongDate(fmt.Sprintf("%s %d", r.Label(i), year)); noDay == nil && d < published {
			return d, "", nil
		}
	}
	return 0, "", err
}
