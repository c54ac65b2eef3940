package watch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/gofrs/flock"

	"crossings/pipeline/atomicfile"
)

// The jobs whose runs are noted, named after their commands.
const (
	JobIngest        = "ingest run"
	JobVerify        = "ingest verify"
	JobPublish       = "publish run"
	JobOpen          = "publish open"
	JobUpload        = "publish upload"
	JobVerifyPublish = "publish verify"
)

// Jobs are all jobs, in display order.
var Jobs = []string{JobIngest, JobVerify, JobPublish, JobOpen, JobUpload, JobVerifyPublish}

// MaxAge is, by job, the age of the last success above which the operator is notified, unless set
// otherwise: two missed nights, or a missed week of verifying. JobOpen has no limit, because it
// runs only when a site waits for its release time.
var MaxAge = map[string]time.Duration{JobIngest: 50 * time.Hour, JobPublish: 50 * time.Hour, JobUpload: 50 * time.Hour,
	JobVerify: 8 * 24 * time.Hour, JobVerifyPublish: 8 * 24 * time.Hour}

// The states of a job.
const (
	JobWell        = "well"
	JobFailed      = "failed"      // the last run to end failed
	JobInterrupted = "interrupted" // the last run was killed
	JobSilent      = "silent"      // no success within its maximum age
)

// Run is the note about the runs of one job. Times are by the clock of the machine.
type Run struct {
	Job        string    `json:"job"`
	Started    time.Time `json:"started,omitzero"` // of the last run
	Unfinished bool      `json:"unfinished"`       // the last run is under way or was killed
	Ended      time.Time `json:"ended,omitzero"`   // of the last run that ended
	Status     int       `json:"status"`           // its exit status
	Reason     string    `json:"reason,omitempty"` // why it failed, in one line; "" if it did not
	Succeeded  time.Time `json:"succeeded,omitzero"`
	Version    string    `json:"data_version,omitempty"` // edition of the last success

	// UnderWay says that a process is still running the unfinished run.
	UnderWay bool `json:"-"`
}

// State returns the state of a job at an instant. maxAge is the maximum age of its last success;
// zero means no limit.
func (r Run) State(now time.Time, maxAge time.Duration) string {
	since := r.Succeeded
	if since.IsZero() {
		since = r.Started
	}
	switch {
	case r.Unfinished && !r.UnderWay:
		return JobInterrupted
	case r.Reason != "":
		return JobFailed
	case maxAge > 0 && now.Sub(since) > maxAge:
		return JobSilent
	}
	return JobWell
}

// Running is a run that has begun.
type Running struct {
	dir  string
	lock *flock.Flock // nil if another run of the job has the note, or there is no data folder yet
	note Run
}

// Begin notes in dir that a run of a job has begun. The caller must call End. If another run of the
// job is under way, or the parent of dir does not exist, Begin writes nothing yet.
func Begin(dir, job string, now time.Time) (*Running, error) {
	r := &Running{dir: dir}
	r.note.Job, r.note.Started, r.note.Unfinished = job, now.UTC(), true
	if held, err := r.take(); err != nil || !held {
		return r, err
	}
	return r, r.write(r.note)
}

// take takes the lock of the job and reads the existing note. The system drops the lock when the
// process ends.
func (r *Running) take() (held bool, err error) {
	if _, err := os.Stat(filepath.Dir(r.dir)); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return false, err
	}
	lock := flock.New(runFile(r.dir, r.note.Job)+lockSuffix, flock.SetPermissions(0o644))
	if held, err = lock.TryLock(); err != nil || !held {
		return false, err
	}
	r.lock = lock
	before := readRun(r.dir, r.note.Job)
	before.Started, before.Unfinished = r.note.Started, r.note.Unfinished
	r.note = before
	return true, nil
}

// End notes how a run ended. reason is why it failed, or "". version is the edition that it
// published, or "".
func (r *Running) End(now time.Time, status int, reason, version string) error {
	if r.lock == nil {
		if held, err := r.take(); err != nil || !held {
			return err
		}
	}
	defer r.lock.Unlock()
	n := r.note
	n.Ended, n.Unfinished, n.Status, n.Reason = now.UTC(), false, status, oneLine(reason)
	if n.Reason == "" {
		n.Succeeded = n.Ended
		if version != "" {
			n.Version = version
		}
	}
	return r.write(n)
}

// write writes a note. A command that takes the data folder removes temporary names and may remove
// this one, so write tries again.
func (r *Running) write(n Run) (err error) {
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	for range 3 {
		if err = atomicfile.Write(runFile(r.dir, n.Job), append(text, '\n')); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return err
}

// Runs returns the notes in a folder, one for each job that ever ran, in the order of Jobs.
func Runs(dir string) (out []Run, err error) {
	for _, job := range Jobs {
		if _, err := os.Lstat(runFile(dir, job)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		// Check the lock before reading the note: a run that ends in between has written its end.
		idle := flock.New(runFile(dir, job)+lockSuffix, flock.SetFlag(os.O_RDONLY))
		free, err := idle.TryRLock()
		gone := errors.Is(err, fs.ErrNotExist) // no lock file means that nobody holds it
		if err != nil && !gone {
			return nil, err
		}
		run := readRun(dir, job)
		if free {
			idle.Unlock() // closing the file cannot lose data
		}
		run.UnderWay = run.Unfinished && !free && !gone
		out = append(out, run)
	}
	return out, nil
}

const lockSuffix = ".lock"

// maxRun is the largest size of a note, in bytes.
const maxRun = 64 << 10

func runFile(dir, job string) string {
	return filepath.Join(dir, strings.ReplaceAll(job, " ", "-")+".json")
}

// readRun returns the note of a job. A note that cannot be read counts as a failure until the next
// run writes another.
func readRun(dir, job string) Run {
	path := runFile(dir, job)
	run := Run{Job: job}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return run
	}
	if err == nil && info.Size() > maxRun {
		err = fmt.Errorf("%d bytes, more than the limit of %d", info.Size(), maxRun)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err == nil {
		err = json.Unmarshal(text, &run)
	}
	if err == nil && run.Job == job {
		return run
	}
	return Run{Job: job, Status: 1, Reason: oneLine(fmt.Sprintf("%s is no note of a run, and was damaged: %v; the next run writes another", path, err))}
}

// maxReason is the largest size of the reason of a failure, in bytes.
const maxReason = 500

// oneLine returns a text as one line of bounded length.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if len(s) > maxReason {
		s = strings.ToValidUTF8(s[:maxReason], "") + " …"
	}
	return s
}
