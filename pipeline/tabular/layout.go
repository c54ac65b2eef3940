package tabular

import (
	"crossings/pipeline/read/period"
	"crossings/pipeline/read/strictjson"
	"crossings/pipeline/stat"
)

// FileName is the name of the layout among a source's raw files. No table may have it.
const FileName = "layout.json"

// MaxSize is the size of the largest layout, in bytes.
const MaxSize = 1 << 20

// Layout declares a source that is a table. Parse makes it and fills in what the file leaves out.
type Layout struct {
	Title       string `json:"title"`
	Publisher   string `json:"publisher,omitzero"`
	Licence     string `json:"licence,omitzero"`
	LicenceAt   string `json:"licence_at,omitzero"`
	Homepage    string `json:"homepage,omitzero"`
	Designation string `json:"designation,omitzero"` // the publisher's own word for the figures

	File   File   `json:"file,omitzero"`
	Period Period `json:"period"`
	// Kind is stat.Flow or stat.Stock. Flow if left out.
	Kind stat.Kind `json:"kind,omitzero"`
	// Status is the status of a value without a flag. stat.Normal if left out.
	Status stat.Status `json:"status,omitzero"`
	// Flow and RefArea are the codes of all series, from the lists flow and area.
	Flow    string `json:"flow"`
	RefArea string `json:"ref_area,omitzero"`

	// Values are the columns with values, each a measure. If the periods are across, or MeasureColumn
	// is given, there is one, without a column or with the only one.
	Values []Value `json:"values,omitzero"`
	// Measures are measures by the labels in a column of their own.
	Measures *Measures `json:"measures,omitzero"`
	// Dimensions are the columns that break the values down.
	Dimensions []Dimension `json:"dimensions,omitzero"`
	// SumOver are columns whose rows are added up. Ignore are columns that are not read.
	SumOver []string `json:"sum_over,omitzero"`
	Ignore  []string `json:"ignore,omitzero"`
	// Only maps a column to the texts that a row must have in it. Other rows are left out.
	Only map[string][]string `json:"only,omitzero"`
	// Series lists the breakdowns to publish: names of dimensions, joined by spaces, or "" for the
	// total. If left out: the total, and one dimension at a time.
	Series []string `json:"series,omitzero"`
	// Checks are values that must be the sum of others of the same row or period.
	Checks []Check `json:"checks,omitzero"`

	// Missing maps a text instead of a value to the status that it means.
	Missing map[string]stat.Status `json:"missing,omitzero"`
	Flags   *Flags                 `json:"flags,omitzero"`
	// Negative allows values below zero: corrections.
	Negative bool `json:"negative,omitzero"`
	// Rounded is what the publisher rounds each value to. Sums may differ by as much as that
	// explains. 1 if left out.
	Rounded int64 `json:"rounded,omitzero"`
	// Times is what each value is multiplied by. 1 if left out.
	Times int64 `json:"times,omitzero"`

	// Place says where the newest file is. If left out, files come by hand.
	Place    *Place `json:"place,omitzero"`
	Every    int    `json:"every,omitzero"`    // days between releases; 366 if left out
	Grace    int    `json:"grace,omitzero"`    // days that a release may be late; Every if left out
	Schedule string `json:"schedule,omitzero"` // a cron expression in Zone
	Zone     string `json:"zone,omitzero"`
	// History means that each release restates all periods, so that one with fewer is refused.
	History bool `json:"history,omitzero"`
}

// File says how a file is written.
type File struct {
	Delimiter string `json:"delimiter,omitzero"` // "," if left out; "tab" is a tab
	// Encoding is utf-8, utf-16, windows-1252 or iso-8859-1. utf-8 if left out. A byte order mark
	// is always understood.
	Encoding string `json:"encoding,omitzero"`
	// Sheet is the name of the sheet, in which * stands for any text. If left out, the only sheet
	// with the header is read.
	Sheet string `json:"sheet,omitzero"`
	// Skip is how many lines above the header are not looked at. Usually the header is found.
	Skip int `json:"skip,omitzero"`
	// HeaderRows is how many rows the header has. The words of a column are joined from the top.
	HeaderRows int `json:"header_rows,omitzero"`
	// SplitFirst is the character that separates several columns within the first one.
	SplitFirst string `json:"split_first,omitzero"`
	// OpenEnd means that the last line has no end.
	OpenEnd bool `json:"open_end,omitzero"`
	// Decimal and Thousands are the marks in numbers.
	Decimal   string `json:"decimal,omitzero"`
	Thousands string `json:"thousands,omitzero"`
}

