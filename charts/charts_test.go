package charts

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

const good = `# a comment
id: a-1
title: One
  and more
series: a-b:arrivals:D
comparison: daily
window: 30 days
unit: persons
---
`

// TestEmbeddedCharts checks that the topic of every chart in charts.txt has a page.
func TestEmbeddedCharts(t *testing.T) {
	charts, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	topics, err := LoadTopics()
	if err != nil {
		t.Fatal(err)
	}
	if len(charts) == 0 {
		t.Fatal("no charts")
	}
	for _, r := range charts {
		if r.Topic != "" && !slices.ContainsFunc(topics, func(x Topic) bool { return x.ID == r.Topic }) {
			t.Errorf("%s has the topic %q, which is not in topics.txt", r.ID, r.Topic)
		}
	}
}

func TestLoadTopicsHasTheEmbeddedTopics(t *testing.T) {
	topics, err := LoadTopics()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range topics {
		got = append(got, x.ID)
		if strings.Count(x.Intro, ". ")+1 > 2 || !strings.HasSuffix(x.Intro, ".") {
			t.Errorf("%s: the intro is not one or two sentences: %s", x.ID, x.Intro)
		}
	}
	if x := topics[slices.Index(got, "deaths")]; !strings.Contains(x.Intro, "minimum counts") || !strings.Contains(x.Note, `"at least"`) {
		t.Errorf("the topic of deaths says %q, %q", x.Intro, x.Note)
	}
	if x := topics[slices.Index(got, "sources")]; len(x.Sources) > 0 || x.HasFigures() || !x.HasSource("any") {
		t.Errorf("sources are %+v", x)
	}
}

func TestTopicShows(t *testing.T) {
	topic := Topic{Sources: []string{"iom", "ukho"}, Series: []string{"iom:*:A", "iom:*:M:route=*-channel", "ukho:returns:Q"}}
	for id, want := range map[stat.SeriesID]bool{
		"iom:dead:A":                            true,
		"iom:dead-and-missing:A":                true,
		"iom:dead:M":                            false,
		"iom:dead:A:route=english-channel":      false,
		"iom:dead:M:route=english-channel":      true,
		"iom:dead:M:route=belarus-eu-border":    false,
		"iom:dead:M:age=Y_LT18:route=a-channel": false,
		"ukho:returns:Q":                        true,
		"ukho:returns:Q:category=enforced":      false,
		"frontex:dead:A":                        false,
		"not a series":                          false,
		"":                                      false,
	} {
		if got := topic.Shows(id); got != want {
			t.Errorf("shows %s: %v, want %v", id, got, want)
		}
	}
	topic.Series = nil
	if !topic.Shows("ukho:returns:Q:category=enforced") || topic.Shows("frontex:dead:A") {
		t.Error("without patterns, a topic does not show exactly the series of its sources")
	}
	if (Topic{Series: []string{"none"}}).Shows("iom:dead:A") {
		t.Error("a topic without figures shows some")
	}
}

const goodTopic = `id: t-1
title: One
intro: Two words.
sources: a-b tidy:mine
series: a-b:*:D:route=* tidy:mine:x:M
balances: x y
note: A
  note.
---
`

func TestParseTopics(t *testing.T) {
	topics, err := ParseTopics("x.txt", goodTopic)
	if err != nil || len(topics) != 1 {
		t.Fatal(topics, err)
	}
	x := topics[0]
	if x.ID != "t-1" || x.Title != "One" || x.Intro != "Two words." || x.Note != "A note." || !slices.Equal(x.Sources, []string{"a-b", "tidy:mine"}) ||
		len(x.Series) != 2 || len(x.Balances) != 2 || !x.HasFigures() || !x.Shows("tidy:mine:x:M") {
		t.Errorf("%+v", x)
	}
}

