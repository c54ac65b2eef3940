package claim

import (
	"testing"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// FuzzSearch checks that every sentence gets an answer, on every day.
func FuzzSearch(f *testing.F) {
	f.Add("On 25 February 2026, one in every 62 people, up 48 % on 2024/25, since 31 April 0001", 730000)
	f.Add("12,321 people between 5 January and 29 June, 99 months to May, first 999 days of 2024", 1)
	f.Add("One in five of the 1,089 arrivals this year came on 3 January, 264 of the 1,087 in five years", 400)
	f.Fuzz(func(t *testing.T, text string, day int) {
		list := make([]stat.Count, 400)
		for i := range list {
			list[i] = stat.Known(int64(i % 7))
		}
		x := daily(t, channelArrivals, "2025-01-01", list...)
		for _, a := range Search(words.Parse(text).Read(stat.Date(738000+day%3000)), []Series{x}, nil) {
			for _, m := range append(a.Matches, a.Nearest...) {
				if m.Verdict == "" || m.WindowEnd < m.WindowStart {
					t.Errorf("%q: %s", text, m.Line())
				}
				if _, err := m.MarshalJSON(); err != nil {
					t.Errorf("%q: %s: %v", text, m.Line(), err)
				}
			}
		}
	})
}
