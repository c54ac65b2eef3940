package sourcetest

import (
	"bytes"
	csvfile "encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Folder returns the folder of a source's fixtures, the testdata of its package, for a test in any
// package. Fixtures are real files without the publisher's words, as make fixture writes them.
func Folder(t testing.TB, id string) string {
	t.Helper()
	return filepath.Join(Root(t), "pipeline", "source", strings.ReplaceAll(id, "-", ""), "testdata")
}

// Fixtures returns the paths of a source's fixtures, sorted by the date in their names, then by
// name.
func Fixtures(t testing.TB, id string) []string {
	t.Helper()
	dir := Folder(t, id)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatalf("%v\nmake fixture writes the fixtures of a source", err)
	}
	var paths []string
	for _, e := range entries {
		if !e.IsDir() {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	if len(paths) == 0 {
		t.Fatalf("there are no fixtures in %s", dir)
	}
	date := func(p string) stat.Date { return source.DateInName(filepath.Base(p)) }
	slices.SortStableFunc(paths, func(a, b string) int { return int(date(a) - date(b)) })
	return paths
}

// Fixture returns the path of a source's fixture with that name, or with that day, such as
// "2026-06-26", in its name.
func Fixture(t testing.TB, id, name string) string {
	t.Helper()
	paths := Fixtures(t, id)
	i := slices.IndexFunc(paths, func(p string) bool {
		day := source.DateInName(filepath.Base(p))
		return filepath.Base(p) == name || !day.IsZero() && day.String() == name
	})
	if i < 0 {
		t.Fatalf("%s has no fixture %s", id, name)
	}
	return paths[i]
}

// Load returns the fixture with a name or day.
func Load(t testing.TB, id, name string) File {
	t.Helper()
	path := Fixture(t, id, name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: filepath.Base(path), Data: data}
}

// LoadAll returns all fixtures of a source, in the order of Fixtures.
func LoadAll(t testing.TB, id string) (files []File) {
	t.Helper()
	for _, path := range Fixtures(t, id) {
		files = append(files, Load(t, id, filepath.Base(path)))
	}
	return files
}

// records returns the records of a CSV, its header first.
func (f File) records(t testing.TB) [][]string {
	t.Helper()
	all, err := csvfile.NewReader(bytes.NewReader(f.Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dayRow matches a row of an ODS fixture that begins with a day.
var dayRow = regexp.MustCompile(`<table:table-row><table:table-cell office:value-type="date" office:date-value="(\d{4}-\d\d-\d\d)[^\n]*</table:table-row>\n?`)

// Until is an edit for EditODS that removes the rows of days after last, which gives the fixture as
// of an earlier day.
func Until(last stat.Date) func(content string) string {
	return func(content string) string {
		return dayRow.ReplaceAllStringFunc(content, func(row string) string {
			if dayRow.FindStringSubmatch(row)[1] > last.String() {
				return ""
			}
			return row
		})
	}
}

// OnDay is an edit for EditODS that changes the row of a day in one sheet of an ODS fixture. A cell
// has its value twice: as stored and as shown.
func OnDay(sheet string, day stat.Date, edit func(row string) string) func(content string) string {
	return func(content string) string {
		before, rest, _ := strings.Cut(content, `<table:table table:name="`+sheet+`"`)
		table, after, _ := strings.Cut(rest, "</table:table>")
		if before == content {
			return content // EditODS reports that nothing changed
		}
		table = dayRow.ReplaceAllStringFunc(table, func(row string) string {
			if dayRow.FindStringSubmatch(row)[1] == day.String() {
				return edit(row)
			}
			return row
		})
		return before + `<table:table table:name="` + sheet + `"` + table + "</table:table>" + after
	}
}
