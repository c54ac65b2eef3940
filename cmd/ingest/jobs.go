package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
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
	editions, err := editionMetrics(cfg.Dir)
	if err != nil {
		return err
	}
	return atomicfile.Write(file, slices.Concat(text, more, editions))
}

// kept returns the number of editions in the archive, and the size of its files in bytes.
func kept(dir datadir.Dir) (count int, bytes int64, err error) {
	archive := edition.Open(dir.Editions())
	all, err := archive.Versions()
	if err != nil {
		return 0, 0, err
	}
	sizes, err := archive.Size()
	for _, n := range sizes {
		bytes += n
	}
	return len(all), bytes, err
}

// printEditions says how many editions are kept and what they take, if there are any. If the command line
// names sources, it does nothing.
func printEditions(app *cli.App, sources []string) error {
	if len(sources) > 0 {
		return nil
	}
	n, bytes, err := kept(app.Registry().Dir)
	if n > 0 {
		app.Printf("editions: %d kept, in %d bytes\n", n, bytes)
	}
	return err
}

// editionMetrics returns the number and the size of editions as metrics.
func editionMetrics(dir datadir.Dir) ([]byte, error) {
	n, bytes, err := kept(dir)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "# HELP crossings_editions Editions in the archive.\n# TYPE crossings_editions gauge\ncrossings_editions %d\n"+
		"# HELP crossings_editions_bytes Bytes that the archive of editions takes.\n# TYPE crossings_editions_bytes gauge\ncrossings_editions_bytes %d\n", n, bytes), nil
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
