package pipeline_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/stamp"
)

// threeWeeks publishes a release of small boats next to one of another source, then the next two.
// It calls each after each site with its version.
func threeWeeks(t *testing.T, each func(cfg world, version string, site map[string]string)) {
	t.Helper()
	cfg := offline(config(t, t.TempDir()))
	noneFailed(t, addTo(t, cfg, italy, filepath.Join("..", "data", "raw", "starter", italy+".csv")))
	for i, day := range []string{"2026-06-12", "2026-06-19", "2026-06-26"} {
		mustAdd(t, cfg, release(t, day))
		look(t, cfg)
		p := published(t, cfg, "")
		if want := []string{"1.0.0", "1.1.0", "1.2.0"}[i]; p.Version != want {
			t.Fatalf("data version %s, want %s", p.Version, want)
		}
		each(cfg, p.Version, current(t, cfg))
	}
}

// current returns the files of the published site without its editions and without compressed copies.
func current(t *testing.T, cfg world) map[string]string {
	t.Helper()
	out := map[string]string{}
	site := filepath.Join(cfg.Data, "out", "site")
	err := filepath.WalkDir(site, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "releases" {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(path)
		if ext := filepath.Ext(path); ext != ".gz" && ext != ".br" {
			name, _ := filepath.Rel(site, path)
			out[filepath.ToSlash(name)] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWhatIsTheSameStaysTheSame publishes two new releases of one source. Every file that says nothing
// about it keeps its bytes: pages, workbooks, archives, tables and charts of the other source. No page
// changes only because it names a version.
func TestWhatIsTheSameStaysTheSame(t *testing.T) {
	t.Parallel()
	var before map[string]string
	var older string
	threeWeeks(t, func(cfg world, version string, site map[string]string) {
		defer func() { before, older = site, version }()
		if before == nil {
			return
		}
		kept := 0
		for name, now := range site {
			was := before[name]
			switch {
			case was == now:
				if strings.HasPrefix(name, "series/"+italy) || strings.HasPrefix(name, "data/topics/frontiers.") || strings.HasPrefix(name, "charts/italy") {
					kept++
				}
			case strings.Contains(name, italy) && !strings.HasPrefix(name, "quality/"):
				t.Errorf("version %s: %s changed, and says only what it said before", version, name)
			case strings.HasSuffix(name, ".html") && withoutName(was, older) == withoutName(now, version):
				t.Errorf("version %s: %s changed only in the version that it names", version, name)
			}
		}
		if kept < 10 {
			t.Errorf("version %s: only %d files of the other source stayed the same", version, kept)
		}
		if page := site["topics/frontiers.html"]; page != before["topics/frontiers.html"] || !strings.Contains(page, ">1.0.0</a>") {
			t.Errorf("version %s: the page of a topic without news is another, or does not say that it is of 1.0.0", version)
		}
		if !strings.Contains(site["index.html"], ">"+version+"</a>") {
			t.Errorf("version %s: the front page does not name it", version)
		}
	})
}

// withoutName returns a page without the name of its version.
func withoutName(page, version string) string { return strings.ReplaceAll(page, version, "") }

// TestStepByStepIsFromNothing builds each site once more from nothing but the lake and the editions. All
// bytes must be the same: pages, workbooks, archives, pictures.
func TestStepByStepIsFromNothing(t *testing.T) {
	t.Parallel()
	threeWeeks(t, func(cfg world, version string, _ map[string]string) {
		fresh := restore(t, cfg.Data, "raw", "out/releases")
		site := tree(t, filepath.Join(cfg.Data, "out", "site"), false)
		same(t, tree(t, filepath.Join(fresh.Data, "out", "site"), false), site)
		for _, name := range []string{"index.html", "data/topics/frontiers.xlsx", "data/topics/frontiers.ods", "data/topics/arrivals.xlsx", "data/topics/arrivals.ods", "data/topics/arrivals.zip", stamp.File} {
			if site[name] == "" {
				t.Errorf("version %s: there is no %s", version, name)
			}
		}
	})
}

// TestAFileNamesAVersionWithoutFault takes a release back that a version was made from. What did not
// change since then names the first version that is not affected.
func TestAFileNamesAVersionWithoutFault(t *testing.T) {
	t.Parallel()
	cfg, wrong := twoVersions(t)
	if got := versions(t, cfg)["data/index.html"].Version; got != "1.1.0" {
		t.Fatalf("the page of the data is of version %s", got)
	}
	withdraw(t, cfg, "tidy:mine", wrong, "wrong")
	look(t, cfg)
	published(t, cfg, "")
	for name, e := range versions(t, cfg) {
		if e.Version == "1.1.0" {
			t.Errorf("%s names version 1.1.0, which was made from a release that was taken back", name)
		}
	}
}

// versions returns the list of versions of the published site.
func versions(t *testing.T, cfg world) stamp.Ledger {
	t.Helper()
	l, err := stamp.Read([]byte(text(t, cfg, stamp.File)))
	if err != nil {
		t.Fatal(err)
	}
	return l
}
