package watch

import (
	"fmt"
	"strings"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// Metrics returns the rows of table sources in the text format of Prometheus, for the text file
// collector of its node exporter. Every state is a series that is 1 or 0, so that an alert can
// refer to one state. findings are those of Status.
func Metrics(tbl *table.Table, findings map[string][]stat.Finding) ([]byte, error) {
	states, err := schemas.CodeList("source-state")
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	sources := row.All[row.Source](tbl)
	family := func(name, help string, lines func(s row.Source)) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
		for _, s := range sources {
			lines(s)
		}
	}
	family("crossings_source_state", "Whether a source is in a state, 1 or 0.", func(s row.Source) {
		for _, state := range states {
			is := 0
			if state.Code == s.State {
				is = 1
			}
			fmt.Fprintf(&out, "crossings_source_state{source=%q,state=%q} %d\n", s.Source, state.Code, is)
		}
	})
	day := func(name, help string, of func(row.Source) stat.Date) {
		family(name, help, func(s row.Source) {
			if day := of(s); !day.IsZero() { // zero if nothing was ingested
				fmt.Fprintf(&out, "%s{source=%q} %d\n", name, s.Source, day.Time().Unix())
			}
		})
	}
	count := func(name, help string, of func(row.Source) int) {
		family(name, help, func(s row.Source) { fmt.Fprintf(&out, "%s{source=%q} %d\n", name, s.Source, of(s)) })
	}
	day("crossings_source_last_release_timestamp_seconds", "Day of a source's newest release, at midnight UTC.",
		func(s row.Source) stat.Date { return s.LastRelease })
	day("crossings_source_coverage_end_timestamp_seconds", "Last day that a source states, at midnight UTC.",
		func(s row.Source) stat.Date { return s.CoverageEnd })
	count("crossings_source_findings", "Findings of a source's newest release and of the last attempt to fetch one.",
		func(s row.Source) int { return s.Findings })
	count("crossings_source_quarantined", "Rows of a source's newest release that could not be used.",
		func(s row.Source) int { return s.Quarantined })
	count("crossings_source_held", "Releases of a source that wait for a person.",
		func(s row.Source) int { return len(pendingIn(findings[s.Source])) })
	count("crossings_source_warnings", "Warnings of a source's newest release.",
		func(s row.Source) int { return warningsIn(findings[s.Source]) })
	return []byte(out.String()), nil
}

func warningsIn(findings []stat.Finding) (n int) {
	for _, f := range findings {
		if f.Severity == stat.SeverityWarning {
			n++
		}
	}
	return n
}
