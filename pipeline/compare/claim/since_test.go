package claim

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// The newest level of a stock is compared with the last one in a span that the sentence names. A span without an end means
// its first day, or its first month if it begins with one. A level that is not known, or lies outside, is not taken.
func TestTheLevelThatASpanNames(t *testing.T) {
	month := func(p stat.Period) stat.Period { return stat.Day(p.End.AddDays(1).MonthEnd()) }
	levels := []stat.Count{stat.Known(100), stat.Known(400), {}, stat.Known(200), stat.Known(160), stat.Known(80)}
	x := madeOf(t, "ukho-asylum:in-hotels:M", stat.Stock, stat.Day(date("2025-01-31")), month, levels...) // to 30 June 2025
	span := func(start, end string, open bool) words.Span {
		s := words.Span{End: date(end), Open: open}
		if start != "" {
			s.Start = date(start)
		}
		return s
	}
	for name, c := range map[string]struct {
		spans []words.Span
		want  string
	}{
		"a month":                             {[]words.Span{span("2025-02-01", "2025-02-28", false)}, "2025-02-28 -80"},
		"its last day":                        {[]words.Span{span("2025-02-28", "2025-02-28", false)}, "2025-02-28 -80"},
		"the day after":                       {[]words.Span{span("2025-03-01", "2025-03-30", false)}, ""},
		"a month that is not known":           {[]words.Span{span("2025-03-01", "2025-03-31", false)}, ""},
		"two months, the second not known":    {[]words.Span{span("2025-02-01", "2025-03-31", false)}, "2025-02-28 -80"},
		"two months":                          {[]words.Span{span("2025-04-01", "2025-05-31", false)}, "2025-05-31 -50"},
		"since a month":                       {[]words.Span{span("2025-04-01", "2025-06-30", true)}, "2025-04-30 -60"},
		"since a day":                         {[]words.Span{span("2025-04-30", "2025-06-30", true)}, "2025-04-30 -60"},
		"since a day between two levels":      {[]words.Span{span("2025-04-15", "2025-06-30", true)}, ""},
		"to a day, from any on":               {[]words.Span{span("", "2025-01-31", false)}, "2025-01-31 -20"},
		"before the series begins":            {[]words.Span{span("2024-12-01", "2024-12-31", false)}, ""},
		"the newest is not compared with it":  {[]words.Span{span("2025-06-01", "2025-06-30", false)}, ""},
		"two spans":                           {[]words.Span{span("2025-01-01", "2025-01-31", false), span("2025-05-01", "2025-05-31", false)}, "2025-01-31 -20, 2025-05-31 -50"},
		"a span that has none, and one after": {[]words.Span{span("2025-03-01", "2025-03-31", false), span("2025-02-01", "2025-02-28", false)}, "2025-02-28 -80"},
	} {
		var got []string
		for _, m := range windows(date("2025-07-10"), x, c.spans, nil) {
			if m.back != sinceThen {
				continue
			}
			percent, _ := m.Percent.Get()
			got = append(got, fmt.Sprint(m.PriorEnd, " ", percent))
			if m.WindowEnd != date("2025-06-30") || m.PriorStart != m.PriorEnd {
				t.Errorf("%s: window %s, prior %s to %s", name, m.WindowEnd, m.PriorStart, m.PriorEnd)
			}
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s: got %q, want %q", name, text, c.want)
		}
	}
}

// The end of the figures is said only of a window that ends near it, a sentence that was said well after it, and a fact other
// than the number that does not hold.
func TestWhereTheEndOfTheFiguresIsSaid(t *testing.T) {
	last := date("2025-06-18")
	fact := func(name string, holds bool) words.Fact { return words.Fact{Fact: name, Holds: holds} }
	ends, small := "; the figures known then end on 2025-06-18", "; but a small number or a change counts only where the sentence says of what and when"
	for name, c := range map[string]struct {
		on, end string
		facts   []words.Fact
		want    string
	}{
		"all hold":                       {"2025-11-20", "2025-06-18", []words.Fact{fact("number", true), fact("window", true)}, small},
		"one fact that holds":            {"2025-11-20", "2025-06-18", []words.Fact{fact("number", true)}, small},
		"the window does not":            {"2025-11-20", "2025-06-18", []words.Fact{fact("number", true), fact("window", false)}, ends},
		"the number does not":            {"2025-11-20", "2025-06-18", []words.Fact{fact("number", false), fact("window", true)}, ""},
		"neither holds":                  {"2025-11-20", "2025-06-18", []words.Fact{fact("number", false), fact("window", false)}, ends},
		"said as long after as may be":   {"2025-06-28", "2025-06-18", []words.Fact{fact("number", true), fact("window", false)}, ""},
		"said a day later":               {"2025-06-29", "2025-06-18", []words.Fact{fact("number", true), fact("window", false)}, ends},
		"a window a slack before":        {"2025-11-20", "2025-06-08", []words.Fact{fact("number", true), fact("window", false)}, ""},
		"a window that ends a day later": {"2025-11-20", "2025-06-09", []words.Fact{fact("number", true), fact("window", false)}, ends},
	} {
		r := &search{Reading: words.Parse("people").Read(date(c.on))}
		if got := r.whyNot(&Match{WindowEnd: date(c.end), slack: 10, Facts: c.facts}, last); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A change belongs to the count next to it if a window or what it is compared with is that count, or lies within a twentieth of
// it. What is not known is no count, not even of nobody.
func TestACountNearItsChange(t *testing.T) {
	const count, under, nobody = "13,300 people have crossed so far this year, up 40%", "under 10,000 people have crossed so far this year, down 40%", "0 people crossed on 3 May, down 100%"
	window := func(value, prior int64) Match { return Match{Value: stat.Known(value), Prior: stat.Known(prior)} }
	for _, c := range []struct {
		name, text string
		m          Match
		want       bool
	}{
		{"the count", count, window(13_300, 9_500), true},
		{"the count before", count, window(18_600, 13_300), true},
		{"a twentieth below", count, window(12_635, 9_000), true},
		{"a twentieth above", count, window(13_965, 9_000), true},
		{"less than a twentieth below", count, window(12_634, 9_000), false},
		{"more than a twentieth above", count, window(13_966, 9_000), false},
		{"nothing to compare", count, Match{Value: stat.Known(13_300)}, true},
		{"what the words allow", under, window(9_000, 15_000), true},
		{"less than the words allow", under, window(8_999, 15_000), false},
		{"nobody", nobody, window(0, 15_000), true},
		{"nobody before", nobody, window(15_000, 0), true},
		{"not known", nobody, Match{}, false},
	} {
		parsed := words.Parse(c.text).Read(date("2025-05-25"))
		if parsed.ChangeOf(1) != 0 {
			t.Fatalf("%q has no change of its count", c.text)
		}
		r := &search{Reading: parsed}
		if got := r.isOfCount(1, &c.m); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
