package breakdown

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Residual is the code of what the parts leave over of the total.
const Residual = "_R"

// Row is one part of a total in one period, the total itself, or the residual.
type Row struct {
	Code string
	compare.Comparison
	Share compare.Percent // of the stated total
	Rank  int             // from 1, with ties; 0 if the row is not ranked
}

// Rows returns the rows of the periods that keep lets through, up to the cut-off. In each period the
// total comes first, then the parts in the order of their codes, then the residual.
//
//	share_percent = 100 × value ÷ total
//	rank          = 1 + number of ranked parts with a larger value
//
// A part has a row if it is listed in the period or in the same period a year before.
func (s *Set) Rows(cutoff stat.Date, keep func(compare.Span) bool) []Row {
	var out []Row
	for _, span := range compare.WholeSpans(s.total, cutoff) {
		if keep(span) {
			out = s.appendRows(out, span)
		}
	}
	return out
}

// entry is a row in the making.
type entry struct {
	*part
	Row
	listed  bool
	counted bool // whether it is among what adds up to the total
	ranked  bool
}

// appendRows appends the rows of one period, if any part is listed in it.
func (s *Set) appendRows(out []Row, span compare.Span) []Row {
	total := Row{Code: stat.Total, Comparison: compare.Against(s.total, span)}
	total.Share = share(total.Value, total.Value)
	var list []*entry
	for _, p := range s.parts {
		if e := s.entry(p, span, total); e != nil {
			list = append(list, e)
		}
	}
	if !slices.ContainsFunc(list, func(e *entry) bool { return e.listed }) {
		return out
	}
	place(list)
	rank(list)
	out = append(out, total)
	for _, e := range list {
		out = append(out, e.Row)
	}
	return append(out, s.residual(total, list))
}

// rank ranks the rows of a period: 1, 1, 3 where the first two are equal.
func rank(list []*entry) {
	var values []int64 // of the ranked rows
	for _, e := range list {
		if n, known := e.Value.Get(); known && e.ranked {
			values = append(values, n)
		}
	}
	slices.SortFunc(values, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, e := range list {
		if n, known := e.Value.Get(); known && e.ranked {
			larger, _ := slices.BinarySearchFunc(values, n, func(v, n int64) int { return cmp.Compare(n, v) })
			e.Rank = larger + 1
		}
	}
}

// entry returns the row of a part, or nil if it has none.
func (s *Set) entry(p *part, span compare.Span, total Row) *entry {
	now, before := compare.Between(p.stated, span.Period), compare.Between(p.stated, span.Before)
	if len(now) == 0 && len(before) == 0 {
		return nil
	}
	e := &entry{part: p, Row: Row{Code: p.Code, Comparison: compare.Against(p.filled, span)}, listed: len(now) > 0}
	e.Vintage = max(e.Vintage, total.Vintage)
	e.Share = share(e.Value, total.Value)
	switch {
	case len(now) > 0:
		e.Note = slices.Concat(marks(now), e.Note)
	case e.Value.IsKnown():
		e.Note = append(note.List{{Code: note.NotListedZero}}, e.Note...)
	default:
		e.Note = note.List{{Code: note.NotListed}}
	}
	if len(before) == 0 && e.Prior.IsKnown() {
		e.Note = append(e.Note, note.Note{Code: note.PriorNotListed})
	}
	if total.Incomplete {
		e.Note = append(e.Note, note.Note{Code: note.Incomplete, About: string(s.total.Series().ID)})
	}
	return e
}

// share returns a value in per cent of the total. It is missing if either is, or the total is 0.
func share(value, total stat.Count) compare.Percent {
	v, known := value.Get()
	t, ok := total.Get()
	if !known || !ok || t <= 0 {
		return compare.Percent{}
	}
	return compare.KnownPercent(100 * float64(v) / float64(t))
}

// maxMarks is how many different marks of the publisher a note names.
const maxMarks = 3

// marks returns the note with the publisher's marks on the figures of a sum. That a figure was
// revised is no mark on what it counts.
func marks(obs []stat.Observation) note.List {
	var seen []string
	for _, o := range obs {
		if o.Mark != "" && !o.Revised && !slices.Contains(seen, o.Mark) && len(seen) < maxMarks {
			seen = append(seen, o.Mark)
		}
	}
	if len(seen) == 0 {
		return nil
	}
	return note.List{{Code: note.Marked, Words: strings.Join(seen, " ")}}
}

// place says which rows of a period are ranked, and which add up to the total.
func place(list []*entry) {
	listed := map[*part]bool{}
	single := false // whether one counts what a group may count too
	for _, e := range list {
		listed[e.part] = e.listed
		single = single || e.listed && !e.Group && !e.unnamed()
	}
	for _, e := range list {
		e.counted, e.ranked = true, !e.unnamed()
		if e.Group && single {
			e.counted, e.ranked = false, false
			e.Note = append(e.Note, note.Note{Code: note.Grouping})
		}
		for _, other := range e.inside {
			if listed[other] {
				e.counted, e.ranked = false, false
				e.Note = append(e.Note, note.Note{Code: note.Within, Words: other.Code})
			}
		}
		for _, other := range e.crossing {
			if listed[other] {
				e.ranked = false
				e.Note = append(e.Note, note.Note{Code: note.Overlaps, Words: other.Code})
			}
		}
	}
}

// residual returns what the parts leave over of the total. It is missing if a part has no value, if
// parts overlap, or if the difference may come from rounding.
func (s *Set) residual(total Row, list []*entry) Row {
	r := Row{Code: Residual, Comparison: compare.Comparison{Basis: total.Basis, Period: total.Period, PriorPeriod: total.PriorPeriod, Status: total.Status, Vintage: total.Vintage}}
	left, parts, without, crossed := total.Value, 0, 0, false
	for _, e := range list {
		if !e.counted || !e.listed && !e.Value.IsKnown() {
			continue
		}
		parts++
		if !e.Value.IsKnown() {
			without++
		}
		left = left.Sub(e.Value)
		r.Status, r.Vintage = stat.Worst(r.Status, e.Status), max(r.Vintage, e.Vintage)
		crossed = crossed || e.Note.Has(note.Overlaps)
	}
	n, known := left.Get()
	switch {
	case without > 0:
		r.Note = note.List{{Code: note.PartsWithoutValue, N: without, Of: parts}}
	case crossed:
		r.Note = note.List{{Code: note.PartsOverlap}}
	case known && s.multiple > 1 && max(n, -n) <= s.multiple*int64(parts+1)/2:
		r.Note = note.List{{Code: note.Rounding, N: parts, Of: int(s.multiple)}}
	default:
		r.Value, r.Share = left, share(left, total.Value)
		if n < 0 {
			r.Note = note.List{{Code: note.PartsExceed}}
		}
	}
	if !r.Value.IsKnown() {
		r.Status = stat.Missing
	}
	return r
}
