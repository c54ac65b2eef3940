package watch

import (
	"fmt"
	"strings"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// Metrics returns the rows of table sources in the text format of Prometheus, for its
// node exporter's folder of text files. Every state is a series of its own that is 1 or
// 0, so that an alert can be written on one of them. findings are those of Status.
func Metrics(tbl *table.Table, findings map[string][]stat.Finding) ([]byte, error) {
	states, err := schemas.CodeList("source-state")
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	family := func(name, help string, lines func(col func(string) string)) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
		for i := range tbl.Rows {
			lines(func(c string) string { return tbl.Column(c)[i].String() })
		}
	}
	family("crossings_source_state", "Whether a source is in a state, 1 or 0.", func(col func(string) string) {
		for _, s := range states {
			is := 0
			if s.Code == col("state") {
				is = 1
			}
			fmt.Fprintf(&out, "crossings_source_state{source=%q,state=%q} %d\n", col("source"), s.Code, is)
		}
	})
	for _, x := range []struct{ name, help, column string }{
		{"crossings_source_last_release_timestamp_seconds", "Day of a source's newest release, at midnight UTC.", "last_release"},
		{"crossings_source_coverage_end_timestamp_seconds", "Last day that a source states, at midnight UTC.", "coverage_end"},
	} {
		family(x.name, x.help, func(col func(string) string) {
			if day, err := stat.ParseDate(col(x.column)); err == nil { // empty where nothing was ingested
				fmt.Fprintf(&out, "%s{source=%q} %d\n", x.name, col("source"), day.Time().Unix())
			}
		})
	}
	for _, x := range []struct{ name, help, column string }{
		{"crossings_source_findings", "Findings of a source's newest release and of the last attempt to fetch one.", "findings"},
		{"crossings_source_quarantined", "Rows of a source's newest release that could not be used.", "quarantined"},
	} {
		family(x.name, x.help, func(col func(string) string) {
			fmt.Fprintf(&out, "%s{source=%q} %s\n", x.name, col("source"), col(x.column))
		})
	}
	family("crossings_source_held", "Releases of a source that wait for a person.", func(col func(string) string) {
		fmt.Fprintf(&out, "crossings_source_held{source=%q} %d\n", col("source"), len(heldIn(findings[col("source")])))
	})
	family("crossings_source_warnings", "Warnings of a source's newest release.", func(col func(string) string) {
		n := 0
		for _, f := range findings[col("source")] {
			if f.Severity == stat.SeverityWarning {
				n++
			}
		}
		fmt.Fprintf(&out, "crossings_source_warnings{source=%q} %d\n", col("source"), n)
	})
	return []byte(out.String()), nil
}
