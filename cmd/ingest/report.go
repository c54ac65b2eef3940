package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch/runlog"
)

// report writes the outcome of each file. If one failed or is pending, the exit status is 1.
func report(app *cli.App, outcomes []review.Outcome) error {
	for _, o := range outcomes {
		app.LogRows(logRow(o))
		printOutcome(app, o)
	}
	if outcomes == nil {
		outcomes = []review.Outcome{}
	}
	if err := app.Encode(outcomes); err != nil {
		return err
	}
	return cli.SilentFailure(slices.ContainsFunc(outcomes, func(o review.Outcome) bool { return o.Failed() || o.State == review.Pending }))
}

// printOutcome writes the outcome of one file.
func printOutcome(app *cli.App, o review.Outcome) {
	switch {
	case o.Failed():
		app.ReportError(o.Source, o.Err)
	case o.State == review.Added && strings.HasPrefix(o.Release, "layout-"):
		app.Printf("%s: kept the layout as %s\n", o.Source, o.Release)
	case o.State == review.Added:
		app.Printf("%s: added release %s, %s%d observations%s\n", o.Source, o.Release, recordCount(o.Records), o.Rows, quarantineCount(o.Excluded))
	case o.State == review.Reread:
		app.Printf("%s: read release %s again, %s%d observations%s\n", o.Source, o.Release, recordCount(o.Records), o.Rows, quarantineCount(o.Excluded))
	case o.State == review.Rebuilt:
		app.Printf("%s: rebuilt %s from data/raw, %s%d observations%s; it was damaged: %s\n", o.Source, cmp.Or(o.Release, "the sums of records"), recordCount(o.Records), o.Rows, quarantineCount(o.Excluded), o.Reason)
	case o.State == review.Pending:
		app.Printf("%s: release %s is pending: %s; see: ingest review\n", o.Source, o.Release, pendingReasons(o))
		if o.Dated != "" {
			app.Printf("  %s\n", o.Dated)
		}
		return // ingest review lists the findings
	case o.State == review.Rejected:
		app.Printf("%s: release %s was rejected: %s\n", o.Source, o.Release, o.Reason)
	case o.State == review.Withdrawn, o.State == review.Redated:
		app.Printf("%s", takenBackText(o))
	case o.State == review.Left:
		app.Printf("%s: left for the next run, because the time of this one was over\n", o.Source)
	case o.State == review.Known:
		app.Printf("%s: %s is known as release %s\n", o.Source, o.File, o.Release)
	default:
		app.Printf("%s: nothing newer than release %s\n", o.Source, o.Release)
	}
	if o.Dated != "" {
		app.Printf("  %s\n", o.Dated)
	}
	printPlaces(app, o)
	printFindings(app, o.Findings)
}

// printPlaces writes which place served, and why others did not.
func printPlaces(app *cli.App, o review.Outcome) {
	for _, p := range o.Passed {
		app.Printf("  passed over %s\n", p)
	}
	if o.Place != "" {
		app.Printf("  from %s\n", o.Place)
	}
}

// maxShownFindings limits the findings of a file that are printed.
const maxShownFindings = 50

// printFindings writes findings, the most severe first.
func printFindings(app *cli.App, findings []stat.Finding) {
	order := map[stat.Severity]int{stat.SeverityError: 0, stat.SeverityWarning: 1, stat.SeverityNote: 2}
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b stat.Finding) int { return order[a.Severity] - order[b.Severity] })
	for i, f := range findings {
		if i == maxShownFindings {
			app.Printf("  and %d more; --json lists all\n", len(findings)-maxShownFindings)
			return
		}
		app.Printf("  %s\n", findingText(f))
	}
}

// maxLoggedFindings limits the findings of a file that the run log spells out.
const maxLoggedFindings = 20

// logRow returns the row of the run log about an outcome.
func logRow(o review.Outcome) runlog.Row {
	r := runlog.Row{Source: o.Source, File: o.File, Release: o.Release, Outcome: o.State, Observations: o.Rows, Rejects: o.Excluded, Findings: len(o.Findings),
		Message: cmp.Or(o.Error, o.Moved, o.Reason), Took: o.Took}
	if o.State == review.Pending {
		r.Message = pendingReasons(o)
	}
	found := slices.Clone(o.Passed)
	for i, f := range o.Findings {
		if i == maxLoggedFindings {
			found = append(found, fmt.Sprintf("and %d more", len(o.Findings)-i))
			break
		}
		found = append(found, strings.TrimPrefix(findingText(f), "finding "))
	}
	r.Found = strings.Join(found, "\n")
	return r
}

// recordCount returns "N records, ", or "" if there are none.
func recordCount(records int64) string {
	if records == 0 {
		return ""
	}
	return fmt.Sprintf("%d records, ", records)
}

// quarantineCount returns ", N rows in quarantine", or "" if there are none.
func quarantineCount(rows int) string {
	if rows == 0 {
		return ""
	}
	return fmt.Sprintf(", %d rows in quarantine", rows)
}

// findingText returns a finding on one line, with its place if it has one.
func findingText(f stat.Finding) string {
	text := "finding " + f.Code
	if f.Severity != stat.SeverityNote {
		text += fmt.Sprintf(" (%s)", f.Severity)
	}
	if f.Where != "" {
		text += " at " + f.Where
	}
	return text + ": " + f.Message
}
