//go:build real

package iommissingmigrants

import (
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func realFile(t testing.TB, name string) sourcetest.File { return sourcetest.RealFile(t, id, name) }

func readReal(t testing.TB, name, day string) source.Result {
	return readFile(t, realFile(t, name), day)
}

// TestRealReleases compares the numbers of rows and some sums with those that pandas computes.
func TestRealReleases(t *testing.T) {
	everyRelease(t, readReal, []holding{
		{of2017, "2017-06-02", 2411, 9, 2014, 40, 3, 0, "rows-rejected count-not-stated missing-column", "A2"},
		{of2020, "", 6339, 0, 2014, 72, 6, 16, "swapped-coordinates", "A2"},
		{of2022, "", 10606, 0, 2014, 100, 8, 25, "blank-date month-contradicts balancing-entry bad-number swapped-coordinates", "Worksheet!B2"},
		{of2024, "", 17474, 0, 2014, 130, 10, 28, "blank-date month-contradicts balancing-entry bad-number swapped-coordinates sum-below-zero", "Worksheet!B2"},
		{of2026, "", 40, 0, 2026, 1, 0, 11, "route-renamed count-not-stated ends-early", "B2"},
		{renewed, "2025-12-11", 5, 0, 2014, 2, 0, 3, "route-renamed ends-early", "B2"},
	})
	years(t, readReal, map[string][][2]int64{
		englishChannel:          {{17, 0}, {33, 0}, {22, 0}, {8, 0}, {10, 1}, {50, 0}, {10, 3}, {40, 5}, {16, 0}, {21, 3}},
		"central-mediterranean": {{641, 2485}, {1562, 1587}, {1347, 3227}, {789, 2064}, {286, 1028}, {279, 983}, {350, 650}, {617, 936}, {499, 918}, {943, 1583}},
		"us-mexico-border":      {{533, 0}, {345, 2}, {405, 9}, {403, 10}, {443, 4}, {504, 21}, {466, 10}, {722, 12}, {675, 14}, {619, 9}},
		"sahara-desert":         {{28, 33}, {638, 0}, {1248, 0}, {1277, 51}, {842, 0}, {907, 6}, {147, 2}, {263, 44}, {206, 14}, {417, 12}},
		stat.Total:              {{1982, 3568}, {4098, 2653}, {4302, 3784}, {3725, 2564}, {3202, 1805}, {3623, 1796}, {2355, 1947}, {3688, 2513}, {4425, 2716}, {5357, 3249}},
	})
	months(t, readReal, map[int]int64{2020: 12, 2021: 1, 2022: 0}, map[string]key{
		"Worksheet!H9007+20 more":  {idOf("dead", stat.Annual, englishChannel), stat.Year(2021)},
		"Worksheet!J9030":          {idOf("dead-and-missing", stat.Monthly, englishChannel), stat.Month(2021, time.January)},
		"Worksheet!I2:I17475":      {idOf("missing", stat.Monthly, englishChannel), stat.Month(2021, time.May)},
		"Worksheet!I13416+14 more": {idOf("missing", stat.Annual, englishChannel), stat.Year(2023)},
	})
	otherReleases(t, readReal, []yearTotal{
		{of2017, 2014, 1709, 3556, stat.Estimated}, {of2017, 2016, 3942, 3933, stat.Estimated},
		{of2020, 2015, 4045, 2539, stat.Provisional}, {of2020, 2019, 2330, 1107, stat.Provisional},
		{of2022, 2014, 1752, 3566, stat.Provisional}, {of2022, 2021, 3368, 2512, stat.Provisional},
	})
}

func TestRealExcludedRows(t *testing.T) {
	rejects(t, readReal, []excludedRow{
		{of2017, stat.ExcludedRow{Line: 461, Column: "#date+reported", Reason: "the row has no date"}},
		{of2017, stat.ExcludedRow{Line: 1215, Column: "#date+reported", Reason: "the row has no date"}},
	})
	findings(t, readReal, []found{
		{of2024, "balancing-entry", "Worksheet!I851", ": 32, this the first"},
		{of2024, "bad-number", "Worksheet!K1515", ": 11, this the first"},
		{of2024, "swapped-coordinates", "Worksheet!U6204", ": 168, "},
		{of2024, "blank-date", "Worksheet!E8530", ": 14, "},
		{of2024, "month-contradicts", "Worksheet!E8528", ": 13, "},
		{of2022, "blank-date", "Worksheet!E7128", ": 15, "},
		{of2022, "month-contradicts", "Worksheet!E2380", ": 14, "},
		{of2017, "count-not-stated", "E3", ": 2237, "},
		{of2026, "count-not-stated", "H10", ": 5, "},
		{of2026, "route-renamed", "S33", "under the route Mainland Europe to the UK: 1, this the first; earlier releases call it English Channel to the UK"},
		{renewed, "route-renamed", "S3", ": 2, "},
		{renewed, "ends-early", "E6", "the last incident is of 2014-03-14, long before the release of 2025-12-11"},
	})
}

func TestRealEvents(t *testing.T) {
	if got := event(t, readReal(t, of2024, ""), "2014.MMP00001")["url"]; got != "http://humaneborders.info/" {
		t.Errorf("address %q", got)
	}
	if got := event(t, readReal(t, of2020, ""), "39206")["locator"]; got != "A6341" {
		t.Errorf("the last row is at %s", got)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{of2020, of2024} {
		f := realFile(b, name)
		b.Run(name[len(name)-4:], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := sourcetest.Decode(&Source, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestRealLimits checks that a file at the limit of rows would still be read. The list grew from
// 2,420 to 17,474 rows in seven years.
func TestRealLimits(t *testing.T) {
	if rows := len(readReal(t, of2024, "").Events.Rows); 10*rows > decode.DefaultLimits.Rows {
		t.Errorf("%d rows are more than a tenth of the limit of %d", rows, decode.DefaultLimits.Rows)
	}
}

// TestRealFileWithoutRoutes reads the file of 2017, which has no column for routes.
func TestRealFileWithoutRoutes(t *testing.T) {
	onlyAllRoutes(t, readReal(t, of2017, "2017-06-02"))
}
