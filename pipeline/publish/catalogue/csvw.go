package catalogue

import (
	"regexp"
	"strings"

	"crossings/schemas"
)

// csvwTable describes one CSV file in CSV on the Web.
type csvwTable struct {
	Context     []any       `json:"@context"`
	URL         string      `json:"url"` // relative to this file
	Identifier  string      `json:"dc:identifier"`
	Title       string      `json:"dc:title"`
	Description string      `json:"dc:description"`
	Creator     string      `json:"dc:creator"`
	Licence     []csvwLink  `json:"dc:license,omitempty"`
	Source      []csvwLink  `json:"dc:source,omitempty"`
	Modified    csvwTyped   `json:"dc:modified"`
	Dialect     csvwDialect `json:"dialect"`
	Schema      csvwSchema  `json:"tableSchema"`
}

type csvwLink struct {
	ID string `json:"@id"`
}

type csvwTyped struct {
	Value string `json:"@value"`
	Type  string `json:"@type"`
}

type csvwDialect struct {
	Encoding        string   `json:"encoding"`
	LineTerminators []string `json:"lineTerminators"`
	Delimiter       string   `json:"delimiter"`
	QuoteChar       string   `json:"quoteChar"`
	DoubleQuote     bool     `json:"doubleQuote"`
	Header          bool     `json:"header"`
}

type csvwSchema struct {
	Columns    []csvwColumn `json:"columns"`
	PrimaryKey []string     `json:"primaryKey"`
}

type csvwColumn struct {
	Name        string   `json:"name"`
	Titles      string   `json:"titles"` // the name in the header
	Description string   `json:"dc:description"`
	Datatype    csvwType `json:"datatype"`
	Required    bool     `json:"required"`
	Null        string   `json:"null"`
}

type csvwType struct {
	Base   string `json:"base"`
	Format string `json:"format,omitempty"`
}

// CSVWName returns the name of the description of a table in CSV on the Web.
func CSVWName(table string) string { return folder + table + "-metadata.json" }

// CSVW returns the description of a table's CSV in CSV on the Web.
func CSVW(s Site, t Table) ([]byte, error) {
	out := csvwTable{Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}}, URL: t.CSV.Name, Identifier: s.TableURN(t),
		Title: t.Schema.Title, Description: t.Schema.Description, Creator: s.Title, Modified: csvwTyped{t.Vintage.String(), "xsd:date"},
		Dialect: csvwDialect{"utf-8", []string{"\r\n"}, ",", `"`, true, true}, Schema: csvwSchema{PrimaryKey: t.Schema.Key}}
	for _, at := range licences(t.Sources) {
		out.Licence = append(out.Licence, csvwLink{at})
	}
	for _, x := range t.Sources {
		if at := link(x.Homepage); at != "" {
			out.Source = append(out.Source, csvwLink{at})
		}
	}
	for _, c := range t.Schema.Columns {
		typ, err := csvwTypeOf(c)
		if err != nil {
			return nil, err
		}
		out.Schema.Columns = append(out.Schema.Columns, csvwColumn{c.Name, c.Name, c.Description, typ, c.Required, ""})
	}
	return indented(out)
}

// csvwTypeOf returns the type of a column, with its codes as a pattern if they are fixed.
func csvwTypeOf(c schemas.Column) (csvwType, error) {
	switch c.Type {
	case schemas.Integer:
		return csvwType{"integer", ""}, nil
	case schemas.Number:
		return csvwType{"decimal", ""}, nil
	case schemas.Date:
		return csvwType{"date", "yyyy-MM-dd"}, nil
	case schemas.DateTime:
		return csvwType{"datetime", "yyyy-MM-ddTHH:mm:ssX"}, nil
	case schemas.Boolean:
		return csvwType{"boolean", "true|false"}, nil
	}
	list, err := codes(c)
	for i, code := range list {
		list[i] = regexp.QuoteMeta(code)
	}
	return csvwType{"string", strings.Join(list, "|")}, err
}
