package stat

import (
	"fmt"
	"math"
	"strconv"
)

// MaxCount is the largest number that an observation may state, above zero and below.
// No true count comes near it, and it is small enough that an int64 holds the sum of as
// many observations as fit into memory.
const MaxCount = 1_000_000_000

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

// Add returns the sum, which is missing where either part is, or where no int64
// holds it.
func (c Count) Add(d Count) Count {
	if !c.known || !d.known {
		return Count{}
	}
	n, ok := Sum(c.n, d.n)
	return Count{n, ok}
}

// Sub returns the difference, which is missing where either part is, or where no
// int64 holds it.
func (c Count) Sub(d Count) Count {
	if d.n == math.MinInt64 {
		return Count{}
	}
	return c.Add(Count{-d.n, d.known})
}

// Sum returns the sum of two numbers, and false where no int64 holds it.
func Sum(a, b int64) (int64, bool) {
	n := a + b
	if (n > a) != (b > 0) {
		return 0, false
	}
	return n, true
}

// String returns the plain decimal digits, or "" for a missing count.
func (c Count) String() string {
	if !c.known {
		return ""
	}
	return strconv.FormatInt(c.n, 10)
}

// ParseCount reads plain decimal digits without separator or fraction, with a minus
// sign before a number below zero. "" is a missing count. A number beyond MaxCount is an
// error.
func ParseCount(s string) (Count, error) {
	if s == "" {
		return Count{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case n > MaxCount || n < -MaxCount: // also where no int64 holds it
		return Count{}, fmt.Errorf("%q is not a count: more than %d", s, int64(MaxCount))
	case err != nil, s[0] == '+', s[0] == '-' && n == 0:
		return Count{}, fmt.Errorf("%q is not a count", s)
	}
	return Known(n), nil
}
