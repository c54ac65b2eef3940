package sitetest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// checks returns what browsers check claims from: the figures of some paths of one source, in one release.
func checks(t testing.TB, paths []*compare.Path) *content.Checks {
	t.Helper()
	var p packed.Packer
	var obs []stat.Observation
	about := map[stat.SeriesID]*stat.Series{}
	for _, x := range paths {
		about[x.Series().ID] = x.Series()
		obs = append(obs, x.Observations()...)
	}
	vintage := paths[0].Vintage()
	if err := p.Add(vintage, nil, obs); err != nil {
		t.Fatal(err)
	}
	data, err := p.Encode(func(id stat.SeriesID) (*stat.Series, bool) { return about[id], true })
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:8]) + ".json"
	index, err := json.Marshal(packed.Index{Sources: []packed.Entry{{ID: paths[0].Series().Source, Title: "Small boats", Vintages: p.Vintages(), File: name, Bytes: len(data)}}})
	if err != nil {
		t.Fatal(err)
	}
	return &content.Checks{Index: index, Sources: map[string][]byte{name: data}}
}
