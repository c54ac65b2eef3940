package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/schemas"
)

// download is a published table as the data page shows it.
type download struct {
	Schema                             schemas.Table
	Rows                               string
	CSVSize, ParquetSize, MetadataSize string
}

// metadata is what data/<table>.json says of a table.
type metadata struct {
	Name        string           `json:"name"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Designation string           `json:"designation"`
	Key         []string         `json:"key"`
	Columns     []metadataColumn `json:"columns"`
	Sources     []metadataSource `json:"sources"`
	Vintage     stat.Date        `json:"vintage"`
	AsOf        string           `json:"as_of,omitempty"`
	Rows        int              `json:"rows"`
	CSV         metadataFile     `json:"csv"`
	Parquet     metadataFile     `json:"parquet"`
}

type metadataColumn struct {
	Name        string       `json:"name"`
	Type        schemas.Type `json:"type"`
	Required    bool         `json:"required"`
	Unit        string       `json:"unit"`
	Description string       `json:"description"`
	CodeList    string       `json:"codelist"`
}

type metadataSource struct {
	Source    string `json:"source"`
	Publisher string `json:"publisher"`
	Licence   string `json:"licence"`
	LicenceAt string `json:"licence_url"`
	Homepage  string `json:"homepage"`
}

type metadataFile struct {
	File   string `json:"file"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// designation is that of all figures of the site.
const designation = "unofficial, derived"

// table writes a table as CSV and Parquet with its metadata.
func (w writer) table(b *builder, t *tabular.Table) (download, error) {
	d := download{Schema: t.Schema, Rows: thousands(int64(t.Len()))}
	csv, parquet, about, err := files(t, b.metadata(t))
	if err != nil {
		return d, err
	}
	d.CSVSize, d.ParquetSize, d.MetadataSize = size(len(csv)), size(len(parquet)), size(len(about))
	for file, data := range map[string][]byte{".csv": csv, ".parquet": parquet, ".json": about} {
		if err := w.file("data/"+t.Schema.Name+file, data); err != nil {
			return d, err
		}
	}
	return d, nil
}

// files returns a table as CSV and Parquet, and its metadata m completed by what is
// to be said of these two.
func files(t *tabular.Table, m metadata) (csv, parquet, about []byte, err error) {
	var c, p bytes.Buffer
	if err := t.CSV(&c); err != nil {
		return nil, nil, nil, err
	}
	if err := t.Parquet(&p); err != nil {
		return nil, nil, nil, err
	}
	m.CSV = fileOf(t.Schema.Name+".csv", c.Bytes())
	m.Parquet = fileOf(t.Schema.Name+".parquet", p.Bytes())
	about, err = m.json()
	return c.Bytes(), p.Bytes(), about, err
}

func fileOf(name string, data []byte) metadataFile {
	sum := sha256.Sum256(data)
	return metadataFile{File: name, Bytes: len(data), SHA256: hex.EncodeToString(sum[:])}
}

// json returns the metadata indented, as plain text: it is a file, not a part
// of a page, and needs no escapes for HTML.
func (m metadata) json() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return out.Bytes(), err
}

// metadata describes a table, its files apart.
func (b *builder) metadata(t *tabular.Table) metadata {
	m := metadata{Name: t.Schema.Name, Title: t.Schema.Title, Description: t.Schema.Description, Designation: designation,
		Key: t.Schema.Key, AsOf: b.site.AsOf.String(), Rows: t.Len()}
	for _, c := range t.Schema.Columns {
		m.Columns = append(m.Columns, metadataColumn{c.Name, c.Type, c.Required, c.Unit, c.Description, c.CodeList})
	}
	g := grid{t}
	if g.has("vintage") {
		for c := range t.Values("vintage") {
			m.Vintage = max(m.Vintage, c.Date())
		}
	}
	m.Vintage = cmp.Or(m.Vintage, b.site.Vintage)
	m.Sources = []metadataSource{}
	for _, s := range b.sourcesIn(g) {
		m.Sources = append(m.Sources, metadataSource{s.ID, s.Publisher, s.Licence, s.LicenceAt, s.Homepage})
	}
	return m
}

// sourcesIn returns the data sets that the rows of a table come from, in the
// order of the site; all of them where the table has no rows, or they do not say.
func (b *builder) sourcesIn(g grid) []SourceInfo {
	seen := map[string]bool{}
	if g.has("source") {
		for c := range g.t.Values("source") {
			seen[c.String()] = true
		}
	}
	for _, col := range []string{"series", "reference_series", "numerator", "denominator"} {
		if !g.has(col) || g.has("source") {
			continue
		}
		for c := range g.t.Values(col) {
			seen[b.sourceOf(stat.SeriesID(c.String())).ID] = true
		}
	}
	if len(seen) == 0 {
		return b.site.Sources
	}
	return slices.DeleteFunc(slices.Clone(b.site.Sources), func(s SourceInfo) bool { return !seen[s.ID] })
}
