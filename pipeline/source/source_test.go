package source

import "testing"

func TestDateInName(t *testing.T) {
	for name, want := range map[string]string{
		"20_February_2026_Small_boats_-_time_series_v2.ods": "2026-02-20",
		"01_May_2026_Small_boats_-_time_series.ods":         "2026-05-01",
		"pub20260522_data_small_boats_time_series.ods":      "2026-05-22",
		"figures-2026-02-20.csv":                            "2026-02-20",
		"data_small_boats_time_series.ods":                  "",
		"31_February_2026.ods":                              "",
		"20261340.ods":                                      "",
		"1202605221.ods":                                    "",
	} {
		if got := DateInName(name).String(); got != want {
			t.Errorf("DateInName(%q) = %q, want %q", name, got, want)
		}
	}
}
