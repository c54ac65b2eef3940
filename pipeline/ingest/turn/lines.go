// Package turn says in which order a run asks sources: which of them one after another, and which first
// because the run before had no time for them.
package turn

import (
	"slices"

	"crossings/pipeline/source"
)

// Lines divides sources into those that are asked one after another, as indices in their order. Sources
// that may ask the same host are in one line, so that no host gets two requests at once, and a page that
// they share is asked for once. Sources that ask nobody are one line.
func Lines(sources []*source.Source) [][]int {
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
