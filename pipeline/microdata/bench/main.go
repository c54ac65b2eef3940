// Command bench runs the benchmark jobs through the project's own packages: bench j1|j2|j3|j4a|j4r DATA
// OUT. bench layout DATA FILE writes the layout and cube of the benchmark in the form that
// pipeline/microdata/beam reads.
package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"time"

	"crossings/pipeline/microdata/engine"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "records:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: records j1|j2|j3|j4a|j4r|layout DATA OUT")
	}
	if path := os.Getenv("RECORDS_PROFILE"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	// Collect rarely while the heap is small, and often when it is large.
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(256 << 20)
	job, data, out := args[0], args[1], args[2]
	switch job {
	case "j1":
		return read(engine.Normalise, data, "raw.csv", out, "rejects.csv")
	case "j2":
		return cube(out)
	case "j3":
		return compare(out)
	case "j4a":
		return update(engine.Append, data, "new_day.csv", out)
	case "j4r":
		return update(engine.Revise, data, "revised_day.csv", out)
	case "layout":
		return writeLayout(data, out)
	}
	return fmt.Errorf("job %q is not one of j1, j2, j3, j4a, j4r and layout", job)
}

// layout returns the layout of the benchmark's raw.csv.
func layout(data string) (engine.Layout, error) {
	countries, err := countries(filepath.Join(data, "countries.csv"))
	if err != nil {
		return engine.Layout{}, err
	}
	return engine.Layout{
		Columns: []engine.Column{
			{Name: "record_id", Kind: engine.ID},
			{
				Name: "event_date", Kind: engine.Date, Reason: "bad_date", Formats: []string{"2006-01-02", "02/01/2006"},
				First: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC),
			},
			{Name: "route"},
			{Name: "nationality", Codes: countries, Reason: "unknown_country"},
			{Name: "sex", Codes: map[string]string{"M": "M", "male": "M", "F": "F", "female": "F"}, Default: "U"},
			{Name: "age_band"},
			{Name: "persons", Kind: engine.Count, Min: 1, Max: 1<<31 - 1},
			{Name: "boats", Kind: engine.Count, Max: 1<<31 - 1, Nullable: true},
			{Name: "source_id"},
			{Name: "quality"},
			{Name: "note", Kind: engine.Text, Nullable: true},
		},
		Key:       "record_id",
		Duplicate: "duplicate_id",
		Sort:      []string{"route", "event_date"},
	}, nil
}

// writeLayout writes the layout and the cube to a file.
func writeLayout(data, path string) error {
	l, err := layout(data)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(map[string]any{"layout": l, "cube": cubeSpec}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// countries reads name,iso3.
func countries(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	codes := map[string]string{}
	for {
		rec, err := r.Read()
		if err == io.EOF {
			delete(codes, "name")
			return codes, nil
		}
		if err != nil {
			return nil, err
		}
		codes[rec[0]] = rec[1]
	}
}

// reader is engine.Normalise, engine.Append or engine.Revise.
type reader func(context.Context, engine.Layout, []string, string, engine.Options, func(engine.Reject) error) (engine.Report, error)

// read reads one raw file and writes the rejects to a file in the output folder.
func read(how reader, data, file, out, rejected string) error {
	l, err := layout(data)
	if err != nil {
		return err
	}
	rejects, done, err := rejectFile(filepath.Join(out, rejected))
	if err != nil {
		return err
	}
	_, err = how(context.Background(), l, []string{filepath.Join(data, file)}, filepath.Join(out, "norm"), engine.Options{}, rejects)
	return errors.Join(err, done())
}

// update reads a nightly file and brings the cube and the comparisons up to date.
func update(how reader, data, file, out string) error {
	if err := read(how, data, file, out, "rejects-"+file); err != nil {
		return err
	}
	if err := cube(out); err != nil {
		return err
	}
	return compare(out)
}

// rejectFile writes the benchmark's rejects: rec,reason.
func rejectFile(path string) (func(engine.Reject) error, func() error, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	w := bufio.NewWriter(f)
	w.WriteString("rec,reason\n")
	var line []byte
	reject := func(r engine.Reject) error {
		line = strconv.AppendInt(line[:0], r.Record, 10)
		line = append(append(append(line, ','), r.Reason...), '\n')
		_, err := w.Write(line)
		return err
	}
	return reject, func() error { return errors.Join(w.Flush(), f.Close()) }, nil
}

var cubeSpec = engine.CubeSpec{Date: "event_date", Dims: []string{"route", "nationality", "sex"}, Sum: "persons"}

func cube(out string) error {
	_, err := engine.Cube(context.Background(), filepath.Join(out, "norm"), filepath.Join(out, "cube"), cubeSpec, engine.Options{})
	return err
}

func compare(out string) error {
	spec := engine.CompareSpec{
		Date: "event_date", Keys: []string{"route", "nationality"}, Value: "persons",
		First: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	_, err := engine.Compare(context.Background(), filepath.Join(out, "cube"), filepath.Join(out, "compare"), spec, engine.Options{})
	return err
}
