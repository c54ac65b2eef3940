package sdmx

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// StructureName is the name of the structure message.
const StructureName = "structure.xml"

// Structure returns the structure message of dataflows in SDMX-ML 3.0. title names the site, and day is
// the day of the data.
func Structure(title string, day stat.Date, flows []*Flow) ([]byte, error) {
	m := message{Message: spaces + "message", Structure: spaces + "structure", Common: spaces + "common"}
	m.Header = header{ID: "CROSSINGS_" + day.String(), Prepared: day.String() + "T00:00:00Z", Sender: sender{agency, nameOf(title)}}
	lists, err := listsOf(flows)
	if err != nil {
		return nil, err
	}
	schemes := schemesOf(flows)
	for _, f := range flows {
		s := f.table.Schema
		m.Structures.Flows.Flows = append(m.Structures.Flows.Flows, dataflow{maintained(agency, f.id, version, false, s.Title, s.Description), f.urn("DataStructure")})
		m.Structures.Data.Structures = append(m.Structures.Data.Structures, dataStructure{maintained(agency, f.id, version, false, s.Title, s.Description), f.parts(lists)})
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		l := lists[name]
		x := codelist{maintainable: maintained(l.agency, l.id, l.version, l.partial, l.name, "")}
		for _, c := range l.codes {
			x.Codes = append(x.Codes, item{c.Code, nameOf(c.Label), descriptionOf(c.Description)})
		}
		m.Structures.Lists.Lists = append(m.Structures.Lists.Lists, x)
	}
	m.Structures.Concepts.Schemes = schemes
	text, err := xml.MarshalIndent(m, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// urn returns the address of a structure of the dataflow.
func (f *Flow) urn(class string) string {
	return fmt.Sprintf("urn:sdmx:org.sdmx.infomodel.datastructure.%s=%s:%s(%s)", class, agency, f.id, version)
}

// listsOf returns the code lists of all dataflows by our name, each with the codes that occur anywhere.
func listsOf(flows []*Flow) (map[string]codeList, error) {
	used := map[string][]string{}
	for _, f := range flows {
		if f.frequency >= 0 {
			used["frequency"] = nil
		}
		for _, c := range slices.Concat(f.dimensions, f.attributes) {
			if c.list != "" {
				used[c.list] = append(used[c.list], c.codes...)
			}
		}
	}
	out := map[string]codeList{}
	for name, codes := range used {
		slices.Sort(codes)
		l, err := listNamed(name, slices.Compact(codes))
		if err != nil {
			return nil, err
		}
		out[name] = l
	}
	return out, nil
}

// schemesOf returns the concepts of SDMX that are used, and a scheme of our own for each dataflow.
func schemesOf(flows []*Flow) []conceptScheme {
	names := map[string]string{frequency: "Frequency", timePeriod: "Time period"}
	for _, c := range crossDomain {
		names[c[0]] = c[1]
	}
	shared := conceptScheme{maintainable: maintained("SDMX", crossDomainID, crossDomainVersion, true, "SDMX cross-domain concepts", "")}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		shared.Concepts = append(shared.Concepts, item{ID: id, Name: nameOf(names[id])})
	}
	out := []conceptScheme{shared}
	for _, f := range flows {
		own := conceptScheme{maintainable: maintained(agency, f.schemeID(), version, false, "Concepts of "+f.table.Schema.Title, "")}
		for _, c := range slices.Concat(f.dimensions, f.measures, f.attributes) {
			if _, ok := crossDomain[c.Name]; !ok {
				own.Concepts = append(own.Concepts, item{c.id, nameOf(strings.ReplaceAll(c.Name, "_", " ")), descriptionOf(describe(c.Column))})
			}
		}
		if own.Concepts != nil {
			out = append(out, own)
		}
	}
	return out
}

// describe returns what a column holds, with its unit.
func describe(c schemas.Column) string {
	if c.Unit == "" {
		return c.Description
	}
	return c.Description + ". Unit: " + c.Unit
}

func (f *Flow) schemeID() string { return "CS_" + f.id }

const crossDomainID, crossDomainVersion = "CROSS_DOMAIN_CONCEPTS", "2.0"

// conceptOf returns the address of the concept of a column.
func (f *Flow) conceptOf(c component) string {
	if _, ok := crossDomain[c.Name]; ok {
		return sharedConcept(c.id)
	}
	return fmt.Sprintf("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=%s:%s(%s).%s", agency, f.schemeID(), version, c.id)
}

func sharedConcept(id string) string {
	return fmt.Sprintf("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=SDMX:%s(%s).%s", crossDomainID, crossDomainVersion, id)
}

// parts returns the components of the data structure.
func (f *Flow) parts(lists map[string]codeList) components {
	var out components
	position := 0
	dimension := func(id, concept string, r representation) {
		position++
		out.Dimensions.Dimensions = append(out.Dimensions.Dimensions, dimensionXML{id, position, concept, r})
	}
	if f.frequency >= 0 {
		dimension(frequency, sharedConcept(frequency), representation{List: lists["frequency"].urn()})
	}
	for _, c := range f.dimensions {
		dimension(c.id, f.conceptOf(c), c.representation(lists))
	}
	if f.start >= 0 {
		out.Dimensions.Time = &timeDimension{timePeriod, sharedConcept(timePeriod), representation{Text: &textFormat{"ObservationalTimePeriod"}}}
	}
	for _, c := range f.attributes {
		out.Attributes = appendTo(out.Attributes, attribute{c.id, usage(c), f.conceptOf(c), c.representation(lists), struct{}{}})
	}
	for _, c := range f.measures {
		out.Measures = appendMeasure(out.Measures, measure{c.id, usage(c), f.conceptOf(c), c.representation(lists)})
	}
	return out
}

// usage says whether every observation has a value for a component.
func usage(c component) string {
	if c.Required {
		return "mandatory"
	}
	return "optional"
}

// textTypes are the types of columns in SDMX.
var textTypes = map[schemas.Type]string{schemas.String: "String", schemas.Integer: "Long", schemas.Number: "Double", schemas.Date: "GregorianDay",
	schemas.DateTime: "DateTime", schemas.Boolean: "Boolean"}

func (c component) representation(lists map[string]codeList) representation {
	if c.list != "" {
		return representation{List: lists[c.list].urn()}
	}
	return representation{Text: &textFormat{textTypes[c.Type]}}
}
