package decode

import (
	"errors"
	"strings"
	"testing"
)

// wantError checks that err is an *Error with a file, wraps want and contains msg.
func wantError(t *testing.T, err, want error, msg string) {
	t.Helper()
	var e *Error
	switch {
	case !errors.As(err, &e) || !errors.Is(err, want):
		t.Fatalf("got error %v, want an *Error that wraps %v", err, want)
	case e.File != "a.ods" || e.Hint == "":
		t.Errorf("got file %q and hint %q, want both", e.File, e.Hint)
	case !strings.Contains(err.Error(), msg):
		t.Errorf("got error %q, want one with %q", err, msg)
	}
}
