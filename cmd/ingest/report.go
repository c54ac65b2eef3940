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

// report writes what became of each file. One that waits, or failed, makes the status 1.
func report(app *cli.App, outcomes []review.Outcome) error {
	for _, o := range outcomes {
		app.Note(logged(o))
		say(app, o)
	}
	if outcomes == nil {
		outcomes = []review.Outcome{}
	}
	if err := app.Encode(outcomes); err != nil {
		return err
	}
	return cli.Silent(slices.ContainsFunc(outcomes, func(o review.Outcome) bool { return o.Failed() || o.State == review.Held }))
}

// say writes what became of one file.
func say(app *cli.App, o review.Outcome) {
	switch {
	case o.Failed():
		app.Fail(o.Source, o.Err)
	case o.State == review.Added:
		app.Printf("%s: added release %s, %s%d observations%s\n", o.Source, o.Release, counted(o.Records), o.Rows, quarantined(o.Rejects))
	case o.State == review.Mended:
		app.Printf("%s: read release %s again, %s%d observations%s\n", o.Source, o.Release, counted(o.Records), o.Rows, quarantined(o.Rejects))
	case o.State == review.Rebuilt:
		app.Printf("%s: rebuilt %s from data/raw, %s%d observations%s; it was damaged: %s\n", o.Source, cmp.Or(o.Release, "the sums of records"), counted(o.Records), o.Rows, quarantined(o.Rejects), o.Reason)
	case o.State == review.Held:
		app.Printf("%s: release %s waits: %s; see: ingest review\n", o.Source, o.Release, reasons(o))
		return // ingest review has its findings
	case o.State == review.Rejected:
		app.Printf("%s: release %s was rejected: %s\n", o.Source, o.Release, o.Reason)
	case o.State == review.Withdrawn, o.State == review.Redated:
		app.Printf("%s", takenBack(o))
	case o.State == review.Known:
		app.Printf("%s: %s is known as release %s\n", o.Source, o.File, o.Release)
	default:
		app.Printf("%s: nothing newer than release %s\n", o.Source, o.Release)
	}
	shown(app, o.Findings)
}

// shownFindings is how many findings of a file a terminal shows.
const shownFindings = 50

// shown writes findings, those that weigh most first.
func shown(app *cli.App, findings []stat.Finding) {
	order := map[stat.Severity]int{stat.SeverityError: 0, stat.SeverityWarning: 1, stat.SeverityNote: 2}
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b stat.Finding) int { return order[a.Severity] - order[b.Severity] })
	for i, f := range findings {
		if i == shownFindings {
			app.Printf("  and %d more; --json has all\n", len(findings)-shownFindings)
			return
		}
		app.Printf("  %s\n", finding(f))
	}
}

// loggedFindings is how many findings of a file the run log has in words.
const loggedFindings = 20

// logged returns what the run log says of an outcome.
func logged(o review.Outcome) runlog.Row {
	r := runlog.Row{Source: o.Source, File: o.File, Release: o.Release, Outcome: o.State, Observations: o.Rows, Rejects: o.Rejects, Findings: len(o.Findings),
		Message: cmp.Or(o.Error, o.Moved, o.Reason), Took: o.Took}
	if o.State == review.Held {
		r.Message = reasons(o)
	}
	var found []string
	for i, f := range o.Findings {
		if i == loggedFindings {
			found = append(found, fmt.Sprintf("and %d more", len(o.Findings)-i))
			break
		}
		found = append(found, strings.TrimPrefix(finding(f), "finding "))
	}
	r.Found = strings.Join(found, "\n")
	return r
}

// counted says how many records there are, or nothing.
func counted(records int64) string {
	if records == 0 {
		return ""
	}
	return fmt.Sprintf("%d records, ", records)
}

// quarantined says how many rows of a release were not used, or nothing.
func quarantined(rows int) string {
	if rows == 0 {
		return ""
	}
	return fmt.Sprintf(", %d rows in quarantine", rows)
}

// finding says a finding and its place, if it has one.
func finding(f stat.Finding) string {
	text := "finding " + f.Code
	if f.Severity != stat.SeverityNote {
		text += fmt.Sprintf(" (%s)", f.Severity)
	}
	if f.Where != "" {
		text += " at " + f.Where
	}
	return text + ": " + f.Message
}
