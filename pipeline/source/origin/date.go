package origin

import (
	"regexp"
	"time"

	"crossings/pipeline/stat"
)

var (
	isoInName  = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:-?([01]\d)-?([0-3]\d)|[_. ]([01]\d)[_. ]([0-3]\d))(?:\D|$)`)
	longInName = regexp.MustCompile(`(?i)(?:^|\D)([0-3]?\d)[ _-](January|February|March|April|May|June|July|August|September|October|November|December)[ _-](20\d\d)(?:\D|$)`)
)

// DateInName returns the day in a file's name, written 20_February_2026, 2026-02-20, 2026_02_20,
// 2026.02.20 or 20260220. It returns the zero date if there is none or the day does not exist.
func DateInName(name string) stat.Date {
	if m := longInName.FindStringSubmatch(name); m != nil {
		t, err := time.Parse("2 January 2006", m[1]+" "+m[2]+" "+m[3])
		if err != nil {
			return 0
		}
		return stat.DateOf(t)
	}
	if m := isoInName.FindStringSubmatch(name); m != nil {
		d, err := stat.ParseDate(m[1] + "-" + m[2] + m[4] + "-" + m[3] + m[5])
		if err != nil {
			return 0
		}
		return d
	}
	return 0
}
