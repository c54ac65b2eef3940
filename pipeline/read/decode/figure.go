package decode

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Absent says why a cell states no count. The zero value means that it states one.
type Absent uint8

// The reasons.
const (
	Stated        Absent = iota
	NotAvailable         // "[x]", "..", ":", "-", "n/a"
	NotApplicable        // "[z]": there can be no value
	Confidential         // "[c]", "*": withheld so that nobody can be recognised
	Low                  // "[low]": rounds to zero and is not zero
)

// Figure is what a cell states where a count is expected: a count, or why there is none. A missing
// count is never zero.
type Figure struct {
	N      int64 // 0 unless Stated
	Absent Absent
	// Mark is the publisher's mark as written: "[x]" instead of a count, or "[r]" after one. It is
	// "" if there is none.
	Mark string
}

// absences are the texts instead of a count, in lower case: the shorthand of the Government
// Statistical Service with and without brackets, and signs and words that statistical offices use.
var absences = map[string]Absent{
	"[x]": NotAvailable, "x": NotAvailable, "[w]": NotAvailable, "..": NotAvailable, "...": NotAvailable, "…": NotAvailable, ":": NotAvailable,
	"-": NotAvailable, "–": NotAvailable, "—": NotAvailable, "−": NotAvailable, "--": NotAvailable, "[-]": NotAvailable, "[..]": NotAvailable, "[:]": NotAvailable,
	"n/a": NotAvailable, "n.d.": NotAvailable, "[n/a]": NotAvailable, "na": NotAvailable, "n.a.": NotAvailable, "#n/a": NotAvailable, "nan": NotAvailable,
	"not available": NotAvailable, "[not available]": NotAvailable, "not yet available": NotAvailable, "not known": NotAvailable, "not recorded": NotAvailable,
	"[z]": NotApplicable, "z": NotApplicable, "not applicable": NotApplicable, "[not applicable]": NotApplicable,
	"[c]": Confidential, "c": Confidential, "*": Confidential, "[s]": Confidential, "confidential": Confidential, "suppressed": Confidential,
	"[low]": Low, "low": Low, "~": Low,
}

var (
	// countText matches a whole number as people and programs write it, and what follows it. Groups
	// of three digits have one separator throughout. ".0" and ".00" come from programs; ".000" could
	// be thousands.
	countText = regexp.MustCompile(`^(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:['’]\d{3})+|[1-9]\d*)(\.00?)?((?: ?` + statusWord + `)?(?: ?` + oneMark + `)*)$`)
	// marksText matches marks by themselves, after a text of absences.
	marksText = regexp.MustCompile(`^ ?` + oneMark + `(?: ?` + oneMark + `)*$`)
)

const (
	// statusWord matches a word or letter after a count that says what it is: "249r", "249 revised".
	statusWord = `(?:[pPrR]|(?i:revised|rev\.|provisional|prov\.|estimated?|est\.))`
	// oneMark matches a mark after a count: of a note, or of a status, which may have a day.
	oneMark = `(?:\[[^\[\]]{1,20}\]|\(\d{1,2}\)|\((?i:[bepr])\)|\(` + statusWord + `(?: (?:on )?\d{1,2} [A-Za-z]{3,9}\.?(?: \d{4})?)?\)|[*†‡§]|[` + RaisedDigits + `]{1,2})`
)

// FigureText reads a count as publishers write it, or the text in its place: "1,204", "1 204 [r]",
// "[x]". Notes' marks may follow either. The error wraps ErrCount and quotes the text; an empty
// text is an error.
func FigureText(s string) (Figure, error) {
	if n, ok := plainCount(s); ok {
		return Figure{N: n}, nil
	}
	trimmed := strings.TrimSpace(s)
	text := Fold(trimmed)
	switch {
	case text == "":
		return Figure{}, fmt.Errorf("an empty cell is %w", ErrCount)
	case strings.ContainsAny(trimmed, "\n\r\t\v"): // several figures, or prose
		return Figure{}, fmt.Errorf("%s is %w", Quote(text), ErrCount)
	}
	if m := matchCount(text); m != nil {
		n, err := strconv.ParseInt(onlyDigits(m[1]), 10, 64)
		if err != nil || n > MaxCount {
			return Figure{}, tooLarge(text)
		}
		return Figure{N: n, Mark: strings.TrimSpace(m[3])}, nil
	}
	if a := absence(text); a != Stated {
		return Figure{Absent: a, Mark: text}, nil
	}
	return Figure{}, fmt.Errorf("%s is %w", Quote(text), ErrCount)
}

// pointed matches a count whose thousands have points.
var pointed = regexp.MustCompile(`^[1-9]\d{0,2}(?:\.\d{3})+$`)

// PointsApart returns a count whose thousands have points, as Italians write it, without them. Any
// other text stays as it is. It is for publishers that state no fractions: "1.315" may be either.
func PointsApart(s string) string {
	if len(s) < len("1.315") {
		return s
	}
	if t := strings.TrimSpace(s); pointed.MatchString(t) {
		return strings.ReplaceAll(t, ".", "")
	}
	return s
}

// matchCount returns the parts of a count, or nil for a text that does not begin with a digit, as
// labels do, or is none.
func matchCount(text string) []string {
	if text[0] < '0' || text[0] > '9' {
		return nil
	}
	return countText.FindStringSubmatch(text)
}

// absence says why a text takes the place of a count, or Stated if it does not.
func absence(text string) Absent {
	lower := strings.ToLower(text)
	if a := absences[lower]; a != Stated {
		return a
	}
	if word, _, cut := strings.Cut(lower, " "); cut || strings.HasPrefix(lower, "[") {
		if i := strings.IndexByte(lower, ']'); strings.HasPrefix(lower, "[") && i > 0 {
			word = lower[:i+1]
		}
		if a := absences[word]; a != Stated && marksText.MatchString(lower[len(word):]) {
			return a
		}
	}
	return Stated
}

// IsAbsent reports whether FigureText reads a text as one that takes the place of a count.
func IsAbsent(s string) bool {
	trimmed := strings.TrimSpace(s)
	text := Fold(trimmed)
	return text != "" && !strings.ContainsAny(trimmed, "\n\r\t\v") && absence(text) != Stated
}

// plainCount reads a count of up to nine digits and nothing else, as nearly all are.
func plainCount(s string) (n int64, ok bool) {
	if s == "" || len(s) > 9 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}

// Figure reads the cell of column i, counted from 0, where a count is expected: a number, or a text
// that FigureText reads. Any other kind of cell is an error, and so is a number or text that the
// sheet displays as another. The error wraps ErrCount.
func (r Row) Figure(i int) (Figure, error) {
	c := r.Cell(i)
	if c.Kind != Text {
		n, err := Count(c)
		return Figure{N: n}, err
	}
	f, err := FigureText(c.Value)
	if err == nil && c.Text != "" && c.Text != c.Value {
		if shown, err := FigureText(c.Text); err != nil || shown != f {
			return Figure{}, fmt.Errorf("%s, which is shown as %s, is %w", Quote(c.Value), Quote(c.Text), ErrCount)
		}
	}
	return f, err
}

// shown returns the text by which a cell is compared with headers and counts.
func (c Cell) shown() string {
	if c.Kind == Other {
		return display(c)
	}
	return c.Value
}
