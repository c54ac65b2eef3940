package layout

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// FileName is the name under which a layout is kept among a source's raw files. No file of
// records has it.
const FileName = "layout.json"

// MaxSize is the size of the largest layout, in bytes.
const MaxSize = 4 << 20

// The ways in which a release of records changes those that are there.
const (
	// Append adds the records; one with a key that is there is refused as a duplicate.
	Append = "append"
	// Replace puts the records in the place of all that were there of the same days.
	Replace = "replace"
)

// Layout declares a record-level source. It is made by Parse, which fills in what is left out.
type Layout struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitzero"`
	Licence   string `json:"licence,omitzero"`
	LicenceAt string `json:"licence_at,omitzero"`
	Homepage  string `json:"homepage,omitzero"`
	// Designation is the publisher's own word for the figures: "administrative records".
	Designation string `json:"designation,omitzero"`

	// Columns are those that are read, in the order in which they are written. A record that breaks
	// the rules of several is refused for the first.
	Columns []Column `json:"columns"`
	// Key is the ID column that no two records may share; Duplicate is the reason that such a
	// record is refused for.
	Key       string `json:"key,omitzero"`
	Duplicate string `json:"duplicate,omitzero"`
	// Sort are up to three columns by which the Parquet files are sorted.
	Sort []string `json:"sort,omitzero"`
	// Update is Append or Replace; left out it is Append.
	Update string `json:"update,omitzero"`
	// MaxRejects is the percentage of records that a release may lose to quarantine before it is
	// refused as a whole, duplicates not counted; left out it is 1.
	MaxRejects *float64 `json:"max_rejects,omitzero"`
	// MaxGap is the longest run of days without any record that is taken for days on which nothing
	// happened; left out it is 31.
	MaxGap int `json:"max_gap,omitzero"`

	// Date is the date column by which is counted; left out it is the first.
	Date string `json:"date,omitzero"`
	// Sum and Count are the measures: the sum of a count column, and the number of records. One may
	// be left out.
	Sum   *Measure `json:"sum,omitzero"`
	Count *Measure `json:"count,omitzero"`
	// Flow and RefArea are those of all series, codes of the lists flow and area.
	Flow    string `json:"flow"`
	RefArea string `json:"ref_area,omitzero"`
	// Dimensions are by what the measures are broken down, one dimension at a time.
	Dimensions []Dimension `json:"dimensions,omitzero"`
}

// Column declares one column. Left out, Kind is code, From is Name, Formats is YYYY-MM-DD, First and
// Last are 1970 to 2099, and Max is as large as can be.
type Column struct {
	Name     string      `json:"name"`
	From     string      `json:"from,omitzero"` // its name in the files
	Kind     engine.Kind `json:"kind,omitzero"`
	Nullable bool        `json:"nullable,omitzero"`
	Reason   string      `json:"reason,omitzero"` // why a record is refused for it
	Formats  []string    `json:"formats,omitzero"`
	First    stat.Date   `json:"first,omitzero"`
	Last     stat.Date   `json:"last,omitzero"`
	// Codes lead from what stands in the files to codes; CodeList names a list of this project whose
	// codes stand for themselves. Blank is the code of an empty field, Default that of all else.
	Codes    map[string]string `json:"codes,omitzero"`
	CodeList string            `json:"codelist,omitzero"`
	Blank    string            `json:"blank,omitzero"`
	Default  string            `json:"default,omitzero"`
	Min      int64             `json:"min,omitzero"`
	Max      int64             `json:"max,omitzero"`
}

// Measure is what is summed or counted.
type Measure struct {
	Measure    string `json:"measure"`
	Column     string `json:"column,omitzero"` // of Sum alone
	Unit       string `json:"unit"`
	Title      string `json:"title,omitzero"`
	Definition string `json:"definition,omitzero"`
	// One and Many continue a count in a headline: "person has arrived". Without them there is none.
	One  string `json:"one,omitzero"`
	Many string `json:"many,omitzero"`
}

