package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/ingest"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// gateFlag adds the flag --gate to a command.
func gateFlag(c *cobra.Command, gate *check.Gate) {
	c.Flags().Var((*gateValue)(gate), "gate", "which releases wait for ingest accept or reject: default, those that contradict themselves or earlier releases; strict, also those with a warning; off, none")
}

// gateValue makes a gate the value of a flag.
type gateValue check.Gate

// String returns the gate's name.
func (g *gateValue) String() string { return check.Gate(*g).String() }

// Set sets the gate by its name.
func (g *gateValue) Set(name string) error {
	gate, err := check.ParseGate(name)
	*g = gateValue(gate)
	return err
}

// Type returns the placeholder of the value in the help.
func (g *gateValue) Type() string { return "GATE" }

// pendingReasons returns in a few words why a release is pending.
func pendingReasons(o review.Outcome) string {
	var out []string
	for _, g := range o.Grounds() {
		out = append(out, g.String())
	}
	return cmp.Or(strings.Join(out, ", "), "nobody has decided on it yet")
}

func reviewCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "review",
		Short: "Explain the pending releases and list the rejected ones",
		Args:  cobra.NoArgs,
		RunE: func(_ *cobra.Command, _ []string) error {
			in, err := ingest.Open(options(app))
			if err != nil {
				return err
			}
			defer in.Close()
			out, err := in.Review()
			if err != nil {
				return err
			}
			return printReview(app, out)
		},
	}
}

// printReview explains the pending releases. It succeeds even if there are some.
func printReview(app *cli.App, list []review.Outcome) error {
	if len(list) == 0 {
		app.Printf("nothing is pending\n")
	}
	for _, o := range list {
		app.LogRows(logRow(o))
		if o.State != review.Pending {
			printOutcome(app, o)
			continue
		}
		for _, line := range o.Explain() {
			app.Printf("%s\n", line)
		}
	}
	if err := app.Encode(list); err != nil {
		return err
	}
	return cli.SilentFailure(slices.ContainsFunc(list, review.Outcome.Failed))
}

func acceptCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:     "accept SOURCE [RELEASE]",
		Short:   "Bring in a pending release, as if it had never waited; by its name, also a rejected one",
		Example: "  ingest review\n  publish diff --review\n  ingest accept ukho-small-boats 2026-06-26-e0965c40",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return asList(in.Accept(args[0], optionalRelease(args)))
			})
		},
	}
}

func rejectCommand(app *cli.App) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:     "reject SOURCE [RELEASE]",
		Short:   "Keep a pending release out, and record why; the publisher's next release is checked as usual",
		Example: "  ingest reject ukho-small-boats --reason \"arrivals of May are listed twice; the publisher was told\"",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return asList(in.Reject(args[0], optionalRelease(args), reason))
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, for people who look into it later")
	return c
}

// decide calls do with an open ingest and reports the outcomes.
func decide(app *cli.App, do func(*ingest.Ingest) ([]review.Outcome, error)) error {
	in, err := ingest.Open(options(app))
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

func asList(o review.Outcome, err error) ([]review.Outcome, error) {
	return []review.Outcome{o}, err
}

// optionalRelease returns the second argument, a release, or "" if it was left out.
func optionalRelease(args []string) string {
	if len(args) < 2 {
		return ""
	}
	return args[1]
}

// withPending adds the pending releases of each source to the rows of the status, as "held".
func withPending(records []map[string]any, findings map[string][]stat.Finding) []map[string]any {
	for _, r := range records {
		held := []string{}
		for _, f := range findings[fmt.Sprint(r["source"])] {
			if f.Code == review.Pending {
				held = append(held, f.Where)
			}
		}
		r["held"] = held
	}
	return records
}
