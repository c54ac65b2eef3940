package tables

import (
	"crossings/pipeline/table/row"
)

// addLabels adds the labels that no list of the program names, as the newest release that has each of
// them reads it.
func addLabels(b *Builder) {
	for i := range b.Known {
		k := &b.Known[i]
		byLabel := map[[2]string]*row.Label{}
		var list []*row.Label
		for _, e := range k.Entries {
			for _, f := range e.Findings {
				l := f.Label
				if l == nil || l.Code == "" {
					continue
				}
				key := [2]string{l.List, l.Text}
				if byLabel[key] == nil {
					byLabel[key] = &row.Label{Source: k.Source.ID, List: l.List, Label: l.Text, FirstRelease: e.Release}
					list = append(list, byLabel[key])
				}
				x := byLabel[key]
				if x.LastRelease != e.Release { // a label may be in two columns
					x.Rows = 0
				}
				x.Code, x.ReadBy, x.LastRelease = l.Code, string(l.By), e.Release
				x.Rows += l.Rows
			}
		}
		for _, x := range list {
			b.put(*x)
		}
	}
}
