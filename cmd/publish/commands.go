package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/datadir"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/web"
	"crossings/pipeline/registry"
	"crossings/pipeline/schedule"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/runlog"
)

func commands(app *cli.App) *cobra.Command {
	root := app.Root("publish", "Turn the lake into tables, charts and pages")
	root.AddCommand(runCommand(app), diffCommand(app), claimCommand(app), openCommand(app), editionsCommand(app), uploadCommand(app), verifyCommand(app), serveCommand(app), scheduleCommand(app))
	return root
}

func runCommand(app *cli.App) *cobra.Command {
	var asOf, out, base, embargo string
	var fewer bool
	run := &cobra.Command{
		Use:   "run",
		Short: "Build the whole site; the same inputs give the same bytes",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			day, err := parseAsOf(asOf)
			if err != nil {
				return err
			}
			if out != "" && asOf == "" {
				return fmt.Errorf("%w: --out is for a site as of a day in the past; give --as-of as well", registry.ErrUsage)
			}
			cfg := options(app)
			cfg.Out, cfg.AllowFewer = out, fewer
			if cfg.Base, err = publish.ParseBase(base); err != nil {
				return err
			}
			if asOf == "" {
				app.TrackJob(watch.JobPublish)
			}
			if embargo == "" {
				return publishOnce(c.Context(), app, cfg, day)
			}
			until, err := publish.OpeningTime(embargo)
			if err != nil {
				return fmt.Errorf("%w: --embargo: %w", registry.ErrUsage, err)
			}
			if asOf != "" {
				return fmt.Errorf("%w: --embargo and --as-of do not go together", registry.ErrUsage)
			}
			return buildEmbargoed(c.Context(), app, cfg, until)
		},
	}
	run.Flags().StringVar(&asOf, "as-of", "", "build a site from what was known at the end of this day, YYYY-MM-DD, in DATA/out/as-of/DAY; the published site stays as it is")
	run.Flags().BoolVar(&fewer, "allow-fewer", false, "publish even if the site would lack releases that are in data/raw or were published before")
	run.Flags().StringVar(&out, "out", "", "with --as-of, the folder for that site: a new or empty folder, or one with such a site")
	run.Flags().StringVar(&embargo, "embargo", "", "build the site but keep it unreadable until this day, YYYY-MM-DD, at 09:30 in London, or until an instant such as 2026-07-03T09:30:00+01:00")
	run.Flags().StringVar(&base, "base-url", "", baseUsage)
	return run
}

// baseUsage is the help text of --base-url.
const baseUsage = "public address of the site, https://…, for canonical links, the site map and absolute addresses in catalogues"

// publishOnce builds the site and prints the result. If a source failed, it builds the site
// without it and returns an error that names it.
func publishOnce(ctx context.Context, app *cli.App, cfg publish.Options, asOf stat.Date) error {
	p, err := publish.Publish(ctx, app.Registry(), cfg, asOf)
	if p == nil {
		return err
	}
	for _, text := range p.Texts {
		app.Printf("%s\n", text)
	}
	state, outcome := "", "made"
	if p.Unchanged {
		state, outcome = " (nothing new)", "unchanged"
	}
	app.SetVersion(p.Version)
	app.LogRows(runlog.Row{Outcome: outcome, Release: p.Version, Observations: p.Rows["observations"]})
	app.Printf("site: %s%s\n", filepath.Join(p.Site, "index.html"), state)
	for _, file := range p.Undrawn {
		app.Printf("not drawn: %s\n", file)
	}
	return errors.Join(app.Encode(p), err)
}

func serveCommand(app *cli.App) *cobra.Command {
	var addr string
	serve := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site on this machine",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			host, _, err := net.SplitHostPort(addr)
			if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
				return fmt.Errorf("%w: --addr %q is not an address on loopback, such as 127.0.0.1:8080; publish the folder with a web server", registry.ErrUsage, addr)
			}
			site := filepath.Join(app.Data, "out", "site")
			if _, err := os.Stat(filepath.Join(site, "index.html")); err != nil {
				return fmt.Errorf("there is no site in %s yet; run: publish run", site)
			}
			return serve(c.Context(), app, addr, site)
		},
	}
	serve.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "loopback address and port")
	return serve
}

// serve serves the folder until ctx ends.
func serve(ctx context.Context, app *cli.App, addr, site string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: web.Handler(site), ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	app.Printf("http://%s/\n", l.Addr())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func scheduleCommand(app *cli.App) *cobra.Command {
	var at, zone, base string
	s := &cobra.Command{
		Use:   "schedule",
		Short: "Keep running and publish by a cron expression",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			when, err := schedule.Parse(at, zone, app.Now())
			if err != nil {
				return fmt.Errorf("%w: %w", registry.ErrUsage, err)
			}
			address, err := publish.ParseBase(base)
			if err != nil {
				return err
			}
			cfg := options(app)
			app.Scheduled = true
			schedule.Run(c.Context(), []schedule.Job{{Name: "publish", Schedule: when, Do: func(ctx context.Context) (bool, error) {
				return true, app.RunJob("publish schedule", func(one *cli.App) error {
					one.TrackJob(watch.JobPublish)
					return datadir.WhenFree(ctx, func() error {
						waits, err := publish.OpenDue(app.Registry().Dir, cfg)
						if waits || err != nil {
							return err
						}
						cfg.Base = address
						return publishOnce(ctx, one, cfg, 0)
					})
				})
			}}}, app.Registry().Log)
			return nil
		},
	}
	s.Flags().StringVar(&at, "at", "0 10 * * *", "cron expression: minute, hour, day of month, month, day of week")
	s.Flags().StringVar(&zone, "zone", "Europe/London", "time zone of the expression")
	s.Flags().StringVar(&base, "base-url", "", baseUsage)
	return s
}

// options returns the options of a run of the publish side.
func options(app *cli.App) publish.Options {
	return publish.Options{Now: app.Now, Begun: app.BeginJob}
}
