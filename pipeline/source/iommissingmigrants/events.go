package iommissingmigrants

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// events returns the incidents as rows of the table incidents, in the order of
// the file.
func events(list []incident, r *stat.Release) *tabular.Table {
	t := tabular.New("incidents")
	for _, in := range list {
		t.Add(
			tabular.Text(id), tabular.Text(in.id), tabular.Text(in.main), tabular.Text(in.kind),
			tabular.Day(in.period.Start), tabular.Day(in.period.End), tabular.Text(string(in.period.Precision)), tabular.Text(in.route),
			tabular.Count(in.dead), tabular.Count(in.missing), tabular.Count(in.lower()), tabular.Count(in.upper()),
			tabular.Count(in.survivors), tabular.Count(in.females), tabular.Count(in.males), tabular.Count(in.kids),
			tabular.Text(in.region), tabular.Text(in.country), tabular.Text(in.origin), tabular.Text(in.cause), tabular.Text(in.location),
			tabular.Float(in.lat, in.placed), tabular.Float(in.lon, in.placed),
			tabular.Text(in.source), tabular.Text(in.address), tabular.Count(in.quality), tabular.Text(in.reliability),
			tabular.Day(r.Vintage), tabular.Instant(r.FirstSeen), tabular.Text(r.ID), tabular.Text(in.at.ref(incidentID)),
		)
	}
	return t
}

// lower and upper are the ends of the range of dead and missing: bodies found, and
// both together, which is the lower end where an entry takes missing people away.
// The upper end is unknown where one of the two is.
func (in incident) lower() stat.Count {
	low, _ := bounds(in.dead, in.together())
	return low
}

func (in incident) upper() stat.Count {
	together := in.together()
	if !together.IsKnown() {
		return together
	}
	_, high := bounds(in.dead, together)
	return high
}

// together is dead and missing where both are known.
func (in incident) together() stat.Count {
	if in.partly {
		return stat.Count{}
	}
	return in.both
}

// bounds returns the ends of the range from dead to both together. Where one of them
// is missing they are as they are.
func bounds(dead, both stat.Count) (low, high stat.Count) {
	if d, known := both.Sub(dead).Get(); known && d < 0 {
		return both, dead
	}
	return dead, both
}
