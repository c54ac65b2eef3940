package tables

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// The series of the source z, whose quarters grow by half in the release after their first: a total
// that a policy is measured by, with two parts. The source p, which is read before z, has the agreement.
const (
	grown    stat.SeriesID = "z:people:Q"
	grownOut stat.SeriesID = "p:returns:Q"
	grownIn  stat.SeriesID = "p:transfers:Q"
)

// grownRelease returns what release n of z states, the oldest first.
func grownRelease(n int) (stat.Release, []stat.Observation) {
	quarter := func(i int) stat.Period { return stat.QuarterOf(stat.NewDate(2022, 1, 1).AddDays(92 * i)) }
	day := quarter(n).End.AddDays(20)
	rel := stat.Release{Source: "z", ID: day.String() + "-z", Vintage: day, FirstSeen: day.Time().Add(time.Hour), File: "z.csv", SHA256: strings.Repeat("0", 64)}
	var out []stat.Observation
	for k, id := range []stat.SeriesID{grown, grown + ":sex=F", grown + ":sex=M"} {
		s := series(grown, "persons", "person has come", "people have come")
		_, _, _, s.Dimensions, _ = id.Parse()
		s.ID = id
		for i := range n + 1 {
			value := int64(100 * (i + 1) * []int{5, 2, 3}[k])
			if i < n {
				value += value / 2
			}
			out = append(out, stat.Observation{Series: &s, Period: quarter(i), Value: stat.Known(value), Status: stat.Normal, Release: &rel, Locator: "A1"})
		}
	}
	slices.SortFunc(out, stat.Observation.Compare)
	return rel, out
}

// grownTables builds the tables of twelve releases of z and one of p.
func grownTables(t *testing.T) *Builder {
	t.Helper()
	began := stat.NewDate(2024, 7, 1)
	r := registry.Registry{Dir: datadir.Dir(t.TempDir()), Log: slog.New(slog.DiscardHandler), Sources: []*source.Source{
		{ID: "p", Title: "Title of p", Terms: source.Terms{Publisher: "P", Licence: "L"}, Every: 90, Grace: 30, Series: []stat.Series{series(grownOut, "events", "", ""), series(grownIn, "persons", "", "")},
			Balances: []source.Balance{{ID: "pact", Name: "the pact", Out: grownOut, In: grownIn, Base: grown, Since: began, OutWords: [2]string{"return", "returns"}, InWords: [2]string{"transfer", "transfers"}, BaseWords: "people"}}},
		{ID: "z", Title: "Title of z", Terms: source.Terms{Publisher: "Z", Licence: "L"}, Every: 90, Grace: 30, Series: []stat.Series{series(grown, "persons", "person has come", "people have come")},
			Breakdowns: source.Breakdowns{Leads: []source.Lead{{Series: grown, Dimension: "sex", Of: "people who came", Were: "were"}}}},
	}}
	put := func(rel stat.Release, obs []stat.Observation) {
		if _, err := r.OpenLake().Append(rel, lake.Content{Observations: obs, Reader: "1"}, lake.Raw{File: rel.Source + "/" + rel.ID + "/" + rel.File}); err != nil {
			t.Fatal(err)
		}
	}
	var newest []stat.Observation
	for n := range 12 {
		rel, obs := grownRelease(n)
		put(rel, obs)
		newest = obs
	}
	rel := stat.Release{Source: "p", ID: "2025-01-20-p", Vintage: stat.NewDate(2025, 1, 20), FirstSeen: stat.NewDate(2025, 1, 20).Time(), File: "p.csv", SHA256: strings.Repeat("1", 64)}
	var obs []stat.Observation
	for _, id := range []stat.SeriesID{grownOut, grownIn} {
		s := r.Sources[0].FindSeries(id)
		for _, o := range newest {
			if o.Series.ID == grown && o.Period.Start >= began {
				obs = append(obs, stat.Observation{Series: s, Period: o.Period, Value: stat.Known(7), Status: stat.Normal, Release: &rel, Locator: "A1"})
			}
		}
	}
	slices.SortFunc(obs, stat.Observation.Compare)
	put(rel, obs)
	b, err := Build(context.Background(), r, 0)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestPolicyPeriodsAndPartsAreImmatureToo checks the figures that hold the newest quarter, in the two
// tables that are not made of one series over time.
func TestPolicyPeriodsAndPartsAreImmatureToo(t *testing.T) {
	b := grownTables(t)
	policies := row.All[row.PolicyPeriod](b.Tables["policy-periods"])
	if len(policies) != 1 {
		t.Fatalf("%d policy periods", len(policies))
	}
	// July to December 2024: 1,100 × 5 × 1.5 and 1,200 × 5; a year before 700 × 5 × 1.5 and, as first stated, 800 × 5.
	if p := policies[0]; p.Value != stat.Known(14250) || !p.Note.Has(note.Immature) || p.PriorValueSameAge != stat.Known(9250) || p.ChangePercentSameAge.Value < 54 || p.ChangePercentSameAge.Value > 54.1 {
		t.Errorf("%+v", p)
	}
	seen := map[string]bool{}
	for _, r := range row.All[row.Breakdown](b.Tables["breakdowns"]) {
		newest := r.PeriodEnd == stat.NewDate(2024, 12, 31)
		if r.Note.Has(note.Immature) != (newest && r.Value.IsKnown()) || r.PriorValueSameAge.IsKnown() != (newest && r.Code != "_R") {
			t.Errorf("%s %s to %s: note %q, at the same age %v", r.Code, r.Basis, r.PeriodEnd, r.Note, r.PriorValueSameAge)
		}
		if r.Basis == "quarter" && newest {
			seen[r.Code] = true
			want := map[string]int64{"_T": 4000, "F": 1600, "M": 2400}[r.Code]
			if got, known := r.PriorValueSameAge.Get(); known && got != want {
				t.Errorf("%s at the same age: %d, want %d", r.Code, got, want)
			}
		}
	}
	if len(seen) != 4 {
		t.Errorf("the newest quarter has the parts %v", seen)
	}
	said := 0
	for _, h := range b.Headlines {
		if strings.Contains(h.ID, "largest") || strings.Contains(h.ID, "policy") {
			said++
			if !strings.Contains(h.Text, "the newest figures are immature") || !strings.Contains(h.Text, "at the same age") {
				t.Errorf("%s: %s", h.ID, h.Text)
			}
		}
	}
	if said != 2 {
		t.Errorf("%d sentences", said)
	}
}
