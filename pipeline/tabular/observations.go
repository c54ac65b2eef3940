package tabular

import (
	"crossings/pipeline/stat"
)

// Observations returns the observations as a table in the tidy layout, in the
// order given.
func Observations(obs []stat.Observation) *Table {
	t := New("observations")
	for _, o := range obs {
		s, r := o.Series, o.Release
		t.Add(Text(s.Source), Text(string(s.ID)), Text(s.Flow), Text(s.Measure), Text(s.Unit), Text(string(s.Kind)),
			Text(s.RefArea), Text(s.Route), Text(s.Origin), Text(s.Destination), Text(s.Category), Text(s.Sex), Text(s.Age),
			Day(o.Period.Start), Day(o.Period.End), Text(string(o.Period.Precision)),
			Count(o.Value), Count(o.Lower), Count(o.Upper), Text(string(o.Status)), Bool(o.Revised), Text(o.Mark),
			Day(r.Vintage), Instant(r.FirstSeen), Text(r.ID), Text(o.Locator))
	}
	return t
}
