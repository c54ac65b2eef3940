package iommissingmigrants

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// since is the first day of the list.
var since = stat.MustDate("2014-01-01")

// decodeFile reads the list. A row that cannot be used is excluded, and the rest is used. A label
// that is in no list does not exclude its row. An unknown header or order of dates is an error, and
// no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	d := &decoder{file: f, seen: map[string]mark{}, odd: map[string]*tally{}, lacking: map[cell]int{}, undated: map[string]int{}, unlisted: map[string]string{}}
	d.dates.order = sync.OnceValues(func() (bool, error) {
		if in := d.list.first(day, reportedDay); strings.HasPrefix(d.list.table.Header(d.list.at(in)), "#") {
			return true, nil // so is the only list with tags
		}
		return orderOf(f)
	})
	if err := rows(f, &d.list, d.row); err != nil {
		return source.Result{}, err
	}
	odd, code := swapped(d.incidents, d.beyond, d.list.has(country))
	for _, in := range odd {
		in.placed = false
		d.tally(code, in.at.ref(d.list.first(coordinates, latitude)))
	}
	return source.Result{
		Observations: d.sum(),
		Events:       events(d.incidents, f.Release),
		Findings:     d.findings(),
		Excluded:     d.excluded,
		Rows:         len(d.incidents) + len(d.excluded),
		Notes:        []stat.Note{{Where: "header", Text: strings.Join(d.list.header(), ",")}},
	}, nil
}

// decoder collects what the rows state.
type decoder struct {
	file      source.File
	list      list
	dates     dates
	marks     []string // of the current row
	values    []byte   // of the current row
	months    monthForm
	first     int // line of the first row
	last      int // line of the last row
	incidents []incident
	excluded  []stat.ExcludedRow
	beyond    int               // rows whose latitude is a longitude, beyond 90 degrees
	lost      int               // how many of them no other row states
	blank     tally             // rows with a blank number of missing and no total to tell it
	below     tally             // sums below zero
	lacking   map[cell]int      // excluded rows that a sum lacks
	undated   map[string]int    // the same by route, for excluded rows whose period is unknown
	seen      map[string]mark   // by incident ID
	noted     []oddity          // of the current row
	newly     []newLabel        // of the current row
	labels    codes.Tally       // of the rows that are used
	unlisted  map[string]string // routes that are in no list: the publisher's name by code
	odd       map[string]*tally // by code of the finding
}

// mark identifies the row that an incident ID was first in.
type mark struct {
	line int
	hash [sha256.Size]byte // of the row's values
}

// incident is a row of the list.
type incident struct {
	id, main, kind       string
	period               stat.Period
	route                string
	dead, missing, both  stat.Count // both is the number stated for dead and missing together
	partly               bool       // only one of dead and missing is known, and both is that one
	survivors            stat.Count
	females, males, kids stat.Count
	region, country      string
	origin, cause        string
	location             string
	lat, lon             float64
	placed               bool // lat and lon are known
	source, address      string
	quality              stat.Count
	reliability          string
	mark                 string // what is written instead of a plain date or number
	at                   row    // where it is; without its cells
}

// bad is the error about a row that is excluded.
type bad struct {
	field  field
	reason string
	again  bool // what it states is already in, so no sum lacks it
	listed bool // a label list leaves it out
}

// Error returns the reason, for people.
func (b bad) Error() string { return b.reason }

// row reads one row: as an incident, as an excluded row, or as an error that stops the source.
func (d *decoder) row(r row) error {
	d.first, d.last = cmp.Or(d.first, r.line), r.line
	d.noted, d.newly, d.marks = d.noted[:0], d.newly[:0], d.marks[:0]
	in, err := d.incident(r)
	var b bad
	switch {
	case errors.As(err, &b):
		d.tally("rows-rejected", r.ref(b.field))
		if !b.again {
			d.lost++
			d.lacks(r)
		}
		d.excluded = append(d.excluded, stat.ExcludedRow{Sheet: r.list.sheet, Line: r.line, Column: r.name(b.field), Value: r.cell(b.field).Value, Reason: b.reason, Listed: b.listed})
		return nil
	case err != nil:
		return err
	}
	for _, o := range d.noted {
		d.tally(o.code, r.ref(o.field))
	}
	for _, x := range d.newly {
		d.labels.Add(x.list, r.name(x.field), x.label, r.ref(x.field), x.reading)
		if x.field == migrationRoute && !slices.ContainsFunc(routes, func(known route) bool { return known.code == x.reading.Code }) {
			d.unlisted[x.reading.Code] = x.label
		}
	}
	in.mark = short(strings.Join(d.marks, "; "))
	in.at = r
	in.at.cells = nil
	d.incidents = append(d.incidents, in)
	return nil
}

