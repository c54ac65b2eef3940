package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

func claimCommand(app *cli.App) *cobra.Command {
	var on string
	command := &cobra.Command{
		Use:   `claim "TEXT"`,
		Short: "Say which window and series reproduce the numbers in a text",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			day := stat.DateOf(app.Now().UTC())
			if on != "" {
				var err error
				if day, err = stat.ParseDate(on); err != nil {
					return fmt.Errorf("%w: --on: %w", registry.ErrUsage, err)
				}
			}
			answer, err := tables.Claim(c.Context(), app.Registry(), args[0], day)
			if err != nil {
				return err
			}
			for _, line := range answer.Lines() {
				app.Printf("%s\n", line)
			}
			return app.Encode(answer)
		},
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if !strings.Contains(err.Error(), "shorthand") {
			return err
		}
		day := ""
		if on != "" {
			day = "--on " + on + " "
		}
		return fmt.Errorf(`%w: write "--" in front of a text that begins with a hyphen: publish claim %s-- "TEXT"`, registry.ErrUsage, day)
	})
	command.Flags().StringVar(&on, "on", "", "the day on which the claim was made, YYYY-MM-DD; default today")
	return command
}
