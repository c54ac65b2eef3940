// Package weekly has the weekly releases of small boats for tests: the publisher's figures in files
// of our own, so that no test of the pipeline needs the real files.
package weekly

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
)

// release is one of the 27 releases of the Home Office's time series of small boats. All of their
// figures are in the repository: the newest release is the starter data, and this file has the
// figures that were different in earlier releases. A test can have any of them, always with the
// same bytes, without a sentence of the publisher. TestRealWeeklyReleases compares them with the
// real files, value by value.
type release struct {
	day     string // of the release
	stamp   string // time when the file was saved
	to      string // last day of the daily sheet
	week    string // last week of the weekly sheet
	notes   string // which text its sheet of definitions has
	version string // at the end of the file's name, "" if there is none
	hidden  int    // weeks that its weekly sheet hides, the first ones
}

// releases are sorted, oldest first.
var releases = []release{
	{day: "2025-11-14", stamp: "12:15:21", to: "2025-11-13", week: "2025-11-09", notes: "A"},
	{day: "2025-11-21", stamp: "10:21:49", to: "2025-11-20", week: "2025-11-16", notes: "A"},
	{day: "2025-11-28", stamp: "09:20:31", to: "2025-11-27", week: "2025-11-23", notes: "A"},
	{day: "2025-12-05", stamp: "12:36:49", to: "2025-12-04", week: "2025-11-30", notes: "A"},
	{day: "2025-12-12", stamp: "13:39:12", to: "2025-12-11", week: "2025-12-07", notes: "B"},
	{day: "2025-12-19", stamp: "14:32:02", to: "2025-12-18", week: "2025-12-14", notes: "B"},
	{day: "2025-12-31", stamp: "11:39:02", to: "2025-12-28", week: "2025-12-21", notes: "B"},
	{day: "2026-01-02", stamp: "17:23:08", to: "2026-01-01", week: "2025-12-28", notes: "A"},
	{day: "2026-01-09", stamp: "16:48:09", to: "2026-01-08", week: "2026-01-04", notes: "A"},
	{day: "2026-01-16", stamp: "11:11:16", to: "2026-01-15", week: "2026-01-11", notes: "A"},
	{day: "2026-01-23", stamp: "07:48:57", to: "2026-01-22", week: "2026-01-18", notes: "A"},
	{day: "2026-01-30", stamp: "15:09:21", to: "2026-01-29", week: "2026-01-25", notes: "A"},
	{day: "2026-02-06", stamp: "15:34:41", to: "2026-02-05", week: "2026-02-01", notes: "A", hidden: 417},
	{day: "2026-02-20", stamp: "16:12:58", to: "2026-02-19", week: "2026-02-15", notes: "A", version: "_v2", hidden: 417},
	{day: "2026-02-27", stamp: "11:52:04", to: "2026-02-26", week: "2026-02-22", notes: "C"},
	{day: "2026-03-06", stamp: "14:00:15", to: "2026-03-05", week: "2026-03-01", notes: "C"},
	{day: "2026-03-27", stamp: "15:59:33", to: "2026-03-26", week: "2026-03-22", notes: "D"},
	{day: "2026-04-10", stamp: "14:01:20", to: "2026-04-09", week: "2026-04-05", notes: "C"},
	{day: "2026-04-24", stamp: "15:24:28", to: "2026-04-23", week: "2026-04-19", notes: "C"},
	{day: "2026-05-01", stamp: "15:05:18", to: "2026-04-30", week: "2026-04-26", notes: "C"},
	{day: "2026-05-15", stamp: "10:18:52", to: "2026-05-14", week: "2026-05-10", notes: "C"},
	{day: "2026-05-22", stamp: "13:40:41", to: "2026-05-21", week: "2026-05-17", notes: "C"},
	{day: "2026-05-29", stamp: "14:45:20", to: "2026-05-28", week: "2026-05-24", notes: "C"},
	{day: "2026-06-05", stamp: "15:11:09", to: "2026-06-04", week: "2026-05-31", notes: "C"},
	{day: "2026-06-12", stamp: "14:35:31", to: "2026-06-11", week: "2026-06-07", notes: "C"},
	{day: "2026-06-19", stamp: "12:29:51", to: "2026-06-18", week: "2026-06-14", notes: "C"},
	{day: "2026-06-26", stamp: "13:14:54", to: "2026-06-25", week: "2026-06-21", notes: "C"},
}

