package strictjson

import (
	"fmt"
	"strings"
	"unicode"
)

// MaxText is the size of the longest text for readers in a layout, in bytes.
const MaxText = 1000

// CheckTexts returns an error for the first text that is not one line of at most MaxText bytes.
func CheckTexts(texts []string) error {
	for _, text := range texts {
		if len(text) > MaxText || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return fmt.Errorf("the text %.40q is not one line of at most %d bytes", text, MaxText)
		}
	}
	return nil
}
