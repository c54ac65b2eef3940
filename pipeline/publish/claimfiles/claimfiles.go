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
	"strings"

	"crossings/pipeline/compare/claim/packed"
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

// Make makes the files from what was known on a day. The zero day means everything known now. The error names
// the sources that could not be read; the files have the others.
func Make(ctx context.Context, r registry.Registry, asOf stat.Date) (*Files, error) {
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
		data, days, err := pack(r, s, asOf)
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

// pack returns the file of a source and the days of its releases.
func pack(r registry.Registry, s *source.Source, asOf stat.Date) ([]byte, []stat.Date, error) {
	entries, err := r.OpenLake().Entries(s.ID)
	if err != nil {
		return nil, nil, err
	}
	var p packed.Packer
	known := map[stat.SeriesID]*stat.Series{}
	for _, e := range entries {
		if !asOf.IsZero() && e.Vintage > asOf {
			break
		}
		obs, err := r.OpenLake().Read(e)
		if err != nil {
			return nil, nil, err
		}
		for _, o := range obs {
			known[o.Series.ID] = o.Series
		}
		if err := p.Add(e.Vintage, e.Coverage, obs); err != nil {
			return nil, nil, err
		}
	}
	data, err := p.Encode(func(id stat.SeriesID) (*stat.Series, bool) { return titled(s, known[id]), s.Compares(id) })
	return data, p.Vintages(), err
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
