package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"crossings/pipeline/datadir"
	"crossings/pipeline/watch"
)

// trackedJob is a run of a job whose failure the operator is told of.
type trackedJob struct {
	job     string         // name of the job; "" if the command is not one
	run     *watch.Running // nil until the job has begun
	reason  string         // why it failed, if no error says so
	version string         // the edition that it published, or ""
}

// TrackJob marks the invocation as a run of a job. The run is recorded from the moment it
// has the lock on the data folder, or from BeginJob, and Run or RunJob records how it ended.
// So ingest notify can tell the operator if the job fails, is killed or no longer runs. A run
// that did not get the lock is not recorded. A run that cannot be recorded goes on.
func (a *App) TrackJob(job string) { a.job.job = job }

// BeginJob records that the job has begun. Later calls do nothing.
func (a *App) BeginJob() {
	if a.job.job == "" || a.job.run != nil {
		return
	}
	run, err := watch.Begin(datadir.Dir(a.Data).Runs(), a.job.job, a.Now())
	a.reportUntracked(err)
	a.job.run = run
}

// SetVersion sets the edition that the job has published.
func (a *App) SetVersion(version string) { a.job.version = version }

// endJob records how the job ended.
func (a *App) endJob(status int, err error) {
	if a.job.job == "" || errors.Is(err, datadir.ErrLocked) {
		return
	}
	a.BeginJob() // it may have failed before it began
	reason := a.job.reason
	// Failures of single sources are reported one by one.
	if err != nil && !errors.Is(err, errSilent) {
		reason = err.Error()
	}
	a.reportUntracked(a.job.run.End(a.Now(), status, reason, a.job.version))
}

// reportUntracked reports that a run could not be recorded. A data folder that is read-only
// is expected and not an error; the operator is still told if the job never succeeds.
func (a *App) reportUntracked(err error) {
	if err != nil && !errors.Is(err, syscall.EROFS) && !errors.Is(err, fs.ErrPermission) {
		a.ReportError("runs", fmt.Errorf("this run is not recorded: %w", err))
	}
}
