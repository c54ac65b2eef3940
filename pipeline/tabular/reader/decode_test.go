package reader

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

var release = stat.Release{Source: "table:x", ID: "2026-11-01-00000000", Vintage: stat.MustDate("2026-11-01"), FirstSeen: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}

// base begins the layouts of tests.
const base = `"title": "A table", "flow": "arrival", `

// read reads a text by a layout. Each figure is "series start value", with its status if it is not
// A, and its mark.
func read(layout, text string) (out []string, findings []stat.Finding, err error) {
	l, err := tabular.Parse("layout.json", []byte(layout))
	if err != nil {
		return nil, nil, err
	}
	r, err := Decode(l, nil, "table:x", "table.csv", []byte(text), &release)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range r.Observations {
		if err := o.Validate(); err != nil && !strings.Contains(err.Error(), "below zero") {
			return nil, nil, err
		}
		s := strings.TrimPrefix(string(o.Series.ID), "table:x:") + " " + o.Period.Start.String() + " " + o.Value.String()
		if o.Status != stat.Normal {
			s += " " + string(o.Status)
		}
		if o.Mark != "" {
			s += " " + o.Mark
		}
		out = append(out, s)
	}
	return out, r.Findings, nil
}

// codesOf returns the codes of the findings that are more than notes.
func codesOf(list []stat.Finding) (out []string) {
	for _, f := range list {
		if f.Severity != stat.SeverityNote {
			out = append(out, f.Code+" "+string(f.Severity))
		}
	}
	return out
}

const monthly = `{` + base + `"period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}]`

