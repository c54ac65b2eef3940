package codes

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// ErrLabel means that a line of an operator's list cannot be used.
var ErrLabel = errors.New("not a usable label")

// Lists are the label lists of the program and those of an operator. A label of the program's lists
// keeps its code, whatever an operator's list says. nil means that there are only the program's.
type Lists struct {
	rows map[string][]schemas.Label // the operator's, by list, in a fixed order
	hash string

	mu    sync.Mutex
	built map[[2]string]*Labels // by list and publisher
}

// NewLists returns the lists of the program with the labels of an operator, by list. It returns nil
// without labels of an operator.
func NewLists(rows map[string][]schemas.Label) *Lists {
	x := &Lists{rows: map[string][]schemas.Label{}, built: map[[2]string]*Labels{}}
	h := sha256.New()
	for _, list := range schemas.LabelNames() {
		if len(rows[list]) == 0 {
			continue
		}
		x.rows[list] = slices.SortedFunc(slices.Values(rows[list]), func(a, b schemas.Label) int {
			return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Label, b.Label))
		})
		fmt.Fprintf(h, "labels %q\n", list)
		for _, l := range x.rows[list] {
			fmt.Fprintf(h, "%q %q %q %q\n", l.Publisher, l.Label, l.Code, l.Note)
		}
	}
	if len(x.rows) == 0 {
		return nil
	}
	x.hash = hex.EncodeToString(h.Sum(nil))
	return x
}

// Fingerprint returns the SHA-256, in hexadecimal, of the operator's labels, or "" if there are
// none. The order of their lines does not matter.
func (x *Lists) Fingerprint() string {
	if x == nil {
		return ""
	}
	return x.hash
}

// For returns the labels that publisher uses for a code list. What the program's lists do not name
// is looked for in the operator's. For panics as the function For does.
func (x *Lists) For(list, publisher string) *Labels {
	base := For(list, publisher)
	if x == nil || len(x.rows[list]) == 0 {
		return base
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	key := [2]string{list, publisher}
	if x.built[key] == nil {
		operator := build(list, publisher, rowsFor(publisher, x.rows[list]))
		x.built[key] = &Labels{list: list, publisher: publisher, exact: base.exact, levels: base.levels,
			commas: max(base.commas, operator.commas), operator: operator, variants: map[string]*found{}}
	}
	return x.built[key]
}

// MaxOperatorList is the size of the largest list of an operator, in bytes.
const MaxOperatorList = 1 << 20

// listLimits are those of an operator's list.
var listLimits = func() decode.Limits {
	l := decode.DefaultLimits
	l.File, l.Rows = MaxOperatorList, 10_000
	return l
}()

// listColumns are the columns of a list, as in schemas/labels.
var listColumns = []string{"publisher", "label", "code", "note"}

// Their indexes.
const (
	publisherColumn = iota
	labelColumn
	codeColumn
	noteColumn
)

// listHint is the hint about a line that cannot be used.
const listHint = "correct the line, or remove it; nothing was changed. See: ingest labels, and docs/operations.md"

// ReadList reads an operator's list: a CSV with the columns of schemas/labels. name is used in
// errors, which are *decode.Error.
func ReadList(list, name string, data []byte) ([]schemas.Label, error) {
	if !slices.Contains(schemas.LabelNames(), list) {
		return nil, &decode.Error{File: name, Err: fmt.Errorf("there is no code list %q: %w", list, ErrLabel),
			Hint: "name the file after one of: " + strings.Join(schemas.LabelNames(), ", ")}
	}
	if len(data) > 0 && !bytes.HasSuffix(data, []byte("\n")) {
		data = append(slices.Clip(data), '\n') // an editor may leave it out; a line is checked as a whole
	}
	file, err := decode.OpenCSV(name, data, listLimits)
	if err != nil {
		return nil, err
	}
	allowed, err := codesOf(list)
	if err != nil {
		return nil, err
	}
	var out []schemas.Label
	seen := map[[2]string]int{}
	for row, err := range file.Rows(listColumns...) {
		if err != nil {
			return nil, err
		}
		l, bad := labelOf(row.Values, allowed)
		key := [2]string{l.Publisher, fold(l.Label)}
		if before := seen[key]; bad == nil && before != 0 {
			bad = refuse(labelColumn, "%s stands in row %d too", decode.Quote(l.Label), before)
		}
		if bad != nil {
			bad.File, bad.Line = name, row.Line
			return nil, bad
		}
		seen[key] = row.Line
		out = append(out, l)
	}
	return out, nil
}

// refuse returns the error of a line that cannot be used, without its place in the file.
func refuse(column int, format string, args ...any) *decode.Error {
	return &decode.Error{Column: listColumns[column], Err: fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrLabel), Hint: listHint}
}

var (
	publisherForm = regexp.MustCompile(`^[a-z][a-z0-9]{0,19}$`)
	madeCode      = regexp.MustCompile(`^(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)?x-[a-z0-9]+(?:-[a-z0-9]+)*$`)
)

const (
	maxCode = 100 // bytes of a code
	maxNote = 300 // bytes of a note
)

// labelOf reads a line of an operator's list, or says why it cannot be used.
func labelOf(values []string, allowed func(code string) bool) (schemas.Label, *decode.Error) {
	tidy := make([]string, len(values))
	for i, v := range values {
		if strings.ContainsFunc(v, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }) {
			return schemas.Label{}, refuse(i, "%s has a control character", decode.Quote(v))
		}
		tidy[i] = strings.Join(strings.Fields(v), " ")
	}
	l := schemas.Label{Publisher: tidy[publisherColumn], Label: tidy[labelColumn], Code: tidy[codeColumn], Note: tidy[noteColumn]}
	return l, check(l, allowed)
}

// check says why a label of an operator's list cannot be used, or returns nil.
func check(l schemas.Label, allowed func(code string) bool) *decode.Error {
	switch {
	case l.Publisher != "" && !publisherForm.MatchString(l.Publisher):
		return refuse(publisherColumn, "%s is no publisher: write the first part of the names of its sources, such as ukho, or nothing for any publisher", decode.Quote(l.Publisher))
	case len(l.Label) > maxLabel:
		return refuse(labelColumn, "a label has 1 to %d bytes", maxLabel)
	case fold(l.Label) == "":
		return refuse(labelColumn, "%s has no words", decode.Quote(l.Label))
	case l.Code == "" && l.Note == "":
		return refuse(noteColumn, "without a code the rows with the label are left out, and the note must say why")
	case l.Code != "" && (len(l.Code) > maxCode || !allowed(l.Code)):
		return refuse(codeColumn, "%s is no code of the list; a code of your own is made of x- and words, such as x-new-place", decode.Quote(l.Code))
	case len(l.Note) > maxNote:
		return refuse(noteColumn, "a note has at most %d bytes", maxNote)
	}
	return nil
}

// codesOf returns a function that reports whether a label may have a code: one of the list, or one
// that is made from words.
func codesOf(list string) (func(code string) bool, error) {
	listed, err := schemas.CodeLabels(list)
	if err != nil {
		return nil, err
	}
	return func(code string) bool {
		_, known := listed[code] // also that of the total: the rows are sums of others, and left out
		_, _, isAge := stat.Ages(code)
		return known || madeCode.MatchString(code) || list == "age" && isAge
	}, nil
}

// Agree reports whether the lists give a label the code that it was read with.
func (x *Lists) Agree(l stat.Label) bool {
	if !slices.Contains(schemas.LabelNames(), l.List) {
		return false // the list has another name now
	}
	got, err := x.For(l.List, l.Publisher).Open(l.Text)
	return err == nil && got.Code == l.Code
}
