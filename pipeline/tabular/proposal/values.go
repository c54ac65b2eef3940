package proposal

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/tabular"
)

// plainWords are words of headers that do not tell one column of values from another.
var plainWords = strings.Fields("arrivals persons people migrants number count boats vessels events value values n of encounters")

// giveCodes proposes the codes that all values of a column share, from the words of its header. They
// tell the column from those before it.
func giveCodes(v *tabular.Value, before []tabular.Value) {
	list := codes.For("area", codes.Anyone)
	v.Where = map[string]string{}
	var rest []string
	for _, w := range strings.FieldsFunc(decode.Words(v.Column), func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
		code, err := list.Code(w)
		switch {
		case err == nil && v.Where["destination"] == "":
			v.Where["destination"] = code
		case slices.Contains(plainWords, w) || codes.MayBeTotal(w):
		default:
			rest = append(rest, w)
		}
	}
	taken := func() bool {
		return slices.ContainsFunc(before, func(o tabular.Value) bool {
			return o.Measure == v.Measure && fmt.Sprint(o.Where) == fmt.Sprint(v.Where)
		})
	}
	if len(rest) > 0 {
		v.Where["category"] = codes.Slug(strings.Join(rest, " "))
	}
	if taken() {
		v.Where["category"] = codes.Slug(v.Column)
	}
	if len(v.Where) == 0 {
		v.Where = nil
	}
}
