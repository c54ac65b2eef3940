package wording

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nothing is the text of a cell of notes without a note.
const Nothing = "none"

// Withdrawn is the text for a value that a release no longer states. Unavailable is the text for one
// that a release says does not exist.
const (
	Withdrawn   = "withdrawn"
	Unavailable = "none " + MarkNotAvailable
)

// Counted writes a number of things: "1 value", "2,000 values".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(int64(n)) + " " + many
}

// capitals are the words of identifiers that have capitals in text.
var capitals = map[string]string{"uk": "UK", "eu": "EU", "france": "France"}

// Spaced writes a name from the tables as words that begin a sentence: "UK France exchange" for
// "uk-france-exchange".
func Spaced(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words {
		words[i] = cmp.Or(capitals[w], w)
	}
	return Capital(strings.Join(words, " "))
}

// said are the words of identifiers that readers say otherwise.
var said = strings.NewReplacer(" and missing", " or missing", "1000", "1,000", " english channel", ", English Channel", " central mediterranean", ", central Mediterranean",
	" at sea", ", at sea", "UK France exchange", "UK-France agreement", "Exchange returns per", "Returns to France per", "Persons", "People")

// Called writes the name of a rate, a balance or a rule as readers say it: "Dead per 1,000 arrivals,
// English Channel" for "dead-per-1000-arrivals-english-channel".
func Called(name string) string { return said.Replace(Spaced(name)) }

// Capital begins a text with a capital.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// heads are the heads of columns that do not follow from their names.
var heads = map[string]string{"obs_status": "Status", "sha256": "SHA-256", "first_seen": "First seen (UTC)", "retrieved_at": "Retrieved at (UTC)"}

var headWords = strings.NewReplacer("_percent", " per cent", "_", " ")

// Head returns the head for people of a column of the published tables.
func Head(column string) string {
	return cmp.Or(heads[column], Spaced(headWords.Replace(column)))
}
