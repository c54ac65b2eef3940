package source

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/reader"
)

// tableID matches the identifier of a published table that a layout describes.
var tableID = regexp.MustCompile(`^table:[a-z0-9]+(-[a-z0-9]+)*$`)

// IsTable reports whether id has the form table:<name>.
func IsTable(id string) bool { return tableID.MatchString(id) }

// TableName returns the name of the source table:<name>.
func TableName(id string) string { return strings.TrimPrefix(id, "table:") }

// TableID returns the identifier of the table of a name.
func TableID(name string) string { return "table:" + name }

// Table returns the source table:<name>: a published table as its layout describes it. Without a
// layout nothing can be read.
func Table(id string, l *tabular.Layout) *Source {
	if l == nil {
		return &Source{ID: id, Title: id, Terms: Terms{Publisher: "not stated", Licence: "not stated"}, Every: 366, Grace: 366, Table: &tabular.Layout{},
			Place: origin.Place{MaxBytes: tabular.MaxBytes}, Date: dateOfTable, Decode: func(f File) (Result, error) {
				return Result{}, &decode.Error{File: f.Name, Err: fmt.Errorf("%s has no layout: %w", id, decode.ErrFormat), Hint: "give one: ingest add " + id + " --layout FILE; ingest layout FILE proposes one"}
			}}
	}
	return &Source{
		ID: id, Title: l.Title, Homepage: webAddress(l.Homepage),
		Terms: Terms{Publisher: cmp.Or(l.Publisher, "not stated"), Licence: cmp.Or(l.Licence, "not stated"), LicenceAt: cmp.Or(l.LicenceAt, licences[strings.ToLower(l.Licence)])},
		Holds: "A published table, read by a layout.",
		Place: placeOf(l.Place), Schedule: cmp.Or(l.Schedule, daily), Zone: cmp.Or(l.Zone, "UTC"), Every: l.Every, Grace: l.Grace,
		Cumulative: l.History,
		Time:       check.Time{FillsAhead: l.Period.Unfinished},
		Rules:      []check.Rule{check.Breakdowns},
		Most:       mostOf(l),
		Rounded:    l.Rounded * l.Times,
		Pairs:      []check.Pair{check.PeoplePerBoat},
		Breakdowns: Breakdowns{Occurring: occurring(l)},
		Table:      l,
		Date:       dateOfTable,
		Decode: func(f File) (Result, error) {
			r, err := reader.Decode(l, f.Lists, id, f.Name, f.Data, f.Release)
			return Result{Observations: r.Observations, Findings: r.Findings, Notes: r.Notes}, err
		},
	}
}

// mostOf returns the bounds that a layout declares.
func mostOf(l *tabular.Layout) check.Bounds {
	out := check.Bounds{}
	for _, v := range l.AllValues() {
		if v.Most > 0 {
			out[v.Measure] = max(out[v.Measure], v.Most)
		}
	}
	return out
}

// occurring returns the dimensions in which a table lists only what occurs.
func occurring(l *tabular.Layout) (out []string) {
	for _, d := range l.Dimensions {
		if d.Occurring {
			out = append(out, d.Name)
		}
	}
	return out
}

// dateOfTable returns the day in the name of a file, and a workbook's own time stamp.
func dateOfTable(name string, data []byte) (stat.Date, time.Time) {
	return DateInName(name), reader.Modified(name, data)
}

// IsTidy reports whether a file of the source is in the tidy layout. Files of a table are read by
// their own layout, whatever their columns are called.
func (s *Source) IsTidy(data []byte) bool { return s.Table == nil && table.IsTidy(data) }

// contentAPI is the address under which GOV.UK describes its pages for programs.
const contentAPI = "https://www.gov.uk/api/content"

// placeOf returns where the files of a table are found. Only the hosts of the declared address and
// those listed may be asked.
func placeOf(p *tabular.Place) origin.Place {
	out := origin.Place{MaxBytes: tabular.MaxBytes}
	if p == nil {
		return out
	}
	at, err := url.Parse(cmp.Or(p.Address, p.Page))
	if err != nil {
		panic(err) // the layout has been checked
	}
	out.Hosts = append(slices.Clone(p.Hosts), strings.ToLower(at.Host))
	switch {
	case p.Address != "":
		out.Address = p.Address
	case p.Link != "":
		out.Web, out.Link = p.Page, wild(p.Link)
	default:
		out.Page = contentAPI + strings.TrimPrefix(at.Path, "/api/content")
		out.Title, out.File, out.Newest = wild(p.Title), wild(p.File), p.Newest
		out.Hosts = append(out.Hosts, "assets.publishing.service.gov.uk")
	}
	return out
}

// wild returns the pattern of a text in which * stands for any text; nil for "".
func wild(text string) *regexp.Regexp {
	if text == "" {
		return nil
	}
	return regexp.MustCompile("(?i)^" + strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*") + "$")
}

// daily is when a table is asked for whose layout does not say when.
const daily = "40 6 * * *"
