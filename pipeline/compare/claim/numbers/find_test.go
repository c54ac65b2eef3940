package numbers_test

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/numbers"
)

// placed writes the numbers of a text in the order in which they are returned: the text between their ends, and the value.
func placed(text string) string {
	var list []string
	for _, n := range numbers.NewText(text).Find() {
		one := fmt.Sprintf("%s = %g", text[n.At:n.End], n.Value)
		if n.Money {
			one += " money"
		}
		list = append(list, one)
	}
	return strings.Join(list, "; ")
}

// A number knows where it is, without the words before it that bound it if it is in digits. Numbers in letters and in digits are in
// the order of the text.
func TestWhereANumberIs(t *testing.T) {
	check(t, placed, map[string]string{
		"over 500 people, about a third of 1,500": "500 = 500; about a third = 33.333333333333336; 1,500 = 1500",
		"12 boats, one in 62 of 300 people":       "12 = 12; one in 62 = 62; 300 = 300",
		"44 people in one boat":                   "44 = 44; one = 1",
		"44 of them - 22% more than in two boats": "44 = 44; 22% = 22; two = 2",
		"arrivals doubled, up -5 %":               "doubled = 100; -5 % = 5",
	})
}

// A number with a sign of a currency before it is money, and no other is.
func TestMoney(t *testing.T) {
	check(t, placed, map[string]string{
		"£5m for 7 boats":     "£5m = 5e+06 money; 7 = 7",
		"-€ 1,250.5 each":     "-€ 1,250.5 = 1250.5 money",
		"$3k, +5 and 6% more": "$3k = 3000 money; +5 = 5; 6% = 6",
	})
}
