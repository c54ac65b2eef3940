package reader

import (
	"fmt"
	"regexp"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular/grid"
)

// inThousands matches words that say that figures are in thousands or more.
var inThousands = regexp.MustCompile(`(?:^|[ (])in (?:the )?(?:thousands?|millions?|'?000s?|tausend|miles|milliers|migliaia|tsd|mio)\b|\((?:thousands?|millions?|'?000s?|tsd\.?|mio\.?|miles|milliers|migliaia)\)|^units?[:( -]+(?:thousand|million)`)

// noteThousands notes the first text of a row that says that figures are in thousands.
func (t *table) noteThousands(r decode.Row) {
	if t.inThousands != "" {
		return
	}
	for i, c := range r.Cells {
		if c.Kind == decode.Text && inThousands.MatchString(decode.Words(c.Value)) {
			t.inThousands, t.thousandsText = t.g.Ref(r, i), grid.Text(c)
			return
		}
	}
}

// checkThousands adds a finding if the file says that its figures are in thousands and the layout
// does not multiply them.
func (t *table) checkThousands() {
	if t.inThousands == "" || t.l.Times != 1 {
		return
	}
	t.found = append(t.found, stat.Finding{Code: "says-thousands", Severity: stat.SeverityError, Where: t.inThousands, Message: fmt.Sprintf(
		"%s: the figures may be in thousands or millions, and are read as they are; if so, say by how much to multiply them: times", decode.Quote(t.thousandsText))})
}
