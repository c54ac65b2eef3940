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

// Known is what was known of one source at the time of the build.
type Known struct {
	Source  *source.Source
	Entries []lake.Entry
	Paths   []*compare.Path    // of the series that are compared
	Others  []stat.Observation // of the breakdowns below them
	Held    []archive.Snapshot // that wait for a person
	Unheld  error              // why those that wait cannot be read
	Err     error
}

// ReadKnown returns what was known of a source at the end of a day; zero means all.
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

// Describe gives observations the series that their source describes; the lake keeps
// only codes. The observations of a release share their series, so
// that each is looked up once.
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
