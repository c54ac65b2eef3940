package iommissingmigrants

import (
	"fmt"
	"regexp"

	"crossings/pipeline/read/decode"
)

// field is what a column holds, whatever its header in a release. The order is that of the
// publisher's workbook of 2024.
type field int

const (
	mainID field = iota
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
	originRegion // not read
	cause
	country
	migrationRoute
	location
	coordinates
	grouping // not read
	informationSource
	address
	quality
	dayEnd
	reportedDay
	reportedYear
	reportedMonth
	latitude
	longitude
	reliability
	reportedCause // not read
	ageRange      // not read
	nationality   // not read
	articleTitle  // not read
	fields
)

// wanted are the columns by their headers in the releases from 2016 to 2026, in its CSV, its
// workbooks, the exports of its website and its copy at the Humanitarian Data Exchange. Columns that
// are not read are among them, so that they are no news.
var wanted = [fields]decode.Column{
	mainID:       {Name: "Main ID", Optional: true},
	incidentID:   {Name: "Incident ID", Also: []string{"Incident Identifier", "IncidentID", "Event ID", "Web ID", "#event+id", "#web+id", "OBJECTID"}},
	incidentType: {Name: "Incident Type", Optional: true},
	region: {Name: "Region of Incident", Optional: true,
		Also: []string{"Region", "Incident Region", "#region+incident", "#region+name", "INCIDENTREGION"}},
	day: {Name: "Incident Date", Optional: true, Also: []string{"Event Date", "Date of Event", "Date of Death", "Date of death or disappearance", "Date of Incident", "Date", "Incident Dates", "Dates", "Incident Start Date", "Start Date of Incident",
		"Start Date", "Date Start", "Date From", "Incident Date (start)", "Incident Date Start", "Incident Date From", "Reported Start Date", "Reported Date (start)"}},
	year: {Name: "Incident Year", Optional: true, Also: []string{"Year of Incident", "Year"}},
	month: {Name: "Month", Optional: true,
		Also: []string{"Incident Month", "Month of Incident"}},
	numDead: {Name: "Number of Dead", Measure: true,
		Also: []string{"Number of Deaths", "Deaths", "Dead", "Deaths Recorded", "Number of Deaths Recorded", "Confirmed Deaths", "Number of Dead (confirmed)", "Dead (confirmed)", "Recorded Deaths", "Number Dead", "No. dead", "#affected+dead", "#affected+killed"}},
	numMissing: {Name: "Minimum Estimated Number of Missing", Measure: true,
		Also: []string{"Missing", "Disappearances", "Number of Disappearances", "Recorded Disappearances", "Estimated Missing", "Estimated Number of Missing", "Minimum Estimated Number of Missing Persons", "Minimum Estimated Number of Missing People", "Min. Estimated Number of Missing", "Missing (minimum estimate)", "Number of Missing (minimum estimate)", "Missing and Presumed Dead", "Minimum Estimated Number of Disappearances", "Minimum Estimated Missing", "Number of Missing", "Number Missing", "No. missing", "#affected+missing"}},
	numTotal: {Name: "Total Number of Dead and Missing", Measure: true, Optional: true, Also: []string{"Deaths and Disappearances", "Total Deaths and Disappearances", "Number of Deaths and Disappearances", "Dead and Missing", "Dead and Missing (total)", "Total Dead/Missing", "Total Dead & Missing", "Deaths & Disappearances", "Total Number of Deaths and Disappearances", "Total Dead and Missing", "Number of Dead and Missing",
		"Number Dead and Missing", "Dead/Missing", "No. dead/missing", "#affected+killed+missing+total"}},
	survivors: {Name: "Number of Survivors", Measure: true, Optional: true,
		Also: []string{"Survivors", "Number of Survivors (minimum)", "No. survivors", "#affected+survivors"}},
	females: {Name: "Number of Females", Measure: true, Optional: true,
		Also: []string{"Number of Female", "No. Female", "No. Females", "NOFEMALE", "#affected+f"}},
	males: {Name: "Number of Males", Measure: true, Optional: true,
		Also: []string{"Number of Male", "No. Male", "No. Males", "NOMALE", "#affected+m"}},
	children: {Name: "Number of Children", Measure: true, Optional: true,
		Also: []string{"No. Children", "No. minors", "Number of Minors", "NOCHILDREN", "#affected+children"}},
	originCountry: {Name: "Country of Origin", Optional: true,
		Also: []string{"Origin Country", "country_origin"}},
	originRegion: {Name: "Region of Origin", Optional: true,
		Also: []string{"region_origin", "#region+origin", "ORIGINREGION"}},
	cause: {Name: "Cause of Death", Optional: true,
		Also: []string{"Cause", "Causes of Death", "Cause of Death/Disappearance", "Cause of Death or Disappearance", "Cause of death (category)", "cause_death", "#cause+type"}},
	country: {Name: "Country of Incident", Optional: true,
		Also: []string{"Incident Country", "#country+event"}},
	migrationRoute: {Name: "Migration Route", Optional: true,
		Also: []string{"Migratory Route", "Route of Migration", "Migrant Route", "Route Name", "Migrantion route", "Route", "#route+description", "MIGRANTROUTE"}},
	location: {Name: "Location of Incident", Optional: true,
		Also: []string{"Location of death", "Location Description", "Location", "Incident Location", "#loc+description", "LOCATIONDESCRIPTION"}},
	coordinates: {Name: "Coordinates", Optional: true,
		Also: []string{"Latitude, Longitude", "Lat, Lon", "Lat/Long", "Lat/Lon", "Latitude/Longitude", "GPS", "GPS Coordinates", "Coordinates (lat, lon)", "Coordinates (latitude, longitude)", "Location Coordinates", "location_coodinates", "#geo+coord"}},
	grouping: {Name: "UNSD Geographical Grouping", Optional: true,
		Also: []string{"UNSD Geographic Grouping", "UNSD region", "#region+unsd+name"}},
	informationSource: {Name: "Information Source", Optional: true,
		Also: []string{"Source", "#meta+source+name"}},
	address: {Name: "URL", Optional: true,
		Also: []string{"Link", "#meta+url"}},
	quality: {Name: "Source Quality", Optional: true,
		Also: []string{"#meta+source+quality"}},
	dayEnd: {Name: "Incident End Date", Optional: true, Also: []string{"End Date of Incident", "End Date", "Date End", "Date To", "Date Until", "Incident Date (end)",
		"Incident Date End", "Incident Date To", "Reported End Date", "Reported Date (end)"}},
	reportedDay: {Name: "Reported Date", Optional: true,
		Also: []string{"Website Date", "Date Reported", "#date+reported", "DATEREPORTED"}},
	reportedYear: {Name: "Reported Year", Optional: true,
		Also: []string{"Year Reported"}},
	reportedMonth: {Name: "Reported Month", Optional: true,
		Also: []string{"Month Reported"}},
	latitude: {Name: "Latitude", Optional: true,
		Also: []string{"Lat", "Y", "#geo+lat"}},
	longitude: {Name: "Longitude", Optional: true,
		Also: []string{"Lon", "Long", "Lng", "X", "#geo+lon"}},
	reliability: {Name: "Source Reliability", Optional: true,
		Also: []string{"#meta+source+reliability", "INFORELIABILITY"}},
	reportedCause: {Name: "Cause of death (reported)", Optional: true},
	nationality:   {Name: "Nationality", Optional: true, Also: []string{"#affected+nationality", "NATIONALITIES"}},
	articleTitle:  {Name: "Article title", Optional: true},
	ageRange:      {Name: "Age Range", Optional: true, Also: []string{"AGERANGE"}},
}

