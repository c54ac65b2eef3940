package figure

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

// TestChartsOfLateSourcesSayUntilWhen checks what pages, readers' voices and pictures say of a chart, in
// each state of its source. A page says it once, by the chip.
func TestChartsOfLateSourcesSayUntilWhen(t *testing.T) {
	for state, behind := range map[string]bool{"current": false, "definition-changed": false, "held": false, "late": true, "dead": true, "retired": true, "moved": true} {
		s := sitetest.Small(t)
		for _, tbl := range s.Tables {
			for i, c := range tbl.Schema.Columns {
				for _, row := range tbl.Rows {
					if tbl.Schema.Name == "sources" && c.Name == "state" {
						row[i] = table.Text(state)
					}
				}
			}
		}
		for _, c := range s.Charts {
			f, err := New(content.NewIndex(s), c)
			if err != nil || f.Missing != "" {
				continue
			}
			says := "Figures to " + f.Cutoff + " only: their source is " + state + ". "
			card := f.card(s, f.chart())
			if strings.Contains(f.Shows, "only: their source") || behind && f.Chip == "" {
				t.Errorf("%s, %s: the page says %q and %q", state, c.ID, f.Shows, f.Chip)
			}
			for where, text := range map[string]string{"description": f.About(), "alternative text": f.Alt, "picture": card.Shows} {
				if strings.HasPrefix(text, says) != behind || strings.Contains(text, "only: their source") != behind {
					t.Errorf("%s, %s, %s: %q", state, c.ID, where, text)
				}
			}
		}
	}
}
