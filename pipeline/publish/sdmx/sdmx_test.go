package sdmx

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

func TestPeriod(t *testing.T) {
	for _, x := range []struct{ start, end, want string }{
		{"2024-02-29", "2024-02-29", "2024-02-29"},
		{"2024-02-01", "2024-02-29", "2024-02"},
		{"2023-02-01", "2023-02-27", "2023-02-01/P27D"},
		{"2024-12-01", "2024-12-31", "2024-12"},
		{"2024-10-01", "2024-12-31", "2024-Q4"},
		{"2024-02-01", "2024-04-30", "2024-02-01/P90D"},
		{"2024-07-01", "2024-12-31", "2024-S2"},
		{"2024-01-01", "2024-12-31", "2024"},
		{"2023-07-01", "2024-06-30", "2023-07-01/P366D"},
		{"2024-12-30", "2025-01-05", "2025-W01"},
		{"2024-12-29", "2025-01-04", "2024-12-29/P7D"}, // a week that begins on a Sunday is not one of ISO 8601
		{"2025-08-06", "2025-08-31", "2025-08-06/P26D"},
	} {
		if got := Period(stat.MustDate(x.start), stat.MustDate(x.end)); got != x.want {
			t.Errorf("%s to %s: %s, want %s", x.start, x.end, got, x.want)
		}
	}
}

// observations returns the table of two observations that differ in one code.
func observations(t *testing.T, column string, codes ...string) *table.Table {
	t.Helper()
	out := table.New("observations")
	for i, code := range codes {
		var row []table.Cell
		for _, c := range out.Schema.Columns {
			text := map[string]string{"series": "tidy:mine:arrivals:M", "obs_status": "P", "sex": "_T", "ref_area": "GBR", "flow": "arrival", "kind": "flow", "unit": "persons",
				"measure": "arrivals", "precision": "month", "publisher_mark": "=1+1"}[c.Name]
			switch {
			case c.Name == column:
				row = append(row, table.Text(code))
			case c.Name == "period_start":
				row = append(row, table.Day(stat.NewDate(2024, time.Month(i+1), 1)))
			case c.Name == "period_end":
				row = append(row, table.Day(stat.NewDate(2024, time.Month(i+2), 0)))
			case c.Name == "value":
				row = append(row, table.Int(10+i))
			case c.Type == schemas.Date:
				row = append(row, table.Day(stat.MustDate("2024-03-01")))
			case c.Type == schemas.DateTime:
				row = append(row, table.Instant(time.Unix(0, 0)))
			case c.Type == schemas.Boolean:
				row = append(row, table.Bool(false))
			case c.Type == schemas.Integer:
				row = append(row, table.Count(stat.Count{}))
			case text == "":
				row = append(row, table.Text("_T"))
			default:
				row = append(row, table.Text(text))
			}
		}
		out.Add(row...)
	}
	return out
}

func written(t *testing.T, tab *table.Table) (rows []map[string]string, structure string) {
	t.Helper()
	f, err := New(tab)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := f.CSV(&out); err != nil {
		t.Fatal(err)
	}
	text, err := Structure(`A "site" <&>`, stat.MustDate("2024-03-01"), []*Flow{f})
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(text, new(struct{})); err != nil {
		t.Fatal(err)
	}
	return files.CSVRows(t, out.String()), string(text)
}

func TestRows(t *testing.T) {
	rows, structure := written(t, observations(t, "sex", "F", "_T"))
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	for name, want := range map[string]string{"STRUCTURE": "dataflow", "STRUCTURE_ID": "CROSSINGS:OBSERVATIONS(1.0)", "ACTION": "I", "FREQ": "M", "SEX": "F", "TIME_PERIOD": "2024-01",
		"OBS_VALUE": "10", "LOWER": "", "OBS_STATUS": "P", "REVISED": "false", "FIRST_SEEN": "1970-01-01T00:00:00", "VINTAGE": "2024-03-01", "PUBLISHER_MARK": "'=1+1"} {
		if got, there := rows[0][name]; got != want || !there {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, there := rows[0]["PERIOD_START"]; there {
		t.Error("the period is stated twice")
	}
	for _, want := range []string{"Codelist=SDMX:CL_FREQ(2.1)", "Codelist=SDMX:CL_SEX(2.1)", "Codelist=SDMX:CL_OBS_STATUS(2.2)", "Concept=SDMX:CROSS_DOMAIN_CONCEPTS(2.0).TIME_PERIOD",
		`<str:Attribute id="VINTAGE" usage="mandatory">`, `<str:Measure id="OBS_VALUE" usage="optional">`, "Codelist=CROSSINGS:CL_AGE(1.0)", `A &#34;site&#34; &lt;&amp;&gt;`} {
		if !strings.Contains(structure, want) {
			t.Errorf("the structure lacks %s", want)
		}
	}
	if strings.Contains(structure, `<str:Dimension id="VINTAGE"`) {
		t.Error("the vintage is a dimension")
	}
}

// TestCodesThatNoListHas keeps the structure true whatever a publisher writes: a code that SDMX does not
// have makes the list ours, a new code is added, and a text that is no code makes the column text.
func TestCodesThatNoListHas(t *testing.T) {
	for _, x := range []struct{ column, code, want, not string }{
		{"sex", "_X", "Codelist=CROSSINGS:CL_SEX(1.0)", "Codelist=SDMX:CL_SEX"},
		{"age", "x-over-80", `<str:Code id="x-over-80">`, ""},
		{"age", "x-over.80", `<str:TextFormat textType="String">`, "CL_AGE"},
		{"age", `x"<80`, `<str:TextFormat textType="String">`, "CL_AGE"},
	} {
		_, structure := written(t, observations(t, x.column, x.code, "_T"))
		if !strings.Contains(structure, x.want) || x.not != "" && strings.Contains(structure, x.not) {
			t.Errorf("%s %q: want %s and not %q", x.column, x.code, x.want, x.not)
		}
	}
}

// TestEveryTable makes a dataflow of every published table, whose identifiers must differ.
func TestEveryTable(t *testing.T) {
	var flows []*Flow
	for _, name := range schemas.TableNames() {
		f, err := New(table.New(name))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, id := range f.header() {
			if seen[id] || !isID(id) || strings.Contains(id, "-") {
				t.Errorf("%s: column %q", name, id)
			}
			seen[id] = true
		}
		flows = append(flows, f)
	}
	if _, err := Structure("x", stat.MustDate("2024-03-01"), flows); err != nil {
		t.Error(err)
	}
}
