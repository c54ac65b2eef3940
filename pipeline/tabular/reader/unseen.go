package reader

import (
	"slices"

	"crossings/pipeline/stat"
)

// wanted returns the columns that are read.
func (c *columns) wanted() []int {
	if c.read == nil {
		c.read = append(append([]int{c.period, c.year, c.month, c.quarter, c.measure, c.flags}, c.dims...), c.sums...)
		for _, v := range c.values {
			c.read = append(c.read, v.at)
		}
		for _, f := range c.only {
			c.read = append(c.read, f.at)
		}
	}
	return c.read
}

// reportUnseen adds what of the figures is hidden in the workbook.
func (t *table) reportUnseen() {
	hasFigures := func(column int) bool {
		return slices.ContainsFunc(t.columns.values, func(v valueColumn) bool { return v.at == column })
	}
	for _, u := range t.unseen.Parts(hasFigures) {
		f := stat.Finding{Code: u.Code, Severity: stat.SeverityWarning, Where: t.sheet, Message: u.Message}
		if u.Where != "" {
			f.Where = t.sheet + "!" + u.Where
		}
		if u.Waits {
			f.Severity = stat.SeverityError
		}
		t.found = append(t.found, f)
	}
}
