package sdmx

import (
	"encoding/xml"
	"strings"
)

// spaces is what the namespaces of SDMX-ML 3.0 begin with.
const spaces = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"

// message is a structure message. The order of fields is that of the schema.
type message struct {
	XMLName    xml.Name   `xml:"mes:Structure"`
	Message    string     `xml:"xmlns:mes,attr"`
	Structure  string     `xml:"xmlns:str,attr"`
	Common     string     `xml:"xmlns:com,attr"`
	Header     header     `xml:"mes:Header"`
	Structures structures `xml:"mes:Structures"`
}

type header struct {
	ID       string `xml:"mes:ID"`
	Test     bool   `xml:"mes:Test"`
	Prepared string `xml:"mes:Prepared"`
	Sender   sender `xml:"mes:Sender"`
}

type sender struct {
	ID   string `xml:"id,attr"`
	Name text   `xml:"com:Name"`
}

type structures struct {
	Flows struct {
		Flows []dataflow `xml:"str:Dataflow"`
	} `xml:"str:Dataflows"`
	Lists struct {
		Lists []codelist `xml:"str:Codelist"`
	} `xml:"str:Codelists"`
	Concepts struct {
		Schemes []conceptScheme `xml:"str:ConceptScheme"`
	} `xml:"str:ConceptSchemes"`
	Data struct {
		Structures []dataStructure `xml:"str:DataStructure"`
	} `xml:"str:DataStructures"`
}

// maintainable is what all structures have.
type maintainable struct {
	ID          string `xml:"id,attr"`
	Version     string `xml:"version,attr"`
	Agency      string `xml:"agencyID,attr"`
	Partial     bool   `xml:"isPartial,attr,omitempty"`
	Name        text   `xml:"com:Name"`
	Description *text  `xml:"com:Description"`
}

func maintained(agency, id, version string, partial bool, name, description string) maintainable {
	return maintainable{id, version, agency, partial, nameOf(name), descriptionOf(description)}
}

// text is a text in English.
type text struct {
	Language string `xml:"xml:lang,attr"`
	Text     string `xml:",chardata"`
}

// nameOf returns a name, which may not be empty, in one line.
func nameOf(name string) text {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		name = "(no name)"
	}
	return text{"en", name}
}

// descriptionOf returns a description, or nil if it is empty.
func descriptionOf(words string) *text {
	if words == "" {
		return nil
	}
	return &text{"en", words}
}

type dataflow struct {
	maintainable
	Structure string `xml:"str:Structure"`
}

// item is a code or a concept.
type item struct {
	ID          string `xml:"id,attr"`
	Name        text   `xml:"com:Name"`
	Description *text  `xml:"com:Description"`
}

type codelist struct {
	maintainable
	Codes []item `xml:"str:Code"`
}

type conceptScheme struct {
	maintainable
	Concepts []item `xml:"str:Concept"`
}

type dataStructure struct {
	maintainable
	Parts components `xml:"str:DataStructureComponents"`
}

type components struct {
	Dimensions dimensionList  `xml:"str:DimensionList"`
	Attributes *attributeList `xml:"str:AttributeList"`
	Measures   *measureList   `xml:"str:MeasureList"`
}

type dimensionList struct {
	Dimensions []dimensionXML `xml:"str:Dimension"`
	Time       *timeDimension `xml:"str:TimeDimension"`
}

type attributeList struct {
	Attributes []attribute `xml:"str:Attribute"`
}

type measureList struct {
	Measures []measure `xml:"str:Measure"`
}

// appendTo appends to a list that is left out while it is empty.
func appendTo(l *attributeList, a attribute) *attributeList {
	if l == nil {
		l = &attributeList{}
	}
	l.Attributes = append(l.Attributes, a)
	return l
}

// appendMeasure appends to a list that is left out while it is empty.
func appendMeasure(l *measureList, m measure) *measureList {
	if l == nil {
		l = &measureList{}
	}
	l.Measures = append(l.Measures, m)
	return l
}

type dimensionXML struct {
	ID             string         `xml:"id,attr"`
	Position       int            `xml:"position,attr"`
	Concept        string         `xml:"str:ConceptIdentity"`
	Representation representation `xml:"str:LocalRepresentation"`
}

type timeDimension struct {
	ID             string         `xml:"id,attr"`
	Concept        string         `xml:"str:ConceptIdentity"`
	Representation representation `xml:"str:LocalRepresentation"`
}

type attribute struct {
	ID             string         `xml:"id,attr"`
	Usage          string         `xml:"usage,attr"`
	Concept        string         `xml:"str:ConceptIdentity"`
	Representation representation `xml:"str:LocalRepresentation"`
	Observation    struct{}       `xml:"str:AttributeRelationship>str:Observation"`
}

type measure struct {
	ID             string         `xml:"id,attr"`
	Usage          string         `xml:"usage,attr"`
	Concept        string         `xml:"str:ConceptIdentity"`
	Representation representation `xml:"str:LocalRepresentation"`
}

// representation says which values a component has: codes of a list, or text of a type.
type representation struct {
	Text *textFormat `xml:"str:TextFormat"`
	List string      `xml:"str:Enumeration,omitempty"`
}

type textFormat struct {
	Type string `xml:"textType,attr"`
}
