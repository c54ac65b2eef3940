package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"crossings/pipeline/datadir"
	"crossings/pipeline/watch"
)

// notedRun is a run of a job of which the operator is told where it fails.
type notedRun struct {
	job     string         // "" where the command is none
	run     *watch.Running // once it has begun
	reason  string         // why it failed, where no error says so
	version string         // data version that it published
}

// Noted says that what follows is a run of a job. It is noted from when it has the data
// folder, or from Begun on, and Run or Job notes how it ended: ingest notify tells the
// operator where it fails, is killed, or no longer comes. A run that found the data folder
// taken is none. That a run cannot be noted stops nothing.
func (a *App) Noted(job string) { a.noted.job = job }

// Begun notes that the run of a job has begun, the first time it is called.
func (a *App) Begun() {
	if a.noted.job == "" || a.noted.run != nil {
		return
	}
	run, err := watch.Begin(datadir.Dir(a.Data).Runs(), a.noted.job, a.Now())
	a.unnoted(err)
	a.noted.run = run
}

// Published says which data version a run has put in place.
func (a *App) Published(version string) { a.noted.version = version }

// end notes how a run ended.
func (a *App) end(status int, err error) {
	if a.noted.job == "" || errors.Is(err, datadir.ErrLocked) {
		return
	}
	a.Begun() // where it failed before
	reason := a.noted.reason
	// Sources that failed are told one by one.
	if err != nil && !errors.Is(err, errSilent) {
		reason = err.Error()
	}
	a.unnoted(a.noted.run.End(a.Now(), status, reason, a.noted.version))
}

// unnoted says that a run could not be noted. Where the data folder may only be read
// nothing else was to be expected; if the job is one of those, its silence is told.
func (a *App) unnoted(err error) {
	if err != nil && !errors.Is(err, syscall.EROFS) && !errors.Is(err, fs.ErrPermission) {
		a.Fail("runs", fmt.Errorf("this run is not noted: %w", err))
	}
}
