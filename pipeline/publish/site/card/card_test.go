package card

import (
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

func all(charts.Card) bool { return true }

// texts returns what the cards of a site say, by id.
func texts(index *content.Index) map[string]string {
	out := map[string]string{}
	for _, c := range Of(index, all) {
		out[c.ID] = strings.Join([]string{c.Value, c.When, c.Against, c.Chip}, "|")
	}
	return out
}

func TestCardsSayTheFairForm(t *testing.T) {
	got := texts(content.NewIndex(sitetest.Real(t)))
	for id, want := range map[string]string{
		"people":             "11,638|so far in 2026, to 25 June|37.2 % fewer than the 18,518 by 25 June 2025 (41,472 in the whole of 2025)|",
		"people-per-boat":    "65.4|from 26 June 2025 to 25 June 2026|against 55.9 from 26 June 2024 to 25 June 2025|",
		"returned-to-france": "1,087|since 6 August 2025, to 30 June 2026|",
		"hotels":             "30,657|on 31 December 2025|14.1 % fewer than the 35,689 of a year before|",
	} {
		if !strings.HasPrefix(got[id], want) {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
}

// TestAClosedYearIsNotSoFar ends the year to date with its year.
func TestAClosedYearIsNotSoFar(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	rows := index.YearToDate.Of(sitetest.ArrivalsID)
	for _, r := range rows {
		r.Cutoff = stat.Year(r.Year).End
	}
	if got := texts(index)["people"]; !strings.HasPrefix(got, "11,638|in 2026|37.2 % fewer than the 18,518 in 2025|") {
		t.Errorf("the card says %q", got)
	}
	l := NewLead(index, sitetest.ArrivalsID)
	if l.Finding != "37.2 % fewer people in 2026 than in 2025" || len(l.Figures) != 2 {
		t.Errorf("the lead says %+v", l)
	}
}

// TestAPastYearIsNotSoFar knows of a release of the year after.
func TestAPastYearIsNotSoFar(t *testing.T) {
	s := sitetest.Real(t)
	s.Vintage = stat.MustDate("2027-01-08")
	if got := texts(content.NewIndex(s))["people"]; !strings.HasPrefix(got, "11,638|in 2026, to 25 June|") {
		t.Errorf("the card says %q", got)
	}
}

// TestAWholeYearIsNeverAlone takes the part of the year before away.
func TestAWholeYearIsNeverAlone(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	for _, r := range index.YearToDate.Of(sitetest.ArrivalsID) {
		r.PriorValue, r.ChangePercent = stat.Count{}, row.Number{}
	}
	l := NewLead(index, sitetest.ArrivalsID)
	if len(l.Figures) != 1 || !strings.HasPrefix(l.Finding, "11,638 people so far in 2026") {
		t.Errorf("the lead says %+v", l)
	}
	if got := texts(index)["people"]; strings.Contains(got, "41,472") {
		t.Errorf("the card says %q", got)
	}
}

// TestTheMeanIsComparedByDate ends on the last of February of a year after a leap year.
func TestTheMeanIsComparedByDate(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	for _, r := range index.Daily.Of(sitetest.ArrivalsID) {
		r.Rolling7DayMean.Known = r.Date <= stat.MustDate("2025-02-28")
	}
	if got := texts(index)["seven-days"]; !strings.Contains(got, "a day in the seven days to 28 February 2025|against ") || !strings.Contains(got, "in the seven days to 28 February 2024|") {
		t.Errorf("the card says %q", got)
	}
}

func TestAStoppedSourceIsNeverNow(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	for _, state := range []string{"dead", "retired", "moved"} {
		for _, s := range index.SourceStates {
			s.State = state
		}
		for _, c := range Of(index, all) {
			if strings.Contains(string(c.Spark), `"now"`) {
				t.Errorf("%s of a %s source has the colour of now: %s", c.ID, state, c.Chip)
			}
		}
		for _, f := range NewLead(index, sitetest.ArrivalsID).Figures {
			if f.Class == "now" {
				t.Errorf("the lead of a %s source has the colour of now", state)
			}
		}
	}
}

// TestALateSourceIsStillNow keeps the colour of a source whose next release is only late.
func TestALateSourceIsStillNow(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	for _, s := range index.SourceStates {
		s.State = "late"
	}
	now := 0
	for _, c := range Of(index, all) {
		if strings.Contains(string(c.Spark), `"now"`) {
			now++
		}
	}
	if l := NewLead(index, sitetest.ArrivalsID); now == 0 || l.Figures[0].Class != "now" {
		t.Errorf("%d cards of late sources have the colour of now, and the lead is %q", now, l.Figures[0].Class)
	}
}

func TestSparkMissingIsNoZero(t *testing.T) {
	one := bar{value: 10, known: true, class: "past"}
	if got := string(spark([]bar{one, {}, {value: 0, known: true, class: "now"}})); strings.Count(got, "<rect") != 2 || !strings.Contains(got, `height="0.8"`) {
		t.Errorf("drawn: %s", got)
	}
	if got := spark([]bar{one, {}}); got != "" {
		t.Errorf("one value is drawn: %s", got)
	}
}

// TestFewBarsAreNoBlocks draws two years: bars as thin as those of six, the last at the right edge.
func TestFewBarsAreNoBlocks(t *testing.T) {
	one := bar{value: 10, known: true, class: "past"}
	if got := string(spark([]bar{one, one})); strings.Count(got, `width="18.3"`) != 2 || !strings.Contains(got, `x="101.7"`) {
		t.Errorf("drawn: %s", got)
	}
	if got := string(spark([]bar{one, one, one, one, one, one, one})); !strings.Contains(got, `x="0.0"`) || !strings.Contains(got, `width="15.4"`) {
		t.Errorf("drawn: %s", got)
	}
}
