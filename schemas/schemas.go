// Package schemas holds what readers of the data may rely on: one file per
// published table (columns with type, unit, code list and description) and one
// file per code list. The files are data; the package embeds and reads them.
//
//  1. tables/<name>.csv lists a table's columns in order, after comment lines
//     with its title, description and key.
//  2. lake/<name>.csv does the same for tables that stay in the lake.
//  3. codelists/<name>.csv lists the codes that a column may contain.
//  4. labels/<name>.csv lists the labels that publishers use for those codes.
//  5. holidays/<region>.csv lists the days on which publishers release nothing.
//  6. waters/waters.csv draws the waters of the routes by sea.
//
// The writers of CSV, Parquet and metadata take their columns from here, so a
// published file cannot differ from its schema.
package schemas

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed tables/*.csv codelists/*.csv labels/*.csv lake/*.csv holidays/*.csv waters/*.csv
var files embed.FS

// Type is the type of a column, in the words of the Frictionless Table Schema.
type Type string

// The column types in use.
const (
	String   Type = "string"
	Integer  Type = "integer"
	Number   Type = "number"
	Date     Type = "date"     // ISO 8601 calendar date
	DateTime Type = "datetime" // ISO 8601, UTC, to the second
	Boolean  Type = "boolean"  // true or false
)

// Column is one column of a published table.
type Column struct {
	Name        string
	Type        Type
	Required    bool   // never empty
	Unit        string // "" if the column has none
	CodeList    string // name of the code list of its values, or ""
	Description string
}

// Table is the schema of one published table.
type Table struct {
	Name        string
	Title       string
	Description string
	Key         []string // columns that identify a row
	Columns     []Column
}

// Index returns the position of the column called name, or -1.
func (t Table) Index(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
}

// ColumnNames returns the names of the columns in order, which is the header of the CSV.
func (t Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// Code is one entry of a code list.
type Code struct{ Code, Label, Description string }

// TableNames returns the names of all published tables, sorted.
func TableNames() []string { return names("tables") }

// CodeListNames returns the names of all code lists, sorted.
func CodeListNames() []string { return names("codelists") }

// CategoryListNames returns the sorted names of the code lists for the column category: the lists
// with labels that belong to no other column of the table observations. The measure of a series
// decides which of them applies. The setting of an incident is computed, so no publisher labels it.
func CategoryListNames() []string {
	return slices.Sorted(slices.Values(append(categoryLists(LabelNames(), MustLoad("observations")), "incident-setting")))
}

// categoryLists returns the names of labelled lists that are neither a column of the table nor the
// list of one.
func categoryLists(labelled []string, observations Table) []string {
	return slices.DeleteFunc(slices.Clone(labelled), func(list string) bool {
		return slices.ContainsFunc(observations.Columns, func(c Column) bool { return c.Name == list || c.CodeList == list })
	})
}

func names(dir string) []string {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err) // the folder is embedded
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".csv"))
	}
	return out
}

// LakeNames returns the sorted names of the tables that are not published, such as those of
// microdata and excluded rows.
func LakeNames() []string { return names("lake") }

// Load returns the schema of a table, published or not. It is an error if there is no such table
// or its file is malformed.
func Load(name string) (Table, error) {
	t := Table{Name: name}
	dir := "tables"
	if slices.Contains(LakeNames(), name) {
		dir = "lake"
	}
	rows, meta, err := read(path.Join(dir, name+".csv"), "column,type,required,unit,codelist,description")
	if err != nil {
		return t, err
	}
	t.Title, t.Description, t.Key = meta["title"], meta["description"], strings.Fields(meta["key"])
	for _, r := range rows {
		c := Column{Name: r[0], Type: Type(r[1]), Required: r[2] == "true", Unit: r[3], CodeList: r[4], Description: r[5]}
		if !slices.Contains([]Type{String, Integer, Number, Date, DateTime, Boolean}, c.Type) {
			return t, fmt.Errorf("schema %s: column %s: type %q is not known", name, c.Name, c.Type)
		}
		t.Columns = append(t.Columns, c)
	}
	return t, nil
}

// MustLoad is Load for a name in the program's code. It panics on an error; a test checks that
// every file can be loaded.
func MustLoad(name string) Table {
	t, err := Load(name)
	if err != nil {
		panic(err)
	}
	return t
}

// CodeList returns the codes of the list called name, in the file's order.
func CodeList(name string) ([]Code, error) {
	return list(path.Join("codelists", name+".csv"), "code,label,description", func(r []string) Code { return Code{r[0], r[1], r[2]} })
}

// CodeLabels returns the labels of a code list by code. Each list is read once, and all callers share
// the map: it must not be changed.
func CodeLabels(name string) (map[string]string, error) {
	if labels, known := codeLabels.Load(name); known {
		return labels.(map[string]string), nil
	}
	codes, err := CodeList(name)
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(codes))
	for _, c := range codes {
		all[c.Code] = c.Label
	}
	labels, _ := codeLabels.LoadOrStore(name, all)
	return labels.(map[string]string), nil
}

// LabelOf returns the label of a code, or the code if there is no such list or it lacks the code.
func LabelOf(list, code string) string {
	labels, _ := CodeLabels(list) // a list that is missing has no labels
	return cmp.Or(labels[code], code)
}

// codeLabels are the code lists that CodeLabels has read.
var codeLabels sync.Map

// list returns what a file lists, an entry for each row. The header is that of read.
func list[T any](name, header string, entry func([]string) T) ([]T, error) {
	rows, _, err := read(name, header)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = entry(r)
	}
	return out, nil
}

// read returns the rows of a file and the "# key: value" lines above its header. The header must
// be exactly as given.
func read(name, header string) (rows [][]string, meta map[string]string, err error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("schema %s: no such file", name)
	}
	meta = map[string]string{}
	for bytes.HasPrefix(data, []byte("# ")) {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		k, v, _ := strings.Cut(string(line[2:]), ": ")
		meta[k], data = v, rest
	}
	rows, err = csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("schema %s: %w", name, err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != header {
		return nil, nil, fmt.Errorf("schema %s: header is not %s", name, header)
	}
	return rows[1:], meta, nil
}
