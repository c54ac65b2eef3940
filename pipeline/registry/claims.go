package registry

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Claim is a sentence with figures that somebody published: a row of a file of claims.
type Claim struct {
	ID        string // the file's name and the row's line
	Text, URL string
	On        stat.Date // the day on which it was said
}

// Announcement is a release that an operator announced.
type Announcement struct {
	At   time.Time // UTC
	Text string
}

// Claims reads the files of data/raw/claims, sorted by name. A bad row is an error with its place;
// the rows of the other files are still returned.
func (r Registry) Claims() ([]Claim, error) {
	return readEach(r.Dir.Claims(), []string{"text", "date", "url"}, readClaim)
}

// Announcements reads the files of data/raw/announced, and returns the earliest first. at returns
// the time of a release from its day and its time of day, which may be "". A bad row is an error
// with its place; the rows of the other files are still returned.
func (r Registry) Announcements(at func(day stat.Date, clock string) (time.Time, error)) ([]Announcement, error) {
	all, err := readEach(r.Dir.Announced(), []string{"date", "time", "text"}, func(_ string, row decode.CSVRow) (Announcement, error) {
		return readAnnouncement(row, at)
	})
	slices.SortStableFunc(all, func(x, y Announcement) int { return x.At.Compare(y.At) })
	return all, err
}

// readEach reads the CSV files of a folder row by row. It leaves out a file with a bad row.
func readEach[T any](dir string, columns []string, read func(file string, row decode.CSVRow) (T, error)) ([]T, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		return nil, err
	}
	var all []T
	var failed error
	for _, name := range names {
		list, err := readRows(name, columns, read)
		failed = errors.Join(failed, err)
		all = append(all, list...)
	}
	return all, failed
}

func readRows[T any](path string, columns []string, read func(file string, row decode.CSVRow) (T, error)) ([]T, error) {
	data, err := archive.ReadFile(path, decode.DefaultLimits.File)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	csv, err := decode.OpenCSV(name, data, decode.DefaultLimits)
	if err != nil {
		return nil, err
	}
	var list []T
	for row, err := range csv.Rows(columns...) {
		if err != nil {
			return nil, err
		}
		x, err := read(name, row)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}

func readClaim(file string, row decode.CSVRow) (Claim, error) {
	y, m, d, err := row.Date(1)
	if err != nil {
		return Claim{}, err
	}
	if strings.TrimSpace(row.Values[0]) == "" {
		return Claim{}, row.Fail(0, fmt.Errorf("a claim without a text: %w", decode.ErrShape))
	}
	if url := row.Values[2]; url != "" && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return Claim{}, row.Fail(2, fmt.Errorf("%.60q is not a web address: %w", url, decode.ErrShape))
	}
	return Claim{ID: fmt.Sprintf("%s-%d", strings.TrimSuffix(file, ".csv"), row.Line), On: stat.NewDate(y, m, d), Text: row.Values[0], URL: row.Values[2]}, nil
}

func readAnnouncement(row decode.CSVRow, at func(stat.Date, string) (time.Time, error)) (Announcement, error) {
	day, err := stat.ParseDate(row.Values[0])
	opens, bad := at(day, strings.TrimSpace(row.Values[1]))
	if err != nil || bad != nil {
		return Announcement{}, row.Fail(0, fmt.Errorf("%.40q is not a day such as 2026-07-03, with no time or one such as 09:30: %w", row.Values[0]+" "+row.Values[1], decode.ErrShape))
	}
	if strings.TrimSpace(row.Values[2]) == "" {
		return Announcement{}, row.Fail(2, fmt.Errorf("an announcement without a text: %w", decode.ErrShape))
	}
	return Announcement{At: opens.UTC(), Text: row.Values[2]}, nil
}
