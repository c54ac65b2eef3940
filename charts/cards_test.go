package charts

import (
	"strings"
	"testing"
)

const goodCard = `id: c-1
title: One
shows: year-to-date
series: x:y:D
topic: t
front: yes
`

func TestCardsOfTheProject(t *testing.T) {
	cards, err := LoadCards()
	if err != nil {
		t.Fatal(err)
	}
	topics, err := LoadTopics()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, x := range topics {
		known[x.ID] = true
	}
	for _, c := range cards {
		if !known[c.Topic] {
			t.Errorf("card %s is of topic %q, which does not exist", c.ID, c.Topic)
		}
	}
}

func TestParseCards(t *testing.T) {
	cards, err := ParseCards("x.txt", goodCard)
	if err != nil || len(cards) != 1 || !cards[0].Front || cards[0].Series[0] != "x:y:D" {
		t.Fatalf("%+v, %v", cards, err)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"year-to-date", "best", `x.txt:3: shows is "best", not one of`},
		{"year-to-date", "rate", "x.txt:1: a card has a rate exactly if it shows one"},
		{"front: yes", "rate: r", "x.txt:6: a card has a rate exactly if it shows one"},
		{"year-to-date", "balance", "x.txt:1: a card has a balance exactly if it shows one"},
		{"front: yes", "front: no", `x.txt:6: front is "no", not yes`},
		{"x:y:D", "x y", "x.txt:4: "},
		{"topic: t\n", "", "x.txt:1: topic is missing"},
	} {
		if _, err := ParseCards("x.txt", strings.Replace(goodCard, tt.old, tt.new, 1)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s for %s: %v, want %s", tt.new, tt.old, err, tt.want)
		}
	}
}
