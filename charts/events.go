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

// Event is something that happened on a day and that charts can mark.
type Event struct {
	ID     string
	Date   stat.Date
	Title  string // a few words
	Source string // address of a page that states it
	Note   string // a sentence, or ""
}

// LoadEvents returns the events of the embedded events.txt, oldest first.
func LoadEvents() ([]Event, error) { return ParseEvents("events.txt", eventsText) }

// eventKeys lists the keys of events.txt.
var eventKeys = []string{"id", "date", "title", "source", "note"}

// ParseEvents reads events from a text and sorts them by date. Errors call the text by
// name.
func ParseEvents(name, text string) ([]Event, error) {
	events, err := parse(name, text, eventKeys, entry.event)
	slices.SortStableFunc(events, func(x, y Event) int { return cmp.Compare(x.Date, y.Date) })
	return events, err
}

// event returns the entry as a validated Event.
func (e entry) event() (Event, error) {
	ev := Event{ID: e.value("id"), Title: e.value("title"), Source: e.value("source"), Note: e.value("note")}
	if err := e.require("id", "date", "title", "source"); err != nil {
		return ev, err
	}
	var err error
	if ev.Date, err = stat.ParseDate(e.value("date")); err != nil {
		return ev, e.errorf("date", "%v", err)
	}
	if u, err := url.Parse(ev.Source); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ev, e.errorf("source", "source %q is not an address on the web", ev.Source)
	}
	return ev, nil
}
