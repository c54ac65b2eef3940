package ukhodetailed

import (
	"cmp"
	"slices"
	"strings"
)

// tail holds the labels of the last two quarters of a CSV. It detects a file that was cut short.
type tail struct {
	last       int // the last quarter
	rows       []string
	beforeRows []string
}

// maxBeyond is how many rows of the second-last quarter may come, sorted by labels, after the last
// row of the last quarter. In the four files of 2023 there are at most two, whichever of their
// quarters is taken as the last.
const maxBeyond = 5

// add adds a row. Quarters out of order are reported by the check for gaps; the tail belongs to the
// latest one.
func (t *tail) add(quarter int, labels []string) {
	key := strings.ToLower(strings.Join(labels, "\x00"))
	switch {
	case quarter == t.last:
		t.rows = append(t.rows, key)
	case quarter == t.last+1:
		t.last, t.beforeRows, t.rows = quarter, t.rows, []string{key}
	case quarter > t.last:
		t.last, t.beforeRows, t.rows = quarter, nil, []string{key}
	case quarter == t.last-1:
		t.beforeRows = append(t.beforeRows, key)
	}
}

// cut reports whether the file ends within its last quarter. Rows are sorted by label, and two
// quarters have mostly the same rows, so the last row of a complete quarter is close to the end of
// the one before. Note: without an end mark, a cut after all but the last few rows, or between two
// quarters, cannot be seen here. It shows when the release is compared with the next or the
// previous one: see check.NotShrunk.
func (t *tail) cut() bool { return t.beyond() > maxBeyond }

// beyond returns how many rows of the second-last quarter come after the last row of the last one.
func (t *tail) beyond() int {
	if len(t.rows) == 0 {
		return 0
	}
	last := slices.MaxFunc(t.rows, cmp.Compare[string])
	n := 0
	for _, key := range t.beforeRows {
		if key > last {
			n++
		}
	}
	return n
}
