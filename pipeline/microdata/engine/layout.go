package engine

import (
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/microdata/parquetfile"
)

// Kind is the kind of value that a column holds.
type Kind int

// The kinds of columns.
const (
	Code  Kind = iota // one of a list of codes, or of few enough texts to be a list
	ID                // text that differs in nearly every row; never empty
	Date              // calendar day
	Count             // whole number
	Text              // free text
)

// kinds are the names of the kinds in a layout file.
var kinds = []string{"code", "id", "date", "count", "text"}

// MarshalText returns the name of the kind: code, id, date, count or text.
func (k Kind) MarshalText() ([]byte, error) {
	if k < 0 || int(k) >= len(kinds) {
		return nil, fmt.Errorf("kind %d does not exist", int(k))
	}
	return []byte(kinds[k]), nil
}

// UnmarshalText reads the name of a kind.
func (k *Kind) UnmarshalText(text []byte) error {
	at := slices.Index(kinds, string(text))
	if at < 0 {
		return fmt.Errorf("kind %q is not one of %s", text, strings.Join(kinds, ", "))
	}
	*k = Kind(at)
	return nil
}

// Column declares one column of a microdata source.
type Column struct {
	// Name is the column's name in the output.
	Name string `json:"name"`
	// From is the column's name in the header of the files. Empty means Name.
	From string `json:"from,omitzero"`
	Kind Kind   `json:"kind"`
	// Nullable says that an empty field is a missing value. Otherwise an empty field is judged like
	// any text. IDs and dates are never nullable.
	Nullable bool `json:"nullable,omitzero"`
	// Reason is the reason given for refusing a row whose field breaks a rule. Empty means "bad_"
	// and the name.
	Reason string `json:"reason,omitzero"`

	// Formats are the accepted forms of a date, in the notation of time.Parse and with digits only
	// ("2006-01-02"). First and Last are the first and last day accepted.
	// Order is "dmy" or "mdy": a day in none of the formats may be written in words, or in digits in
	// this order. Empty means that only the formats are accepted, unless AnyForm is set: then a day may
	// be in any form that can be only one day, such as 2 January 2006.
	Formats []string  `json:"formats,omitzero"`
	Order   string    `json:"order,omitzero"`
	AnyForm bool      `json:"any_form,omitzero"`
	First   time.Time `json:"first,omitzero"`
	Last    time.Time `json:"last,omitzero"`

	// Codes maps each accepted text of a code column to the code that is written. Nil means that
	// every text is its own code. Default, if not empty, is written for all other texts.
	Codes   map[string]string `json:"codes,omitzero"`
	Default string            `json:"default,omitzero"`
	// Word requires, for a code column without Codes, that each text be a word of at most 100
	// bytes: letters, digits and underscores, with single hyphens or dots between them.
	Word bool `json:"word,omitzero"`

	// Min and Max are the least and greatest number accepted.
	Min int64 `json:"min,omitzero"`
	Max int64 `json:"max,omitzero"`
}

// Layout declares a microdata source: everything that the reader has to know.
type Layout struct {
	// Columns are in the order of the output. A row that breaks the rules of several columns is
	// refused for the first.
	Columns []Column `json:"columns"`
	Writing Writing  `json:"writing,omitzero"`
	// Key names the ID column that no two records of files read together may share. Empty means no
	// key.
	Key string `json:"key,omitzero"`
	// Everywhere makes Append and Revise compare the keys of new records with all existing keys.
	// Without it they compare within the same year, so a nightly run costs the same however long
	// the history is.
	Everywhere bool `json:"everywhere,omitzero"`
	// Duplicate is the reason given for a row whose key an earlier record has. Empty means
	// "duplicate".
	Duplicate string `json:"duplicate,omitzero"`
	// Sort names the columns that each file is sorted by: code columns that are not nullable, and
	// the date. Rows that are equal in them keep the order in which they were read.
	Sort []string `json:"sort,omitzero"`
	// Lineage adds two columns: file, the name of the raw file, and record, the number of the
	// record in it.
	Lineage bool `json:"lineage,omitzero"`
}

// The columns of the lineage.
const (
	fileColumn   = "file"
	recordColumn = "record"
)

const (
	maxColumns = 250
	// maxCodes is the largest number of different texts of a code column, and of a text column that
	// is written with a dictionary.
	maxCodes = 1 << 16
	// maxNumber is the greatest number of a count.
	maxNumber = 1<<31 - 1
)

// plan is a compiled layout: names looked up, lists sorted, days counted.
type plan struct {
	columns    []column
	key        int // position in columns, or -1
	sort       []int
	date       int
	duplicate  string
	lineage    bool
	everywhere bool
	writing    Writing
	parts      []part
	partOf     []uint16 // by day
}

// part is one partition.
type part struct {
	month
	day uint32 // first day, counted from the plan's first
}

// column is a compiled Column.
type column struct {
	Column
	ids   int      // position among the ID columns
	list  []string // the codes of a closed list, sorted
	codes map[string]uint32
	card  int // values are below it, unless the column is open
	base  int64
}

func (c *column) open() bool { return c.Kind == Text || c.Kind == Code && c.Codes == nil }

// Validate returns an error if the layout is wrong.
func (l Layout) Validate() error {
	_, err := compile(l)
	return err
}

