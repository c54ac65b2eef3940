package site

import (
	"maps"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/pages"
	"crossings/pipeline/publish/site/share"
)

// embeds writes the pages of charts that other sites show in a frame, with their style sheet and icon, and the
// files by which other sites find them.
func (b *build) embeds(w *writer) error {
	assets, err := charts.EmbedAssets()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(assets)) {
		if err := w.file(content.EmbedFolder+name, assets[name]); err != nil {
			return err
		}
	}
	if err := b.maker.EachEmbed(func(p pages.Page) error { return b.page(w, p) }); err != nil {
		return err
	}
	for _, f := range b.figures.Charts() {
		data, ok, err := share.OEmbed(b.index.Site, f)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := w.file(content.OEmbedFile(f.ID), data); err != nil {
			return err
		}
	}
	return nil
}
