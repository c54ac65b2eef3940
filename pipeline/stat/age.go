package stat

import (
	"regexp"
	"strconv"
)

var ageForm = regexp.MustCompile(`^Y(?:(\d+)T(\d+)|_LT(\d+)|_GE(\d+)|(\d+))$`)

// Ages returns the first and the last age that an age code stands for. ok is false for codes such
// as that of unknown ages.
func Ages(code string) (from, to int, ok bool) {
	m := ageForm.FindStringSubmatch(code)
	if m == nil {
		return 0, 0, false
	}
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	switch {
	case m[1] != "":
		return number(1), number(2), true
	case m[3] != "":
		return 0, number(3) - 1, true
	case m[4] != "":
		return number(4), 1 << 30, true
	}
	return number(5), number(5), true
}
