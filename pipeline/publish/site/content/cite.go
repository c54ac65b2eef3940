package content

import (
	"cmp"
	"fmt"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Cite says how to name the data as a whole in a text.
func (s Site) Cite() string {
	return s.Title + s.versionNote() + ", release of " + s.Released() + ". Unofficial, derived." + s.keptAt()
}

// CiteTopic says how to name a topic's figures. vintage is the newest release among them.
func (s Site) CiteTopic(t charts.Topic, vintage stat.Date) string {
	return fmt.Sprintf("%s, %s, %s%s, figures released up to %s.%s", s.Title, t.Title, catalogue.Designation, s.versionNote(), wording.DateText(vintage), s.keptAt())
}

// CiteSeries says how to name a series in a text.
func (x *Index) CiteSeries(s stat.Series) string {
	source := x.SourceOf(s.ID)
	return fmt.Sprintf("%s: %s. Series %s, release of %s%s. Unofficial, derived from %s, %s (%s).%s", x.Site.Title, s.Title, s.ID, wording.DateText(x.Vintage(s.ID)),
		x.Site.versionNote(), source.Publisher, source.Title, cmp.Or(source.Licence, "no licence stated"), x.Site.keptAt())
}

// CiteChart says how to name a chart in a text. released is the day of the newest release in it, and page
// is the name of its page, or "".
func (s Site) CiteChart(title, released, page string, sources []SourceInfo) string {
	var from []string
	for _, x := range sources {
		from = append(from, fmt.Sprintf("%s, %s (%s)", x.Publisher, x.Title, cmp.Or(x.Licence, "no licence stated")))
	}
	at := ""
	if s.Base != "" && page != "" {
		at = " " + s.Base + page
	}
	return fmt.Sprintf("%s: %s. Release of %s%s. Unofficial, derived from %s.%s", s.Title, title, released, s.versionNote(), strings.Join(from, "; "), at)
}

// Permanent returns the address at which the data stay, or "" if it is not known.
func (s Site) Permanent() string {
	return catalogue.Site{Base: s.Base, Version: s.Carried()}.Permanent()
}

// keptAt ends a citation with the address at which the data stay, if it is known.
func (s Site) keptAt() string {
	if at := s.Permanent(); at != "" {
		return " " + at
	}
	return ""
}

// versionNote names the data version of the site, or is "" if it has none.
func (s Site) versionNote() string {
	if s.Version == "" {
		return ""
	}
	return ", data version " + s.Carried()
}
