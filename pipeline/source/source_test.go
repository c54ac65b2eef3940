package source

import "testing"

func TestDateInName(t *testing.T) {
	for name, want := range map[string]string{
		"20_February_2026_Small_boats_-_time_series_v2.ods": "2026-02-20",
		"01_May_2026_Small_boats_-_time_series.ods":         "2026-05-01",
		"pub20260522_data_small_boats_time_series.ods":      "2026-05-22",
		"figures-2026-02-20.csv":                            "2026-02-20",
		"Monthly_detections_of_IBC_2026_09_02.xlsx":         "2026-09-02",
		"Detections_of_IBC_2021_02_05.xlsx":                 "2021-02-05",
		"Monthly_detections_of_IBC_20220204.xlsx":           "2022-02-04",
		"Monthly detections of IBC 2026 09 02.xlsx":         "2026-09-02",
		"figures.2026.02.20.csv":                            "2026-02-20",
		"figures_2024_12_2025.csv":                          "",
		"figures_2009_2025.csv":                             "",
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