func TestParseTopicsErrorsNameTheLine(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"unknown key", "title", "comparison", `x.txt:2: unknown key "comparison"`},
		{"missing", "intro: Two words.\n", "", "x.txt:1: intro is missing"},
		{"bad id", "t-1", "../t", `x.txt:1: id "../t"`},
		{"source", "a-b tidy", "A_B tidy", `x.txt:4: source "A_B"`},
		{"all and another", "a-b tidy", "* tidy", `x.txt:4: source "*"`},
		{"no pattern", "series: a-b", "series: [a]:b", `x.txt:5: "[a]:b:*:D:route=*" is not a pattern`},
		{"not of a series", "a-b:*:D:route=*", "a-b:*", `x.txt:5: "a-b:*" is not a pattern`},
		{"none and another", "a-b:*:D:route=*", "none", `x.txt:5: "none" is not a pattern`},
		{"another source", "series: a-b", "series: c-d", `x.txt:5: "c-d:*:D:route=*" belongs to none of the sources`},
		{"duplicate id", "---\n", "---\n" + goodTopic, `x.txt:10: id "t-1" is already on line 1`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			topics, err := ParseTopics("x.txt", strings.Replace(goodTopic, tt.old, tt.new, 1))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || topics != nil {
				t.Errorf("got %v, %v, want error %s", topics, err, tt.want)
			}
		})
	}
}

func TestParse(t *testing.T) {
	charts, err := Parse("x.txt", good)
	if err != nil || len(charts) != 1 {
		t.Fatal(charts, err)
	}
	if r := charts[0]; !r.Front || r.Topic != "" {
		t.Errorf("a chart without a topic is not on the front page: %+v", r)
	}
	if r := charts[0]; r.Title != "One and more" || r.Window != (Window{30, "days"}) || r.Series[0] != "a-b:arrivals:D" {
		t.Errorf("%+v", r)
	}
}

func TestParseAcceptsEveryFrequencyThatFillsAPeriod(t *testing.T) {
	for comparison, frequencies := range map[string]string{"month-on-year": "DM", "quarter-on-year": "DMQ", "year-on-year": "DMQA", "level": "DWMQA"} {
		for _, f := range frequencies {
			text := strings.NewReplacer("arrivals:D", "arrivals:"+string(f), "daily", comparison, "30 days", "5 years", "unit:", "topic: t\nunit:").Replace(good)
			charts, err := Parse("x.txt", text)
			if err != nil || charts[0].Front || charts[0].Topic != "t" {
				t.Errorf("%s of %c: %+v, %v", comparison, f, charts, err)
			}
		}
	}
	for _, comparison := range []string{"level", "year-on-year"} {
		if _, err := Parse("x.txt", strings.NewReplacer("daily", comparison, "window: 30 days\n", "").Replace(good)); err != nil {
			t.Errorf("%s without a window: %v", comparison, err)
		}
	}
}

