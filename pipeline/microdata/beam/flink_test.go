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

// freePort returns a port that nothing listens on.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return port
}

// reachable waits until something listens on a port of this machine.
func reachable(t *testing.T, port string) {
	t.Helper()
	for range 600 {
		if c, err := net.Dial("tcp", "localhost:"+port); err == nil {
			c.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("nothing listens on port %s after a minute", port)
}

// startJava starts a class of the job server's jars, which is killed when the test ends.
func startJava(t *testing.T, class string, args ...string) *exec.Cmd {
	t.Helper()
	all := []string{"-Xmx512m", "--add-exports=java.base/sun.net.util=ALL-UNNAMED"}
	for _, p := range []string{"lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "text", "time", "util", "util.concurrent"} {
		all = append(all, "--add-opens=java.base/java."+p+"=ALL-UNNAMED")
	}
	cmd := exec.Command("java", append(append(all, "-cp", jars+"/*", class), args...)...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd
}

// serveFlink starts Beam's job server and makes it the runner of this test. The master is the address
// of a Flink cluster, or [local] for one in the same process. The folder holds Flink's configuration.
func serveFlink(t *testing.T, master, conf string) {
	t.Helper()
	port := freePort(t)
	startJava(t, "org.apache.beam.runners.flink.FlinkJobServerDriver", "--flink-master="+master, "--flink-conf-dir="+conf,
		"--job-host=localhost", "--job-port="+port, "--artifact-port=0", "--expansion-port=0", "--artifacts-dir="+t.TempDir())
	reachable(t, port)
	runner, endpoint, environment := *runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType
	*runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType = "flink", "localhost:"+port, "LOOPBACK"
	t.Cleanup(func() { *runners.Runner, *jobopts.Endpoint, *jobopts.EnvironmentType = runner, endpoint, environment })
}

// flinkConf writes Flink's configuration and returns its folder.
func flinkConf(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flink-conf.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestFlinkGivesTheLocalBytes runs the job on Flink twice: without interruption, and with a worker
// that is killed after it has written some months. Flink starts another worker.
func TestFlinkGivesTheLocalBytes(t *testing.T) {
	serveFlink(t, "[local]", flinkConf(t, restart))
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
