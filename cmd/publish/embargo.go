package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/publish"
	"crossings/pipeline/watch"
)

// buildEmbargoed builds a site that waits for its time.
func buildEmbargoed(ctx context.Context, app *cli.App, cfg publish.Options, until time.Time) error {
	p, err := publish.Embargo(ctx, app.Registry(), cfg, until)
	if p == nil {
		return err
	}
	app.Printf("data version %s waits until %s; then: publish open\n", p.Version, until.Format(time.RFC3339))
	return errors.Join(app.Encode(p), err)
}

func openCommand(app *cli.App) *cobra.Command {
	var drop bool
	command := &cobra.Command{
		Use:   "open",
		Short: "Open the site that waits for the end of its embargo; not before",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			app.Noted(watch.JobOpen)
			version, err := publish.OpenEmbargo(app.Registry().Dir, options(app), drop)
			if err != nil {
				return err
			}
			if drop {
				app.Printf("dropped data version %s, which was not open yet\n", version)
			} else {
				app.Printf("opened data version %s\n", version)
				app.Published(version)
			}
			return app.Encode(map[string]any{"data_version": version, "dropped": drop})
		},
	}
	command.Flags().BoolVar(&drop, "drop", false, "remove the site that waits, and open nothing")
	return command
}