// Dimension is one of route, origin, destination, sex, age and category.
type Dimension struct {
	Name   string `json:"name"`
	Column string `json:"column,omitzero"` // left out, it is Name
	// Frequency is D or M; left out it is D.
	Frequency stat.Frequency `json:"frequency,omitzero"`
	// Compared asks for comparisons and a page for each code, as the totals have.
	Compared bool `json:"compared,omitzero"`
}

//go:embed default.json
var defaultText []byte

// Default returns the layout of files that come without one: events with the columns id, date,
// route, origin, sex, age, category and persons.
func Default() *Layout { return MustParse("default.json", defaultText) }

// DefaultText returns the layout of Default as it is written.
func DefaultText() []byte { return bytes.Clone(defaultText) }

// MustParse is Parse for a layout that is part of the program. It panics where that is wrong.
func MustParse(name string, data []byte) *Layout {
	l, err := Parse(name, data)
	if err != nil {
		panic(err)
	}
	return l
}

// Parse reads a layout and fills in what it leaves out. A field that is not known, or stands twice,
// and anything that contradicts itself is a *decode.Error that says where in the file called name.
func Parse(name string, data []byte) (*Layout, error) {
	fail := func(where string, err error) error {
		return &decode.Error{File: name, Err: fmt.Errorf("%s%w", where, err), Hint: "the page on record-level sources has every field of a layout, and an example"}
	}
	if len(data) > MaxSize {
		return nil, fail("", fmt.Errorf("%d bytes, more than the %d of a layout: %w", len(data), MaxSize, decode.ErrTooLarge))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if at, err := twice(data); err != nil {
		return nil, fail(line(data, at), fmt.Errorf("%w: %w", decode.ErrFormat, err))
	}
	l := &Layout{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(l); err != nil {
		return nil, fail(placeOf(data, err), fmt.Errorf("%w: %w", decode.ErrFormat, err))
	}
	if err := l.complete(); err != nil {
		return nil, fail("", fmt.Errorf("%w: %w", err, decode.ErrShape))
	}
	return l, nil
}

// line says on which line a place is.
func line(data []byte, at int64) string {
	return fmt.Sprintf("line %d: ", 1+bytes.Count(data[:min(int(at), len(data))], []byte("\n")))
}

// quoted is a text that an error quotes.
var quoted = regexp.MustCompile(`"[^"]+"`)

// placeOf says on which line what the JSON package does not like is. It gives the place of a value of the
// wrong type alone; of other errors it is that of the text that they quote.
func placeOf(data []byte, err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return line(data, kind.Offset)
	}
	if text := quoted.FindString(err.Error()); text != "" {
		if at := bytes.Index(data, []byte(text)); at >= 0 {
			return line(data, int64(at))
		}
	}
	return ""
}

// twice looks for a name that stands twice in one object, of which the JSON package would take the
// last without a word, and for what is not JSON. The place is that of the error.
func twice(data []byte) (at int64, err error) {
	type level struct {
		names map[string]bool // nil in a list
		value bool            // a value comes next
	}
	d := json.NewDecoder(bytes.NewReader(data))
	var open []level
	for {
		token, err := d.Token()
		if err == io.EOF && len(open) == 0 && d.InputOffset() > 0 {
			return 0, nil
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return d.InputOffset(), err
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, level{names: map[string]bool{}})
				continue
			case '[':
				open = append(open, level{})
				continue
			}
			open = open[:len(open)-1]
		case string:
			if n := len(open); n > 0 && open[n-1].names != nil && !open[n-1].value {
				if open[n-1].names[t] {
					return d.InputOffset(), fmt.Errorf("%q stands twice", t)
				}
				open[n-1].names[t], open[n-1].value = true, true
				continue
			}
		}
		if len(open) == 0 {
			if _, err := d.Token(); err != io.EOF {
				return d.InputOffset(), errors.New("more text after the layout")
			}
			return 0, nil
		}
		open[len(open)-1].value = false
	}
}

// Hash returns the SHA-256 of all that the layout says.
func (l *Layout) Hash() string {
	text, err := json.Marshal(l)
	if err != nil {
		panic(err) // it was read from JSON
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