// TestDecode reads tables of many kinds.
func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, layout, text, want string }{
		{"long by month", monthly + `}`, "Month,People\nJan-2014,\"1,022\"\nFeb-2014,NA\n", "arrivals:M 2014-01-01 1022|arrivals:M 2014-02-01  O NA"},
		{"below titles, other typography, notes", monthly + `}`, "Arrivals by month\n\nSource: us,,\n Month [note 1],PEOPLE*\nJan 2014,0 [r]\nFeb 2014,[c]\n\nNotes\n1. About it\n",
			"arrivals:M 2014-01-01 0 [r]|arrivals:M 2014-02-01  Q [c]"},
		{"semicolons, decimal comma", `{` + base + `"file": {"delimiter": ";", "decimal": ",", "thousands": "."}, "period": {"is": "month", "column": "Mes"}, "values": [{"column": "Personas", "measure": "arrivals", "unit": "persons"}]}`,
			"Mes;Personas\nenero 2025;1.022\nfebrero 2025;3,0\n", "arrivals:M 2025-01-01 1022|arrivals:M 2025-02-01 3"},
		{"windows-1252", `{` + base + `"file": {"encoding": "windows-1252"}, "period": {"is": "year", "column": "A` + "\u00f1" + `o"}, "values": [{"column": "Personas", "measure": "arrivals", "unit": "persons"}]}`,
			"A\xf1o,Personas\n2024,7\n", "arrivals:A 2024-01-01 7"},
		{"utf-16", monthly + `}`, "\xff\xfeM\x00o\x00n\x00t\x00h\x00,\x00P\x00e\x00o\x00p\x00l\x00e\x00\n\x002\x000\x002\x004\x00-\x000\x001\x00,\x005\x00\n\x00", "arrivals:M 2024-01-01 5"},
		{"tabs, days in digits", `{` + base + `"file": {"delimiter": "tab"}, "period": {"is": "day", "column": "Date", "order": "dmy"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`,
			"Date\tN\n15/08/2026\t1\n16/08/2026\t2\n", "arrivals:D 2026-08-15 1|arrivals:D 2026-08-16 2"},
		{"fiscal year and month in columns, rows added up", `{` + base + `"period": {"is": "month", "year": "Fiscal Year", "month": "Month (abbv)", "fiscal_year_starts": 10},
			"values": [{"column": "Encounter Count", "measure": "encounters", "unit": "events"}], "dimensions": [{"name": "origin", "column": "Citizenship", "codelist": "area", "codes": {"OTHER": "x-other"}}],
			"sum_over": ["Demographic"], "only": {"Land Border Region": ["Southwest Land Border"]}}`,
			"Fiscal Year,Month (abbv),Land Border Region,Demographic,Citizenship,Encounter Count\n2026 (FYTD),OCT,Southwest Land Border,FMUA,MEXICO,10\n2026 (FYTD),OCT,Southwest Land Border,UC,MEXICO,5\n" +
				"2026 (FYTD),OCT,Southwest Land Border,UC,OTHER,1\n2025,SEP,Northern Land Border,UC,OTHER,100\n2025,SEP,Southwest Land Border,UC,OTHER,7\n",
			"encounters:M 2025-09-01 7|encounters:M 2025-10-01 16|encounters:M:origin=MEX 2025-10-01 15|encounters:M:origin=x-other 2025-09-01 7|encounters:M:origin=x-other 2025-10-01 1"},
		{"fiscal month in one column", `{` + base + `"period": {"is": "month", "column": "When", "fiscal_year_starts": 10}, "values": [{"column": "N", "measure": "encounters", "unit": "events"}]}`,
			"When,N\nFY2026 OCT,3\n", "encounters:M 2025-10-01 3"},
		{"Eurostat, periods across", `{` + base + `"file": {"delimiter": "tab", "split_first": ","}, "period": {"is": "quarter", "across": true}, "flags": {"in_cells": true},
			"values": [{"measure": "asylum-claims", "unit": "persons"}], "only": {"unit": ["PER"]}, "ignore": ["freq"],
			"dimensions": [{"name": "destination", "column": "geo", "codelist": "area", "apart": ["EU27_2020"], "codes": {"EU27_2020": "EU27"}}]}`,
			"freq,unit,geo\\TIME_PERIOD\t2018Q1 \t2018Q2 \nQ,PER,AT\t123 p\t: c\nQ,PER,EL\t7 \t8 bep\nQ,PER,EU27_2020\t130\t:\nQ,PCH,AT\t1\t2\n",
			"asylum-claims:Q 2018-01-01 130 P|asylum-claims:Q 2018-04-01  O|asylum-claims:Q:destination=AUT 2018-01-01 123 P p|asylum-claims:Q:destination=AUT 2018-04-01  Q : c|" +
				"asylum-claims:Q:destination=EU27 2018-01-01 130|asylum-claims:Q:destination=EU27 2018-04-01  O :|asylum-claims:Q:destination=GRC 2018-01-01 7|asylum-claims:Q:destination=GRC 2018-04-01 8 B bep"},
		{"months across, years down, a total column", `{` + base + `"period": {"is": "month", "across": true, "year": "Year", "total": "Total"}, "values": [{"measure": "arrivals", "unit": "persons"}]}`,
			"Year,Jan,Feb,Total\n2024,1,2,3\n2025,4,5,9\n", "arrivals:M 2024-01-01 1|arrivals:M 2024-02-01 2|arrivals:M 2025-01-01 4|arrivals:M 2025-02-01 5"},
		{"months down with a total of each year", `{` + base + `"period": {"is": "month", "year": "Year", "month": "Month", "total": "Total"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`,
			"Year,Month,N\n2024,January,1\n2024,February,2\n2024,Total,3\n2025,January,4\n2025,Total,4\n", "arrivals:M 2024-01-01 1|arrivals:M 2024-02-01 2|arrivals:M 2025-01-01 4"},
		{"a header of two rows", `{` + base + `"file": {"header_rows": 2}, "period": {"is": "month", "across": true}, "values": [{"measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "destination", "column": "Country", "codelist": "area"}], "series": ["destination"]}`,
			",2024,,2025\nCountry,Jan,Feb,Jan\nSpain,1,2,3\n", "arrivals:M:destination=ESP 2024-01-01 1|arrivals:M:destination=ESP 2024-02-01 2|arrivals:M:destination=ESP 2025-01-01 3"},
		{"columns with codes of their own, checked", `{` + base + `"period": {"is": "month", "column": "Month"}, "values": [
			{"column": "greece_all", "measure": "arrivals", "unit": "persons", "where": {"destination": "GRC"}}, {"column": "greece_sea", "measure": "arrivals", "unit": "persons", "where": {"destination": "GRC", "category": "sea"}},
			{"column": "greece_land", "measure": "arrivals", "unit": "persons", "where": {"destination": "GRC", "category": "land"}}], "checks": [{"total": "greece_all", "parts": ["greece_sea", "greece_land"]}]}`,
			"Month,greece_all,greece_sea,greece_land\n2024-01,3,1,2\n", "arrivals:M:category=land:destination=GRC 2024-01-01 2|arrivals:M:category=sea:destination=GRC 2024-01-01 1|arrivals:M:destination=GRC 2024-01-01 3"},
		{"measures by label, a stated total, flags in a column", `{` + base + `"period": {"is": "year", "column": "TIME"}, "values": [{"column": "Value"}], "measures": {"column": "INDIC", "labels": {"Returned": {"measure": "returned", "unit": "persons"},
			"To a third country": {"measure": "returned-third", "unit": "persons"}}}, "flags": {"column": "Flag", "meaning": {"d": "B"}}, "dimensions": [{"name": "destination", "column": "GEO", "codelist": "area", "total": ["Total"]}]}`,
			"TIME,GEO,INDIC,Value,Flag\n2016,Total,Returned,8,d\n2016,Spain,Returned,5,p\n2016,Italy,Returned,3,\n2016,Spain,To a third country,:,c\n",
			"returned-third:A:destination=ESP 2016-01-01  Q : c|returned:A 2016-01-01 8 B d|returned:A:destination=ESP 2016-01-01 5 P p|returned:A:destination=ITA 2016-01-01 3"},
		{"stocks at the end of quarters", `{"title": "A", "flow": "asylum", "kind": "stock", "period": {"is": "quarter", "column": "Date"}, "values": [{"column": "N", "measure": "in-hotels", "unit": "persons"}]}`,
			"Date,N\nas at 31 March 2025,12\n", "in-hotels:Q 2025-03-31 12"},
		{"years ending in June of a rolling table", `{` + base + `"period": {"is": "year-ending", "column": "Year ending", "ending": 6}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`,
			"Year ending,N\nMar 2025,1\nJun 2025,2\nSep 2025,3\nJun 2026,4\n", "arrivals:A 2024-07-01 2|arrivals:A 2025-07-01 4"},
		{"merged years, thousands of people, a rest", `{` + base + `"times": 1000, "period": {"is": "year", "column": "Year", "fill": true}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "sex", "column": "Sex", "codes": {"Men": "M", "Women": "F"}}]}`,
			"Year,Sex,N\n2024,Men,1.5\n,Women,2\n", "arrivals:A 2024-01-01 3500|arrivals:A:sex=F 2024-01-01 2000|arrivals:A:sex=M 2024-01-01 1500"},
		{"corrections below zero", `{` + base + `"negative": true, "period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}]}`, "Month,People\n2024-01,-3\n2024-02,−4\n",
			"arrivals:M 2024-01-01 -3|arrivals:M 2024-02-01 -4"},
		{"a blank value", monthly + `}`, "Month,People\n2024-01,5\n2024-02,\n", "arrivals:M 2024-01-01 5|arrivals:M 2024-02-01  O"},
		{"no end of the last line", `{` + base + `"file": {"open_end": true}, "period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}]}`, "Month,People\n2024-01,12", "arrivals:M 2024-01-01 12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, findings, err := read(c.layout, c.text)
			if err != nil || strings.Join(got, "|") != c.want {
				t.Errorf("got  %v, %v\nwant %s", strings.Join(got, "|"), err, c.want)
			}
			if bad := codesOf(findings); len(bad) > 0 {
				t.Errorf("%+v", findings)
			}
		})
	}
}

