package iommissingmigrants

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the layout of 2024 that are changed here.
const (
	deadColumn    = "Number of Dead"
	missingColumn = "Minimum Estimated Number of Missing"
	totalColumn   = "Total Number of Dead and Missing"
	routeColumn   = "Migration Route"
	dateColumn    = "Incident Date"
)

// incidentOf returns the changes that make a row of a day, with dead, missing and both.
func incidentOf(date, route, dead, missing, total string) values {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return values{dateColumn: date, "Incident Year": t.Format("2006"), "Month": t.Format("January"), routeColumn: route,
		deadColumn: dead, missingColumn: missing, totalColumn: total}
}

const (
	med        = "Central Mediterranean"
	theChannel = "English Channel to the UK"
)

// read2021 reads rows, as a workbook or as a CSV, with a first and a last one such that the months
// from December 2020 to March 2021, and the year 2021, are complete.
func read2021(t *testing.T, book bool, changes ...values) source.Result {
	t.Helper()
	changes = append([]values{incidentOf("2020-12-01", med, "1", "0", "1")}, changes...)
	changes = append(changes, incidentOf("2022-01-05", med, "0", "1", "1"))
	f := source.File{Name: "a.csv", Release: released("2022-02-01")}
	if book {
		f.Name, f.Data = "a.xlsx", workbook(t, grid(t, "2024", changes...), "Worksheet")
	} else {
		f.Data = text(t, grid(t, "2024", changes...))
	}
	r, err := Source.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := check.Release(r.Observations, Source.Rules); err != nil {
		t.Fatal(err)
	}
	return r
}

// figureOf writes an observation: "116 [116, 152] P".
func figureOf(r source.Result, measure, route string, p stat.Period) string {
	f := stat.Monthly
	if p.Precision == stat.PrecisionYear {
		f = stat.Annual
	}
	o, there := byKey(r.Observations)[key{idOf(measure, f, route), p}]
	if !there {
		return "none"
	}
	out := o.Value.String()
	if o.Lower.IsKnown() {
		out += " [" + o.Lower.String() + ", " + o.Upper.String() + "]"
	}
	out += " " + string(o.Status)
	if o.Incomplete() {
		out += " incomplete"
	}
	return out
}

// TestBalancingEntries moves people from missing to dead: within a month, and from another month,
// where the sum of the missing falls below zero.
func TestBalancingEntries(t *testing.T) {
	for _, book := range []bool{false, true} {
		r := read2021(t, book,
			incidentOf("2021-01-03", med, "0", "40", "40"),
			incidentOf("2021-01-20", med, "34", "-33", "1"),
			incidentOf("2021-02-02", med, "12", "-5", "7"),
			incidentOf("2021-03-02", med, "0", "-2", "-2"))
		if len(r.Excluded) != 0 {
			t.Errorf("rejects %+v", r.Excluded)
		}
		for _, c := range []struct {
			measure string
			p       stat.Period
			want    string
		}{
			{"dead", stat.Month(2021, 1), "34 P"},
			{"missing", stat.Month(2021, 1), "7 P"},
			{"dead-and-missing", stat.Month(2021, 1), "41 [34, 41] P"},
			{"missing", stat.Month(2021, 2), "-5 P"},
			{"dead-and-missing", stat.Month(2021, 2), "7 [7, 12] P"},
			{"dead-and-missing", stat.Month(2021, 3), "-2 [-2, 0] P"},
			{"missing", stat.Year(2021), "0 P"},
			{"dead-and-missing", stat.Year(2021), "46 [46, 46] P"},
		} {
			if got := figureOf(r, c.measure, "central-mediterranean", c.p); got != c.want {
				t.Errorf("%s of %s: %s, want %s", c.measure, c.p.Start, got, c.want)
			}
		}
		var codes []string
		for _, f := range r.Findings {
			codes = append(codes, f.Code)
		}
		if got := strings.Join(codes, " "); got != "balancing-entry sum-below-zero" {
			t.Errorf("findings %s", got)
		}
		if e := event(t, r, "3"); e["missing"] != "-33" || e["lower"] != "1" || e["upper"] != "34" {
			t.Errorf("the incident is %v", e)
		}
	}
}

