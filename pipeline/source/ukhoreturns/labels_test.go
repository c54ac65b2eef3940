package ukhoreturns

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestUnlistedLabels checks that a label that is in no list keeps its row in every total, and that
// a new group makes the release wait, whatever its types are called.
func TestUnlistedLabels(t *testing.T) {
	const row2 = "2004-01-01,2004,1,Enforced return,Enforced removals,Afghanistan,Asia Central,66\n"
	quarter := stat.MustDate("2004-01-01")
	value := func(obs []stat.Observation, category, destination string) (n int64) {
		for _, o := range obs {
			if o.Series.Category == category && o.Series.Destination == destination && o.Period.Start == quarter {
				n, _ = o.Value.Get()
			}
		}
		return n
	}
	before, err := sourcetest.Read(&Source, load(t, may))
	if err != nil {
		t.Fatal(err)
	}
	enforced := value(before.Observations, "enforced", stat.Total)
	for _, c := range []struct{ name, old, new, category, destination, findings string }{
		{"destination", "Afghanistan", "French Polynesia (British)", "enforced.removals", "x-french-polynesia-british", "unlisted-label/warning"},
		{"type", "Enforced removals", "Charter removals", "enforced.x-charter-removals", "AFG", "unlisted-label/warning"},
		{"type in another spelling", "Enforced removals", "ENFORCED  Removals [note 4]", "enforced.removals", "AFG", ""},
		{"region", "Asia Central", "Asia Middle", "enforced.removals", "AFG", "unlisted-label/warning"},
		{"group", "Enforced return", "Deportation", "x-deportation.removals", "AFG", "label-may-be-total/error unlisted-label/warning"},
		{"group of a group", "Enforced return,Enforced removals", "Deportation,Deportation", "x-deportation.x-deportation", "AFG", "label-may-be-total/error unlisted-label/warning unlisted-label/warning"},
		{"total", "Enforced return,Enforced removals,Afghanistan", "Enforced return,Enforced removals,Total", "enforced.removals", "x-total", "label-may-be-total/error unlisted-label/warning"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := sourcetest.Read(&Source, load(t, may).With(t, row2, strings.Replace(row2, c.old, c.new, 1)))
			if err != nil || len(r.Excluded) != 0 {
				t.Fatal(r.Excluded, err)
			}
			group := groupOf(c.category)
			if got := value(r.Observations, c.category, c.destination); got != 66 {
				t.Errorf("%s to %s is %d", c.category, c.destination, got)
			}
			want := enforced
			if group != "enforced" {
				want -= 66
			}
			if got := value(r.Observations, "enforced", stat.Total); got != want {
				t.Errorf("enforced returns are %d, want %d", got, want)
			}
			if got := value(r.Observations, group, c.destination); group != "enforced" && got != 66 {
				t.Errorf("%s to %s is %d", group, c.destination, got)
			}
			var got []string
			for _, f := range r.Findings {
				if strings.Contains(f.Code, "label") {
					got = append(got, f.Code+"/"+f.Severity.String())
				}
			}
			if s := strings.Join(got, " "); s != c.findings {
				t.Errorf("findings %s, want %s", s, c.findings)
			}
			waits := slices.ContainsFunc(r.Findings, func(f stat.Finding) bool { return check.GateDefault.Holds(f.Severity) })
			if waits != strings.Contains(c.findings, "error") {
				t.Errorf("waits: %v", waits)
			}
		})
	}
}

// TestUnlistedLabelsOfOffenders checks the same of the offenders.
func TestUnlistedLabelsOfOffenders(t *testing.T) {
	before, err := sourcetest.Read(&Source, load(t, fno))
	if err != nil {
		t.Fatal(err)
	}
	all := stat.SeriesID("ukho-returns:offender-returns:Q")
	for from, to := range map[string]string{"Afghanistan": "Ruritania", "Home country": "The Moon"} {
		r, err := sourcetest.Read(&Source, load(t, fno).With(t, from, to))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := years(r.Observations, all)[2010], years(before.Observations, all)[2010]; got != want {
			t.Errorf("%s: %d offenders in 2010, want %d", to, got, want)
		}
		i := slices.IndexFunc(r.Findings, func(f stat.Finding) bool { return f.Code == "unlisted-label" })
		if i < 0 || r.Findings[i].Label.Text != to || r.Findings[i].Label.Rows != 1 {
			t.Errorf("%s: findings %+v", to, r.Findings)
		}
	}
}
