package download

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// bundleOf returns what the files of a topic are made from.
func bundleOf(t *testing.T, s content.Site, topic string) bundle {
	t.Helper()
	i := slices.IndexFunc(s.Topics, func(x charts.Topic) bool { return x.ID == topic })
	if i < 0 {
		t.Fatal("no topic", topic)
	}
	k, err := newBundle(content.NewIndex(s), s.Topics[i], nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var contains = sitetest.Contains

func TestWorkbooksHoldEveryRowOfTheirTables(t *testing.T) {
	s := sitetest.Real(t)
	for _, topic := range s.Topics {
		k := bundleOf(t, s, topic.ID)
		var ods bytes.Buffer
		if err := k.workbook().ODS(&ods); err != nil {
			t.Fatal(err)
		}
		sheets := sourcetest.Sheets(t, ods.Bytes())
		for _, x := range k.tables {
			if x.Schema.Name == notInBooks {
				continue
			}
			_, columns := sheetOf(k.index, x.Table)
			rows := sheets[x.Schema.Title]
			rows = rows[len(rows)-x.Len()-1:] // below the lines of the sheet
			for c, col := range columns {
				if rows[0][c].Value != col.Head {
					t.Fatalf("%s, %s: head %q, want %q", topic.ID, x.Schema.Name, rows[0][c].Value, col.Head)
				}
				if col.from.Name == "" {
					continue
				}
				for r, want := range x.Column(col.from.Name) {
					checkCell(t, topic.ID+", "+x.Schema.Name+", "+col.Head, rows[r+1][c], want, col.from)
				}
			}
		}
	}
}

// checkCell compares a cell of a workbook with that of the published table.
func checkCell(t *testing.T, what string, got decode.Cell, want table.Cell, c schemas.Column) {
	t.Helper()
	switch {
	case want.IsNull():
		if !strings.HasPrefix(got.Value, "[") {
			t.Errorf("%s: %q where there is no value", what, got.Value)
		}
	case c.Type == schemas.Boolean || c.Name == "obs_status":
	case c.Type == schemas.DateTime:
		if got.Kind != decode.DateKind || got.Value+"Z" != want.String() {
			t.Errorf("%s: %v, want %s", what, got, want)
		}
	case c.Type == schemas.Date && got.Kind != decode.DateKind, c.Type == schemas.Integer && got.Kind != decode.Number, c.Type == schemas.Number && got.Kind != decode.Number,
		got.Value != strings.TrimRight(want.String(), " "):
		t.Errorf("%s: %v, want %s", what, got, want)
	}
}

func TestAnEmptyCellSaysWhy(t *testing.T) {
	y := table.New("year-to-date")
	row := func(year, status, note string, value, prior int) {
		cells := map[string]table.Cell{"series": table.Text(sitetest.ArrivalsID), "year": table.Int(len(y.Rows)), "cutoff": sitetest.Day(year + "-03-01"), "obs_status": table.Text(status),
			"vintage": sitetest.Day("2026-03-07"), "note": table.Text(note)}
		if value >= 0 {
			cells["value"] = table.Int(value)
		}
		if prior >= 0 {
			cells["prior_value"] = table.Int(prior)
		}
		sitetest.PutNamed(y, cells)
	}
	row("2022", "O", "", -1, -1)
	row("2023", "Q", "", -1, 40)
	row("2024", "M", "", -1, 40)
	row("2025", "A", "low base", 40, 11)
	row("2026", "A", "no prior value", 40, -1)
	for column, want := range map[string]string{
		"value": "[x] [c] [z] - -", "lower": "[x] [c] [z] [z] [z]", "prior_value": "[x] - - - [x]", "prior_lower": "[x] [z] [z] [z] [x]", "change_percent": "[x] [x] [x] [low] [x]",
		"share_percent": "[x] [x] [x] [x] [z]", "prior_passed_on": "[x] [c] [z] [z] [z]", "note": "[z] [z] [z] - -", "window_start": "[x] [x] [x] [x] [x]",
	} {
		var got []string
		g := grid{y}
		for i, cell := range y.Column(column) {
			if !cell.IsNull() {
				got = append(got, "-")
				continue
			}
			got = append(got, string(absence(g, i, y.Schema.Columns[y.Schema.Index(column)])))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", column, s, want)
		}
	}
}

func TestTopicsHaveTheRowsOfTheirDataSets(t *testing.T) {
	s := sitetest.Real(t)
	k := bundleOf(t, s, "returns")
	for _, x := range k.tables {
		g := grid{x.Table}
		for i := range x.Rows {
			var ids []string
			if g.has("balance") && g.text(i, "balance") == "uk-france-exchange" {
				continue
			}
			for _, col := range append(slices.Clone(seriesColumns), "source") {
				if g.has(col) {
					ids = append(ids, g.text(i, col))
				}
			}
			if !slices.ContainsFunc(ids, func(id string) bool {
				return slices.ContainsFunc([]string{"ukho-returns", "ukho-france-exchange", "ukho-detention"}, func(source string) bool {
					return id == source || strings.HasPrefix(id, source+":")
				})
			}) {
				t.Errorf("%s has a row about %q", x.Schema.Name, ids)
			}
		}
	}
	if len(k.tables) < 4 {
		t.Errorf("%d tables", len(k.tables))
	}
	k = bundleOf(t, s, "sources")
	var names []string
	for _, x := range k.tables {
		names = append(names, x.Schema.Name)
	}
	if !slices.Contains(names, "sources") || slices.Contains(names, "year-to-date") {
		t.Error("the topic of the data sets themselves has", names)
	}
	k = bundleOf(t, s, "deaths")
	if !slices.ContainsFunc(k.sources, func(s content.SourceInfo) bool { return s.ID == "ukho-small-boats" }) {
		t.Error("a rate rests on arrivals, which the licences do not name")
	}
}

func TestArchivesAreWhole(t *testing.T) {
	s := sitetest.Real(t)
	var data bytes.Buffer
	if err := bundleOf(t, s, "arrivals").archive(&data, describer{content.NewIndex(s)}.site()); err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	sourcetest.EachPart(t, data.Bytes(), func(f *zip.File, text string) {
		if !f.Modified.Equal(time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)) {
			t.Error(f.Name, f.Modified)
		}
		in[strings.TrimPrefix(f.Name, "arrivals/")] = text
	})
	listed := 0
	for lines := bufio.NewScanner(strings.NewReader(in["SHA256SUMS"])); lines.Scan(); listed++ {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		if h := sha256.Sum256([]byte(in[name])); sum != hex.EncodeToString(h[:]) || in[name] == "" {
			t.Errorf("%s has another sum", name)
		}
	}
	if listed != len(in)-1 {
		t.Errorf("%d sums of %d files", listed, len(in))
	}
	contains(t, in["README.txt"], "sha256sum -c SHA256SUMS", "year-to-date (", "How to cite: ")
	contains(t, in["LICENCE.txt"], "Publisher: UK Home Office", "Licence: Open Government Licence v3.0", "Terms: https://")
	var m catalogue.Description
	if err := json.Unmarshal([]byte(in["year-to-date.json"]), &m); err != nil || m.Rows != strings.Count(in["year-to-date.csv"], "\r\n")-1 {
		t.Error(m.Rows, err)
	}
}

// TestFilesSayWhichVersionTheyAre checks that a file that a reader took away says its data version, and
// the address that keeps it.
func TestFilesSayWhichVersionTheyAre(t *testing.T) {
	s := sitetest.Real(t)
	s.Version, s.Base = "1.2.3", "https://example.org/c/"
	k := bundleOf(t, s, "arrivals")
	about := k.workbook().About
	if about[0].Text != "1.2.3, with figures released up to 26 June 2026." || about[0].Link != "https://example.org/c/releases/1.2.3/" {
		t.Errorf("the cover says %+v", about[0])
	}
	contains(t, k.readme(), "Data version: 1.2.3, with figures released up to 26 June 2026. <https://example.org/c/releases/1.2.3/>",
		"data version 1.2.3, figures released up to 26 June 2026. https://example.org/c/releases/1.2.3/\n")
	arrivals, _ := sitetest.Series()
	for _, cite := range []string{k.index.CiteSeries(arrivals), s.Cite()} {
		contains(t, cite, "data version 1.2.3", " https://example.org/c/releases/1.2.3/")
	}
	s.Version = ""
	k = bundleOf(t, s, "arrivals")
	if about := k.workbook().About; about[0].Text != "none, with figures released up to 26 June 2026." || about[0].Link != "" {
		t.Errorf("without a version the cover says %+v", about[0])
	}
}