// TestBadNumbersBesides has faults in numbers that are in no sum. They lose the number, not the
// row.
func TestBadNumbersBesides(t *testing.T) {
	for _, column := range []string{"Number of Survivors", "Number of Females", "Number of Males", "Number of Children"} {
		for _, v := range []string{"-1", "1.5", "two", "20000000", "9223372036854775808"} {
			change := incidentOf("2021-01-03", med, "5", "6", "11")
			change[column] = v
			r := read2021(t, false, change)
			if len(r.Excluded) != 0 || figureOf(r, "dead-and-missing", "central-mediterranean", stat.Month(2021, 1)) != "11 [5, 11] P" {
				t.Errorf("%s %s: rejects %+v", column, v, r.Excluded)
			}
			if len(r.Findings) != 1 || r.Findings[0].Code != "bad-number" {
				t.Errorf("%s %s: findings %+v", column, v, r.Findings)
			}
		}
	}
}

// TestIncompleteSums excludes a row and checks the sums that it belongs to, and those that it does
// not.
func TestIncompleteSums(t *testing.T) {
	changed := func(column, v string) values {
		x := incidentOf("2021-02-02", med, "5", "6", "11")
		x[column] = v
		return x
	}
	for _, c := range []struct {
		name           string
		bad            values
		month, year    bool // whether the sums of February and of 2021 are incomplete
		other          bool // whether those of January are
		channelsFigure string
	}{
		{"dead below zero", changed(deadColumn, "-5"), true, true, false, "3 P"},
		{"a fraction", changed(missingColumn, "6.5"), true, true, false, "3 P"},
		{"a fraction below zero", changed(missingColumn, "-6.5"), true, true, false, "3 P"},
		{"minus and no number", changed(missingColumn, "- 6"), true, true, false, "3 P"},
		{"twice minus", changed(missingColumn, "--6"), true, true, false, "3 P"},
		{"another total", changed(totalColumn, "12"), true, true, false, "3 P"},
		{"a day that is none", changed(dateColumn, "2021-02-30"), true, true, false, "3 P"},
		{"a month that is none", changed("Month", "Febrile"), true, true, false, "3 P"},
		{"no date", values{dateColumn: "", "Incident Year": "", "Month": "", routeColumn: med}, true, true, true, "3 P"},
		{"no identifier", changed("Incident ID", ""), true, true, false, "3 P"},
		{"the same row again", values{"Incident ID": "2", dateColumn: "2021-01-03", "Incident Year": "2021", "Month": "January", routeColumn: med, deadColumn: "1", missingColumn: "0", totalColumn: "1"}, false, false, false, "3 P"},
	} {
		r := read2021(t, false,
			incidentOf("2021-01-03", med, "1", "0", "1"), incidentOf("2021-02-01", med, "2", "0", "2"), incidentOf("2021-02-04", theChannel, "3", "0", "3"), c.bad)
		if len(r.Excluded) != 1 {
			t.Errorf("%s: rejects %+v", c.name, r.Excluded)
			continue
		}
		for _, x := range []struct {
			route, want string
			p           stat.Period
			lacks       bool
		}{
			{"central-mediterranean", "2", stat.Month(2021, 2), c.month}, {stat.Total, "5", stat.Month(2021, 2), c.month},
			{"central-mediterranean", "3", stat.Year(2021), c.year}, {stat.Total, "6", stat.Year(2021), c.year},
			{"central-mediterranean", "1", stat.Month(2021, 1), c.other}, {"central-mediterranean", "0", stat.Month(2021, 3), c.other},
		} {
			want := x.want + " P"
			if x.lacks {
				want = x.want + " E incomplete"
			}
			if got := figureOf(r, "dead", x.route, x.p); got != want {
				t.Errorf("%s: dead on %s in %s: %s, want %s", c.name, x.route, x.p.Start, got, want)
			}
		}
		if got := figureOf(r, "dead", englishChannel, stat.Month(2021, 2)); got != c.channelsFigure {
			t.Errorf("%s: dead in the Channel: %s", c.name, got)
		}
	}
}
