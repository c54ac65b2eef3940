package heatmap

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

func TestEveryDayIsInOneClass(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	c := New(index, sitetest.ArrivalsID)
	if len(c.Years) != 2 || c.Years[0].Year != 2026 {
		t.Fatalf("%+v", c)
	}
	for i, days := range []int{365, 365} {
		if n := strings.Count(string(c.Years[i].Picture), "h11v11h-11z"); n != days {
			t.Errorf("%d: %d days are drawn, want %d", c.Years[i].Year, n, days)
		}
	}
	unknown := 0
	for _, part := range strings.Split(string(c.Years[0].Picture), "<path ") {
		if strings.HasPrefix(part, `class="unknown"`) {
			unknown = strings.Count(part, "M")
		}
	}
	if unknown != 365-176 { // the figures reach to 25 June
		t.Errorf("%d days without a figure", unknown)
	}
	if got := New(content.NewIndex(content.Site{}), sitetest.ArrivalsID); len(got.Years) != 0 {
		t.Errorf("drawn from nothing: %+v", got)
	}
}

func TestLevelsHaveTheirBounds(t *testing.T) {
	for n, want := range map[int64]int{0: 0, 1: 1, 99: 1, 100: 2, 249: 2, 250: 3, 499: 3, 500: 4, 9999: 4} {
		if got := levelOf(n); got != want {
			t.Errorf("%d is in class %d, want %d", n, got, want)
		}
	}
}
