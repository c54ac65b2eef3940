package charts

import (
	"embed"
	"slices"
)

//go:embed languages/*.txt
var languages embed.FS

// translations are the languages of the site besides English, each with a file in the folder languages.
var translations = []string{"fr"}

// Languages returns the codes of the languages that pages are translated into, in the order in which
// pages name them.
func Languages() []string { return slices.Clone(translations) }

// LanguageText returns the catalogue of a language. Package translate says how it is written.
func LanguageText(code string) (string, error) {
	data, err := languages.ReadFile("languages/" + code + ".txt")
	return string(data), err
}
