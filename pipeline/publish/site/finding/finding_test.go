package finding

import (
	"regexp"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

const id = stat.SeriesID("a-b:arrivals:M")

// say returns the finding of a chart of rows. state is that of the source.
func say(c charts.Chart, state string, rows ...row.Row) Finding {
	byName := map[string]*table.Table{}
	var all []*table.Table
	for _, r := range append(rows, row.Source{Source: "a-b", Publisher: "P", Licence: "L", State: state}) {
		t := byName[r.Table()]
		if t == nil {
			t = table.New(r.Table())
			byName[r.Table()], all = t, append(all, t)
		}
		row.Add(t, r)
	}
	s := stat.Series{ID: id, Source: "a-b", Title: "Arrivals", Unit: "persons"}
	c.ID, c.Series = "x", []stat.SeriesID{id}
	if c.Title == "" {
		c.Title = "People arriving in boats, by month"
	}
	return Of(content.NewIndex(content.Site{Series: []stat.Series{s}, Sources: []content.SourceInfo{{ID: "a-b"}}, Tables: all}), c)
}

// newMonth returns May 2026 next to May 2025.
func newMonth(value, prior int64, percent float64, known bool) row.YearOnYear {
	per := stat.Month(2026, 5)
	return row.YearOnYear{Series: id, Basis: "month", PeriodStart: per.Start, PeriodEnd: per.End, Value: stat.Known(value), PriorValue: stat.Known(prior), Change: stat.Known(value - prior),
		ChangePercent: row.Num(percent, known), Status: stat.Normal, Vintage: per.End + 9}
}

func TestFindingsOfComparisons(t *testing.T) {
	with := func(r row.YearOnYear, change func(*row.YearOnYear)) row.YearOnYear { change(&r); return r }
	for name, c := range map[string]struct {
		r           row.YearOnYear
		state, want string
	}{
		"fall":                             {newMonth(2726, 3738, -27.07, true), "current", "27.1 % fewer people arriving in boats in May 2026 than in May 2025"},
		"rise":                             {newMonth(300, 200, 50, true), "current", "50.0 % more people arriving in boats in May 2026 than in May 2025"},
		"the same":                         {newMonth(200, 200, 0, true), "current", "As many people arriving in boats in May 2026 as in May 2025: 200"},
		"too small a change for a decimal": {newMonth(99997, 100000, -0.003, true), "current", "3 fewer people arriving in boats in May 2026 than in May 2025"},
		"low base": {with(newMonth(1000, 29, 0, false), func(r *row.YearOnYear) { r.Note = note.List{{Code: note.LowBase}} }), "current",
			"1,000 people arriving in boats in May 2026, against 29 in May 2025"},
		"huge":           {newMonth(5000, 100, 4900, true), "current", "5,000 people arriving in boats in May 2026, against 100 in May 2025"},
		"not comparable": {newMonth(1000, 500, 0, false), "current", ""},
		"missing":        {with(newMonth(0, 500, 0, false), func(r *row.YearOnYear) { r.Value = stat.Count{} }), "current", ""},
		"no year before": {with(newMonth(10, 0, 0, false), func(r *row.YearOnYear) { r.PriorValue = stat.Count{} }), "current", ""},
		"zero":           {newMonth(0, 500, -100, true), "current", "100.0 % fewer people arriving in boats in May 2026 than in May 2025"},
		"both zero":      {newMonth(0, 0, 0, false), "current", ""},
		"break":          {with(newMonth(300, 200, 50, true), func(r *row.YearOnYear) { r.Status = stat.Break }), "current", ""},
		"immature":       {with(newMonth(300, 200, 50, true), func(r *row.YearOnYear) { r.Note = note.List{{Code: note.Immature, N: 4}} }), "current", ""},
		"at least": {with(newMonth(15, 14, 0, false), func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(12), stat.Known(15) }), "current",
			"At least 15 people arriving in boats in May 2026, against at least 14 in May 2025"},
		"rows lack": {with(newMonth(300, 200, 50, true), func(r *row.YearOnYear) { r.Note = note.List{{Code: note.PriorIncomplete}} }), "current",
			"At least 300 people arriving in boats in May 2026, against at least 200 in May 2025"},
		"one person": {with(newMonth(1, 4, 0, false), func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(0), stat.Known(1) }), "current",
			"At least 1 person arriving in boats in May 2026, against at least 4 in May 2025"},
		"at least none before": {with(newMonth(5, 0, 0, false), func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(4), stat.Known(5) }), "current",
			"At least 5 people arriving in boats in May 2026, against none recorded in May 2025"},
		"at least none": {with(newMonth(0, 5, 0, false), func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(0), stat.Known(3) }), "current", ""},
		"late":          {newMonth(2726, 3738, -27.07, true), "late", "In May 2026, 27.1 % fewer people arriving in boats than in May 2025"},
		"stopped":       {newMonth(200, 200, 0, true), "dead", "In May 2026, as many people arriving in boats as in May 2025: 200"},
		"at last":       {with(newMonth(15, 14, 0, false), func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(12), stat.Known(15) }), "retired", "In May 2026, at least 15 people arriving in boats, against at least 14 in May 2025"},
	} {
		got := say(charts.Chart{Comparison: charts.MonthOnYear}, c.state, c.r)
		if got.Text != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got.Text, c.want)
		}
		if (len(got.Rows) == 1 && got.Rows[0] == row.Ref(c.r)) != (c.want != "") {
			t.Errorf("%s rests on %v", name, got.Rows)
		}
	}
}

