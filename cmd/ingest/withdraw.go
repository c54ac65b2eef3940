package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/ingest"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

func withdrawCommand(app *cli.App) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "withdraw SOURCE RELEASE",
		Short: "Take a release out of the lake; its bytes stay in data/raw/rejected and do not come in again",
		Long: `Take a release out of the lake, because its figures are wrong. The next publish run makes a site without it, whose
pages say that it was withdrawn, when and why. All other releases in its file are withdrawn too, and the releases that they had
replaced come back. Its bytes stay in data/raw/rejected and do not come in again. To undo it: ingest accept SOURCE RELEASE.`,
		Example: `  ingest withdraw ukho-small-boats 2026-06-26-e0965c40 --reason "May is listed twice; the publisher was told"
  publish diff
  publish run`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return in.Withdraw(c.Context(), args[0], args[1], reason)
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why; readers of the site see this text")
	return c
}

func redateCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "redate SOURCE RELEASE DATE",
		Short: "Correct the date of a release that was dated wrongly",
		Long: `Correct the date of a release that was dated wrongly, and so its name. Its bytes stay as they are, and its sidecar keeps the
wrong date too. After the next publish run the pages say what was corrected.`,
		Example: "  ingest redate tidy:mine 2026-06-19-4b1d08c2 2026-06-26",
		Args:    cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			day, err := stat.ParseDate(args[2])
			if err != nil {
				return fmt.Errorf("%w: DATE: %w", registry.ErrUsage, err)
			}
			return decide(app, func(in *ingest.Ingest) ([]review.Outcome, error) {
				return in.Redate(c.Context(), args[0], args[1], day)
			})
		},
	}
}

// maxShownReleases limits the withdrawn releases that are printed.
const maxShownReleases = 10

// takenBackText describes the outcome of a withdrawal or a redating.
func takenBackText(o review.Outcome) string {
	if o.State == review.Redated {
		return fmt.Sprintf("%s: release %s is now %s\n", o.Source, o.Before, o.Release)
	}
	text := fmt.Sprintf("%s: release %s is withdrawn: %s\n", o.Source, o.Release, o.Reason)
	if len(o.Releases) > 1 {
		named, more := o.Releases, ""
		if n := len(named) - maxShownReleases; n > 0 {
			named, more = named[:maxShownReleases], fmt.Sprintf(" and %d more; --json lists all", n)
		}
		text += fmt.Sprintf("  its file contains %d releases, all withdrawn: %s%s\n", len(o.Releases), strings.Join(named, ", "), more)
	}
	return text
}
