package watch

import (
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/compare"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Known is everything known about one source on a day.
type Known struct {
	Source     *source.Source
	Entries    []lake.Entry
	Paths      []*compare.Path    // the series that are compared
	Others     []stat.Observation // observations of all other series
	Pending    []archive.Snapshot // files of the pending releases
	PendingErr error              // why Pending is incomplete, or nil
	Err        error              // why the source cannot be read, or nil
}

// ReadKnown returns what was known about a source at the end of a day. The zero day means
// everything known today. It does not set Pending.
func ReadKnown(r registry.Registry, s *source.Source, asOf stat.Date) Known {
	k := Known{Source: s}
	obs, entries, err := r.OpenLake().AsOf(s.ID, asOf)
	if err != nil {
		k.Err = err
		return k
	}
	k.Entries = entries
	Describe(s, obs)
	for len(obs) > 0 {
		n := slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.ID != obs[0].Series.ID })
		if n < 0 {
			n = len(obs)
		}
		if !s.Compares(obs[0].Series.ID) {
			k.Others = append(k.Others, obs[:n]...)
			obs = obs[n:]
			continue
		}
		p, err := compare.NewPath(obs[0].Series, obs[:n])
		if err != nil {
			k.Err = err
			return k
		}
		k.Paths = append(k.Paths, p)
		obs = obs[n:]
	}
	return k
}

// Describe sets the series of observations to those that their source describes, because the lake
// stores only codes. Observations share their series, so each series is looked up once.
func Describe(s *source.Source, obs []stat.Observation) {
	found := map[*stat.Series]*stat.Series{}
	for i := range obs {
		series, known := found[obs[i].Series]
		if !known {
			series = s.Describe(obs[i].Series)
			found[obs[i].Series] = series
		}
		obs[i].Series = series
	}
}

// Path returns the path of a series, or nil.
func (k *Known) Path(id stat.SeriesID) *compare.Path {
	i := slices.IndexFunc(k.Paths, func(p *compare.Path) bool { return p.Series().ID == id })
	if i < 0 {
		return nil
	}
	return k.Paths[i]
}
