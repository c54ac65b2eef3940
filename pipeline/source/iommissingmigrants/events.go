package iommissingmigrants

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// events returns the incidents as incident records, in the order of the file.
func events(list []incident, r *stat.Release) *table.Table {
	t := table.New("incident-records")
	for _, in := range list {
		t.Add(
			table.Text(id), table.Text(in.id), table.Text(in.main), table.Text(in.kind),
			table.Day(in.period.Start), table.Day(in.period.End), table.Text(string(in.period.Precision)), table.Text(in.route),
			table.Count(in.dead), table.Count(in.missing), table.Count(in.lower()), table.Count(in.upper()),
			table.Count(in.survivors), table.Count(in.females), table.Count(in.males), table.Count(in.kids),
			table.Text(in.region), table.Text(in.country), table.Text(in.origin), table.Text(in.cause), table.Text(in.location),
			table.Float(in.lat, in.placed), table.Float(in.lon, in.placed),
			table.Text(in.source), table.Text(in.address), table.Count(in.quality), table.Text(in.reliability), table.Text(in.mark),
			table.Day(r.Vintage), table.Instant(r.FirstSeen), table.Text(r.ID), table.Text(in.at.ref(incidentID)),
		)
	}
	return t
}

// lower and upper are the ends of the range of dead and missing: bodies found, and both together.
// If an entry takes missing people away, both together is the lower end. The upper end is unknown
// if one of the two is.
func (in incident) lower() stat.Count {
	low, _ := bounds(in.dead, in.together())
	return low
}

func (in incident) upper() stat.Count {
	_, high := bounds(in.dead, in.together())
	return high
}

// together is dead and missing if both are known.
func (in incident) together() stat.Count {
	if in.partly {
		return stat.Count{}
	}
	return in.both
}

// bounds returns the ends of the range from dead to both together. If one of them is missing, they
// stay as they are.
func bounds(dead, both stat.Count) (low, high stat.Count) {
	if d, known := both.Sub(dead).Get(); known && d < 0 {
		return both, dead
	}
	return dead, both
}
