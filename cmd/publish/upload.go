package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/upload"
	"crossings/pipeline/registry"
	"crossings/pipeline/watch"
)

func uploadCommand(app *cli.App) *cobra.Command {
	var to string
	var o upload.Options
	var dry, older bool
	c := &cobra.Command{
		Use:   "upload --to TARGET",
		Short: "Put the site into a folder or a bucket: editions and data first, pages after them, the front page last",
		Long: `Put the site into a folder or an S3 bucket. Only changed files are put. Editions are never changed or removed, and
neither are files that this command did not put there. Credentials come from the environment: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.`,
		Example: "  publish upload --to /var/www/crossings\n  publish upload --to s3://statistics/crossings --endpoint https://objects.example.org",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !dry {
				app.TrackJob(watch.JobUpload)
			}
			if err := checkSeparate(to, app.Data); err != nil {
				return err
			}
			t, err := upload.Open(to, o)
			if err != nil {
				return fmt.Errorf("%w: --to: %w", registry.ErrUsage, err)
			}
			log, cfg := app.Log(), options(app)
			cfg.AllowOlder = older
			u, err := publish.Upload(c.Context(), app.Registry().Dir, cfg, t, dry, func(f edition.File) {
				log.Info("put", "file", f.Name, "bytes", f.Bytes)
			})
			if u == nil {
				return err
			}
			for _, name := range u.Put {
				if dry {
					app.Printf("put %s\n", name)
				}
			}
			for _, name := range u.Removed {
				if dry {
					app.Printf("remove %s\n", name)
				}
			}
			if err == nil {
				app.SetVersion(u.Version)
				app.Printf("%s: %d files put (%d bytes), %d removed, %d unchanged\n", to, len(u.Put), u.Bytes, len(u.Removed), u.Same)
				err = app.Encode(u)
			}
			return err
		},
	}
	c.Flags().StringVar(&to, "to", "", "folder, or s3://BUCKET/PREFIX")
	c.Flags().StringVar(&o.Endpoint, "endpoint", os.Getenv("AWS_ENDPOINT_URL"), "S3 server, https://HOST; default Amazon's")
	c.Flags().StringVar(&o.Region, "region", os.Getenv("AWS_REGION"), "region of the bucket")
	c.Flags().BoolVar(&older, "allow-older", false, "replace a newer site in the target, to go back to an earlier edition")
	c.Flags().BoolVar(&dry, "dry-run", false, "say what would be done, and do nothing")
	return c
}

func verifyCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check every file of the site and of all editions against the hashes recorded when they were built",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			app.TrackJob(watch.JobVerifyPublish)
			app.BeginJob()
			damages, err := publish.VerifyPublished(app.Registry().Dir, options(app))
			if err != nil {
				return err
			}
			return app.ReportDamages(damages, "every published file is as it was built")
		},
	}
}

// checkSeparate returns an error if the target is inside the data folder or contains it. A
// site has a folder called data too, so the two would mix.
func checkSeparate(to, data string) error {
	if strings.Contains(to, "://") {
		return nil
	}
	a, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	b, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if rel, err := filepath.Rel(pair[0], pair[1]); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("%w: --to %q and the data folder %q must not be one in the other", registry.ErrUsage, to, data)
		}
	}
	return nil
}
