package wording_test

import (
	"bytes"
	"testing"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

func TestFormat(t *testing.T) {
	for got, want := range map[string]string{
		wording.Thousands(0): "0", wording.Thousands(999): "999", wording.Thousands(1000): "1,000", wording.Thousands(-1234567): "−1,234,567", wording.Signed(8076): "+8,076", wording.Signed(0) + "x": "0x",
		wording.Percent(36.66): "+36.7 %", wording.Percent(-33.05): "−33.1 %", wording.Percent(0.04): "0.0 %", wording.Percent(-0.04) + "x": "0.0 %x", wording.Decimal(1234.56): "1,234.6", wording.Decimal(-0.25): "−0.3",
		wording.Size(12): "12 bytes", wording.Size(1234): "1.2 kB", wording.Size(2_345_678): "2.3 MB",
		wording.Span(stat.MustDate("2025-01-01"), stat.MustDate("2025-09-06")): "1 January to 6 September 2025", wording.Span(0, 0): "[x]",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if bytes.Contains([]byte(wording.Decimal(0)), []byte("-")) {
		t.Error("minus zero")
	}
}

func TestPeriodText(t *testing.T) {
	for _, tt := range [][3]string{
		{"2026-06-25", "2026-06-25", "25 June 2026"},
		{"2026-06-01", "2026-06-30", "June 2026"},
		{"2024-02-01", "2024-02-29", "February 2024"},
		{"2026-04-01", "2026-06-30", "April to June 2026"},
		{"2026-01-01", "2026-12-31", "2026"},
		{"2025-07-01", "2026-06-30", "July 2025 to June 2026"},
		{"2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"},
		{"2026-01-01", "2026-06-25", "1 January to 25 June 2026"},
	} {
		if got := wording.PeriodText(stat.MustDate(tt[0]), stat.MustDate(tt[1])); got != tt[2] {
			t.Errorf("%s to %s is %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
	if got := wording.PeriodText(0, 0); got != "[x]" {
		t.Errorf("no period is %q", got)
	}
	if got := wording.Fixed(0.0996, 3) + " " + wording.Fixed(-0.0004, 3) + " " + wording.Fixed(1234.565, 2); got != "0.100 0.000 1,234.57" {
		t.Errorf("fixed gives %s", got)
	}
}

func TestNamesHaveTheirCapitals(t *testing.T) {
	for name, want := range map[string]string{"uk-france-exchange": "UK France exchange", "persons-per-boat": "Persons per boat", "": ""} {
		if got := wording.Spaced(name); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}

func TestMarksOfStatuses(t *testing.T) {
	for s, want := range map[stat.Status][2]string{stat.Missing: {"[x]", ""}, stat.NotExisting: {"[z]", ""}, stat.Suppressed: {"[c]", ""}, stat.Provisional: {"[x]", "[p]"}, stat.Break: {"[x]", "[b]"}, stat.Normal: {"[x]", ""}} {
		if got := [2]string{wording.Absent(s), wording.Caveat(s)}; got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
}

// TestNamesAreSaidAsReadersSayThem has a name of each kind that sources declare.
func TestNamesAreSaidAsReadersSayThem(t *testing.T) {
	for name, want := range map[string]string{
		"dead-per-1000-arrivals-english-channel":                          "Dead per 1,000 arrivals, English Channel",
		"dead-and-missing-per-1000-arrivals-central-mediterranean-at-sea": "Dead or missing per 1,000 arrivals, central Mediterranean, at sea",
		"exchange-returns-per-arrival":                                    "Returns to France per arrival",
		"persons-per-boat":                                                "People per boat",
		"uk-france-exchange":                                              "UK-France agreement",
		"another-balance":                                                 "Another balance",
	} {
		if got := wording.Called(name); got != want {
			t.Errorf("%s is called %q, not %q", name, got, want)
		}
	}
}
