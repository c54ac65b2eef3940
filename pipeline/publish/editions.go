package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/charts"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// outsideEditions lists the tables whose changes do not make a new edition. The state of
// sources changes with the day, and claims with what people say. Decisions to take a release
// back are shown even if they change no figure.
var outsideEditions = []string{"sources", "claims", "taken-back"}

// editionOf returns the columns and hashes by which the tables of two builds can be compared.
func editionOf(tables []*table.Table) (edition.Content, error) {
	c := edition.Content{Tables: map[string]edition.Table{}}
	for _, t := range tables {
		if slices.Contains(outsideEditions, t.Schema.Name) {
			continue
		}
		x := edition.Table{}
		for _, col := range t.Schema.Columns {
			x.Columns = append(x.Columns, col.Name+" "+string(col.Type))
		}
		rows := sha256.New()
		if err := t.CSV(rows); err != nil {
			return c, err
		}
		x.SHA256 = hex.EncodeToString(rows.Sum(nil))
		c.Tables[t.Schema.Name] = x
		if t.Schema.Name == "observations" {
			c.Keys = keysOf(t)
		}
	}
	return c, nil
}

// keysOf returns the SHA-256 of the keys of a table's observations.
func keysOf(t *table.Table) string {
	h := sha256.New()
	for o := range row.Each[row.Observation](t) {
		fmt.Fprintf(h, "%s %s %s\n", o.Series, o.PeriodStart, o.PeriodEnd)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// version sets the edition of a site. A site as of a day in the past has none, because it is a
// view of what was published and not a publication.
func version(d datadir.Dir, page *content.Site) (*edition.Manifest, error) {
	if !page.AsOf.IsZero() {
		return nil, nil
	}
	archive := edition.Open(d.Editions())
	all, err := archive.Editions()
	if err != nil {
		return nil, err
	}
	figures, err := editionOf(page.Tables)
	if err != nil {
		return nil, err
	}
	newest, err := archive.Newest()
	if err != nil {
		return nil, err
	}
	m := edition.Manifest{Vintage: page.Vintage.String(), Content: figures}
	m.Version, page.NewEdition = edition.Next(newest, figures)
	page.Version = m.Version.String()
	if page.NewEdition {
		if m.Restated, err = restated(archive, newest, figures, page.Tables); err != nil {
			return nil, err
		}
		if m.Restated != nil && newest != nil {
			back, err := inEdition(archive, *newest, page.Retractions)
			if err != nil {
				return nil, err
			}
			m.Restated.TakenBack = names(back)
		}
		all = append(all, m)
	} else if newest != nil {
		page.Unshown = unshown(*newest, page.Charts)
	}
	for _, x := range slices.Backward(all) {
		vintage, err := stat.ParseDate(x.Vintage)
		if err != nil {
			return nil, fmt.Errorf("edition %s: %w", x.Version, err)
		}
		var back []content.Retraction
		if x.Version != m.Version || !page.NewEdition { // a new edition contains nothing that was taken back
			if back, err = inEdition(archive, x, page.Retractions); err != nil {
				return nil, err
			}
		}
		page.Editions = append(page.Editions, content.EditionInfo{Version: x.Version.String(), Vintage: vintage, Restated: restatement(x.Restated),
			Retractions: back})
	}
	page.Stamped, err = stamped(archive, newest, page.Editions)
	return &m, err
}

// unshown returns the identifiers of the charts that have no page to embed in an edition.
func unshown(m edition.Manifest, list []charts.Chart) (out []string) {
	for _, r := range list {
		name := content.EmbedPage(r.ID)
		if !slices.ContainsFunc(m.Files, func(f edition.File) bool { return f.Name == name }) {
			out = append(out, r.ID)
		}
	}
	return out
}

// restatement converts what an edition restated for the site.
func restatement(r *edition.Restated) *content.Restatement {
	if r == nil {
		return nil
	}
	out := &content.Restatement{Before: r.Before, Own: r.Own, Taken: len(r.TakenBack) > 0}
	for _, n := range r.Counts {
		out.Count += n
	}
	for _, v := range r.Values {
		out.Values = append(out.Values, content.RestatedValue(v))
	}
	return out
}

// publish puts a new edition into the archive, and all editions into the staged site. It
// replaces a damaged file from the staged site if it can. Other damage is an error unless
// allowDamage is set.
func (e editions) publish(m edition.Manifest, page content.Site, allowDamage bool) error {
	staged := e.dir.StagedSite()
	left, err := e.mend(staged)
	if err == nil && !allowDamage {
		err = errors.Join(left...)
	}
	if err != nil {
		return err
	}
	releases := filepath.Join(staged, edition.Folder)
	if page.NewEdition {
		if err := e.Add(m, filepath.Join(releases, page.Version)); err != nil {
			return err
		}
	}
	if err := e.show(staged, page.Editions); err != nil {
		return err
	}
	if err := atomicfile.SyncDir(releases); err != nil {
		return err
	}
	return e.note()
}

// show puts the newest editions into a site, with notices of what was taken back. Files that the site
// and an edition both have are stored once.
func (e editions) show(site string, all []content.EditionInfo) error {
	releases := filepath.Join(site, edition.Folder)
	if err := e.Expand(releases, filepath.Join(e.dir.Site(), edition.Folder), e.shown); err != nil {
		return err
	}
	if e.shown >= 0 && len(all) > e.shown {
		all = all[:e.shown] // the newest come first
	}
	if err := retract(releases, all); err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, x := range all {
		g.Go(func() error { return edition.Compress(filepath.Join(releases, x.Version)) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return e.Share(site)
}
