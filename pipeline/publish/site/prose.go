package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"crossings/docs"
)

// proseKind is a page that is a document of the project.
type proseKind struct {
	name, title string
	text        []byte
}

// documents are the pages that are documents, in the order of the foot of a page.
var documents = []proseKind{
	{"about.html", "About", docs.About},
	{"methodology.html", "Methodology", docs.Methodology},
	{"analysts.html", "For analysts", docs.Analysts},
}

// markdown makes pages of the project's own documents. It lets no HTML through.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// prose writes the documents.
func (w writer) prose(b *builder, write pageWriter) error {
	for _, d := range documents {
		var out bytes.Buffer
		if err := markdown.Convert(d.text, &out); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		// The text is the project's own, and the converter escapes what is in it.
		text := strings.ReplaceAll(out.String(), "<pre>", `<pre tabindex="0">`) // it scrolls, so that keys must reach it
		if err := write(d.name, "prose.html", b.page(d.name, d.title, template.HTML(text))); err != nil {
			return err
		}
	}
	return nil
}
