package ukhodetailed

import (
	"fmt"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Repeats is how many rows may restate an earlier row, and be added to it, before the release waits
// for a person.
type Repeats struct {
	Rows     int // with the quarter and labels of an earlier row
	Same     int // of those, with its count too
	Adjacent int // that repeat other labels than the repeated row just before them
}

// repeats counts the rows with the labels of an earlier row.
type repeats struct {
	n      int
	same   sameRows
	blocks blocks
	alike  alike
}

// alike are the rows whose count is about that of an earlier row with the same labels. The publisher
// repeats combinations that it distinguishes by something that it does not state, so their counts are
// as different as any two: in the releases at hand, none of two above nine were nearer than by a third.
// Such a row is there twice, or corrects the earlier one, which was not removed.
type alike struct {
	n     int
	first repeat
}

// maxAgain is how many earlier rows with its labels a row is compared with.
const maxAgain = 8

// add records a row with the labels of the first one and of others since. It returns all of these.
func (a *alike) add(earlier []sight, first, now sight) []sight {
	if earlier == nil {
		earlier = []sight{first}
	}
	for _, x := range earlier {
		before, known := x.count.Get()
		if count, also := now.count.Get(); known && also && check.Near(before, count) {
			if a.n++; a.n == 1 {
				a.first = repeat{of: int(x.line), line: int(now.line)}
			}
		}
	}
	return append(earlier, now)[:min(len(earlier)+1, maxAgain)]
}

// blocks finds parts of a table that come twice, among the rows that repeat an earlier one. The
// publisher repeats single rows, or several with the same labels. In the releases of 2023 no two
// repeated rows with different labels were adjacent, and none with the same count had one row
// between them.
type blocks struct {
	last  repeat // the last one so far
	n     int    // rows that repeat together with the one before them
	first repeat // the first of these
}

// repeat is a row whose labels an earlier row has too.
type repeat struct {
	of   int // the line of the earlier row
	line int
	same bool // it has the same count as the earlier row
}

// add records a row that repeats an earlier one. It is part of a block if the last such row has
// other labels and is directly above it, or is two lines above it and both have their earlier row's
// count, as when each row of a part is repeated directly below itself.
func (b *blocks) add(r repeat) {
	last := b.last
	b.last = r
	if gap := r.line - last.line; last.of == 0 || last.of == r.of || gap > 2 || gap == 2 && !(r.same && last.same) {
		return
	}
	if b.n++; b.n == 1 {
		b.first = r
	}
}

// sameRows are the rows with the labels and the count of an earlier one.
type sameRows struct {
	n    int
	last int // line of the last one
	back int // how many lines above it the earlier row is
	run  int // how many came in a row, each as many lines below its earlier row
}

// block is how many rows in a row must repeat others to show that a part of a table is there twice.
// The publisher's single repeats were never more than two.
const block = 3

// add records the row in a line, which is the same as one in an earlier line. It reports whether a
// part of the table is there twice.
func (s *sameRows) add(line, earlier int) bool {
	if line == s.last+1 && line-earlier == s.back {
		s.run++
	} else {
		s.run = 1
	}
	s.n, s.last, s.back = s.n+1, line, line-earlier
	return s.run >= block
}

// twice is the error about a part of a table that is there twice, up to the row in a line, which is
// the same as that in an earlier line.
func (t *Table) twice(line, earlier int) error {
	return t.fail(line, t.countName(), fmt.Errorf("rows %d to %d are the same as those from row %d, one after another: a part of the table is there twice: %w",
		line-block+1, line, earlier-block+1, decode.ErrShape))
}

// findings returns what the repeated rows of a table show.
func (p *repeats) findings(t *Table) []stat.Finding {
	var out []stat.Finding
	if most := t.View.Repeats; p.n > most.Rows || p.same.n > most.Same {
		out = append(out, stat.Finding{Code: "repeated-rows", Severity: stat.SeverityError, Where: t.at(t.countName()), Message: fmt.Sprintf(
			"%d rows have the quarter and the labels of a row above them, and %d of them its count too; in the releases that are known there were at most %d and %d. Each would be added to the other", p.n, p.same.n, most.Rows, most.Same)})
	}
	if first := p.blocks.first; p.blocks.n > t.View.Repeats.Adjacent {
		out = append(out, stat.Finding{Code: "repeated-block", Severity: stat.SeverityError, Where: t.at(t.ref(first.line)), Message: fmt.Sprintf(
			"row %d has the quarter and the labels of row %d, and the row before it those of another one; %d rows come so, one after another. In the releases that are known there were at most %d: a part of the table may stand twice, and would be added to itself",
			first.line, first.of, p.blocks.n+1, t.View.Repeats.Adjacent)})
	}
	if first := p.alike.first; p.alike.n > 0 {
		out = append(out, stat.Finding{Code: "row-twice", Severity: stat.SeverityError, Where: t.at(t.ref(first.line)), Message: fmt.Sprintf(
			"row %d has the quarter, the labels and about the count of row %d, and %d rows are so: the row may stand twice, or correct the earlier one, and would be added to it", first.line, first.of, p.alike.n)})
	}
	if p.n > 0 {
		out = append(out, stat.Finding{Code: "rows-repeated", Where: t.at(t.countName()), Message: fmt.Sprintf(
			"%d rows have the quarter and the labels of a row above them; they are added to it, as the publisher's own totals have them", p.n)})
	}
	return out
}

// maxColumns is how many columns of labels a view may have.
const maxColumns = 15

// rowKey identifies the labels of a row, each by its number, and its quarter.
type rowKey [maxColumns + 1]uint16

// sight is a row whose labels have been seen.
type sight struct {
	line  int32
	count stat.Count
}

// seenRows finds the repeated rows of a table that is only summed. It keeps one number a label and
// row, not the labels.
type seenRows struct {
	repeats
	numbers [maxColumns]map[string]uint16
	rows    map[rowKey]sight
	again   map[rowKey][]sight // rows that are repeated
}

// newSeenRows returns one for a table whose rows have not been read.
func newSeenRows() *seenRows {
	s := &seenRows{rows: map[rowKey]sight{}, again: map[rowKey][]sight{}}
	for i := range s.numbers {
		s.numbers[i] = map[string]uint16{}
	}
	return s
}

// add records a row. A part of the table that is there twice is an error.
func (s *seenRows) add(t *Table, r Row) error {
	key := rowKey{uint16(ordinal(r.Quarter))}
	for i, label := range r.Labels {
		n, ok := s.numbers[i][label]
		if !ok {
			if len(s.numbers[i]) == 1<<16-1 {
				return r.Fail(i, fmt.Errorf("more than %d labels: %w", len(s.numbers[i]), decode.ErrShape))
			}
			folded := strings.ToLower(strings.Clone(label)) // spelled differently, it is the same label
			if n, ok = s.numbers[i][folded]; !ok {
				n = uint16(len(s.numbers[i]))
				s.numbers[i][folded] = n
			}
			s.numbers[i][strings.Clone(label)] = n
		}
		key[i+1] = n
	}
	first, seen := s.rows[key]
	if !seen {
		s.rows[key] = sight{int32(r.Line), r.Count}
		return nil
	}
	s.n++
	same := first.count == r.Count
	s.blocks.add(repeat{int(first.line), r.Line, same})
	s.again[key] = s.alike.add(s.again[key], first, sight{int32(r.Line), r.Count})
	if same && s.same.add(r.Line, int(first.line)) {
		return t.twice(r.Line, int(first.line))
	}
	return nil
}
