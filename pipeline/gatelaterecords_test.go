package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// registeredTwice is a register of fifty days with a second release of the eight days after them,
// twelve days later: a file of the days between comes in late.
func registeredTwice(t *testing.T, layout string) world {
	t.Helper()
	cfg := registered(t, layout)
	text := borderHeader
	for i := range 8 {
		text += registerDay(stat.MustDate("2025-02-20").AddDays(i).String(), "", 40)
	}
	if out := mustAddRecords(t, cfg, "", "", writeRecords(t, "2025-03-04.csv", text)); out[0].State != review.Added {
		t.Fatalf("the second release is held: %+v", out)
	}
	return cfg
}

// TestLateRecordsAreWeighed adds a file of microdata released between two that are in the lake.
func TestLateRecordsAreWeighed(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		layout, text, kind string // of the move that holds it; "" is none
	}{
		"a day that doubles":     {borderLayout, registerDay("2025-01-10", "late", 40), check.Revised},
		"a day that is lost":     {replacing(t), registerDay("2025-01-10", "new", 2), check.Revised},
		"a day that is replaced": {replacing(t), registerDay("2025-01-10", "new", 95), check.Revised},
		"a few late records":     {borderLayout, registerDay("2025-01-10", "late", 3), ""},
		"all of it is there":     {borderLayout, registerDay("2025-01-10", "", 40), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := registeredTwice(t, x.layout)
			before := takenTree(t, cfg)
			file := writeRecords(t, "2025-02-28.csv", borderHeader+x.text)
			out := mustAddRecords(t, cfg, "", "", file)
			held := slices.ContainsFunc(out, func(o review.Outcome) bool { return o.State == review.Pending })
			if held != (x.kind != "") {
				t.Fatalf("held %t: %+v", held, out)
			}
			if !held {
				return
			}
			if !slices.Contains(movesOf(out[0]), x.kind) {
				t.Errorf("got %v, want %q", movesOf(out[0]), x.kind)
			}
			same(t, takenTree(t, cfg), before)
			waitsAside(t, cfg, out[0])
			if o, err := acceptFrom(t, cfg, border, ""); err != nil || o.Failed() {
				t.Fatalf("%+v %v", o, err)
			}
			straight := registeredTwice(t, x.layout)
			straight.Gate = check.GateOff
			mustAddRecords(t, straight, "", "", file)
			sameRecords(t, cfg, straight)
		})
	}
}

// waitsAside checks what publish diff --review says about a pending release of microdata.
func waitsAside(t *testing.T, cfg world, o review.Outcome) {
	t.Helper()
	d, err := pipeline.DiffReview(t.Context(), cfg.registry(), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := "Left out: release " + o.Release + " of " + border + " holds microdata. To see what it changes: ingest review"
	if lines := d.Lines(); lines[len(lines)-1] != want || !slices.Equal(d.LeftOut, []review.LeftOut{{Source: border, Release: o.Release}}) {
		t.Errorf("publish diff --review says %s", strings.Join(lines, "\n"))
	}
}
