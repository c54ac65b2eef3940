package translate

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"crossings/schemas"
)

// areaCodes are the codes of areas by their English labels.
var areaCodes = sync.OnceValue(func() map[string]string {
	labels, err := schemas.CodeLabels("area")
	if err != nil {
		panic(err) // the list is embedded
	}
	out := make(map[string]string, len(labels))
	for code, label := range labels {
		out[label] = code
	}
	return out
})

// areas returns the label of an area that a text begins with, the longest first. The catalogue has those
// that the Unicode CLDR does not name, or names otherwise than people do.
func (l *Language) areas(text string) []found {
	out := l.oneOf(l.sections["area"], text)
	longest := 0
	if text == "" || text[0] < 'A' {
		return out
	}
	for label := range areaCodes() {
		if len(label) > longest && strings.HasPrefix(text, label) && !letterAt(text, len(label)) {
			longest = len(label)
		}
	}
	if longest == 0 || len(out) > 0 && out[0].length >= longest {
		return out
	}
	if name := l.areaName(areaCodes()[text[:longest]]); name != "" {
		out = append([]found{{length: longest, text: name}}, out...)
	}
	return out
}

// letterAt reports whether a word goes on at a place of a text.
func letterAt(text string, at int) bool {
	return at < len(text) && (text[at] >= 'a' && text[at] <= 'z' || text[at] >= 'A' && text[at] <= 'Z')
}

// areaName returns the name of a country or territory in the language, or "" if CLDR has none.
func (l *Language) areaName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return ""
	}
	tag := language.Make(l.Code)
	return strings.ReplaceAll(display.Regions(tag).Name(region), "'", "’")
}
