package pages

import (
	"slices"

	"crossings/pipeline/publish/site/content"
)

// left are the parts of the page of a topic that are in English only: they list hundreds of series by their
// titles, definitions and notes.
var left = []string{"tables", "definitions", "sources", "downloads"}

// Local returns a page as it is translated into another language, under its name there. The page of a topic
// leads to the parts that are in English only.
func Local(p Page, name string) Page {
	p.English, p.Name = p.Name, name
	b, ok := p.Body.(topicBody)
	if !ok {
		return p
	}
	var contents []place
	for _, c := range b.Contents {
		if !slices.Contains(left, c.ID) {
			contents = append(contents, c)
			continue
		}
		b.Rest = append(b.Rest, content.Link{Name: p.English + "#" + c.ID, Title: c.Title})
	}
	b.Contents = append(contents, place{"sources", "Tables, definitions, sources and data"})
	b.Series = nil
	p.Body = b
	return p
}