// TestDecodeWaits reads tables that contradict themselves or may hide a total. Each has a finding of
// severity error.
func TestDecodeWaits(t *testing.T) {
	dims := func(extra string) string {
		return `{` + base + `"period": {"is": "year", "column": "Year"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "category", "column": "Port"` + extra + `}]}`
	}
	for _, c := range []struct{ name, layout, text, want string }{
		{"a total that differs", dims(`, "total": ["All ports"]`), "Year,Port,N\n2024,All ports,9\n2024,Dover,5\n2024,Deal,3\n", "total-differs error"},
		{"a total off by a factor", dims(`, "total": ["All ports"]`), "Year,Port,N\n2024,All ports,80\n2024,Dover,5\n2024,Deal,3\n", "total-differs error"},
		{"parts above the total where one is missing", dims(`, "total": ["All ports"]`), "Year,Port,N\n2024,All ports,4\n2024,Dover,5\n2024,Deal,:\n", "total-differs error"},
		{"an undeclared total", dims(``), "Year,Port,N\n2024,Total,8\n2024,Dover,5\n2024,Deal,3\n", "looks-like-a-total error"},
		{"a subtotal", dims(`, "total": ["Total"]`), "Year,Port,N\n2024,Total,8\n2024,Kent total,5\n2024,Deal,3\n", "looks-like-a-total error"},
		{"a total of periods that differs", `{` + base + `"period": {"is": "year", "column": "Year", "total": "Total"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`, "Year,N\n2024,1\n2025,2\nTotal,4\n", "total-differs error"},
		{"a total column that differs", `{` + base + `"period": {"is": "month", "across": true, "year": "Year", "total": "Total"}, "values": [{"measure": "arrivals", "unit": "persons"}]}`, "Year,Jan,Feb,Total\n2024,1,2,3\n2025,1,2,30\n", "total-differs error"},
		{"a total of a year that differs", `{` + base + `"period": {"is": "month", "year": "Year", "month": "Month", "total": "Total"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`,
			"Year,Month,N\n2024,January,1\n2024,February,2\n2024,Total,3\n2025,January,4\n2025,Total,5\n", "total-differs error"},
		{"columns that do not add up", `{` + base + `"period": {"is": "year", "column": "Year"}, "values": [{"column": "All", "measure": "arrivals", "unit": "persons"}, {"column": "Sea", "measure": "arrivals", "unit": "persons", "where": {"category": "sea"}}],
			"checks": [{"total": "All", "parts": ["Sea"]}]}`, "Year,All,Sea\n2024,1,2\n", "total-differs error"},
		{"a new column of numbers", dims(``), "Year,Port,N,Boats\n2024,Dover,5,1\n", "column-not-read warning"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings, err := read(c.layout, c.text)
			if got := codesOf(findings); err != nil || !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %v, %v", findings, err)
			}
		})
	}
}