func TestParseErrorsNameTheLine(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown key", "colour: red\n", `x.txt:1: unknown key "colour"`},
		{"no colon", "id: a\nhello\n", `x.txt:2: "hello" does not have the form key: value`},
		{"key twice", "id: a\nid: b\n", "x.txt:2: id is given twice"},
		{"continuation without a key", "\n  more\n", "x.txt:2: indented line"},
		{"missing", "\nid: a\n", "x.txt:2: title is missing"},
		{"bad id", strings.Replace(good, "a-1", "../a", 1), `x.txt:2: id "../a"`},
		{"comparison", strings.Replace(good, "daily", "hourly", 1), `x.txt:6: comparison "hourly"`},
		{"series", strings.Replace(good, "a-b:arrivals:D", "arrivals", 1), "x.txt:5: series"},
		{"weekly series", strings.Replace(good, "arrivals:D", "arrivals:W", 1), "x.txt:5: series"},
		{"cumulative weeks", strings.NewReplacer("arrivals:D", "arrivals:W", "daily", "cumulative", "days", "years").Replace(good), "x.txt:5: series"},
		{"weeks by month", strings.NewReplacer("arrivals:D", "arrivals:W", "daily", "month-on-year", "days", "months").Replace(good),
			`x.txt:5: series "a-b:arrivals:W" is weekly, and month-on-year draws only daily or monthly series; weeks straddle months and years, so use weekly`},
		{"quarters by month", strings.NewReplacer("arrivals:D", "arrivals:Q", "daily", "month-on-year", "days", "months").Replace(good),
			`x.txt:5: series "a-b:arrivals:Q" is quarterly, and month-on-year draws only daily or monthly series; use quarter-on-year, or level for a stock`},
		{"days by week", strings.NewReplacer("daily", "weekly", "days", "months").Replace(good), `x.txt:5: series "a-b:arrivals:D" is daily, and weekly draws only weekly series; use daily`},
		{"years by quarter", strings.NewReplacer("arrivals:D", "arrivals:A", "daily", "quarter-on-year", "days", "years").Replace(good), "x.txt:5: series"},
		{"quarters without a window", strings.NewReplacer("daily", "quarter-on-year", "window: 30 days\n", "").Replace(good), "x.txt:2: window is missing"},
		{"years by months", strings.NewReplacer("daily", "year-on-year", "days", "months").Replace(good), "x.txt:7: year-on-year takes a window of years"},
		{"front", strings.Replace(good, "unit:", "front: no\nunit:", 1), `x.txt:8: front is "no"`},
		{"events", strings.Replace(good, "unit:", "events: no\nunit:", 1), `x.txt:8: events is "no"`},
		{"events of years", strings.NewReplacer("daily", "year-on-year", "days", "years", "unit:", "events: yes\nunit:").Replace(good), "x.txt:8: year-on-year cannot mark events"},
		{"one series too many", strings.Replace(good, "arrivals:D", "arrivals:D a-b:boats:D", 1), "x.txt:5: daily takes 1 series"},
		{"window missing", strings.Replace(good, "window: 30 days\n", "", 1), "x.txt:2: window is missing"},
		{"window unit", strings.Replace(good, "30 days", "30 moons", 1), "x.txt:7: window"},
		{"window of weeks", strings.NewReplacer("arrivals:D", "arrivals:W", "daily", "weekly", "30 days", "24 weeks").Replace(good),
			`x.txt:7: window "24 weeks" has another unit than days, months or years; weekly takes a window of months or years, such as 24 months`},
		{"window number", strings.Replace(good, "30 days", "0 days", 1), "x.txt:7: window"},
		{"window of months", strings.Replace(good, "30 days", "30 months", 1), "x.txt:7: daily takes a window of days"},
		{"rate", strings.Replace(good, "unit:", "rate: r\nunit:", 1), "x.txt:8: daily takes no rate"},
		{"no rate", strings.NewReplacer("daily", "ratio", "arrivals:D", "arrivals:D a-b:boats:D", "days", "months").Replace(good), "x.txt:2: rate is missing"},
		{"duplicate id", good + good, `x.txt:11: id "a-1" is already on line 2`},
		{"not text", "id: \xff\n", "x.txt:1: not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			charts, err := Parse("x.txt", tt.text)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || charts != nil {
				t.Errorf("got %v, %v, want error %s", charts, err, tt.want)
			}
		})
	}
}

// official lists the web sites that publish laws, judgments and announcements first-hand.
var official = []string{"https://www.gov.uk/", "https://www.legislation.gov.uk/", "https://www.bailii.org/"}

func TestLoadEventsHasTheEmbeddedEvents(t *testing.T) {
	events, err := LoadEvents()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, e.Date.String()+" "+e.ID)
		if !slices.ContainsFunc(official, func(host string) bool { return strings.HasPrefix(e.Source, host) }) {
			t.Errorf("%s has source %s", e.ID, e.Source)
		}
	}
	if want := "2022-04-13 rwanda-agreement|2022-04-28 nationality-and-borders-act|2023-01-01 uncontrolled-landings|2023-06-29 court-of-appeal-rwanda|2023-07-20 illegal-migration-act|" +
		"2023-11-15 supreme-court-rwanda|2024-04-25 safety-of-rwanda-act|2024-05-05 prevention-figures|2024-07-05 government-2024|2025-08-06 exchange-agreement|2025-09-18 exchange-first-return"; strings.Join(got, "|") != want {
		t.Errorf("got %q", got)
	}
}

