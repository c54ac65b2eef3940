package ukhodetailed

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// withRepeats is the view with a ceiling of rows that may be repeated.
func withRepeats(rows, same int) *View {
	v := view
	v.Repeats = Repeats{Rows: rows, Same: same}
	return &v
}

// table returns a CSV of years, with one row for each quarter, sex and country.
func table(extra ...string) source.File {
	countries := []string{"Chad,Africa", "India,Asia", "Iran,Middle East", "Syria,Middle East"}
	lines := []string{"Date,Year,Quarter,Sex,Nationality,Region,Number"}
	for y := 2018; y < 2021; y++ {
		for q := 1; q <= 4; q++ {
			for i, c := range countries {
				lines = append(lines, fmt.Sprintf("%d-%02d-01,%d,%d,Male,%s,%d", y, 3*q-2, y, q, c, 1+i+q))
			}
		}
	}
	return source.File{Name: "x.csv", Release: release, Data: []byte(strings.Join(append(lines, extra...), "\n") + "\n")}
}

// year returns the rows of a year in a table.
func year(f source.File, y string) []string {
	var out []string
	for line := range strings.Lines(string(f.Data)) {
		if strings.HasPrefix(line, y) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// TestRepeatedRows repeats rows of a table. Single ones are added up to the ceiling, with a note.
// Beyond it the release waits. A part of the table that is there twice makes the file invalid.
func TestRepeatedRows(t *testing.T) {
	twice := year(table(), "2019")
	shuffled := slices.Clone(twice)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	changed := slices.Clone(twice)
	for i := range changed {
		changed[i] = strings.TrimSuffix(changed[i], changed[i][len(changed[i])-1:]) + "9"
	}
	for _, c := range []struct {
		name     string
		extra    []string
		ceiling  *View
		refused  string
		severity stat.Severity
		codes    string
	}{
		{"none", nil, withRepeats(0, 0), "", "", ""},
		{"one, which may be", twice[:1], withRepeats(1, 1), "", "", "rows-repeated"},
		{"one, where none may be", twice[:1], withRepeats(0, 0), "", stat.SeverityError, "repeated-rows,rows-repeated"},
		{"one of another count", changed[:1], withRepeats(1, 0), "", "", "rows-repeated"},
		{"one too many with its count", twice[:1], withRepeats(5, 0), "", stat.SeverityError, "repeated-rows,rows-repeated"},
		{"two in a row", twice[:2], withRepeats(5, 5), "", stat.SeverityError, "repeated-block,rows-repeated"},
		{"three in a row", twice[:3], withRepeats(500, 500), "rows 50 to 52 are the same as those from row 18", "", ""},
		{"a year", twice, withRepeats(500, 500), "a part of the table is there twice", "", ""},
		{"a year three times", append(slices.Clone(twice), twice...), withRepeats(500, 500), "is there twice", "", ""},
		{"a year in another order", shuffled, withRepeats(5, 5), "", stat.SeverityError, "repeated-rows,repeated-block,rows-repeated"},
		{"a year with other counts", changed, withRepeats(5, 5), "", stat.SeverityError, "repeated-rows,repeated-block,rows-repeated"},
		{"one row six times", []string{twice[0], twice[0], twice[0], twice[0], twice[0]}, withRepeats(3, 3), "", stat.SeverityError, "repeated-rows,rows-repeated"},
	} {
		cube, _, err := read(table(c.extra...), c.ceiling)
		var where *decode.Error
		if c.refused != "" {
			if !errors.Is(err, decode.ErrShape) || !errors.As(err, &where) || !strings.Contains(err.Error(), c.refused) || where.Line == 0 {
				t.Errorf("%s: %v, want %q", c.name, err, c.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var codes []string
		severity := stat.SeverityNote
		for _, f := range cube.Findings() {
			codes = append(codes, f.Code)
			if f.Severity != stat.SeverityNote {
				severity = f.Severity
			}
		}
		if got := strings.Join(codes, ","); got != c.codes || severity != c.severity {
			t.Errorf("%s: findings %s of severity %q, want %s of %q", c.name, got, severity, c.codes, c.severity)
		}
	}
}
