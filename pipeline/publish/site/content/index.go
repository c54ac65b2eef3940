package content

import (
	"cmp"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// Index finds things in a site by their names. It does not change the site.
type Index struct {
	Site Site
	Tables
	dataSets
	published map[string]*table.Table
	series    map[stat.SeriesID]stat.Series
	vintages  map[stat.SeriesID]stat.Date // newest that any table states of a series
}

// NewIndex returns the index of a site.
func NewIndex(s Site) *Index {
	x := &Index{Site: s, published: map[string]*table.Table{}, series: map[stat.SeriesID]stat.Series{}}
	for _, series := range s.Series {
		x.series[series.ID] = series
	}
	for _, t := range s.Tables {
		x.published[t.Schema.Name] = t
	}
	x.Tables = read(x.published)
	x.dataSets = newDataSets(s.Sources, x.SourceStates)
	x.vintages = x.Tables.vintages()
	return x
}

// Table returns a published table, or nil if the site lacks it.
func (x *Index) Table(name string) *table.Table { return x.published[name] }

// TableTitle returns the title of a published table, or its name if the site lacks the table.
func (x *Index) TableTitle(name string) string {
	if t := x.Table(name); t != nil {
		return t.Schema.Title
	}
	return name
}

// Observations returns the table of all observations, or nil if the site lacks it.
func (x *Index) Observations() *table.Table { return x.published[row.Observation{}.Table()] }

// Described reports whether the site describes a series. It does not describe breakdowns.
func (x *Index) Described(id stat.SeriesID) bool { _, ok := x.series[id]; return ok }

// Knows reports whether the site describes a series or has figures of it.
func (x *Index) Knows(id stat.SeriesID) bool {
	return x.Described(id) || !x.vintages[id].IsZero() || len(x.Daily.Of(id)) > 0
}

// Title returns the title of a series, or its identifier if it has none.
func (x *Index) Title(id stat.SeriesID) string { return cmp.Or(x.series[id].Title, string(id)) }

// Unit returns the unit of a series.
func (x *Index) Unit(id stat.SeriesID) string { return cmp.Or(x.series[id].Unit, "count") }

// Area returns the area that a series is about, or "" if that is not known.
func (x *Index) Area(id stat.SeriesID) string { return x.series[id].RefArea }

// Vintage returns the newest release that the figures of the series rest on.
func (x *Index) Vintage(ids ...stat.SeriesID) stat.Date {
	var v stat.Date
	for _, id := range ids {
		v = max(v, x.vintages[id])
	}
	return cmp.Or(v, x.Site.Vintage)
}

// Observed returns the observations of a series in order of period.
func (x *Index) Observed(id stat.SeriesID) []*row.Observation {
	if t := x.Observations(); t != nil {
		return pointers(row.All[row.Observation](t.Of(id)))
	}
	return nil
}

// Behind returns the state of the first of the series' data sets that has no newer figures although
// it should, or ended: late, dead, moved or retired. It returns "" if all are on time.
func (x *Index) Behind(ids ...stat.SeriesID) string {
	return x.firstState(ids, "late", "dead", "moved", "retired")
}

// Stopped reports whether one of the series' data sets has ended or moved, so that what it shows is of the
// past. A late one is not: its next release is due.
func (x *Index) Stopped(ids ...stat.SeriesID) bool {
	return x.firstState(ids, "dead", "moved", "retired") != ""
}

// firstState returns the state of the first of the series' data sets that is in one of the states, or "".
func (x *Index) firstState(ids []stat.SeriesID, states ...string) string {
	for _, s := range x.SourcesOf(ids) {
		if state := x.State(s.ID); state != nil && slices.Contains(states, state.State) {
			return state.State
		}
	}
	return ""
}

// SourceOf returns the data set that a series comes from.
func (x *Index) SourceOf(id stat.SeriesID) SourceInfo {
	name := x.series[id].Source
	if name == "" {
		name, _, _, _, _ = id.Parse() // "" if it cannot be read, and then unknown below
	}
	return x.Source(name)
}

// SourcesOf returns the data sets of the series, each once.
func (x *Index) SourcesOf(ids []stat.SeriesID) []SourceInfo {
	var out []SourceInfo
	for _, id := range ids {
		s := x.SourceOf(id)
		if !slices.ContainsFunc(out, func(o SourceInfo) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	return out
}

// SeriesOf returns the series of the site that a topic shows, source by source in the topic's order.
func (x *Index) SeriesOf(t charts.Topic) []stat.Series {
	out := slices.DeleteFunc(slices.Clone(x.Site.Series), func(s stat.Series) bool { return !t.Shows(s.ID) })
	slices.SortStableFunc(out, func(a, b stat.Series) int {
		return slices.Index(t.Sources, x.SourceOf(a.ID).ID) - slices.Index(t.Sources, x.SourceOf(b.ID).ID)
	})
	return out
}

// OnFront reports whether a chart of the front page draws a series.
func (x *Index) OnFront(id stat.SeriesID) bool {
	return slices.ContainsFunc(x.Site.Charts, func(c charts.Chart) bool { return c.Front && slices.Contains(c.Series, id) })
}

// Shown returns the series that the front page's headlines and charts are about, in the order of the
// site.
func (x *Index) Shown() []stat.Series {
	stated := map[stat.SeriesID]bool{}
	for _, h := range x.Headlines {
		stated[h.Series] = true
	}
	return slices.DeleteFunc(slices.Clone(x.Site.Series), func(s stat.Series) bool { return !x.OnFront(s.ID) && !stated[s.ID] })
}

// SeriesPage returns the name of the page of a series, or "" if it has none.
func (x *Index) SeriesPage(id stat.SeriesID) string {
	if !x.Described(id) {
		return ""
	}
	name, err := SeriesName(id)
	if err != nil {
		return ""
	}
	return name + ".html"
}

// Releases returns the page that lists the releases of a source, or "" if there is none, and how
// many releases there are.
func (x *Index) Releases(source string) (page, count string, err error) {
	n := 0
	for _, r := range x.ReleaseList {
		if r.Source == source {
			n++
		}
	}
	if n == 0 {
		return "", "none", nil
	}
	page, err = ReleasesName(source)
	return page, wording.Thousands(int64(n)), err
}

// QualityPage returns the page of a source's quality report, or "" if there is none.
func (x *Index) QualityPage(source string) string {
	page, err := QualityName(source)
	if err != nil || !slices.ContainsFunc(x.Quality, func(r *row.Quality) bool { return r.Source == source }) {
		return ""
	}
	return page
}

// RowLinks returns the ways to rows of published tables. refs are names as row.Ref returns them.
func (x *Index) RowLinks(refs []string) []RowLink {
	var out []RowLink
	for _, ref := range refs {
		l := RowLink{Text: ref}
		if page := x.pageOf(ref); page != "" {
			l.Href = page + "#" + ref
		}
		out = append(out, l)
	}
	return out
}

// pageOf returns the page that shows a row: that of its series, or of the topic of its balance.
func (x *Index) pageOf(ref string) string {
	parts := strings.Split(ref, "/")
	switch {
	case len(parts) < 3:
		return ""
	case parts[0] == "balances":
		for _, t := range x.Site.Topics {
			if slices.Contains(t.Balances, parts[1]) {
				return TopicLink(t).Name
			}
		}
		return ""
	case parts[0] == "policy-periods":
		return x.SeriesPage(stat.SeriesID(parts[2]))
	}
	return x.SeriesPage(stat.SeriesID(parts[1]))
}
