package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/registry"
)

func editionsCommand(app *cli.App) *cobra.Command {
	var keep string
	var dry bool
	c := &cobra.Command{
		Use:   "editions",
		Short: "List the editions in the archive and what they take, or remove old ones by a rule",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var rule *edition.Rule
			if keep != "" {
				r, err := edition.ParseRule(keep)
				if err != nil {
					return fmt.Errorf("%w: --keep: %w", registry.ErrUsage, err)
				}
				rule = &r
			}
			list, total, err := publish.Archived(app.Registry().Dir, options(app), rule, dry)
			if err != nil {
				return err
			}
			for _, e := range list {
				state := ""
				if e.Dropped {
					state = "  removed"
					if dry {
						state = "  would be removed"
					}
				}
				app.Printf("%-10s %s %10d bytes%s\n", e.Version, e.Vintage, e.Bytes, state)
			}
			app.Printf("archive: %d bytes\n", total)
			return app.Encode(map[string]any{"editions": list, "bytes": total})
		},
	}
	c.Flags().StringVar(&keep, "keep", "", "remove editions: keep all of so many days before the newest, such as 90d, and the last of each month before that")
	c.Flags().BoolVar(&dry, "dry-run", false, "only say what --keep would remove")
	return c
}
