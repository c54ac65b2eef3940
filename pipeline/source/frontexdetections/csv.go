package frontexdetections

import (
	"fmt"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "route"}, {Name: "type"}, {Name: "nat"}, {Name: "t"}, {Name: "n", Measure: true},
}}

// Their indexes. The first three are those of the labels.
const (
	month = 3
	value = 4
)

// readCSV reads the CSV, and returns how many rows it has.
func (d *decoder) readCSV() (rows int, err error) {
	findings, err := source.EachRow(d.file, columns, d.csvRow)
	if err != nil {
		return 0, err
	}
	d.findings = append(d.findings, findings...)
	return len(d.rows) + len(d.excluded), nil
}

// csvRow reads one row: a figure for a month.
func (d *decoder) csvRow(r decode.CSVRow) error {
	per, err := d.csvMonth(r)
	if err != nil {
		return err
	}
	dims, out, err := d.code(record{labels: [3]string(r.Values[:3]), line: r.Line, ref: r.Ref, fail: r.Fail,
		header: func(i int) string { return columns.Want[i].Name }})
	if err != nil {
		return err
	}
	if out != nil {
		d.excludeCSV(r, out.label, out.reason, true)
		if !out.sum {
			d.lack(dims, per, r.Ref(out.label))
		}
		return nil
	}
	n, err := r.Count(value)
	if err != nil {
		d.excludeCSV(r, value, "the number of detections is not a count", false)
		d.lack(dims, per, r.Ref(value))
		return nil
	}
	if err := d.figure(dims, per, n, r.Ref(value), false); err != nil {
		return r.Fail(value, err)
	}
	return nil
}

// csvMonth reads the month of a row.
func (d *decoder) csvMonth(r decode.CSVRow) (stat.Period, error) {
	day, err := source.RowDay(r, month)
	per := stat.Month(day.Year(), day.Month())
	if err != nil { // no day, but perhaps "2009-01" or "January 2009"
		var e error
		if per, e = (period.Form{Length: period.Month}).Read(r.Values[month]); e != nil {
			return per, err
		}
	} else if day != per.Start {
		return per, r.Fail(month, fmt.Errorf("%s is not the first day of a month: %w", r.Values[month], decode.ErrPeriod))
	}
	if err := d.checkMonth(per); err != nil {
		return per, r.Fail(month, err)
	}
	d.last = max(d.last, per.Start)
	return per, nil
}

// excludeCSV leaves a row out. listed says that a label list does.
func (d *decoder) excludeCSV(r decode.CSVRow, column int, reason string, listed bool) {
	d.excluded = append(d.excluded, stat.ExcludedRow{Line: r.Line, Column: columns.Want[column].Name, Value: r.Values[column], Reason: reason, Listed: listed})
}
