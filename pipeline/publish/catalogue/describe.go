package catalogue

import (
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Description is the content of data/<table>.json.
type Description struct {
	Name        string              `json:"name"`
	Title       string              `json:"title"`
	Description string              `json:"description"`
	Designation string              `json:"designation"`
	Key         []string            `json:"key"`
	Columns     []DescriptionColumn `json:"columns"`
	Sources     []DescriptionSource `json:"sources"`
	Vintage     stat.Date           `json:"vintage"`
	AsOf        string              `json:"as_of,omitempty"`
	Rows        int                 `json:"rows"`
	CSV         File                `json:"csv"`
	Parquet     File                `json:"parquet"`
	Records     *File               `json:"records,omitempty"`
}

// DescriptionColumn is a column of a Description.
type DescriptionColumn struct {
	Name        string       `json:"name"`
	Type        schemas.Type `json:"type"`
	Required    bool         `json:"required"`
	Unit        string       `json:"unit"`
	Description string       `json:"description"`
	CodeList    string       `json:"codelist"`
}

// DescriptionSource is a source of a Description.
type DescriptionSource struct {
	Source    string `json:"source"`
	Publisher string `json:"publisher"`
	Licence   string `json:"licence"`
	LicenceAt string `json:"licence_url"`
	Homepage  string `json:"homepage"`
}

// Describe returns data/<table>.json: the columns, sources and files of a table. It does not change
// texts and addresses.
func Describe(s Site, t Table) ([]byte, error) {
	d := Description{Name: t.Schema.Name, Title: t.Schema.Title, Description: t.Schema.Description, Designation: Designation, Key: t.Schema.Key,
		Sources: []DescriptionSource{}, Vintage: t.Vintage, AsOf: s.AsOf.String(), Rows: t.Rows, CSV: t.CSV, Parquet: t.Parquet, Records: t.Records}
	for _, c := range t.Schema.Columns {
		d.Columns = append(d.Columns, DescriptionColumn{c.Name, c.Type, c.Required, c.Unit, c.Description, c.CodeList})
	}
	for _, x := range t.Sources {
		d.Sources = append(d.Sources, DescriptionSource{x.ID, x.Publisher, x.Licence, x.LicenceAt, x.Homepage})
	}
	return indented(d)
}
