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

// The jobs whose runs are noted, by the command that does them.
const (
	JobIngest        = "ingest run"
	JobVerify        = "ingest verify"
	JobPublish       = "publish run"
	JobOpen          = "publish open"
	JobUpload        = "publish upload"
	JobVerifyPublish = "publish verify"
)

// Jobs are all jobs, in the order in which they are shown.
var Jobs = []string{JobIngest, JobVerify, JobPublish, JobOpen, JobUpload, JobVerifyPublish}

// MaxAge is how old the last success of a job may be before the operator is told, where
// nothing else is asked for: two missed nights, and a missed week of verifying. The site
// that waits for its time is opened when there is one.
var MaxAge = map[string]time.Duration{JobIngest: 50 * time.Hour, JobPublish: 50 * time.Hour, JobUpload: 50 * time.Hour,
	JobVerify: 8 * 24 * time.Hour, JobVerifyPublish: 8 * 24 * time.Hour}

// The states of a job.
const (
	JobWell        = "well"
	JobFailed      = "failed"      // the last run that ended
	JobInterrupted = "interrupted" // the last run began and was killed
	JobSilent      = "silent"      // no success for longer than its age may be
)

// Run is what is noted of the runs of one job. Times have the clock of the machine.
type Run struct {
	Job        string    `json:"job"`
	Started    time.Time `json:"started,omitzero"` // the last run
	Unfinished bool      `json:"unfinished"`       // it has not ended: it is under way, or was killed
	Ended      time.Time `json:"ended,omitzero"`   // the last run that ended
	Status     int       `json:"status"`           // its exit status
	Reason     string    `json:"reason,omitempty"` // why it failed, in one line; "" where it did not
	Succeeded  time.Time `json:"succeeded,omitzero"`
	Version    string    `json:"data_version,omitempty"` // published or uploaded by the last success

	// UnderWay says that a process still does the run that is not finished.
	UnderWay bool `json:"-"`
}

// State returns the state of a job at an instant; maxAge is how old its last success may
// be, or 0.
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

// Running is a run that was begun.
type Running struct {
	dir  string
	lock *flock.Flock // nil where another run of the job is noted, or there is no data folder yet
	note Run
}

// Begin notes in a folder that a run of a job has begun; End is to be called when it has
// ended. Where another run of the job is under way, or the folder above is not there,
// nothing is noted yet.
func Begin(dir, job string, now time.Time) (*Running, error) {
	r := &Running{dir: dir}
	r.note.Job, r.note.Started, r.note.Unfinished = job, now.UTC(), true
	if held, err := r.take(); err != nil || !held {
		return r, err
	}
	return r, r.write(r.note)
}

// take takes the lock of the job, which the system drops with the process, and reads what
// was noted before.
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

// End notes how a run ended: with which exit status, and why it failed or "". version is
// the data version that it published, or "".
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

// write writes a note. A command that takes the data folder removes temporary names, and
// may meet this one: it is then written again.
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

// Runs returns what is noted in a folder of each job that ever ran, in the order of Jobs.
func Runs(dir string) (out []Run, err error) {
	for _, job := range Jobs {
		if _, err := os.Lstat(runFile(dir, job)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		// The lock first: a run that ends in between has ended by its note.
		idle := flock.New(runFile(dir, job)+lockSuffix, flock.SetFlag(os.O_RDONLY))
		free, err := idle.TryRLock()
		gone := errors.Is(err, fs.ErrNotExist) // nobody holds what is not there
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

// maxRun bounds the file of a note.
const maxRun = 64 << 10

func runFile(dir, job string) string {
	return filepath.Join(dir, strings.ReplaceAll(job, " ", "-")+".json")
}

// readRun returns what is noted of a job. A note that cannot be read is a failure, until
// the next run writes another.
func readRun(dir, job string) Run {
	path := runFile(dir, job)
	run := Run{Job: job}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return run
	}
	if err == nil && info.Size() > maxRun {
		err = fmt.Errorf("%d bytes, allowed are %d", info.Size(), maxRun)
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

// maxReason bounds what is noted of a failure, in bytes.
const maxReason = 500

// oneLine returns a text as one line of bounded length.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if len(s) > maxReason {
		s = strings.ToValidUTF8(s[:maxReason], "") + " …"
	}
	return s
}
