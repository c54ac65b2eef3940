package catalogue

import (
	"cmp"
	"encoding/json"
	"strings"
)

// parquetColumn describes a column in the metadata of a Parquet file.
type parquetColumn struct {
	Name        string `json:"name"`
	Unit        string `json:"unit,omitempty"`
	CodeList    string `json:"codelist,omitempty"`
	Description string `json:"description"`
}

// ParquetMetadata returns what the Parquet file of a table says of itself, by key. The value of
// "columns" is JSON.
func ParquetMetadata(s Site, t Table) (map[string]string, error) {
	var columns []parquetColumn
	var units, licences, sources []string
	for _, c := range t.Schema.Columns {
		columns = append(columns, parquetColumn{c.Name, c.Unit, c.CodeList, c.Description})
		if c.Unit != "" {
			units = append(units, c.Name+": "+c.Unit)
		}
	}
	for _, x := range t.Sources {
		licences = append(licences, strings.TrimSpace(x.ID+": "+x.Licence+" "+x.LicenceAt))
		sources = append(sources, strings.TrimSpace(x.ID+": "+x.Publisher+", "+x.Title+" "+x.Homepage))
	}
	text, err := json.Marshal(columns)
	out := map[string]string{
		"identifier": s.TableURN(t), "title": t.Schema.Title, "description": t.Schema.Description, "designation": Designation, "publisher": s.Title,
		"version": cmp.Or(t.Version, s.Version), "vintage": t.Vintage.String(), "as_of": s.AsOf.String(), "key": strings.Join(t.Schema.Key, " "), "columns": string(text),
		"unit": strings.Join(units, "; "), "licence": strings.Join(licences, "\n"), "source": strings.Join(sources, "\n"),
	}
	for key, value := range out {
		if value == "" {
			delete(out, key)
		}
	}
	return out, err
}
