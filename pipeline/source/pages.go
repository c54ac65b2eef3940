package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/stat"
)

// PageTable returns the table of a page that has the columns, with findings about what is not read:
// further columns and tables. If several tables have them, they must state the same.
func PageTable(page *webpage.Page, columns decode.Columns) (webpage.Table, []stat.Finding, error) {
	found, err := page.Find(columns)
	if err != nil {
		return webpage.Table{}, nil, err
	}
	for _, other := range found[1:] {
		if !slices.EqualFunc(found[0].Rows, other.Rows, func(a, b webpage.Row) bool { return slices.Equal(a.Cells, b.Cells) }) {
			return webpage.Table{}, nil, page.Fail(other.Line, fmt.Errorf("a second table with the same header as that of line %d, and other rows: %w", found[0].Line, decode.ErrShape))
		}
	}
	return found[0], append(UnreadTables(page, len(found)), ExtraColumns(found[0].Columns, "")...), nil
}

// HeadingsAbove returns the headings of a page down to the one right above a table.
func HeadingsAbove(page *webpage.Page, t webpage.Table) []string {
	all := page.Headings()
	return all[:slices.Index(all, t.Heading)+1]
}

// UnreadTables is the finding about a page with more tables than are read, or nil.
func UnreadTables(page *webpage.Page, read int) []stat.Finding {
	n := len(page.Tables())
	if n <= read {
		return nil
	}
	return []stat.Finding{{Code: "unknown-table", Message: fmt.Sprintf("the page has %d tables and %d are read; see whether the others hold figures", n, read)}}
}

// PageDay reads the day in column i of a row, and the mark of a note after it. The error is a
// *decode.Error.
func PageDay(r webpage.Row, i int) (day stat.Date, mark string, err error) {
	y, m, d, mark, err := r.Date(i)
	if err != nil {
		return 0, "", err
	}
	return stat.NewDate(y, m, d), mark, nil
}

// LastDay returns the last day in the first column of a table of days, or the zero date. It skips
// rows without a day; the decoder reports them.
func LastDay(t webpage.Table) (last stat.Date) {
	for _, r := range t.Rows {
		if day, _, err := PageDay(r, 0); err == nil {
			last = max(last, day)
		}
	}
	return last
}

// PageCount sets the value of an observation from column i of its row. note is the row's note.
// "[r]" and "Revised" mean that the publisher revised the count. A count that is not stated, and a
// mark that no rule explains, are kept as the publisher's mark, with a finding. The error is a
// *decode.Error.
func PageCount(o stat.Observation, r webpage.Row, i int, note string) (stat.Observation, []stat.Finding, error) {
	o.Locator = r.Ref(i)
	f, err := r.Figure(i)
	if err != nil {
		return o, nil, err
	}
	o, found := Stated(o, f)
	o.Mark = strings.TrimSpace(o.Mark + " " + note)
	o.Revised = o.Revised || IsRevised(note)
	return o, found, nil
}

// Stated gives a provisional observation what a page states; see State. It returns a finding for a
// count that is not stated, and for a mark that no rule explains.
func Stated(o stat.Observation, f decode.Figure) (stat.Observation, []stat.Finding) {
	o.Status = stat.Provisional
	State(&o, f)
	if f.Absent != decode.Stated {
		return o, []stat.Finding{NotStated(o)}
	}
	if unknownMark(f.Mark) {
		return o, []stat.Finding{UnknownMark(o, f.Mark)}
	}
	return o, nil
}

// NotStated is the finding about a count that is not stated.
func NotStated(o stat.Observation) stat.Finding {
	return stat.Finding{Code: "not-stated", Severity: stat.SeverityWarning, Where: o.Locator,
		Message: fmt.Sprintf("%s of %s is %q: it is missing, not zero", o.Series.Measure, o.Period.Start, o.Mark)}
}

// NothingStated are the findings about series with several periods in a release and not one count.
// Such a release waits: the publisher may have changed what it states.
func NothingStated(obs []stat.Observation, series ...*stat.Series) []stat.Finding {
	var out []stat.Finding
	for _, s := range series {
		n, known := 0, 0
		for _, o := range obs {
			if o.Series.ID == s.ID {
				n++
				if o.Value.IsKnown() {
					known++
				}
			}
		}
		if n > 1 && known == 0 {
			out = append(out, stat.Finding{Code: "nothing-stated", Severity: stat.SeverityError, Where: string(s.ID), Message: fmt.Sprintf("none of the %d periods has a count of %s", n, s.Measure)})
		}
	}
	return out
}

// IsRevised reports whether a note says that the publisher revised the figures: "Revised", "[r]" or
// "Revised on 13 July".
func IsRevised(note string) bool {
	words := decode.Words(note)
	return words == "revised" || strings.HasPrefix(words, "revised ") || strings.HasPrefix(strings.ToLower(note), "[r]")
}

// PageNote returns the note in column i of a row: "" for a dash or another sign of none.
func PageNote(r webpage.Row, i int) string {
	if f, err := decode.FigureText(r.Cells[i]); err == nil && f.Absent != decode.Stated {
		return ""
	}
	return r.Cells[i]
}

// UnknownMark is the finding about a note or mark that no rule explains.
func UnknownMark(o stat.Observation, what string) stat.Finding {
	return stat.Finding{Code: "unknown-note", Where: o.Locator,
		Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", what, o.Period.Start)}
}

// IsTotal reports whether a label says that its row adds up the others.
func IsTotal(label string) bool { return total.MatchString(decode.Words(label)) }

// total matches the word for a sum.
var total = regexp.MustCompile(`\b(?:sub-?)?totals?\b`)

// TotalDiffers is the finding about a stated total that is not the sum of the observations of its
// series, or nil. If some are missing, the others must not exceed it.
func TotalDiffers(s *stat.Series, obs []stat.Observation, total stat.Count, where string) []stat.Finding {
	sum, known := stat.Known(0), stat.Known(0)
	for _, o := range obs {
		if o.Series.ID != s.ID {
			continue
		}
		sum = sum.Add(o.Value)
		if o.Value.IsKnown() {
			known = known.Add(o.Value)
		}
	}
	want, stated := total.Get()
	part, _ := known.Get()
	if !stated || sum == total || !sum.IsKnown() && part <= want {
		return nil
	}
	return []stat.Finding{{Code: check.SumDiffers, Severity: stat.SeverityError, Where: where,
		Message: fmt.Sprintf("the total of %s is %d, but the rows add up to %d", s.Measure, want, part)}}
}

// PageTotals compares a row of totals, whose counts begin in column at, with the observations of
// each series. The error is a *decode.Error.
func PageTotals(r webpage.Row, at int, obs []stat.Observation, series ...*stat.Series) (found []stat.Finding, err error) {
	for i, s := range series {
		f, err := r.Figure(at + i)
		if err != nil {
			return nil, err
		}
		if f.Absent == decode.Stated {
			found = append(found, TotalDiffers(s, obs, stat.Known(f.N), r.Ref(at+i))...)
		}
	}
	return found, nil
}
