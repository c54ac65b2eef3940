package iommissingmigrants

import (
	"bytes"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// isPartial reports whether a list says "# routes: some": it has all incidents of these and no figures of all.
func isPartial(data []byte) bool { return comment(data, "routes") == "some" }

// comment returns the value of a line "# key: value" above the header, or "". IOM's own files have none.
func comment(data []byte, key string) string {
	for line := range bytes.Lines(decode.PlainText(data)) {
		text, is := strings.CutPrefix(string(line), "# ")
		if !is || len(line) > 1000 {
			return ""
		}
		if name, value, ok := strings.Cut(strings.TrimSpace(text), ": "); ok && name == key {
			return value
		}
	}
	return ""
}

// dateOfList returns the release date of a CSV, in its name or else in its comments, and since when they
// say that it is known. Without that, the second of two lists of one day would follow the clock.
func dateOfList(released stat.Date, data []byte) (stat.Date, time.Time) {
	if released.IsZero() {
		released, _ = stat.ParseDate(comment(data, "vintage")) // zero without one
	}
	stamp, _ := time.Parse(time.RFC3339, comment(data, "first_seen")) // zero without one
	return released, stamp
}
