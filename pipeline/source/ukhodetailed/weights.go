package ukhodetailed

import (
	"fmt"
	"strconv"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// How much unlisted labels may count before the release waits.
const (
	heavyPercent = 5   // of a quarter's figures
	alonePercent = 15  // the same in fewer rows than leastRows
	heavyQuarter = 200 // in a quarter with at least so many
	leastSum     = 10  // below this, a label's count equals a sum by chance
	leastRows    = 3   // rows of unlisted labels that are many; rows of a label that show a sum where there is no list
)

// weights are the counts of a table's rows, by labels. They show unlisted labels that count much,
// and labels whose rows are sums of others.
type weights struct {
	rows  store[weighed]
	keys  store[uint32] // of the labels, as many a row as the view has columns
	texts map[unlistedKey]string

	unlisted uint16 // a bit for each column that has a label in no list
}

// weighed is a row that counts.
type weighed struct {
	quarter, line int32
	count         int64
	unlisted      uint16 // a bit for each column whose label is in no list
}

// unlistedKey is an unlisted label of a column.
type unlistedKey struct {
	column int
	key    uint32
}

// tally is how much some rows count.
type tally struct{ rows, count int64 }

// labelKey hashes a label, whatever the case of its letters.
func labelKey(label string) uint32 {
	h := uint32(2166136261)
	for i := range len(label) {
		c := label[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// add records a row.
func (w *weights) add(t *Table, r Row) {
	n, known := r.Count.Get()
	if !known {
		return
	}
	x := weighed{quarter: int32(ordinal(r.Quarter)), line: int32(r.Line), count: int64(n)}
	for i, label := range r.Labels {
		key := labelKey(label)
		w.keys.add(key)
		if !lacksCode(t, i) {
			continue
		}
		x.unlisted |= 1 << i
		w.unlisted |= 1 << i
		if w.texts == nil {
			w.texts = map[unlistedKey]string{}
		}
		if k := (unlistedKey{i, key}); w.texts[k] == "" {
			w.texts[k] = strings.Clone(label)
		}
	}
	w.rows.add(x)
}

// lacksCode reports whether the label of a column is in no list in the current row, and no other
// column says its code.
func lacksCode(t *Table, i int) bool {
	if t.readings[i].Match != codes.ByWords {
		return false
	}
	for k, c := range t.View.Columns {
		pair := c.CodeOf != "" && (k == i || c.CodeOf == t.View.Columns[i].Name)
		if name := t.View.index(c.CodeOf); pair && t.labels[k] >= 0 && (t.readings[k].Match != codes.ByWords || t.readings[name].Match != codes.ByWords) {
			return false
		}
	}
	return true
}

// findings returns what the counts of labels show.
func (w *weights) findings(t *Table) (out []stat.Finding) {
	for i, c := range t.View.Columns {
		if t.labels[i] < 0 {
			continue
		}
		if t.known[i] == nil {
			out = append(out, w.sums(t, i, leastRows)...)
		} else if w.unlisted&(1<<i) != 0 {
			out = append(out, w.heavy(t, i)...)
			if !c.Groups { // a new group waits in any case
				out = append(out, w.sums(t, i, 1)...)
			}
		}
	}
	return out
}

// heavy returns a finding if the unlisted labels of a column count for much of a quarter.
func (w *weights) heavy(t *Table, column int) []stat.Finding {
	all, unlisted, first := map[int32]int64{}, map[int32]tally{}, map[int32]int32{}
	for _, r := range w.rows.all() {
		all[r.quarter] += r.count
		if r.unlisted&(1<<column) == 0 {
			continue
		}
		u := unlisted[r.quarter]
		unlisted[r.quarter] = tally{u.rows + 1, u.count + r.count}
		if first[r.quarter] == 0 {
			first[r.quarter] = r.line
		}
	}
	n, last := 0, int32(0)
	for q, u := range unlisted {
		percent := int64(heavyPercent)
		if u.rows < leastRows {
			percent = alonePercent
		}
		if all[q] >= heavyQuarter && u.count*100 > all[q]*percent {
			n, last = n+1, max(last, q)
		}
	}
	if n == 0 {
		return nil
	}
	return []stat.Finding{{Code: codes.FindingMany, Severity: stat.SeverityError, Where: cellAt(t, column, int(first[last])), Message: fmt.Sprintf(
		"column %q: rows with labels that are in no list count %d of %d in the quarter to %s, more than %d %%; so it is in %d quarters, this one the last. A label may have been renamed, or be a total",
		t.View.Columns[column].Name, unlisted[last].count, all[last], quarterOf(int(last)).End, heavyPercent, n)}}
}

// candidate is a label in a quarter that may be a sum.
type candidate struct {
	unlistedKey
	quarter int32
}

// seenAs is what the rows of a candidate count, and those that they may be the sums of.
type seenAs struct {
	tally
	others  int64 // rows in the same groups
	differs bool  // a row is not the sum of the others of its group
	line    int32
}

// group is the key of the labels and quarter of a row but for one column.
func (w *weights) group(row, column, columns int) uint64 {
	h := uint64(w.rows.at(row).quarter)
	for i := range columns {
		if i != column {
			h = (h ^ uint64(*w.keys.at(row*columns + i))) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
	}
	return h
}

// sums returns a finding for each label of a column whose rows are, in a quarter, the sums of the
// others with the same other labels, or of all others; or whose rows are all about as large as the
// others, as totals are of groups that have only one part. In a column with a list, only labels that the
// list lacks are looked at.
func (w *weights) sums(t *Table, column int, least int64) []stat.Finding {
	columns := len(t.View.Columns)
	groups, quarters := map[uint64]tally{}, map[int32]tally{}
	for i, r := range w.rows.all() {
		g, q := groups[w.group(i, column, columns)], quarters[r.quarter]
		groups[w.group(i, column, columns)], quarters[r.quarter] = tally{g.rows + 1, g.count + r.count}, tally{q.rows + 1, q.count + r.count}
	}
	seen, order := map[candidate]*seenAs{}, []candidate{}
	apart := map[uint32]bool{} // labels with a row that is not about as large as the others of its group
	for i, r := range w.rows.all() {
		if t.known[column] != nil && r.unlisted&(1<<column) == 0 {
			continue
		}
		k := candidate{unlistedKey{column, *w.keys.at(i*columns + column)}, r.quarter}
		s := seen[k]
		if s == nil {
			s = &seenAs{line: r.line}
			seen[k], order = s, append(order, k)
		}
		g := groups[w.group(i, column, columns)]
		s.rows, s.count, s.others = s.rows+1, s.count+r.count, s.others+g.rows-1
		s.differs = s.differs || g.count-r.count != r.count
		apart[k.key] = apart[k.key] || !check.Near(g.count-r.count, r.count)
	}
	var out wholes
	said := map[uint32]bool{}
	for _, k := range order {
		s, q := seen[k], quarters[k.quarter]
		inGroups := !s.differs && s.others > s.rows && s.rows >= least && s.count >= leastSum
		ofAll := s.count*2 == q.count && q.rows-s.rows >= 2 && s.count >= leastSum && (least == 1 || q.count >= heavyQuarter && q.rows-s.rows > s.rows)
		if !inGroups && !ofAll && apart[k.key] || said[k.key] {
			continue
		}
		said[k.key] = true
		label := w.texts[k.unlistedKey]
		if label == "" {
			label = "a label"
		}
		out.add(mayBeTotal(t.View.Columns[column].Name, label, cellAt(t, column, int(s.line)),
			fmt.Sprintf("counts %d in the quarter to %s, as much as the rows that differ only in this column, or all others", s.count, quarterOf(int(k.quarter)).End)))
	}
	return out.found
}

// cellAt names a cell by its column of labels and its line.
func cellAt(t *Table, column, line int) string {
	return t.at(decode.ColumnLetter(t.labels[column]) + strconv.Itoa(line))
}
