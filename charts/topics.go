package charts

import (
	_ "embed" // topics.txt
	"path"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

//go:embed topics.txt
var topicsText string

// Topic is a page that brings together the figures of some data sets.
type Topic struct {
	ID       string // permanent: the page is topics/<id>.html
	Title    string
	Intro    string   // one or two sentences
	Sources  []string // ids of data sets in order of display; empty is all of them
	Series   []string // patterns of the series shown; empty is all of the sources
	Balances []string // names in the table balances
	Note     string   // a sentence below the intro, or ""
}

// none is the pattern of a topic without figures.
const none = "none"

// all stands for every data set.
const all = "*"

// HasFigures reports whether the topic shows figures, and is not about the data
// sets themselves.
func (t Topic) HasFigures() bool { return !slices.Equal(t.Series, []string{none}) }

// HasSource reports whether a data set belongs to the topic.
func (t Topic) HasSource(id string) bool {
	return len(t.Sources) == 0 || slices.Contains(t.Sources, id)
}

// Shows reports whether the topic shows the figures of a series.
func (t Topic) Shows(id stat.SeriesID) bool {
	source, _, _, _, err := id.Parse()
	if err != nil || !t.HasSource(source) {
		return false
	}
	return len(t.Series) == 0 || slices.ContainsFunc(t.Series, func(pattern string) bool { return matches(pattern, string(id)) })
}

// matches reports whether a pattern fits a series identifier. Its * stops at a
// colon as that of path.Match does at a slash; no identifier has a slash.
func matches(pattern, id string) bool {
	slashes := strings.NewReplacer(":", "/")
	ok, err := path.Match(slashes.Replace(pattern), slashes.Replace(id))
	return ok && err == nil
}

// LoadTopics returns the records of the embedded topics.txt, in the file's
// order.
func LoadTopics() ([]Topic, error) { return ParseTopics("topics.txt", topicsText) }

// topicKeys are those that a topic may have.
var topicKeys = []string{"id", "title", "intro", "sources", "series", "balances", "note"}

// ParseTopics reads topics from a text; name stands for it in errors. That a
// data set exists is not checked: a topic may be there before its figures.
func ParseTopics(name, text string) ([]Topic, error) {
	return parse(name, text, topicKeys, block.topic)
}

// topic returns the block as a validated Topic.
func (b block) topic() (Topic, error) {
	t := Topic{ID: b.value("id"), Title: b.value("title"), Intro: b.value("intro"), Sources: strings.Fields(b.value("sources")),
		Series: strings.Fields(b.value("series")), Balances: strings.Fields(b.value("balances")), Note: b.value("note")}
	if err := b.require("id", "title", "intro", "sources"); err != nil {
		return t, err
	}
	if slices.Equal(t.Sources, []string{all}) {
		t.Sources = nil
	}
	for _, s := range t.Sources {
		if _, _, _, _, err := stat.SeriesID(s + ":x:D").Parse(); err != nil {
			return t, b.errorf("sources", "source %q is not the id of a data set", s)
		}
	}
	if !t.HasFigures() {
		return t, nil
	}
	for _, pattern := range t.Series {
		if strings.Trim(pattern, patternLetters) != "" || strings.Count(pattern, ":") < 2 {
			return t, b.errorf("series", "%q is not a pattern of series identifiers", pattern)
		}
		ofSource := func(s string) bool { return strings.HasPrefix(pattern, s+":") }
		if len(t.Sources) > 0 && !slices.ContainsFunc(t.Sources, ofSource) {
			return t, b.errorf("series", "%q is of none of the sources", pattern)
		}
	}
	return t, nil
}

// patternLetters are what a pattern is made of: the letters of identifiers, and
// none that path.Match takes for more than themselves but the star.
const patternLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.=:*"
