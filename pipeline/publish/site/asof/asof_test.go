package asof

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// released returns a site with two releases of small boats. The second reached a week further and changed
// some of the days.
func released(t *testing.T, changes int) *content.Index {
	t.Helper()
	s := sitetest.Small(t)
	releases, revisions := table.New("releases"), table.New("revisions")
	for _, r := range [][2]string{{"2025-02-28", "2025-02-22"}, {"2025-03-07", "2025-03-01"}} {
		sitetest.PutNamed(releases, map[string]table.Cell{"source": table.Text("ukho-small-boats"), "release": table.Text(r[0] + "-aa"), "first_seen": sitetest.Instant(r[0] + "T00:00:00Z"), "vintage": sitetest.Day(r[0]), "coverage_start": sitetest.Day("2018-01-01"), "coverage_end": sitetest.Day(r[1])})
	}
	for i := range changes {
		day := table.Day(stat.MustDate("2012-01-01").AddDays(i))
		sitetest.PutNamed(revisions, map[string]table.Cell{"series": table.Text(sitetest.ArrivalsID), "period_start": day, "period_end": day, "old_value": table.Int(5), "new_value": table.Count(stat.Count{}),
			"new_vintage": sitetest.Day("2025-03-07"), "first_seen": sitetest.Instant("2025-03-07T00:00:00Z"), "kind": table.Text("changed")})
	}
	return content.NewIndex(withOther(s, releases, revisions))
}

// withOther returns the site with other tables of releases and revisions.
func withOther(s content.Site, own ...*table.Table) content.Site {
	var kept []*table.Table
	for _, x := range s.Tables {
		if x.Schema.Name != "releases" && x.Schema.Name != "revisions" {
			kept = append(kept, x)
		}
	}
	s.Tables = append(kept, own...)
	return s
}

func TestHistoryHasReleasesAndWhatLaterOnesChanged(t *testing.T) {
	data, err := Of(released(t, 1), sitetest.ArrivalsID)
	want := `"releases":[{"day":"2025-02-28","long":"28 February 2025","end":"2025-02-22"},{"day":"2025-03-07","long":"7 March 2025","end":"2025-03-01"}],` +
		`"changes":[{"release":"2025-03-07","day":"2012-01-01","old":5,"new":null}]}`
	if err != nil || !strings.HasSuffix(string(data), want) {
		t.Errorf("got %s %v\nwant …%s", data, err, want)
	}
}

func TestNoHistory(t *testing.T) {
	for what, x := range map[string]struct {
		index  *content.Index
		series stat.SeriesID
	}{
		"one release":      {content.NewIndex(withOther(sitetest.Small(t))), sitetest.ArrivalsID},
		"no daily series":  {released(t, 1), "ukho-small-boats:prevented-persons:W"},
		"too many changes": {released(t, maxChanges+1), sitetest.ArrivalsID},
	} {
		if data, err := Of(x.index, x.series); data != nil || err != nil {
			t.Errorf("%s: %s %v", what, fmt.Sprintf("%.80s", data), err)
		}
	}
}
