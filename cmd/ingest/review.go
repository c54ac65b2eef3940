package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"crossings/pipeline"
	"crossings/pipeline/cli"
	"crossings/pipeline/stat"
)

// shownMoves is how many values a terminal shows of a release that waits.
const shownMoves = 10

// reviewFlag gives a command the flag --review.
func reviewFlag(c *cobra.Command, review *bool) {
	c.Flags().BoolVar(review, "review", false, "let a release that moves figures beyond its source's limits wait for: ingest accept, ingest reject")
}

// values counts values in words.
func values(n int) string {
	if n == 1 {
		return "1 value beyond the limits"
	}
	return fmt.Sprintf("%d values beyond the limits", n)
}

func reviewCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "review",
		Short: "List the releases that wait, with the values that they move, and those that were rejected",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return decide(app, func(in *pipeline.Ingest) ([]pipeline.Outcome, error) {
				out, err := in.Review()
				if err == nil && len(out) == 0 {
					app.Printf("nothing waits\n")
				}
				return out, err
			})
		},
	}
}

func acceptCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:     "accept SOURCE [RELEASE]",
		Short:   "Take a release that waits, as if it had never waited; by its name, also one that was rejected",
		Example: "  ingest review\n  publish diff --review\n  ingest accept ukho-small-boats 2026-06-26-e0965c40",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return decide(app, func(in *pipeline.Ingest) ([]pipeline.Outcome, error) {
				return one(in.Accept(args[0], second(args)))
			})
		},
	}
}

func rejectCommand(app *cli.App) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:     "reject SOURCE [RELEASE]",
		Short:   "Note that a release that waits is not to be taken, and why; the publisher's next is looked at anew",
		Example: "  ingest reject ukho-small-boats --reason \"arrivals of May stand twice; the publisher was told\"",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return decide(app, func(in *pipeline.Ingest) ([]pipeline.Outcome, error) {
				return one(in.Reject(args[0], second(args), reason))
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, for whoever looks at it later")
	return c
}

// decide reports what became of the files that do looked at.
func decide(app *cli.App, do func(*pipeline.Ingest) ([]pipeline.Outcome, error)) error {
	in, err := pipeline.OpenIngest(app.Config())
	if err != nil {
		return err
	}
	defer in.Close()
	outcomes, err := do(in)
	if err != nil {
		return err
	}
	return report(app, outcomes)
}

func one(o pipeline.Outcome, err error) ([]pipeline.Outcome, error) {
	return []pipeline.Outcome{o}, err
}

// second returns the second argument, or "".
func second(args []string) string {
	if len(args) < 2 {
		return ""
	}
	return args[1]
}

// withHeld adds to the rows of the status which releases of each source wait.
func withHeld(records []map[string]any, findings map[string][]stat.Finding) []map[string]any {
	for _, r := range records {
		held := []string{}
		for _, f := range findings[fmt.Sprint(r["source"])] {
			if f.Code == pipeline.Held {
				held = append(held, f.Where)
			}
		}
		r["held"] = held
	}
	return records
}
