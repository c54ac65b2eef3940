package tables

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch"
	"crossings/schemas"
)

// dimensions are those that totals are broken down by, in the order of the table.
var dimensions = []string{"age", "category", "destination", "origin", "route", "sex"}

// member is a series that may be a part of a total.
type member struct {
	stat.Dimensions
	obs []stat.Observation
}

// kinship says which series are the parts of a total: those of the same measure and frequency whose
// dimensions are those of the total, except for one.
type kinship struct {
	measure   string // with source and frequency
	total     stat.Dimensions
	dimension string
}

// family has the series of a source by what they may be parts of.
type family struct {
	source *source.Source
	parts  map[kinship][]member
	cells  map[string][]member // by measure
}

// familyOf groups the series of a source.
func familyOf(k *watch.Known) *family {
	f := &family{source: k.Source, parts: map[kinship][]member{}, cells: map[string][]member{}}
	for _, p := range k.Paths {
		f.add(p.Observations())
	}
	for others := k.Others; len(others) > 0; {
		n := slices.IndexFunc(others, func(o stat.Observation) bool { return o.Series.ID != others[0].Series.ID })
		if n < 0 {
			n = len(others)
		}
		f.add(others[:n])
		others = others[n:]
	}
	return f
}

// add adds a series by its observations.
func (f *family) add(obs []stat.Observation) {
	if len(obs) == 0 {
		return
	}
	s := obs[0].Series
	cell := len(f.source.Breakdowns.Cells) > 0
	for _, name := range dimensions {
		total := s.Dimensions
		field := total.Field(name)
		cell = cell && (*field != stat.Total) == slices.Contains(f.source.Breakdowns.Cells, name)
		if *field != stat.Total {
			*field = stat.Total
			key := kinship{s.ID.Measure(), total, name}
			f.parts[key] = append(f.parts[key], member{s.Dimensions, obs})
		}
	}
	if cell {
		f.cells[s.ID.Measure()] = append(f.cells[s.ID.Measure()], member{s.Dimensions, obs})
	}
}

// partsOf returns the parts of a total in one dimension, by the stated series if there are any, else
// by adding up the rows of its table.
func (f *family) partsOf(total *stat.Series, dimension string) []breakdown.Part {
	d := total.Dimensions
	whole := *d.Field(dimension) // the group whose types are the parts, or the total
	*d.Field(dimension) = stat.Total
	members := f.parts[kinship{total.ID.Measure(), d, dimension}]
	if len(members) == 0 && whole == stat.Total {
		members = f.addUp(total, dimension)
	}
	codes := map[string]bool{}
	for _, m := range members {
		codes[*m.Field(dimension)] = true
	}
	var out []breakdown.Part
	for _, m := range members {
		code := *m.Field(dimension)
		group := groupOf(code, codes)
		if whole == stat.Total && group == "" || whole != stat.Total && group == whole {
			out = append(out, breakdown.Part{Code: code, Observations: m.obs, Group: isRegion(dimension, code), Within: regionsAround(dimension, code)})
		}
	}
	return out
}

// groupOf returns the longest of some codes that a code is a type of, as enforced of
// enforced.removals, or "".
func groupOf(code string, among map[string]bool) string {
	for i := strings.LastIndexByte(code, '.'); i > 0; i = strings.LastIndexByte(code[:i], '.') {
		if among[code[:i]] {
			return code[:i]
		}
	}
	return ""
}

// isRegion reports whether a code of an area counts several countries together.
func isRegion(dimension, code string) bool {
	return isArea(dimension) && !strings.HasPrefix(code, "_") && labels("region")[code] != "" && labels("area")[code] == ""
}

func isArea(dimension string) bool { return dimension == "origin" || dimension == "destination" }

// regionsAround returns the regions that a region is in.
func regionsAround(dimension, code string) []string {
	if !isArea(dimension) {
		return nil
	}
	return schemas.RegionsAround(code)
}

// addUp adds the rows of the table up to the parts of a total. They are in the order of their codes.
func (f *family) addUp(total *stat.Series, dimension string) []member {
	if !slices.Contains(f.source.Breakdowns.Cells, dimension) {
		return nil
	}
	type key struct {
		code string
		stat.Period
	}
	sums := map[key]*stat.Observation{}
	series := map[string]*stat.Series{}
	for _, m := range f.cells[total.ID.Measure()] {
		if !isWithin(m.Dimensions, total.Dimensions) {
			continue
		}
		code := *m.Field(dimension)
		if series[code] == nil {
			s := *total
			*s.Dimensions.Field(dimension) = code
			s = stat.NewSeries(s, total.Frequency())
			series[code] = &s
		}
		for _, o := range m.obs {
			sum := sums[key{code, o.Period}]
			if sum == nil {
				x := o
				x.Series = series[code]
				sums[key{code, o.Period}] = &x
				continue
			}
			join(sum, o)
		}
	}
	byCode := map[string][]stat.Observation{}
	for k, o := range sums {
		byCode[k.code] = append(byCode[k.code], *o)
	}
	var out []member
	for code, obs := range byCode {
		slices.SortFunc(obs, stat.Observation.Compare)
		out = append(out, member{series[code].Dimensions, obs})
	}
	return out // NewSet orders them
}

// isWithin reports whether a row of a table belongs to a total.
func isWithin(cell, total stat.Dimensions) bool {
	for _, name := range dimensions {
		if of := *total.Field(name); of != stat.Total && *cell.Field(name) != of {
			return false
		}
	}
	return true
}

