package reader

import (
	"fmt"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// findingSum is the code of a finding about a total that is not the sum of its parts. It is not that
// of package check, which grades differences that a publisher is known for: here a person looks.
const findingSum = "total-differs"

// sumOf is a stated total and what is known of its parts.
type sumOf struct {
	total   fact
	stated  bool
	sum     stat.Count
	parts   int64
	missing int64
}

// compare collects the totals that differ from their parts.
type compare struct {
	t     *table
	what  string
	sums  map[key]*sumOf
	order []key
}

func (t *table) compare(what string) *compare {
	return &compare{t: t, what: what, sums: map[key]*sumOf{}}
}

func (c *compare) at(k key) *sumOf {
	s := c.sums[k]
	if s == nil {
		s = &sumOf{sum: stat.Known(0)}
		c.sums[k] = s
		c.order = append(c.order, k)
	}
	return s
}

func (c *compare) total(k key, f fact) { s := c.at(k); s.total, s.stated = f, true }

func (c *compare) part(k key, f fact) {
	s := c.at(k)
	s.parts++
	if !f.status.HasValue() {
		s.missing++
		return
	}
	s.sum = s.sum.Add(stat.Known(f.n))
}

// findings returns one finding for all totals that differ, with the first. Rounded values may differ
// by half of the unit for each. If a part is missing, or only some are there, the others must not
// exceed the total.
func (c *compare) findings(some bool) []stat.Finding {
	differ, n := "", 0
	var first fact
	for _, k := range c.order {
		s := c.sums[k]
		if !s.stated || s.parts == 0 || !s.total.status.HasValue() || s.missing == s.parts {
			continue
		}
		sum, _ := s.sum.Get()
		slack := c.t.l.Rounded / 2 * (s.parts + 1)
		if diff := sum - s.total.n; diff <= slack && (diff >= -slack || some || s.missing > 0) {
			continue
		}
		if n++; n == 1 {
			first = s.total
			differ = fmt.Sprintf("%d is stated where its %d parts add up to %d", s.total.n, s.parts-s.missing, sum)
		}
	}
	if n == 0 {
		return nil
	}
	return []stat.Finding{{Code: findingSum, Severity: stat.SeverityError, Where: c.t.where(first), Message: fmt.Sprintf(
		"%s: %d of %d totals differ from their parts, here the first: %s", c.what, n, len(c.order), differ)}}
}

// checkTotals compares all totals that the layout names with their parts.
func (t *table) checkTotals() {
	for i, d := range t.dims {
		if len(d.total) == 0 {
			continue
		}
		c := t.compare(fmt.Sprintf("column %q", d.d.Column))
		for _, f := range t.facts {
			k, code := f.key, f.codes[i]
			k.codes[i] = codeTotal
			switch {
			case code == codeTotal:
				c.total(k, f)
			case !d.lone[code]:
				c.part(k, f)
			}
		}
		t.found = append(t.found, c.findings(d.d.Some)...)
	}
	t.checkValues()
	t.checkPeriods()
}

// checkValues compares values that are the sum of others.
func (t *table) checkValues() {
	for _, check := range t.l.Checks {
		c := t.compare(fmt.Sprintf("%q", check.Total))
		parts := wordSet(check.Parts)
		for _, f := range t.facts {
			k, name := f.key, decode.Words(t.values[f.value].Column)
			k.value = 0
			if name == decode.Words(check.Total) {
				c.total(k, f)
			} else if parts[name] {
				c.part(k, f)
			}
		}
		t.found = append(t.found, c.findings(false)...)
	}
}

// checkPeriods compares the stated sums over all periods, or over those of a year if the years are
// in a column.
func (t *table) checkPeriods() {
	if len(t.totals) == 0 {
		return
	}
	c := t.compare(fmt.Sprintf("%q", t.l.Period.Total))
	for _, f := range t.facts {
		k := f.key
		k.period = t.years[f.line]
		c.part(k, f)
	}
	for _, f := range t.totals {
		c.total(f.key, f)
	}
	t.found = append(t.found, c.findings(false)...)
}

// report adds what a person should know of the columns and rows that were not read.
func (t *table) report() {
	note := func(code string, s stat.Severity, where, format string, args ...any) {
		t.found = append(t.found, stat.Finding{Code: code, Severity: s, Where: where, Message: fmt.Sprintf(format, args...)})
	}
	for _, i := range t.columns.unread {
		severity, what := stat.SeverityNote, "is not in the layout and is not read"
		if n := t.numeric[i]; n*2 > t.rows {
			severity, what = stat.SeverityWarning, "is not in the layout and is not read; it has numbers, so it may be a measure"
		}
		note("column-not-read", severity, t.g.Ref(decode.Row{Sheet: t.sheet, Line: t.columns.line}, i), "the column %s %s", decode.Quote(t.columns.names[i]), what)
	}
	t.reportUnseen()
	if t.skipped > 0 {
		note("rows-without-figures", stat.SeverityNote, t.firstSkipped, "%d rows, here the first, have text and no figures; they are left out", t.skipped)
	}
	if n := len(t.within); n > 0 {
		note("heading-within-table", stat.SeverityError, t.within[0], "%d rows, here the first, have text and no figures, and figures below; those may be of another kind: compare them with the file", n)
	}
	if t.scaled > 0 {
		note("shown-divided", stat.SeverityNote, t.firstScaled, "%d cells, here the first, show their figures in thousands or millions; the figures stored in them are taken", t.scaled)
	}
	if t.filtered > 0 {
		note("rows-left-out", stat.SeverityNote, "", "%d rows are left out as the layout says", t.filtered)
	}
	marks := make([]string, 0, len(t.marks))
	for m := range t.marks {
		marks = append(marks, m)
	}
	slices.Sort(marks)
	for _, m := range marks[:min(len(marks), 20)] {
		note("unknown-note", stat.SeverityNote, "", "the mark %s on %d figures is not known; it is kept as the publisher's mark", decode.Quote(m), t.marks[m])
	}
	for _, d := range t.dims {
		t.found = append(t.found, d.totals[:min(len(d.totals), 20)]...)
		t.found = append(t.found, d.tally.Findings(t.rows)...)
	}
}