// restated are the rows of weeks that later releases changed: the cells of the row in releases from
// one day on and before another.
var restated = []struct{ week, from, before, row string }{
	{"2026-02-08", "2026-02-20", "2026-06-05", "275 4 0 48 4"},
	{"2026-02-15", "2026-02-20", "2026-02-27", "322 5 5 72 5"},
	{"2026-02-15", "2026-02-27", "2026-06-05", "322 5 0 72 5"},
	{"2026-03-01", "2026-03-06", "2026-06-05", "679 11 0 312 10"},
	{"2026-03-08", "2026-03-27", "2026-06-05", "891 14 0 216 12"},
	{"2026-03-15", "2026-03-27", "2026-06-05", "357 5 0 68 6"},
	{"2026-03-22", "2026-03-27", "2026-06-05", "712 12 0 199 13"},
	{"2026-04-05", "2026-04-10", "2026-06-05", "325 5 0 216 14"},
	{"2026-04-12", "2026-04-24", "2026-06-05", "370 5 0 313 13"},
	{"2026-04-19", "2026-04-24", "2026-05-01", "941 14 0 390 21"},
	{"2026-04-19", "2026-05-01", "2026-06-05", "941 14 0 322 20 Revised"},
	{"2026-05-03", "2026-05-15", "2026-06-05", "892 15 0 535 16"},
}

// The columns of the two data sheets.
var (
	daysHeader  = []string{"Date", "Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings", "Notes"}
	weeksHeader = []string{"Week ending", "Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings",
		"Migrants prevented", "Events prevented", "Notes"}
)

// ShortFrom is the first day of the short releases.
const ShortFrom = "2025-01-01"

// Days returns the days of the releases, oldest first.
func Days() []string {
	var out []string
	for _, w := range releases {
		out = append(out, w.day)
	}
	return out
}

// File returns the release of a day.
func File(t testing.TB, day string) sourcetest.File {
	t.Helper()
	w := of(t, day)
	return w.made(t, w.saved(), "")
}

// Short returns the release of a day without the figures before ShortFrom. It takes a fifth of the
// time, for tests that need no older figures.
func Short(t testing.TB, day string) sourcetest.File {
	t.Helper()
	w := of(t, day)
	return w.made(t, w.saved(), ShortFrom)
}

// Stamped returns the short release of a day as if it had been saved at another time.
func Stamped(t testing.TB, day, saved string) sourcetest.File {
	t.Helper()
	return of(t, day).made(t, saved, ShortFrom)
}

func of(t testing.TB, day string) release {
	t.Helper()
	i := slices.IndexFunc(releases, func(w release) bool { return w.day == day })
	if i < 0 {
		t.Fatalf("no weekly release of %s; see weekly.Days", day)
	}
	return releases[i]
}

func (w release) saved() string { return w.day + "T" + w.stamp + "Z" }

func (w release) made(t testing.TB, saved, from string) sourcetest.File {
	t.Helper()
	root := sourcetest.Root(t)
	once.Do(func() { newest, broken = read(root) })
	if broken != nil {
		t.Fatal(broken)
	}
	data, err := w.file(newest.since(from), saved)
	if err != nil {
		t.Fatal(err)
	}
	return sourcetest.File{Name: w.name(), Data: data}
}

// name is the publisher's name of the file.
func (w release) name() string {
	day, err := time.Parse(time.DateOnly, w.day)
	if err != nil {
		panic(err)
	}
	if w.day >= "2026-05-22" {
		return day.Format("pub20060102") + "_data_small_boats_time_series.ods"
	}
	return day.Format("02_January_2006") + "_Small_boats_-_time_series" + w.version + ".ods"
}

// sheets are the rows of the two data sheets: a date and the cells after it.
type sheets struct{ days, weeks [][]string }

// newest are the figures of the newest release, read once.
var (
	once   sync.Once
	newest *sheets
	broken error
)

