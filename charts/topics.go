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

// Topic describes a page that brings together the figures of some data sets.
type Topic struct {
	ID       string // permanent: the page is topics/<id>.html
	Title    string
	Intro    string   // one or two sentences
	Sources  []string // ids of data sets in order of display; empty means all data sets
	Series   []string // patterns of the series shown; empty means all series of the sources
	Balances []string // names in the table balances
	Note     string   // a sentence below the intro, or ""
	Formerly []string // ids of topics that are now part of this one; their pages lead here
	Foot     bool     // whether links to it stand at the foot of pages only, not at their head
}

// none is the pattern of a topic without figures.
const none = "none"

// all means every data set.
const all = "*"

// HasFigures reports whether the topic shows figures. A topic about the data sets
// themselves does not.
func (t Topic) HasFigures() bool { return !slices.Equal(t.Series, []string{none}) }

// InMenu reports whether links to the topic stand at the head of every page.
func (t Topic) InMenu() bool { return !t.Foot }

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

// matches reports whether a pattern matches a series identifier. Its * stops at a
// colon, as the * of path.Match stops at a slash. Identifiers contain no slash.
func matches(pattern, id string) bool {
	slashes := strings.NewReplacer(":", "/")
	ok, err := path.Match(slashes.Replace(pattern), slashes.Replace(id))
	return ok && err == nil
}

// LoadTopics returns the topics of the embedded topics.txt, in the file's order.
func LoadTopics() ([]Topic, error) { return ParseTopics("topics.txt", topicsText) }

// topicKeys lists the keys of topics.txt.
var topicKeys = []string{"id", "title", "intro", "sources", "series", "balances", "note", "formerly", "foot"}

// ParseTopics reads topics from a text. Errors call the text by name. ParseTopics does
// not check that the data sets exist, because a topic may be written before its figures
// arrive.
func ParseTopics(name, text string) ([]Topic, error) {
	return parse(name, text, topicKeys, entry.topic)
}

// topic returns the entry as a validated Topic.
func (e entry) topic() (Topic, error) {
	t := Topic{ID: e.value("id"), Title: e.value("title"), Intro: e.value("intro"), Sources: strings.Fields(e.value("sources")),
		Series: strings.Fields(e.value("series")), Balances: strings.Fields(e.value("balances")), Note: e.value("note"),
		Formerly: strings.Fields(e.value("formerly")), Foot: e.value("foot") == "yes"}
	if err := e.require("id", "title", "intro", "sources"); err != nil {
		return t, err
	}
	if v := e.value("foot"); v != "" && v != "yes" {
		return t, e.errorf("foot", "foot is %q, not yes", v)
	}
	for _, id := range t.Formerly {
		if !isKebab(id) {
			return t, e.errorf("formerly", "id %q is not lower-case words joined by hyphens", id)
		}
	}
	if slices.Equal(t.Sources, []string{all}) {
		t.Sources = nil
	}
	for _, s := range t.Sources {
		if _, _, _, _, err := stat.SeriesID(s + ":x:D").Parse(); err != nil {
			return t, e.errorf("sources", "source %q is not the id of a data set", s)
		}
	}
	if !t.HasFigures() {
		return t, nil
	}
	for _, pattern := range t.Series {
		if strings.Trim(pattern, patternLetters) != "" || strings.Count(pattern, ":") < 2 {
			return t, e.errorf("series", "%q is not a pattern of series identifiers", pattern)
		}
		ofSource := func(s string) bool { return strings.HasPrefix(pattern, s+":") }
		if len(t.Sources) > 0 && !slices.ContainsFunc(t.Sources, ofSource) {
			return t, e.errorf("series", "%q belongs to none of the sources", pattern)
		}
	}
	return t, nil
}

// patternLetters holds the characters that a pattern may contain: those of identifiers
// and the star, which is the only one with a special meaning to path.Match.
const patternLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.=:*"
