package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/wide"
)

// TestTheDataPackageNamesTheWideFiles follows the description of the data to the list of the wide
// files, and that to each of them.
func TestTheDataPackageNamesTheWideFiles(t *testing.T) {
	_, files := shared(t, "real")
	var about struct {
		Resources []struct{ Name, Path, Hash string }
	}
	if err := json.Unmarshal([]byte(files["data/datapackage.json"]), &about); err != nil {
		t.Fatal(err)
	}
	last := about.Resources[len(about.Resources)-1]
	text := files["data/"+last.Path]
	if sum := sha256.Sum256([]byte(text)); last.Name != "wide" || last.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
		t.Fatalf("the last resource is %+v", last)
	}
	var list []wide.Measure
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{wide.IndexFile: true}
	for _, m := range list {
		for _, s := range m.Sheets {
			for _, file := range []string{s.File, s.Marks, s.Lower, s.Upper} {
				named[wide.Folder+file] = true
			}
		}
	}
	found := 0
	for name := range files {
		if strings.HasPrefix(name, wide.Folder) && !strings.HasSuffix(name, ".br") && !strings.HasSuffix(name, ".gz") {
			found++
			if !named[name] {
				t.Errorf("the list lacks %s", name)
			}
		}
	}
	if found < 5 {
		t.Errorf("%d wide files", found)
	}
}
