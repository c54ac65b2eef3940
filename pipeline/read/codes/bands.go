package codes

import (
	"fmt"

	"crossings/pipeline/stat"
)

// FindingBands is the code of a finding about bands of ages that overlap.
const FindingBands = "age-bands-overlap"

// Bands collects the age codes of each period. The zero value is ready to use.
type Bands struct {
	byPeriod map[int][]string
	clashes  int    // pairs of bands of one period that overlap
	first    string // the first of them
	where    string // its place in the file
}

// Add records that a row of a period has an age code. where returns the row's place in the file.
func (b *Bands) Add(period int, code string, where func() string) {
	known := b.byPeriod[period]
	for _, x := range known {
		if x == code {
			return
		}
	}
	for _, x := range known {
		if overlap(x, code) {
			if b.clashes++; b.clashes == 1 {
				b.first, b.where = fmt.Sprintf("%s and %s", x, code), where()
			}
		}
	}
	if b.byPeriod == nil {
		b.byPeriod = map[int][]string{}
	}
	b.byPeriod[period] = append(known, code)
}

// overlap reports whether the bands of two codes have an age in common.
func overlap(a, b string) bool {
	from, to, ok := stat.Ages(a)
	start, end, also := stat.Ages(b)
	return ok && also && from <= end && start <= to
}

// Findings returns a finding of severity error if bands of one period overlap: the rows of one may
// be the sum of those of others, and would count twice.
func (b *Bands) Findings() []stat.Finding {
	if b.clashes == 0 {
		return nil
	}
	return []stat.Finding{{Code: FindingBands, Severity: stat.SeverityError, Where: b.where, Message: fmt.Sprintf(
		"ages that overlap in one period: %d pairs, the first %s; one may be the sum of others", b.clashes, b.first)}}
}
