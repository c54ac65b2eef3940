package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

var base = stat.Release{Source: "a-b", SHA256: strings.Repeat("0", 64)}

const head = "# flow: arrival\n# measure: arrivals\n# unit: persons\n# vintage: 2026-01-02\n"

func TestReadTidyIsTheInverseOfCSV(t *testing.T) {
	var b bytes.Buffer
	if err := Observations(sample()).CSV(&b); err != nil {
		t.Fatal(err)
	}
	tidy, err := ReadTidy("x.csv", b.Bytes(), base)
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := Observations(tidy.Observations).CSV(&again); err != nil {
		t.Fatal(err)
	}
	if b.String() != again.String() {
		t.Errorf("\n got %s\nwant %s", again.String(), b.String())
	}
}

func TestReadTidyWithConstants(t *testing.T) {
	tidy, err := ReadTidy("x.csv", []byte(head+"# licence: Open Government Licence v3.0\nseries,period_start,value\na-b:arrivals:D,2026-01-01,5\na-b:arrivals:D,2026-01-02,\n"), base)
	if err != nil {
		t.Fatal(err)
	}
	o := tidy.Observations
	if len(o) != 2 || o[0].Value != stat.Known(5) || o[0].Status != stat.Normal || o[1].Value.IsKnown() || o[1].Status != stat.Missing {
		t.Errorf("observations %+v", o)
	}
	if o[0].Release.ID != "2026-01-02-00000000" || tidy.Meta["licence"] == "" {
		t.Errorf("release %+v, meta %v", o[0].Release, tidy.Meta)
	}
}

func TestWriteTidyIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteTidy(&b, []string{"title: Sample", "Two days of a made-up series"}, sample()); err != nil {
		t.Fatal(err)
	}
	want := "# title: Sample\n# Two days of a made-up series\n# source: a-b\n# series: a-b:arrivals:D\n"
	if !strings.HasPrefix(b.String(), want) || strings.Contains(b.String(), "release") {
		t.Errorf("got\n%s", b.String())
	}
	if !IsTidy(b.Bytes()) {
		t.Error("a file whose rows share their series is not recognised as tidy")
	}
	tidy, err := ReadTidy("x.csv", b.Bytes(), base)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range sample() {
		got := tidy.Observations[i]
		got.Series, got.Release = o.Series, o.Release // different pointers, same values
		if got != o {
			t.Errorf("\n got %+v\nwant %+v", got, o)
		}
	}
}

func TestReadTidySeparatesVintages(t *testing.T) {
	tidy, err := ReadTidy("x.csv", []byte("# flow: arrival\n# unit: persons\nseries,period_start,value,vintage\na-b:arrivals:D,2026-01-01,5,2026-01-02\na-b:arrivals:D,2026-01-01,6,2026-01-03\n"), base)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := tidy.Observations[0].Release, tidy.Observations[1].Release; a.Compare(*b) >= 0 {
		t.Errorf("releases %+v and %+v", a, b)
	}
}

func TestReadTidyRefuses(t *testing.T) {
	cols := "series,period_start,value\n"
	for name, c := range map[string]struct {
		text string
		want error
		line int
	}{
		"empty":           {"", decode.ErrFormat, 1},
		"no rows":         {head + cols, decode.ErrShape, 0},
		"html":            {"<!doctype html>\n<p>hello</p>\n", decode.ErrHeader, 1},
		"renamed column":  {head + "series,date,value\n", decode.ErrHeader, 5},
		"column twice":    {head + "series,value,value,period_start\n", decode.ErrHeader, 5},
		"unknown key":     {"# measrue: arrivals\n" + cols, decode.ErrHeader, 1},
		"missing column":  {"# flow: arrival\nseries,period_start,value\n", decode.ErrHeader, 2},
		"negative":        {head + cols + "a-b:arrivals:D,2026-01-01,-5\n", decode.ErrCount, 6},
		"fraction":        {head + cols + "a-b:arrivals:D,2026-01-01,1.5\n", decode.ErrCount, 6},
		"no such day":     {head + cols + "a-b:arrivals:D,2026-02-29,1\n", decode.ErrPeriod, 6},
		"ragged":          {head + cols + "a-b:arrivals:D,2026-01-01\n", decode.ErrShape, 6},
		"another source":  {head + cols + "c-d:arrivals:D,2026-01-01,1\n", decode.ErrShape, 6},
		"other measure":   {head + cols + "a-b:boats:D,2026-01-01,1\n", decode.ErrShape, 6},
		"no vintage":      {"# flow: arrival\n# unit: persons\n" + cols + "a-b:arrivals:D,2026-01-01,1\n", decode.ErrPeriod, 4},
		"nul":             {head + cols + "a-b:arrivals:D,2026-01-01,1\x00\n", decode.ErrFormat, 0},
		"value and O":     {head + "series,period_start,value,obs_status\na-b:arrivals:D,2026-01-01,1,O\n", decode.ErrShape, 6},
		"none and A":      {head + "series,period_start,value,obs_status\na-b:arrivals:D,2026-01-01,,A\n", decode.ErrShape, 6},
		"bad series":      {head + cols + "a-b:arrivals,2026-01-01,1\n", decode.ErrShape, 6},
		"open quote":      {head + cols + "\"a-b:arrivals:D,2026-01-01,1\n", decode.ErrShape, 6},
		"bad first seen":  {head + "# first_seen: yesterday\n" + cols + "a-b:arrivals:D,2026-01-01,1\n", decode.ErrPeriod, 7},
		"unknown flow":    {"# flow: departure\n# unit: persons\n# vintage: 2026-01-02\n" + cols + "a-b:arrivals:D,2026-01-01,1\n", decode.ErrShape, 5},
		"unknown kind":    {head + "# kind: level\n" + cols + "a-b:arrivals:D,2026-01-01,1\n", decode.ErrShape, 7},
		"wrong precision": {head + "# precision: month\n" + cols + "a-b:arrivals:D,2026-01-01,1\n", decode.ErrPeriod, 7},
	} {
		t.Run(name, func(t *testing.T) {
			tidy, err := ReadTidy("x.csv", []byte(c.text), base)
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || tidy != nil {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if where.Line != c.line || where.File != "x.csv" {
				t.Errorf("error at %s:%d, want line %d: %v", where.File, where.Line, c.line, err)
			}
		})
	}
}

func FuzzReadTidy(f *testing.F) {
	f.Add([]byte(head + "series,period_start,value\na-b:arrivals:D,2026-01-01,5\n"))
	f.Add([]byte("\ufeffsource,series\r\n\"a\"\"b\",c\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tidy, err := ReadTidy("x.csv", data, base)
		if err != nil {
			if tidy != nil {
				t.Error("got a result and an error")
			}
			return
		}
		var b bytes.Buffer
		if err := Observations(tidy.Observations).CSV(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTidy("y.csv", b.Bytes(), base); err != nil {
			t.Errorf("a file that was read and written again is refused: %v", err)
		}
	})
}
