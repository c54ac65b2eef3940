package numbers_test

import (
	"testing"

	"crossings/pipeline/compare/claim/words"
)

// An average is by day, week, month or year, if the words next to the number say so. A time that has passed is none.
func TestAnAverageByTime(t *testing.T) {
	check(t, stated, map[string]string{
		"50 people a week":                                                "50 [50 50] per week",
		"3,456 people a month":                                            "3,456 [3456 3456] per month",
		"an average of 3,456 a month":                                     "3,456 [3456 3456] per month",
		"3,456 people arriving by small boat each month":                  "3,456 [3456 3456] per month",
		"about 3,500 people arrived by small boat each month":             "about 3,500 [3450 3550] per month",
		"36,000 arrivals per year":                                        "36,000 [35500 36500] per year",
		"101 people per day":                                              "101 [101 101] per day",
		"101 people on average every day":                                 "101 [101 101] per day",
		"13 boats a week":                                                 "13 [13 13] per week",
		"The monthly average for 2024 was 3,068":                          "3,068 [3068 3068] per month",
		"a daily average of nearly 114 people":                            "nearly 114 [114 114] per day",
		"Each day, on average 101 people crossed":                         "101 [101 101] per day",
		"Every month about 3,500 people came":                             "about 3,500 [3450 3550] per month",
		"The monthly average for 2024 was 3,068, against 2,453":           "3,068 [3068 3068] per month; 2,453 [2453 2453] count",
		"On average, 8,730 people claimed asylum each month":              "8,730 [8725 8735] per month",
		"8,730 people were granted leave every month":                     "8,730 [8725 8735] per month",
		"500 people claimed asylum in May, each month more":               "500 [500 500] count",
		"On average seven people a month died":                            "seven [7 7] per month",
		"three boats a day":                                               "three [3 3] per day",
		"500 people crossed in a month":                                   "500 [500 500] count",
		"500 people crossed over a week":                                  "500 [500 500] count",
		"500 people crossed within a day":                                 "500 [500 500] count",
		"500 arrivals a month earlier":                                    "500 [500 500] count",
		"500 arrivals a week before":                                      "500 [500 500] count",
		"500 arrivals a week ago":                                         "500 [500 500] count",
		"500 arrivals a month later":                                      "500 [500 500] count",
		"500 people arrived by boat a month after":                        "500 [500 500] count",
		"The average of each month is known. We counted 500":              "500 [500 500] count",
		"The monthly average for 2024 was not known to us when 500 came ": "500 [500 500] count",
	})
}

// A difference has the direction of its words, with what it is compared with or without.
func TestADifferenceHasADirection(t *testing.T) {
	check(t, stated, map[string]string{
		"500 more people than in 2024":              "500 [500 500] +1 difference",
		"500 fewer than in 2024":                    "500 [500 500] -1 difference",
		"500 people fewer":                          "500 [500 500] -1 difference",
		"500 fewer people crossed":                  "500 [500 500] -1 difference",
		"Claims were 500 lower in May":              "500 [500 500] -1 difference",
		"Claims were 500 higher in May":             "500 [500 500] +1 difference",
		"an increase of 500":                        "500 [500 500] +1 difference",
		"a fall of 500 people":                      "500 [500 500] -1 difference",
		"arrivals rose by 500 to 1,234":             "500 [500 500] +1 difference; 1,234 [1234 1234] count",
		"arrivals fell by more than 5,000 to 1,234": "more than 5,000 [5001 5499] -1 difference; 1,234 [1234 1234] count",
		"arrivals fell by more than 5%":             "more than 5% [5 6]% -1 change",
		"arrivals rose by less than 5%":             "less than 5% [4 5]% +1 change",
		"arrivals were 500 up on May":               "500 [500 500] +1 difference",
		"arrivals were 500 down from May":           "500 [500 500] -1 difference",
		"The total is 500 below the figure of May":  "500 [500 500] -1 difference",
		"The total is 500 above that of May":        "500 [500 500] +1 difference",
		"It was 500 short of the record":            "500 [500 500] -1 difference",
		"more than 5,000 fewer people crossed":      "more than 5,000 [5001 5499] -1 difference",
		"500 or less":                               "500 [500 500] count",
		"up to 500 people":                          "up to 500 [450 500] count",
		"500 down":                                  "500 [500 500] count",
		"9% below the record":                       "9% [8.5 9.5]% -1 change",
		"9% above the level of May":                 "9% [8.5 9.5]% +1 change",
		"It is below 9%":                            "below 9% [8 9]% change",
	})
}

// "More" may add to a difference or to a count: the window decides.
func TestMoreMayBeACount(t *testing.T) {
	check(t, func(text string) bool { return words.Parse(text).Numbers[0].More }, map[string]bool{
		"500 more people crossed":         true,
		"500 more crossed":                true,
		"500 people more":                 true,
		"an extra 500 people crossed":     true,
		"an additional 500 people":        true,
		"500 more people than in 2024":    false,
		"500 or more":                     false,
		"500 crossed, more than expected": false,
		"500 fewer people":                false,
		"another 500 people crossed":      false,
	})
}
