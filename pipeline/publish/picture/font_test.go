package picture

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWidth(t *testing.T) {
	// Widths of DejaVu Sans: a digit has 1303 of 2048 units.
	for _, tt := range []struct {
		style, text string
		want        float64
	}{
		{"12px Arial", "0", 12 * 1303.0 / 2048},
		{"20px Arial", "1,000", 20 * (4*1303.0 + 651) / 2048},
		{"bold 10px Arial", "0", 10 * 1425.0 / 2048},
		{"bold 2048px Arial", "b", 1466},
		{"2048px Arial", "b", 1300},
		{"13px Arial", "国", 13}, // the chart library's line height
		{"13px Arial", "", 0},
		{"2048px Arial", "−", 1716},
		{"2048px Arial", "–", 1024},
		{"nonsense", "国", 12},
	} {
		if got := measure(tt.text, tt.style); got != tt.want {
			t.Errorf("%q in %q is %v wide, want %v", tt.text, tt.style, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	// At this size a digit is 10 wide and a space half of that.
	size := 10 * 2048.0 / 1303
	for _, tt := range []struct {
		name, text string
		limit      int
		want       []string
		whole      bool
	}{
		{"empty", "  ", 3, nil, true},
		{"one line", "11 22", 3, []string{"11 22"}, true},
		{"at the space", "1111 2222 3333", 3, []string{"1111 2222", "3333"}, true},
		{"long word", "123456789012345", 3, []string{"1234567890", "12345"}, true},
		{"long word after a short", "11 123456789012345 22", 3, []string{"11", "1234567890", "12345 22"}, true},
		{"cut", "1111 2222 3333 4444 5555", 2, []string{"1111 2222", "3333…"}, false},
		{"cut word", strings.Repeat("1", 40), 2, []string{"1111111111", "11111111…"}, false},
		{"control", "11\n22\t33", 1, []string{"11 22 33"}, true},
	} {
		lines, whole := regular.wrap(tt.text, size, 100, tt.limit)
		if diff := cmp.Diff(tt.want, lines); diff != "" || whole != tt.whole {
			t.Errorf("%s: whole is %v\n%s", tt.name, whole, diff)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("a few words – and −3", 100, 2)
	f.Add("\xff\u2028\u202e 国国国国国国", 13, 3)
	f.Fuzz(func(t *testing.T, text string, width, limit int) {
		if len(text) > 1000 || width < 40 || width > 2000 || limit < 1 || limit > 20 {
			return
		}
		lines, whole := bold.wrap(text, 12, float64(width), limit)
		if len(lines) > limit {
			t.Errorf("%d lines, more than the limit of %d", len(lines), limit)
		}
		for _, line := range lines {
			if w := bold.width(line, 12); w > float64(width) {
				t.Errorf("%q is %v wide, more than the limit of %d", line, w, width)
			}
		}
		if joined := strings.Join(lines, " "); whole && strings.Join(strings.Fields(joined), "") != strings.Join(strings.Fields(text), "") {
			t.Errorf("%q became %q", text, lines)
		}
	})
}
