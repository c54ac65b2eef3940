package ukhoreturns

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// byDestination is the dataset of returns by type and destination.
var byDestination = ukhodetailed.View{
	Sheets: []string{"Data - Ret_D02", "Data_Ret_D02"},
	Columns: []ukhodetailed.Column{{Name: "Return type group", List: "return-type", Groups: true}, {Name: "Return type", List: "return-type"},
		{Name: "Return destination", List: "area"}, {Name: "Return destination region", List: "region"}},
	Count: "Number of returns",
	// In the releases of 2023, 43, none and 77 of 43,580 rows were repeated, and 4, none and 9 of
	// them with the same count. The ceiling is about twice that.
	Repeats: ukhodetailed.Repeats{Rows: 160, Same: 20},
}

// The indexes of its columns.
const (
	group = iota
	kind
	destination
)

// byNationality is the dataset of returns of offenders. The workbooks seen in part may lack it. If
// a later one lacks what an earlier one had, check.NotShrunk reports it.
var byNationality = ukhodetailed.View{
	Sheets: []string{"Data - Ret_D03", "Data_Ret_D03"},
	Columns: []ukhodetailed.Column{{Name: "Nationality", List: "area"}, {Name: "Region", List: "region"},
		{Name: "Return destination group", List: "offender-destination", Groups: true}},
	Count:    "Number of foreign national offender returns",
	Optional: true,
}

// The indexes of its columns.
const (
	nationality = iota
	_           // the region follows from the nationality
	destinationGroup
)

// breaks are the days from which a measure has another meaning. By SDMX practice the first period
// with the new meaning is marked; those after it are normal and compare with one another.
var breaks = []struct {
	measure string
	from    stat.Date
	reason  string // a sentence for readers
}{
	{returns, stat.MustDate("2025-09-01"), "The publisher changed what counts as a return in September 2025: the quarter from July 2025 is marked as a break, and quarters before it do not compare with it or later ones."},
}

// decodeFile reads the datasets that the file has: an observation for each combination, and the
// sums. Anything unexpected is an error with its place, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	file, err := ukhodetailed.Open(f)
	if err != nil {
		return source.Result{}, err
	}
	tables, err := file.Tables(&byDestination, &byNationality)
	if err != nil {
		return source.Result{}, err
	}
	var out source.Result
	for _, t := range tables {
		read := readReturns
		if t.View == &byNationality {
			read = readOffenders
		}
		cube, rejects, err := read(t)
		if err != nil {
			return source.Result{}, err
		}
		out.Observations = cube.AppendTo(out.Observations)
		out.Findings = append(out.Findings, cube.Findings()...)
		out.Excluded, out.Rows = append(out.Excluded, rejects...), out.Rows+t.Rows()
	}
	out.Findings = append(out.Findings, markBreaks(out.Observations)...)
	if out.Notes, err = file.Notes(tables); err != nil {
		return source.Result{}, err
	}
	return out, nil
}

// readReturns adds up the rows by destination.
func readReturns(t *ukhodetailed.Table) (*ukhodetailed.Cube, []stat.ExcludedRow, error) {
	cube := ukhodetailed.NewCube(t, ofReturns)
	categories := make([]string, len(types)) // and those that are in no list, as they come
	for i, x := range types {
		categories[i] = x.code
	}
	rejects, err := t.Each(func(r ukhodetailed.Row) error {
		code := typeIn(r.Codes[group], r.Codes[kind])
		if !r.Excluded && (groupOf(code) != r.Codes[group] || code == r.Codes[group]) {
			return r.Fail(kind, fmt.Errorf("%q is no type of %q: %w", r.Labels[kind], r.Labels[group], decode.ErrShape))
		}
		if !r.Excluded && !slices.Contains(categories, code) {
			categories = append(categories, code)
		}
		cell, all := by(code), by(r.Codes[group])
		cell.Destination = r.Codes[destination]
		if err := cube.Cell(cell, r); err != nil {
			return err
		}
		cube.Sum(by(code), r)
		cube.Sum(all, r)
		all.Destination = cell.Destination
		cube.Sum(all, r)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, code := range categories {
		listed := slices.ContainsFunc(types, func(x category) bool { return x.code == code })
		cube.Fill(by(code), listed && groupOf(code) == code)
	}
	return cube, rejects, nil
}

// typeIn returns the code of a type of return within its group. A type that is in no list belongs
// to the group of its row, and so does every type of a group that is in no list.
func typeIn(group, code string) string {
	if strings.HasPrefix(code, codes.Unlisted) {
		return group + "." + code
	}
	if strings.HasPrefix(group, codes.Unlisted) {
		return group + "." + code[strings.IndexByte(code, '.')+1:]
	}
	return code
}

// readOffenders adds up the rows by nationality.
func readOffenders(t *ukhodetailed.Table) (*ukhodetailed.Cube, []stat.ExcludedRow, error) {
	cube := ukhodetailed.NewCube(t, ofOffenders)
	rejects, err := t.Each(func(r ukhodetailed.Row) error {
		cell := by(r.Codes[destinationGroup])
		cube.Sum(stat.AllTotal, r)
		cube.Sum(cell, r)
		cell.Origin = r.Codes[nationality]
		return cube.Cell(cell, r)
	})
	if err != nil {
		return nil, nil, err
	}
	for _, x := range offenders {
		cube.Fill(by(x.code), true)
	}
	return cube, rejects, nil
}

// markBreaks sets the status of the observations in the first quarter after a break, and returns a
// finding for each break that the release reaches. A missing value stays missing.
func markBreaks(obs []stat.Observation) []stat.Finding {
	var out []stat.Finding
	for _, b := range breaks {
		first := ""
		for i := range obs {
			o := &obs[i]
			if o.Series.Measure != b.measure || b.from < o.Period.Start || b.from > o.Period.End || !o.Value.IsKnown() {
				continue
			}
			o.Status = stat.Break
			if first == "" {
				first = o.Locator
			}
		}
		if first != "" {
			out = append(out, stat.Finding{Code: "series-break", Where: first, Message: b.reason})
		}
	}
	return out
}
