package row

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// rows has one row of each table.
var rows = []Row{&YearToDate{}, &YearOnYear{}, &PolicyPeriod{}, &Day{}, &Record{}, &Rate{}, &Balance{}, &Bridge{}, &Residual{}, &Breakdown{}, &Headline{},
	&Revision{}, &RevisionSummary{}, &RevisionLag{}, &Vintage{}, &Claim{}, &Release{}, &Source{}, &Retraction{}, &Observation{}, &Incident{}, &Label{}, &Context{}, &Quality{}}

func TestEveryPublishedTableHasARow(t *testing.T) {
	var have []string
	for _, r := range rows {
		have = append(have, r.Table())
	}
	slices.Sort(have)
	if want := schemas.TableNames(); !slices.Equal(have, want) {
		t.Errorf("rows of tables %v; want %v", have, want)
	}
}

// fieldOf names the field of a column: prior_value is PriorValue.
func fieldOf(column string) string {
	if column == "obs_status" {
		return "Status"
	}
	var out string
	for _, w := range strings.Split(column, "_") {
		switch w {
		case "id", "url", "sha256":
			out += strings.ToUpper(w)
		default:
			out += strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return out
}

// typesOf lists the Go types that a column may have.
func typesOf(c schemas.Column) []any {
	switch c.Type {
	case schemas.Integer:
		if c.Required {
			return []any{int(0)}
		}
		return []any{stat.Count{}}
	case schemas.Number:
		return []any{Number{}}
	case schemas.Date:
		return []any{stat.Date(0)}
	case schemas.DateTime:
		return []any{time.Time{}}
	case schemas.Boolean:
		if c.Required {
			return []any{false}
		}
		return []any{Flag{}}
	}
	return []any{"", stat.SeriesID(""), stat.Status(""), note.List(nil)}
}

func TestFieldsAreTheColumnsOfTheSchema(t *testing.T) {
	for _, r := range rows {
		columns, s := schemas.MustLoad(r.Table()).Columns, reflect.TypeOf(r).Elem()
		if s.NumField() != len(columns) {
			t.Errorf("%s: %d fields for %d columns", r.Table(), s.NumField(), len(columns))
			continue
		}
		for i, c := range columns {
			f := s.Field(i)
			if f.Name != fieldOf(c.Name) {
				t.Errorf("%s: field %d is %s; want %s", r.Table(), i, f.Name, fieldOf(c.Name))
			}
			if !slices.ContainsFunc(typesOf(c), func(v any) bool { return reflect.TypeOf(v) == f.Type }) {
				t.Errorf("%s: field %s is a %s; the column %s is of type %s, required: %v", r.Table(), f.Name, f.Type, c.Name, c.Type, c.Required)
			}
		}
	}
}

// cellOf returns a cell that occurs in no other column of its row.
func cellOf(c schemas.Column, i int) table.Cell {
	switch c.Type {
	case schemas.Integer:
		return table.Int(1000 + i)
	case schemas.Number:
		return table.Float(float64(i)+0.25, true)
	case schemas.Date:
		return table.Day(stat.NewDate(2024, 1, 1).AddDays(i))
	case schemas.DateTime:
		return table.Instant(time.Unix(int64(1e9+i), 0).UTC())
	case schemas.Boolean:
		return table.Bool(i%2 == 0)
	}
	return table.Text(c.Name)
}

// fieldText writes a field as its cell would be written.
func fieldText(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case stat.Count:
		return table.Count(x).String()
	case Number:
		return x.cell().String()
	case Flag:
		return x.cell().String()
	case time.Time:
		return table.Instant(x).String()
	default:
		return fmt.Sprint(x)
	}
}

// filled returns the schema of a row and a cell for each of its columns.
func filled(r Row) (schemas.Table, []table.Cell) {
	schema := schemas.MustLoad(r.Table())
	cells := make([]table.Cell, len(schema.Columns))
	for i, c := range schema.Columns {
		cells[i] = cellOf(c, i)
	}
	return schema, cells
}

func TestCellsAndFieldsAreInOneOrder(t *testing.T) {
	for _, r := range rows {
		schema, cells := filled(r)
		bufferOf(reflect.ValueOf(r)).read(cells)
		for i, c := range schema.Columns {
			if got, want := fieldText(reflect.ValueOf(r).Elem().Field(i)), cells[i].String(); got != want {
				t.Errorf("%s: read puts %q into the field of column %s; want %q", r.Table(), got, c.Name, want)
			}
		}
		if got := cellsOf(r); !slices.Equal(got, cells) {
			t.Errorf("%s: cells after read are\n%v; want\n%v", r.Table(), got, cells)
		}
		Add(table.New(r.Table()), r)
	}
}

func TestMissingCellsStayMissing(t *testing.T) {
	for _, r := range rows {
		schema, cells := filled(r)
		for i, c := range schema.Columns {
			if !c.Required {
				cells[i] = map[schemas.Type]table.Cell{schemas.Integer: table.Count(stat.Count{}), schemas.Number: table.Float(0, false),
					schemas.Date: table.Day(0), schemas.DateTime: table.Instant(time.Time{}), schemas.Boolean: table.NoBool(), schemas.String: table.Text("")}[c.Type]
			}
		}
		bufferOf(reflect.ValueOf(r)).read(cells)
		for i, c := range cellsOf(r) {
			if c.IsNull() == schema.Columns[i].Required {
				t.Errorf("%s: column %s, required: %v, is missing after a copy: %v", r.Table(), schema.Columns[i].Name, schema.Columns[i].Required, c.IsNull())
			}
		}
	}
}

func TestRowsOfAnotherTableAreABug(t *testing.T) {
	for name, f := range map[string]func(){
		"Add":  func() { Add(table.New("daily"), Record{}) },
		"Each": func() { Each[Record](table.New("daily")) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s takes the rows of another table", name)
				}
			}()
			f()
		}()
	}
}

