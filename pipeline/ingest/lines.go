package ingest

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/ingest/turn"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// maxLines is the most lines of sources that are asked at the same time. A line that waits for a dead
// host costs nothing but its place.
const maxLines = 128

// runLines runs every source, the lines side by side, and puts tables whose layouts changed into sources.
// The outcomes are in the order of the sources. The error is that of the context.
func (in *Ingest) runLines(ctx context.Context, sources []*source.Source) ([]review.Outcome, error) {
	each := make([][]review.Outcome, len(sources))
	for i, s := range sources {
		if s.Table != nil && !in.Dry { // a new layout says which hosts are asked
			each[i], sources[i] = in.relay().Declared(s.ID), in.Find(s.ID)
		}
	}
	end := in.Now().Add(in.within)
	var g errgroup.Group
	g.SetLimit(maxLines)
	for _, line := range turn.Lines(sources) {
		g.Go(func() error {
			for _, i := range line {
				if in.within > 0 && !in.Now().Before(end) {
					each[i] = append(each[i], review.Outcome{Source: sources[i].ID, State: review.Left})
					continue
				}
				in.floor.Take()
				list, err := in.runSource(ctx, sources[i], each[i])
				in.floor.Give()
				if each[i] = list; err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return slices.Concat(each...), err
}
