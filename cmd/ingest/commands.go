package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/datadir"
	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/schedule"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch"
)

func commands(app *cli.App) *cobra.Command {
	root := app.Root("ingest", "Bring publishers' releases into the lake")
	root.AddCommand(runCommand(app), addCommand(app), sourcesCommand(app), statusCommand(app), reviewCommand(app), acceptCommand(app), rejectCommand(app), withdrawCommand(app), redateCommand(app), notifyCommand(app), verifyCommand(app), scheduleCommand(app))
	return root
}

func runCommand(app *cli.App) *cobra.Command {
	var mirror string
	var gate check.Gate
	var dry bool
	run := &cobra.Command{
		Use:   "run [SOURCE...]",
		Short: "Fetch new releases and append them to the lake; nothing new, nothing written",
		RunE: func(c *cobra.Command, args []string) error {
			cfg := options(app)
			cfg.Gate, cfg.Dry = gate, dry
			if mirror != "" {
				cfg.Client = fetch.Mirror(mirror, app.Now)
			}
			if !dry {
				app.Noted(watch.JobIngest)
			}
			end := showProgress(app, &cfg)
			in, err := ingest.Open(cfg)
			if err != nil {
				return err
			}
			defer in.Close()
			outcomes, err := in.Run(c.Context(), args)
			end()
			if err != nil {
				return err
			}
			if dry {
				app.Printf("a dry run: this would be, and nothing is kept\n")
			}
			return report(app, outcomes)
		},
	}
	mirrorFlag(run, &mirror)
	run.Flags().BoolVar(&dry, "dry-run", false, "ask, read and check, say what would come in, and keep nothing")
	gateFlag(run, &gate)
	return run
}

// mirrorFlag gives a command the flag --mirror.
func mirrorFlag(c *cobra.Command, mirror *string) {
	c.Flags().StringVar(mirror, "mirror", "", "ask this server in place of the publishers: http://MIRROR/<host>/<path>")
}

func addCommand(app *cli.App) *cobra.Command {
	var released, layout string
	var gate check.Gate
	add := &cobra.Command{
		Use:   "add SOURCE FILE...",
		Short: "Ingest files given by hand: backfill, offline, tests",
		Example: `  ingest add ukho-small-boats 26_June_2026_Small_boats_-_time_series.ods
  ingest add tidy-events:border --layout border.json 2024.csv.gz 2025.csv.gz`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) < 2 && layout == "" {
				return fmt.Errorf("%w: name a source and its files", registry.ErrUsage)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			var day stat.Date
			if released != "" {
				var err error
				if day, err = stat.ParseDate(released); err != nil {
					return fmt.Errorf("%w: --released: %w", registry.ErrUsage, err)
				}
			}
			outcomes, err := addFiles(c.Context(), app, gate, args[0], layout, args[1:], day)
			if err != nil {
				return err
			}
			return report(app, outcomes)
		},
	}
	add.Flags().StringVar(&released, "released", "", "release date YYYY-MM-DD, where the file and its name do not say")
	gateFlag(add, &gate)
	add.Flags().StringVar(&layout, "layout", "", "for tidy-events:<name>: the file that declares the columns of the records; it is kept and used from then on")
	return add
}

// addFiles ingests files, or records under a layout.
func addFiles(ctx context.Context, app *cli.App, gate check.Gate, id, layout string, files []string, day stat.Date) ([]review.Outcome, error) {
	cfg := options(app)
	cfg.Gate = gate
	defer showProgress(app, &cfg)()
	in, err := ingest.Open(cfg)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if layout != "" {
		return in.AddMicrodata(ctx, id, layout, files, day)
	}
	return in.Add(ctx, id, files, day)
}

func sourcesCommand(app *cli.App) *cobra.Command {
	type row struct {
		Source    string          `json:"source"`
		Title     string          `json:"title"`
		Publisher string          `json:"publisher"`
		Licence   string          `json:"licence"`
		Homepage  string          `json:"homepage"`
		Schedule  string          `json:"schedule"`
		Zone      string          `json:"zone"`
		Holds     string          `json:"holds"`
		Series    []stat.SeriesID `json:"series"`
	}
	return &cobra.Command{
		Use:   "sources",
		Short: "The registry: what each source is and holds",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var rows []row
			for _, s := range app.Sources {
				r := row{s.ID, s.Title, s.Publisher, s.Licence, s.Homepage, s.Schedule, s.Zone, s.Holds, nil}
				app.Printf("%s\n  %s\n  %s; %s\n  %s\n  checked at %s (%s); %s\n", s.ID, s.Title, s.Publisher, s.Licence, s.Holds, s.Schedule, s.Zone, s.Homepage)
				for _, x := range s.Series {
					r.Series = append(r.Series, x.ID)
					app.Printf("    %-45s %s\n", x.ID, x.Title)
				}
				rows = append(rows, r)
			}
			return app.Encode(rows)
		},
	}
}

