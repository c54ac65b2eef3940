package frontexdetections

import (
	"fmt"
	"slices"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

// addSum adds a column with the sum of columns from to upto of each row.
func (b *book) addSum(header any, from, upto int) {
	b.header = append(slices.Clip(b.header), header)
	for i, r := range b.rows {
		b.rows[i] = append(slices.Clip(r), sumOf(r[from:upto]))
	}
}

func sumOf(cells []any) (sum int) {
	for _, c := range cells {
		sum += c.(int)
	}
	return sum
}

// sumRow returns a row of sums of the rows with a route; "" for all rows.
func (b *book) sumRow(route string, labels ...any) []any {
	row := labels
	for k := 3; k < len(b.header); k++ {
		sum := 0
		for _, r := range b.rows {
			if route == "" || r[0] == route {
				sum += r[k].(int)
			}
		}
		row = append(row, sum)
	}
	return row
}

// TestSumsOfTheSheet has sums that the sheet states in several forms. They count nowhere. All but
// the first were refused before.
func TestSumsOfTheSheet(t *testing.T) {
	want := said(mustRead(t, small(t).file(t)))
	route := small(t).rows[0][0].(string)
	for name, change := range map[string]func(*book){
		"grand total": func(b *book) { b.addSum("Grand Total", 3, 26) },
		"totals of years": func(b *book) {
			b.addSum("2009 total", 3, 15)
			b.addSum("2010 total", 15, 26)
			b.addSum("Grand Total", 3, 26)
		},
		"years as numbers": func(b *book) { b.addSum(2009, 3, 15); b.addSum(2010, 15, 26) },
		"a span":           func(b *book) { b.addSum("Total 2009-2010", 3, 26) },
		"part of a year":   func(b *book) { b.addSum("JAN-APR2010", 15, 19) },
		"quarters": func(b *book) {
			b.addSum("Q1 2009", 3, 6)
			b.addSum("2010 Q1", 15, 18)
			b.addSum("2nd quarter 2010", 18, 21)
		},
		"total detections":  func(b *book) { b.addSum("Total detections", 3, 26) },
		"first of two":      func(b *book) { b.addSum("Total", 3, 26); b.addSum("Overall", 3, 26) },
		"a row of all":      func(b *book) { b.below = [][]any{b.sumRow("", "Total detections", nil, nil)} },
		"all routes":        func(b *book) { b.below = [][]any{b.sumRow("", "All routes", "All border types", "All nationalities")} },
		"a route":           func(b *book) { b.rows = append(b.rows, b.sumRow(route, route+" Total", nil, nil)) },
		"a route, labelled": func(b *book) { b.rows = append(b.rows, b.sumRow(route, route, nil, "Total")) },
	} {
		b := small(t)
		change(&b)
		if got := said(mustRead(t, b.file(t))); !slices.Equal(got, want) {
			t.Errorf("%s: %d observations, want the %d of the plain form", name, len(got), len(want))
		}
	}
}

// TestSumsThatDiffer has sums that are not those of the rows: the release waits.
func TestSumsThatDiffer(t *testing.T) {
	route := small(t).rows[0][0].(string)
	for name, change := range map[string]func(*book){
		"a year without a month": func(b *book) { b.addSum("2009 total", 4, 15) },
		"another year":           func(b *book) { b.addSum("2010 total", 3, 15) },
		"another quarter":        func(b *book) { b.addSum("Q1 2009", 4, 7) },
		"a route": func(b *book) {
			r := b.sumRow(route, route+" Total", nil, nil)
			r[4] = r[4].(int) + 1
			b.rows = append(b.rows, r)
		},
		"another route": func(b *book) { b.rows = append(b.rows, b.sumRow("", route+" Total", nil, nil)) },
	} {
		b := small(t)
		change(&b)
		_, findings, err := sourcetest.Decode(&Source, b.file(t))
		if err != nil || len(findings) == 0 || findings[0].Code != "wrong-total" {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
	b := small(t)
	b.addSum("2011 total", 3, 15)
	sourcetest.Refuses(t, &Source)("a year without months", b.file(t), decode.ErrHeader, fmt.Sprintf("column %q", "2011 total"))
}
