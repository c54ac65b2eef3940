package reader

import (
	"strings"
	"testing"
)

// TestHiddenTotals reads tables in which one label is the sum of the others, under a plain word.
func TestHiddenTotals(t *testing.T) {
	layout := func(extra string) string {
		return `{` + base + `"period": {"is": "quarter", "column": "Quarter"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], ` + extra + `}`
	}
	group, rows := `"dimensions": [{"name": "category", "column": "Group"}]`, "Quarter,Group,N\n"
	const waits = "label-may-be-total error"
	for _, c := range []struct{ name, layout, text, want string }{
		{"one quarter", layout(group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n", waits},
		{"small figures twice", layout(group), rows + "2018 Q1,Adults,2\n2018 Q1,Children,1\n2018 Q1,Persons,3\n2018 Q2,Adults,1\n2018 Q2,Children,1\n2018 Q2,Persons,2\n", waits},
		{"quarters without anyone", layout(group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n2018 Q2,Adults,0\n2018 Q2,Children,0\n2018 Q2,Persons,0\n2018 Q3,Adults,4\n2018 Q3,Persons,4\n", waits},
		{"a part is missing", layout(group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n2018 Q2,Adults,5\n2018 Q2,Children,:\n2018 Q2,Persons,9\n", waits},
		{"within another dimension", layout(`"dimensions": [{"name": "category", "column": "Group"}, {"name": "sex", "column": "Sex", "codes": {"Men": "M", "Women": "F"}}]`),
			"Quarter,Group,Sex,N\n2018 Q1,Adults,Men,50\n2018 Q1,Children,Men,7\n2018 Q1,Persons,Men,57\n2018 Q1,Adults,Women,5\n2018 Q1,Children,Women,8\n2018 Q1,Persons,Women,13\n", waits},
		{"rows added up", layout(`"sum_over": ["Group"]`), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n", waits},
		{"of two columns added up", layout(`"sum_over": ["Where", "Group"]`), "Quarter,Where,Group,N\n2018 Q1,A,Adults,50\n2018 Q1,A,Children,7\n2018 Q1,A,Persons,57\n2018 Q1,B,Adults,3\n2018 Q1,B,Children,3\n2018 Q1,B,Persons,6\n", waits},
		{"rounded", layout(`"rounded": 5, ` + group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,10\n2018 Q1,Persons,55\n2018 Q2,Adults,500\n2018 Q2,Children,100\n2018 Q2,Persons,605\n", waits},
		{"small figures once", layout(group), rows + "2018 Q1,Adults,2\n2018 Q1,Children,1\n2018 Q1,Others,3\n", ""},
		{"by chance in one of two", layout(group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Others,57\n2018 Q2,Adults,5\n2018 Q2,Children,5\n2018 Q2,Others,11\n", ""},
		{"two labels", layout(group), rows + "2018 Q1,Adults,50\n2018 Q1,Children,50\n", ""},
		{"declared", layout(`"dimensions": [{"name": "category", "column": "Group", "total": ["Persons"]}]`), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n", ""},
		{"apart", layout(`"dimensions": [{"name": "category", "column": "Group", "apart": ["Persons"]}]`), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n", ""},
		{"never added up", layout(group + `, "series": ["category"]`), rows + "2018 Q1,Adults,50\n2018 Q1,Children,7\n2018 Q1,Persons,57\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings, err := read(c.layout, c.text)
			if got := strings.Join(codesOf(findings), "|"); err != nil || got != c.want {
				t.Errorf("got %v, %v", findings, err)
			}
		})
	}
}
