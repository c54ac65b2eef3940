package site

import (
	"maps"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/pages"
)

// checks writes the claim engine and what it answers from, if the site has it.
func (b *build) checks(w *writer) error {
	from := b.index.Site.Checks
	if from == nil {
		return nil
	}
	module, worker, err := charts.Engine()
	if err != nil {
		return err
	}
	files := map[string][]byte{"index.json": from.Index, pages.EngineName(module): module, pages.WorkerName(worker): worker}
	maps.Copy(files, from.Sources)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := w.file(content.CheckFolder+name, files[name]); err != nil {
			return err
		}
	}
	return nil
}
