// Package runlog records what each run of a command did, for an operator to look up later.
//
//  1. Keep writes a Parquet file for a run into a folder, with one row for each thing that the run
//     handled. Any reader of Parquet reads the folder as one table.
//  2. It then rewrites the folder's page of the newest runs and removes runs that are too old.
//
// A run log depends on the clock, so it is not part of the data folder.
package runlog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/table"
)

// Kept is how long runs are kept, and shown the number of runs on the page.
const (
	Kept  = 2 * 366 * 24 * time.Hour
	shown = 60
)

// Run is one run of a command.
type Run struct {
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	Command string    `json:"command"` // "ingest run"
	Status  int       `json:"status"`
	Rows    []Row     `json:"rows"`
}

// Row is the outcome for one file or source, or for the run as a whole.
type Row struct {
	Source       string `json:"source,omitempty"`
	File         string `json:"file,omitempty"`
	Release      string `json:"release,omitempty"`
	Outcome      string `json:"outcome,omitempty"`
	Observations int    `json:"observations,omitempty"`
	Rejects      int    `json:"rejects,omitempty"`
	Findings     int    `json:"findings,omitempty"`
	Message      string `json:"message,omitempty"`
	Found        string `json:"found,omitempty"` // the findings, one per line
	// Took is the duration. If a source has several outcomes, only the last has it.
	Took time.Duration `json:"took,omitempty"`
}

// Took returns the duration of the run.
func (r Run) Took() time.Duration { return r.Ended.Sub(r.Started).Round(time.Millisecond) }

// stamp is the prefix of the names of a run's files; it sorts by time.
const stamp = "2006-01-02T150405.000Z"

// Keep writes a run to the folder dir, and creates it if necessary. If another run is being
// written, Keep waits, so that the page has both.
func Keep(dir string, r Run) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Unlock() // closing the file cannot lose data
	r.Started, r.Ended = r.Started.UTC(), r.Ended.UTC()
	name, err := free(filepath.Join(dir, "runs", r.Started.Format(stamp)+"-"+strings.ReplaceAll(r.Command, " ", "-")))
	if err != nil {
		return err
	}
	var parquet bytes.Buffer
	if err := tableOf(r).Parquet(&parquet); err != nil {
		return err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(name+".json", text); err != nil {
		return err
	}
	if err := atomicfile.Write(name+".parquet", parquet.Bytes()); err != nil {
		return err
	}
	if err := prune(dir, r.Started.Add(-Kept)); err != nil {
		return err
	}
	return page(dir)
}

// free returns an unused name, because two runs may begin at the same instant.
func free(name string) (string, error) {
	for n, try := 2, name; ; n++ {
		if _, err := os.Lstat(try + ".json"); errors.Is(err, fs.ErrNotExist) {
			return try, nil
		} else if err != nil {
			return "", err
		}
		try = fmt.Sprintf("%s-%d", name, n)
	}
}

func tableOf(r Run) *table.Table {
	t := table.New("runs")
	rows := r.Rows
	if !slices.ContainsFunc(rows, func(x Row) bool { return x.Source == "" }) {
		rows = append([]Row{{}}, rows...)
	}
	for _, x := range rows {
		took := x.Took
		if x.Source == "" {
			took = r.Took()
		}
		t.Add(table.Instant(r.Started), table.Instant(r.Ended), table.Text(r.Command), table.Int(r.Status), table.Text(x.Source), table.Text(x.File),
			table.Text(x.Release), table.Text(x.Outcome), table.Int(x.Observations), table.Int(x.Rejects), table.Int(x.Findings), table.Text(x.Message),
			table.Text(x.Found), table.Float(took.Seconds(), took > 0))
	}
	return t
}

// files returns the files of runs of one kind, the newest first.
func files(dir, ending string) ([]string, error) {
	out, err := filepath.Glob(filepath.Join(dir, "runs", "[0-9]*"+ending))
	slices.SortFunc(out, func(a, b string) int { return -cmp.Compare(a, b) })
	return out, err
}

// prune removes the runs that began before an instant.
func prune(dir string, before time.Time) error {
	for _, ending := range []string{".json", ".parquet"} {
		all, err := files(dir, ending)
		if err != nil {
			return err
		}
		for _, f := range all {
			if filepath.Base(f) < before.Format(stamp) {
				if err := os.Remove(f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// page writes the page of the newest runs.
func page(dir string) error {
	all, err := files(dir, ".json")
	if err != nil {
		return err
	}
	var runs []Run
	for _, f := range all[:min(len(all), shown)] {
		text, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		var r Run
		if err := json.Unmarshal(text, &r); err != nil {
			r = Run{Rows: []Row{{File: filepath.Base(f), Message: "what was kept of this run cannot be read"}}}
		}
		runs = append(runs, r)
	}
	return atomicfile.Write(filepath.Join(dir, "index.html"), pageOf(runs))
}
