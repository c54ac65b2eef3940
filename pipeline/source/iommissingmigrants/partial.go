package iommissingmigrants

import (
	"bytes"
	"strings"
	"time"

	"crossings/pipeline/stat"
)

// A list may begin with comment lines, "# key: value". IOM's own files have none; the starter data
// do. A list whose line "routes" says "some" has all incidents of the routes in it and none of
// others. It states no figures of all routes together.
const (
	commentRoutes = "routes"
	commentDay    = "vintage"
	some          = "some"
)

// isPartial reports whether a list has only some of the routes.
func isPartial(data []byte) bool { return comment(data, commentRoutes) == some }

// statedDay returns the release date in the comments of a list, or zero.
func statedDay(data []byte) stat.Date {
	day, err := stat.ParseDate(comment(data, commentDay))
	if err != nil {
		return 0
	}
	return day
}

// comment returns the value of a comment line above the header, or "".
func comment(data []byte, key string) string {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	for line := range bytes.Lines(data) {
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

// dateOfList returns the release date of a CSV: that in its name, else that in its comments.
func dateOfList(released stat.Date, data []byte) (stat.Date, time.Time) {
	if released.IsZero() {
		released = statedDay(data)
	}
	return released, time.Time{}
}
