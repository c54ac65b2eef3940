package revision

import (
	"cmp"
	"slices"

	"crossings/pipeline/stat"
)

// comparePeriods orders periods by start, then end.
func comparePeriods(a, b stat.Period) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// SameAge returns the release that was to an earlier period what the newest release up to a day
// is to a later one: the two ages, in days from the end of each period to the release, are as
// close as the releases allow, and differ by at most half of the usual time between two releases.
// end and earlier are the last days of the two periods. ok is false if the ledger has no such
// release.
func (h *History) SameAge(end, earlier, asOf stat.Date) (r *stat.Release, ok bool) {
	newest := h.newest(asOf)
	if newest < 0 {
		return nil, false
	}
	want := earlier + h.Releases[newest].Vintage - end
	for _, x := range h.Releases[:newest+1] {
		if r == nil || distance(x.Vintage, want) <= distance(r.Vintage, want) {
			r = x
		}
	}
	if 2*distance(r.Vintage, want) > h.pace() {
		return nil, false
	}
	return r, true
}

func distance(a, b stat.Date) int { return max(int(a-b), int(b-a)) }

// pace returns the usual number of days between two releases, or 0 if there is one only.
func (h *History) pace() int {
	var gaps []int
	for i := 1; i < len(h.Releases); i++ {
		if d := int(h.Releases[i].Vintage - h.Releases[i-1].Vintage); d > 0 {
			gaps = append(gaps, d)
		}
	}
	return median(gaps)
}

// AsOf returns the observations of the series as they were known after a release: of each period
// the newest statement up to it. Withdrawn values are left out. The observations have a series, a
// period, a value, a status and a release; the status says only whether there is a value.
func (h *History) AsOf(r *stat.Release) []stat.Observation {
	var out []stat.Observation
	for _, v := range h.Periods {
		i := slices.IndexFunc(v.Statements, func(s Statement) bool { return s.Release.Compare(*r) > 0 })
		if i < 0 {
			i = len(v.Statements)
		}
		if i == 0 {
			continue
		}
		if s := v.Statements[i-1]; s.Value.IsKnown() {
			out = append(out, stat.Observation{Series: h.Series, Period: v.Period, Value: s.Value, Status: stat.Normal, Release: s.Release})
		}
	}
	return out
}
