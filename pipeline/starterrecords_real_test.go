//go:build real

package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/source/iommissingmigrants"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// newestIncidents is IOM's newest list, from the folder of missingMigrants.
var newestIncidents = filepath.Join("..", "..", "more", missingMigrants, "Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx")

// recordColumns are the columns of the starter list of incidents: figures, codes and places, in IOM's
// words. Locations in sentences, sources and addresses are left out.
var recordColumns = strings.Split("Main ID,Incident ID,Incident Type,Region of Incident,Incident Date,Incident Year,Month,Number of Dead,Minimum Estimated Number of Missing,"+
	"Total Number of Dead and Missing,Number of Survivors,Number of Females,Number of Males,Number of Children,Cause of Death,Country of Incident,Migration Route,Coordinates,Source Quality", ",")

// recordRoutes are the European routes, in IOM's words.
var recordRoutes = map[string]bool{"Central Mediterranean": true, "Western Mediterranean": true, "Eastern Mediterranean": true, "Western Africa / Atlantic route to the Canary Islands": true,
	"English Channel to the UK": true, "Western Balkans": true, "Türkiye-Europe land route": true, "Belarus-EU border": true, "Italy to France": true, "Ukraine to Europe": true}

// recordsOf returns the starter list of incidents made from IOM's workbook.
func recordsOf(t *testing.T, data []byte, released stat.Date) []byte {
	t.Helper()
	x, err := spreadsheet.OpenXLSX("list.xlsx", data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	out.WriteString("# Starter data, figures only, for a first run without a network.\n# title: Incidents on the European routes\n" +
		"# publisher: " + iommissingmigrants.Source.Publisher + "\n# licence: CC BY 4.0\n" +
		"# attribution: IOM's Missing Migrants Project, https://missingmigrants.iom.int/, licensed under CC BY 4.0; the columns and routes shown.\n" +
		"# routes: some\n# vintage: " + released.String() + "\n# first_seen: " + released.String() + "T00:00:01Z\n") // after the sums
	w := csv.NewWriter(&out)
	at := map[string]int{}
	for r, err := range x.Rows(x.Sheets()[0]) {
		if err != nil {
			t.Fatal(err)
		}
		if len(at) == 0 {
			for i := range 30 {
				at[strings.TrimSpace(r.Cell(i).Value)] = i
			}
			err = w.Write(recordColumns)
		} else if recordRoutes[r.Cell(at["Migration Route"]).Value] {
			cells := make([]string, len(recordColumns))
			for i, c := range recordColumns {
				cells[i] = strings.TrimSuffix(r.Cell(at[c]).Value, ".0")
			}
			err = w.Write(cells)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return out.Bytes()
}

// TestRealStarterRecords proves that the incidents in the repository are those of IOM's list, and that
// they give the same figures by route. With -update it writes them.
func TestRealStarterRecords(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), missingMigrants, newestIncidents))
	if err != nil {
		t.Fatal(err)
	}
	s := &iommissingmigrants.Source
	released, _ := s.Date(filepath.Base(newestIncidents), data)
	want, path := recordsOf(t, data, released), starterRecords(missingMigrants)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s differs from the publisher's file; make golden rewrites it (%v)", path, err)
	}
	stated := func(name string, data []byte) map[string]string {
		r, err := s.Decode(source.File{Name: name, Data: data, Release: &stat.Release{Source: s.ID, ID: "r", Vintage: released, FirstSeen: released.Time()}})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, o := range r.Observations {
			out[string(o.Series.ID)+o.Period.Start.String()] = o.Value.String() + o.Lower.String() + o.Upper.String()
		}
		return out
	}
	all, part := stated(filepath.Base(newestIncidents), data), stated("incidents.csv", got)
	if len(part) < 3000 {
		t.Errorf("%d figures", len(part))
	}
	for key, value := range part {
		if all[key] != value {
			t.Errorf("%s is %s, and %s in the publisher's file", key, value, all[key])
		}
	}
}