func TestFindingsOfEachBasis(t *testing.T) {
	r := newMonth(300, 200, 50, true)
	for comparison, c := range map[charts.Comparison]struct {
		per  stat.Period
		want string
	}{
		charts.QuarterOnYear: {stat.Quarter(2024, 1), "from January to March 2024 than from January to March 2023"},
		charts.YearOnYear:    {stat.Year(2024), "in 2024 than in 2023"},
		charts.Level:         {stat.Day(stat.MustDate("2024-02-29")), "on 29 February 2024 than a year before"},
	} {
		r.Basis, _ = comparison.Basis()
		r.PeriodStart, r.PeriodEnd = c.per.Start, c.per.End
		if got := say(charts.Chart{Comparison: comparison}, "current", r).Text; !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: %q, want %q", comparison, got, c.want)
		}
	}
	leap := newMonth(300, 200, 50, true)
	leap.PeriodStart, leap.PeriodEnd = stat.MustDate("2025-02-01"), stat.MustDate("2025-02-28")
	if got := say(charts.Chart{Comparison: charts.MonthOnYear}, "current", leap).Text; !strings.HasSuffix(got, "in February 2025 than in February 2024") {
		t.Errorf("after a leap year: %q", got)
	}
}

// TestFindingsOfExtremes has ten years. The last is the highest, the lowest or neither.
func TestFindingsOfExtremes(t *testing.T) {
	years := func(last int64, change func(i int, r *row.YearOnYear) bool) (out []row.Row) {
		for i := range 10 {
			r := newMonth(int64(100+i%3), 100, 10, true)
			r.Basis, r.PeriodStart, r.PeriodEnd = "year", stat.Year(2015+i).Start, stat.Year(2015+i).End
			if i == 9 {
				r.Value = stat.Known(last)
			}
			if change == nil || change(i, &r) {
				out = append(out, r)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		rows        []row.Row
		state, want string
	}{
		"highest":    {years(200, nil), "current", "in 2024 than in 2023, the most in any year since 2015"},
		"lowest":     {years(50, nil), "current", "in 2024 than in 2023, the fewest in any year since 2015"},
		"a tie":      {years(102, nil), "current", "in 2024 than in 2023"},
		"in between": {years(101, nil), "current", "in 2024 than in 2023"},
		"stopped":    {years(200, nil), "dead", "people arriving in boats than in 2023"},
		"a gap":      {years(200, func(i int, _ *row.YearOnYear) bool { return i != 4 }), "current", "in 2024 than in 2023"},
		"a break": {years(200, func(i int, r *row.YearOnYear) bool {
			r.Status = map[bool]stat.Status{true: stat.Break, false: stat.Normal}[i == 4]
			return true
		}), "current", "in 2024 than in 2023"},
		"too few years": {years(200, func(i int, _ *row.YearOnYear) bool { return i > 3 }), "current", "in 2024 than in 2023"},
	} {
		if got := say(charts.Chart{Comparison: charts.YearOnYear}, c.state, c.rows...).Text; !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFindingsOfYearsToDate(t *testing.T) {
	day := stat.MustDate
	r := row.YearToDate{Series: id, Year: 2026, Cutoff: day("2026-06-25"), WindowStart: day("2026-01-01"), WindowEnd: day("2026-06-25"), Value: stat.Known(11638),
		PriorValue: stat.Known(18518), ChangePercent: row.Num(-37.153, true), Status: stat.Provisional, Vintage: day("2026-06-26")}
	whole, uneven := r, r
	whole.Cutoff = day("2026-12-31")
	uneven.ChangePercent = row.Number{}
	before := r
	before.Year, before.Value = 2025, stat.Known(1)
	for want, c := range map[string]struct {
		comparison charts.Comparison
		state      string
		rows       []row.Row
	}{
		"37.2 % fewer people arriving in boats by 25 June 2026 than by 25 June 2025":                           {charts.Cumulative, "current", []row.Row{before, r}},
		"By 25 June 2026, 37.2 % fewer people arriving in boats than by 25 June 2025":                          {charts.Cumulative, "late", []row.Row{r}},
		"37.2 % fewer people arriving in boats in 2026 than in 2025":                                           {charts.Cumulative, "current", []row.Row{whole}},
		"37.2 % fewer people arriving in boats in the weeks of 2026 to 25 June than in the same weeks of 2025": {charts.Weekly, "current", []row.Row{r}},
		"": {charts.Weekly, "current", []row.Row{uneven}},
		"In the weeks of 2026 to 25 June, 37.2 % fewer people arriving in boats than in the same weeks of 2025": {charts.Weekly, "moved", []row.Row{r}},
	} {
		if got := say(charts.Chart{Comparison: c.comparison}, c.state, c.rows...).Text; got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
}

func TestFindingsOfDaysAndRates(t *testing.T) {
	day := func(date string, n stat.Count) row.Row {
		return row.Day{Series: id, Date: stat.MustDate(date), Value: n, Status: stat.Normal}
	}
	record := func(date string, rank int) row.Row {
		return row.Record{Series: id, Scope: "day-in-2026", Rank: rank, PeriodStart: stat.MustDate(date), PeriodEnd: stat.MustDate(date), Value: stat.Known(710), Status: stat.Normal}
	}
	last, unknown := day("2026-06-25", stat.Known(3)), day("2026-06-26", stat.Count{})
	daily := charts.Chart{Comparison: charts.Daily}
	for want, rows := range map[string][]row.Row{
		"The busiest day of 2026 to 25 June was 15 June, with 710 people arriving in boats":                  {last, unknown, record("2026-06-15", 1), record("2026-03-01", 2)},
		"The busiest days of 2026 to 25 June were 15 June and 1 May, with 710 people arriving in boats each": {last, record("2026-06-15", 1), record("2026-05-01", 1)},
		"The busiest day of 2026 was 15 June, with 710 people arriving in boats":                             {day("2026-12-31", stat.Known(0)), record("2026-06-15", 1)},
		"": {last, record("2026-06-15", 1), record("2026-05-01", 1), record("2026-04-01", 1)},
	} {
		if got := say(daily, "late", rows...).Text; got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
	rate := func(start string, f float64, notes note.List) row.Row {
		d := stat.MustDate(start)
		return row.Rate{Rate: "r", Numerator: id, Denominator: id, Basis: "month", Unit: "people per boat", PeriodStart: d, PeriodEnd: d.MonthEnd(), Value: row.Num(f, true), Note: notes, Method: "none", Status: stat.Normal, Vintage: d}
	}
	ratio := charts.Chart{Comparison: charts.Ratio, Rate: "r"}
	for want, c := range map[string]struct {
		state string
		rows  []row.Row
	}{
		"66.0 people per boat in May 2026, up from 58.9 in May 2025":   {"current", []row.Row{rate("2025-05-01", 58.94, nil), rate("2026-05-01", 66, nil)}},
		"58.9 people per boat in May 2026, down from 66.0 in May 2025": {"current", []row.Row{rate("2025-05-01", 66, nil), rate("2026-05-01", 58.94, nil)}},
		"66.0 people per boat in May 2026, the same as in May 2025":    {"current", []row.Row{rate("2025-05-01", 66.01, nil), rate("2026-05-01", 66, nil)}},
		"In May 2026, 66.0 people per boat, up from 58.9 in May 2025":  {"dead", []row.Row{rate("2025-05-01", 58.94, nil), rate("2026-05-01", 66, nil)}},
		"": {"current", []row.Row{rate("2025-05-01", 58.94, note.List{{Code: note.LowBase}}), rate("2026-05-01", 66, nil)}},
	} {
		if got := say(ratio, c.state, c.rows...).Text; got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
}

func TestFindingsOfParts(t *testing.T) {
	part := func(code, label string, value, rank int64, share float64) row.Row {
		r := row.Breakdown{Series: id, Code: code, Label: label, Basis: "year-ending", PeriodStart: stat.MustDate("2022-10-01"), PeriodEnd: stat.MustDate("2023-09-30"), Value: stat.Known(value),
			SharePercent: row.Num(share, share > 0), Status: stat.Normal, Vintage: stat.MustDate("2023-11-23")}
		if rank > 0 {
			r.Rank = stat.Known(rank)
		}
		return r
	}
	total := part("_T", "total", 1000, 0, 100)
	a, b, tied := part("AFG", "Afghanistan", 240, 1, 24), part("IRN", "Iran", 100, 2, 10), part("IRN", "Iran", 240, 1, 24)
	for name, c := range map[string]struct {
		dimension, state, want string
		rows                   []row.Row
	}{
		"nationality":      {"origin", "current", "Nationals of Afghanistan were the largest group in the year to September 2023, with 24.0 %", []row.Row{total, a, b}},
		"stopped":          {"origin", "dead", "In the year to September 2023, nationals of Afghanistan were the largest group, with 24.0 %", []row.Row{total, a, b}},
		"a tie":            {"origin", "current", "Nationals of Afghanistan and Iran were the largest groups in the year to September 2023, with 24.0 % each", []row.Row{total, a, tied}},
		"three are equal":  {"origin", "current", "", []row.Row{total, a, tied, part("X1", "X", 240, 1, 24)}},
		"destination":      {"destination", "current", "Afghanistan was the most common destination in the year to September 2023, with 24.0 %", []row.Row{total, a}},
		"two destinations": {"destination", "current", "Afghanistan and Iran were the most common destinations in the year to September 2023, with 24.0 % each", []row.Row{total, a, tied}},
		"age":              {"age", "current", "People aged 25 to 39 were the largest age group in the year to September 2023, with 40.0 %", []row.Row{total, part("Y25T39", "25 to 39", 400, 1, 40)}},
		"young":            {"age", "current", "People under 18 were the largest age group in the year to September 2023, with 40.0 %", []row.Row{total, part("Y_LT18", "under 18", 400, 1, 40)}},
		"sex":              {"sex", "current", "86.0 % were male in the year to September 2023", []row.Row{total, part("M", "male", 860, 1, 86)}},
		"sexes":            {"sex", "late", "In the year to September 2023, the largest groups were female and male, with 50.0 % each", []row.Row{total, part("F", "female", 500, 1, 50), part("M", "male", 500, 1, 50)}},
		"much not stated":  {"origin", "current", "", []row.Row{total, a, part("_U", "not stated", 300, 0, 30)}},
		"no share":         {"origin", "current", "", []row.Row{total, part("AFG", "Afghanistan", 240, 1, 0)}},
		"no rank":          {"origin", "current", "", []row.Row{total, part("AFG", "Afghanistan", 240, 0, 24)}},
		"no total":         {"origin", "current", "", []row.Row{a, b}},
	} {
		for i, r := range c.rows {
			x := r.(row.Breakdown)
			x.Dimension = c.dimension
			c.rows[i] = x
		}
		if got := say(charts.Chart{Comparison: charts.Ranking, Dimension: c.dimension}, c.state, c.rows...).Text; got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestNouns(t *testing.T) {
	for title, want := range map[string]string{
		"People arriving in small boats, by month": "people arriving in small boats", "UK arrivals, by year": "UK arrivals", "Deaths, at least, by year": "deaths", "Deaths in the Channel, at least, at sea, by year": "deaths in the Channel, at sea",
		"People detected, by quarter, official statistics": "people detected", "": "", "A": "a",
	} {
		if got := Noun(title); title != "" && got != want {
			t.Errorf("%q counts %q, want %q", title, got, want)
		}
	}
}

// TestFindingsOfTheSite checks that every finding has a date, that a source behind is spoken of with the
// date first, and that each rests on rows that are published.
func TestFindingsOfTheSite(t *testing.T) {
	s := sitetest.Real(t)
	index := content.NewIndex(s)
	said := 0
	for _, c := range s.Charts {
		f := Of(index, c)
		if f.Text == "" {
			continue
		}
		said++
		if !regexp.MustCompile(`\b20\d\d\b`).MatchString(f.Text) || len(f.Rows) == 0 || strings.Contains(f.Text, "so far") || strings.Contains(f.Text, " now") {
			t.Errorf("%s: %q of %v", c.ID, f.Text, f.Rows)
		}
		if index.Behind(c.Series...) != "" && !regexp.MustCompile(`^(In|By|On|From) .*, |^The busiest`).MatchString(f.Text) {
			t.Errorf("%s: the date does not come first: %q", c.ID, f.Text)
		}
	}
	if said < 10 {
		t.Errorf("only %d charts have a finding", said)
	}
}

// TestASettingIsAPartOfWhatIsCounted has titles with a comma: what follows it stays in the finding, and the
// comma is closed.
func TestASettingIsAPartOfWhatIsCounted(t *testing.T) {
	for _, tt := range []struct {
		title, state string
		r            row.YearOnYear
		want         string
	}{
		{"People waiting, more than 6 months", "current", newMonth(2726, 3738, -27.07, true), "27.1 % fewer people waiting, more than 6 months, in May 2026 than in May 2025"},
		{"People waiting, more than 6 months", "late", newMonth(2726, 3738, -27.07, true), "In May 2026, 27.1 % fewer people waiting, more than 6 months, than in May 2025"},
		{"Deaths in the Channel, at least, at sea, by year", "dead", newMonth(5000, 100, 4900, true), "In May 2026, 5,000 deaths in the Channel, at sea, against 100 in May 2025"},
		{"Deaths in the Channel, at least, at sea, by year", "current", newMonth(5000, 100, 4900, true), "5,000 deaths in the Channel, at sea, in May 2026, against 100 in May 2025"},
	} {
		if got := say(charts.Chart{Title: tt.title, Comparison: charts.MonthOnYear}, tt.state, tt.r); got.Text != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.title, got.Text, tt.want)
		}
	}
}
