package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/translate"
)

// translatedPages are the English pages of the starter site that are there in other languages, with the
// folder of the pictures on them.
var translatedPages = []string{"index.html", "topics/arrivals.html", "topics/returns.html", "topics/deaths.html", "topics/asylum.html", "topics/frontiers.html"}

// TestEveryTextHasItsTranslation translates the pages of the starter site. A text without an entry in a
// catalogue fails, and an entry that neither these pages nor the samples of the language ask for.
func TestEveryTextHasItsTranslation(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	site := filepath.Join(cfg.Data, "out", "site")
	for _, code := range charts.Languages() {
		text, err := charts.LanguageText(code)
		if err != nil {
			t.Fatal(err)
		}
		l, err := translate.Parse(code, text)
		if err != nil {
			t.Fatal(err)
		}
		l.Keep("Crossings")
		for _, s := range cfg.Sources {
			l.Keep(s.Title, s.Publisher, s.Licence)
		}
		for _, name := range translatedPages {
			page, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			made, err := os.ReadFile(filepath.Join(site, code, filepath.Base(name)))
			if err != nil {
				t.Fatal(err)
			}
			if l.HTML(withoutRest(page), translate.Page{Name: name}); !strings.Contains(string(made), `<html lang="`+code+`">`) {
				t.Errorf("%s has no language", name)
			}
		}
		for _, text := range l.Lacking() {
			t.Errorf("charts/languages/%s.txt lacks %q", code, text)
		}
		for _, s := range pairsOf(t, code) {
			if got, _ := l.Text(s[0]); got != s[1] {
				t.Errorf("%q is %q, want %q", s[0], got, s[1])
			}
		}
		for _, entry := range l.Unasked() {
			t.Errorf("nobody asks for charts/languages/%s", entry)
		}
	}
}

// withoutRest returns the page of a topic without the parts that its translation leaves to it, but with their
// names.
func withoutRest(page []byte) []byte {
	before, _, cut := strings.Cut(string(page), `<section aria-labelledby="tables"`)
	_, after, _ := strings.Cut(string(page), "</main>")
	if !cut {
		return page
	}
	return []byte(before + "<h2>Tables, definitions, sources and data</h2><p>These parts of the page are in English:</p></main>" + after)
}

// pairsOf returns English texts that the starter site does not have, each with its translation.
func pairsOf(t *testing.T, code string) (out [][2]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("publish", "site", "translate", "testdata", code+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	spaces := strings.NewReplacer("<nbsp>", "\u00a0", "<nnbsp>", "\u202f")
	for _, pair := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		english, other, ok := strings.Cut(pair, "\n")
		if !ok || strings.Contains(other, "\n") {
			t.Fatalf("%q is not an English text and its translation", pair)
		}
		out = append(out, [2]string{english, spaces.Replace(other)})
	}
	return out
}
