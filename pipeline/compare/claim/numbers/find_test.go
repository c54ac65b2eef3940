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

// The words of an average count up to 80 bytes after a number, and those of a fraction up to 40.
func TestHowFarWordsCount(t *testing.T) {
	gap := func(n int) string { return strings.Repeat(" ", n) }
	check(t, stated, map[string]string{
		"500" + gap(67) + "people a week": "500 [500 500] per week",
		"500" + gap(68) + "people a week": "500 [500 500] count",
		"by a third" + gap(36) + "more":   "by a third [30.833 35.833]% +1 change",
		"by a third" + gap(37) + "more":   "by a third [30.833 35.833]% change",
	})
}

// What is made up of people has not gone up by so many.
func TestAGroupMadeUpOfPeople(t *testing.T) {
	check(t, stated, map[string]string{
		"a group made up of 500 people": "500 [500 500] count",
		"arrivals are up by 500":        "500 [500 500] +1 difference",
		"arrivals are down by 500":      "500 [500 500] -1 difference",
		"a rise of 500":                 "500 [500 500] +1 difference",
	})
}

// Only an average by time has a stretch of time.
func TestTheSpanOfAnAverage(t *testing.T) {
	for kind, want := range map[numbers.Kind]string{numbers.Count: "", numbers.OneIn: "", numbers.PerDay: "day", numbers.PerWeek: "week", numbers.PerMonth: "month", numbers.PerYear: "year"} {
		if got := kind.Span(); got != want {
			t.Errorf("%s: %q, want %q", kinds[kind], got, want)
		}
	}
}
