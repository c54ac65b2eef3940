package publish

import (
	"errors"

	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
)

// Kept describes an edition in the archive.
type Kept struct {
	Version string `json:"data_version"`
	Vintage string `json:"vintage"`
	Bytes   int64  `json:"bytes"` // what it takes in the archive besides what older editions have
	Dropped bool   `json:"dropped"`
}

// Archived lists the editions in the archive, the oldest first, and the size of all of it. With a rule
// it removes those that the rule does not keep, unless dry is set. They leave the site with the next
// Publish, and stay where they were uploaded to.
func Archived(dir datadir.Dir, o Options, rule *edition.Rule, dry bool) (list []Kept, total int64, err error) {
	release, err := lock(dir, o.Begun)
	if err != nil {
		return nil, 0, err
	}
	defer release()
	e := editionsOf(dir)
	all, err := e.Editions()
	if err != nil {
		return nil, 0, err
	}
	var drop []edition.Manifest
	if rule != nil {
		if drop, err = rule.Dropped(all); err != nil {
			return nil, 0, err
		}
	}
	dropped := map[string]bool{}
	for _, m := range drop {
		dropped[m.Text] = true
	}
	sizes, err := e.Size()
	if err != nil {
		return nil, 0, err
	}
	for _, m := range all {
		list = append(list, Kept{m.Text, m.Vintage, sizes[m.Text], dropped[m.Text]})
	}
	if len(drop) > 0 && !dry {
		if err := e.remove(drop); err != nil {
			return nil, 0, err
		}
		if sizes, err = e.Size(); err != nil {
			return nil, 0, err
		}
	}
	for _, n := range sizes {
		total += n
	}
	return list, total, nil
}

// remove removes editions. No edition may be damaged. The notes go first, because the packs of others
// are written again; after a kill the next run reads and notes them.
func (e editions) remove(drop []edition.Manifest) error {
	left, err := e.mend()
	if err := errors.Join(append(left, err)...); err != nil {
		return err
	}
	if err := e.write(edition.Notes{}); err != nil {
		return err
	}
	if err := e.Remove(drop); err != nil {
		return err
	}
	return e.note()
}
