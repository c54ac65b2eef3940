package charts

import (
	"cmp"
	_ "embed" // events.txt
	"net/url"
	"slices"

	"crossings/pipeline/stat"
)

//go:embed events.txt
var eventsText string

// Event is something that happened on a day, for charts to mark.
type Event struct {
	ID     string
	Date   stat.Date
	Title  string // a few words
	Source string // address of a page that states it
	Note   string // a sentence, or ""
}

// LoadEvents returns the records of the embedded events.txt, oldest first.
func LoadEvents() ([]Event, error) { return ParseEvents("events.txt", eventsText) }

// eventKeys are those that an event may have.
var eventKeys = []string{"id", "date", "title", "source", "note"}

// ParseEvents reads events from a text and sorts them by date; name stands for
// it in errors.
func ParseEvents(name, text string) ([]Event, error) {
	events, err := parse(name, text, eventKeys, block.event)
	slices.SortStableFunc(events, func(x, y Event) int { return cmp.Compare(x.Date, y.Date) })
	return events, err
}

// event returns the block as a validated Event.
func (b block) event() (Event, error) {
	e := Event{ID: b.value("id"), Title: b.value("title"), Source: b.value("source"), Note: b.value("note")}
	if err := b.require("id", "date", "title", "source"); err != nil {
		return e, err
	}
	var err error
	if e.Date, err = stat.ParseDate(b.value("date")); err != nil {
		return e, b.errorf("date", "%v", err)
	}
	if u, err := url.Parse(e.Source); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return e, b.errorf("source", "source %q is not an address on the web", e.Source)
	}
	return e, nil
}
