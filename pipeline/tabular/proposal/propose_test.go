package proposal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/reader"
)

// figures reads a file by its proposal, and returns "series start value".
func figures(t *testing.T, name string, data []byte) (layout string, out map[string]string) {
	t.Helper()
	layout, err := Propose(name, data)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tabular.Parse("layout.json", []byte(layout))
	if err != nil {
		t.Fatalf("%v\n%s", err, layout)
	}
	at := stat.Release{Source: "table:x", ID: "2026-11-01-00000000", Vintage: stat.MustDate("2026-11-01"), FirstSeen: time.Unix(0, 0).UTC()}
	r, err := reader.Decode(l, nil, "table:x", name, data, &at)
	if err != nil {
		t.Fatalf("%v\n%s", err, layout)
	}
	out = map[string]string{}
	for _, o := range r.Observations {
		v := o.Value.String()
		if !o.Value.IsKnown() {
			v = string(o.Status)
		}
		out[strings.TrimPrefix(string(o.Series.ID), "table:x:")+" "+o.Period.Start.String()] = v
	}
	return layout, out
}

// TestPropose proposes layouts for tables of many kinds and reads the tables by them, unedited.
func TestPropose(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       map[string]string // some of the figures
		n          int               // how many there are
	}{
		{"semicolons.csv", "Mes;Llegadas\n2025-01;1.022\n2025-02;950\n2025-03;12\n", map[string]string{"arrivals:M 2025-01-01": "1022", "arrivals:M 2025-03-01": "12"}, 3},
		{"latin1.csv", "A\xf1o;Espa\xf1a;Italia\n2023;56.852;157.651\n2024;63.970;66.617\n", map[string]string{"arrivals:A:category=espana 2023-01-01": "56852", "arrivals:A:category=italia 2024-01-01": "66617"}, 4},
		{"tabs.tsv", "Date\tSea arrivals\n15/08/2026\t12\n16/08/2026\t0\n", map[string]string{"arrivals:D 2026-08-15": "12", "arrivals:D 2026-08-16": "0"}, 2},
		{"titles.csv", "Arrivals by sea\n\nSource: an office\nQuarter,Nationality,People\n2025 Q1,Syria,5\n2025 Q1,Eritrea,6\n2025 Q2,Syria,7\n2025 Q2,Eritrea,:\n\n[x] not available\n",
			map[string]string{"arrivals:Q 2025-01-01": "11", "arrivals:Q 2025-04-01": "O", "arrivals:Q:origin=SYR 2025-04-01": "7"}, 6},
		{"estat_migr_asyappctzq.tsv", "freq,unit,citizen,geo\\TIME_PERIOD\t2018-Q1 \t2018-Q2 \nQ,PER,TOTAL,AT\t3110 \t3190 p\nQ,PER,TOTAL,DE\t: \t41085 \nQ,PER,TOTAL,EL\t14840 b\t: c\n",
			map[string]string{"asylum-claims:Q:destination=AUT 2018-04-01": "3190", "asylum-claims:Q:destination=DEU 2018-01-01": "O", "asylum-claims:Q:destination=GRC 2018-04-01": "Q", "asylum-claims:Q 2018-01-01": "O"}, 8},
		{"encounters.csv", "Fiscal Year,Month (abbv),Land Border Region,Demographic,Citizenship,Encounter Count\n2026 (FYTD),OCT,Southwest Land Border,FMUA,MEXICO,10\n2026 (FYTD),OCT,Southwest Land Border,Single Adults,MEXICO,5\n" +
			"2026 (FYTD),OCT,Northern Land Border,Single Adults,CANADA,1\n2025,SEP,Northern Land Border,Single Adults,CANADA,9\n", map[string]string{"encounters:M 2025-10-01": "16", "encounters:M:origin=CAN 2025-09-01": "9"}, 8},
		{"months_across.csv", "Year,Jan,Feb,Mar,Total\n2024,1,2,3,6\n2025,4,5,6,15\n", map[string]string{"arrivals:M 2024-01-01": "1", "arrivals:M 2025-03-01": "6"}, 6},
		{"spain.csv", "Fecha;Canarias;Baleares;Total\n31/01/2025;4.752;310;5.062\n28/02/2025;3.100;250;3.350\n", map[string]string{"arrivals:M 2025-01-01": "5062", "arrivals:M:category=baleares 2025-02-01": "250"}, 6},
		{"year_totals.csv", "Year,Month,Arrivals\n2024,January,\"1,022\"\n2024,February,-\n2024,Total,\"1,022\"\n", map[string]string{"arrivals:M 2024-01-01": "1022", "arrivals:M 2024-02-01": "O"}, 2},
		{"weeks.csv", "Week ending,Migrants arrived,Notes\n2026-08-09,5,\n2026-08-16,6,Revised\n2026-08-23,7,\n", map[string]string{"arrivals:W 2026-08-03": "5", "arrivals:W 2026-08-17": "7"}, 3},
		{".csv", "Year,People\n2024,5\n2025,6\n", map[string]string{"arrivals:A 2025-01-01": "6"}, 2},
		{"total_rows.csv", "Year,Sex,Asylum claims\n2024,Total,9\n2024,Male,5\n2024,Female,4\n2025,Total,7\n2025,Male,3\n2025,Female,4\n", map[string]string{"asylum-claims:A 2024-01-01": "9", "asylum-claims:A:sex=F 2025-01-01": "4"}, 6},
		{"greece.csv", "Month,Lesvos,Chios,Samos,Total\nJanuary 2025,900,120,300,\"1,320\"\nFebruary 2025,700,90,150,940\n", map[string]string{"arrivals:M 2025-01-01": "1320", "arrivals:M:category=lesvos 2025-02-01": "700"}, 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			layout, got := figures(t, c.name, []byte(c.text))
			if len(got) != c.n {
				t.Errorf("%d figures, want %d: %v\n%s", len(got), c.n, got, layout)
			}
			for k, v := range c.want {
				if got[k] != v {
					t.Errorf("%s is %q, want %q\n%v\n%s", k, got[k], v, got, layout)
				}
			}
		})
	}
}

