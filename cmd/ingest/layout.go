package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/archive"
	"crossings/pipeline/registry"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/proposal"
)

func layoutCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:     "layout FILE",
		Short:   "Look at an unknown table and propose a layout for it, to edit; writes nothing else",
		Example: `  ingest layout arrivals.csv > arrivals.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("%w: name one file", registry.ErrUsage)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := archive.ReadFile(args[0], tabular.MaxBytes)
			if err != nil {
				return fmt.Errorf("%w: %w", registry.ErrUsage, err)
			}
			text, err := proposal.Propose(filepath.Base(args[0]), data)
			if err != nil {
				return err
			}
			app.Printf("%s", text)
			return nil
		},
	}
}
