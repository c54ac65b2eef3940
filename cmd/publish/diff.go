package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"
	"crossings/pipeline"
	"crossings/pipeline/publish"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

func diffCommand(app *cli.App) *cobra.Command {
	var asOf string
	var review bool
	command := &cobra.Command{
		Use:   "diff",
		Short: "Say what publishing would change, value by value; writes nothing",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			day, err := parseAsOf(asOf)
			if err != nil {
				return err
			}
			diff := publish.Diff
			if review {
				diff = pipeline.DiffReview
			}
			d, err := diff(c.Context(), app.Registry(), day)
			if d == nil {
				return err
			}
			for _, line := range d.Lines() {
				app.Printf("%s\n", line)
			}
			return errors.Join(app.Encode(d), err)
		},
	}
	command.Flags().StringVar(&asOf, "as-of", "", "compare with what was known at the end of this day, YYYY-MM-DD")
	command.Flags().BoolVar(&review, "review", false, "as if every pending release were accepted; see: ingest review")
	return command
}

// parseAsOf reads the flag --as-of. The zero date, for "", means everything known today.
func parseAsOf(text string) (stat.Date, error) {
	if text == "" {
		return 0, nil
	}
	day, err := stat.ParseDate(text)
	if err != nil {
		return 0, fmt.Errorf("%w: --as-of: %w", registry.ErrUsage, err)
	}
	return day, nil
}
