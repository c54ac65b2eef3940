package ingest

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// UnlistedLabel is a label that neither the program's lists nor the operator's name.
type UnlistedLabel struct {
	Source    string   `json:"source"`
	List      string   `json:"list"`
	Publisher string   `json:"publisher"`
	Label     string   `json:"label"`
	Code      string   `json:"code"`     // made from its words
	Rows      int      `json:"rows"`     // rows with it in the newest of the releases
	Figures   int      `json:"figures"`  // figures of now that are stated under its code
	Releases  []string `json:"releases"` // in the lake, oldest first
	Pending   []string `json:"pending"`  // releases that wait for a person
	MayBeSum  bool     `json:"may_be_sum"`
	// Nearest is the listed label that resembles it most, or "".
	Nearest     string `json:"nearest"`
	NearestCode string `json:"nearest_code"`
	Close       bool   `json:"close"` // they probably mean the same
}

// Labels returns the labels that no list names, of the sources with the identifiers ids, or of all.
// They are sorted by list, publisher, label and source.
func (in *Reviewer) Labels(ids []string) ([]UnlistedLabel, error) {
	for _, id := range ids {
		if _, err := in.Lookup(id); err != nil {
			return nil, err
		}
	}
	wanted := func(id string) bool { return len(ids) == 0 || slices.Contains(ids, id) }
	out := unlisted{byKey: map[[4]string]*UnlistedLabel{}}
	known, err := in.Lake.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range known {
		if !wanted(id) {
			continue
		}
		if err := out.addSource(in.Session, id); err != nil {
			return nil, err
		}
	}
	pending, err := in.Review()
	if err != nil {
		return nil, err
	}
	for _, o := range pending {
		if wanted(o.Source) && o.Pending != nil {
			for _, l := range out.add(in.Registry, o.Source, o.Findings) {
				l.Pending = append(l.Pending, o.Release)
			}
		}
	}
	slices.SortFunc(out.list, func(a, b *UnlistedLabel) int {
		return cmp.Or(cmp.Compare(a.List, b.List), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Source, b.Source))
	})
	list := make([]UnlistedLabel, len(out.list))
	for i, l := range out.list {
		near := in.Lists.For(l.List, l.Publisher).Nearest(l.Label)
		l.Nearest, l.NearestCode, l.Close = near.Label, near.Code, near.Close(l.Label)
		list[i] = *l
	}
	return list, nil
}

// addSource adds the labels of a source's releases in the lake, and counts its figures.
func (u *unlisted) addSource(in *registry.Session, id string) error {
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return err
	}
	byCode := map[string][]*UnlistedLabel{}
	for _, e := range entries {
		for _, l := range u.add(in.Registry, id, e.Findings) {
			l.Releases = append(l.Releases, e.Release)
			if !slices.Contains(byCode[l.Code], l) {
				byCode[l.Code] = append(byCode[l.Code], l)
			}
		}
	}
	if len(byCode) == 0 {
		return nil
	}
	return countFigures(in, id, byCode)
}

// countFigures counts the figures of now that are stated under codes.
func countFigures(in *registry.Session, id string, byCode map[string][]*UnlistedLabel) error {
	obs, _, err := in.Lake.AsOf(id, 0)
	if err != nil {
		return err
	}
	for _, o := range obs {
		d := o.Series.Dimensions
		for _, code := range []string{d.Age, d.Category, d.Destination, d.Origin, d.Route, d.Sex} {
			if _, part, ok := strings.Cut(code, "."); ok { // within its group
				code = part
			}
			for _, l := range byCode[code] {
				l.Figures++
			}
		}
	}
	return nil
}

// unlisted collects labels.
type unlisted struct {
	byKey map[[4]string]*UnlistedLabel
	list  []*UnlistedLabel
}

// add adds the labels of a release's findings, and returns them. It skips those that a list names
// by now.
func (u *unlisted) add(r registry.Registry, id string, findings []stat.Finding) (added []*UnlistedLabel) {
	for _, f := range findings {
		if f.Label == nil || f.Label.By != stat.ByWords || !r.Lists.Agree(*f.Label) {
			continue
		}
		key := [4]string{f.Label.List, f.Label.Publisher, f.Label.Text, id}
		l := u.byKey[key]
		if l == nil {
			l = &UnlistedLabel{Source: id, List: f.Label.List, Publisher: f.Label.Publisher, Label: f.Label.Text, Code: f.Label.Code, Releases: []string{}, Pending: []string{}}
			u.byKey[key] = l
			u.list = append(u.list, l)
		}
		l.Rows, l.MayBeSum = f.Label.Rows, f.Label.MayBeSum
		if !slices.Contains(added, l) {
			added = append(added, l)
		}
	}
	return added
}
