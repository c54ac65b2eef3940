package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheExampleOfOwnFiguresIsPublished ingests the example of docs/own-figures.md, which the
// document must show as it is, and reads the pages that show it.
func TestTheExampleOfOwnFiguresIsPublished(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../docs/examples/ports.csv")
	if err != nil {
		t.Fatal(err)
	}
	if doc, err := os.ReadFile("../docs/own-figures.md"); err != nil || !strings.Contains(string(doc), "```csv\n"+string(example)+"```\n") {
		t.Errorf("docs/own-figures.md does not show docs/examples/ports.csv (%v)", err)
	}
	cfg := config(t, t.TempDir())
	mustTake(t, cfg, "tidy:ports", "../docs/examples/ports.csv")
	site := published(t, cfg, "").Site
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const title = "Let in, category dover, quarterly (People let in at ports)"
	page := read("series/tidy~ports~let-in~Q~category=dover.html")
	for _, want := range []string{"<title>" + title + " – ", "<h1>" + title + "</h1>", ": " + title + ". Series tidy:ports:", "4,115",
		`Contains information from Harbour Office, <a href="https://www.example.org/ports">People let in at ports</a>, licensed under the <a href="https://www.nationalarchives.gov.uk/`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the series has no %q", want)
		}
	}
	if missing := read("series/tidy~ports~let-in~Q~category=harwich.html"); !strings.Contains(missing, "not available") {
		t.Error("the empty cell is not shown as missing")
	}
	for name, text := range map[string]string{"the series": page, "the front page": read("index.html")} {
		for _, empty := range []string{`href=""`, `content=""`, "<p></p>", `<p class="intro"></p>`, "<h1></h1>", "these figures ;"} {
			if strings.Contains(text, empty) {
				t.Errorf("%s has an empty %s", name, empty)
			}
		}
	}
}