// read reads the starter data.
func read(root string) (*sheets, error) {
	f, err := os.Open(filepath.Join(root, "data", "raw", "starter", "ukho-small-boats.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	records, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	return sheetsOf(records[1:])
}

// sheetsOf puts observations back into their rows and columns.
func sheetsOf(records [][]string) (*sheets, error) {
	var out sheets
	for _, r := range records {
		end, value, status, revised, at := r[5], r[7], r[8], r[9], r[11]
		rows, width := &out.days, len(daysHeader)
		sheet, cell, found := strings.Cut(at, "!")
		if sheet == "SB_02" {
			rows, width = &out.weeks, len(weeksHeader)
		}
		var column byte
		var line int
		if _, err := fmt.Sscanf(cell, "%c%d", &column, &line); err != nil || !found || line < 2 || int(column-'A') >= width {
			return nil, fmt.Errorf("the starter data have a value at %q", at)
		}
		for len(*rows) < line-1 {
			*rows = append(*rows, make([]string, width))
		}
		row := (*rows)[line-2]
		if row[0] = end; status == "O" {
			value = "-"
		}
		if row[column-'A'] = value; revised == "true" {
			row[width-1] = "Revised"
		}
	}
	return &out, nil
}

// since returns the days from one on, and the weeks that lie completely in them.
func (s *sheets) since(from string) *sheets {
	if from == "" {
		return s
	}
	start, err := time.Parse(time.DateOnly, from)
	if err != nil {
		panic(err)
	}
	week := start.AddDate(0, 0, 6).Format(time.DateOnly) // the first that may be complete
	before := func(day string) func([]string) bool { return func(row []string) bool { return row[0] < day } }
	return &sheets{days: slices.DeleteFunc(slices.Clone(s.days), before(from)), weeks: slices.DeleteFunc(slices.Clone(s.weeks), before(week))}
}

// file writes a release: the newest figures up to its last days, with the rows that were different
// then.
func (w release) file(all *sheets, saved string) ([]byte, error) {
	until := func(rows [][]string, last string) [][]string {
		i := slices.IndexFunc(rows, func(r []string) bool { return r[0] > last })
		if i < 0 {
			i = len(rows)
		}
		return slices.Clone(rows[:i])
	}
	days, weeks := until(all.days, w.to), until(all.weeks, w.week)
	for _, c := range restated {
		if w.day < c.from || w.day >= c.before {
			continue
		}
		i := slices.IndexFunc(weeks, func(r []string) bool { return r[0] == c.week })
		weeks[i] = append(append([]string{c.week}, strings.Fields(c.row)...), "")[:len(weeksHeader)]
	}
	var b strings.Builder
	b.WriteString(contentHead)
	text(&b, "Cover_sheet", "Cover", "Released "+w.day)
	text(&b, "Notes", "Notes", "Definitions, text "+w.notes)
	figures(&b, "SB_01", daysHeader, days, 0)
	figures(&b, "SB_02", weeksHeader, weeks, w.hidden)
	b.WriteString(contentFoot)
	return pack(map[string]string{"content.xml": b.String(), "meta.xml": fmt.Sprintf(meta, saved)})
}

const (
	contentHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<office:document-content xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"` +
		` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.4"><office:body><office:spreadsheet>`
	contentFoot = `</office:spreadsheet></office:body></office:document-content>`
	meta        = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.4"><office:meta><dc:date>%s</dc:date></office:meta></office:document-meta>`
	manifest = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"` +
		` manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>` +
		`<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`
)

// text writes a sheet of text, one line a row, filled to the end like the publisher's.
func text(b *strings.Builder, name string, lines ...string) {
	fmt.Fprintf(b, `<table:table table:name="%s" table:style-name="ta1">`, name)
	for _, line := range lines {
		fmt.Fprintf(b, `<table:table-row table:style-name="ro8"><table:table-cell office:value-type="string" table:style-name="ce10"><text:p>%s</text:p></table:table-cell>`+
			`<table:table-cell table:number-columns-repeated="16383" table:style-name="ce4"/></table:table-row>`, line)
	}
	fill(b, len(lines))
}

// figures writes a data sheet. Its first rows may be hidden.
func figures(b *strings.Builder, name string, header []string, rows [][]string, hidden int) {
	fmt.Fprintf(b, `<table:table table:name="%s" table:style-name="ta1"><table:table-row table:style-name="ro16">`, name)
	for _, h := range header {
		fmt.Fprintf(b, `<table:table-cell office:value-type="string" table:style-name="ce24"><text:p>%s</text:p></table:table-cell>`, h)
	}
	fmt.Fprintf(b, `<table:table-cell table:number-columns-repeated="%d" table:style-name="ce26"/></table:table-row>`, columns-len(header))
	for i, row := range rows {
		day, seen := row[0], ""
		if i < hidden {
			seen = ` table:visibility="collapse"`
		}
		fmt.Fprintf(b, `<table:table-row table:style-name="ro17"%s><table:table-cell office:value-type="date" office:date-value="%sT00:00:00" table:style-name="ce27"><text:p>%s/%s/%s</text:p></table:table-cell>`,
			seen, day, day[8:], day[5:7], day[:4])
		filled := 1
		for _, cell := range row[1:] {
			switch {
			case cell == "":
				continue // only the notes, in the last column, can be empty
			case cell[0] >= '0' && cell[0] <= '9':
				fmt.Fprintf(b, `<table:table-cell office:value-type="float" office:value="%s" table:style-name="ce11"><text:p>%[1]s</text:p></table:table-cell>`, cell)
			default:
				fmt.Fprintf(b, `<table:table-cell office:value-type="string" table:style-name="ce28"><text:p>%s</text:p></table:table-cell>`, cell)
			}
			filled++
		}
		fmt.Fprintf(b, `<table:table-cell table:number-columns-repeated="%d"/></table:table-row>`, columns-filled)
	}
	fill(b, 1+len(rows))
}

// The size of a sheet. Most of it is one cell, repeated.
const (
	columns = 16384
	lines   = 1048576
)

// fill ends a sheet that has that many rows.
func fill(b *strings.Builder, rows int) {
	fmt.Fprintf(b, `<table:table-row table:number-rows-repeated="%d" table:style-name="ro17"><table:table-cell table:number-columns-repeated="%d"/></table:table-row></table:table>`,
		lines-rows, columns)
}

// pack makes an OpenDocument file from its parts.
func pack(parts map[string]string) ([]byte, error) {
	parts["mimetype"], parts["META-INF/manifest.xml"] = "application/vnd.oasis.opendocument.spreadsheet", manifest
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"mimetype", "content.xml", "META-INF/manifest.xml", "meta.xml"} {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if name == "mimetype" {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
