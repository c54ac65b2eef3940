package ukhodetailed

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// The labels that are wholes of the United Kingdom's parts, as expressions for Column.Wholes.
var (
	// WholesOfRegions are larger than a region or nation.
	WholesOfRegions = regexp.MustCompile(`^(?:` + larger + `)$`)
	// WholesOfDistricts are larger than a district, by name or by code.
	WholesOfDistricts = regexp.MustCompile(`^(?:` + larger + `|` + nations + `|` + regions + `|[ensw]92\d{6}|k0[1-7]\d{6}|e1[0-35]\d{6})$`)
)

const (
	larger  = `(?:the )?(?:united kingdom|uk|u\.k\.|great britain|gb|gbr|britain)|england|england (?:and|&) wales|england, (?:scotland (?:and|&) wales|wales (?:and|&) scotland)`
	nations = `scotland|wales|northern ireland`
	regions = `(?:greater )?london|east|east of england|(?:east|west) midlands|(?:north|south) (?:east|west)(?: england)?|yorkshire (?:and|&) (?:the )?humber`
)

// maxWholes is how many such labels of one column are remembered, and how many are said.
const (
	maxWholes = 10_000
	saidWhole = 20
)

// wholes finds the labels that may be totals where no code list shows it: those of columns without a
// list, and those that a column says are wholes.
type wholes struct {
	seen  map[wholeKey]bool
	found []stat.Finding
}

// wholeKey is a label of a column.
type wholeKey struct {
	column int
	label  string
}

// note looks at the labels of a row that counts.
func (w *wholes) note(t *Table, r Row) {
	for i, c := range t.View.Columns {
		if t.labels[i] < 0 || t.known[i] != nil && c.Wholes == nil {
			continue
		}
		key := wholeKey{i, r.Labels[i]}
		if w.seen[key] {
			continue
		}
		if len(w.seen) < maxWholes {
			if w.seen == nil {
				w.seen = map[wholeKey]bool{}
			}
			w.seen[wholeKey{i, strings.Clone(key.label)}] = true
		}
		listed := t.known[i] != nil
		if !listed && codes.MayBeTotal(key.label) || c.Wholes != nil && c.Wholes.MatchString(decode.Words(key.label)) {
			w.add(mayBeTotal(c.Name, key.label, cellAt(t, i, r.Line), "may be the sum of other rows"))
		}
	}
}

// add adds a finding, unless its message is there.
func (w *wholes) add(f stat.Finding) {
	if len(w.found) < saidWhole && !slices.ContainsFunc(w.found, func(x stat.Finding) bool { return x.Message == f.Message }) {
		w.found = append(w.found, f)
	}
}

// mayBeTotal is the finding about a label whose rows would count twice.
func mayBeTotal(column, label, where, why string) stat.Finding {
	return stat.Finding{Code: codes.FindingTotal, Severity: stat.SeverityError, Where: where,
		Message: fmt.Sprintf("column %q: %s %s; if it is, the totals count those twice, and the release must not come in", column, decode.Quote(label), why)}
}