func statusCommand(app *cli.App) *cobra.Command {
	var metrics string
	var check bool
	status := &cobra.Command{
		Use:   "status [SOURCE...]",
		Short: "Per source: last release, coverage, state and findings",
		RunE: func(_ *cobra.Command, args []string) error {
			if metrics != "" && len(args) > 0 {
				return fmt.Errorf("%w: --metrics is of all sources", registry.ErrUsage)
			}
			table, findings, err := watch.Status(app.Watching(), args...)
			if err != nil {
				return err
			}
			for s := range row.Each[row.Source](table) {
				app.Printf("%s: %s; last release %s; covers %s to %s%s\n", s.Source, s.State,
					or(s.LastRelease.String(), "none"), or(s.CoverageStart.String(), "-"), or(s.CoverageEnd.String(), "-"), quarantined(s.Quarantined))
				for _, f := range findings[s.Source] {
					app.Printf("  %s\n", finding(f))
				}
			}
			jobs, err := jobsShown(app, args)
			if err != nil {
				return err
			}
			if metrics != "" {
				if err := writeMetrics(app.Watching(), metrics, table, findings, jobs); err != nil {
					return err
				}
			}
			if err := app.Encode(withHeld(table.Records(), findings)); err != nil {
				return err
			}
			return cli.Silent(check && (watch.AnyAlarming(table) || slices.ContainsFunc(jobs, watch.Job.Alarming)))
		},
	}
	status.Flags().StringVar(&metrics, "metrics", "", "write the states, the last runs and the use of the disk to this file too, as Prometheus reads them")
	status.Flags().BoolVar(&check, "check", false, "end with status 1 where a source or a job is in a state to be told of: not current, retired or empty; not well")
	return status
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func verifyCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check the hash of every snapshot and lake file",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			app.Noted(watch.JobVerify)
			app.Begun()
			damages, err := watch.Verify(app.Registry())
			if err != nil {
				return err
			}
			damages = append(damages, edition.Open(app.Registry().Dir.Editions()).Verify()...)
			return app.Damages(damages, "every snapshot and lake file is as it was written")
		},
	}
}

// jitter is the longest pause before a scheduled fetch: those who run this program ask
// a publisher one after another.
const jitter = 2 * time.Minute

func scheduleCommand(app *cli.App) *cobra.Command {
	var gate check.Gate
	var mirror string
	stay := &cobra.Command{
		Use:   "schedule",
		Short: "Stay and run each source by its cron expression; a release that is due is asked for again until it is there",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg := options(app)
			cfg.Gate = gate
			if mirror != "" {
				cfg.Client = fetch.Mirror(mirror, app.Now)
			}
			jobs, err := jobsOf(app, cfg)
			if err != nil {
				return err
			}
			channels, err := channelsOf()
			if err != nil {
				return err
			}
			if len(channels) > 0 {
				jobs = append(jobs, notifyJob(app.Watching(), channels))
			}
			app.Stays = true
			schedule.Run(c.Context(), jobs, cfg.Log)
			return nil
		},
	}
	mirrorFlag(stay, &mirror)
	gateFlag(stay, &gate)
	return stay
}

// jobsOf returns a job for each source that says where its files are.
func jobsOf(app *cli.App, cfg ingest.Options) (jobs []schedule.Job, err error) {
	for _, s := range app.Sources {
		if !s.Place.Given() || s.IsRetired(stat.DateOf(app.Now().UTC())) {
			continue
		}
		when, err := schedule.Parse(s.Schedule, s.Zone, app.Now())
		if err != nil {
			return nil, fmt.Errorf("%w: source %s: %w", registry.ErrUsage, s.ID, err)
		}
		jobs = append(jobs, schedule.Job{Name: s.ID, Schedule: when, Again: s.Poll.Again, For: s.Poll.For, Delay: jitter,
			Do: func(ctx context.Context) (done bool, err error) {
				err = app.Job("ingest schedule", func(one *cli.App) error {
					one.Noted(watch.JobIngest)
					return datadir.WhenFree(ctx, func() error {
						done, err = runOne(ctx, one, cfg, s)
						return err
					})
				})
				return done, err
			}})
	}
	return jobs, nil
}

// runOne fetches one source and reports whether nothing more is due.
func runOne(ctx context.Context, app *cli.App, cfg ingest.Options, s *source.Source) (done bool, err error) {
	cfg.Begun = app.Begun
	in, err := ingest.Open(cfg)
	if err != nil {
		return false, err
	}
	defer in.Close()
	outcomes, err := in.Run(ctx, []string{s.ID})
	if err != nil {
		return false, err
	}
	return !in.Waits(s), report(app, outcomes)
}

// options returns what a run of the ingest side is given.
func options(app *cli.App) ingest.Options {
	return ingest.Options{Registry: app.Registry(), Client: app.Publishers(), Now: app.Now, Begun: app.Begun}
}