// incident reads a row. The error is a bad if the row is excluded.
func (d *decoder) incident(r row) (incident, error) {
	in := incident{id: r.text(incidentID), main: r.text(mainID), region: r.text(region), location: r.text(location),
		source: r.text(informationSource), address: r.text(address), reliability: r.text(reliability)}
	if err := d.once(r, &in); err != nil {
		return in, err
	}
	if err := aligned(r); err != nil {
		return in, err
	}
	for _, read := range []func(row, *incident) error{d.counts, d.codes, d.period} {
		if err := read(r, &in); err != nil {
			return in, err
		}
	}
	d.placeOf(r, &in)
	d.qualityOf(r, &in)
	return in, nil
}

// once returns an error for a row without an ID, and for one whose ID came before. The same row
// twice is one incident. Of two rows that differ only one can be right, and a program cannot decide
// which. In a list that has only the ID which the parts of a split incident share, they are parts,
// numbered in the order of the file.
func (d *decoder) once(r row, in *incident) error {
	if in.id == "" {
		return bad{field: incidentID, reason: "the row has no identifier"}
	}
	if codes.MayBeTotal(in.id) {
		return bad{field: incidentID, reason: "the row is the sum of others, not an incident", again: true}
	}
	d.values = d.values[:0]
	for _, c := range r.cells {
		d.values = append(binary.AppendUvarint(d.values, uint64(len(c.Value))), c.Value...)
	}
	now := mark{r.line, sha256.Sum256(d.values)}
	shared := !r.list.has(mainID) && mainNumber.MatchString(in.id)
	if shared {
		in.main = in.id
	}
	for part := 2; ; part++ {
		before, twice := d.seen[in.id]
		switch {
		case !twice:
			d.seen[in.id] = now
			return nil
		case before.hash == now.hash:
			return bad{field: incidentID, reason: fmt.Sprintf("the same row stands in line %d", before.line), again: true}
		case !shared:
			return r.fail(incidentID, fmt.Errorf("%q stands in row %d too, with other values: %w", short(in.id), before.line, decode.ErrShape),
				"ask the publisher which of the two rows is right; until then the release before this one stays in use")
		}
		in.id = fmt.Sprintf("%s-%d", in.main, part)
	}
}

// mainNumber matches the identifier of an incident since 2021, such as 2014.MMP00001. In a list
// without a column for the shared identifier of parts, this is it.
var mainNumber = regexp.MustCompile(`^\d{4}\.MMP\d+$`)

// listOf returns the publisher's labels of a code list.
func (d *decoder) listOf(list string) *codes.Labels { return d.file.Lists.For(list, "iom") }

// codes reads the labels.
func (d *decoder) codes(r row, in *incident) error {
	for _, x := range []struct {
		labels *codes.Labels
		field  field
		code   *string
	}{{d.listOf("route"), migrationRoute, &in.route}, {d.listOf("cause-of-death"), cause, &in.cause}, {d.listOf("incident-type"), incidentType, &in.kind}} {
		code, err := d.codeOf(x.labels, x.field, r.label(x.field))
		if err != nil {
			return err
		}
		*x.code = code
	}
	if r.text(migrationRoute) == renamed {
		d.note("route-renamed", migrationRoute)
	}
	if text := r.label(country); text != "" {
		code, err := d.codeOf(d.listOf("area"), country, text)
		if err != nil {
			return err
		}
		in.country = code
	}
	return d.origins(r, in)
}

// renamed is the name of the route to the UK since it includes deaths on land.
const renamed = "Mainland Europe to the UK"

// origins reads the list of countries of origin, each once.
func (d *decoder) origins(r row, in *incident) error {
	text := r.label(originCountry)
	if text == "" {
		return nil
	}
	var codes []string
	for _, label := range d.listOf("area").Split(text) {
		code, err := d.codeOf(d.listOf("area"), originCountry, label)
		if err != nil {
			return err
		}
		if !strings.Contains(" "+strings.Join(codes, " ")+" ", " "+code+" ") {
			codes = append(codes, code)
		}
	}
	in.origin = strings.Join(codes, " ")
	return nil
}

// newLabel is a label of the current row that is in no list as it is written.
type newLabel struct {
	list    *codes.Labels
	field   field
	label   string
	reading codes.Reading
}

// codeOf returns the code of a label. A label that is in no list gets a code of its own, and its
// row counts. The error is a bad for a label whose rows are excluded on purpose.
func (d *decoder) codeOf(labels *codes.Labels, f field, label string) (string, error) {
	got, err := labels.Open(label)
	var out codes.Excluded
	if errors.As(err, &out) {
		return "", bad{field: f, reason: out.Reason, again: out.Sum, listed: true}
	}
	if got.Match != codes.Listed {
		d.newly = append(d.newly, newLabel{labels, f, label, got})
	}
	return got.Code, err
}