// TestProposeWorkbook proposes a layout for a workbook with a cover and title rows.
func TestProposeWorkbook(t *testing.T) {
	cell := func(texts ...string) (out []any) {
		for _, s := range texts {
			out = append(out, s)
		}
		return out
	}
	data := sourcetest.Book(t, sourcetest.Sheet{Name: "Cover", Rows: [][]any{cell("Arrivals"), cell("Published 1 October 2026")}},
		sourcetest.Sheet{Name: "Data", Rows: [][]any{cell("Table 1: arrivals by nationality"), cell("Date", "Nationality", "Arrivals [note 1]"), {"2025 Q1", "Syria", 5.0}, {"2025 Q1", "Iran", 6.0}, {"2025 Q2", "Syria", 7.0}}})
	if layout, got := figures(t, "book.xlsx", data); got["arrivals:Q 2025-01-01"] != "11" || got["arrivals:Q:origin=SYR 2025-04-01"] != "7" {
		t.Errorf("%v\n%s", got, layout)
	}
}

// TestProposeExamples proposes layouts for the examples of the documents, and compares the figures with
// those by the layouts that the documents show.
func TestProposeExamples(t *testing.T) {
	folder := filepath.Join(sourcetest.Root(t), "docs", "examples")
	for name, rename := range map[string]*strings.Replacer{
		"mediterranean":  strings.NewReplacer(),
		"eu-returns":     strings.NewReplacer("total-number-of-persons-returned", "returned", "persons-returned-to-a-third-country", "returned-to-third-country", "destination=", "category=", "european-union-27-countries", "EU27", "european-union-28-countries", "EU28", "x-germany-until-1990-former-territory-of-the-frg", "DEU"),
		"asylum-support": strings.NewReplacer("asylum-claims", "support-applications"),
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, name+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(filepath.Join(folder, name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			l, err := tabular.Parse(name+".json", text)
			if err != nil {
				t.Fatal(err)
			}
			at := stat.Release{Source: "table:x", ID: "2026-11-01-00000000", Vintage: stat.MustDate("2026-11-01"), FirstSeen: time.Unix(0, 0).UTC()}
			r, err := reader.Decode(l, nil, "table:x", name+".csv", data, &at)
			if err != nil {
				t.Fatal(err)
			}
			_, got := figures(t, name+".csv", data)
			if len(got) != len(r.Observations) || len(got) < 20 {
				t.Errorf("%d figures by the proposal, %d by the layout", len(got), len(r.Observations))
			}
			renamed := map[string]string{}
			for k, v := range got {
				renamed[rename.Replace(k)] = v
			}
			for _, o := range r.Observations {
				k := strings.TrimPrefix(string(o.Series.ID), "table:x:") + " " + o.Period.Start.String()
				if v := renamed[k]; o.Value.IsKnown() && v != o.Value.String() {
					t.Errorf("%s is %q by the proposal, %s by the layout", k, v, o.Value)
				}
			}
		})
	}
}

// FuzzPropose proposes layouts for any bytes: it never panics, and what it writes is a layout or says
// that it is none.
func FuzzPropose(f *testing.F) {
	f.Add([]byte("Year,Sex,N\n2024,Male,5\n2024,Female,4\n"))
	f.Add([]byte("a;b\n1;2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := Propose("x.csv", data); err == nil && !strings.HasPrefix(text, "# A proposal") {
			t.Error(text)
		}
	})
}
