package pages

import (
	"cmp"
	"path"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figurecard"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// seriesBody is what the page of a series shows.
type seriesBody struct {
	stat.Series
	Waiting      []notice
	Facts        []fact
	Contents     []place
	Sentences    sentences
	Figures      []figurecard.Card // the charts of the site that draw it, or one of its own
	Sections     []section.Section
	Observations listing.Table
	File         string // of all its observations, in the folder of the page
	FileSize     string
	Cite         string
}

// fact is a line of a list of facts. Href is "" if it leads nowhere.
type fact struct{ Name, Text, Href string }

// Link returns the way to where the fact leads. root is the way from the page to the site's folder.
func (f fact) Link(root string) string {
	if strings.Contains(f.Href, ":") {
		return f.Href // an address elsewhere
	}
	return root + f.Href
}

// definition is a series with the way to its page, or "" if it has none.
type definition struct {
	stat.Series
	Href string
}

func defined(index *content.Index, all []stat.Series) []definition {
	var out []definition
	for _, s := range all {
		out = append(out, definition{s, index.SeriesPage(s.ID)})
	}
	return out
}

// series makes the page of a series.
func (m *Maker) series(s stat.Series) (Page, error) {
	name, err := content.SeriesName(s.ID)
	if err != nil {
		return Page{}, err
	}
	only := func(id stat.SeriesID) bool { return id == s.ID }
	observed := m.index.Observed(s.ID)
	b := seriesBody{Series: s, Waiting: waiting(m.index, []string{s.Source}), Facts: facts(m.index, s, observed),
		Observations: m.tables.Observations(s, observed), Cite: m.index.CiteSeries(s), FileSize: m.files.OfSeries(s.ID)}
	if b.FileSize != "" {
		b.File = path.Base(name) + ".csv"
	}
	drawn := m.figures.OfSeries(s.ID)
	b.Figures = figurecard.Of(m.index, drawn)
	b.Sentences = newSentences(section.Headlines(m.index, only), b.Figures)
	b.Sections = section.Filled(
		section.New("year-to-date", "Year to date", "", m.tables.EveryYear(s.ID)),
		section.New("comparisons", "The year before", "", m.tables.Comparisons(s.ID)...),
		section.New("parts", "Parts", "Only parts that exclude each other have a rank. All parts and periods are in the table.", m.tables.Parts(s.ID)...),
		section.New("policy-periods", "Since a rule began", "That a figure follows a rule does not say that it is its effect.", m.tables.PolicyPeriods(s.ID)),
		section.New("context", "Context", "What may explain a part of a change.", m.tables.Context(s.ID)),
		section.New("records", "Records", "Zero is never a record, and equal values share a rank.", m.tables.Records(s.ID)...),
		section.New("rates", "Rates", "", m.tables.Rates(only)...),
		section.New("bridges", "Bridges", apart, m.tables.Bridges(only)...),
		section.New("revisions", "Revisions", m.revisions.Maturity(s.ID), m.revisions.OfSeries(s.ID)))
	b.Contents = b.contents()
	return Page{Name: name + ".html", Title: s.Title, Template: "series.html", Body: b, About: cmp.Or(s.Definition, s.Title), Figures: drawn,
		Fresh: section.NewFreshness(m.index, s.ID, []string{s.Source})}, nil
}

// contents lists the sections that the page has.
func (b seriesBody) contents() []place {
	var out []place
	if len(b.Figures) > 0 {
		out = append(out, place{"figures", "Figures"})
	}
	if len(b.Sentences.All) > 0 {
		out = append(out, place{"headlines", "In short"})
	}
	for _, s := range b.Sections {
		out = append(out, place{s.ID, s.Title})
	}
	return append(out, place{"observations", "Observations"}, place{"about", "About"})
}

// facts returns what a reader must know of a series before its figures.
func facts(index *content.Index, s stat.Series, observed []*row.Observation) []fact {
	kind := "flow: counts what happened in a period, and adds up over time"
	if s.Kind == stat.Stock {
		kind = "stock: a level on a date, never added up over time"
	}
	source := index.SourceOf(s.ID)
	releases, _, err := index.Releases(source.ID)
	if err != nil {
		releases = ""
	}
	out := []fact{
		{"Identifier", string(s.ID), ""},
		{"Unit", s.Unit, ""},
		{"Kind", kind, ""},
		{"Frequency", frequencyText(s.Frequency()), ""},
		{"Area", areaText(s.RefArea), ""},
		{"Coverage", content.CoverageOf(observed).Text(), ""},
		{"Designation", designation(s.Designation), ""},
		{"Newest release used", wording.DateText(index.Vintage(s.ID)), releases},
		{"Data set", source.Publisher + ", " + source.Title, source.Homepage},
		{"Licence", source.Licence, source.LicenceAt},
	}
	if page := index.QualityPage(source.ID); page != "" {
		out = append(out, fact{"Quality report", source.Title, page})
	}
	return out
}

// frequencyText says how often a series has a value.
func frequencyText(f stat.Frequency) string {
	return schemas.LabelOf("frequency", string(f))
}

// areaText names an area, with the code that the files have.
func areaText(code string) string {
	if name := schemas.LabelOf("area", code); name != code {
		return name + " (" + code + ")"
	}
	return code
}

// designation says what the publisher calls the figures, if it does, and what ours are.
func designation(own string) string {
	if own == "" {
		return "unofficial, derived"
	}
	return own + ", says the publisher; what is computed from it here is unofficial, derived"
}
