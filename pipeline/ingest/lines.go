package ingest

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// maxLines is the most lines of sources that are asked at the same time. A line that waits for a dead
// host costs nothing but its place.
const maxLines = 128

// floor lets one source at a time use the session of a run. Only requests to publishers go on without it.
type floor struct{ mu sync.Mutex }

// aside runs a request that does not touch the session, while other sources have the floor. The caller
// has it, and gets it back.
func (f *floor) aside(request func()) {
	f.mu.Unlock()
	defer f.mu.Lock()
	request()
}

// lines divides sources into those that are asked one after another, as indices in their order. Sources
// that may ask the same host are in one line, so that no host gets two requests at once, and a page that
// they share is asked for once. Sources that ask nobody are one line.
func lines(sources []*source.Source) [][]int {
	var out [][]int
	var known []map[string]bool // the hosts of each line
	for i, s := range sources {
		hosts, line := map[string]bool{}, []int{i}
		for _, p := range s.Places() {
			for _, h := range p.Hosts {
				hosts[h] = true
			}
		}
		if len(hosts) == 0 {
			hosts[""] = true
		}
		for n := len(out) - 1; n >= 0; n-- {
			if !shareHost(known[n], hosts) {
				continue
			}
			line = append(line, out[n]...)
			for h := range known[n] {
				hosts[h] = true
			}
			out, known = slices.Delete(out, n, n+1), slices.Delete(known, n, n+1)
		}
		slices.Sort(line)
		out, known = append(out, line), append(known, hosts)
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

func shareHost(a, b map[string]bool) bool {
	for h := range b {
		if a[h] {
			return true
		}
	}
	return false
}

// runLines runs every source, the lines side by side, and puts tables whose layouts changed into sources. The outcomes are in the order of the sources. The
// error is that of the context.
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
	for _, line := range lines(sources) {
		g.Go(func() error {
			for _, i := range line {
				if in.within > 0 && !in.Now().Before(end) {
					each[i] = append(each[i], review.Outcome{Source: sources[i].ID, State: review.Left})
					continue
				}
				in.floor.mu.Lock()
				list, err := in.runSource(ctx, sources[i], each[i])
				in.floor.mu.Unlock()
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
