package main

import (
	"cmp"
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
	root.AddCommand(runCommand(app), addCommand(app), layoutCommand(app), sourcesCommand(app), statusCommand(app), reviewCommand(app), acceptCommand(app), rejectCommand(app), labelsCommand(app), withdrawCommand(app), redateCommand(app), notifyCommand(app), verifyCommand(app), scheduleCommand(app))
	return root
}

func runCommand(app *cli.App) *cobra.Command {
	var mirror string
	var gate check.Gate
	var dry bool
	var within time.Duration
	run := &cobra.Command{
		Use:   "run [SOURCE...]",
		Short: "Fetch new releases and add them to the lake; writes nothing if nothing is new",
		RunE: func(c *cobra.Command, args []string) error {
			cfg := options(app)
			cfg.Gate, cfg.Dry, cfg.Within = gate, dry, within
			if mirror != "" {
				cfg.Client = fetch.Mirror(mirror, app.Now)
			}
			if !dry {
				app.TrackJob(watch.JobIngest)
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
				app.Printf("dry run: this is what a real run would do; nothing is stored\n")
			}
			return report(app, outcomes)
		},
	}
	mirrorFlag(run, &mirror)
	run.Flags().BoolVar(&dry, "dry-run", false, "fetch, read and check, say what would come in, and store nothing")
	run.Flags().DurationVar(&within, "within", 0, "begin with no source after this time, such as 90m; the next run begins with those that are left")
	gateFlag(run, &gate)
	return run
}

// mirrorFlag adds the flag --mirror to a command.
func mirrorFlag(c *cobra.Command, mirror *string) {
	c.Flags().StringVar(mirror, "mirror", "", "ask this server instead of the publishers: http://MIRROR/<host>/<path>")
}

func addCommand(app *cli.App) *cobra.Command {
	var released, layout, from string
	var gate check.Gate
	add := &cobra.Command{
		Use:   "add SOURCE FILE...",
		Short: "Ingest files from disk, such as earlier releases or your own figures",
		Example: `  ingest add ukho-small-boats 26_June_2026_Small_boats_-_time_series.ods
  ingest add table:unhcr --layout unhcr.json arrivals.csv
  ingest add tidy-events:border --layout border.json 2024.csv.gz 2025.csv.gz
  ingest add tidy-events:border --layout border.json --released 2026-11-01 --from out`,
		Args: func(_ *cobra.Command, args []string) error {
			if from != "" && (len(args) != 1 || !source.IsEvents(args[0])) {
				return fmt.Errorf("%w: --from is for tidy-events:<name>, and has its files: name no others", registry.ErrUsage)
			}
			if len(args) < 1 || len(args) < 2 && layout == "" && from == "" {
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
			outcomes, err := addFiles(c.Context(), app, gate, addition{args[0], layout, from, args[1:], day})
			if err != nil {
				return err
			}
			return report(app, outcomes)
		},
	}
	add.Flags().StringVar(&released, "released", "", "release date YYYY-MM-DD, if neither the file nor its name states one")
	add.Flags().StringVar(&from, "from", "", "for tidy-events:<name>: the folder that bin/beam wrote to")
	gateFlag(add, &gate)
	add.Flags().StringVar(&layout, "layout", "", "for table:<name> and tidy-events:<name>: the file that says how to read the files; it is stored, and later files need no --layout")
	return add
}

// addition is what a call of add names.
type addition struct {
	source, layout, from string
	files                []string
	day                  stat.Date
}

// addFiles ingests files. With a layout they are a table or microdata.
func addFiles(ctx context.Context, app *cli.App, gate check.Gate, a addition) ([]review.Outcome, error) {
	cfg := options(app)
	cfg.Gate = gate
	defer showProgress(app, &cfg)()
	in, err := ingest.Open(cfg)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	switch {
	case a.from != "":
		return in.AddMicrodataFrom(ctx, a.source, a.layout, a.from, a.day)
	case a.layout != "" && source.IsTable(a.source):
		return in.AddTable(ctx, a.source, a.layout, a.files, a.day)
	case a.layout != "":
		return in.AddMicrodata(ctx, a.source, a.layout, a.files, a.day)
	}
	return in.Add(ctx, a.source, a.files, a.day)
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
		Short: "List the sources: what each is and holds",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var rows []row
			for _, s := range app.Sources {
				r := row{s.ID, s.Title, s.Publisher, s.Licence, s.Homepage, s.Schedule, s.Zone, s.Holds, nil}
				comes := "comes by ingest add"
				if s.Place.Given() {
					comes = fmt.Sprintf("checked at %s (%s)", s.Schedule, s.Zone)
				}
				app.Printf("%s\n  %s\n  %s; %s\n  %s\n  %s; %s\n", s.ID, s.Title, s.Publisher, s.Licence, s.Holds, comes, s.Homepage)
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
		Short: "Show the last release, coverage, state and findings of each source",
		RunE: func(_ *cobra.Command, args []string) error {
			if metrics != "" && len(args) > 0 {
				return fmt.Errorf("%w: --metrics always covers all sources; name none", registry.ErrUsage)
			}
			table, findings, err := watch.Status(app.WatchOptions(), args...)
			if err != nil {
				return err
			}
			for s := range row.Each[row.Source](table) {
				app.Printf("%s: %s; last release %s; covers %s to %s%s\n", s.Source, s.State,
					cmp.Or(s.LastRelease.String(), "none"), cmp.Or(s.CoverageStart.String(), "-"), cmp.Or(s.CoverageEnd.String(), "-"), quarantineCount(s.Quarantined))
				for _, f := range findings[s.Source] {
					app.Printf("  %s\n", findingText(f))
				}
			}
			jobs, err := printJobs(app, args)
			if err != nil {
				return err
			}
			if err := printEditions(app, args); err != nil {
				return err
			}
			if metrics != "" {
				if err := writeMetrics(app.WatchOptions(), metrics, table, findings, jobs); err != nil {
					return err
				}
			}
			if err := app.Encode(withPending(table.Records(), findings)); err != nil {
				return err
			}
			return cli.SilentFailure(check && (watch.AnyAlarming(table) || slices.ContainsFunc(jobs, watch.Job.Alarming)))
		},
	}
	status.Flags().StringVar(&metrics, "metrics", "", "also write the states, the last runs and the disk usage to this file, in the format of Prometheus")
	status.Flags().BoolVar(&check, "check", false, "end with status 1 if a source is not current, retired or empty, or if a job is not well")
	return status
}

func verifyCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check every snapshot and lake file against its hash",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			app.TrackJob(watch.JobVerify)
			app.BeginJob()
			damages, err := watch.Verify(app.Registry())
			if err != nil {
				return err
			}
			damages = append(damages, edition.Open(app.Registry().Dir.Editions()).Verify()...)
			return app.ReportDamages(damages, "every snapshot and lake file is as it was written")
		},
	}
}

