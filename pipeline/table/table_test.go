package table

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"crossings/pipeline/stat"
)

func sample() []stat.Observation {
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)
	r := &stat.Release{Source: "a-b", ID: "2026-01-02-00000000", Vintage: stat.MustDate("2026-01-02"), FirstSeen: time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC)}
	d := stat.MustDate("2025-12-31")
	return []stat.Observation{
		{Series: &s, Period: stat.Day(d), Value: stat.Known(0), Status: stat.Provisional, Release: r, Locator: "S!B2"},
		{Series: &s, Period: stat.Day(d.AddDays(1)), Status: stat.Missing, Mark: "-", Release: r, Locator: "S!B3"},
	}
}

func TestCSVKeepsMissingApartFromZero(t *testing.T) {
	var b bytes.Buffer
	if err := Observations(sample()).CSV(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\r\n")
	if len(lines) != 4 || lines[3] != "" {
		t.Fatalf("want header, two rows and a line end, got %q", lines)
	}
	if want := "a-b,a-b:arrivals:D,arrival,arrivals,persons,flow,GBR,_T,_T,_T,_T,_T,_T,2025-12-31,2025-12-31,day,0,,,P,false,,2026-01-02,2026-01-02T09:30:00Z,2026-01-02-00000000,\"S!B2\""; lines[1] != want {
		t.Errorf("\n got %s\nwant %s", lines[1], want)
	}
	if !strings.Contains(lines[2], "day,,,,O,false,-,") {
		t.Errorf("missing value written as %s", lines[2])
	}
}

// TestParquetDependsOnNothingBefore writes one table between others of other sizes. A used encoder
// must give the same bytes as a new one.
func TestParquetDependsOnNothingBefore(t *testing.T) {
	tableOf := func(rows, step int) *Table {
		var obs []stat.Observation
		for i := range rows {
			o := sample()[0]
			o.Period, o.Value = stat.Day(o.Period.Start.AddDays(i)), stat.Known(int64(i*step%977))
			obs = append(obs, o)
		}
		return Observations(obs)
	}
	bytesOf := func(table *Table) []byte {
		var b bytes.Buffer
		if err := table.Parquet(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	one := tableOf(3000, 31)
	want := bytesOf(one)
	for i, rows := range []int{1, 50_000, 2999, 300} {
		bytesOf(tableOf(rows, 29+i))
		if !bytes.Equal(bytesOf(one), want) {
			t.Errorf("after a table of %d rows the bytes differ", rows)
		}
	}
	kept := codec
	defer func() { codec = kept }()
	codec = newCodec()
	if !bytes.Equal(bytesOf(one), want) {
		t.Error("a new encoder gives different bytes")
	}
}

func TestParquetHasTheSchemasColumnsInOrder(t *testing.T) {
	table := Observations(sample())
	var a, b bytes.Buffer
	if err := table.Parquet(&a); err != nil {
		t.Fatal(err)
	}
	if err := table.Parquet(&b); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("the same table gave different bytes (%v)", err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(a.Bytes()), int64(a.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name())
	}
	if got, want := strings.Join(names, ","), strings.Join(table.Schema.ColumnNames(), ","); got != want {
		t.Errorf("columns\n got %s\nwant %s", got, want)
	}
	rows := make([]parquet.Row, 2)
	if n, _ := f.RowGroups()[0].Rows().ReadRows(rows); n != 2 {
		t.Fatalf("%d rows", n)
	}
	v := table.Schema.Index("value")
	if rows[0][v].IsNull() || rows[0][v].Int64() != 0 || !rows[1][v].IsNull() {
		t.Errorf("values %v and %v, want 0 and null", rows[0][v], rows[1][v])
	}
	if dir := os.Getenv("KEEP"); dir != "" {
		os.WriteFile(dir, a.Bytes(), 0o644)
	}
}

func TestAddRefusesWhatTheSchemaDoesNotHave(t *testing.T) {
	for name, row := range map[string][]Cell{
		"too short":        {Text("x")},
		"wrong type":       {Int(1), Text("x"), Text(""), Int(1), Day(1), Day(1), Float(1, true), Float(0, false), Float(0, false), Text("")},
		"required missing": {Text(""), Text("x"), Text("y"), Day(1), Day(1), Float(1, true), Float(0, false), Float(0, false), Text("")},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			New("rates").Add(row...)
		})
	}
}

func TestFormatFloat(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 36.66243: "36.6624", 24.3: "24.3", -33: "-33", -0.00001: "0", 100: "100", 0.5: "0.5"} {
		if got := FormatFloat(f); got != want {
			t.Errorf("FormatFloat(%v) = %q, want %q", f, got, want)
		}
	}
}

func TestSortIsByKey(t *testing.T) {
	obs := sample()
	table := Observations([]stat.Observation{obs[1], obs[0]})
	table.Sort()
	if got := table.Column("period_start")[0].String(); got != "2025-12-31" {
		t.Errorf("first row is %s", got)
	}
}

// TestTextIsWrittenAsJSON compares with encoding/json, which escapes more than it must.
func TestTextIsWrittenAsJSON(t *testing.T) {
	texts := []string{"", "plain text, with: signs!", "<b>", "a\u2028b", "Côte", "\xff", "\u007f"}
	for c := range 256 {
		texts = append(texts, "a"+string([]byte{byte(c)})+"b")
	}
	for _, s := range texts {
		want, err := json.Marshal(s)
		if got := appendText(nil, s); err != nil || string(got) != string(want) {
			t.Errorf("%q is %s, want %s, %v", s, got, want, err)
		}
	}
}
