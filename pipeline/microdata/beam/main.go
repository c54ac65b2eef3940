package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"crossings/pipeline/microdata/engine"
)

var (
	shardSize = flag.Int64("shard", 32<<20, "size in bytes of the parts that raw files are read in")
	attempts  = flag.Int("attempts", 1, "how often to try the job until it succeeds; for Prism, which does not repeat the steps of a worker that died")
	released  = flag.String("released", "", "LAYOUT is that of tidy-events:<name>, for files released on this day, YYYY-MM-DD; add the output by ingest add --from")
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: beam [flags] LAYOUT INPUT... OUT")
		flag.PrintDefaults()
	}
	flag.Parse()
	beam.Init() // does not return on a worker
	if flag.NArg() < 3 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Args(), *released, *shardSize, *attempts, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

// run runs the job declared by the arguments LAYOUT INPUT... OUT and prints a summary.
func run(ctx context.Context, args []string, released string, size int64, attempts int, stdout io.Writer) error {
	j, err := readJob(args[0], released)
	if err != nil {
		return err
	}
	var inputs []string
	for _, path := range args[1 : len(args)-1] {
		if path, err = filepath.Abs(path); err != nil {
			return err
		}
		inputs = append(inputs, path)
	}
	if j.Out, err = filepath.Abs(args[len(args)-1]); err != nil {
		return err
	}
	stretches, err := engine.Stretches(inputs, size)
	if err != nil {
		return err
	}
	j.Buckets = buckets(stretches)
	for try := 1; ; try++ {
		p, s := beam.NewPipelineWithRoot()
		if err := build(s, j, stretches); err != nil {
			return err
		}
		err := beamx.Run(ctx, p)
		if err == nil {
			return j.say(stdout)
		}
		if try >= attempts {
			return err
		}
		slog.Warn("the job failed; trying again", "attempt", try, "error", err)
	}
}

// buckets returns the number of parts that the keys are divided into: about one for four shards.
func buckets(stretches []engine.Stretch) int {
	return min(max(len(stretches)/4, 8), 1<<12)
}

// say reads the manifest and prints a summary.
func (j job) say(w io.Writer) error {
	m, err := engine.ReadManifest(j.norm())
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: the runner is done, but there is no manifest here; do all workers see this folder?", j.norm())
	}
	if err != nil {
		return err
	}
	var records, rows int64
	for _, in := range m.Inputs {
		records += in.Records
	}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			rows += f.Rows
		}
	}
	fmt.Fprintf(w, "%d records, %d rows in %d months, %d refused\n", records, rows, len(m.Partitions), records-rows)
	return nil
}
