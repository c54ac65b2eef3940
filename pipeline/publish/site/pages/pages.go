// Package pages makes the pages of a site from its tables, figures and files.
//
// Each page has a template in package charts and a body, a struct with exactly what the template
// shows. Frame renders pages. Every page is complete without its scripts and refers to no other host.
package pages

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/quality"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wide"
)

// Maker makes the pages of one site.
type Maker struct {
	index     *content.Index
	figures   *figure.Set
	files     *download.Files
	log       *changes.Log
	sheets    *wide.Set
	tables    section.Tables
	revisions section.Revisions
}

// New returns the maker of the pages of a site. Call Each once the files are written and the pictures
// are drawn: pages say how large they are.
func New(index *content.Index, figures *figure.Set, files *download.Files, log *changes.Log, sheets *wide.Set) *Maker {
	return &Maker{index, figures, files, log, sheets, section.NewTables(index), section.NewRevisions(index)}
}

// Each calls write for each page except that of a new edition. It stops at the first error.
func (m *Maker) Each(write func(Page) error) error {
	front, err := m.front()
	if err != nil {
		return err
	}
	if err := write(front); err != nil {
		return err
	}
	if err := write(m.data()); err != nil {
		return err
	}
	for _, t := range m.index.Site.Topics {
		page, err := m.topic(t)
		if err != nil {
			return err
		}
		if err := write(page); err != nil {
			return err
		}
		for _, id := range t.Formerly {
			was := charts.Topic{ID: id, Title: t.Title}
			if err := write(Page{Name: content.TopicLink(was).Name, Title: t.Title, Template: "moved.html", Body: content.TopicLink(t), About: t.Intro}); err != nil {
				return err
			}
		}
	}
	if err := m.eachChange(write); err != nil {
		return err
	}
	for _, id := range quality.Sources(m.index) {
		page, err := m.quality(id)
		if err != nil {
			return err
		}
		if err := write(page); err != nil {
			return err
		}
	}
	return m.eachReference(write)
}

// quality makes the page of a source's quality report.
func (m *Maker) quality(source string) (Page, error) {
	body, err := quality.BodyOf(m.index, source)
	if err != nil {
		return Page{}, err
	}
	return Page{Name: m.index.QualityPage(source), Title: "Quality report: " + body.Source.Title, Template: "quality.html", Body: body,
		About: "How complete, timely, punctual, coherent and stable the figures of " + body.Source.Publisher + " are: " + body.Source.Title + "."}, nil
}

// eachChange writes the pages about what publishers and claims said when.
func (m *Maker) eachChange(write func(Page) error) error {
	if err := write(m.corrections()); err != nil {
		return err
	}
	if hasClaims(m.index) {
		if err := write(claims(m.index)); err != nil {
			return err
		}
	}
	if page, ok := m.incidents(); ok {
		if err := write(page); err != nil {
			return err
		}
	}
	if hasCheck(m.index) {
		page, err := check(m.index)
		if err == nil {
			err = write(page)
		}
		if err != nil {
			return err
		}
	}
	for _, source := range releaseSources(m.index) {
		page, err := m.releases(source)
		if err != nil {
			return err
		}
		if err := write(page); err != nil {
			return err
		}
	}
	return nil
}

// eachReference writes the pages of series, charts and documents.
func (m *Maker) eachReference(write func(Page) error) error {
	if err := write(explore(m.sheets)); err != nil {
		return err
	}
	if err := write(seriesList(m.index)); err != nil {
		return err
	}
	for _, s := range m.index.Site.Series {
		page, err := m.series(s)
		if err == nil {
			err = write(page)
		}
		if err != nil {
			return fmt.Errorf("series %s: %w", s.ID, err)
		}
	}
	documents, err := prose()
	if err != nil {
		return err
	}
	calendar, err := calendarPage(m.index)
	if err != nil {
		return err
	}
	others := append(documents, calendar)
	if len(m.index.Site.Editions) > 0 {
		others = append(others, editions{m.index}.page())
	}
	drawn, err := m.charts()
	if err != nil {
		return err
	}
	for _, page := range slices.Concat(others, drawn) {
		if err := write(page); err != nil {
			return err
		}
	}
	return nil
}
