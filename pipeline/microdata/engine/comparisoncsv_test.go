package engine

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestPutPrefix(t *testing.T) {
	for _, n := range []int{0, 1, prefixRoom - 1, prefixRoom, prefixRoom + 1, 600} {
		want := strings.Repeat("r", n)
		out := []byte(strings.Repeat(".", n+2*prefixRoom))
		at := putPrefix(out, 3, append(make([]byte, 0, prefixRoom), want...))
		if got := string(out[3:at]); got != want || string(out[:3]) != "..." {
			t.Errorf("%d bytes: got %q", n, got)
		}
	}
}

func TestPutInt(t *testing.T) {
	check := func(v int64) {
		var b [32]byte
		if got, want := string(b[:putInt(b[:], 0, v)]), strconv.FormatInt(v, 10); got != want {
			t.Errorf("got %q, want %s", got, want)
		}
	}
	for v := int64(1); v > 0 && v < math.MaxInt64/3; v *= 3 {
		for _, d := range []int64{-1, 0, 1} {
			check(v + d)
			check(-v - d)
		}
	}
	for _, v := range []int64{0, 9, 10, 99, 100, 999, 1000, 9999, 10000, 10001, 10010, 90000, 99999999, 100000000, math.MaxInt64, math.MinInt64} {
		check(v)
		check(-v)
	}
}
