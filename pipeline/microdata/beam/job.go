package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/stat"
)

// maxLayout is the largest layout file in bytes.
const maxLayout = 16 << 20

// job is what the workers must know. It is sent to them as JSON.
type job struct {
	// Layout declares the records. Cube says how to sum them; without it there are no sums.
	Layout engine.Layout    `json:"layout"`
	Cube   *engine.CubeSpec `json:"cube,omitzero"`
	// Out is the output folder, an absolute path.
	Out string `json:"out,omitzero"`
	// Buckets is the number of parts that the keys are divided into.
	Buckets int `json:"buckets,omitzero"`
}

// readJob reads the file that declares a layout and a cube: {"layout": …, "cube": …}. If a day of release is given, the
// file is the layout of a source tidy-events:<name> instead.
func readJob(path, released string) (job, error) {
	f, err := os.Open(path)
	if err != nil {
		return job{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxLayout+1))
	if err != nil {
		return job{}, err
	}
	if len(data) > maxLayout {
		return job{}, fmt.Errorf("%s: a layout of more than %d bytes", path, maxLayout)
	}
	if released != "" {
		return tidyJob(filepath.Base(path), data, released)
	}
	var j struct {
		Layout engine.Layout    `json:"layout"`
		Cube   *engine.CubeSpec `json:"cube"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		return job{}, fmt.Errorf("%s: %w", path, err)
	}
	if d.More() {
		return job{}, fmt.Errorf("%s: more text after the layout", path)
	}
	return job{Layout: j.Layout, Cube: j.Cube}, nil
}

// tidyJob returns the job that reads files by the layout of a source, as ingest does on the day of their release.
func tidyJob(name string, data []byte, released string) (job, error) {
	day, err := stat.ParseDate(released)
	if err != nil {
		return job{}, fmt.Errorf("--released: %w", err)
	}
	l, err := layout.Parse(name, data)
	if err != nil {
		return job{}, err
	}
	cube := l.Cube()
	return job{Layout: l.EngineUntil(day), Cube: &cube}, nil
}

// norm is the folder of records, cube the folder of sums, rejects the folder of refused rows.
func (j job) norm() string    { return filepath.Join(j.Out, "norm") }
func (j job) cube() string    { return filepath.Join(j.Out, "cube") }
func (j job) rejects() string { return filepath.Join(j.Out, "rejects") }

// attemptPrefix begins the names of the folders that steps write to.
const attemptPrefix = ".tmp-attempt-"

// attempt calls write with a folder of its own that has norm, cube and rejects as in Out, and then
// moves the files to Out. Two attempts at the same step may do so at once: a file gets its name
// when it is whole, and both attempts write the same bytes.
func (j job) attempt(write func(job) error) (err error) {
	if err := os.MkdirAll(j.Out, 0o755); err != nil {
		return err
	}
	own := j
	if own.Out, err = os.MkdirTemp(j.Out, attemptPrefix); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(own.Out)) }()
	if err := write(own); err != nil {
		return err
	}
	return filepath.WalkDir(own.Out, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(own.Out, path)
		if err != nil {
			return err
		}
		to := filepath.Join(j.Out, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.Rename(path, to)
	})
}

// sweep removes what killed attempts left.
func (j job) sweep() error {
	left, err := filepath.Glob(filepath.Join(j.Out, attemptPrefix+"*"))
	for _, path := range left {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

func pack(v any) ([]byte, error)      { return json.Marshal(v) }
func unpack(data []byte, v any) error { return json.Unmarshal(data, v) }
func unpacked[T any](data []byte) (v T, err error) {
	err = unpack(data, &v)
	return v, err
}
