// Package cli holds what the two commands share: flags, exit statuses, and the form of
// results and errors.
//
// Results go to stdout, everything else to stderr. An error is one line in lower case. If
// the user can do something about it, a line that begins with "hint:" follows. If stderr is
// not a terminal, as under cron, only warnings and errors are written, and one line of
// progress a minute while microdata is read.
package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"crossings/pipeline/datadir"
	"crossings/pipeline/hint"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/runlog"
)

// The exit statuses.
const (
	OK     = 0 // success
	Failed = 1 // some source or check failed; the rest was done
	Usage  = 2 // the command line or the configuration is wrong
	Locked = 3 // another run holds the lock
)

// version is the version of the program. The build of a release sets it; see deploy/release.
var version = "unreleased"

// App is one invocation of a command.
type App struct {
	Stdout, Stderr io.Writer
	Sources        []*source.Source
	Client         *fetch.Client // asks publishers; nil means the default client
	Now            func() time.Time

	Data        string // --data
	JSON, Quiet bool   // --json, --quiet
	LogDir      string // --log, the folder of the run log; "" means no log
	Scheduled   bool   // the command runs jobs until it is stopped; each job is logged, not the command

	started bool         // the command line is valid and the command runs
	logRows []runlog.Row // collected for the run log
	job     trackedJob
}

// Main runs a command until it ends or is interrupted, and returns the exit
// status. It is the whole body of a main function.
func Main(sources []*source.Source, command func(*App) *cobra.Command) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app := &App{Stdout: os.Stdout, Stderr: os.Stderr, Sources: sources, Now: time.Now}
	return app.Run(ctx, command(app), os.Args[1:])
}

// Registry returns the sources of the data folder that --data names.
func (a *App) Registry() registry.Registry {
	return registry.Registry{Dir: datadir.Dir(a.Data), Sources: a.Sources, Log: a.Log()}
}

// FetchClient returns the client that fetches from publishers.
func (a *App) FetchClient() *fetch.Client {
	if a.Client != nil {
		return a.Client
	}
	return &fetch.Client{UserAgent: userAgent(os.Getenv("CROSSINGS_CONTACT")), Now: a.Now}
}

// WatchOptions returns the options of the functions that watch sources and jobs.
func (a *App) WatchOptions() watch.Options {
	return watch.Options{Registry: a.Registry(), Now: a.Now, Begun: a.BeginJob}
}

// userAgent returns the User-Agent header that publishers see: the program, its version
// and the operator's contact, a page or an address in printable ASCII.
func userAgent(contact string) string {
	if contact == "" || strings.ContainsFunc(contact, func(r rune) bool { return r <= ' ' || r > '~' || r == '(' || r == ')' }) {
		contact = "contact the operator of this host"
	}
	return fmt.Sprintf("crossings/%s (statistics publisher; %s)", version, contact)
}

// Log returns the logger. On a terminal it writes every line, elsewhere only warnings and
// errors.
func (a *App) Log() *slog.Logger {
	level := slog.LevelWarn
	if f, ok := a.Stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) && !a.Quiet {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(a.Stderr, &slog.HandlerOptions{Level: level}))
}

// Printf writes a part of the result for people. With --json or --quiet it writes nothing.
func (a *App) Printf(format string, args ...any) {
	if !a.JSON && !a.Quiet {
		fmt.Fprintf(a.Stdout, format, args...)
	}
}

// Encode writes the result as JSON if --json is set.
func (a *App) Encode(v any) error {
	if !a.JSON {
		return nil
	}
	e := json.NewEncoder(a.Stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// Root returns a command with the common flags. The caller adds the subcommands.
func (a *App) Root(name, short string) *cobra.Command {
	root := &cobra.Command{Use: name, Short: short, SilenceErrors: true, SilenceUsage: true, Version: version,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if err := datadir.Dir(a.Data).CheckFormat(); err != nil {
				return err
			}
			a.started = true
			return nil
		},
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return fmt.Errorf("%w: name a subcommand", registry.ErrUsage)
		},
	}
	root.PersistentFlags().StringVar(&a.Data, "data", "data", "data folder, with raw/ and out/ below it")
	root.PersistentFlags().BoolVar(&a.JSON, "json", false, "write the result as JSON")
	root.PersistentFlags().StringVar(&a.LogDir, "log", "", "log what each run did in this folder, as Parquet and as a page")
	root.PersistentFlags().BoolVar(&a.Quiet, "quiet", false, "write nothing but errors")
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	return root
}

