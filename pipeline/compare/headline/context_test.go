package headline

import (
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// TestInContext checks the worked figures, and that no sentence has an unknown ratio.
func TestInContext(t *testing.T) {
	people := boats
	people.One, people.Many = "person has arrived", "people have arrived"
	per := func(y int) stat.Period { return stat.Period{Start: stat.NewDate(y, 1, 1), End: stat.NewDate(y, 4, 30)} }
	c := compare.Context{Period: per(2025), PriorPeriod: per(2024), Value: stat.Known(11074), Prior: stat.Known(7567), ChangePercent: compare.KnownPercent(46.346), Of: stat.Known(60), PriorOf: stat.Known(27),
		Per: compare.Percent{}.Float, Status: stat.Provisional}
	x := Context{"days", [2]string{"day was assessed as likely", "days were assessed as likely"}, "per such day"}
	if h, ok := InContext(&people, x, c, Known{}); ok {
		t.Errorf("without a ratio: %q", h.Text)
	}
	c.Per, c.PriorPer, c.PerChangePercent = compare.KnownFloat(184.5667), compare.KnownFloat(280.2593), compare.KnownPercent(-34.144)
	want := ", 60 days were assessed as likely, against 27 on the same dates of 2024; 11,074 people have arrived, against 7,567 (+46.3 %). " +
		"That is 184.6 per such day, against 280.3 (−34.1 %): context, not an adjustment."
	h, ok := InContext(&people, x, c, Known{})
	if !ok || h.Text != "From 1 January 2025 to 30 April 2025"+want || h.Rows[0] != "context/"+string(people.ID)+"/days/2025-01-01" || h.Cutoff != per(2025).End || h.Status != stat.Provisional {
		t.Errorf("%+v", h)
	}
	if h, _ := InContext(&people, x, c, Known{Late: true}); h.Text != "To 30 April 2025, from 1 January 2025"+want {
		t.Errorf("late: %q", h.Text)
	}
	other := c
	other.PriorPeriod.End = other.PriorPeriod.End.AddDays(-1)
	if h, _ := InContext(&people, x, other, Known{}); !strings.Contains(h.Text, "against 27 from 1 January 2024 to 29 April 2024;") {
		t.Errorf("other dates: %q", h.Text)
	}
	c.ChangePercent, c.PerChangePercent = compare.Percent{}, compare.Percent{}
	if h, ok := InContext(&people, x, c, Known{}); !ok || strings.Contains(h.Text, "%") {
		t.Errorf("low base: %q", h.Text)
	}
	people.Many = ""
	if h, ok := InContext(&people, x, c, Known{}); ok {
		t.Errorf("no words: %q", h.Text)
	}
}
