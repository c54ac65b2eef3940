package webpage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// fixtures is the folder of all sources; each has fixtures in its testdata.
const fixtures = "../../source"

// wantError checks that err is a *decode.Error with a file, wraps want and contains msg.
func wantError(t *testing.T, err, want error, msg string) {
	t.Helper()
	var e *decode.Error
	switch {
	case !errors.As(err, &e) || !errors.Is(err, want):
		t.Fatalf("got error %v, want a *decode.Error that wraps %v", err, want)
	case e.File != "a.ods" || e.Hint == "":
		t.Errorf("got file %q and hint %q, want both", e.File, e.Hint)
	case !strings.Contains(err.Error(), msg):
		t.Errorf("got error %q, want one with %q", err, msg)
	}
}

// findOne returns the only table of a page with these columns, each required.
func findOne(h *Page, names ...string) (Table, error) {
	found, err := h.Find(decode.Named(names...))
	if err != nil {
		return Table{}, err
	}
	if len(found) != 1 {
		return Table{}, fmt.Errorf("%d tables", len(found))
	}
	return found[0], nil
}
