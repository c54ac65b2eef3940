package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/source/all"
)

// TestSourcesSayHowTheyComeIn checks that only sources with an address are said to be checked.
func TestSourcesSayHowTheyComeIn(t *testing.T) {
	var stdout, stderr bytes.Buffer
	app := &cli.App{Stdout: &stdout, Stderr: &stderr, Sources: all.Sources, Now: time.Now}
	if status := app.Run(t.Context(), commands(app), []string{"sources", "--data", t.TempDir()}); status != 0 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	byHand := 0
	for _, s := range all.Sources {
		_, text, _ := strings.Cut("\n"+stdout.String(), "\n"+s.ID+"\n")
		lines := strings.SplitN(text, "\n", 5)
		if len(lines) < 5 {
			t.Fatalf("%s is not listed", s.ID)
		}
		if !s.Place.Given() {
			byHand++
		}
		if strings.HasPrefix(lines[3], "  checked at ") != s.Place.Given() || strings.HasPrefix(lines[3], "  comes by ingest add; ") == s.Place.Given() {
			t.Errorf("%s: %q", s.ID, lines[3])
		}
	}
	if byHand == 0 {
		t.Error("no source comes by hand, so the test shows nothing")
	}
}
