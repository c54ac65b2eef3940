package numbers_test

import (
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
)

// kinds names what numbers state.
var kinds = map[numbers.Kind]string{numbers.Count: "count", numbers.Change: "change", numbers.Share: "share", numbers.Difference: "difference", numbers.PerBoat: "per boat", numbers.OneIn: "one in", numbers.PerDay: "per day", numbers.PerWeek: "per week", numbers.PerMonth: "per month", numbers.PerYear: "per year"}

// stated writes the numbers of a text like bounds, each with its kind.
func stated(text string) string {
	s := words.Parse(text)
	var list []string
	for i, one := range strings.Split(bounds(s, 5), "; ") {
		if one != "" {
			list = append(list, one+" "+kinds[s.Numbers[i].Kind])
		}
	}
	return strings.Join(list, "; ")
}

// check compares what a function makes of texts with what it should.
func check[K ~string, V comparable](t *testing.T, f func(K) V, cases map[K]V) {
	t.Helper()
	for text, want := range cases {
		if got := f(text); got != want {
			t.Errorf("%q:\ngot  %v\nwant %v", text, got, want)
		}
	}
}

// One in so many is a quotient. Several in so many are a share, within five points.
func TestSoManyInSoMany(t *testing.T) {
	check(t, stated, map[string]string{
		"one in 62 died":                       "one in 62 [61.5 62.5] one in",
		"1 in 62 died":                         "1 in 62 [61.5 62.5] one in",
		"one out of every 62":                  "one out of every 62 [61.5 62.5] one in",
		"one death for every 62 arrivals":      "one death for every 62 [61.5 62.5] one in",
		"one in 2":                             "one in 2 [1.5 2.5] one in",
		"one in 99":                            "one in 99 [98.5 99.5] one in",
		"one in 100":                           "one in 100 [95 105] one in",
		"one in 101":                           "one in 101 [96 106] one in",
		"one in 1,200":                         "one in 1,200 [1150 1250] one in",
		"one in twenty-five":                   "one in twenty-five [24.5 25.5] one in",
		"One in twenty five":                   "One in twenty five [24.5 25.5] one in",
		"one in nineteen":                      "one in nineteen [18.5 19.5] one in",
		"two in five arrivals":                 "two in five [35 45]% share",
		"2 in 5 arrivals":                      "2 in 5 [35 45]% share",
		"nine out of ten arrivals":             "nine out of ten [85 95]% share",
		"more than two in five arrivals":       "more than two in five [40 48]% share",
		"fewer than two in five arrivals":      "fewer than two in five [34 40]% share",
		"two in two":                           "",
		"five in two":                          "",
		"0 in 5 boats":                         "0 [0 0] count; 5 [5 5] count",
		"one in 62 died, and one in 50 in May": "one in 62 [61.5 62.5] one in; one in 50 [49.5 50.5] one in",
	})
}

// A fraction is a part of a total if "of" follows, and a change if the words around say so.
func TestFractions(t *testing.T) {
	check(t, stated, map[string]string{
		"a third of arrivals":                         "a third [30.833 35.833]% share",
		"A Third Of arrivals":                         "A Third [30.833 35.833]% share",
		"a quarter of arrivals":                       "a quarter [22.5 27.5]% share",
		"a fifth of arrivals":                         "a fifth [17.5 22.5]% share",
		"a sixth of arrivals":                         "a sixth [14.583 18.75]% share",
		"an eighth of arrivals":                       "an eighth [10.938 14.062]% share",
		"one tenth of arrivals":                       "one tenth [8.75 11.25]% share",
		"two thirds of arrivals":                      "two thirds [64.167 69.167]% share",
		"three-quarters of arrivals":                  "three-quarters [72.5 77.5]% share",
		"four fifths of arrivals":                     "four fifths [77.5 82.5]% share",
		"a quarter (25 %) of arrivals":                "a quarter [22.5 27.5]% share; 25 % [24.5 25.5]% share",
		"over a third of arrivals":                    "over a third [33.333 40]% share",
		"nearly a third of arrivals":                  "nearly a third [28.333 33.333]% share",
		"half of arrivals":                            "half of [47 53]% share",
		"Half Of arrivals":                            "Half Of [47 53]% share",
		"more than half of arrivals":                  "more than half of [50 60]% share",
		"under half of arrivals":                      "under half of [42.5 50]% share",
		"a third":                                     "",
		"a third of the fewer arrivals":               "a third [30.833 35.833]% share",
		"the third of May":                            "",
		"half a day":                                  "",
		"arrivals fell by a third":                    "by a third [30.833 35.833]% -1 change",
		"arrivals rose By a third":                    "By a third [30.833 35.833]% +1 change",
		"by a third":                                  "by a third [30.833 35.833]% change",
		"arrivals are a third lower":                  "a third [30.833 35.833]% -1 change",
		"a quarter more of them":                      "a quarter [22.5 27.5]% +1 change",
		"arrivals are down almost a third":            "almost a third [28.333 33.333]% -1 change",
		"arrivals were cut a third":                   "a third [30.833 35.833]% -1 change",
		"arrivals are up half":                        "half [47 53]% +1 change",
		"arrivals fell by half":                       "by half [47 53]% -1 change",
		"up about" + strings.Repeat(" ", 33) + "half": "",
		"up" + strings.Repeat(" ", 38) + "half":       "half [47 53]% +1 change",
		"up" + strings.Repeat(" ", 39) + "half":       "",
	})
}