// jitter is the longest random pause before a scheduled fetch. It keeps all users of this
// program from asking a publisher at the same second.
const jitter = 2 * time.Minute

func scheduleCommand(app *cli.App) *cobra.Command {
	var gate check.Gate
	var mirror string
	stay := &cobra.Command{
		Use:   "schedule",
		Short: "Keep running and fetch each source by its cron expression; ask for a due release until it is published",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg := options(app)
			cfg.Gate = gate
			if mirror != "" {
				cfg.Client = fetch.Mirror(mirror, app.Now)
			}
			jobs, err := sourceJobs(app, cfg)
			if err != nil {
				return err
			}
			channels, err := envChannels()
			if err != nil {
				return err
			}
			if len(channels) > 0 {
				jobs = append(jobs, notifyJob(app.WatchOptions(), channels))
			}
			app.Scheduled = true
			schedule.Run(c.Context(), jobs, cfg.Log)
			return nil
		},
	}
	mirrorFlag(stay, &mirror)
	gateFlag(stay, &gate)
	return stay
}

// sourceJobs returns a job for each source that can be fetched and is not retired.
func sourceJobs(app *cli.App, cfg ingest.Options) (jobs []schedule.Job, err error) {
	sources, err := cfg.Watched()
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		if !s.Place.Given() || s.IsRetired(stat.DateOf(app.Now().UTC())) {
			continue
		}
		when, err := schedule.Parse(s.Schedule, s.Zone, app.Now())
		if err != nil && source.IsOwn(s.ID) { // its layout must not stop the others
			cfg.Log.Error("not scheduled", "source", s.ID, "error", err)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%w: source %s: %w", registry.ErrUsage, s.ID, err)
		}
		jobs = append(jobs, schedule.Job{Name: s.ID, Schedule: when, Again: s.Poll.Again, For: s.Poll.For, Delay: jitter,
			Do: func(ctx context.Context) (done bool, err error) {
				err = app.RunJob("ingest schedule", func(one *cli.App) error {
					one.TrackJob(watch.JobIngest)
					return datadir.WhenFree(ctx, func() error {
						done, err = runSource(ctx, one, cfg, s)
						return err
					})
				})
				return done, err
			}})
	}
	return jobs, nil
}

// runSource fetches one source. done is false while a release is due and not yet there.
func runSource(ctx context.Context, app *cli.App, cfg ingest.Options, s *source.Source) (done bool, err error) {
	cfg.Begun = app.BeginJob
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

// options returns the options of a run of the ingest side.
func options(app *cli.App) ingest.Options {
	return ingest.Options{Registry: app.Registry(), Client: app.FetchClient(), Now: app.Now, Begun: app.BeginJob}
}
