package sitetest

import (
	"strings"
	"testing"
)

// Contains checks that a page or another text has all fragments.
func Contains(t testing.TB, text string, fragments ...string) {
	t.Helper()
	for _, f := range fragments {
		if !strings.Contains(text, f) {
			t.Errorf("page has no %s", f)
		}
	}
}
