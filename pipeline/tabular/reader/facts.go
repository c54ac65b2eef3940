package reader

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/grid"
)

// maxDims is the number of dimensions that there are.
const maxDims = 6

// codeTotal is the index of stat.Total among the codes of a dimension.
const codeTotal = 0

// key says what a fact is about: the index of its value, its period, its codes and, where rows are
// added up, their labels.
type key struct {
	value, period int32
	codes         [maxDims]int32
	sum           int32
}

// fact is one cell that states a value, or that there is none.
type fact struct {
	key
	n          int64
	status     stat.Status
	revised    bool
	mark       string
	line, cell int32
}

// table is what is read of one sheet.
type table struct {
	l       *tabular.Layout
	g       *grid.Grid
	sheet   string
	columns columns
	values  []*tabular.Value
	dims    []*coder
	periods []stat.Period
	indexOf map[stat.Period]int32
	sums    map[string]int32
	facts   []fact
	totals  []fact          // over all periods, or those of a year
	years   map[int32]int32 // by line: the year in its column

	rows, skipped, filtered int
	scaled                  int // figures whose cells show them divided
	firstScaled             string
	inThousands             string // where the file says so, and its words
	thousandsText           string
	filled                  map[int]decode.Cell // by column: the cell that an empty one repeats
	firstSkipped            string
	order                   order
	heading                 string   // the last row without figures, below others
	within                  []string // such rows that have figures below
	found                   []stat.Finding
	marks                   map[string]int
	numeric                 map[int]int // by column that is not read: its cells with numbers
	unseen                  decode.Unseen
}

// place returns what reads the periods of the layout.
func (t *table) place() placer { return placer{t.l, t.g.From1904()} }

// errNoHeader means that a sheet has no row with the columns of the layout.
var errNoHeader = errors.New("no header")

// read finds the header of the sheet and reads all rows below it. The error is a *decode.Error.
func (t *table) read() error {
	var window []decode.Row
	var best []string
	bestAt, above, found := decode.Row{}, 0, false
	for r, err := range t.g.Rows(t.sheet) {
		if err != nil {
			return err
		}
		if found {
			if err := t.row(r); err != nil {
				return err
			}
			continue
		}
		if r.Line <= t.l.File.Skip {
			continue
		}
		if above++; above > tabular.MaxAbove {
			break
		}
		t.noteThousands(r)
		window = append(window, grid.Clone(r))
		if len(window) > t.l.File.HeaderRows {
			window = window[1:]
		}
		if len(window) < t.l.File.HeaderRows {
			continue
		}
		c, missing, err := t.place().place(headerText(window))
		if missing != nil {
			if best == nil || len(missing) < len(best) {
				best, bestAt = missing, grid.Clone(r)
			}
			continue
		}
		if err != nil {
			return t.g.Fail(r, -1, err, "name one of them in another way, or ask the publisher")
		}
		c.line, found = r.Line, true
		t.columns = c
	}
	if !found {
		return t.g.Fail(bestAt, -1, fmt.Errorf("%w: %w: no row has the columns of the layout; the nearest lacks %s", errNoHeader, decode.ErrHeader, decode.Quote(strings.Join(best, ", "))),
			"compare the columns of the layout with the file; ingest layout FILE shows what is there")
	}
	return nil
}

// row reads one row below the header.
func (t *table) row(r decode.Row) error {
	c := &t.columns
	if !slices.ContainsFunc(r.Cells, grid.HasText) {
		return nil
	}
	if t.isNote(r) {
		t.noteThousands(r)
		if t.skipped++; t.firstSkipped == "" {
			t.firstSkipped = t.g.Ref(r, 0)
		}
		if t.rows > 0 && t.heading == "" {
			t.heading = t.g.Ref(r, 0)
		}
		return nil
	}
	t.fill(&r)
	for _, f := range c.only {
		if !f.texts[decode.Words(grid.Text(r.Cell(f.at)))] {
			t.filtered++
			return nil
		}
	}
	t.unseen.See(r, c.wanted())
	if t.rows++; t.heading != "" {
		t.within, t.heading = append(t.within, t.heading), ""
	}
	k := key{}
	var err error
	if k.value, err = t.measure(r); err != nil || k.value < 0 && c.measure >= 0 {
		return err
	}
	if err := t.code(r, &k); err != nil {
		return err
	}
	for _, i := range c.unread {
		if cell := r.Cell(i); cell.Kind == decode.Number || cell.Kind == decode.Text && looksNumeric(cell.Value) {
			t.numeric[i]++
		}
	}
	return t.cells(r, k)
}

// looksNumeric reports whether a text may be a value.
func looksNumeric(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789.,\u00a0\u202f -") == ""
}

// isNote reports whether a row is a note or a title within the table: it has no value, and text in
// one cell, or in two without a period.
func (t *table) isNote(r decode.Row) bool {
	with := 0
	for _, c := range r.Cells {
		if grid.HasText(c) {
			with++
		}
	}
	for _, v := range t.columns.values {
		if grid.HasText(r.Cell(v.at)) {
			return false
		}
	}
	at := max(t.columns.period, t.columns.year)
	if at < 0 {
		return with == 1
	}
	return with <= 2 && !t.hasPeriod(grid.Text(r.Cell(at)))
}

