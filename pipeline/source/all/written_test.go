package all

import (
	"path"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestWrittenInOtherWays writes the newest fixture of each source and format in other ways. Of the
// large ones, some of the ways are tried.
func TestWrittenInOtherWays(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		newest := map[string]sourcetest.File{}
		for f := range readable(t, s) {
			if _, there := newest[path.Ext(f.Name)]; !there {
				newest[path.Ext(f.Name)] = f
			}
		}
		for _, ext := range []string{".csv", ".html", ".ods", ".xlsx"} {
			if f, there := newest[ext]; there {
				step := 1
				if len(f.Data) > 30_000 {
					step = max(1, 8 / *more)
				}
				t.Run(s.ID+" "+f.Name, func(t *testing.T) { sum.Add(altered.Written(t, s, f, step)) })
			}
		}
	}
	t.Log(sum)
	if 20*(sum.Refused+sum.Held+sum.Moved) > sum.Cases {
		t.Errorf("more than one in twenty is refused or held: %s", sum)
	}
}
