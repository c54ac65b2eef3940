package words

import (
	"fmt"
	"testing"
)

// wholes writes of each number whether it is a whole, what it counts and when.
func wholes(text string) string {
	r := read(text)
	out := ""
	for i, n := range r.Numbers {
		name := "anything"
		if s := r.numbers[i].series.subject; s != nil {
			name = s.name
		}
		out += fmt.Sprintf("%s%s: %s%s %s | ", n.Text, mark(n.whole, " whole"), name, mark(r.numbers[i].series.whoName != "", " "+r.numbers[i].series.whoName), meantBy(r, i))
	}
	return out
}

// A whole counts what its own words say, in the window that they name, else in one around that of the part.
func TestAPartAndItsWhole(t *testing.T) {
	const june, around, boats = "2025-06-01..2025-06-20~", "2025-06-01..2025-06-20", "arrivals in small boats"
	const last, sofar = "2024-01-01..2024-12-31; 2024-01-01..2024-12-31~ newest year-to-date", "2025-01-01..2025-06-20~"
	check(t, wholes, map[string]string{
		"264 of the 1,087 returns to France took place in June":                      "264: returns to France " + june + " | 1,087 whole: returns to France " + around + " | ",
		"264 out of 1,087 returns to France were in June":                            "264: returns to France " + june + " | 1,087 whole: returns to France " + around + " | ",
		"Of the 1,087 people returned to France, 264 were sent back in June":         "1,087 whole: returns to France " + around + " | 264: returns " + june + " | ",
		"Of the 11,638 people who have crossed so far this year, 264 came in June":   "11,638 whole: " + boats + " " + sofar + " | 264: " + boats + " " + june + " | ",
		"5,369 of the 29,437 arrivals of 2024 came in August":                        "5,369: " + boats + " 2024-08-01..2024-08-31 | 29,437 whole: " + boats + " " + last + " | ",
		"12,658 of the 45,774 people who came in small boats in 2024 were Albanian":  "12,658: " + boats + " Albania " + last + " | 45,774 whole: " + boats + " " + last + " | ",
		"A fifth of the 45,774 people who came by small boat in 2024 were Afghan":    "A fifth: " + boats + " Afghan " + last + " | 45,774 whole: " + boats + " " + last + " | ",
		"264 of the 1,087 Albanians who came by small boat in 2024 were women":       "264: " + boats + " Albania women " + last + " | 1,087 whole: " + boats + " Albania " + last + " | ",
		"41,194 of the 45,574 people who came in small boats in 2024 claimed asylum": "41,194: asylum claims of those who came in small boats " + last + " | 45,574 whole: " + boats + " " + last + " | ",
		"We returned 1,087 people to France, 264 of them in June":                    "1,087 whole: returns to France " + around + " | 264: returns to France " + june + " | ",
		"1,087 people were returned to France, of whom 264 were women":               "1,087: returns to France  | 264: returns to France women  | ",
		"264 crossed in June. Of 1,087 boats we know nothing":                        "264: " + boats + " " + june + " | 1,087: boats " + june + " | ",
		"500 people in boats of 300 kilos crossed in June":                           "500: " + boats + " " + june + " | 300: " + boats + " " + june + " | ",
	})
}

// "From 500 to 400" ends with the window of the sentence.
func TestFromOneNumberToAnother(t *testing.T) {
	check(t, each, map[string]string{
		"Albanians fell from 500 arrivals in 2022 to 400 in the first half of 2023":          in2022 + " | 2023-01-01..2023-06-30",
		"At the end of March the backlog was down by 5% on the year before, from 500 to 400": "to 2025-03-31 | to 2024-03-31; to 2023-03-31; to 2022-03-31; to 2021-03-31; to 2020-03-31 | to 2025-03-31",
	})
}
