package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

// inAllLanguages is the site of real figures in all its languages.
func inAllLanguages(t testing.TB) content.Site {
	t.Helper()
	s := sitetest.Real(t)
	var err error
	if s.Translations, err = Translations(); err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	englishNumber = regexp.MustCompile(`\d+(?:,\d{3})*(?:\.\d+)?`)
	// notFigures are the versions of data and of licences, which every language writes alike.
	notFigures   = regexp.MustCompile(`(?:v|BY |Attribution )\d\.\d|\d+\.\d+\.\d+`)
	frenchNumber = regexp.MustCompile(`\d+(?:\x{202f}\d{3})*(?:,\d+)?`)
)

// saidNumbers returns all numbers of a page in order of size: those of its texts, of the names of its
// parts, and of the data of its charts.
func saidNumbers(t *testing.T, page string, same map[string]bool, number *regexp.Regexp, group, decimal string) []string {
	t.Helper()
	doc, err := nethtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	add := func(text string, number *regexp.Regexp, group, decimal string) {
		for _, n := range number.FindAllString(notFigures.ReplaceAllString(text, ""), -1) {
			out = append(out, strings.ReplaceAll(strings.ReplaceAll(n, group, ""), decimal, "."))
		}
	}
	data := regexp.MustCompile(`-?\d+(?:\.\d+)?`)
	for n := range doc.Descendants() {
		switch {
		case n.Type == nethtml.TextNode && attributeOf(n.Parent, "class") == "chart-option":
			out = append(out, data.FindAllString(n.Data, -1)...)
		case n.Type == nethtml.TextNode && inEnglish(n):
			add(n.Data, englishNumber, ",", ".")
		case n.Type == nethtml.TextNode && n.Parent.Data != "script":
			add(n.Data, number, group, decimal)
		case n.Type == nethtml.ElementNode:
			for _, key := range []string{"aria-label", "alt"} {
				if text := attributeOf(n, key); same[text] { // without a translation
					add(text, englishNumber, ",", ".")
				} else {
					add(text, number, group, decimal)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// labels returns the names of the parts and pictures of a page.
func labels(t *testing.T, page string) map[string]bool {
	t.Helper()
	doc, err := nethtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for n := range doc.Descendants() {
		out[attributeOf(n, "aria-label")], out[attributeOf(n, "alt")] = true, true
	}
	return out
}

// inEnglish reports whether a text says that it is in English, such as the name of a data set, or is code.
func inEnglish(n *nethtml.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "pre" || p.Data == "code" || p.Data != "html" && attributeOf(p, "lang") == "en" {
			return true
		}
	}
	return false
}

func attributeOf(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestFiguresAreTheSameInEveryLanguage compares all numbers of each page with those of the English one:
// sentences, cards, bars, tables, captions, the texts of pictures and the data of charts.
func TestFiguresAreTheSameInEveryLanguage(t *testing.T) {
	_, files := shared(t, "real")
	s := inAllLanguages(t)
	compared := 0
	for name := range files {
		for _, l := range s.Local(name) {
			want := saidNumbers(t, withoutRest(files[name]), nil, englishNumber, ",", ".")
			got := saidNumbers(t, files[l.Name], labels(t, files[name]), frenchNumber, "\u202f", ",")
			if compared++; len(want) < 50 || !slices.Equal(got, want) {
				t.Errorf("%s has %d numbers, %s %d: %v", name, len(want), l.Name, len(got), differing(want, got))
			}
		}
	}
	if compared < len(charts.Languages()) {
		t.Errorf("%d pages compared", compared)
	}
	contains(t, files["fr/index.html"], `<html lang="fr">`, "<li class=\"now\"><strong>11\u202f638</strong> ", "<li class=\"before\"><strong>18\u202f518</strong> ", "<p class=\"value\">11\u202f638</p>", "37,2\u202f% de moins qu’au 25 juin 2025 (18\u202f518, et 41\u202f472 sur toute l’année 2025)")
	contains(t, files["fr/charts/arrivals-cumulative.svg"], ">40\u202f000</text>", ">janv.</text>", "11\u202f638 en 2026, 18\u202f518 en 2025")
}

// withoutRest returns the page of a topic without the parts that its translation leaves to it.
func withoutRest(page string) string {
	before, _, cut := strings.Cut(page, `<section aria-labelledby="tables"`)
	_, after, _ := strings.Cut(page, "</main>")
	if !cut {
		return page
	}
	return before + "</main>" + after
}

// differing returns the numbers that only one of two sorted lists has.
func differing(a, b []string) (out []string) {
	count := map[string]int{}
	for _, n := range a {
		count[n]++
	}
	for _, n := range b {
		count[n]--
	}
	for n, c := range count {
		if c != 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), 20)]
}

// TestPagesNameTheirOtherLanguages checks that an English page and its translation lead to each other, that
// all that a page refers to is there, and that links to pages in English only say so.
func TestPagesNameTheirOtherLanguages(t *testing.T) {
	_, files := shared(t, "real")
	contains(t, files["index.html"], `<link rel="alternate" hreflang="en" href="index.html">`, `<link rel="alternate" hreflang="fr" href="fr/index.html">`, `<li class="language"><a lang="fr" hreflang="fr" href="fr/index.html">Français</a>`)
	contains(t, files["fr/index.html"], `<link rel="alternate" hreflang="en" href="../index.html">`, `<link rel="alternate" hreflang="fr" href="../fr/index.html">`, `<li class="language"><a lang="en" hreflang="en" href="../index.html">English</a>`,
		`<a href="../corrections.html" hreflang="en" title="en anglais">Toutes les révisions <small>(en anglais)</small></a>`, `src="charts/arrivals-cumulative.svg"`)
	contains(t, files["assets/search.json"], `"p":"fr/index.html"`)
	if strings.Contains(files["about.html"], "Français") {
		t.Error("a page in English only has a link to another language")
	}
	for name, page := range files {
		if !strings.HasPrefix(name, "fr/") || !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range regexp.MustCompile(` (?:src|srcset|href)="([^":#?]+)["#?]`).FindAllStringSubmatch(page, -1) {
			to := strings.TrimPrefix(m[1], "../")
			if to == m[1] {
				to = "fr/" + to
			}
			if _, there := files[to]; !there {
				t.Errorf("%s refers to %s", name, m[1])
			}
		}
	}
}

// inLanguages returns the names of the pages in other languages.
func inLanguages(t *testing.T) map[string]bool {
	t.Helper()
	_, files := shared(t, "real")
	s, out := inAllLanguages(t), map[string]bool{}
	for name := range files {
		for _, l := range s.Local(name) {
			out[l.Name] = true
		}
	}
	return out
}

// TestPicturesSpeakTheLanguage looks for numbers and months as English writes them in the pictures of the pages in
// other languages.
func TestPicturesSpeakTheLanguage(t *testing.T) {
	_, files := shared(t, "real")
	english := regexp.MustCompile(`<text[^>]*>[^<]*(?:\d,\d{3}|\b(?:Jan|Feb|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)[^<]*</text>`)
	pictures := 0
	for name, data := range files {
		if !strings.HasPrefix(name, "fr/charts/") || !strings.HasSuffix(name, ".svg") {
			continue
		}
		pictures++
		if found := english.FindAllString(data, -1); len(found) > 0 {
			t.Errorf("%s says %q", name, found)
		}
	}
	if pictures == 0 {
		t.Error("there are no pictures")
	}
}
