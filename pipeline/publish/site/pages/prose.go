package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"crossings/docs"
	"crossings/pipeline/publish/site/content"
)

// document is a document of the project that is also a page.
type document struct {
	name, title string
	text        []byte
}

// documents are in the order of the links at the foot of a page.
var documents = []document{
	{"about.html", "About", docs.About},
	{"methodology.html", "Methodology", docs.Methodology},
	{"analysts.html", "For analysts", docs.Analysts},
}

// markdown makes pages of the project's own documents. It lets no HTML through.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// documentLinks returns the ways to the documents.
func documentLinks() []content.Link {
	var out []content.Link
	for _, d := range documents {
		out = append(out, content.Link{Name: d.name, Title: d.title})
	}
	return out
}

// prose makes the pages of the documents.
func prose() ([]Page, error) {
	var pages []Page
	for _, d := range documents {
		var out bytes.Buffer
		if err := markdown.Convert(d.text, &out); err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
		// The text is the project's own, and the converter escapes what is in it.
		text := strings.ReplaceAll(out.String(), "<pre>", `<pre tabindex="0">`) // it scrolls, so keys must reach it
		pages = append(pages, Page{Name: d.name, Title: d.title, Template: "prose.html", Body: template.HTML(text)})
	}
	return pages, nil
}
