package pipeline_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

const ports = "table:ports"

// portsLayout reads the figures of portsTable.
const portsLayout = `{
	"title": "Landings at ports", "publisher": "Harbour Office", "licence": "CC BY 4.0",
	"period": {"is": "month", "column": "Month"}, "flow": "arrival",
	"values": [{"column": "People", "measure": "arrivals", "unit": "persons"}],
	"dimensions": [{"name": "category", "column": "Port", "total": ["All ports"], "codes": {"Dover": "dover", "Deal": "deal"}, "compared": true}]
}`

const portsTable = "Month,Port,People\nJan 2025,All ports,\"1,100\"\nJan 2025,Dover,\"1,000\"\nJan 2025,Deal,100\nFeb 2025,All ports,990\nFeb 2025,Dover,900\nFeb 2025,Deal,90\n"

// addTable adds files with a layout, each given as text.
func addTable(t *testing.T, cfg world, layout string, files ...string) []review.Outcome {
	t.Helper()
	layout = write(t, "ports.json", []byte(layout))
	for i, text := range files {
		files[i] = write(t, "ports_2025-03-0"+string(rune('1'+i))+".csv", []byte(text))
	}
	return ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
		return in.AddTable(context.Background(), ports, layout, files, 0)
	})
}

// portFigures returns what the lake has of the table, as "series month value".
func portFigures(t *testing.T, cfg world) (out []string) {
	t.Helper()
	obs, _, err := cfg.registry().OpenLake().AsOf(ports, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range obs {
		out = append(out, strings.TrimPrefix(string(o.Series.ID), ports+":arrivals:M")+" "+o.Period.Start.String()[:7]+" "+o.Value.String())
	}
	return out
}

var portsWant = []string{" 2025-01 1100", " 2025-02 990", ":category=deal 2025-01 100", ":category=deal 2025-02 90", ":category=dover 2025-01 1000", ":category=dover 2025-02 900"}

// TestATableIsPublished adds a table with its layout, and publishes it.
func TestATableIsPublished(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	out := noneFailed(t, addTable(t, cfg, portsLayout, portsTable))
	if got := portFigures(t, cfg); len(out) != 2 || !slices.Equal(got, portsWant) {
		t.Fatalf("%v, %+v", got, out)
	}
	before := takenTree(t, cfg)
	if again := addTable(t, cfg, portsLayout, portsTable); again[0].State != review.Known {
		t.Errorf("again: %+v", again)
	}
	runs(t, cfg, ports)
	same(t, takenTree(t, cfg), before)
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
		t.Errorf("%v %v", bad, err)
	}
	if err := os.RemoveAll(filepath.Join(cfg.Data, "out")); err != nil {
		t.Fatal(err)
	}
	runs(t, cfg, ports)
	same(t, takenTree(t, cfg), before)
	page, err := os.ReadFile(filepath.Join(published(t, cfg, "").Site, "series", "table~ports~arrivals~M~category=dover.html"))
	if err != nil || !strings.Contains(string(page), "Landings at ports: Arrivals, Dover, monthly") || !strings.Contains(string(page), "Harbour Office") {
		t.Errorf("the page of a series: %v", err)
	}
}

// TestATableThatContradictsItselfWaits adds a table whose total is not the sum of its parts.
func TestATableThatContradictsItselfWaits(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	out := addTable(t, cfg, portsLayout, strings.Replace(portsTable, "Deal,90", "Deal,9", 1))
	if o := out[len(out)-1]; o.State != review.Pending || len(portFigures(t, cfg)) > 0 {
		t.Fatalf("%+v", out)
	}
	if o, err := acceptFrom(t, cfg, ports, ""); err != nil || o.State != review.Added {
		t.Errorf("%+v, %v", o, err)
	}
	if list := reviewed(t, cfg); len(list) > 0 {
		t.Errorf("it still waits: %+v", list)
	}
}

// TestALayoutOfATableIsWeighed gives another layout for a table in the lake. It is kept, or waits if
// its figures contradict what was known, or is refused if it cannot read a file.
func TestALayoutOfATableIsWeighed(t *testing.T) {
	t.Parallel()
	change := func(old, by string) string {
		if !strings.Contains(portsLayout, old) {
			t.Fatal(old)
		}
		return strings.Replace(portsLayout, old, by, 1)
	}
	for name, c := range map[string]struct{ layout, state, kind string }{
		"another title":     {change("Landings at ports", "Landings"), review.Added, ""},
		"exchanged codes":   {change(`{"Dover": "dover", "Deal": "deal"}`, `{"Dover": "deal", "Deal": "dover"}`), review.Pending, check.Revised},
		"another measure":   {change(`"arrivals"`, `"landings"`), review.Pending, check.Withdrawn},
		"another column":    {change(`"Port"`, `"Harbour"`), review.Failed, ""},
		"another factor":    {change(`"flow"`, `"times": 10, "flow"`), review.Pending, check.Revised},
		"only a part of it": {change(`"flow"`, `"series": ["category"], "flow"`), review.Pending, check.Withdrawn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := gated(t, t.TempDir())
			noneFailed(t, addTable(t, cfg, portsLayout, portsTable))
			before := takenTree(t, cfg)
			out := addTable(t, cfg, c.layout)
			if out[0].State != c.state || c.kind != "" && !slices.Contains(movesOf(out[0]), c.kind) {
				t.Fatalf("%+v", out)
			}
			if c.state != review.Added {
				same(t, takenTree(t, cfg), before)
			}
			if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
				t.Errorf("%v %v", bad, err)
			}
		})
	}
}

