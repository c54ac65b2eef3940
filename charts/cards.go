package charts

import (
	_ "embed" // cards.txt
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

//go:embed cards.txt
var cardsText string

// CardKind says which published rows a card shows.
type CardKind string

// The kinds of cards. Those that are not named here are bases of the table year-on-year.
const (
	CardYearToDate CardKind = "year-to-date"
	CardMean       CardKind = "seven-day-mean"
	CardRate       CardKind = "rate"
	CardBalance    CardKind = "balance"
)

// cardKinds lists the kinds of cards in the order in which an error names them.
var cardKinds = []CardKind{CardYearToDate, CardMean, CardRate, CardBalance, "point", "month", "quarter", "year", "year-ending", "rolling-12-months"}

// Card describes one figure, what it is compared with, and a small picture.
type Card struct {
	ID      string
	Title   string
	Shows   CardKind
	Series  []stat.SeriesID // the first is the one that the card leads to
	Rate    string          // of a card that shows a rate: its name in the table rates
	Balance string          // of a card that shows a balance: its name in the table balances
	Topic   string          // id of the topic whose page shows it
	Front   bool            // whether the front page shows it too
}

// cardKeys lists the keys of cards.txt.
var cardKeys = []string{"id", "title", "shows", "series", "rate", "balance", "topic", "front"}

// LoadCards returns the cards of the site in order.
func LoadCards() ([]Card, error) { return ParseCards("cards.txt", cardsText) }

// ParseCards reads cards from a text. Errors call the text by name.
func ParseCards(name, text string) ([]Card, error) {
	return parse(name, text, cardKeys, entry.card)
}

// card returns the entry as a validated Card.
func (e entry) card() (Card, error) {
	c := Card{ID: e.value("id"), Title: e.value("title"), Shows: CardKind(e.value("shows")), Rate: e.value("rate"), Balance: e.value("balance"),
		Topic: e.value("topic"), Front: e.value("front") == "yes"}
	if err := e.require("id", "title", "shows", "series", "topic"); err != nil {
		return c, err
	}
	if !slices.Contains(cardKinds, c.Shows) {
		return c, e.errorf("shows", "shows is %q, not one of %v", c.Shows, cardKinds)
	}
	if v := e.value("front"); v != "" && v != "yes" {
		return c, e.errorf("front", "front is %q, not yes", v)
	}
	if (c.Shows == CardRate) != (c.Rate != "") {
		return c, e.errorf("rate", "a card has a rate exactly if it shows one")
	}
	if (c.Shows == CardBalance) != (c.Balance != "") {
		return c, e.errorf("balance", "a card has a balance exactly if it shows one")
	}
	for _, id := range strings.Fields(e.value("series")) {
		if _, _, _, _, err := stat.SeriesID(id).Parse(); err != nil {
			return c, e.errorf("series", "%w", err)
		}
		c.Series = append(c.Series, stat.SeriesID(id))
	}
	return c, nil
}
