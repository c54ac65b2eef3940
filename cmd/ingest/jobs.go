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

// jobsShown returns how the operator's jobs stand, and says so; where sources are named,
// none are asked for.
func jobsShown(app *cli.App, sources []string) ([]watch.Job, error) {
	if len(sources) > 0 {
		return nil, nil
	}
	jobs, err := watch.JobStates(app.Watching())
	for _, j := range jobs {
		app.Printf("%s: %s\n", j.Job, j.Message)
	}
	return jobs, err
}

// writeMetrics writes all that Prometheus is told.
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

// maxAgeUsage says what --max-age is for.
var maxAgeUsage = "how old the last success of a job may be before that is told, as publish-run=50h, or 0 for any age; may be given again. Jobs: " + strings.Join(jobNames(), ", ")

// jobNames are the names of jobs as they are written in a flag.
func jobNames() (out []string) {
	for _, job := range watch.Jobs {
		out = append(out, strings.ReplaceAll(job, " ", "-"))
	}
	return out
}

// maxAges returns the ages that flags ask for, over those of watch.MaxAge.
func maxAges(given map[string]string) (map[string]time.Duration, error) {
	out := maps.Clone(watch.MaxAge)
	for name, text := range given {
		i := slices.Index(jobNames(), name)
		if i < 0 {
			return nil, fmt.Errorf("%w: --max-age: there is no job %q; jobs are %s", registry.ErrUsage, name, strings.Join(jobNames(), ", "))
		}
		age, err := time.ParseDuration(text)
		if err != nil || age < 0 {
			return nil, fmt.Errorf("%w: --max-age: %q is no age, such as 50h or 0", registry.ErrUsage, text)
		}
		out[watch.Jobs[i]] = age
	}
	return out, nil
}
