package stamp

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
)

// File is the name of the ledger in a site and in an edition.
const File = "versions.csv"

// Ledger lists the files that carry a data version, by name. Files that carry the same version because
// they have the same content may share one entry: the three files of a topic, those of a table.
type Ledger map[string]Entry

// Entry is what a ledger says of a file.
type Entry struct {
	Version string // in which the file last changed
	Content string // hash of what it says apart from the version
}

// header names the columns of a ledger.
var header = []string{"file", "data_version", "content"}

// CSV returns the ledger as a table, sorted by file.
func (l Ledger) CSV() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	w.Write(header) // a buffer never returns an error
	for _, name := range slices.Sorted(maps.Keys(l)) {
		w.Write([]string{name, l[name].Version, l[name].Content})
	}
	w.Flush()
	return out.Bytes()
}

// Read reads what CSV returned.
func Read(data []byte) (Ledger, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = len(header)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("the first line is not %v", header)
	}
	l := Ledger{}
	for _, row := range rows[1:] {
		l[row[0]] = Entry{Version: row[1], Content: row[2]}
	}
	return l, nil
}
