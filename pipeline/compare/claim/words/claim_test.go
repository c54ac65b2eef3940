package words

import "testing"

// TestParse writes each number as text [low high], with % and a direction.
func TestParse(t *testing.T) {
	check(t, func(text string) string { return bounds(Parse(text), 8) }, map[string]string{
		"":                    "",
		"No figure in it.":    "",
		"37,000 in 2024":      "37,000 [36500 37500]",
		"36,816 in 2024":      "36,816 [36816 36816]",
		"more than 30,000":    "more than 30,000 [30001 32999]",
		"over 31,000 people":  "over 31,000 [31001 31999]",
		"at least 64 died":    "at least 64 [64 65]",
		"at least 30,000":     "at least 30,000 [30000 32999]",
		"nearly 30,000":       "nearly 30,000 [27000 30000]",
		"about 30,000":        "about 30,000 [29500 30500]",
		"30,000 arrivals":     "30,000 [29500 30500]",
		"nearly 42,000":       "nearly 42,000 [41000 42000]",
		"about 41,500":        "about 41,500 [41000 42000]",
		"fewer than 2,200":    "fewer than 2,200 [2100 2200]",
		"1.2 million":         "1.2 million [1150000 1250000]",
		"30k":                 "30k [29500 30500]",
		"up 42 %":             "42 % [41.5 42.5]% +1",
		"down by 33 per cent": "33 per cent [32.5 33.5]% -1",
		"a fall of 33.1%":     "33.1% [33.05 33.15]% -1",
		"12% fewer":           "12% [11.5 12.5]% -1",
		"−12 %":               "−12 % [11.5 12.5]% -1",
		"2018 people crossed, on 3 May 2022 at 09:30, in 12 months, the 3rd time in Q2": "2018 [2018 2018]",
		"15 April 2025: 8,888":  "8,888 [8888 8888]",
		"on 2025-09-06, 30,104": "30,104 [30104 30104]",
		"in 2024/25":            "",
		"one person":            "",
		"£5 each":               "£5 [5 5]",
	})
}

func FuzzParse(f *testing.F) {
	f.Add("More than 30,000 people so far this year, compared to 37,000 for the whole of 2024")
	f.Add("down 33 % on 15 April 2025, −0.0%")
	f.Fuzz(func(t *testing.T, text string) {
		r := read(text)
		for _, n := range r.Numbers {
			if n.Low > n.High || n.Text == "" {
				t.Errorf("%+v", n)
			}
		}
	})
}
