package publish

import (
	"fmt"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// OpeningTime reads the time at which a site is to open: an instant in RFC 3339, or a day,
// which means half past nine in London on that day.
func OpeningTime(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	day, err := stat.ParseDate(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a day, such as 2026-07-03, nor an instant, such as 2026-07-03T09:30:00+01:00", text)
	}
	return content.ReleaseTime(day, "")
}

// announced returns the announced releases, the earliest first. With an error it returns those
// that can be read.
func announced(r registry.Registry) ([]content.Announcement, error) {
	list, err := r.Announcements(content.ReleaseTime)
	out := make([]content.Announcement, 0, len(list))
	for _, x := range list {
		out = append(out, content.Announcement{At: x.At, Text: x.Text})
	}
	return out, err
}
