package decode

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxCount is the largest count that a file may state. It equals stat.MaxCount; a test compares
// them. A larger number is a typing error or a fault of a program.
const MaxCount = 1_000_000_000

// tooLarge is the error for s, a count beyond MaxCount.
func tooLarge(s string) error {
	return fmt.Errorf("%s is %w: more than %d", Quote(s), ErrCount, MaxCount)
}

// Fold returns s with each run of white space, no-break spaces included, as one space, and none at
// its ends.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isFolded reports whether s is ASCII that Fold leaves as it is. Nearly all texts are, and need no copy.
func isFolded(s string) bool {
	space := s != "" // before the next byte
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space
}

// CountText is FigureText for a text that must state a count. The mark is "" if there is none. The
// error wraps ErrCount and quotes the text.
func CountText(s string) (n int64, mark string, err error) {
	f, err := FigureText(s)
	if err == nil && f.Absent != Stated {
		err = fmt.Errorf("%s is %w", Quote(Fold(s)), ErrCount)
	}
	if err != nil {
		return 0, "", err
	}
	return f.N, f.Mark, nil
}
