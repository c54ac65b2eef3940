//go:build flink

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
)

// taskManager is the memory of a task manager, which its start script would compute, and how soon a
// dead one is noticed.
const taskManager = `taskmanager.numberOfTaskSlots: 2
taskmanager.host: localhost
taskmanager.cpu.cores: 1
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: 256m
taskmanager.memory.task.off-heap.size: 64m
taskmanager.memory.network.min: 192m
taskmanager.memory.network.max: 192m
taskmanager.memory.managed.size: 128m
taskmanager.memory.jvm-metaspace.size: 128m
taskmanager.memory.jvm-overhead.min: 64m
taskmanager.memory.jvm-overhead.max: 64m
heartbeat.interval: 1000
heartbeat.timeout: 8000
`

// flinkCluster starts a Flink cluster: a job manager and task managers with two slots each, every one
// a process. It returns the address of the cluster, the folder of its configuration, and the task
// managers.
func flinkCluster(t *testing.T, managers int) (master, conf string, tasks []*exec.Cmd) {
	t.Helper()
	rest := freePort(t)
	master = "localhost:" + rest
	conf = flinkConf(t, restart+taskManager+fmt.Sprintf("jobmanager.rpc.address: localhost\njobmanager.rpc.port: %s\nrest.address: localhost\nrest.port: %s\nio.tmp.dirs: %s\n", freePort(t), rest, t.TempDir()))
	startJava(t, "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "--configDir", conf)
	reachable(t, rest)
	for range managers {
		tasks = append(tasks, startJava(t, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "--configDir", conf))
	}
	for range 600 {
		if n := taskManagers(t, master); n == managers {
			return master, conf, tasks
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("after a minute the cluster has %d task managers, want %d", taskManagers(t, master), managers)
	return
}

// taskManagers returns how many task managers the cluster knows.
func taskManagers(t *testing.T, master string) int {
	t.Helper()
	r, err := http.Get("http://" + master + "/overview")
	if err != nil {
		return 0 // not up yet
	}
	defer r.Body.Close()
	var overview struct{ Taskmanagers int }
	if err := json.NewDecoder(r.Body).Decode(&overview); err != nil {
		t.Fatal(err)
	}
	return overview.Taskmanagers
}

// TestFlinkLosesATaskManager runs the job on a cluster of three task managers. One is killed after some
// months were written. Flink repeats the work on the other two.
func TestFlinkLosesATaskManager(t *testing.T) {
	master, conf, tasks := flinkCluster(t, 3)
	serveFlink(t, master, conf)
	parallelism := *jobopts.Parallelism
	*jobopts.Parallelism = 4
	t.Cleanup(func() { *jobopts.Parallelism = parallelism })
	p := servePool(t)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "a.csv"), filepath.Join(dir, "out")
	writeRegister(t, 6, in, 20000)
	killed := whileWriting(out, func() { tasks[0].Process.Kill() })
	if err := run(context.Background(), []string{layoutFile(t), in, out}, "", 50000, 1, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if err := <-killed; err != nil {
		t.Error(err)
	}
	if n := p.kill(); n < 4 {
		t.Errorf("%d workers were started, want one for each task manager and one after the kill", n)
	}
	if n := taskManagers(t, master); n != 2 {
		t.Errorf("the cluster has %d task managers, want 2", n)
	}
	sameAsLocal(t, out, in)
}
