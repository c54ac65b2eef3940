package frontexdetections

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
)

// totalColumn is a column with the sum of each row over the months that begin in a span.
type totalColumn struct {
	at       int // index in the sheet
	from, to stat.Date
}

// totalWords are labels and headers that mean the sum of the others, in Words.
var totalWords = []string{"total", "totals", "grand total", "sum", "overall", "overall total", "all", "total all borders", "total detections", "all detections",
	"all routes", "total all routes", "total (all routes)", "total-all routes", "all border types", "all nationalities", "total all nationalities"}

// isTotal reports whether a label or header means the sum of the others.
func isTotal(label string) bool { return slices.Contains(totalWords, decode.Words(label)) }

// The headers of sums over a part of the months, in Words.
var (
	totalYears  = regexp.MustCompile(`^(?:(?:(?:grand |overall )?totals?|sum|year|ytd|all)(?: for| in| of)? )?\(?(20\d\d)(?:(?:-| to |/)(20\d\d))?\)?(?: (?:(?:grand )?totals?|sum|ytd|\(ytd\)|to date|\(to date\)))?$`)
	totalMonths = regexp.MustCompile(`^(?:(?:totals?|sum) )?\(?(\pL+)\.?(?:-| to )(\pL+)\.? ?(20\d\d)\)?(?: (?:total|sum))?$`)
)

// totalOf reads the header of a column with sums: "Total", "2026 total", "2025", "Grand Total
// 2023-2025", "Q1 2026", "Jan-Apr 2026". Those columns are compared with the months and count nowhere.
func totalOf(c decode.Cell) (from, to stat.Date, ok bool) {
	if isTotal(c.Value) {
		return since, stat.MustDate("9999-12-31"), true
	}
	words := decode.Words(c.Value)
	if m := totalYears.FindStringSubmatch(words); m != nil {
		last := m[1]
		if m[2] != "" {
			last = m[2]
		}
		return stat.Year(number(m[1])).Start, stat.Year(number(last)).End, m[1] <= last
	}
	if q, err := (period.Form{Length: period.Quarter}).Read(c.Value); c.Kind == decode.Text && err == nil {
		return q.Start, q.End, true
	}
	if m := totalMonths.FindStringSubmatch(words); m != nil {
		from, to := period.MonthNumber(m[1]), period.MonthNumber(m[2])
		form := period.Form{Length: period.Month}
		return form.MonthOf(number(m[3]), from).Start, form.MonthOf(number(m[3]), to).End, from > 0 && from < to
	}
	return 0, 0, false
}

// number returns the number that digits state.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// ofTotal matches the label of the sum of a route, in Words.
var ofTotal = regexp.MustCompile(`^(?:totals? (?:for |of |-)?(.+)|(.+?)(?:-| )(?:sub-?)?totals?)$`)

// totalRowOf returns of what a row is the sum: of all rows, or of those of a route. Its other labels
// are blank or say that it is one.
func (w *wide) totalRowOf(labels [3]string) (stat.Dimensions, bool) {
	said := isTotal(labels[0])
	for _, l := range labels[1:] {
		if !isTotal(l) && decode.Fold(l) != "" {
			return stat.AllTotal, false
		}
		said = said || isTotal(l)
	}
	if isTotal(labels[0]) || decode.Fold(labels[0]) == "" {
		return stat.AllTotal, said
	}
	name := labels[0]
	if m := ofTotal.FindStringSubmatch(decode.Words(name)); m != nil {
		name, said = strings.TrimSpace(m[1]+m[2]), true
	}
	reading, err := w.lists[0].Open(name)
	if !said || err != nil || reading.Match != codes.Listed {
		return stat.AllTotal, false
	}
	dims := stat.AllTotal
	dims.Route = reading.Code
	return dims, true
}

// totalRow records what a row of totals states. It is compared with the sums, and counts nowhere.
func (w *wide) totalRow(r decode.Row, of stat.Dimensions) error {
	for _, m := range w.months {
		if r.Cell(m.at).Kind == decode.Empty {
			continue
		}
		f, err := r.Figure(m.at)
		if err != nil {
			return w.fail(r.Line, m.at, err)
		}
		if f.Absent == decode.Stated {
			w.stated = append(w.stated, total{of, m.per, f.N, r.Ref(m.at)})
		}
	}
	return nil
}

// checkSums compares the sums of a row with its figures by month; those that are not stated have no
// entry.
func (w *wide) checkSums(r decode.Row, figures map[stat.Date]int64) {
	for _, t := range w.totals {
		f, err := r.Figure(t.at)
		sum, whole := int64(0), err == nil && f.Absent == decode.Stated
		for _, m := range w.months {
			if m.per.Start < t.from || m.per.End > t.to {
				continue
			}
			n, stated := figures[m.per.Start]
			sum, whole = sum+n, whole && stated
		}
		if whole && f.N != sum {
			w.wrongSums = append(w.wrongSums, r.Ref(t.at))
		}
	}
}

// covers reports whether a column of sums has a month of the sheet.
func (w *wide) covers(t totalColumn) bool {
	return slices.ContainsFunc(w.months, func(m monthColumn) bool { return t.from <= m.per.Start && m.per.End <= t.to })
}

// checkTotals compares the rows of totals with the sums of the rows.
func (w *wide) checkTotals() {
	if n := len(w.wrongSums); n > 0 {
		w.find("wrong-total", stat.SeverityError, w.wrongSums[0], "the sums of %d rows are not those of their months, this the first", n)
	}
	for _, t := range w.stated {
		at := cell{t.of, t.per.Start}
		_, lacks := w.lacking[at]
		if sum := w.sums[at]; !lacks && (sum == nil && t.n != 0 || sum != nil && sum.value != t.n) {
			w.find("wrong-total", stat.SeverityError, t.ref, "the total of %s is stated as %d, and its rows add up to another number", t.per.Start, t.n)
		}
	}
}
