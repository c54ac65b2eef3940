package period

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestWeekdaysAgree reads days with their day of the week. One that contradicts the date is an error,
// whatever the period. It was not looked at before.
func TestWeekdaysAgree(t *testing.T) {
	for _, c := range []struct {
		form Form
		text string
		want string // the period, or "" if the text must be refused
	}{
		{Form{Length: Day}, "Monday, 30 September 2024", "2024-09-30"},
		{Form{Length: Day}, "As at Monday 30 September 2024", "2024-09-30"},
		{Form{Length: Day}, "Friday, 30 September 2024", ""},
		{Form{Length: Day, Order: "dmy"}, "Sun 01/02/2026", "2026-02-01"},
		{Form{Length: Day, Order: "dmy"}, "Fri 01/02/2026", ""},
		{Form{Length: Day, Order: "mdy"}, "Fri 01/02/2026", "2026-01-02"},
		{Form{Length: Month}, "Monday 30 September 2024", "2024-09-01/2024-09-30"},
		{Form{Length: Month}, "Friday 30 September 2024", ""},
		{Form{Length: Quarter}, "Mon 30 September 2024", "2024-07-01/2024-09-30"},
		{Form{Length: Quarter}, "Fri 30 September 2024", ""},
		{Form{Length: Week}, "week ending Sunday 14 June 2026", "2026-06-08/2026-06-14"},
		{Form{Length: Week}, "week ending Saturday 14 June 2026", ""},
		{Form{Length: Week}, "Mon 8 to Sun 14 June 2026", "2026-06-08/2026-06-14"},
		{Form{Length: Week}, "Tue 8 to Sun 14 June 2026", ""},
		{Form{Length: Week}, "Mon 8 to Mon 14 June 2026", ""},
		{Form{Length: YearEnding}, "year ending Monday 30 September 2024", "2023-10-01/2024-09-30"},
		{Form{Length: YearEnding}, "year ending Friday 30 September 2024", ""},
	} {
		p, err := c.form.Read(c.text)
		got := strings.TrimSuffix(p.Start.String()+"/"+p.End.String(), "/"+p.Start.String())
		if err != nil {
			got = ""
		}
		if got != c.want || err != nil && !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("%s %q is %q, want %q: %v", c.form.Length, c.text, got, c.want, err)
		}
	}
}
