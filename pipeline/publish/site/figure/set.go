package figure

import (
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// Set has the figures of a site: one for each of its charts, and one for each series that no chart
// draws.
type Set struct {
	site   content.Site
	charts []Figure // in the order of the site's charts
	own    []Figure // of series that no chart draws
	ownOf  map[stat.SeriesID][]int
}

// NewSet makes the figures of a site, without pictures.
func NewSet(index *content.Index) (*Set, error) {
	s := &Set{site: index.Site, ownOf: map[stat.SeriesID][]int{}}
	for _, c := range index.Site.Charts {
		f, err := New(index, c)
		if err != nil {
			return nil, err
		}
		s.charts = append(s.charts, f)
	}
	for _, series := range index.Site.Series {
		if len(s.OfSeries(series.ID)) > 0 {
			continue
		}
		if err := s.addOwn(index, ownChart(series)); err != nil {
			return nil, err
		}
	}
	for _, c := range revisionCharts(index) {
		if err := s.addOwn(index, c); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// addOwn adds a chart that the page of its series shows.
func (s *Set) addOwn(index *content.Index, c charts.Chart) error {
	f, err := New(index, c)
	if err != nil {
		return err
	}
	s.ownOf[c.Series[0]] = append(s.ownOf[c.Series[0]], len(s.own))
	s.own = append(s.own, f)
	return nil
}

// Post sets what the pictures of the charts of the site say above them. Call it before Draw.
func (s *Set) Post(of func(charts.Chart) Poster) {
	for i, c := range s.site.Charts {
		if s.charts[i].Missing == "" {
			s.charts[i].Poster = of(c)
		}
	}
}

// Count returns how many charts have figures to draw, those of the pages of series included, and why
// each other chart of charts.txt is left out, by its id.
func (s *Set) Count() (charts int, leftOut map[string]string) {
	leftOut = map[string]string{}
	for _, f := range s.charts {
		if f.Missing != "" {
			leftOut[f.ID] = f.Missing
		}
	}
	charts = len(s.charts) - len(leftOut)
	for _, f := range s.own {
		if f.Missing == "" {
			charts++
		}
	}
	return charts, leftOut
}

// Charts returns the figures of the site's charts. Each leads its own page.
func (s *Set) Charts() []Figure {
	out := slices.Clone(s.charts)
	for i := range out {
		out[i].Lead = true
	}
	return out
}

// Front returns the figures of the front page.
func (s *Set) Front() []Figure { return s.page(func(f Figure) bool { return f.Front }) }

// OfTopic returns the figures of the page of a topic.
func (s *Set) OfTopic(id string) []Figure {
	return s.page(func(f Figure) bool { return f.Topic == id })
}

// OfSeries returns the figures of the page of a series: the charts that draw it, or its own.
func (s *Set) OfSeries(id stat.SeriesID) []Figure {
	var out []Figure
	for i, c := range s.site.Charts {
		if slices.Contains(c.Series, id) && i < len(s.charts) && s.charts[i].Missing == "" {
			out = append(out, s.charts[i])
		}
	}
	for _, i := range s.ownOf[id] {
		if s.own[i].Missing == "" {
			out = append(out, s.own[i])
		}
	}
	return led(out)
}

// page returns the figures that wanted reports true for, for one page.
func (s *Set) page(wanted func(Figure) bool) []Figure {
	var out []Figure
	for _, f := range s.charts {
		if wanted(f) {
			out = append(out, f)
		}
	}
	return led(out)
}

// led returns the figures of a page. The first leads it.
func led(figures []Figure) []Figure {
	if len(figures) > 0 {
		figures[0].Lead = true
	}
	return figures
}

// ownChart returns the chart of a series that no chart of the site draws. It depends on the frequency
// of the series.
func ownChart(s stat.Series) charts.Chart {
	c := charts.Chart{ID: strings.ReplaceAll(string(s.ID), ":", "~"), Title: s.Title, Series: []stat.SeriesID{s.ID}, Unit: s.Unit, Own: true}
	switch f := s.Frequency(); {
	case s.Kind == stat.Stock:
		c.Comparison = charts.Level
	case f == stat.Weekly:
		c.Comparison, c.Window = charts.Weekly, charts.Window{N: 24, Unit: "months"}
	case f == stat.Quarterly:
		c.Comparison, c.Window = charts.QuarterOnYear, charts.Window{N: 8, Unit: "years"}
	case f == stat.Annual:
		c.Comparison = charts.YearOnYear
	default:
		c.Comparison, c.Window = charts.MonthOnYear, charts.Window{N: 36, Unit: "months"}
	}
	return c
}
