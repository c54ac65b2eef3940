package pipeline_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// upward are the imports that run against the order of the folders, with the reason of each.
// Without them no folder below pipeline imports itself through others.
var upward = map[string]string{
	"pipeline/source -> pipeline/microdata/layout":   "a microdata source is described by its layout, and a layout is valid only if the engine takes it",
	"pipeline/registry -> pipeline/microdata/layout": "the layout that is kept in data/raw describes the source",
}

// TestFoldersHaveAnOrder checks that the folders below pipeline, each with everything in it,
// can be put in an order in which a folder imports only later ones, but for the imports in upward.
func TestFoldersHaveAnOrder(t *testing.T) {
	t.Parallel()
	graph, used := folderGraph()
	for arrow := range upward {
		if !used[arrow] {
			t.Errorf("%s is in the list of upward imports and no longer in the code", arrow)
		}
	}
	for len(graph) > 0 {
		left := len(graph)
		maps.DeleteFunc(graph, func(_ string, imports []string) bool {
			return !slices.ContainsFunc(imports, func(to string) bool { return graph[to] != nil })
		})
		if len(graph) == left {
			t.Fatalf("these folders import each other: %v", graph)
		}
	}
}

// folderGraph returns the imports between folders without those in upward, and which of these
// there are.
func folderGraph() (graph map[string][]string, used map[string]bool) {
	graph, used = map[string][]string{}, map[string]bool{}
	for pkg, imports := range mayImport {
		from := folderOf(pkg)
		if graph[from] == nil {
			graph[from] = []string{}
		}
		for _, i := range imports {
			arrow := pkg + " -> " + i
			if upward[arrow] != "" {
				used[arrow] = true
			} else if to := folderOf(i); to != from {
				graph[from] = append(graph[from], to)
			}
		}
	}
	return graph, used
}

// folderOf returns the folder below pipeline that a package is in, or its own name elsewhere.
func folderOf(pkg string) string {
	if parts := strings.SplitN(pkg, "/", 3); len(parts) == 3 && parts[0] == "pipeline" {
		return parts[0] + "/" + parts[1]
	}
	return pkg
}
