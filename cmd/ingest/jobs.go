package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/watch"
)

// printJobs returns the states of the operator's jobs and prints them. If the command
// line names sources, it does nothing.
func printJobs(app *cli.App, sources []string) ([]watch.Job, error) {
	if len(sources) > 0 {
		return nil, nil
	}
	jobs, err := watch.JobStates(app.WatchOptions())
	for _, j := range jobs {
		app.Printf("%s: %s\n", j.Job, j.Message)
	}
	return jobs, err
}

// writeMetrics writes all metrics to a file for Prometheus.
func writeMetrics(cfg watch.Options, file string, tbl *table.Table, findings map[string][]stat.Finding, jobs []watch.Job) error {
	text, err := watch.Metrics(tbl, findings)
	if err != nil {
		return err
	}
	more, err := watch.JobMetrics(cfg, jobs)
	if err != nil {
		return err
	}
	return atomicfile.Write(file, append(text, more...))
}

// maxAgeUsage is the help text of --max-age.
var maxAgeUsage = "how old the last success of a job may be before you are told, such as publish-run=50h, or 0 for any age; may be repeated. Jobs: " + strings.Join(jobNames(), ", ")

// jobNames returns the names of the jobs as flags spell them.
func jobNames() (out []string) {
	for _, job := range watch.Jobs {
		out = append(out, strings.ReplaceAll(job, " ", "-"))
	}
	return out
}

// maxAges returns watch.MaxAge with the ages that flags override.
func maxAges(given map[string]string) (map[string]time.Duration, error) {
	out := maps.Clone(watch.MaxAge)
	for name, text := range given {
		i := slices.Index(jobNames(), name)
		if i < 0 {
			return nil, fmt.Errorf("%w: --max-age: there is no job %q; jobs are %s", registry.ErrUsage, name, strings.Join(jobNames(), ", "))
		}
		age, err := time.ParseDuration(text)
		if err != nil || age < 0 {
			return nil, fmt.Errorf("%w: --max-age: %q is not an age such as 50h or 0", registry.ErrUsage, text)
		}
		out[watch.Jobs[i]] = age
	}
	return out, nil
}
