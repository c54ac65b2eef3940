package engine

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The reference implementation for the tests: the same rules with encoding/csv, maps and slices of
// text, one record after another.

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

var nations = map[string]string{"Syria": "SYR", "Syrian Arab Republic": "SYR", "Congo, Democratic Republic of the": "COD", "Eritrea": "ERI", "Türkiye": "TUR"}

// arrivals is a layout with a column of each kind.
func arrivals() Layout {
	return Layout{
		Columns: []Column{
			{Name: "id", From: "record", Kind: ID},
			{Name: "date", Kind: Date, Formats: []string{"2006-01-02", "02/01/2006"}, First: day(2018, 1, 1), Last: day(2020, 12, 31)},
			{Name: "route"},
			{Name: "nationality", Codes: nations, Reason: "unknown_country"},
			{Name: "sex", Codes: map[string]string{"M": "M", "male": "M", "F": "F"}, Default: "U"},
			{Name: "persons", Kind: Count, Min: 1, Max: 1000},
			{Name: "boats", Kind: Count, Max: maxNumber, Nullable: true},
			{Name: "note", Kind: Text, Nullable: true},
		},
		Key: "id", Duplicate: "duplicate_id", Sort: []string{"route", "date"},
	}
}

const header = "record,date,route,nationality,sex,persons,boats,unused,note\n"

// row is one good record.
type row struct {
	id, date, route, nation, sex, note string
	persons                            int
	boats                              string
}

func (r row) String() string {
	return strings.Join([]string{r.id, r.date, r.route, r.nation, r.sex, strconv.Itoa(r.persons), r.boats, r.note}, "|")
}

// judgeReference returns what Normalise should make of files.
func judgeReference(t testing.TB, files ...string) (rows []row, rejects []Reject) {
	t.Helper()
	seen := map[string]bool{}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		names, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for i, n := range names {
			at[n] = i
		}
		for n := int64(1); ; n++ {
			rec, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			line, _ := r.FieldPos(0)
			x := Reject{File: filepath.Base(path), Record: n, Line: int64(line)}
			if len(rec) != len(names) {
				x.Reason = WrongFields
				rejects = append(rejects, x)
				continue
			}
			out, column, reason := judgeRecord(func(name string) string { return rec[at[name]] })
			dup := seen[out.id] && out.id != ""
			seen[out.id] = true
			switch {
			case reason != "":
				x.Column, x.Reason = column, reason
				name := column
				if column == "id" {
					name = "record"
				}
				x.Value = rec[at[name]]
				if d, err := time.Parse(time.DateOnly, out.date); err == nil && d != day(2018, 1, 1) {
					x.Day = d.Unix() / 86400
				}
				rejects = append(rejects, x)
			case dup:
				x.Column, x.Reason, x.Value = "id", "duplicate_id", out.id
				rejects = append(rejects, x)
			default:
				rows = append(rows, out)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.date[:7], b.date[:7]), cmp.Compare(a.route, b.route), cmp.Compare(a.date, b.date))
	})
	return rows, rejects
}

// judgeRecord applies the rules one after another.
func judgeRecord(field func(string) string) (out row, column, reason string) {
	fail := func(c, r string) {
		if reason == "" {
			column, reason = c, r
		}
	}
	out = row{id: field("record"), route: field("route"), note: field("note"), boats: field("boats")}
	if out.id == "" {
		fail("id", "bad_id")
	}
	parsed := false
	for _, form := range []string{"2006-01-02", "02/01/2006"} {
		d, err := time.Parse(form, field("date"))
		if err == nil && len(field("date")) == 10 && d.Year() >= 2018 && d.Year() <= 2020 {
			out.date, parsed = d.Format("2006-01-02"), true
		}
	}
	if !parsed {
		fail("date", "bad_date")
	}
	var ok bool
	if out.nation, ok = nations[field("nationality")]; !ok {
		fail("nationality", "unknown_country")
	}
	switch field("sex") {
	case "M", "male":
		out.sex = "M"
	case "F":
		out.sex = "F"
	default:
		out.sex = "U"
	}
	var err error
	if out.persons, err = strconv.Atoi(field("persons")); err != nil || out.persons < 1 || out.persons > 1000 {
		fail("persons", "bad_persons")
	}
	if out.boats != "" {
		n, err := strconv.ParseUint(out.boats, 10, 31)
		if err != nil {
			fail("boats", "bad_boats")
		}
		out.boats = strconv.FormatUint(n, 10)
	}
	return out, column, reason
}

// readRows reads the rows of a folder with parquet-go, in the order of the manifest.
func readRows(t testing.TB, dir string) (out []row) {
	t.Helper()
	type record struct {
		ID      string  `parquet:"id"`
		Date    int32   `parquet:"date"`
		Route   string  `parquet:"route"`
		Nation  string  `parquet:"nationality"`
		Sex     string  `parquet:"sex"`
		Persons int32   `parquet:"persons"`
		Boats   *int32  `parquet:"boats"`
		Note    *string `parquet:"note"`
	}
	for _, r := range readFolder[record](t, dir) {
		x := row{id: r.ID, date: time.Unix(int64(r.Date)*86400, 0).UTC().Format("2006-01-02"), route: r.Route, nation: r.Nation, sex: r.Sex, persons: int(r.Persons)}
		if r.Boats != nil {
			x.boats = fmt.Sprint(*r.Boats)
		}
		if r.Note != nil {
			x.note = *r.Note
		}
		out = append(out, x)
	}
	return out
}

// register writes records at random, some of them bad, to a file.
func register(t testing.TB, r *rand.Rand, path string, n int, from, to time.Time) {
	t.Helper()
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var b strings.Builder
	b.WriteString(header)
	days := int(to.Sub(from)/(24*time.Hour)) + 1
	for i := range n {
		d := from.AddDate(0, 0, min(days-1, max(0, i*days/n-r.IntN(20))))
		form := pick("2006-01-02", "2006-01-02", "02/01/2006")
		date, nation, persons := d.Format(form), pick("Syria", "Syrian Arab Republic", "\"Congo, Democratic Republic of the\"", "Eritrea", "Türkiye"), strconv.Itoa(1+r.IntN(30))
		id := fmt.Sprintf("ev-%08x", r.Uint32())
		switch r.IntN(60) {
		case 0:
			date = pick("2018-02-30", "n/a", "31/04/2018", "2019-13-01", "", "1018-06-01", "2021-01-01", "1/2/2019")
		case 1:
			nation = pick("Atlantis", "", "syria")
		case 2:
			persons = pick("0", "-4", "1001", "", "3.0", "99999999999")
		case 3:
			id = fmt.Sprintf("ev-%08x", r.Uint32N(8)) // soon a duplicate
		case 4:
			id = pick("", "\"\"")
		}
		note := pick("", "", "bulletin "+strconv.Itoa(r.IntN(50)), "\"landed at night,\nmoved on\"", "\"said \"\"two\"\"\"", fmt.Sprintf("seen %x", r.Uint64()))
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s,x,%s\n", id, date, pick("Central", "Western", "\"A, B\""), nation, pick("M", "male", "F", "", "x"), persons, pick("", "", "1", "04", "-1"), note)
		switch r.IntN(100) {
		case 0:
			b.WriteString("\n")
		case 1:
			b.WriteString("too,few\n")
		case 2:
			b.WriteString(strings.Repeat("x,", 20) + "\n")
		}
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