// TestALayoutOfATableIsDecidedOn rejects a layout that waits, accepts it after all, and rebuilds.
func TestALayoutOfATableIsDecidedOn(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	noneFailed(t, addTable(t, cfg, portsLayout, portsTable))
	exchanged := strings.Replace(portsLayout, `{"Dover": "dover", "Deal": "deal"}`, `{"Dover": "deal", "Deal": "dover"}`, 1)
	held := addTable(t, cfg, exchanged)[0]
	if again := addTable(t, cfg, exchanged)[0]; again.State != review.Pending || again.Release != held.Release {
		t.Errorf("again while it waits: %+v", again)
	}
	if list := reviewed(t, cfg); len(list) != 1 || list[0].Release != held.Release || !slices.Equal(movesOf(list[0]), movesOf(held)) {
		t.Fatalf("review: %+v", list)
	}
	if o, err := decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(ports, "", "exchanged") }); err != nil || o.State != review.Rejected {
		t.Fatalf("%+v, %v", o, err)
	}
	if again := addTable(t, cfg, exchanged)[0]; again.State != review.Rejected {
		t.Errorf("the same layout: %+v", again)
	}
	if o, err := acceptFrom(t, cfg, ports, held.Release); err != nil || o.State != review.Added || o.Release != held.Release {
		t.Fatalf("accepted after all: %+v, %v", o, err)
	}
	if got := portFigures(t, cfg); !slices.Contains(got, ":category=deal 2025-01 1000") || len(got) != len(portsWant) {
		t.Errorf("%v", got)
	}
	if kept, err := os.ReadFile(filepath.Join(cfg.Data, "layouts", "ports.json")); err != nil || string(kept) != exchanged {
		t.Errorf("data/layouts: %s, %v", kept, err)
	}
	before := takenTree(t, cfg)
	if err := os.RemoveAll(filepath.Join(cfg.Data, "out")); err != nil {
		t.Fatal(err)
	}
	runs(t, cfg, ports)
	same(t, takenTree(t, cfg), before)
}

// TestALayoutIsEditedInItsFolder changes the layout in data/layouts. The next run reads by it. One
// with a fault is reported, and the figures stay.
func TestALayoutIsEditedInItsFolder(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	noneFailed(t, addTable(t, cfg, portsLayout, portsTable))
	file := filepath.Join(cfg.Data, "layouts", "ports.json")
	edit := func(old, by string) []review.Outcome {
		if err := os.WriteFile(file, []byte(strings.Replace(portsLayout, old, by, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		return runs(t, cfg, ports)
	}
	if out := edit(`"title": "Landings at ports"`, `"titel": "Landings"`); len(out) == 0 || !out[0].Failed() || !strings.Contains(out[0].Error, `ports.json: line 2`) {
		t.Errorf("a fault: %+v", out)
	}
	if got := portFigures(t, cfg); !slices.Equal(got, portsWant) {
		t.Errorf("%v", got)
	}
	noneFailed(t, edit("Landings at ports", "Landings"))
	if s := cfg.registry().Find(ports); s.Title != "Landings" {
		t.Errorf("the title is %q", s.Title)
	}
}

// TestATableIsFetched registers a table by a layout with a place, and runs.
func TestATableIsFetched(t *testing.T) {
	t.Parallel()
	served := portsTable
	asked := []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		w.Header().Set("Content-Type", "text/csv")
		w.Write([]byte(served))
	}))
	defer server.Close()
	cfg := gated(t, t.TempDir())
	cfg.Client, cfg.Sources = fetch.Mirror(server.URL, cfg.Now), nil
	placed := strings.Replace(portsLayout, `"flow"`, `"place": {"address": "https://harbour.example.org/ports.csv"}, "every": 31, "grace": 7, "flow"`, 1)
	noneFailed(t, addTable(t, cfg, placed))
	out := noneFailed(t, runs(t, cfg, ports))
	if got := portFigures(t, cfg); len(out) != 1 || !slices.Equal(got, portsWant) || !slices.Equal(asked, []string{"/harbour.example.org/ports.csv"}) {
		t.Fatalf("%v, %+v, asked %v", got, out, asked)
	}
	if s := cfg.registry().Find(ports); s.Every != 31 || s.Grace != 7 || !slices.Equal(s.Place.Hosts, []string{"harbour.example.org"}) {
		t.Errorf("%+v", s)
	}
	served += "Mar 2025,All ports,1050\nMar 2025,Dover,1000\nMar 2025,Deal,50\n"
	noneFailed(t, runs(t, cfg))
	if got := portFigures(t, cfg); len(got) != len(portsWant)+3 {
		t.Errorf("%v", got)
	}
}

// TestTheExamplesOfTables brings in the examples of docs/tables.md. The sums are computed apart, with awk.
func TestTheExamplesOfTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		released, series string
		sum              int64
		rows             int
	}{
		"mediterranean":  {"2019-12-31", "table:mediterranean:arrivals:M:destination=GRC", 115062, 24},
		"eu-returns":     {"2017-11-01", "table:eu-returns:returned:A:category=DEU", 131155, 2},
		"asylum-support": {"2024-02-29", "table:asylum-support:support-applications:A", 38625, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := gated(t, t.TempDir())
			noneFailed(t, ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return in.AddTable(context.Background(), "table:"+name, "../docs/examples/"+name+".json", []string{"../docs/examples/" + name + ".csv"}, stat.MustDate(c.released))
			}))
			obs, _, err := cfg.registry().OpenLake().AsOf("table:"+name, 0)
			if err != nil {
				t.Fatal(err)
			}
			var sum int64
			rows := 0
			for _, o := range obs {
				if n, known := o.Value.Get(); string(o.Series.ID) == c.series && known {
					sum, rows = sum+n, rows+1
				}
			}
			if sum != c.sum || rows != c.rows {
				t.Errorf("%d in %d periods, want %d in %d", sum, rows, c.sum, c.rows)
			}
		})
	}
}
