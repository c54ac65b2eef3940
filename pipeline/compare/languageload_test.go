package compare

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

// load builds a path from the lines of a block.
func (s *script) load(b block, words []string) error {
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "stock" {
		return fmt.Errorf("%d: want load SERIES [stock]", b.line)
	}
	id := stat.SeriesID(words[0])
	series := &stat.Series{ID: id, Kind: stat.Flow}
	if len(words) == 2 {
		series.Kind = stat.Stock
	}
	if s.paths[words[0]] != nil {
		return fmt.Errorf("%d: %s is loaded already", b.line, id)
	}
	vintage := stat.MustDate("2026-06-26")
	var obs []stat.Observation
	for _, l := range b.body {
		f := strings.Fields(l.text)
		var more []stat.Observation
		var err error
		switch {
		case f[0] == "vintage" && len(f) == 2:
			vintage, err = stat.ParseDate(f[1])
		case f[0] == "file" && len(f) == 3:
			more, err = fromFile(series, f[1], f[2])
		case f[0] == "range" && len(f) == 4:
			more, err = fromRange(f[1:])
		default:
			more, err = fromValues(series, f)
		}
		if err != nil {
			return fmt.Errorf("%d: %w", l.line, err)
		}
		for _, o := range more {
			o.Series, o.Release = series, &stat.Release{Vintage: vintage}
			obs = append(obs, o)
		}
	}
	p, err := NewPath(series, obs)
	if err != nil {
		return fmt.Errorf("%d: %w", b.line, err)
	}
	s.paths[words[0]] = p
	return nil
}

// periodEnding returns the period of the series whose last day is end.
func periodEnding(s *stat.Series, end stat.Date) (stat.Period, error) {
	y, m, _ := end.YMD()
	per := stat.Day(end)
	switch s.Frequency() {
	case stat.Weekly:
		per = stat.WeekEnding(end)
	case stat.Monthly:
		per = stat.Month(y, m)
	case stat.Quarterly:
		per = stat.QuarterOf(end)
	case stat.Annual:
		per = stat.Year(y)
	}
	if per.End != end {
		return per, fmt.Errorf("%s is not the last day of a period", end)
	}
	if s.Kind == stat.Stock {
		return stat.Day(end), nil
	}
	return per, nil
}

// next returns the last day of the period after the one that ends on d.
func next(f stat.Frequency, d stat.Date) stat.Date {
	switch f {
	case stat.Weekly:
		return d.AddDays(7)
	case stat.Monthly:
		return d.AddDays(1).MonthEnd()
	case stat.Quarterly:
		return d.AddDays(63).MonthEnd()
	case stat.Annual:
		return d.AddYears(1)
	}
	return d.AddDays(1)
}

func fromValues(s *stat.Series, f []string) ([]stat.Observation, error) {
	end, err := stat.ParseDate(f[0])
	if err != nil {
		return nil, err
	}
	var out []stat.Observation
	for _, word := range f[1:] {
		o, times, err := parseValue(word)
		if err != nil {
			return nil, err
		}
		for range times {
			if o.Period, err = periodEnding(s, end); err != nil {
				return nil, err
			}
			out = append(out, o)
			end = next(s.Frequency(), end)
		}
	}
	return out, nil
}

// parseValue reads NUMBER|- [ "[" LOWER ".." UPPER "]" ] [STATUS] [x TIMES].
func parseValue(word string) (o stat.Observation, times int, err error) {
	text, repeat, repeated := strings.Cut(word, "x")
	times = 1
	if repeated {
		if times, err = strconv.Atoi(repeat); err != nil || times < 1 {
			return o, 0, fmt.Errorf("%q: bad number of times", word)
		}
	}
	o.Status = stat.Normal
	if n := len(text); n > 0 && text[n-1] >= 'A' && text[n-1] <= 'Z' {
		o.Status, text = stat.Status(text[n-1:]), text[:n-1]
	} else if text == "-" {
		o.Status = stat.Missing
	}
	if text == "-" {
		return o, times, nil
	}
	if number, bounds, ok := strings.Cut(strings.TrimSuffix(text, "]"), "["); ok {
		low, high, _ := strings.Cut(bounds, "..")
		text = number
		var e1, e2 error
		o.Lower, e1 = stat.ParseCount(low)
		o.Upper, e2 = stat.ParseCount(high)
		if e1 != nil || e2 != nil {
			return o, 0, fmt.Errorf("%q: bad range", word)
		}
	}
	o.Value, err = stat.ParseCount(text)
	return o, times, err
}

func fromRange(f []string) ([]stat.Observation, error) {
	start, err := stat.ParseDate(f[0])
	if err != nil {
		return nil, err
	}
	end, err := stat.ParseDate(f[1])
	if err != nil {
		return nil, err
	}
	o, _, err := parseValue(f[2])
	o.Period = stat.Period{Start: start, End: end, Precision: stat.PrecisionRange}
	return []stat.Observation{o}, err
}

func fromFile(s *stat.Series, name, column string) ([]stat.Observation, error) {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	c := slices.Index(rows[0], column)
	if c < 1 {
		return nil, fmt.Errorf("%s has no column %q", name, column)
	}
	var out []stat.Observation
	for _, row := range rows[1:] {
		end, err := stat.ParseDate(row[0])
		if err != nil {
			return nil, err
		}
		o := stat.Observation{Status: stat.Provisional}
		if o.Value, err = stat.ParseCount(row[c]); err != nil {
			return nil, err
		}
		if !o.Value.IsKnown() {
			o.Status = stat.Missing
		}
		if o.Period, err = periodEnding(s, end); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
