package proposal

import (
	"crossings/pipeline/read/decode"
)

// headerRows returns the header whose most telling row is at an index: its texts, the index of its
// last row, and how many rows it has. Of two rows, the upper one groups the columns of the lower
// one: years above quarters, or a measure above its kinds.
func headerRows(rows [][]string, at int) (texts []string, last, n int) {
	if at > 0 && groups(rows[at-1]) {
		if two := joinHeaders(rows[at-1], rows[at]); tellsMore(two, rows[at]) {
			return two, at, 2
		}
	}
	if at+1 < len(rows) && continues(rows[at+1]) {
		if two := joinHeaders(rows[at], rows[at+1]); tellsMore(two, rows[at]) {
			return two, at + 1, 2
		}
	}
	return rows[at], at, 1
}

// joinHeaders joins the texts of two rows, as the reader of tables does: an empty cell of the upper
// row repeats the one to its left.
func joinHeaders(upper, lower []string) []string {
	out := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range out {
		if i < len(upper) && decode.Words(upper[i]) != "" {
			group = upper[i]
		}
		out[i] = group
		if i < len(lower) {
			out[i] = decode.Fold(group + " " + lower[i])
		}
	}
	return out
}

// groups reports whether a row may group columns: it has a text that is not in the first column.
func groups(r []string) bool { return len(r) > 1 && filled(r[1:]) > 0 }

// continues reports whether a row may be the second of a header: texts, none in the first column.
func continues(r []string) bool {
	for _, s := range r {
		if s != "" && (isNumber(s) || isMark(s)) {
			return false
		}
	}
	return len(r) > 2 && r[0] == "" && filled(r) >= 2
}

// tellsMore reports whether a header of two rows tells more than one row of it: periods where there
// are none, or different names where there are equal or empty ones.
func tellsMore(two, one []string) bool {
	same := func(header []string) (periods, unclear int) {
		seen := map[string]bool{}
		for i := range max(len(two), len(one)) {
			w := ""
			if i < len(header) {
				w = decode.Words(header[i])
			}
			if w == "" || seen[w] {
				unclear++
			}
			seen[w] = true
			if w != "" && lengthOf([]string{header[i]}) != "" {
				periods++
			}
		}
		return periods, unclear
	}
	periods, unclear := same(two)
	before, beforeUnclear := same(one)
	return unclear == 0 && (beforeUnclear > 0 || periods >= 2 && before == 0)
}
