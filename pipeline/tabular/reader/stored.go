package reader

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"crossings/pipeline/read/decode"
)

// formed reads a number that its cell shows in another form. What people see of it must be what the
// layout says that it counts.
func (l numbers) formed(c decode.Cell, unit string) (int64, error) {
	fail := func(why string) (int64, error) {
		return 0, fmt.Errorf("%s, which is shown as %s, is %w: %s", decode.Quote(c.Value), c.Form, decode.ErrCount, why)
	}
	switch {
	case (c.Form == decode.Percent || c.Form == decode.PercentSign) && !perCent[unit]:
		return fail("a percentage counts nothing; leave its column or row out, or say that the unit is per-cent")
	case c.Form == decode.Percent:
		return l.stored(c.Value, 100)
	case c.Form == decode.Money && !moneyUnits[unit]:
		return fail("if the values are money, say so with the unit, such as gbp or eur")
	case c.Form == decode.Scaled && l.Times != 1:
		return fail("the cell stores the whole number, and times would multiply it once more")
	case c.Form == decode.Magnified || c.Form == decode.Unshown:
		return fail("look at the cell; the number stored in it is not what people see")
	}
	return l.stored(c.Value, 1)
}

// perCent and moneyUnits are the units of values that cells show as percentages and as money.
var (
	perCent    = map[string]bool{"per-cent": true, "percent": true, "percentage": true}
	moneyUnits = map[string]bool{"gbp": true, "eur": true, "usd": true, "pounds": true, "euros": true, "dollars": true}
)

// perCentText returns a value without the sign that its unit says already.
func perCentText(text, unit string) string {
	if rest, is := strings.CutSuffix(text, "%"); is && perCent[unit] {
		return strings.TrimSpace(rest)
	}
	return text
}

// decimal matches a number as programs write it.
var decimal = regexp.MustCompile(`^-?(\d{1,18})(?:\.\d{1,40})?(?:[eE][-+]?\d{1,3})?$`)

// plain reads a number with a decimal point and nothing else, and multiplies it as the layout says.
// What is left must be a whole number.
func (l numbers) plain(text string) (int64, error) { return l.stored(text, 1) }

// stored is plain for a number that is multiplied by times too.
func (l numbers) stored(text string, times int64) (int64, error) {
	fail := func(why string) (int64, error) {
		return 0, fmt.Errorf("%s is %w%s", decode.Quote(text), decode.ErrCount, why)
	}
	m := decimal.FindStringSubmatch(text)
	if m == nil {
		return fail("")
	}
	x, err := strconv.ParseFloat(text, 64)
	x *= float64(l.Times * times)
	n := int64(math.Round(x))
	switch {
	case err != nil || math.Abs(x) > decode.MaxCount:
		return fail(fmt.Sprintf(": more than %d", decode.MaxCount))
	case !isWhole(x):
		return fail(": it has a fraction")
	case n < 0 && !l.Negative:
		return fail(": below zero; if the publisher corrects so, set negative")
	}
	return n, nil
}

// isWhole reports whether a stored number is whole, except for what the sums of spreadsheet programs
// leave behind: 12.0000000001. What only its rounding makes zero is not.
func isWhole(x float64) bool {
	most := 1e-6
	if math.Round(x) == 0 {
		most = 1e-9
	}
	return math.Abs(x-math.Round(x)) <= most
}
