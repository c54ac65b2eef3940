package pipeline_test

import (
	"os"
	"strings"
	"testing"

	"crossings/pipeline/review"
)

// TestStarterHasIncidents looks at the incidents of a first run, which are those of the European
// routes in IOM's list of 5 May 2025, with their places and no text of their own.
func TestStarterHasIncidents(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(starterRecords(missingMigrants))
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > maxStarter || strings.Count(string(data), "http") != 1 {
		t.Errorf("%d bytes, %d addresses", len(data), strings.Count(string(data), "http"))
	}
	cfg, _ := publishedStarter(t)
	counts := map[string]int{}
	for _, r := range rows(t, cfg.Data, "incidents") {
		counts["all"]++
		counts[r["setting"]]++
		counts[r["route"]+" "+r["setting"]]++
		counts[r["place_check"]]++
		if r["latitude"] != "" {
			counts["placed"]++
		}
		if r["possible_duplicate_of"] != "" {
			counts["duplicates"]++
		}
		if !strings.HasPrefix(r["release"], "2025-05-05-") {
			t.Errorf("%s is of release %s", r["incident"], r["release"])
		}
	}
	if counts["all"] < 3600 || counts["placed"] < counts["all"]*95/100 || counts["english-channel at-sea"] < 60 || counts["english-channel elsewhere"] < 110 {
		t.Errorf("incidents: %v", counts)
	}
	// Dead and missing on the English Channel, of all means of crossing and at sea, by year.
	want := map[string][2]string{"2014": {"17", "2"}, "2015": {"33", "3"}, "2016": {"22", "1"}, "2017": {"8", "0"}, "2018": {"11", "2"}, "2019": {"50", "5"},
		"2020": {"13", "9"}, "2021": {"45", "39"}, "2022": {"16", "5"}, "2023": {"24", "16"}, "2024": {"82", "77"}}
	for _, r := range rows(t, cfg.Data, "observations") {
		for i, series := range []string{"dead-and-missing:A:route=english-channel", "dead-and-missing:A:category=at-sea:route=english-channel"} {
			if r["series"] == missingMigrants+":"+series && r["value"] != want[r["period_start"][:4]][i] {
				t.Errorf("%s of %s is %s", series, r["period_start"], r["value"])
			}
		}
	}
	for rate, values := range map[string]string{"": "82 2.2273 1.7714 2.7647 2.1186", "-at-sea": "77 2.0915 1.6506 2.614 1.9828"} {
		r := find(t, rows(t, cfg.Data, "rates"), "rate=dead-and-missing-per-1000-arrivals-english-channel"+rate, "period_start=2024-01-01", "basis=year")
		if got := strings.Join([]string{r["numerator_value"], r["value"], r["lower"], r["upper"], r["low_value"]}, " "); got != values {
			t.Errorf("rate%s of 2024: %s, want %s", rate, got, values)
		}
	}
	for _, r := range rows(t, cfg.Data, "residuals") {
		if strings.HasPrefix(r["series"], missingMigrants) && strings.Contains(r["series"], "english-channel") && r["residual"] != "0" {
			t.Errorf("left over: %v", r)
		}
	}
}

// TestAPartialListSaysNothingOfOtherRoutes adds a list of some routes before and after a complete one
// of the same day. The figures of other routes and of all together stay.
func TestAPartialListSaysNothingOfOtherRoutes(t *testing.T) {
	t.Parallel()
	const header = "Incident ID,Region of Incident,Incident Date,Incident Year,Month,Number of Dead,Minimum Estimated Number of Missing,Total Number of Dead and Missing,Cause of Death,Country of Incident,Migration Route,Coordinates,Source Quality\n"
	channel := "2021.MMP1,Europe,2021-01-09,2021,January,1,,1,Drowning,France,English Channel to the UK,\"50.9, 1.8\",5\n" +
		"2023.MMP1,Europe,2023-02-09,2023,February,4,2,6,Drowning,France,English Channel to the UK,\"50.9, 1.8\",5\n"
	other := "2021.MMP9,Africa,2021-03-09,2021,March,7,,7,Violence,Libya,Sahara Desert crossing,\"25.0, 14.0\",5\n"
	whole := write(t, "MissingMigrants-Global-2023-03-01.csv", []byte(header+channel+other))
	part := write(t, "part.csv", []byte("# routes: some\n# vintage: 2023-03-01\n"+header+channel))
	for _, order := range [][]string{{part, whole}, {whole, part}} {
		cfg := config(t, t.TempDir())
		for i, file := range order {
			want := review.Added
			if i == 1 && file == part {
				want = review.Known // the complete list states all of it
			}
			if o := addTo(t, cfg, missingMigrants, file)[0]; o.State != want {
				t.Fatalf("%s: %s %v", file, o.State, o.Err)
			}
		}
		published(t, cfg, "")
		got := map[string]string{}
		for _, r := range rows(t, cfg.Data, "observations") {
			if r["period_start"] == "2021-01-01" && r["precision"] == "year" {
				got[r["series"]] = r["value"]
			}
		}
		for series, want := range map[string]string{"dead:A": "8", "dead:A:route=english-channel": "1", "dead:A:route=sahara-desert": "7", "dead:A:category=at-sea:route=english-channel": "1"} {
			if got[missingMigrants+":"+series] != want {
				t.Errorf("%s is %q, want %s", series, got[missingMigrants+":"+series], want)
			}
		}
	}
}
