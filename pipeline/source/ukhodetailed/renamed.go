package ukhodetailed

import (
	"fmt"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
)

// renamedRows is in how many rows an extra column is compared with a missing one.
const renamedRows = 2000

// renamed compares the labels of an extra column with the list of one that the file lacks. A column
// under a new header would let in rows that it leaves out, such as those for resettlement.
type renamed struct {
	at             int // of the extra column
	name           string
	list           *codes.Labels
	listed, others int
}

// renames are the pairs of an extra and a missing column of a table.
type renames []renamed

// newRenames prepares to compare each extra column with each missing one that has a list.
func newRenames(t *Table) (out renames) {
	for i, c := range t.View.Columns {
		if t.labels[i] >= 0 || c.List == "" {
			continue
		}
		for _, x := range t.columns.Extra() {
			out = append(out, renamed{at: x.Index, name: c.Name, list: t.file.Lists.For(c.List, publisher)})
		}
	}
	return out
}

// watch counts the labels of a row that are in the lists of missing columns.
func (r renames) watch(c cells) {
	for i := range r {
		x := &r[i]
		if x.at >= len(c.values) || c.values[x.at] == "" {
			continue
		}
		if by, err := x.list.Open(c.values[x.at]); err == nil && by.Match == codes.Listed {
			x.listed++
		} else {
			x.others++
		}
	}
}

// check returns an error if an extra column has the labels of a missing one.
func (r renames) check(t *Table) error {
	for _, x := range r {
		if x.listed > 9*x.others {
			return t.fail(0, t.columns.Header(x.at), fmt.Errorf("the extra column has the labels of %q, which is missing: %w", x.name, decode.ErrHeader))
		}
	}
	return nil
}
