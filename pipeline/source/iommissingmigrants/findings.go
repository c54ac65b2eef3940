package iommissingmigrants

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// tally counts rows that are odd in the same way.
type tally struct {
	n     int
	first string // where the first of them is odd
}

// add counts another.
func (t *tally) add(at string) {
	if t.n++; t.n == 1 {
		t.first = at
	}
}

// oddity is what is odd about a row, and where.
type oddity struct {
	code  string
	field field
}

// mark records what is written instead of a plain number or date.
func (d *decoder) mark(text string) {
	if text != "" && !slices.Contains(d.marks, text) {
		d.marks = append(d.marks, text)
	}
}

// note records that the current row is odd. It counts only if the row is used.
func (d *decoder) note(code string, f field) { d.noted = append(d.noted, oddity{code, f}) }

// tally counts an oddity. A file has thousands of rows, and one finding for each would hide the
// others.
func (d *decoder) tally(code, at string) {
	t := d.odd[code]
	if t == nil {
		t = &tally{}
		d.odd[code] = t
	}
	t.add(at)
}

// oddities are the findings, in the order in which they are reported: the rows that they are about,
// and the consequence.
var oddities = []struct{ code, rows, so string }{
	{"route-renamed", "under the route " + renamed, "earlier releases call it English Channel to the UK; it covers deaths on land too since, so that comparisons with those releases are broken"},
	{"rows-rejected", "that cannot be used", "they are in quarantine with the reason, and their dead and missing are in no figure; the sums that lack them say that they are incomplete, with status E"},
	{"blank-date", "without a date", "they count in the month or year that they state"},
	{"month-contradicts", "whose date and month contradict each other and agree on the year alone", "they count in the year and in no month"},
	{"date-span", "whose date is a month, a year or a span of days", "they count in the months and years that hold the whole of it"},
	{"two-years", "whose date spans the turn of a year", "they count in no month and in no year, because the file does not say how many belong to which"},
	{"count-not-stated", "that say neither how many were found dead and how many are missing, nor a total that tells", "sums are of what is stated, with status E"},
	{"balancing-entry", "that take people away from the missing", "they count as they are stated, so that sums may fall, and be below zero where the people were counted in another period"},
	{"bad-number", "with a number of survivors, women, men or children that is none", "they count, without that number"},
	{"bad-coordinates", "whose coordinates cannot be read or do not exist", "they count, without a place"},
	{"longitude-first", "of a list in which so many latitudes are beyond 90 degrees that the longitude must come first", "they count, without a place"},
	{"swapped-coordinates", "whose coordinates are far from the others of their country, and near them if latitude and longitude are swapped", "they count, without a place"},
	{"bad-quality", "whose source quality is not 1 to 5", "they count, without one"},
}

func (d *decoder) findings() []stat.Finding {
	var out []stat.Finding
	for _, o := range oddities {
		if t := d.odd[o.code]; t != nil {
			f := stat.Finding{Code: o.code, Where: t.first, Message: fmt.Sprintf("rows %s: %d, this the first; %s", o.rows, t.n, o.so)}
			if o.code == "rows-rejected" && d.lost*100 > len(d.incidents) {
				f.Severity = stat.SeverityError // too many of a short list
			}
			out = append(out, f)
		}
	}
	if d.list.western && !strings.HasPrefix(d.list.table.Header(0), "#") {
		out = append(out, stat.Finding{Code: "windows-1252", Where: "file", Message: "the file is in Windows-1252 and not in UTF-8, as a spreadsheet program saves it; see whether it is the publisher's own"})
	}
	if d.blank.n*2 > len(d.incidents) {
		out = append(out, stat.Finding{Code: "total-missing", Severity: stat.SeverityError, Where: d.blank.first, Message: fmt.Sprintf(
			"most numbers of missing are blank, and the column %q is not there to tell whether they are 0; lists with years have had one of the two since 2020", wanted[numTotal].Name)})
	}
	for _, f := range source.ExtraColumns(d.list.table, d.list.sheet) {
		if f.Code != "missing-column" || !d.list.has(migrationRoute) && strings.Contains(f.Message, strconv.Quote(wanted[migrationRoute].Name)) {
			out = append(out, f)
		}
	}
	out = append(out, d.labels.Findings(len(d.incidents))...)
	out = append(out, multiples(d.incidents)...)
	if d.below.n > 0 {
		out = append(out, stat.Finding{Code: "sum-below-zero", Where: d.below.first, Message: fmt.Sprintf(
			"sums of people missing, or of dead and missing, that are below zero: %d, this the first; they are stated as they are, for the people were counted in another period", d.below.n)})
	}
	if _, last := ends(d.incidents); last != nil && int(d.file.Release.Vintage-last.period.Start) > lateList {
		out = append(out, stat.Finding{Code: "ends-early", Where: last.at.ref(d.list.first(day, reportedDay)), Message: fmt.Sprintf(
			"the last incident is of %s, long before the release of %s: the file may be cut short, or older than the date that it came with", last.period.Start, d.file.Release.Vintage)})
	}
	return out
}

// lateList is how many days there may be between the last incident and the release. In complete
// files there were at most 12. A CSV states no date, and one from years ago must not be taken for
// today's unnoticed.
const lateList = 62

// multiples returns what the numbers of all incidents show together: most are small, so that those
// in another unit are seen at once.
func multiples(incidents []incident) []stat.Finding {
	dead, missing := check.NewCounts(1), check.NewCounts(1)
	for _, in := range incidents {
		n, _ := in.dead.Get()
		dead.Add(n, in.at.ref(numDead))
		n, _ = in.missing.Get()
		missing.Add(n, in.at.ref(numMissing))
	}
	return append(dead.Findings("dead", stat.SeverityError), missing.Findings("missing", stat.SeverityError)...)
}
