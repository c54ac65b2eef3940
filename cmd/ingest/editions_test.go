package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/source/all"
)

// TestStatusHasTheSizeOfTheArchive keeps two editions, and compares what the command and its metrics say
// with the files.
func TestStatusHasTheSizeOfTheArchive(t *testing.T) {
	dir := t.TempDir()
	metrics := filepath.Join(t.TempDir(), "crossings.prom")
	status := func() (string, string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		app := &cli.App{Stdout: &stdout, Stderr: &stderr, Sources: all.Sources, Now: func() time.Time { return time.Date(2026, 6, 28, 3, 0, 0, 0, time.UTC) }}
		if code := app.Run(t.Context(), commands(app), []string{"status", "--data", dir, "--metrics", metrics}); code != 0 {
			t.Fatalf("status %d: %s", code, stderr.Bytes())
		}
		text, err := os.ReadFile(metrics)
		if err != nil {
			t.Fatal(err)
		}
		return stdout.String(), string(text)
	}
	if said, numbers := status(); strings.Contains(said, "editions:") || !strings.Contains(numbers, "\ncrossings_editions 0\n") {
		t.Errorf("without editions: %s%s", said, numbers)
	}
	releases := filepath.Join(dir, "out", "releases")
	for i, version := range []edition.Version{{Major: 1}, {Major: 1, Minor: 1}} {
		from := t.TempDir()
		if err := os.WriteFile(filepath.Join(from, "index.html"), fmt.Append(nil, "edition ", i), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := edition.Open(releases).Add(edition.Manifest{Version: version, Vintage: "2026-06-26"}, from); err != nil {
			t.Fatal(err)
		}
	}
	packs, err := filepath.Glob(filepath.Join(releases, "*.pack"))
	if err != nil || len(packs) != 2 {
		t.Fatal(packs, err)
	}
	size := int64(0)
	for _, p := range packs {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	said, numbers := status()
	if want := fmt.Sprintf("editions: 2 kept, in %d bytes\n", size); !strings.Contains(said, want) {
		t.Errorf("want %q in %s", want, said)
	}
	if want := fmt.Sprintf("\ncrossings_editions_bytes %d\n", size); !strings.Contains(numbers, want) || !strings.Contains(numbers, "\ncrossings_editions 2\n") {
		t.Errorf("want %q in %s", want, numbers)
	}
}
