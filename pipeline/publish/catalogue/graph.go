package catalogue

import (
	"encoding/json"
	"fmt"
	"strings"
)

// node is a thing in a graph of statements. Its names are short, such as dcat:Dataset, and use the
// prefixes of the graph.
type node struct {
	ID    string // an address, or "" for a node without one
	Type  string
	Props []prop
}

// prop is a property of a node with its values: iri, literal or *node.
type prop struct {
	Name   string
	Values []any
}

// iri is an address as a value.
type iri string

// literal is a text with a datatype, a language or neither.
type literal struct {
	Text, Type, Language string
}

func english(text string) literal { return literal{Text: text, Language: "en"} }

func typed(text, datatype string) literal { return literal{Text: text, Type: datatype} }

// add appends a property unless it has no values.
func (n *node) add(name string, values ...any) {
	if len(values) > 0 {
		n.Props = append(n.Props, prop{name, values})
	}
}

// prefixes are the vocabularies in use, sorted.
var prefixes = [][2]string{
	{"adms", "http://www.w3.org/ns/adms#"},
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dct", "http://purl.org/dc/terms/"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"spdx", "http://spdx.org/rdf/terms#"},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// jsonLD formats nodes as JSON-LD with the vocabularies in the file, so that no reader has to fetch
// anything.
func jsonLD(nodes []*node) ([]byte, error) {
	context := map[string]string{}
	for _, p := range prefixes {
		context[p[0]] = p[1]
	}
	graph := make([]any, len(nodes))
	for i, n := range nodes {
		graph[i] = n.object()
	}
	return indented(struct {
		Context map[string]string `json:"@context"`
		Graph   []any             `json:"@graph"`
	}{context, graph})
}

// object returns a node as a value for the JSON encoder.
func (n *node) object() map[string]any {
	o := map[string]any{"@type": n.Type}
	if n.ID != "" {
		o["@id"] = n.ID
	}
	for _, p := range n.Props {
		values := make([]any, len(p.Values))
		for i, v := range p.Values {
			switch v := v.(type) {
			case iri:
				values[i] = map[string]any{"@id": string(v)}
			case *node:
				values[i] = v.object()
			case literal:
				values[i] = v.object()
			default:
				panic(fmt.Sprintf("%T is no value of a graph", v))
			}
		}
		o[p.Name] = values
		if len(values) == 1 {
			o[p.Name] = values[0]
		}
	}
	return o
}

func (l literal) object() map[string]any {
	o := map[string]any{"@value": l.Text}
	if l.Type != "" {
		o["@type"] = l.Type
	}
	if l.Language != "" {
		o["@language"] = l.Language
	}
	return o
}

// turtle formats nodes as Turtle.
func turtle(nodes []*node) []byte {
	var b strings.Builder
	for _, p := range prefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p[0], p[1])
	}
	for _, n := range nodes {
		fmt.Fprintf(&b, "\n<%s> %s .\n", n.ID, n.turtle("    "))
	}
	return []byte(b.String())
}

// turtle formats the properties of a node, one per line.
func (n *node) turtle(indent string) string {
	lines := []string{"a " + n.Type}
	for _, p := range n.Props {
		var values []string
		for _, v := range p.Values {
			switch v := v.(type) {
			case iri:
				values = append(values, "<"+string(v)+">")
			case literal:
				values = append(values, v.turtle())
			case *node:
				if v.ID != "" {
					panic("a node with an address is a node of its own")
				}
				values = append(values, "[ "+v.turtle(indent+"    ")+" ]")
			default:
				panic(fmt.Sprintf("%T is no value of a graph", v))
			}
		}
		lines = append(lines, p.Name+" "+strings.Join(values, ", "))
	}
	return strings.Join(lines, " ;\n"+indent)
}

// turtle formats a literal. A JSON string is a Turtle string: both have the same escapes, and Go
// escapes the characters that end a line.
func (l literal) turtle() string {
	quoted, _ := json.Marshal(l.Text) // a text can always be encoded
	out := string(quoted)
	if l.Type != "" {
		out += "^^" + l.Type
	}
	if l.Language != "" {
		out += "@" + l.Language
	}
	return out
}