// A multiple is the change that it makes of what was before.
func TestMultiples(t *testing.T) {
	const none = ""
	check(t, stated, map[string]string{
		"arrivals doubled":              "doubled [90 110]% +1 change",
		"arrivals have Doubled":         "have Doubled [90 110]% +1 change",
		"twice as many arrivals":        "twice [90 110]% +1 change",
		"more than doubled":             "more than doubled [100 200]% +1 change",
		"nearly doubled":                "nearly doubled [80 100]% +1 change",
		"arrivals trebled":              "trebled [190 210]% +1 change",
		"arrivals tripled":              "tripled [190 210]% +1 change",
		"arrivals quadrupled":           "quadrupled [290 310]% +1 change",
		"arrivals halved":               "halved [47.5 52.5]% -1 change",
		"more than halved":              "more than halved [50 60]% -1 change",
		"almost halved":                 "almost halved [42.5 50]% -1 change",
		"a twofold rise":                "twofold [90 110]% +1 change",
		"a five-fold rise":              "five-fold [350 450]% +1 change",
		"a 3-fold rise":                 "3-fold [150 250]% +1 change",
		"2 times higher":                "2 times higher [90 110]% +1 change",
		"three times as many":           "three times as many [150 250]% +1 change",
		"10 times the number":           "10 times the [850 950]% +1 change",
		"more than three times as many": "more than three times as many [200 300]% +1 change",
		"one times more":                none,
		"1 times more":                  "1 [1 1] count",
	})
}

// A number in letters counts if what it counts follows it.
func TestNumbersInLetters(t *testing.T) {
	check(t, stated, map[string]string{
		"three boats":               "three [3 3] count",
		"two people":                "two [2 2] count",
		"one boat":                  "",
		"one person":                "",
		"one hundred people":        "one hundred [50 150] count",
		"five women died":           "five [5 5] count",
		"twelve overcrowded boats":  "twelve [12 12] count",
		"a dozen boats":             "a dozen [12 12] count",
		"twenty-one people":         "twenty-one [21 21] count",
		"forty five people":         "forty five [45 45] count",
		"seven":                     "",
		"seven of us":               "",
		"three hundred":             "three hundred [250 350] count",
		"two thousand":              "two thousand [1500 2500] count",
		"ten million":               "ten million [9.5e+06 1.05e+07] count",
		"two million":               "two million [1.5e+06 2.5e+06] count",
		"more than three thousand":  "more than three thousand [3001 3999] count",
		"fewer than three boats":    "fewer than three [3 3] count",
		"more than three people":    "more than three [3 4] count",
		"Sixteen People":            "Sixteen [16 16] count",
		"two boats and three boats": "two [2 2] count; three [3 3] count",
	})
}

// The words next to a number say what it states.
func TestWhatANumberStates(t *testing.T) {
	check(t, stated, map[string]string{
		"50 people":                                   "50 [50 50] count",
		"50 people per boat":                          "50 [50 50] per boat",
		"50 per vessel":                               "50 [50 50] per boat",
		"50 to each small boat":                       "50 [50 50] per boat",
		"50 people a day":                             "50 [50 50] per day",
		"50 arriving each day":                        "50 [50 50] per day",
		"500 more people than in 2024":                "500 [500 500] +1 difference",
		"500 fewer than in 2024":                      "500 [500 500] -1 difference",
		"500 more people":                             "500 [500 500] count",
		"28% of arrivals":                             "28% [27.5 28.5]% share",
		"28% were Albanian":                           "28% [27.5 28.5]% share",
		"they made up 28%":                            "28% [27.5 28.5]% share",
		"they accounted for nearly 28%":               "nearly 28% [27 28]% share",
		"Albanians (28%)":                             "28% [27.5 28.5]% share",
		"arrivals made up ground (down 28%)":          "28% [27.5 28.5]% -1 change",
		"arrivals fell; Albanians made up 28%":        "28% [27.5 28.5]% share",
		"Albanians make up about 28%":                 "about 28% [27.5 28.5]% share",
		"Albanians, making up 28%":                    "28% [27.5 28.5]% share",
		"they made up 28% more":                       "28% [27.5 28.5]% +1 change",
		"arrivals (28% up)":                           "28% [27.5 28.5]% +1 change",
		"up 28%":                                      "28% [27.5 28.5]% +1 change",
		"28% change":                                  "28% [27.5 28.5]% change",
		"50 of the people":                            "50 [50 50] count",
		"they made up last year 28%":                  "28% [27.5 28.5]% share",
		"2018.5 came":                                 "2018.5 [2018.5 2018.5] count",
		"2000 million came":                           "2000 million [1.95e+09 2.05e+09] count",
		"2000% came":                                  "2000% [1999.5 2000.5]% change",
		"500 more" + strings.Repeat(" ", 31) + "than": "500 [500 500] +1 difference",
		"500 more" + strings.Repeat(" ", 32) + "than": "500 [500 500] count",
		"they made up 50":                             "50 [50 50] count",
		"Albanians (50)":                              "50 [50 50] count",
		"50 people crossed in a boat":                 "50 [50 50] count",
	})
}
