//go:build soak && linux

package pipeline_test

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull runs both commands in a data folder that is full at a different moment each time, and
// then makes room. In the end the folder must equal that of an undisturbed run. Then the folder
// becomes read-only: a new file must be refused and nothing may change. The test mounts folders, so
// it must run as root.
func TestDiskFull(t *testing.T) {
	ingest, publish := build(t, "ingest"), build(t, "publish")
	undisturbed := t.TempDir()
	files := []string{wholeRelease(t, "2026-06-12"), wholeRelease(t, "2026-06-19"), wholeRelease(t, "2026-06-26")}
	commands := func(dir string) [][]string {
		return [][]string{append([]string{ingest, "add", "--data", dir, boats}, files...), {publish, "run", "--data", dir}}
	}
	run := func(args []string) (string, int) {
		cmd := exec.Command(args[0], args[1:]...)
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	for _, args := range commands(undisturbed) {
		if out, status := run(args); status != 0 {
			t.Fatalf("status %d: %s", status, out)
		}
	}
	want := outOf(t, undisturbed)

	full := 0
	for _, kilobytes := range []int{64, 300, 600, 800, 1000, 1500, 3000, 6000, 10000, 14000, 18000, 22000} {
		dir := t.TempDir()
		mount := func(flags uintptr, size int) {
			t.Helper()
			if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, "mode=0755,size="+strconv.Itoa(size)+"k"); err != nil {
				t.Fatal(err)
			}
		}
		mount(0, kilobytes)
		t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
		for _, args := range commands(dir) {
			out, status := run(args)
			if status != 0 && status != 1 || status == 1 && !strings.Contains(out, "no space left on device") && !strings.Contains(out, "the lake is empty") {
				t.Errorf("%d kB: status %d: %s", kilobytes, status, out)
			}
			if status == 1 {
				full++
			}
		}
		mount(syscall.MS_REMOUNT, 500_000)
		for _, args := range commands(dir) {
			if out, status := run(args); status != 0 {
				t.Errorf("%d kB, then room: status %d: %s", kilobytes, status, out)
			}
		}
		same(t, outOf(t, dir), want)
		mount(syscall.MS_REMOUNT|syscall.MS_RDONLY, 500_000)
		more := []string{ingest, "add", "--data", dir, boats, wholeRelease(t, "2026-06-05")}
		if out, status := run(more); status != 1 || !strings.Contains(out, "read-only file system") {
			t.Errorf("read-only: status %d: %s", status, out)
		}
		same(t, outOf(t, dir), want)
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}
	if full < 8 {
		t.Errorf("the disk was full %d times; the test shows little", full)
	}
}