// Period says where the periods are, and how they are written.
type Period struct {
	Is     period.Length `json:"is"`
	Column string        `json:"column,omitzero"`
	// Across means that each column whose header is a period has the values of that period.
	Across bool `json:"across,omitzero"`
	// Year, Month and Quarter are columns with a part of the period each.
	Year    string `json:"year,omitzero"`
	Month   string `json:"month,omitzero"`
	Quarter string `json:"quarter,omitzero"`
	Order   string `json:"order,omitzero"`              // of 01/02/2026: dmy or mdy
	Names   string `json:"names,omitzero"`              // the day that names a week: first or last
	Fiscal  int    `json:"fiscal_year_starts,omitzero"` // the month, 2 to 12
	// Ending is the number of a month. Of the years ending in each month, only those are taken.
	Ending int `json:"ending,omitzero"`
	// Total is the text instead of a period for the sum of all periods. It is checked.
	Total string `json:"total,omitzero"`
	// Fill means that an empty cell repeats the one above it.
	Fill bool `json:"fill,omitzero"`
	// Unfinished means that the file has figures for the period that is not over. They are left out.
	Unfinished bool `json:"unfinished,omitzero"`
}

// Value is a measure and the column that has it.
type Value struct {
	Column     string `json:"column,omitzero"`
	Measure    string `json:"measure,omitzero"`
	Unit       string `json:"unit,omitzero"`
	Title      string `json:"title,omitzero"`
	Definition string `json:"definition,omitzero"`
	// One and Many complete a headline after a count: "person has arrived".
	One  string `json:"one,omitzero"`
	Many string `json:"many,omitzero"`
	// Most is how many the measure can have at most in a year, or on a day for a level. A release
	// with more waits for a person. No bound if left out.
	Most int64 `json:"most,omitzero"`
	// Where has the codes of dimensions that all values of the column share.
	Where map[string]string `json:"where,omitzero"`
}

// Measures are measures by label.
type Measures struct {
	Column string           `json:"column"`
	Labels map[string]Value `json:"labels"`
	// Others says that rows with other labels are left out. Otherwise they are errors.
	Others bool `json:"leave_out_others,omitzero"`
}

// Dimension is one of route, origin, destination, sex, age and category.
type Dimension struct {
	Name   string `json:"name"`
	Column string `json:"column"`
	// CodeList is a list of this project in whose labels the column is written. Codes adds to it, or
	// replaces it. A label in neither gets a code of its words.
	CodeList string            `json:"codelist,omitzero"`
	Codes    map[string]string `json:"codes,omitzero"`
	Blank    string            `json:"blank,omitzero"` // the code of an empty cell
	// Total are the labels of rows that are the sum of all others. Apart are labels of rows that
	// overlap with others, and are in no sum.
	Total []string `json:"total,omitzero"`
	Apart []string `json:"apart,omitzero"`
	// Some means that the rows are only some of the parts of the total.
	Some bool `json:"some,omitzero"`
	// Occurring means that the table lists only what occurs: a part without a row is 0 in a period that
	// it states.
	Occurring bool `json:"occurring,omitzero"`
	// Compared gives each code comparisons and a page, as the total has.
	Compared bool `json:"compared,omitzero"`
	Fill     bool `json:"fill,omitzero"`
}

// Check is a column or measure label whose value is the sum of others.
type Check struct {
	Total string   `json:"total"`
	Parts []string `json:"parts"`
}

// Flags say where the publisher's flags are, and what they mean.
type Flags struct {
	Column  string `json:"column,omitzero"`
	InCells bool   `json:"in_cells,omitzero"`
	// Meaning maps a flag to a status, or to "" for one that changes nothing. It adds to the flags
	// of Eurostat.
	Meaning map[string]stat.Status `json:"meaning,omitzero"`
}

// Place says where a publisher puts the newest file.
type Place struct {
	// Address is that of the file. Page is that of a page that has it: one of GOV.UK lists it as an
	// attachment; on any other, Link is the pattern of the path that a link to it has.
	Address string `json:"address,omitzero"`
	Page    string `json:"page,omitzero"`
	Link    string `json:"link,omitzero"`
	// Title and File are patterns, in which * stands for any text, of the title and the file name
	// of the attachment on the page.
	Title string `json:"title,omitzero"`
	File  string `json:"file,omitzero"`
	// Newest takes the attachment whose title names the latest month or day, if several match.
	Newest bool `json:"newest,omitzero"`
	// Hosts are further hosts that a redirect may lead to.
	Hosts []string `json:"hosts,omitzero"`
}

// hint is the hint of errors about a layout.
const hint = "the page on tables lists every field of a layout, with examples"

// Parse reads a layout and fills in what it leaves out. It returns a *decode.Error that locates the
// fault in the file called name if a field is unknown or given twice, or if the layout contradicts
// itself.
func Parse(name string, data []byte) (*Layout, error) {
	l := &Layout{}
	if err := strictjson.Parse(name, data, MaxSize, l, l.complete, hint); err != nil {
		return nil, err
	}
	return l, nil
}

// Hash returns the SHA-256 of everything that the layout says.
func (l *Layout) Hash() string { return strictjson.Hash(l) }
