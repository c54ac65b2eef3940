package reader

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

const categories = `{` + base + `"period": {"is": "quarter", "column": "Quarter"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "category", "column": "Group"}]`

// quarters returns a long table of labels and functions of their figures, which may use earlier
// ones.
func quartersOf(n int, seed uint64, labels string, rows ...func(r *rand.Rand, v []int) int) string {
	random := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("Quarter,Group,N\n")
	for q := range n {
		var v []int
		for i, row := range rows {
			v = append(v, row(random, v))
			fmt.Fprintf(&b, "%d Q%d,%s,%d\n", 2000+q/4, q%4+1, strings.Split(labels, ",")[i], v[i])
		}
	}
	return b.String()
}

// TestSubtotals reads tables in which a label is the sum of some others, and tables in which none is.
func TestSubtotals(t *testing.T) {
	upTo := func(most int) func(*rand.Rand, []int) int {
		return func(r *rand.Rand, _ []int) int { return r.IntN(most) }
	}
	sum := func(of ...int) func(*rand.Rand, []int) int {
		return func(_ *rand.Rand, v []int) (s int) {
			for _, i := range of {
				s += v[i]
			}
			return s
		}
	}
	const waits = "label-may-be-total error"
	for _, c := range []struct{ name, extra, text, want string }{
		{"neighbours above", "", quartersOf(8, 1, "Men,Women,Grown,Girls", upTo(900), upTo(900), sum(0, 1), upTo(900)), waits},
		{"neighbours with one between", "", quartersOf(8, 2, "Boys,Men,Women,Girls,Grown", upTo(900), upTo(900), upTo(900), upTo(900), sum(1, 2)), waits},
		{"apart from each other", "", quartersOf(12, 3, "Albania,Benin,Chad,Egypt,North", upTo(900), upTo(900), upTo(900), upTo(900), sum(0, 3)), waits},
		{"two subtotals", "", quartersOf(12, 4, "Men,Women,Grown,Boys,Girls,Young", upTo(90), upTo(90), sum(0, 1), upTo(90), upTo(90), sum(3, 4)), waits + "|" + waits},
		{"small figures, many quarters", "", quartersOf(40, 5, "A,B,C,D,E", upTo(4), upTo(4), upTo(4), sum(0, 2), upTo(4)), waits},
		{"rounded", `, "rounded": 5`, quartersOf(12, 6, "A,B,C,D", func(r *rand.Rand, _ []int) int { return 5 * r.IntN(400) }, func(r *rand.Rand, _ []int) int { return 5 * r.IntN(400) },
			func(r *rand.Rand, v []int) int { return v[0] + v[1] + 5*r.IntN(2) }, upTo(2000)), waits},
		{"none", "", quartersOf(8, 7, "A,B,C,D,E", upTo(900), upTo(900), upTo(900), upTo(900), upTo(900)), ""},
		{"none, small", "", quartersOf(4, 8, "A,B,C,D,E,F,G,H", upTo(3), upTo(3), upTo(3), upTo(3), upTo(3), upTo(3), upTo(3), upTo(3)), ""},
		{"once", "", "Quarter,Group,N\n2018 Q1,A,50\n2018 Q1,B,7\n2018 Q1,C,57\n2018 Q1,D,9\n", ""},
		{"all but one quarter", "", quartersOf(8, 9, "A,B,C,D", upTo(900), upTo(900), func(r *rand.Rand, v []int) int { return v[0] + v[1] + r.IntN(2) }, upTo(900)), ""},
		{"everyone, with people of no group", "", "Quarter,Group,N\n2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n2018 Q2,Adults,5\n2018 Q2,Children,5\n2018 Q2,Persons,11\n", waits},
		{"a group, near the sum", "", "Quarter,Group,N\n2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Others,57\n2018 Q2,Adults,5\n2018 Q2,Children,5\n2018 Q2,Others,11\n", ""},
	} {
		_, findings, err := read(categories+c.extra+"}", c.text)
		if got := strings.Join(codesOf(findings), "|"); err != nil || got != c.want {
			t.Errorf("%s: got %v, %v", c.name, findings, err)
		}
	}
}

// TestSubtotalsByChance reads random tables: none has a subtotal.
func TestSubtotalsByChance(t *testing.T) {
	for seed := range uint64(60) {
		var rows []func(*rand.Rand, []int) int
		labels := make([]string, 3+int(seed)%20)
		for i := range labels {
			most := 2 + int(seed*7+uint64(i)*31)%300
			labels[i] = fmt.Sprintf("L%d", i)
			rows = append(rows, func(r *rand.Rand, _ []int) int { return r.IntN(most) })
		}
		_, findings, err := read(categories+"}", quartersOf(1+int(seed)%30, seed, strings.Join(labels, ","), rows...))
		if list := codesOf(findings); err != nil || len(list) > 0 {
			t.Errorf("%d: %v, %v", seed, findings, err)
		}
	}
}

// TestSubtotalsTime searches a large table in which nothing adds up.
func TestSubtotalsTime(t *testing.T) {
	var rows []func(*rand.Rand, []int) int
	labels := make([]string, 250)
	for i := range labels {
		labels[i] = fmt.Sprintf("L%d", i)
		rows = append(rows, func(r *rand.Rand, _ []int) int { return r.IntN(1 + i*i%400) })
	}
	text := quartersOf(60, 1, strings.Join(labels, ","), rows...)
	start := time.Now()
	if _, findings, err := read(categories+"}", text); err != nil || len(codesOf(findings)) > 0 {
		t.Errorf("%v, %v", findings, err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
