package codes

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// fixtures returns the fixtures of a source that match glob, a source and a file name.
func fixtures(t *testing.T, glob string) []string {
	t.Helper()
	source, name := filepath.Split(glob)
	return filesOf(t, filepath.Join("../../source", strings.ReplaceAll(filepath.Clean(source), "-", ""), "testdata", name))
}

func filesOf(t *testing.T, glob string) []string {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no file (%v)", glob, err)
	}
	return files
}

// column is a column of labels in the published CSVs.
type column struct {
	glob, header    string
	list, publisher string
	several         bool // a cell may name several, with commas between
	many            bool // labels of one file may share a code
}

// columns are the label columns of the published CSVs. Labels of workbooks are in the lists too,
// but package decode reads workbooks, and this package does not import it.
var columns = []column{
	{glob: "ukho-illegal-entry/*.csv", header: "Nationality", list: "area", publisher: "ukho"},
	{glob: "ukho-illegal-entry/*.csv", header: "Sex", list: "sex", publisher: "ukho"},
	{glob: "ukho-illegal-entry/*.csv", header: "Age Group", list: "age", publisher: "ukho"},
	{glob: "ukho-illegal-entry/*.csv", header: "Method of entry", list: "method-of-entry", publisher: "ukho"},
	{glob: "ukho-returns/returns_by_destination*.csv", header: "Return destination", list: "area", publisher: "ukho"},
	{glob: "ukho-returns/returns_by_destination*.csv", header: "Return type group", list: "return-type", publisher: "ukho"},
	{glob: "ukho-returns/returns_by_destination*.csv", header: "Return type", list: "return-type", publisher: "ukho"},
	{glob: "ukho-returns/returns_offenders*.csv", header: "Nationality", list: "area", publisher: "ukho"},
	{glob: "ukho-returns/returns_offenders*.csv", header: "Return destination group", list: "offender-destination", publisher: "ukho"},
	{glob: "frontex-detections/*.csv", header: "route", list: "route", publisher: "frontex"},
	{glob: "frontex-detections/*.csv", header: "type", list: "border-type", publisher: "frontex"},
	{glob: "frontex-detections/*.csv", header: "nat", list: "area", publisher: "frontex"},
	{glob: "iom-missing-migrants/*kaggle2017.csv", header: "#cause+type", list: "cause-of-death", publisher: "iom", many: true},
	{glob: "iom-missing-migrants/*2020-01-18*.csv", header: "Cause of Death", list: "cause-of-death", publisher: "iom", many: true},
	{glob: "iom-missing-migrants/*2020-01-18*.csv", header: "Migration Route", list: "route", publisher: "iom"},
	{glob: "iom-missing-migrants/*2026-05-06*.csv", header: "Cause of Death", list: "cause-of-death", publisher: "iom"},
	{glob: "iom-missing-migrants/*2026-05-06*.csv", header: "Country of Origin", list: "area", publisher: "iom", several: true},
	{glob: "iom-missing-migrants/*2026-05-06*.csv", header: "Migration route", list: "route", publisher: "iom"},
	{glob: "iom-missing-migrants/HEAD_SAMPLE*.csv", header: "Cause of Death", list: "cause-of-death", publisher: "iom"},
	{glob: "iom-missing-migrants/HEAD_SAMPLE*.csv", header: "Country of Origin", list: "area", publisher: "iom", several: true},
	{glob: "iom-missing-migrants/HEAD_SAMPLE*.csv", header: "Country of Incident", list: "area", publisher: "iom"},
	{glob: "iom-missing-migrants/HEAD_SAMPLE*.csv", header: "Incident Type", list: "incident-type", publisher: "iom"},
	{glob: "iom-missing-migrants/HEAD_SAMPLE*.csv", header: "Migration Route", list: "route", publisher: "iom"},
}

func TestPublishedLabelsMap(t *testing.T) { labelsMap(t, fixtures) }

// labelsMap checks that every label has a code and that no two labels of a column share one: their
// rows would be added up silently.
func labelsMap(t *testing.T, files func(t *testing.T, glob string) []string) {
	t.Helper()
	for _, c := range columns {
		l := For(c.list, c.publisher)
		for _, name := range files(t, c.glob) {
			byCode := map[string]string{}
			for label := range labels(t, name, c.header) {
				parts := []string{label}
				if c.several {
					parts = l.Split(label)
				}
				for _, p := range parts {
					code, err := l.Code(p)
					if err != nil {
						t.Errorf("%s, %s: %v", name, c.header, err)
					}
					if other, ok := byCode[code]; ok && !c.many && fold(other) != fold(p) {
						t.Errorf("%s, %s: %q and %q are both %s", name, c.header, other, p, code)
					}
					byCode[code] = p
				}
			}
		}
	}
}

// labels returns the distinct cells of the column called header.
func labels(t *testing.T, name, header string) map[string]bool {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := io.Reader(f)
	if strings.Contains(name, "kaggle2017") {
		in = charmap.Windows1252.NewDecoder().Reader(f)
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord, r.ReuseRecord, r.LazyQuotes = -1, true, true
	at, cells := -1, map[string]bool{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if at >= 0 && at < len(row) {
			cells[strings.Clone(row[at])] = true
			continue
		}
		for i, h := range row {
			if strings.TrimPrefix(h, "\ufeff") == header {
				at = i
			}
		}
		if at < 0 {
			t.Fatalf("%s: no column %q", name, header)
		}
	}
	if len(cells) == 0 {
		t.Fatalf("%s: column %q is empty", name, header)
	}
	return cells
}
