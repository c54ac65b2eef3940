package incidentmap

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Map is a map of incidents with its table.
type Map struct {
	ID, Title string
	Finding   string // how many people, in a sentence without its full stop
	Shows     string
	Chip      string // that the source is late or has stopped, or ""
	Drawing   Drawing
	Says      string // how many incidents and people in all periods
	Periods   []Period
	Notes     []string // what the map does not show, and how sure it is
	Rows      []Row
	Marks     []string // what marks in the table mean
	Count     string   // how many incidents there are
	Left      string   // how many of them the table leaves out, or ""
	Sources   []content.SourceInfo
	Cutoff    string // day of the last incident
	Vintage   string
}

// Limits are how many rows a table has: the incidents with most people, and those with most people in
// each period, which are shown when the period is chosen.
type Limits struct{ Rows, Period int }

// The limits of the page of a topic, and of the page of incidents.
var (
	ShortTable = Limits{40, 8}
	LongTable  = Limits{400, 0}
)

// Of returns the maps of the incidents that come from one of the given data sets. A sea without such
// incidents has none.
func Of(index *content.Index, sources []string, limits Limits) []Map {
	if len(sources) == 0 {
		return nil
	}
	rows := content.Incidents(index, sources)
	var out []Map
	for _, v := range Views {
		if m, ok := v.of(index, rows, limits); ok {
			out = append(out, m)
		}
	}
	return out
}

// of returns the map of one sea, and whether all has incidents there. all are the incidents of the data
// sets everywhere: how far they reach says whether a year is over.
func (v View) of(index *content.Index, all []*row.Incident, limits Limits) (Map, bool) {
	var until stat.Date
	var rows []*row.Incident
	for _, r := range all {
		until = max(until, r.DateStart)
		if slices.Contains(v.Routes, r.Route) {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return Map{}, false
	}
	list := entries(rows)
	first := list[0].DateStart
	for _, e := range list {
		first = min(first, e.DateStart)
		if e.placed() {
			e.x, e.y, e.onMap = v.frame.Point(e.Latitude.Value, e.Longitude.Value)
		}
	}
	total := tallyOf(list)
	m := Map{ID: v.ID, Title: v.Title, Count: wording.Counted(len(list), "incident", "incidents"), Periods: periods(list, until), Cutoff: until.Long()}
	span := wording.Span(first, until)
	m.Finding = fmt.Sprintf("at least %s people died or went missing %s, %s to %s", wording.Thousands(total.people), v.Where, wording.MonthYear(first), wording.MonthYear(until))
	m.Shows = "The area of a circle is the number of people: the solid part was found dead, the pale part is missing and presumed dead."
	m.Says = total.says("from " + span)
	m.Drawing = v.draw(list, v.alt(list, wording.Capital(m.Finding)))
	m.Notes = v.notes(list, total)
	m.Rows, m.Left = listed(list, limits)
	m.Marks = marksOf(m.Rows)
	m.source(index, list)
	return m, true
}

// source says where the rows come from.
func (m *Map) source(index *content.Index, list []*entry) {
	seen := map[string]bool{}
	var newest stat.Date
	for _, e := range list {
		if seen[e.Source] {
			continue
		}
		seen[e.Source] = true
		s := index.Source(e.Source)
		m.Sources = append(m.Sources, s)
		m.Chip = cmp.Or(m.Chip, calendar.Chip(index, s.ID))
		for _, series := range index.Site.Series {
			if index.SourceOf(series.ID).ID == s.ID {
				newest = max(newest, index.Vintage(series.ID))
			}
		}
	}
	m.Vintage = cmp.Or(newest, index.Site.Vintage).Long()
}

// alt describes the map to people who do not see it.
func (v View) alt(list []*entry, finding string) string {
	text := fmt.Sprintf("Map. %s.", finding)
	var most []string
	for _, e := range list[:min(3, len(list))] {
		if e.onMap {
			most = append(most, e.says())
		}
	}
	if len(most) > 0 {
		text += " The largest circles: " + strings.Join(most, "; ") + "."
	}
	return text + " The table has the incidents."
}

// notes says what the map does not show, and how sure places are.
func (v View) notes(list []*entry, t tally) []string {
	out := []string{fmt.Sprintf("Places are the publisher's, and many are estimates%s.", wholeDegrees(list))}
	if n := t.offMap + t.noPlace; n > 0 {
		out = append(out, fmt.Sprintf("Not drawn: %s with %s people, %s off the map and %s without a usable place.", wording.Counted(n, "incident", "incidents"),
			wording.Thousands(t.offPeople), wording.Thousands(int64(t.offMap)), wording.Thousands(int64(t.noPlace))))
	}
	if t.outside > 0 {
		out = append(out, fmt.Sprintf("Outlined: %s outside the waters of the route, on land or with a wrong place or route.", wording.Counted(t.outside, "incident", "incidents")))
	}
	if t.twice > 0 {
		out = append(out, fmt.Sprintf("%s may state another one again (same day, within 25 km, same number of people). Nothing is merged: they are drawn and counted as published.", wording.Capital(wording.Counted(t.twice, "incident", "incidents"))))
	}
	if t.unknown > 0 {
		out = append(out, fmt.Sprintf("%s without a number of people and has no circle.", wording.Capital(wording.Counted(t.unknown, "incident is", "incidents are"))))
	}
	middle := (v.frame.South + v.frame.North) / 2
	return append(out, "Figures by month and year end with the last whole month, so the newest incidents may not be in them yet.",
		fmt.Sprintf("Plate carrée projection, to scale along %.1f° north. Coast lines and borders: Natural Earth.", middle))
}

// wholeDegrees says how many places have a coordinate without decimals, or is "".
func wholeDegrees(list []*entry) string {
	n := 0
	for _, e := range list {
		if e.placed() && (e.Latitude.Value == math.Trunc(e.Latitude.Value) || e.Longitude.Value == math.Trunc(e.Longitude.Value)) {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "; in 1 a coordinate is a whole degree"
	}
	return fmt.Sprintf("; in %s a coordinate is a whole degree", wording.Thousands(int64(n)))
}

// marksOf explains the marks in the cells of a table.
func marksOf(rows []Row) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Dead, r.Missing, r.Quality)
	}
	return listing.Explained(texts...)
}
