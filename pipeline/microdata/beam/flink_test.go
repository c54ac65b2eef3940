//go:build flink

package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
)

// jars is the folder where make flink puts the job server.
const jars = "../../../.cache/flink/lib"

// restart makes Flink repeat failed work.
const restart = "restart-strategy: fixed-delay\nrestart-strategy.fixed-delay.attempts: 5\nrestart-strategy.fixed-delay.delay: 1 s\n"

// serveFlink starts Beam's job server with a Flink cluster in the same process, and makes it the
// runner of this test.
func serveFlink(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flink-conf.yaml"), []byte(restart), 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	_, port, _ := net.SplitHostPort(address)
	args := []string{"-Xmx1g"}
	for _, p := range []string{"lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "text", "time", "util", "util.concurrent"} {
		args = append(args, "--add-opens=java.base/java."+p+"=ALL-UNNAMED")
	}
	args = append(args, "-cp", jars+"/*", "org.apache.beam.runners.flink.FlinkJobServerDriver", "--flink-master=[local]", "--flink-conf-dir="+dir,
		"--job-host=localhost", "--job-port="+port, "--artifact-port=0", "--expansion-port=0", "--artifacts-dir="+dir)
	server := exec.Command("java", args...)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	for range 600 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	runner, endpoint, environment := *runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType
	*runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType = "flink", address, "LOOPBACK"
	t.Cleanup(func() { *runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType = runner, endpoint, environment })
}

// TestFlinkGivesTheLocalBytes runs the job on Flink twice: without interruption, and with a worker
// that is killed after it has written some months. Flink starts another worker.
func TestFlinkGivesTheLocalBytes(t *testing.T) {
	serveFlink(t)
	dir := t.TempDir()
	in := filepath.Join(dir, "a.csv")
	writeRegister(t, 6, in, 20000)
	t.Run("whole", func(t *testing.T) {
		out := filepath.Join(dir, "whole")
		if err := run(context.Background(), []string{layoutFile(t), in, out}, "", 50000, 1, &bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
		sameAsLocal(t, out, in)
	})
	t.Run("killed", func(t *testing.T) {
		out := filepath.Join(dir, "killed")
		runKilled(t, in, out, 1)
	})
}
