package stat

import (
	"fmt"
	"strconv"
)

// Count is a number of persons, boats or events, or its absence. The zero
// value is missing: a missing count is never 0, and 0 is never missing.
type Count struct {
	n     int64
	known bool
}

// Known returns the count n.
func Known(n int64) Count { return Count{n, true} }

// Get returns the number and whether there is one.
func (c Count) Get() (n int64, known bool) { return c.n, c.known }

// IsKnown reports whether there is a number.
func (c Count) IsKnown() bool { return c.known }

// Add returns the sum, which is missing where either part is.
func (c Count) Add(d Count) Count {
	if !c.known || !d.known {
		return Count{}
	}
	return Known(c.n + d.n)
}

// Sub returns the difference, which is missing where either part is.
func (c Count) Sub(d Count) Count {
	if !c.known || !d.known {
		return Count{}
	}
	return Known(c.n - d.n)
}

// String returns the plain decimal digits, or "" for a missing count.
func (c Count) String() string {
	if !c.known {
		return ""
	}
	return strconv.FormatInt(c.n, 10)
}

// ParseCount reads plain decimal digits without sign, separator or fraction;
// "" is a missing count.
func ParseCount(s string) (Count, error) {
	if s == "" {
		return Count{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || s[0] == '+' {
		return Count{}, fmt.Errorf("%q is not a count", s)
	}
	return Known(n), nil
}
