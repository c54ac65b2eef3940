package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/refused"
)

// The Beam runtime finds the steps on a worker by these registrations.
func init() {
	register.DoFn5x1[context.Context, string, func(*[]byte) bool, []byte, func([]byte), error](&writeFn{})
	register.DoFn4x1[int, func(*[]byte) bool, []byte, func([]byte), error](&rejectsFn{})
	register.DoFn4x1[[]byte, []byte, func(*[]byte) bool, func(*[]byte) bool, error](&finishFn{})
}

// written is a month of records and its sums.
type written struct {
	Norm engine.Partition
	Cube engine.Partition // without a name if there is none
}

// writeFn writes a month.
type writeFn struct{ Job job }

// ProcessElement writes the records of a month and their sums, and emits what it wrote. It emits
// nothing for a month that has only duplicates.
func (f *writeFn) ProcessElement(ctx context.Context, month string, parts func(*[]byte) bool, joint []byte, emit func([]byte)) error {
	rows, duplicates := split(parts)
	var w written
	err := f.Job.attempt(func(own job) error {
		file, err := engine.WritePartition(ctx, own.Layout, month, rows, duplicates, joint, own.norm(), engine.Options{})
		if err != nil || file.Rows == 0 {
			return err
		}
		w.Norm = engine.Partition{Name: month, Files: []engine.File{file}}
		if own.Cube != nil {
			w.Cube, err = engine.CubePartition(w.Norm, own.norm(), own.cube(), *own.Cube, engine.Options{})
		}
		return err
	})
	if err != nil || w.Norm.Name == "" {
		return err
	}
	data, err := pack(w)
	if err == nil {
		emit(data)
	}
	return err
}

// rejectsFn writes the refused rows of a shard.
type rejectsFn struct{ Job job }

// ProcessElement writes a CSV file, if there are refused rows, and emits its name.
func (f *rejectsFn) ProcessElement(shard int, parts func(*[]byte) bool, joint []byte, emit func([]byte)) error {
	rows, duplicates := split(parts)
	read := slices.Collect(rows)
	if len(read) != 1 {
		return fmt.Errorf("shard %d was read %d times", shard, len(read))
	}
	name := fmt.Sprintf("shard-%06d.csv", shard)
	n := 0
	err := f.Job.attempt(func(own job) error {
		if err := os.MkdirAll(own.rejects(), 0o755); err != nil {
			return err
		}
		path := filepath.Join(own.rejects(), name)
		out, err := os.Create(path)
		if err != nil {
			return err
		}
		w := refused.NewWriter(out)
		err = engine.Rejects(own.Layout, read[0], duplicates, joint, func(x engine.Reject) error {
			n++
			return w.Write(x)
		})
		if err = errors.Join(err, w.Flush(), out.Close()); err == nil && n == 0 {
			err = os.Remove(path)
		}
		return err
	})
	if err == nil && n > 0 {
		emit([]byte(name))
	}
	return err
}

// finishFn ends the job once everything is written.
type finishFn struct{ Job job }

// ProcessElement writes the manifests and removes what older runs and killed attempts left.
func (f *finishFn) ProcessElement(_ []byte, joint []byte, partitions, rejects func(*[]byte) bool) error {
	inputs, err := engine.Inputs(joint)
	if err != nil {
		return err
	}
	norm, cube := &engine.Manifest{Inputs: inputs}, &engine.Manifest{}
	for data := range values(partitions) {
		w, err := unpacked[written](data)
		if err != nil {
			return err
		}
		norm.Partitions = append(norm.Partitions, w.Norm)
		cube.Partitions = append(cube.Partitions, w.Cube)
	}
	keep := map[string]bool{}
	for name := range values(rejects) {
		keep[string(name)] = true
	}
	if err := f.Job.sweepRejects(keep); err != nil {
		return err
	}
	_, err = engine.ReadManifest(f.Job.cube())
	if f.Job.Cube != nil && (err == nil || len(cube.Partitions) > 0) { // as in engine.Cube
		if err := engine.WriteManifest(f.Job.cube(), cube, engine.Options{}); err != nil {
			return err
		}
	}
	if err := engine.WriteManifest(f.Job.norm(), norm, engine.Options{}); err != nil {
		return err
	}
	return f.Job.sweep()
}

// sweepRejects removes files of refused rows that do not belong to this run.
func (j job) sweepRejects(keep map[string]bool) error {
	list, err := os.ReadDir(j.rejects())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range list {
		if !keep[e.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(j.rejects(), e.Name())))
		}
	}
	return err
}
