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

// buildEmbargoed builds a site under embargo.
func buildEmbargoed(ctx context.Context, app *cli.App, cfg publish.Options, until time.Time) error {
	p, err := publish.Embargo(ctx, app.Registry(), cfg, until)
	if p == nil {
		return err
	}
	app.Printf("edition %s is under embargo until %s; then: publish open\n", p.Version, until.Format(time.RFC3339))
	return errors.Join(app.Encode(p), err)
}

func openCommand(app *cli.App) *cobra.Command {
	var drop bool
	command := &cobra.Command{
		Use:   "open",
		Short: "Publish the site under embargo once its time has come",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			app.TrackJob(watch.JobOpen)
			version, err := publish.OpenEmbargo(app.Registry().Dir, options(app), drop)
			if err != nil {
				return err
			}
			if drop {
				app.Printf("removed edition %s, which was under embargo\n", version)
			} else {
				app.Printf("opened edition %s\n", version)
				app.SetVersion(version)
			}
			return app.Encode(map[string]any{"data_version": version, "dropped": drop})
		},
	}
	command.Flags().BoolVar(&drop, "drop", false, "remove the site under embargo and publish nothing")
	return command
}
