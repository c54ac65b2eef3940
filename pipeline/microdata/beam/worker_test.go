package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	fnpb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/fnexecution_v1"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"google.golang.org/grpc"

	"crossings/pipeline/microdata/engine"
)

// pool starts this test binary as worker processes.
type pool struct {
	fnpb.UnimplementedBeamFnExternalWorkerPoolServer
	mu      sync.Mutex
	workers []*exec.Cmd
	killed  int // workers started before runKilled killed them
}

// servePool returns a pool and makes it the environment of the jobs of this test.
func servePool(t *testing.T) *pool {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	p, server := &pool{}, grpc.NewServer()
	fnpb.RegisterBeamFnExternalWorkerPoolServer(server, p)
	go server.Serve(listener)
	kind, config := *jobopts.EnvironmentType, *jobopts.EnvironmentConfig
	*jobopts.EnvironmentType, *jobopts.EnvironmentConfig, *jobopts.WorkerBinary = "EXTERNAL", listener.Addr().String(), os.Args[0]
	t.Cleanup(func() {
		*jobopts.EnvironmentType, *jobopts.EnvironmentConfig, *jobopts.WorkerBinary = kind, config, ""
		server.Stop()
		p.kill()
	})
	return p
}

// StartWorker starts a process.
func (p *pool) StartWorker(_ context.Context, r *fnpb.StartWorkerRequest) (*fnpb.StartWorkerResponse, error) {
	w := exec.Command(os.Args[0], "--worker", "--id="+r.GetWorkerId(), "--logging_endpoint="+r.GetLoggingEndpoint().GetUrl(), "--control_endpoint="+r.GetControlEndpoint().GetUrl())
	if err := w.Start(); err != nil {
		return &fnpb.StartWorkerResponse{Error: err.Error()}, nil
	}
	p.mu.Lock()
	p.workers = append(p.workers, w)
	p.mu.Unlock()
	go w.Wait()
	return &fnpb.StartWorkerResponse{}, nil
}

// StopWorker does nothing: workers end by themselves.
func (p *pool) StopWorker(context.Context, *fnpb.StopWorkerRequest) (*fnpb.StopWorkerResponse, error) {
	return &fnpb.StopWorkerResponse{}, nil
}

// kill kills all workers and returns how many were started so far.
func (p *pool) kill() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.workers {
		w.Process.Kill()
	}
	return len(p.workers)
}

// whileWriting calls kill once some months are in out and others are being written. It returns an
// error if the manifest is there by then.
func whileWriting(out string, kill func()) <-chan error {
	killed := make(chan error, 1)
	go func() {
		for {
			months, _ := filepath.Glob(filepath.Join(out, "norm", "*", "*.parquet"))
			left, _ := filepath.Glob(filepath.Join(out, attemptPrefix+"*"))
			if len(months) > 2 && len(left) > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		kill()
		var err error
		if _, statErr := os.Stat(filepath.Join(out, "norm", engine.ManifestName)); statErr == nil {
			err = errors.New("the manifest was there before the kill")
		}
		killed <- err
	}()
	return killed
}

// runKilled runs the job, kills its worker process and compares the output with the local run.
func runKilled(t *testing.T, in, out string, attempts int) {
	t.Helper()
	p := servePool(t)
	killed := whileWriting(out, func() { p.killed = p.kill() })
	if err := run(context.Background(), []string{layoutFile(t), in, out}, "", 50000, attempts, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if err := <-killed; err != nil {
		t.Error(err)
	}
	if n := p.kill(); p.killed == 0 || n == p.killed {
		t.Errorf("%d workers were started, %d of them before the kill", n, p.killed)
	}
	sameAsLocal(t, out, in)
}

// TestKilledWorkerChangesNothing kills the worker process after it has written some months and
// while it writes others. The runner gets the job again.
func TestKilledWorkerChangesNothing(t *testing.T) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "a.csv"), filepath.Join(dir, "out")
	writeRegister(t, 4, in, 20000)
	runKilled(t, in, out, 3)
}

// TestStepsAtOnce runs each writing step on four workers at once, and again when all is done,
// because a runner may do so if it lost contact with a worker.
func TestStepsAtOnce(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "a.csv")
	writeRegister(t, 5, in, 3000)
	j := arrivals
	j.Out, j.Buckets = filepath.Join(dir, "out"), 1
	months, keys := map[string][][]byte{}, [][]byte{}
	var ofShard [][]byte
	var tally []byte
	err := engine.ReadShard(context.Background(), j.Layout, engine.Shard{Path: in, Line: 1}, engine.Options{}, engine.Parts{
		Rows: func(month string, b []byte) error {
			months[month] = append(months[month], tagged(b, tagRows))
			return nil
		},
		Keys:    func(_ int, b []byte) error { keys = append(keys, b); return nil },
		Buckets: 1,
		Refused: func(b []byte) error { ofShard = append(ofShard, tagged(b, tagRows)); return nil },
		Tally:   func(b []byte) error { tally = b; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	err = (&duplicatesFn{j}).ProcessElement(0, next(keys), func(month string, b []byte) { months[month] = append(months[month], b) }, func(_ int, b []byte) { ofShard = append(ofShard, b) })
	if err != nil {
		t.Fatal(err)
	}
	joint, err := (&tallyFn{j}).ProcessElement(0, next([][]byte{tally}))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var wg sync.WaitGroup
		var mu sync.Mutex
		partitions, rejects := map[string]bool{}, map[string]bool{}
		for range 4 {
			wg.Go(func() {
				emit := func(to map[string]bool) func([]byte) {
					return func(b []byte) {
						mu.Lock()
						to[string(b)] = true
						mu.Unlock()
					}
				}
				for month := range months {
					if err := (&writeFn{j}).ProcessElement(context.Background(), month, next(months[month]), joint, emit(partitions)); err != nil {
						t.Error(err)
					}
				}
				if err := (&rejectsFn{j}).ProcessElement(0, next(ofShard), joint, emit(rejects)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for range 2 {
			if err := (&finishFn{j}).ProcessElement(nil, joint, nextOf(partitions), nextOf(rejects)); err != nil {
				t.Fatal(err)
			}
		}
		if len(partitions) != len(months) {
			t.Errorf("%d months were emitted in %d forms", len(months), len(partitions))
		}
		sameAsLocal(t, j.Out, in)
	}
}

// next returns an iterator like Beam's.
func next(list [][]byte) func(*[]byte) bool {
	list = slices.Clone(list)
	return func(b *[]byte) bool {
		if len(list) == 0 {
			return false
		}
		*b, list = list[0], list[1:]
		return true
	}
}

func nextOf(set map[string]bool) func(*[]byte) bool {
	var list [][]byte
	for k := range set {
		list = append(list, []byte(k))
	}
	return next(list)
}
