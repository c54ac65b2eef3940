package numbers_test

import (
	"testing"

	"crossings/pipeline/compare/claim/words"
)

// TestParse writes each number as text [low high], with % and a direction.
func TestParse(t *testing.T) {
	check(t, func(text string) string { return bounds(words.Parse(text), 8) }, map[string]string{
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

// A number in letters may have thousands, hundreds and units.
func TestLongNumbersInLetters(t *testing.T) {
	check(t, stated, map[string]string{
		"Thirty-six thousand, eight hundred and sixteen people": "Thirty-six thousand, eight hundred and sixteen [36816 36816] count",
		"thirty-six thousand people":                            "thirty-six thousand [35500 36500] count",
		"two thousand three hundred people":                     "two thousand three hundred [2250 2350] count",
		"more than a hundred people":                            "more than a hundred [101 199] count",
		"one hundred and five migrants":                         "one hundred and five [105 105] count",
		"one hundred and five crossed":                          "one hundred and five [105 105] count",
		"a dozen migrants":                                      "a dozen [12 12] count",
		"a thousand and one migrants":                           "a thousand and one [1001 1001] count",
		"a hundred thousand people":                             "a hundred thousand [95000 1.05e+05] count",
		"one million two hundred thousand people":               "one million two hundred thousand [1.15e+06 1.25e+06] count",
		"two, three and four boats":                             "four [4 4] count",
		"zero crossings":                                        "zero [0 0] count",
		"more than a quarter of those in May":                   "more than a quarter [25 30]% share",
		"zero tolerance":                                        "",
		"in one boat":                                           "one [1 1] count",
		"one boat carrying 68 migrants":                         "one [1 1] count; 68 [68 68] count",
		"a single vessel carrying 55 people":                    "a single [1 1] count; 55 [55 55] count",
		"one boat capsized":                                     "",
		"one of the boats":                                      "",
	})
}

// Thousands are parted by commas, by spaces of many kinds, and by apostrophes.
func TestHowThousandsAreParted(t *testing.T) {
	check(t, stated, map[string]string{
		"36 816 people":              "36 816 [36816 36816] count",
		"36\u00a0816 people":         "36\u00a0816 [36816 36816] count",
		"36\u202f816 people":         "36\u202f816 [36816 36816] count",
		"36\u2009816 people":         "36\u2009816 [36816 36816] count",
		"36'816 people":              "36'816 [36816 36816] count",
		"1 036 816 people":           "1 036 816 [1.0368e+06 1.0368e+06] count",
		"In 2024 816 people crossed": "816 [816 816] count",
		"on May 15 710 people came":  "710 [710 710] count",
		"36 81 people":               "36 [36 36] count; 81 [81 81] count",
		"'36' and '816' people":      "36 [36 36] count; 816 [816 816] count",
	})
}

// A dash between words is no sign, and a word that only ends like "topped" bounds nothing.
func TestADashIsNoSign(t *testing.T) {
	check(t, stated, map[string]string{
		"31,079 in the year - 22% more than before": "31,079 [31079 31079] count; 22% [21.5 22.5]% +1 change",
		"31,079 – 22% more than before":             "31,079 [31079 31079] count; 22% [21.5 22.5]% +1 change",
		"a change of −22%":                          "−22% [21.5 22.5]% -1 change",
		"− 22 % on 2024":                            "− 22 % [21.5 22.5]% -1 change",
		"- 22% on 2024":                             "- 22% [21.5 22.5]% -1 change",
		"Change on last year: - 22%":                "- 22% [21.5 22.5]% -1 change",
		"The French stopped 800 people":             "800 [800 800] count",
		"Arrivals topped 800":                       "topped 800 [801 879] count",
	})
}

// Differences, halves and rates are said in several ways.
func TestOtherWordsForChanges(t *testing.T) {
	check(t, stated, map[string]string{
		"up by almost 5,000 on the year before":            "almost 5,000 [4500 5000] +1 difference",
		"an increase of 1,200 compared with last year":     "1,200 [1150 1250] +1 difference",
		"a fall of 1,234 people from 2024":                 "1,234 [1234 1234] -1 difference",
		"arrivals fell by 300 to 1,234":                    "300 [300 300] -1 difference; 1,234 [1234 1234] count",
		"half as many as last year":                        "half as many [47.5 52.5]% -1 change",
		"about half the number of last year":               "about half the number [47.5 52.5]% -1 change",
		"66 people arriving by small boat every day":       "66 [66 66] per day",
		"66 people crossing the Channel a day":             "66 [66 66] per day",
		"one person died for every 449 who reached the UK": "one person died for every 449 [444 454] one in",
		"one migrant was returned for every 62 who came":   "one migrant was returned for every 62 [61.5 62.5] one in",
	})
}

// A dash between two parts of a sentence is no sign of a change.
func TestAChangeBehindADash(t *testing.T) {
	if got := stated("In the 12 months to March 2025 - 22% more than before"); got != "22% [21.5 22.5]% +1 change" {
		t.Error(got)
	}
}
