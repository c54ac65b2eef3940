package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// OpeningTime reads the time at which a site is to open: an instant as RFC 3339 has it,
// or a day, which means half past nine in London on it.
func OpeningTime(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	day, err := stat.ParseDate(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a day, such as 2026-07-03, nor an instant, such as 2026-07-03T09:30:00+01:00", text)
	}
	return site.ReleaseTime(day, "")
}

// announcedDir is the folder of the files in which an operator announces releases.

// announced reads the releases that are announced, the earliest first. A bad row is an
// error with its place; the other files are still read.
func (c Options) announced() ([]site.Announcement, error) {
	names, err := filepath.Glob(filepath.Join(c.Dir.Announced(), "*.csv"))
	if err != nil {
		return nil, err
	}
	var all []site.Announcement
	var failed error
	for _, name := range names {
		list, err := readAnnounced(name)
		failed = errors.Join(failed, err)
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(x, y site.Announcement) int { return x.At.Compare(y.At) })
	return all, failed
}

func readAnnounced(path string) ([]site.Announcement, error) {
	data, err := archive.ReadFile(path, decode.DefaultLimits.File)
	if err != nil {
		return nil, err
	}
	csv, err := decode.OpenCSV(filepath.Base(path), data, decode.DefaultLimits)
	if err != nil {
		return nil, err
	}
	var list []site.Announcement
	for row, err := range csv.Rows("date", "time", "text") {
		if err != nil {
			return nil, err
		}
		day, err := stat.ParseDate(row.Values[0])
		at, bad := site.ReleaseTime(day, strings.TrimSpace(row.Values[1]))
		if err != nil || bad != nil {
			return nil, row.Fail(0, fmt.Errorf("%.40q is no day such as 2026-07-03 with an empty time or one such as 09:30: %w", row.Values[0]+" "+row.Values[1], decode.ErrShape))
		}
		if strings.TrimSpace(row.Values[2]) == "" {
			return nil, row.Fail(2, fmt.Errorf("an announcement without a text: %w", decode.ErrShape))
		}
		list = append(list, site.Announcement{At: at.UTC(), Text: row.Values[2]})
	}
	return list, nil
}