// TestDecodeRefuses reads files that must not come in. The error says where.
func TestDecodeRefuses(t *testing.T) {
	dims := `{` + base + `"period": {"is": "year", "column": "Year"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "origin", "column": "From", "codelist": "area"}]}`
	semicolons := `{` + base + `"file": {"delimiter": ";"}, "period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}]}`
	for _, c := range []struct {
		name, layout, text string
		is                 error
		says               string
	}{
		{"cut", monthly + `}`, "Month,People\n2024-01,120", decode.ErrFormat, "open_end"},
		{"cut within a row", monthly + `}`, "Month,People\n2024-01\n", decode.ErrShape, "the row ends before"},
		{"a web page", monthly + `}`, "<!doctype html><html><body>Month,People\n</body></html>\n", decode.ErrFormat, "HTML"},
		{"other encoding", monthly + `}`, "Month,People\n2024-01,1\xa0022\n", decode.ErrFormat, "encoding"},
		{"a column renamed", monthly + `}`, "Month,Persons\n2024-01,1\n", decode.ErrHeader, "People"},
		{"two columns of one name", monthly + `}`, "Month,People,people*\n2024-01,1,2\n", decode.ErrHeader, "2 columns are called"},
		{"a year among months", monthly + `}`, "Month,People\n2024-01,1\n2024,1\n", decode.ErrPeriod, `row 3, column "A"`},
		{"a total among months", monthly + `}`, "Month,People\n2024-01,1\nTotal,1\n", decode.ErrPeriod, "total of the period"},
		{"a dash", monthly + `}`, "Month,People\n2024-01,-\n", decode.ErrCount, "missing"},
		{"a fraction", monthly + `}`, "Month,People\n2024-01,1.5\n", decode.ErrCount, "fraction"},
		{"thousands at odd places", monthly + `}`, "Month,People\n2024-01,\"1,02\"\n", decode.ErrCount, "thousands"},
		{"a comma in a file with semicolons", semicolons, "Month;People\n2024-01;1,022\n", decode.ErrCount, "thousands"},
		{"a point in a file with semicolons", semicolons, "Month;People\n2024-01;1.022\n", decode.ErrCount, "fraction"},
		{"below zero", monthly + `}`, "Month,People\n2024-01,-5\n", decode.ErrCount, "negative"},
		{"too large", monthly + `}`, "Month,People\n2024-01,9999999999\n", decode.ErrCount, "more than"},
		{"a row twice", monthly + `}`, "Month,People\n2024-01,5\n2024-01,5\n", decode.ErrShape, "states the same"},
		{"a new breakdown", monthly + `}`, "Month,Sex,People\n2024-01,M,5\n2024-01,F,5\n", decode.ErrShape, "Sex"},
		{"an empty label", dims, "Year,From,N\n2024,,5\n", decode.ErrShape, "empty"},
		{"too many cells", monthly + `}`, "Month,People\n2024-01,1,022\n", decode.ErrShape, "cells"},
		{"overlapping years", `{` + base + `"period": {"is": "year-ending", "column": "Y"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`, "Y,N\nMar 2025,1\nJun 2025,2\n", decode.ErrPeriod, "ending"},
		{"days in an order that is not said", `{` + base + `"period": {"is": "day", "column": "D"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`, "D,N\n01/02/2025,1\n", decode.ErrPeriod, "order"},
		{"one period across twice", `{` + base + `"period": {"is": "year", "across": true}, "values": [{"measure": "arrivals", "unit": "persons"}]}`, "What,2024,2024.0\nx,1,2\n", decode.ErrHeader, "one period"},
		{"empty", monthly + `}`, "", decode.ErrFormat, ""},
		{"no rows", monthly + `}`, "Month,People\n", decode.ErrShape, "no figures"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(c.layout, c.text)
			var place *decode.Error
			if !errors.Is(err, c.is) || !errors.As(err, &place) || place.File != "table.csv" || !strings.Contains(err.Error()+" "+place.Hint, c.says) {
				t.Errorf("got %v, %v, hint %q", got, err, fmt.Sprint(place))
			}
		})
	}
}
