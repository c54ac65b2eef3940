package source

import (
	"errors"
	"testing"

	"crossings/pipeline/read/decode"
)

func TestSpan(t *testing.T) {
	for text, want := range map[string]string{
		"Weekly number of migrants detected in small boats - 18 to 24 April 2022": "2022-04-18 2022-04-24",
		"Weekly number of migrants detected in small boats – 18–24 April 2022":    "2022-04-18 2022-04-24",
		"Weekly number of migrants detected in small boats: 9 May to 15 May 2022": "2022-05-09 2022-05-15",
		"29 August to 4 September 2022":                                           "2022-08-29 2022-09-04",
		"26 December 2022 to 1 January 2023":                                      "2022-12-26 2023-01-01",
		"26 December to 1 January 2023":                                           "2022-12-26 2023-01-01",
		"Monday 18 to Sunday 24 April 2022":                                       "2022-04-18 2022-04-24",
		"Monday 18 April until Sunday 24th April 2022":                            "2022-04-18 2022-04-24",
		"18th April\u00a0– 24th April 2022 [note 1]":                              "2022-04-18 2022-04-24",
		"Returns, between 6 August 2025 and 30 June 2026 ":                        "2025-08-06 2026-06-30",
		"Returns, from 6 August 2025 to 30 June 2026":                             "2025-08-06 2026-06-30",
		"Returns from 6 August 2025 up to and including 30 June 2026":             "2025-08-06 2026-06-30",
		"between-6-august-2025-and-30-june-2026":                                  "",
		"Small boats in 2022":                                                     "",
		"Updated 24 May 2022":                                                     "",
		"on 18 April 2022 and 24 April 2022":                                      "",
		"18 April 2022":                                                           "",
		"Figures for 2022 to 2023":                                                "",
		"Weekly number of migrants detected in small boats - 1 to 7 May":          "",
	} {
		first, last, err := Span(text)
		got := ""
		if !first.IsZero() {
			got = first.String() + " " + last.String()
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"18 to 31 April 2022", "Tuesday 18 to Sunday 24 April 2022", "24 to 18 April 2022", "24 April 2022 to 18 April 2022", "18 Brumaire to 24 April 2022"} {
		if first, _, err := Span(text); !errors.Is(err, decode.ErrPeriod) || !first.IsZero() {
			t.Errorf("%s: %s, %v", text, first, err)
		}
	}
}

func TestWeek(t *testing.T) {
	for text, want := range map[string]string{
		"Week ending 14 June 2026":                             "2026-06-14",
		"WEEK ENDING: Sunday 14 June 2026":                     "2026-06-14",
		"Data for the week\u00a0ending 14th Jun 2026 [note 1]": "2026-06-14",
		"Week ending 2026-06-14":                               "2026-06-14",
		"Week ending June 14, 2026":                            "2026-06-14",
		"Week ending 14/06/2026":                               "2026-06-14",
		"Small boats, week ended on 14 June 2026: arrivals":    "2026-06-14",
		"Week commencing 8 June 2026":                          "2026-06-14",
		"Week of 8 to 14 June 2026":                            "2026-06-14",
		"9 to 14 June 2026":                                    "",
		"Weekly summary of small boat arrivals":                "",
	} {
		end, err := Week(text)
		got := ""
		if !end.IsZero() {
			got = end.String()
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"Week ending 13 June 2026", "Week ending Saturday 14 June 2026", "Week ending 31 June 2026", "Week ending 14 June", "Week commencing 14 June 2026"} {
		if end, err := Week(text); !errors.Is(err, decode.ErrPeriod) || !end.IsZero() {
			t.Errorf("%s: %s, %v", text, end, err)
		}
	}
}
