// Package claimfiles makes the files from which a reader's browser checks a claim: for each source its series
// as each release states them.
package claimfiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/lake"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// MaxFile bounds the file of a source. A larger one is left out, and the index does not name its source.
const MaxFile = 8 << 20

// Files are the index and the files that it names.
type Files struct {
	Index   []byte
	Sources map[string][]byte // by name: a hash, so that a browser keeps each for good
}

// Make makes the files from what was known on a day. The zero day means everything known now. made has the files
// that earlier builds made, or is nil. The error names the sources that could not be read; the files have the
// others.
func Make(ctx context.Context, r registry.Registry, asOf stat.Date, made *cached.Folder) (*Files, error) {
	sources, err := r.All(asOf)
	if err != nil {
		return nil, err
	}
	claims, err := tables.NewClaims(r)
	if err != nil {
		return nil, err
	}
	out := &Files{Sources: map[string][]byte{}}
	index := packed.Index{Since: claims.Since(), Sources: []packed.Entry{}}
	var failed error
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, days, err := pack(r, s, asOf, made)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.ID, err))
			continue
		}
		if len(days) == 0 || len(data) > MaxFile {
			continue
		}
		sum := sha256.Sum256(data)
		name := hex.EncodeToString(sum[:8]) + ".json"
		out.Sources[name] = data
		index.Sources = append(index.Sources, packed.Entry{ID: s.ID, Restates: s.Restates, Title: s.Title, Vintages: days, File: name, Bytes: len(data)})
	}
	if out.Index, err = json.Marshal(index); err != nil {
		return nil, err
	}
	return out, failed
}

// pack returns the file of a source and the days of its releases. A file is kept by the releases that it is
// made from and by what the site says of their series, which an operator may change.
func pack(r registry.Registry, s *source.Source, asOf stat.Date, made *cached.Folder) ([]byte, []stat.Date, error) {
	all, err := r.OpenLake().Entries(s.ID)
	if err != nil {
		return nil, nil, err
	}
	var entries []lake.Entry
	var days []stat.Date
	for _, e := range all {
		if !asOf.IsZero() && e.Vintage > asOf {
			break
		}
		entries = append(entries, e)
		if n := len(days); n == 0 || days[n-1] < e.Vintage {
			days = append(days, e.Vintage)
		}
	}
	from, err := json.Marshal(entries)
	if err != nil {
		return nil, nil, err
	}
	p := &packing{lake: r.OpenLake(), entries: entries}
	list, err := made.Get(p.list, []byte("claim series"), from)
	if err != nil {
		return nil, nil, err
	}
	var series []stat.Series
	if err := json.Unmarshal(list, &series); err != nil {
		return nil, nil, err
	}
	described := map[stat.SeriesID]description{}
	for i := range series {
		described[series[i].ID] = description{titled(s, &series[i]), s.Compares(series[i].ID)}
	}
	said, err := json.Marshal(described) // sorted by series
	if err != nil {
		return nil, nil, err
	}
	data, err := made.Get(func() ([]byte, error) { return p.encode(described) }, []byte("claim file"), from, said)
	return data, days, err
}

// description is what the site says of a series.
type description struct {
	About    *stat.Series
	Compared bool
}

// packing packs the releases of a source, once it is asked for something that was not kept.
type packing struct {
	lake    *lake.Lake
	entries []lake.Entry
	packer  *packed.Packer // nil until the releases are read
	series  map[stat.SeriesID]*stat.Series
}

func (p *packing) read() error {
	if p.packer != nil {
		return nil
	}
	p.packer, p.series = &packed.Packer{}, map[stat.SeriesID]*stat.Series{}
	for _, e := range p.entries {
		obs, err := p.lake.Read(e)
		if err != nil {
			return err
		}
		for _, o := range obs {
			if words.MayMean(o.Series.ID) {
				p.series[o.Series.ID] = o.Series
			}
		}
		if err := p.packer.Add(e.Vintage, e.Coverage, obs); err != nil {
			return err
		}
	}
	return nil
}

// list returns the series that a sentence may mean, as JSON.
func (p *packing) list() ([]byte, error) {
	if err := p.read(); err != nil {
		return nil, err
	}
	var out []stat.Series
	for _, id := range slices.Sorted(maps.Keys(p.series)) {
		out = append(out, *p.series[id])
	}
	return json.Marshal(out)
}

func (p *packing) encode(described map[stat.SeriesID]description) ([]byte, error) {
	if err := p.read(); err != nil {
		return nil, err
	}
	return p.packer.Encode(func(id stat.SeriesID) (*stat.Series, bool) { return described[id].About, described[id].Compared })
}

// titled describes a series. One that the source gives no title gets that of the whole, with its nationality, sex
// and age.
func titled(s *source.Source, x *stat.Series) *stat.Series {
	out := *s.Describe(x)
	if out.Title != "" {
		return &out
	}
	d, parts := x.Dimensions, []string{}
	for _, list := range []struct{ dimension, codes string }{{"origin", "area"}, {"sex", "sex"}, {"age", "age"}} {
		code := d.Field(list.dimension)
		if *code == stat.Total || *code == "" {
			continue
		}
		parts = append(parts, schemas.LabelOf(list.codes, *code))
		*code = stat.Total
	}
	whole := *x
	whole.ID, whole.Dimensions = stat.NewSeriesID(x.Source, x.Measure, x.Frequency(), d), d
	if title := s.Describe(&whole).Title; title != "" {
		out.Title = title + ": " + strings.Join(parts, ", ")
	}
	return &out
}
