package workbook

import (
	"encoding/json"
	"fmt"

	"crossings/pipeline/stat"
)

// measured is what the plan must know of the rows of a table.
type measured struct {
	Rows    int
	Figures []bool // columns with a number or date
	Widths  []int
	Marks   []stat.Mark // in order
}

// measure does what page.measure does, from what was kept where that is there.
func (b Book) measure(p *page, used map[stat.Mark]bool) error {
	data, err := b.kept(func() ([]byte, error) {
		own := map[stat.Mark]bool{}
		if err := p.measure(own); err != nil {
			return nil, err
		}
		m := measured{Rows: p.table.n, Figures: p.table.figures, Widths: p.widths}
		for _, mark := range stat.Marks {
			if own[mark] {
				m.Marks = append(m.Marks, mark)
			}
		}
		return json.Marshal(m)
	}, p.key, []byte("measure"), fmt.Appendf(nil, "%q %d %#v", p.name, p.first(), p.table.columns))
	if err != nil {
		return err
	}
	var m measured
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	p.table.n, p.table.figures, p.widths = m.Rows, m.Figures, m.Widths
	for _, mark := range m.Marks {
		used[mark] = true
	}
	return nil
}