func TestStreamedRowsAreRead(t *testing.T) {
	day := stat.NewDate(2024, 6, 1)
	s, rel := &stat.Series{ID: "x:arrivals:D", Source: "x"}, &stat.Release{ID: "r1", Vintage: day}
	tbl := table.Stream([]stat.Observation{{Series: s, Release: rel, Period: stat.Period{Start: day, End: day}, Value: stat.Known(7)},
		{Series: s, Release: rel, Period: stat.Period{Start: day + 1, End: day + 1}}})
	got := All[Observation](tbl)
	if len(got) != 2 || got[0].Value != stat.Known(7) || got[1].Value.IsKnown() || got[0].Series != s.ID || got[1].PeriodStart != day+1 || got[0].Vintage != day {
		t.Errorf("rows %+v", got)
	}
	if All[Observation](nil) != nil {
		t.Error("a table that is not there has rows")
	}
}

// benchmarkEach adds up a column of a table, row by row.
func benchmarkEach[R Row](b *testing.B, tbl *table.Table, value func(R) stat.Count) {
	b.ReportAllocs()
	for b.Loop() {
		var sum int64
		for r := range Each[R](tbl) {
			n, _ := value(r).Get()
			sum += n
		}
	}
}

func BenchmarkDaily(b *testing.B) {
	tbl := table.New("daily")
	for i := range 100_000 {
		Add(tbl, Day{Series: "x:arrivals:D", Date: stat.Date(i + 1), Value: stat.Known(int64(i)), Status: stat.Normal})
	}
	benchmarkEach(b, tbl, func(r Day) stat.Count { return r.Value })
}

func BenchmarkObservations(b *testing.B) {
	day := stat.NewDate(2024, 6, 1)
	s, rel := &stat.Series{ID: "x:arrivals:D", Source: "x", Measure: "arrivals"}, &stat.Release{ID: "r1", Vintage: day}
	obs := make([]stat.Observation, 100_000)
	for i := range obs {
		obs[i] = stat.Observation{Series: s, Release: rel, Period: stat.Day(day.AddDays(i)), Value: stat.Known(int64(i)), Status: stat.Normal, Locator: "line 1"}
	}
	tbl := table.Stream(obs)
	benchmarkEach(b, tbl, func(r Observation) stat.Count { return r.Value })
}

func BenchmarkAdd(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		tbl := table.New("year-on-year")
		for i := range 10_000 {
			Add(tbl, YearOnYear{Series: "x:arrivals:D", Basis: "year", PeriodStart: stat.Date(i + 1), PeriodEnd: stat.Date(i + 2), Vintage: 1, Value: stat.Known(int64(i)), Status: stat.Normal})
		}
	}
}
