package edition

import "path/filepath"

// Restated says which values an edition states otherwise than the edition before, of
// rows that both have and that are about the same days: what a reader who quoted the
// older one has to know.
type Restated struct {
	Before string `json:"before"` // the older version
	Own    bool   `json:"own"`    // no observation differs: what is computed from them does
	// TakenBack are the releases that the older edition was made from and that were withdrawn, or
	// had a wrong date: "source release".
	TakenBack []string       `json:"taken_back,omitempty"`
	Counts    map[string]int `json:"counts"` // how many values, by table
	Values    []Value        `json:"values"` // the first of each table
}

// Value is one value that was restated, as the CSV files have it; "" is none.
type Value struct {
	Table  string   `json:"table"`
	Key    []string `json:"key"` // values of the row's key
	Column string   `json:"column"`
	Old    string   `json:"old"`
	New    string   `json:"new"`
}

// Path returns where the archive has a file of an edition; name is relative to the
// edition, with slashes.
func (a Archive) Path(m Manifest, name string) string {
	return filepath.Join(a.dir, m.Text, filepath.FromSlash(name))
}
