package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

// catalogueID names the catalogue: the page that lists the tables.
const catalogueID = folder + "index.html#catalogue"

// Vocabularies of the EU and IANA.
const (
	authority  = "http://publications.europa.eu/resource/authority/"
	mediaTypes = "http://www.iana.org/assignments/media-types/"
)

// DCAT returns the catalogue of the tables in DCAT 3 and its European profile, as JSON-LD
// (catalogue.jsonld) and as Turtle (catalogue.ttl). Both say the same.
func DCAT(s Site) (asJSON, asTurtle []byte, err error) {
	nodes := []*node{catalogueNode(s)}
	for _, t := range s.Tables {
		nodes = append(nodes, datasetNode(s, t))
		for _, f := range t.files() {
			nodes = append(nodes, distributionNode(s, t, f))
		}
	}
	asJSON, err = jsonLD(nodes)
	return asJSON, turtle(nodes), err
}

func catalogueNode(s Site) *node {
	n := &node{ID: s.named(catalogueID, "catalogue"), Type: "dcat:Catalog"}
	n.add("dct:identifier", literal{Text: s.SiteURN()})
	n.add("dct:title", english(s.Title))
	n.add("dct:description", english(s.Description))
	n.add("dct:publisher", agent(s))
	n.add("dct:language", iri(authority+"language/ENG"))
	n.add("dct:modified", typed(s.date().String(), "xsd:date"))
	n.add("foaf:homepage", iri(s.address("index.html")))
	n.add("dcat:themeTaxonomy", iri(authority+"data-theme"))
	n.addLicence(s.Sources)
	n.addSpan(span(s.Tables))
	n.add("dct:spatial", countries(areas(s.Tables))...)
	for _, t := range s.Tables {
		n.add("dcat:dataset", iri(s.datasetID(t)))
	}
	return n.joined()
}

func datasetNode(s Site, t Table) *node {
	n := &node{ID: s.datasetID(t), Type: "dcat:Dataset"}
	n.add("dct:title", english(t.Schema.Title))
	n.add("dct:description", english(t.Schema.Description))
	n.add("dct:identifier", literal{Text: s.TableURN(t)})
	n.add("dct:publisher", agent(s))
	n.add("dcat:contactPoint", contact(s))
	n.add("dct:language", iri(authority+"language/ENG"))
	n.add("dcat:theme", iri(authority+"data-theme/SOCI"))
	n.add("dct:accessRights", iri(authority+"access-right/PUBLIC"))
	n.add("dct:accrualPeriodicity", iri(authority+"frequency/"+frequency(t.Sources)))
	n.add("dct:modified", typed(t.Vintage.String(), "xsd:date"))
	if s.Version != "" {
		n.add("dcat:version", literal{Text: s.Version})
	}
	n.add("adms:versionNotes", english("Unofficial, derived statistics as of "+s.date().String()+"."))
	n.add("dcat:landingPage", iri(s.address(folder+"index.html")))
	n.addSpan(t.Start, t.End)
	n.add("dct:spatial", countries(t.Areas)...)
	for _, k := range Keywords {
		n.add("dcat:keyword", english(k))
	}
	for _, x := range t.Sources {
		if at := link(x.Homepage); at != "" {
			n.add("prov:wasDerivedFrom", iri(at))
		}
	}
	for _, f := range t.files() {
		n.add("dcat:distribution", iri(s.distributionID(t, f)))
	}
	return n.joined()
}