// join adds an observation to a sum. A sum without one of its rows is missing.
func join(sum *stat.Observation, o stat.Observation) {
	sum.Value, sum.Lower, sum.Upper = sum.Value.Add(o.Value), stat.Count{}, stat.Count{}
	if sum.Status = stat.Worst(sum.Status, o.Status); !sum.Value.IsKnown() && sum.Status.HasValue() {
		sum.Status = stat.Missing
	}
	sum.Revised = sum.Revised || o.Revised
	sum.Mark = cmp.Or(sum.Mark, o.Mark)
	if o.Release != nil && (sum.Release == nil || o.Release.Vintage > sum.Release.Vintage) {
		sum.Release = o.Release
	}
}

// addBreakdowns adds the parts of each compared series of a source. The error names the totals whose
// parts contradict themselves; the others are there.
func addBreakdowns(b *Builder, k *watch.Known) error {
	if k.Source.Restates != "" {
		return nil
	}
	var failed error
	f := familyOf(k)
	for _, p := range k.Paths {
		cutoff := cutoffOf(p, k.Paths)
		if cutoff.IsZero() || strings.Contains(p.Series().Category, ".") { // a type is a part of its group
			continue
		}
		for _, dimension := range dimensions {
			parts := f.partsOf(p.Series(), dimension)
			if len(parts) == 0 {
				continue
			}
			set, err := breakdown.NewSet(dimension, p, k.Source.ListsOnlyWhatOccurs(dimension), parts)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", k.Source.ID, err))
				continue
			}
			rows := set.Rows(cutoff, recent(cutoff))
			age(b, k, p.Series().ID, parts, rows)
			addBreakdown(b, k, p.Series(), dimension, rows)
		}
	}
	return failed
}

// age sets what a reader must know of the rows of a total whose figures may still move. A part that no
// release states by itself, as one that is added up, is as old as the total, and what it was at the same
// age is not known. Nor is that of the residual.
func age(b *Builder, k *watch.Known, total stat.SeriesID, parts []breakdown.Part, rows []breakdown.Row) {
	if len(k.Entries) < 2 {
		return
	}
	whole := ageingOf(b, total)
	own := map[string]*ageing{stat.Total: whole}
	for _, p := range parts {
		if a := ageingOf(b, p.Observations[0].Series.ID); len(a.history.Periods) > 0 {
			own[p.Code] = a
		}
	}
	for i := range rows {
		r := &rows[i]
		if a := own[r.Code]; a != nil {
			a.ofComparison(&r.Comparison)
			continue
		}
		if r.Young = whole.of(r.Value, r.Period, stat.Period{}); r.Young != nil {
			r.Note = append(r.Note, whole.notes(r.Young, r.Period.End)...)
		}
	}
}

// yearsKept is for how many years the table keeps whole years.
const yearsKept = 10

// recent lets the periods through that the table keeps: the whole years, and the dates at the end of
// a year, of the last ten years; and everything else that ends in the twelve months to the cut-off.
// Each row has the value of the year before.
func recent(cutoff stat.Date) func(compare.Span) bool {
	return func(s compare.Span) bool {
		end := s.Period.End
		yearly := s.Basis == compare.BasisYear || s.Basis == compare.BasisPoint && end == stat.NewDate(end.Year(), 12, 31)
		return yearly && end > cutoff.AddYears(-yearsKept) || end > cutoff.AddYears(-1)
	}
}

// addLead adds the sentence on the largest parts of a total, if the source has words for it: in the
// newest twelve months, or on the newest date.
func addLead(b *Builder, k *watch.Known, total *stat.Series, dimension string, rows []breakdown.Row, label func(code string) string) {
	i := slices.IndexFunc(k.Source.Breakdowns.Leads, func(l source.Lead) bool { return l.Series == total.ID && l.Dimension == dimension })
	if i < 0 {
		return
	}
	bases := []string{compare.BasisYearEnding, compare.BasisPoint}
	var newest stat.Date
	for _, r := range rows {
		if slices.Contains(bases, r.Basis) {
			newest = max(newest, r.Period.End)
		}
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(r breakdown.Row) bool { return !slices.Contains(bases, r.Basis) || r.Period.End != newest })
	words := k.Source.Breakdowns.Leads[i]
	if h, ok := headline.Largest(headline.Parts{Total: total, Dimension: dimension, Of: words.Of, Were: words.Were, Rows: rows, Label: label}, saidOf(b, total)); ok {
		b.largest = append(b.largest, h)
	}
}

// addBreakdown adds the rows of a total in one dimension.
func addBreakdown(b *Builder, k *watch.Known, total *stat.Series, dimension string, rows []breakdown.Row) {
	name := labelsOf(k, dimension, rows)
	for _, r := range rows {
		x := row.Breakdown{Series: total.ID, Dimension: dimension, Code: r.Code, Label: name(r.Code), Basis: r.Basis, PeriodStart: r.Period.Start, PeriodEnd: r.Period.End,
			Value: r.Value, SharePercent: row.Num(r.Share.Get()), PriorValue: r.Prior, Change: r.Change, ChangePercent: row.Num(r.ChangePercent.Get()),
			Status: r.Status, Vintage: b.vintageOf(r.Vintage), Note: r.Note, Lower: r.Lower, Upper: r.Upper}
		x.PriorValueSameAge, x.ChangePercentSameAge = sameAgeOf(r.Young)
		if r.Rank > 0 {
			x.Rank = stat.Known(int64(r.Rank))
		}
		b.put(x)
	}
	addLead(b, k, total, dimension, rows, name)
}
