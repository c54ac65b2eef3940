package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/stat"
)

func TestPageDate(t *testing.T) {
	meta := func(name, at string) string { return `<meta name="govuk:` + name + `" content="` + at + `">` }
	for _, c := range []struct{ name, page, last, want string }{
		{"as dated", meta("public-updated-at", "2026-07-13T13:15:01+01:00") + meta("updated-at", "2026-07-14T13:15:13+01:00"), "2026-07-12", "2026-07-13 2026-07-13T12:15:01Z"},
		{"London's day", meta("public-updated-at", "2022-07-12T23:30:00.000+00:00"), "2022-07-12", "2022-07-13 2022-07-12T23:30:00Z"},
		{"a day that was not over", meta("public-updated-at", "2026-02-28T09:20:23+00:00") + meta("updated-at", "2026-03-01T12:31:43+00:00"), "2026-02-28", "2026-03-01 2026-03-01T12:31:43Z"},
		{"the same, nothing else", meta("public-updated-at", "2026-02-28T09:20:23+00:00"), "2026-02-28", "2026-02-28 2026-02-28T09:20:23Z"},
		{"before it was published", meta("public-updated-at", "2022-07-18T08:48:17Z") + meta("updated-at", "2022-07-19T08:30:16.018Z") + meta("first-published-at", "2022-07-19T08:30:06Z"), "2022-07-17", "2022-07-19 2022-07-19T08:30:16Z"},
		{"shows a later day", meta("public-updated-at", "2022-12-19T11:01:56Z") + meta("updated-at", "2022-12-20T09:30:19Z") + "<p>Updated 20 December 2022</p>", "2022-11-27", "2022-12-20 2022-12-20T09:30:19Z"},
		{"updated alone", meta("updated-at", "2022-12-20T09:30:19Z"), "", "2022-12-20 2022-12-20T09:30:19Z"},
		{"shown alone", "<p>Published 15 April 2022 <b>Last updated 25 May 2022</b> + show all updates</p>", "", "2022-05-25 -"},
		{"shown, no such day", "<p>Updated 32 May 2022</p>", "", "2020-02-01 -"},
		{"neither", meta("public-updated-at", "yesterday"), "", "2020-02-01 -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := webpage.Open("x", []byte("<html>"+c.page+"</html>"), decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			var last stat.Date
			if c.last != "" {
				last = stat.MustDate(c.last)
			}
			d, at := PageDate("2020-02-01.html", page, last)
			got := d.String() + " -"
			if !at.IsZero() {
				got = d.String() + " " + at.Format(time.RFC3339)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestCheckDay(t *testing.T) {
	for _, c := range []struct {
		day, released string
		want          string
	}{
		{"2026-04-20", "2026-04-21", ""},
		{"2026-04-07", "2026-04-21", ""},
		{"2026-04-06", "2026-04-21", "15 days before it was published"},
		{"2026-04-21", "2026-04-21", "21 April 2026 was not over"},
		{"2027-04-30", "2026-04-21", "30 April 2027 was not over"},
		{"2025-04-20", "2026-04-21", "it can only be 2026-04-20; it would overwrite 2025"},
		{"2027-04-20", "2026-04-21", "it would overwrite 2027"},
		{"2025-12-31", "2026-01-01", ""},
		{"2026-12-31", "2026-01-01", "it can only be 2025-12-31; it would overwrite 2026"},
	} {
		err := CheckDay(stat.MustDate(c.day), stat.MustDate(c.released), 14)
		if c.want == "" && err == nil || err != nil && c.want != "" && errors.Is(err, decode.ErrPeriod) && strings.Contains(err.Error(), c.want) {
			continue
		}
		t.Errorf("%s published %s: %v, want %q", c.day, c.released, err, c.want)
	}
}
