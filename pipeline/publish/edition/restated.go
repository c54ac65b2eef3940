package edition

// Restated says which values of the edition before an edition changed, in rows that both have and
// that are about the same days: what a reader who quoted the older edition must know.
type Restated struct {
	Before string `json:"before"` // the older version
	Own    bool   `json:"own"`    // no observation changed, only figures computed from them
	// TakenBack are the releases of the older edition that were withdrawn or had a wrong date, each
	// as "source release".
	TakenBack []string       `json:"taken_back,omitempty"`
	Counts    map[string]int `json:"counts"` // number of values by table
	Values    []Value        `json:"values"` // the first values of each table
}

// Value is one restated value, as in the CSV files. "" means no value.
type Value struct {
	Table  string   `json:"table"`
	Key    []string `json:"key"` // values of the row's key
	Column string   `json:"column"`
	Old    string   `json:"old"`
	New    string   `json:"new"`
}