const goodEvent = `id: e-2
date: 2025-02-01
title: Two
source: https://www.example.org/2
---
id: e-1
date: 2025-01-01
title: One
source: http://www.example.org/1
note: A
  note.
`

func TestParseEvents(t *testing.T) {
	events, err := ParseEvents("x.txt", goodEvent)
	if err != nil || len(events) != 2 {
		t.Fatal(events, err)
	}
	if e := events[0]; e != (Event{"e-1", stat.MustDate("2025-01-01"), "One", "http://www.example.org/1", "A note."}) {
		t.Errorf("the first is %+v", e)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"title: Two\n", "", "x.txt:1: title is missing"},
		{"source: https://www.example.org/2\n", "", "x.txt:1: source is missing"},
		{"2025-02-01", "2025-02-30", "x.txt:2: "},
		{"2025-02-01", "February 2025", "x.txt:2: "},
		{"https://www.example.org/2", "javascript:alert(1)", `x.txt:4: source "javascript:alert(1)" is not an address`},
		{"https://www.example.org/2", "https:///2", `x.txt:4: source "https:///2"`},
		{"title: Two", "topic: two", `x.txt:3: unknown key "topic"`},
		{"e-2", "e-1", `x.txt:6: id "e-1" is already on line 1`},
	} {
		events, err := ParseEvents("x.txt", strings.Replace(goodEvent, tt.old, tt.new, 1))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || events != nil {
			t.Errorf("got %v, %v, want error %s", events, err, tt.want)
		}
	}
}

func TestLibrariesArePinned(t *testing.T) {
	for name, load := range map[string]func() ([]byte, error){LibraryName: Library, rasteriserName: Rasteriser} {
		data, err := load()
		if err != nil {
			t.Fatal(err)
		}
		if err := verify(name, append([]byte("x"), data...), librarySHA256); !errors.Is(err, ErrLibrary) || !strings.Contains(err.Error(), "make build") {
			t.Errorf("an altered %s gives %v", name, err)
		}
	}
	if _, err := pinned("none.js", librarySHA256); !errors.Is(err, ErrLibrary) || !strings.Contains(err.Error(), "charts/assets/none.js is missing") {
		t.Errorf("a library that is not there gives %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add(text)
	f.Fuzz(func(t *testing.T, s string) {
		charts, err := Parse("x.txt", s)
		if err != nil && charts != nil {
			t.Error("charts with an error")
		}
		for _, r := range charts {
			if !isKebab(r.ID) || len(r.Series) == 0 {
				t.Errorf("%+v", r)
			}
		}
	})
}

func FuzzParseTopics(f *testing.F) {
	f.Add(goodTopic)
	f.Add(topicsText)
	f.Fuzz(func(t *testing.T, s string) {
		topics, err := ParseTopics("x.txt", s)
		if err != nil && topics != nil {
			t.Error("topics with an error")
		}
		for _, x := range topics {
			if !isKebab(x.ID) || x.Intro == "" {
				t.Errorf("%+v", x)
			}
			for _, pattern := range x.Series {
				matches(pattern, "a:b:D")
			}
		}
	})
}

func FuzzParseEvents(f *testing.F) {
	f.Add(goodEvent)
	f.Add(eventsText)
	f.Fuzz(func(t *testing.T, s string) {
		events, err := ParseEvents("x.txt", s)
		if err != nil && events != nil {
			t.Error("events with an error")
		}
		for _, e := range events {
			if !isKebab(e.ID) || e.Date.IsZero() || !strings.HasPrefix(strings.ToLower(e.Source), "http") {
				t.Errorf("%+v", e)
			}
		}
	})
}
