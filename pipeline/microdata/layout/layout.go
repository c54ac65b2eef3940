package layout

import (
	"bytes"
	_ "embed"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/strictjson"
	"crossings/pipeline/stat"
)

// FileName is the name of the layout among a source's raw files. No microdata file may have it.
const FileName = "layout.json"

// MaxSize is the size of the largest layout, in bytes.
const MaxSize = 4 << 20

// The ways in which a microdata release changes the existing records.
const (
	// Append adds the records. A record whose key exists already is refused as a duplicate.
	Append = "append"
	// Replace replaces all existing records of the days that the release has records of.
	Replace = "replace"
)

// Layout declares a microdata source. Parse makes it and fills in what the file leaves out.
type Layout struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitzero"`
	Licence   string `json:"licence,omitzero"`
	LicenceAt string `json:"licence_at,omitzero"`
	Homepage  string `json:"homepage,omitzero"`
	// Designation is the publisher's own word for the figures: "administrative records".
	Designation string `json:"designation,omitzero"`

	// File says how files are written: UTF-8 with commas if left out.
	File engine.Writing `json:"file,omitzero"`

	// Columns are the columns to read, in the order of the output. A record that breaks the rules
	// of several columns is refused for the first.
	Columns []Column `json:"columns"`
	// Key is the ID column that no two records may share. Duplicate is the reason for refusing such
	// a record.
	Key       string `json:"key,omitzero"`
	Duplicate string `json:"duplicate,omitzero"`
	// Sort names up to three columns that the Parquet files are sorted by.
	Sort []string `json:"sort,omitzero"`
	// Update is Append or Replace. Append if left out.
	Update string `json:"update,omitzero"`
	// MaxRejects is the largest percentage of records that a release may lose to quarantine. A
	// release that loses more is refused as a whole. Duplicates do not count. 1 if left out.
	MaxRejects *float64 `json:"max_rejects,omitzero"`
	// MaxGap is the longest run of days without a record, in days, that still counts as days on
	// which nothing happened. 31 if left out.
	MaxGap int `json:"max_gap,omitzero"`

	// Date is the date column to count by. The first one if left out.
	Date string `json:"date,omitzero"`
	// Sum and Count are the measures: the sum of a count column, and the number of records. One of
	// them may be left out.
	Sum   *Measure `json:"sum,omitzero"`
	Count *Measure `json:"count,omitzero"`
	// Flow and RefArea are the codes of all series, from the lists flow and area.
	Flow    string `json:"flow"`
	RefArea string `json:"ref_area,omitzero"`
	// Dimensions break the measures down, one dimension at a time.
	Dimensions []Dimension `json:"dimensions,omitzero"`
}

// Column declares one column. If left out, Kind is code, From is Name, Formats is YYYY-MM-DD, First
// and Last are 1970 to 2099, and Max is the largest possible number.
type Column struct {
	Name     string      `json:"name"`
	From     string      `json:"from,omitzero"` // its name in the files
	Kind     engine.Kind `json:"kind,omitzero"`
	Nullable bool        `json:"nullable,omitzero"`
	Reason   string      `json:"reason,omitzero"` // the reason for refusing a record
	Formats  []string    `json:"formats,omitzero"`
	Order    string      `json:"order,omitzero"` // dmy or mdy: days may be in words, or in digits in this order
	First    stat.Date   `json:"first,omitzero"`
	Last     stat.Date   `json:"last,omitzero"`
	// Codes maps texts in the files to codes. CodeList names a list of this project whose codes map
	// to themselves. Blank is the code of an empty field, Default that of any other text.
	Codes    map[string]string `json:"codes,omitzero"`
	CodeList string            `json:"codelist,omitzero"`
	Blank    string            `json:"blank,omitzero"`
	Default  string            `json:"default,omitzero"`
	Min      int64             `json:"min,omitzero"`
	Max      int64             `json:"max,omitzero"`

	anyForm bool // no formats are declared
}

// Measure is a measure to sum or count.
type Measure struct {
	Measure    string `json:"measure"`
	Column     string `json:"column,omitzero"` // only for Sum
	Unit       string `json:"unit"`
	Title      string `json:"title,omitzero"`
	Definition string `json:"definition,omitzero"`
	// One and Many complete a headline after a count: "person has arrived". If they are empty, the
	// measure has no headline.
	One  string `json:"one,omitzero"`
	Many string `json:"many,omitzero"`
}

// Dimension is one of route, origin, destination, sex, age and category.
type Dimension struct {
	Name   string `json:"name"`
	Column string `json:"column,omitzero"` // Name if left out
	// Frequency is D or M. D if left out.
	Frequency stat.Frequency `json:"frequency,omitzero"`
	// Compared gives each code comparisons and a page, as the totals have.
	Compared bool `json:"compared,omitzero"`
}

//go:embed default.json
var defaultText []byte

// Default returns the layout for files without one: events with the columns id, date, route,
// origin, sex, age, category and persons.
func Default() *Layout { return MustParse("default.json", defaultText) }

// DefaultText returns the text of the default layout.
func DefaultText() []byte { return bytes.Clone(defaultText) }

// MustParse is Parse for a layout that is part of the program. It panics on an error.
func MustParse(name string, data []byte) *Layout {
	l, err := Parse(name, data)
	if err != nil {
		panic(err)
	}
	return l
}

// Parse reads a layout and fills in what it leaves out. It returns a *decode.Error that locates the
// fault in the file called name if a field is unknown or given twice, or if the layout contradicts
// itself.
func Parse(name string, data []byte) (*Layout, error) {
	const hint = "the page on microdata sources lists every field of a layout, with an example"
	l := &Layout{}
	if err := strictjson.Parse(name, data, MaxSize, l, l.complete, hint); err != nil {
		return nil, err
	}
	return l, nil
}

// Hash returns the SHA-256 of everything that the layout says.
func (l *Layout) Hash() string { return strictjson.Hash(l) }
