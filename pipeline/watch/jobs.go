package watch

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"crossings/pipeline/watch/notify"
)

// Job is how a job of the operator's stands: publishing, uploading, verifying.
type Job struct {
	Run
	State   string
	Message string // what there is to say of it, in a sentence
}

// Alarming reports whether the operator should be told of the job.
func (j Job) Alarming() bool { return j.State != JobWell }

// JobStates returns the state of each job that ever ran.
func JobStates(cfg Options) ([]Job, error) {
	maxAge := cfg.MaxAge
	if maxAge == nil {
		maxAge = MaxAge
	}
	runs, err := Runs(cfg.Dir.Runs())
	if err != nil {
		return nil, err
	}
	var out []Job
	for _, r := range runs {
		j := Job{Run: r, State: r.State(cfg.Now(), maxAge[r.Job])}
		j.Message = j.message(maxAge[r.Job])
		out = append(out, j)
	}
	return out, nil
}

// message describes the state of a job in sentences.
func (j Job) message(maxAge time.Duration) string {
	last := "It never succeeded."
	if !j.Succeeded.IsZero() {
		last = "Last success " + instant(j.Succeeded)
		if j.Version != "" {
			last += ", edition " + j.Version
		}
		last += "."
	}
	switch j.State {
	case JobFailed:
		when := ""
		if !j.Ended.IsZero() {
			when = " " + instant(j.Ended)
		}
		return fmt.Sprintf("failed%s with status %d: %s. %s", when, j.Status, strings.TrimSuffix(j.Reason, "."), last)
	case JobInterrupted:
		return fmt.Sprintf("began %s and did not end: it was killed, or the machine went down. %s", instant(j.Started), last)
	case JobSilent:
		return fmt.Sprintf("no success for more than %g hours. %s", maxAge.Hours(), last)
	}
	return "well. " + last
}

// instant writes a time for people.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// jobKey returns the key of a job's state among the states that a channel was notified of. It
// is not a valid identifier of a source.
func jobKey(job string) string { return "job " + job }

// recordJobs adds the states of the jobs to those that a channel was notified of.
func recordJobs(after map[string]string, jobs []Job) {
	for _, j := range jobs {
		after[jobKey(j.Job)] = j.State
	}
}

// withJobs adds to a message the jobs that changed state since a channel was last notified:
// once when they fail, and once when they are well again.
func withJobs(m notify.Message, before map[string]string, jobs []Job) notify.Message {
	var text strings.Builder
	bad, well := 0, 0
	for _, j := range jobs {
		old := before[jobKey(j.Job)]
		if j.State == old || !j.Alarming() && old == "" {
			continue
		}
		if j.Alarming() {
			bad++
		} else {
			well++
		}
		m.Changes = append(m.Changes, notify.Change{Source: j.Job, Before: old, Now: j.State, Message: j.Message})
		fmt.Fprintf(&text, "%s: %s\n", j.Job, j.Message)
	}
	if text.Len() == 0 {
		return m
	}
	var parts []string
	if m.Subject != "" {
		parts = append(parts, m.Subject)
	}
	for _, x := range []struct {
		n         int
		one, many string
	}{{bad, "job needs a look", "jobs need a look"}, {well, "job is well again", "jobs are well again"}} {
		if x.n == 1 {
			parts = append(parts, "1 "+x.one)
		} else if x.n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.many))
		}
	}
	m.Subject = strings.Join(parts, ", ")
	if !strings.HasPrefix(m.Subject, "crossings: ") {
		m.Subject = "crossings: " + m.Subject
	}
	if m.Text == "" {
		m.Text = "See: ingest status\n"
	}
	m.Text = text.String() + "\n" + m.Text
	return m
}

// diskFolders lists the folders in the data folder whose disk usage is measured.
var diskFolders = []string{"raw", "out/lake", "out/site", "out/releases", "out/cache", "out/quarantine", "out/review"}

// JobMetrics returns the runs of jobs and the disk usage in the text format of Prometheus. A job
// that never ran has no lines.
func JobMetrics(cfg Options, jobs []Job) ([]byte, error) {
	var out strings.Builder
	family := func(name, help string, line func(j Job) string) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
		for _, j := range jobs {
			if s := line(j); s != "" {
				fmt.Fprintf(&out, "%s{job=%q%s\n", name, j.Job, s)
			}
		}
	}
	moment := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return fmt.Sprintf("} %d", t.Unix())
	}
	family("crossings_job_last_success_timestamp_seconds", "When a run of a job last succeeded.", func(j Job) string { return moment(j.Succeeded) })
	family("crossings_job_last_start_timestamp_seconds", "When a run of a job last began.", func(j Job) string { return moment(j.Started) })
	family("crossings_job_last_status", "Exit status of the last run of a job that ended.", func(j Job) string {
		if j.Ended.IsZero() {
			return ""
		}
		return fmt.Sprintf("} %d", j.Status)
	})
	family("crossings_job_alarm", "Whether a job failed, was interrupted or is silent, 1 or 0.", func(j Job) string {
		if j.Alarming() {
			return "} 1"
		}
		return "} 0"
	})
	family("crossings_job_data_version_info", "Data version of the last success of a job, as a label.", func(j Job) string {
		if j.Version == "" {
			return ""
		}
		return fmt.Sprintf(",version=%q} 1", j.Version)
	})
	fmt.Fprintf(&out, "# HELP crossings_disk_used_bytes Bytes in the files below a folder of the data folder.\n# TYPE crossings_disk_used_bytes gauge\n")
	for _, folder := range diskFolders {
		n, err := bytesIn(filepath.Join(cfg.Dir.Path(), filepath.FromSlash(folder)))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "crossings_disk_used_bytes{folder=%q} %d\n", folder, n)
	}
	return []byte(out.String()), nil
}

// bytesIn returns the size of the files in a folder and below. It is 0 if there is no folder. A
// file with several names, such as one that the site and an edition share, counts once for each.
// Files deleted meanwhile do not count.
func bytesIn(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			var info fs.FileInfo
			if info, err = d.Info(); err == nil {
				n += info.Size()
			}
		}
		if os.IsNotExist(err) {
			return nil
		}
		return err
	})
	return n, err
}
