package main

import (
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

// gateFlag gives a command the flag --gate.
func gateFlag(c *cobra.Command, gate *check.Gate) {
	c.Flags().Var((*gateValue)(gate), "gate", "which releases wait for ingest accept or reject: default, those that contradict themselves or what was known; strict, also those with a warning; off, none")
}

// gateValue is a gate as the value of a flag.
type gateValue check.Gate

// String returns the gate's name.
func (g *gateValue) String() string { return check.Gate(*g).String() }

// Set sets the gate by its name.
func (g *gateValue) Set(name string) error {
	gate, err := check.ParseGate(name)
	*g = gateValue(gate)
	return err
}

// Type names the values in the help.
func (g *gateValue) Type() string { return "GATE" }

// reasons says in a few words why a release waits.
func reasons(o review.Outcome) string {
	var out []string
	for _, g := range o.Grounds() {
		out = append(out, g.String())
	}
	return or(strings.Join(out, ", "), "nobody has decided on it yet")
}

func reviewCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "review",
		Short: "Explain the releases that wait, and list those that were rejected",
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
			return explain(app, out)
		},
	}
}

// explain writes why releases wait. That some do is no failure of looking at them.
func explain(app *cli.App, list []review.Outcome) error {
	if len(list) == 0 {
		app.Printf("nothing waits\n")
	}
	for _, o := range list {
		app.Note(logged(o))
		if o.State != review.Held {
			say(app, o)
			continue
		}
		for _, line := range o.Explain() {
			app.Printf("%s\n", line)
		}
	}
	if err := app.Encode(list); err != nil {
		return err
	}
	return cli.Silent(slices.ContainsFunc(list, review.Outcome.Failed))
}

func acceptCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:     "accept SOURCE [RELEASE]",
		Short:   "Take a release that waits, as if it had never waited; by its name, also one that was rejected",
		Example: "  ingest review\n  publish diff --review\n  ingest accept ukho-small-boats 2026-06-26-e0965c40",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
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
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return one(in.Reject(args[0], second(args), reason))
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, for whoever looks at it later")
	return c
}

// decide reports what became of the files that do looked at.
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

func one(o review.Outcome, err error) ([]review.Outcome, error) {
	return []review.Outcome{o}, err
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
			if f.Code == review.Held {
				held = append(held, f.Where)
			}
		}
		r["held"] = held
	}
	return records
}