// Run executes the command and returns the exit status.
func (a *App) Run(ctx context.Context, root *cobra.Command, args []string) int {
	root.SetArgs(args)
	started := a.Now()
	command, err := root.ExecuteContextC(ctx)
	status := a.status(root.Name(), err)
	a.endJob(status, err)
	if !a.started || a.Scheduled {
		return status
	}
	if err := a.logRun(command.CommandPath(), started, status, err); err != nil {
		fmt.Fprintf(a.Stderr, "%s: %v\n", root.Name(), err)
		return max(status, Failed)
	}
	return status
}

// logRun adds a run to the run log if there is one.
func (a *App) logRun(command string, started time.Time, status int, err error) error {
	if a.LogDir == "" {
		return nil
	}
	if err != nil && !errors.Is(err, errSilent) {
		a.LogRows(runlog.Row{Message: err.Error()})
	}
	if err := runlog.Keep(a.LogDir, runlog.Run{Started: started, Ended: a.Now(), Command: command, Status: status, Rows: a.logRows}); err != nil {
		return fmt.Errorf("the run log: %w", err)
	}
	return nil
}

// RunJob does one job of a scheduled command and logs it like a run of its own. A job that
// found nothing new is not logged, because a due release is asked for dozens of times.
func (a *App) RunJob(command string, do func(*App) error) error {
	one := *a
	one.logRows, one.job = nil, trackedJob{}
	started := a.Now()
	err := do(&one)
	one.endJob(jobStatus(err), err)
	news := slices.ContainsFunc(one.logRows, func(r runlog.Row) bool {
		return r.Message != "" || r.Outcome != review.Unchanged && r.Outcome != review.Known
	})
	if err == nil && !news {
		return nil
	}
	return errors.Join(err, one.logRun(command, started, jobStatus(err), err))
}

// jobStatus returns the exit status that the job would have as a command.
func jobStatus(err error) int {
	switch {
	case errors.Is(err, datadir.ErrLocked):
		return Locked
	case err != nil:
		return Failed
	}
	return OK
}

// LogRows adds rows to the run log's entry about this run.
func (a *App) LogRows(rows ...runlog.Row) {
	if a.LogDir != "" {
		a.logRows = append(a.logRows, rows...)
	}
}

// status prints the error of a command, if any, and returns its exit status.
func (a *App) status(name string, err error) int {
	if err == nil {
		return OK
	}
	if errors.Is(err, errSilent) {
		return Failed
	}
	fmt.Fprintf(a.Stderr, "%s: %v\n", name, err)
	switch hint := hint.Of(err); {
	case !a.started || errors.Is(err, registry.ErrUsage):
		fmt.Fprintf(a.Stderr, "hint: %s\n", cmp.Or(hint, "see "+name+" --help"))
		return Usage
	case hint != "":
		fmt.Fprintf(a.Stderr, "hint: %s\n", hint)
	}
	if errors.Is(err, datadir.ErrLocked) {
		return Locked
	}
	return Failed
}

// errSilent ends a command with status Failed after everything has been reported.
var errSilent = errors.New("failed")

// ReportError prints one of several errors of a run, with its hint, on stderr.
func (a *App) ReportError(what string, err error) {
	fmt.Fprintf(a.Stderr, "%s: %v\n", what, err)
	if hint := hint.Of(err); hint != "" {
		fmt.Fprintf(a.Stderr, "hint: %s\n", hint)
	}
}

// ReportDamages prints the damaged files, or the text well if there are none.
func (a *App) ReportDamages(damages []error, well string) error {
	texts := []string{}
	for _, d := range damages {
		a.ReportError("damaged", d)
		texts = append(texts, d.Error())
	}
	if len(damages) > 0 {
		a.job.reason = fmt.Sprintf("%d damaged, first %v", len(damages), damages[0])
	}
	if len(damages) == 0 {
		a.Printf("%s\n", well)
	}
	if err := a.Encode(map[string]any{"damages": texts}); err != nil {
		return err
	}
	return SilentFailure(len(damages) > 0)
}

// SilentFailure returns nil if failed is false, and else an error that ends the command
// with status Failed and prints nothing.
func SilentFailure(failed bool) error {
	if failed {
		return errSilent
	}
	return nil
}