func distributionNode(s Site, t Table, f distribution) *node {
	n := &node{ID: s.distributionID(t, f), Type: "dcat:Distribution"}
	at := iri(s.address(folder + f.Name))
	n.add("dct:title", english(t.Schema.Title+f.title))
	n.add("dcat:accessURL", at)
	n.add("dcat:downloadURL", at)
	n.add("dcat:mediaType", iri(mediaTypes+f.mediaType))
	n.add("dct:format", iri(authority+"file-type/"+f.fileType))
	n.add("dcat:byteSize", typed(strconv.Itoa(f.Bytes), "xsd:nonNegativeInteger"))
	n.addLicence(t.Sources)
	n.add("spdx:checksum", &node{Type: "spdx:Checksum", Props: []prop{
		{"spdx:algorithm", []any{iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")}},
		{"spdx:checksumValue", []any{typed(f.SHA256, "xsd:hexBinary")}}}})
	if f.format == "csv" {
		n.add("dct:conformsTo", iri("http://www.w3.org/TR/tabular-metadata/"))
	}
	return n
}

func (s Site) datasetID(t Table) string {
	return s.named(folder+"index.html#"+t.Schema.Name, "table:"+t.Schema.Name)
}

func (s Site) distributionID(t Table, f distribution) string {
	return s.named(folder+"index.html#"+t.Schema.Name+"-"+f.format, "table:"+t.Schema.Name+":"+f.format)
}

// agent is the publisher of the site. Its operator is known only by the site's title.
func agent(s Site) *node {
	return party(s, "foaf:Agent", "foaf:name", "foaf:homepage")
}

func contact(s Site) *node { return party(s, "vcard:Organization", "vcard:fn", "vcard:hasURL") }

// party is the publisher of the site in the words of a vocabulary.
func party(s Site, class, name, address string) *node {
	n := &node{Type: class}
	n.add(name, literal{Text: s.Title})
	if s.Base != "" {
		n.add(address, iri(s.Base))
	}
	return n
}

// addSpan adds a span of days, unless there is none.
func (n *node) addSpan(start, end stat.Date) {
	if start.IsZero() || end.IsZero() {
		return
	}
	n.add("dct:temporal", &node{Type: "dct:PeriodOfTime", Props: []prop{
		{"dcat:startDate", []any{typed(start.String(), "xsd:date")}}, {"dcat:endDate", []any{typed(end.String(), "xsd:date")}}}})
}

// joined merges the values of a property that was added more than once, at its first position, each
// value once.
func (n *node) joined() *node {
	at := map[string]int{}
	seen := map[string]bool{}
	var out []prop
	for _, p := range n.Props {
		i, ok := at[p.Name]
		if !ok {
			i = len(out)
			at[p.Name], out = i, append(out, prop{Name: p.Name})
		}
		for _, v := range p.Values {
			key := fmt.Sprintf("%s %T %v", p.Name, v, v)
			if !seen[key] {
				seen[key], out[i].Values = true, append(out[i].Values, v)
			}
		}
	}
	n.Props = out
	return n
}

// addLicence adds the licence if all sources have the same one. The profile allows only one. If
// there are several, they are listed in words, because users must keep to all of them.
func (n *node) addLicence(sources []Source) {
	all := licences(sources)
	if len(all) == 1 {
		n.add("dct:license", iri(all[0]))
		return
	}
	var words []string
	for _, s := range sources {
		if text := s.Licence + " (" + s.Publisher + ")"; !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	if len(words) > 0 {
		n.add("dct:rights", &node{Type: "dct:RightsStatement", Props: []prop{{"rdfs:label", []any{english("Contains figures under: " + strings.Join(words, "; "))}}}})
	}
}

func countries(areas []string) []any {
	out := make([]any, len(areas))
	for i, a := range areas {
		out[i] = iri(authority + "country/" + a)
	}
	return out
}

// rhythms are the frequencies of the EU's vocabulary, by the largest number of days between two
// releases.
var rhythms = []struct {
	days int
	code string
}{{1, "DAILY"}, {7, "WEEKLY"}, {31, "MONTHLY"}, {92, "QUARTERLY"}, {183, "ANNUAL_2"}, {366, "ANNUAL"}}

// frequency returns how often a table changes: as often as its most frequent source.
func frequency(sources []Source) string {
	days := 0
	for _, s := range sources {
		if s.Every > 0 && (days == 0 || s.Every < days) {
			days = s.Every
		}
	}
	for _, r := range rhythms {
		if days > 0 && days <= r.days {
			return r.code
		}
	}
	return "UNKNOWN"
}
