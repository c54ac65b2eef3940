package pages

import (
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/quality"
)

// dataBody lists the tables, and before them the files for readers who want one topic.
type dataBody struct {
	Topics  []topicFiles
	Tables  []download.Table
	Quality []content.Link // the quality reports
}

type topicFiles struct {
	Page  content.Link
	Files []download.TopicFile
}

// data makes the page of the downloads.
func (m *Maker) data() Page {
	b := dataBody{Tables: m.files.Tables(), Quality: quality.Links(m.index)}
	for _, t := range m.index.Site.Topics {
		if files := m.files.OfTopic(t.ID); files != nil {
			b.Topics = append(b.Topics, topicFiles{content.TopicLink(t), files})
		}
	}
	return Page{Name: content.DataPage, Title: "Data", Template: "data.html", Body: b}
}
