package sitetest

import (
	"strconv"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Periods returns a site with a table year-on-year with the rows given. A row has its basis, first day,
// last day, value, value of the year before, lower end and upper end; "" is missing.
func Periods(rows ...[7]string) content.Site {
	tbl := table.New("year-on-year")
	number := func(s string) table.Cell {
		n, err := strconv.Atoi(s)
		if err != nil {
			return table.Count(stat.Count{})
		}
		return table.Int(n)
	}
	for _, r := range rows {
		status := table.Text("P")
		if r[3] == "" {
			status = table.Text("O")
		}
		Put(tbl, table.Text(ClaimsID), table.Text(r[0]), Day(r[1]), Day(r[2]), number(r[3]), number(r[4]), table.Count(stat.Count{}), table.Float(0, false),
			status, Day("2026-01-01"), table.Text(""), number(r[5]), number(r[6]), table.Count(stat.Count{}), table.Count(stat.Count{}))
	}
	return content.Site{Tables: []*table.Table{tbl}}
}
