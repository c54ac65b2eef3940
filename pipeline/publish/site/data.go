package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// download is a published table as the data page shows it.
type download struct {
	Schema                             schemas.Table
	Rows                               string
	CSVSize, ParquetSize, MetadataSize string
	RecordsSize                        string // of the rows as JSON, "" where they are not published as such
}

// table writes a table as CSV, Parquet and JSON with its descriptions.
func (w writer) table(b *builder, t *table.Table) (download, error) {
	name := t.Schema.Name
	d := download{Schema: t.Schema, Rows: wording.Thousands(int64(t.Len()))}
	about := b.describe(t)
	put := func(suffix string, write func(io.Writer) error) (catalogue.File, error) {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			return catalogue.File{}, err
		}
		return fileOf(name+suffix, out.Bytes()), w.file("data/"+name+suffix, out.Bytes())
	}
	var err error
	if about.CSV, err = put(".csv", t.CSV); err != nil {
		return d, err
	}
	if about.Parquet, err = put(".parquet", t.Parquet); err != nil {
		return d, err
	}
	if name != tooLarge {
		f, err := put(".rows.json", t.JSON)
		if err != nil {
			return d, err
		}
		about.Records, d.RecordsSize = &f, wording.Size(f.Bytes)
	}
	text, err := catalogue.Describe(b.about, about)
	if err != nil {
		return d, err
	}
	csvw, err := catalogue.CSVW(b.about, about)
	if err != nil {
		return d, err
	}
	b.about.Tables = append(b.about.Tables, about)
	d.CSVSize, d.ParquetSize, d.MetadataSize = wording.Size(about.CSV.Bytes), wording.Size(about.Parquet.Bytes), wording.Size(len(text))
	return d, errors.Join(w.file("data/"+name+".json", text), w.file(catalogue.CSVWName(name), csvw))
}

// tooLarge is the table whose rows are not published as JSON: with the name of
// each column in each row they would be three times the CSV.
const tooLarge = "observations"

// files returns a table, the rows of which come from sources, as CSV and Parquet,
// and its description.
func (b *builder) files(t *table.Table, sources []SourceInfo) (csv, parquet, about []byte, err error) {
	var c, p bytes.Buffer
	if err := t.CSV(&c); err != nil {
		return nil, nil, nil, err
	}
	if err := t.Parquet(&p); err != nil {
		return nil, nil, nil, err
	}
	d := b.describe(t)
	d.Sources = described(sources)
	d.CSV, d.Parquet = fileOf(t.Schema.Name+".csv", c.Bytes()), fileOf(t.Schema.Name+".parquet", p.Bytes())
	about, err = catalogue.Describe(b.about, d)
	return c.Bytes(), p.Bytes(), about, err
}

func fileOf(name string, data []byte) catalogue.File {
	sum := sha256.Sum256(data)
	return catalogue.File{Name: name, Bytes: len(data), SHA256: hex.EncodeToString(sum[:])}
}

// dataPage lists the tables, and before them the files for those who want one topic.
type dataPage struct {
	Topics []topicFiles
	Tables []download
}

type topicFiles struct {
	Page  pageLink
	Files []topicFile
}

func (b *builder) dataPage() dataPage {
	p := dataPage{Tables: b.downloads}
	for _, t := range b.site.Topics {
		if files := b.topicsOwn[t.ID]; files != nil {
			p.Topics = append(p.Topics, topicFiles{topicLink(t), files})
		}
	}
	return p
}
