package pipeline_test

import (
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/review"
)

// missingMigrants is the source of incidents.
const missingMigrants = "iom-missing-migrants"

// TestIncidentsArePublished publishes two lists of incidents. The table has those of the newer one,
// with their places and what their dates are worth, and as of an earlier day those of the older one.
// Without a list it is empty. Text from outside stays text.
func TestIncidentsArePublished(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2025-11-14"))
	published(t, cfg, "")
	if got := rows(t, cfg.Data, "incidents"); len(got) != 0 {
		t.Errorf("incidents without a list: %v", got)
	}
	const header = "Source Quality,Incident ID,Region of Incident,Incident Date,Incident Year,Month,Number of Dead,Minimum Estimated Number of Missing,Total Number of Dead and Missing," +
		"Cause of Death,Country of Incident,Migration Route,Coordinates\n"
	older := "5,2021.MMP1,Europe,2021-01-09,2021,January,1,,1,Drowning,France,English Channel to the UK,\"50.9, 1.8\"\n" +
		"5,2023.MMP1,Europe,2023-02-09,2023,February,4,2,6,Drowning,France,English Channel to the UK,\"50.9, 1.8\"\n"
	newer := "5,2021.MMP1,Europe,2021-01-09,2021,January,2,,2,Drowning,France,English Channel to the UK,\"50.9, 1.8\"\n" +
		"1,2021.MMP2,\"=HYPERLINK(\"\"https://example.org\"\")\",between 1 and 5 March,2021,March,,3,3,Drowning,France,\"<script>alert(1)</script>\",\"1.8, 150.9\"\n" +
		"3,2022.MMP1,Europe,28 April - 2 May 2022,2022,May,1,-1,0,Drowning,France,,\"91, 1\"\n" +
		"5,2023.MMP1,Europe,2023-02-09,2023,February,4,2,6,Drowning,France,English Channel to the UK,\"50.9, 1.8\"\n"
	for _, list := range []struct{ name, rows string }{{"MissingMigrants-Global-2023-03-01.csv", older}, {"MissingMigrants-Global-2023-04-01.csv", newer}} {
		o := addTo(t, cfg, missingMigrants, write(t, list.name, []byte(header+list.rows)))[0]
		if o.State != review.Added {
			t.Fatalf("%s: %s %v", list.name, o.State, o.Err)
		}
	}
	published(t, cfg, "")
	got := rows(t, cfg.Data, "incidents")
	if len(got) != 4 {
		t.Fatalf("%d incidents: %v", len(got), got)
	}
	for id, want := range map[string]string{
		"2021.MMP1": "2021-01-09 2021-01-09 day english-channel 50.9 1.8 2 0 2 drowning 5 - Europe FRA",
		"2021.MMP2": "2021-03-01 2021-03-05 range x-script-alert-1-script 1.8 150.9 0 3 3 drowning 1 between 1 and 5 March '=HYPERLINK(\"https://example.org\") FRA",
		"2022.MMP1": "2022-04-28 2022-05-02 range _X - - 1 -1 0 drowning 3 28 April - 2 May 2022 Europe FRA",
		"2023.MMP1": "2023-02-09 2023-02-09 day english-channel 50.9 1.8 4 2 6 drowning 5 - Europe FRA",
	} {
		r := find(t, got, "incident="+id)
		var values []string
		for _, column := range strings.Fields("date_start date_end precision route latitude longitude dead missing dead_and_missing cause source_quality publisher_mark region country") {
			if r[column] == "" {
				r[column] = "-"
			}
			values = append(values, r[column])
		}
		if s := strings.Join(values, " "); s != want {
			t.Errorf("%s: %s, want %s", id, s, want)
		}
		if !strings.HasPrefix(r["release"], "2023-04-01-") || r["source"] != missingMigrants {
			t.Errorf("%s: release %s of %s", id, r["release"], r["source"])
		}
	}
	published(t, cfg, "2023-03-15")
	before := rowsOf(t, filepath.Join(cfg.Data, "out", "as-of", "2023-03-15"), "incidents")
	if len(before) != 2 || find(t, before, "incident=2021.MMP1")["dead"] != "1" {
		t.Errorf("as of 15 March 2023: %v", before)
	}
}
