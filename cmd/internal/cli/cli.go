// Package cli is what the two commands share: flags, exit status, the form of
// results and errors.
//
// Results go to stdout, everything else to stderr. Errors are one line in lower
// case, with a "hint:" line below it where there is something to do. Under cron,
// where stderr is no terminal, only warnings and errors are written, and a line a
// minute of a run that reads records for longer.
package cli

import (
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
	OK     = 0 // all well
	Failed = 1 // some source or check failed and the rest was done
	Usage  = 2 // the command line or the configuration is wrong
	Locked = 3 // another run holds the lock
)

// version is what a release is called, which its build sets; see deploy/release.
var version = "unreleased"

// App is one invocation of a command.
type App struct {
	Stdout, Stderr io.Writer
	Sources        []*source.Source
	Client         *fetch.Client // nil means the real one
	Now            func() time.Time

	Data        string // --data
	JSON, Quiet bool   // --json, --quiet
	Stays       bool   // until it is ended: not the run is logged but its jobs, see Job
	Runs        string // --log, the folder of the run log; "" keeps none
	started     bool
	rows        []runlog.Row // for the run log
	noted       notedRun
}

// Main runs a command until it ends or is interrupted, and returns the exit
// status: all that a main function does.
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

// Publishers returns the client that asks publishers.
func (a *App) Publishers() *fetch.Client {
	if a.Client != nil {
		return a.Client
	}
	return &fetch.Client{UserAgent: userAgent(os.Getenv("CROSSINGS_CONTACT")), Now: a.Now}
}

// Watching returns what the functions that look at sources and jobs are given.
func (a *App) Watching() watch.Options {
	return watch.Options{Registry: a.Registry(), Now: a.Now, Begun: a.Begun}
}

// userAgent is what publishers are told about who asks: the program, its version, and
// where whoever runs it can be reached, a page or an address in printable ASCII.
func userAgent(contact string) string {
	if contact == "" || strings.ContainsFunc(contact, func(r rune) bool { return r <= ' ' || r > '~' || r == '(' || r == ')' }) {
		contact = "contact the operator of this host"
	}
	return fmt.Sprintf("crossings/%s (statistics publisher; %s)", version, contact)
}

// Log returns the logger: every line on a terminal, warnings and errors else.
func (a *App) Log() *slog.Logger {
	level := slog.LevelWarn
	if f, ok := a.Stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) && !a.Quiet {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(a.Stderr, &slog.HandlerOptions{Level: level}))
}

// Printf writes a line of the result for people; with --json or --quiet it
// writes nothing.
func (a *App) Printf(format string, args ...any) {
	if !a.JSON && !a.Quiet {
		fmt.Fprintf(a.Stdout, format, args...)
	}
}

// Encode writes the result for machines, where --json asks for it.
func (a *App) Encode(v any) error {
	if !a.JSON {
		return nil
	}
	e := json.NewEncoder(a.Stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// Root returns a command with the common flags, for subcommands to be added.
func (a *App) Root(name, short string) *cobra.Command {
	root := &cobra.Command{Use: name, Short: short, SilenceErrors: true, SilenceUsage: true, Version: version,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRun:  func(*cobra.Command, []string) { a.started = true },
		Args:              cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return fmt.Errorf("%w: name a subcommand", registry.ErrUsage)
		},
	}
	root.PersistentFlags().StringVar(&a.Data, "data", "data", "data folder, with raw/ and out/ below it")
	root.PersistentFlags().BoolVar(&a.JSON, "json", false, "write the result as JSON")
	root.PersistentFlags().StringVar(&a.Runs, "log", "", "keep what each run did in this folder, as Parquet and as a page")
	root.PersistentFlags().BoolVar(&a.Quiet, "quiet", false, "write nothing but errors")
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
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
	a.end(status, err)
	if !a.started || a.Stays {
		return status
	}
	if err := a.keep(command.CommandPath(), started, status, err); err != nil {
		fmt.Fprintf(a.Stderr, "%s: %v\n", root.Name(), err)
		return max(status, Failed)
	}
	return status
}

// keep puts a run that ended so into the run log, where there is one.
func (a *App) keep(command string, started time.Time, status int, err error) error {
	if a.Runs == "" {
		return nil
	}
	if err != nil && !errors.Is(err, errSilent) {
		a.Note(runlog.Row{Message: err.Error()})
	}
	if err := runlog.Keep(a.Runs, runlog.Run{Started: started, Ended: a.Now(), Command: command, Status: status, Rows: a.rows}); err != nil {
		return fmt.Errorf("the run log: %w", err)
	}
	return nil
}

// Job does one job of a command that stays, and keeps it in the run log like a run of its
// own. One that found nothing new is not kept: a release that is due is asked for dozens of times.
func (a *App) Job(command string, do func(*App) error) error {
	one := *a
	one.rows, one.noted = nil, notedRun{}
	started := a.Now()
	err := do(&one)
	one.end(jobStatus(err), err)
	news := slices.ContainsFunc(one.rows, func(r runlog.Row) bool {
		return r.Message != "" || r.Outcome != review.Unchanged && r.Outcome != review.Known
	})
	if err == nil && !news {
		return nil
	}
	return errors.Join(err, one.keep(command, started, jobStatus(err), err))
}

// jobStatus returns the exit status that a job would have had as a command.
func jobStatus(err error) int {
	switch {
	case errors.Is(err, datadir.ErrLocked):
		return Locked
	case err != nil:
		return Failed
	}
	return OK
}

// Note adds rows to what the run log will say of this run.
func (a *App) Note(rows ...runlog.Row) {
	if a.Runs != "" {
		a.rows = append(a.rows, rows...)
	}
}

// status reports how a command ended and returns its exit status.
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
		fmt.Fprintf(a.Stderr, "hint: see %s --help\n", name)
		return Usage
	case hint != "":
		fmt.Fprintf(a.Stderr, "hint: %s\n", hint)
	}
	if errors.Is(err, datadir.ErrLocked) {
		return Locked
	}
	return Failed
}

// errSilent ends a command with status Failed where everything has been said.
var errSilent = errors.New("failed")

// Fail reports one of several errors of a run on stderr.
func (a *App) Fail(what string, err error) {
	fmt.Fprintf(a.Stderr, "%s: %v\n", what, err)
	if hint := hint.Of(err); hint != "" {
		fmt.Fprintf(a.Stderr, "hint: %s\n", hint)
	}
}

// Damages reports the files that are not what they should be, and says well where
// there are none.
func (a *App) Damages(damages []error, well string) error {
	texts := []string{}
	for _, d := range damages {
		a.Fail("damaged", d)
		texts = append(texts, d.Error())
	}
	if len(damages) > 0 {
		a.noted.reason = fmt.Sprintf("%d damaged, first %v", len(damages), damages[0])
	}
	if len(damages) == 0 {
		a.Printf("%s\n", well)
	}
	if err := a.Encode(map[string]any{"damages": texts}); err != nil {
		return err
	}
	return Silent(len(damages) > 0)
}

// Silent returns the error that ends a command with status Failed without
// another line, or nil where nothing failed.
func Silent(failed bool) error {
	if failed {
		return errSilent
	}
	return nil
}