// fill replaces the empty cells that repeat the one above.
func (t *table) fill(r *decode.Row) {
	c, l := &t.columns, t.l
	t.order.repeated = c.year >= 0 && !grid.HasText(r.Cell(c.year))
	down := []int{}
	if l.Period.Fill {
		down = append(down, c.period, c.year)
	}
	for i, d := range l.Dimensions {
		if d.Fill {
			down = append(down, c.dims[i])
		}
	}
	for _, i := range down {
		if i < 0 {
			continue
		}
		if cell := r.Cell(i); grid.HasText(cell) {
			t.filled[i] = cell
			continue
		}
		if above, ok := t.filled[i]; ok {
			for len(r.Cells) <= i {
				r.Cells = append(r.Cells, decode.Cell{})
			}
			r.Cells[i] = above
		}
	}
}

// measure returns the index of the measure that the label of a row names. It returns -1 for one
// that is left out, and where measures have columns.
func (t *table) measure(r decode.Row) (int32, error) {
	if t.columns.measure < 0 {
		return -1, nil
	}
	label := grid.Text(r.Cell(t.columns.measure))
	for i, v := range t.values {
		if v.Measure != "" && decode.Words(v.Column) == decode.Words(label) {
			return int32(i), nil
		}
	}
	if t.l.Measures.Others {
		t.filtered++
		return -1, nil
	}
	return 0, t.g.Fail(r, t.columns.measure, fmt.Errorf("%s is no measure of the layout: %w", decode.Quote(label), decode.ErrShape),
		"add it to measures.labels, or leave others out with leave_out_others")
}

// code sets the codes of the dimensions of a row, and its labels in columns that are added up.
func (t *table) code(r decode.Row, k *key) error {
	for i, at := range t.columns.dims {
		code, err := t.dims[i].code(grid.Text(r.Cell(at)), t.g.Ref(r, at))
		if err != nil {
			return t.g.Fail(r, at, err, "declare the label under codes, blank or total of the dimension")
		}
		k.codes[i] = code
	}
	if len(t.columns.sums) == 0 {
		return nil
	}
	var labels strings.Builder
	for n, at := range t.columns.sums {
		label := grid.Text(r.Cell(at))
		if isTotal(label) {
			t.found = append(t.found, totalFinding(t.l.SumOver[n], label, t.g.Ref(r, at)))
		}
		labels.WriteString(decode.Words(label) + "\x00")
	}
	k.sum = intern(t.sums, labels.String())
	return nil
}

// intern returns the number of a text, from 0.
func intern(in map[string]int32, s string) int32 {
	n, ok := in[s]
	if !ok {
		n = int32(len(in))
		in[s] = n
	}
	return n
}

// cells reads the values of a row.
func (t *table) cells(r decode.Row, k key) error {
	c := &t.columns
	if c.year >= 0 {
		t.years[int32(r.Line)] = intern(t.sums, "year "+decode.Words(grid.Text(r.Cell(c.year))))
	}
	if at := max(c.period, c.year); at >= 0 && t.place().leavesOut(grid.Text(r.Cell(at))) {
		t.filtered++
		return nil
	}
	whole, total, err := t.rowPeriod(r)
	if err != nil {
		return err
	}
	if !total {
		if err := t.order.follow(t, r, k, whole); err != nil {
			return err
		}
	}
	if len(r.Cells) > c.width && t.g.IsText() && slices.ContainsFunc(r.Cells[c.width:], func(x decode.Cell) bool { return x.Kind != decode.Empty }) {
		return t.g.Fail(r, c.width, fmt.Errorf("the row has %d cells where the header has %d: %w", len(r.Cells), c.width, decode.ErrShape), "look at the row: a number or text may contain the delimiter")
	}
	for _, v := range c.values {
		if last := v.at; t.g.IsText() && last >= len(r.Cells) {
			return t.g.Fail(r, last, fmt.Errorf("the row ends before the column %s: %w", decode.Quote(c.names[last]), decode.ErrShape), "the file may be cut short; compare it with the publisher's")
		}
		f := fact{key: k, line: int32(r.Line), cell: int32(v.at)}
		if f.value = max(f.value, int32(v.value)); f.value < 0 {
			f.value = 0 // the only measure, across
		}
		cell := r.Cell(v.at)
		x, err := numbers{t.l}.read(cell, t.values[f.value].Unit)
		if err != nil {
			return t.g.Fail(r, v.at, err, "if the text is a mark for a missing value, declare it under missing")
		}
		if c.flags >= 0 {
			numbers{t.l}.flag(&x, grid.Text(r.Cell(c.flags)))
		}
		if x.unknown != "" {
			t.marks[x.unknown]++
		}
		if cell.Form == decode.Scaled {
			if t.scaled++; t.scaled == 1 {
				t.firstScaled = t.g.Ref(r, v.at)
			}
		}
		f.n, f.status, f.revised, f.mark = x.n, x.status, x.revised, x.mark
		p := whole
		if t.l.Period.Across {
			p = v.period
			if t.l.Period.Year != "" && !v.total {
				if p, err = t.join(r, v.text); err != nil {
					return err
				}
			}
		}
		t.keep(f, p, total || v.total)
	}
	return nil
}

// keep stores a fact with its period.
func (t *table) keep(f fact, p stat.Period, total bool) {
	if total {
		f.period = t.years[f.line] // each year has its own, if the years are in a column
		t.totals = append(t.totals, f)
		return
	}
	if e := t.l.Period.Ending; e != 0 && int(p.End.Month()) != e {
		t.filtered++
		return
	}
	if t.l.Kind == stat.Stock {
		p = stat.Day(p.End)
	}
	n, ok := t.indexOf[p]
	if !ok {
		n = int32(len(t.periods))
		t.indexOf[p] = n
		t.periods = append(t.periods, p)
	}
	f.period = n
	t.facts = append(t.facts, f)
}