// layout declares the columns. They may be in any order, below titles.
var layout = decode.Columns{Above: decode.Titles, Want: withDots(wanted[:])}

// sign matches what the language R replaces in a header by a dot.
var sign = regexp.MustCompile(`[^A-Za-z0-9]`)

// withDots adds to the headers what R makes of them: Number.of.Dead.
func withDots(columns []decode.Column) []decode.Column {
	for i, c := range columns {
		for _, name := range append([]string{c.Name}, c.Also...) {
			if dotted := sign.ReplaceAllString(name, "."); dotted != name && name[0] != '#' {
				columns[i].Also = append(columns[i].Also, dotted)
			}
		}
	}
	return columns
}

// alternatives are columns that a list must have one of at least.
var alternatives = [][2]field{{day, reportedDay}, {migrationRoute, region}}

// headerHint is the hint about an unknown header.
const headerHint = "compare the header with the publisher's last file; if a column has another name, teach it to the source before this release comes in"

// list is where the incidents of a file are.
type list struct {
	sheet   string // "" for a CSV
	table   *decode.Table
	western bool // it is a CSV in Windows-1252
	checked bool // whether it has the columns that it must have
}

// has reports whether the list has a column for f.
func (l *list) has(f field) bool { return l.at(f) >= 0 }

// at returns the index of a field's column, or -1.
func (l *list) at(f field) int { return l.table.At(int(f)) }

// first returns the first of fields that the list has a column for, or the last of them.
func (l *list) first(of ...field) field {
	for _, f := range of[:len(of)-1] {
		if l.has(f) {
			return f
		}
	}
	return of[len(of)-1]
}

// check returns an error if the list lacks a column that it must have.
func (l *list) check(file string) error {
	for _, x := range alternatives {
		if !l.has(x[0]) && !l.has(x[1]) {
			return &decode.Error{File: file, Sheet: l.sheet, Hint: headerHint,
				Err: fmt.Errorf("there is neither a column %q nor one %q: %w", wanted[x[0]].Name, wanted[x[1]].Name, decode.ErrHeader)}
		}
	}
	return nil
}

// header returns the headers of all columns as written.
func (l *list) header() []string {
	last := -1
	for f := range fields {
		last = max(last, l.at(f))
	}
	for _, x := range l.table.Extra() {
		last = max(last, x.Index)
	}
	out := make([]string, last+1)
	for i := range out {
		out[i] = l.table.Header(i)
	}
	return out
}

// short cuts a text from outside to a length that fits in a message.
func short(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