// compile checks a layout.
func compile(l Layout) (*plan, error) {
	p := &plan{key: -1, date: -1, duplicate: l.Duplicate, lineage: l.Lineage, everywhere: l.Everywhere, writing: l.Writing}
	if err := l.Writing.Validate(); err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	if p.duplicate == "" {
		p.duplicate = "duplicate"
	}
	if l.Lineage && slices.ContainsFunc(l.Columns, func(c Column) bool { return c.Name == fileColumn || c.Name == recordColumn }) {
		return nil, fmt.Errorf("layout: %s and %s are the columns of the lineage; give the column another name and set from to its name in the files", fileColumn, recordColumn)
	}
	if len(l.Columns) == 0 || len(l.Columns) > maxColumns {
		return nil, fmt.Errorf("layout: %d columns; there may be 1 to %d", len(l.Columns), maxColumns)
	}
	ids := 0
	for i, declared := range l.Columns {
		c := column{Column: declared}
		if err := c.compile(); err != nil {
			return nil, fmt.Errorf("layout: column %q: %w", c.Name, err)
		}
		if slices.ContainsFunc(p.columns, func(o column) bool { return o.Name == c.Name }) {
			return nil, fmt.Errorf("layout: column %q is declared twice", c.Name)
		}
		switch c.Kind {
		case ID:
			c.ids = ids
			ids++
		case Date:
			if p.date < 0 {
				p.date = i
			}
		}
		p.columns = append(p.columns, c)
	}
	return p, p.link(l)
}

// compile fills the derived fields of a column.
func (c *column) compile() error {
	if c.Name == "" {
		return errors.New("it has no name")
	}
	if c.From == "" {
		c.From = c.Name
	}
	if c.Reason == "" {
		c.Reason = "bad_" + c.Name
	}
	switch c.Kind {
	case Date:
		return c.compileDate()
	case Count:
		if c.Min < 0 || c.Max > maxNumber || c.Min > c.Max {
			return fmt.Errorf("counts from %d to %d; they may be 0 to %d", c.Min, c.Max, int64(maxNumber))
		}
		c.card = int(c.Max) + 1
	case Code:
		if c.Codes != nil {
			c.compileCodes()
		}
	case ID:
		if c.Nullable {
			return errors.New("an ID is never missing")
		}
	}
	return nil
}

func (c *column) compileDate() error {
	if c.Nullable || len(c.Formats) == 0 || c.First.After(c.Last) || c.First.IsZero() {
		return errors.New("a date needs formats, a first and a last day, and is never missing")
	}
	if err := c.form().Validate(); err != nil {
		return err
	}
	c.base = c.First.Unix() / 86400
	c.card = int(c.Last.Unix()/86400-c.base) + 1
	if c.card > maxCodes {
		return fmt.Errorf("%d days; there may be %d", c.card, maxCodes)
	}
	for _, f := range c.Formats {
		if _, err := time.Parse(f, c.First.Format(f)); err != nil {
			return fmt.Errorf("format %q: %w", f, err)
		}
	}
	return nil
}

func (c *column) compileCodes() {
	c.list = slices.Collect(maps.Values(c.Codes))
	if c.Default != "" {
		c.list = append(c.list, c.Default)
	}
	slices.Sort(c.list)
	c.list = slices.Compact(c.list)
	c.card = len(c.list)
	c.codes = map[string]uint32{}
	for text, code := range c.Codes {
		i, _ := slices.BinarySearch(c.list, code)
		c.codes[text] = uint32(i)
	}
}

// link looks up the columns that a layout names.
func (p *plan) link(l Layout) error {
	if p.date < 0 {
		return errors.New("layout: no date column, so the files cannot be partitioned")
	}
	find := func(name string) int {
		return slices.IndexFunc(p.columns, func(c column) bool { return c.Name == name })
	}
	if l.Key != "" {
		if p.key = find(l.Key); p.key < 0 || p.columns[p.key].Kind != ID {
			return fmt.Errorf("layout: the key %q is not an ID column", l.Key)
		}
	}
	width := 16 // of the partition
	for _, name := range l.Sort {
		i := find(name)
		if i < 0 || i != p.date && (p.columns[i].Kind != Code || p.columns[i].Nullable) {
			return fmt.Errorf("layout: cannot sort by %q; only code columns that are not nullable and the first date column can be sorted by", name)
		}
		p.sort = append(p.sort, i)
		width += 16
	}
	if width > 64 {
		return errors.New("layout: at most three columns can be sorted by")
	}
	p.calendar()
	return nil
}

// calendar lists the months of the date column.
func (p *plan) calendar() {
	date := &p.columns[p.date]
	for day := range date.card {
		t := time.Unix((date.base+int64(day))*86400, 0).UTC()
		if day == 0 || t.Day() == 1 {
			p.parts = append(p.parts, part{month{t.Year(), int(t.Month())}, uint32(day)})
		}
		p.partOf = append(p.partOf, uint16(len(p.parts)-1))
	}
}

// file returns the columns of the Parquet files. varied says which text columns have too many texts
// for a dictionary.
func (p *plan) file(varied []bool) []parquetfile.Column {
	var out []parquetfile.Column
	for i, c := range p.columns {
		f := parquetfile.Column{Name: c.Name, Optional: c.Nullable, Varied: varied[i]}
		switch c.Kind {
		case Date:
			f.Kind = parquetfile.Date
		case Count:
			f.Kind = parquetfile.Int32
		}
		out = append(out, f)
	}
	if p.lineage {
		out = append(out, parquetfile.Column{Name: fileColumn}, parquetfile.Column{Name: recordColumn, Kind: parquetfile.Int64})
	}
	return out
}

// width returns the number of bits that hold values below n.
func width(n int) int { return bits.Len(uint(max(1, n) - 1)) }
