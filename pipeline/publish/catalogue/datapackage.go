package catalogue

import (
	"crossings/schemas"
)

// profile is the version of the Data Package standard that DataPackage follows.
const profile = "https://datapackage.org/profiles/2.0/datapackage.json"

// dataPackage is a Frictionless Data Package, version 2, with its fields in reading order.
type dataPackage struct {
	Profile      string            `json:"$schema"`
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Title        string            `json:"title"`
	Description  string            `json:"description"`
	Homepage     string            `json:"homepage,omitempty"`
	Version      string            `json:"version,omitempty"`
	Created      string            `json:"created"`
	Keywords     []string          `json:"keywords"`
	Contributors []packagePerson   `json:"contributors"`
	Licences     []packageLicence  `json:"licenses,omitempty"`
	Sources      []packageSource   `json:"sources,omitempty"`
	Temporal     string            `json:"temporal,omitempty"` // ISO 8601 interval; like spatial, an extension
	Spatial      []string          `json:"spatial,omitempty"`  // ISO 3166-1 alpha-3
	Resources    []packageResource `json:"resources"`
}

type packagePerson struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles"`
}

type packageLicence struct {
	Name  string `json:"name,omitempty"` // identifier of the Open Definition
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

type packageSource struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

type packageResource struct {
	Name        string           `json:"name"`
	Type        string           `json:"type,omitempty"`
	Path        string           `json:"path"` // relative to the package
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Format      string           `json:"format"`
	MediaType   string           `json:"mediatype"`
	Encoding    string           `json:"encoding,omitempty"`
	Bytes       int              `json:"bytes"`
	Hash        string           `json:"hash"`
	Licences    []packageLicence `json:"licenses,omitempty"`
	Sources     []packageSource  `json:"sources,omitempty"`
	Dialect     *packageDialect  `json:"dialect,omitempty"`
	Schema      *tableSchema     `json:"schema,omitempty"`
}

// packageDialect says how a CSV is written. Without it, readers guess, and take another character that
// is frequent in the first rows for the delimiter.
type packageDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

// tableSchema is a Frictionless Table Schema.
type tableSchema struct {
	Fields     []tableField `json:"fields"`
	PrimaryKey []string     `json:"primaryKey"`
	Missing    []string     `json:"missingValues"`
}

type tableField struct {
	Name        string       `json:"name"`
	Type        schemas.Type `json:"type"`
	Description string       `json:"description"`
	Unit        string       `json:"unit,omitempty"` // an extension
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// Keywords are the search keywords for the data.
var Keywords = []string{"migration", "asylum", "small boats", "English Channel", "arrivals", "returns", "deaths", "statistics"}

// DataPackage returns data/datapackage.json: a Frictionless Data Package, version 2. Every table is
// a resource with a schema: its CSV. Its Parquet file and its rows as JSON are separate resources,
// of formats that state their own types. The lists of other files follow.
func DataPackage(s Site) ([]byte, error) {
	start, end := span(s.Tables)
	p := dataPackage{Profile: profile, ID: s.SiteURN(), Name: "crossings", Title: s.Title, Description: s.Description, Homepage: s.Base, Version: s.Version,
		Created: s.date().String() + "T00:00:00Z", Keywords: Keywords, Contributors: []packagePerson{{s.Title, s.Base, []string{"publisher"}}},
		Licences: packageLicences(s.Sources), Sources: packageSources(s.Sources), Temporal: interval(start, end), Spatial: areas(s.Tables), Resources: []packageResource{}}
	for _, t := range s.Tables {
		schema, err := fields(t.Schema)
		if err != nil {
			return nil, err
		}
		for _, f := range t.files() {
			r := packageResource{Name: t.Schema.Name + f.suffix, Path: f.Name, Title: t.Schema.Title + f.title, Description: t.Schema.Description, Format: f.format,
				MediaType: f.mediaType, Bytes: f.Bytes, Hash: "sha256:" + f.SHA256, Licences: packageLicences(t.Sources), Sources: packageSources(t.Sources)}
			if f.format == "csv" {
				r.Type, r.Encoding, r.Schema, r.Dialect = "table", "utf-8", schema, &packageDialect{",", "\r\n", `"`, true, true}
			}
			p.Resources = append(p.Resources, r)
		}
	}
	for _, l := range s.Lists {
		p.Resources = append(p.Resources, packageResource{Name: l.Name, Path: l.File.Name, Title: l.Title, Description: l.Description, Format: "json", MediaType: "application/json",
			Encoding: "utf-8", Bytes: l.File.Bytes, Hash: "sha256:" + l.File.SHA256, Licences: p.Licences, Sources: p.Sources})
	}
	return indented(p)
}

// fields returns the schema of a table's CSV.
func fields(t schemas.Table) (*tableSchema, error) {
	out := &tableSchema{PrimaryKey: t.Key, Missing: []string{""}}
	for _, c := range t.Columns {
		f := tableField{Name: c.Name, Type: c.Type, Description: c.Description, Unit: c.Unit}
		enum, err := codes(c)
		if err != nil {
			return nil, err
		}
		if c.Required || enum != nil {
			f.Constraints = &constraints{c.Required, enum}
		}
		out.Fields = append(out.Fields, f)
	}
	return out, nil
}

// openNames are the identifiers of licences in the Open Definition.
var openNames = map[string]string{
	"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": "OGL-UK-3.0",
	"https://creativecommons.org/licenses/by/4.0/":                               "CC-BY-4.0",
}

// packageLicences returns the licences of sources, each once. This format cannot state a licence
// without an address; data/<table>.json has its name.
func packageLicences(sources []Source) []packageLicence {
	var out []packageLicence
	for _, at := range licences(sources) {
		for _, s := range sources {
			if s.LicenceAt == at {
				out = append(out, packageLicence{openNames[at], at, s.Licence})
				break
			}
		}
	}
	return out
}

func packageSources(sources []Source) []packageSource {
	var out []packageSource
	for _, s := range sources {
		out = append(out, packageSource{s.Publisher + ": " + s.Title, link(s.Homepage)})
	}
	return out
}
