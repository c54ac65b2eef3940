package turn

import (
	"fmt"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
)

// TestSourcesOfOneHostAreOneLine divides sources by the hosts that they may ask.
func TestSourcesOfOneHostAreOneLine(t *testing.T) {
	at := func(hosts ...string) *source.Source {
		s := &source.Source{}
		if len(hosts) > 0 {
			s.Place = origin.Place{Address: "https://" + hosts[0] + "/x.csv", Hosts: hosts}
		}
		return s
	}
	second := at("d")
	second.Fallbacks = []origin.Place{{Address: "https://a/x.csv", Hosts: []string{"a"}}}
	for _, c := range []struct {
		want string
		list []*source.Source
	}{
		{"[]", nil},
		{"[[0] [1]]", []*source.Source{at("a"), at("b")}},
		{"[[0 2] [1]]", []*source.Source{at("a"), at("b"), at("a")}},
		{"[[0 1 2]]", []*source.Source{at("a"), at("b"), at("a", "b")}},          // the third joins two lines
		{"[[0 3] [1] [2]]", []*source.Source{at("a"), at("b"), at("c"), second}}, // by its second place
		{"[[0 2] [1]]", []*source.Source{at(), at("a"), at()}},                   // those that ask nobody
		{"[[0 1 3] [2]]", []*source.Source{at("a", "b"), at("b"), at("c"), at("b", "a")}},
	} {
		if got := fmt.Sprint(Lines(c.list)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
