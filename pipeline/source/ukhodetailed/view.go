package ukhodetailed

import (
	"regexp"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
)

// View is one table of a detailed dataset. A workbook has several, and some of them count the same
// people by other labels. Only the header distinguishes them reliably, because their sheets are
// renamed and renumbered. Headers are compared by their words; see decode.Words.
type View struct {
	Sheets   []string // the names that its sheet has had
	Columns  []Column // the columns of labels
	Count    string   // the header of the column of counts
	CountWas []string // the headers that it has had in other releases
	// Stock means that a row is a level on the last day of a quarter, in the column Date. Otherwise
	// it counts what happened in a quarter, in the columns Year and Quarter, or Date.
	Stock    bool
	Optional bool // a file may lack it
	Repeats  Repeats
}

// Column is a column of labels.
type Column struct {
	Name string   // its header
	Was  []string // the headers that it has had in other releases
	// List is the code list of the labels; they are in schemas/labels/<List>.csv. A column without
	// a list is only checked for blanks.
	List string
	// CodeOf names the column whose codes this one states. Where the two differ, the name decides,
	// with a finding; the code decides for a name that is in no list.
	CodeOf string
	// Coded matches labels that are codes themselves although no list has them, or is nil.
	Coded *regexp.Regexp
	// Wholes matches labels that count what other rows count too, as words; see decode.Words. It is
	// nil where only the words of sums show one.
	Wholes *regexp.Regexp
	// Groups means that the labels are groups of what is counted. A new one may count again what is
	// in the others, so the release waits for a person.
	Groups bool
	// PartOf names the column that this one breaks down: its codes begin with the code there and
	// a full stop. A row in which they do not shows that labels have been exchanged.
	PartOf string
	// As is the dimension that the codes are of: origin, destination, sex, age or category.
	As string
	// Optional means that a release may lack the column. What is broken down by it is then not
	// stated.
	Optional bool
}

// publisher is the publisher of the labels.
const publisher = "ukho"

// index returns the index of a column by its name, or -1.
func (v *View) index(name string) int {
	for i, c := range v.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// notStated is the code of what the publisher does not state.
const notStated = "_X"

// unlisted returns how a label that is in no list is read: as the code that it is, or as not stated,
// as "N/A - Section 98 (pre-2023)". Any other stays as read by its words.
func (c Column) unlisted(label string, by codes.Reading) codes.Reading {
	switch words := decode.Words(label); {
	case c.Coded != nil && c.Coded.MatchString(label):
		return codes.Reading{Code: strings.Clone(label)}
	case c.Groups: // a new one waits for a person
	case words == "n/a", strings.HasPrefix(words, "n/a-"), strings.HasPrefix(words, "n/a "):
		return codes.Reading{Code: notStated}
	}
	return by
}
