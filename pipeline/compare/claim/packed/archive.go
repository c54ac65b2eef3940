package packed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// ErrMissing means that the file of a source that a sentence may mean was not given yet.
var ErrMissing = errors.New("claims: a file is missing")

// Archive answers from an index and from the files of its sources.
type Archive struct {
	since   []stat.Date
	sources []*source
}

// NewArchive reads an index.
func NewArchive(index []byte) (*Archive, error) {
	var x Index
	if err := decode(index, &x); err != nil {
		return nil, fmt.Errorf("claims: index: %w", err)
	}
	a := &Archive{since: x.Since}
	for _, e := range x.Sources {
		if !slices.IsSorted(e.Vintages) {
			return nil, fmt.Errorf("claims: index: %s: the releases are not in order", e.ID)
		}
		a.sources = append(a.sources, &source{Entry: e})
	}
	return a, nil
}

// decode reads JSON strictly.
func decode(data []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

// Wants returns the names of the files without which a sentence cannot be answered, and that are not there yet.
func (a *Archive) Wants(text string, on stat.Date) []string {
	r := words.Parse(text).Read(on)
	out := []string{}
	for _, s := range a.sources {
		if len(r.Numbers) > 0 && s.series == nil && r.WantsSource(s.Entry.ID) {
			out = append(out, s.File)
		}
	}
	return out
}

// Add takes the content of a file.
func (a *Archive) Add(name string, data []byte) error {
	i := slices.IndexFunc(a.sources, func(s *source) bool { return s.File == name })
	if i < 0 {
		return fmt.Errorf("claims: no source has the file %q", name)
	}
	err := a.sources[i].read(data)
	if err != nil {
		err = fmt.Errorf("claims: %s: %w", a.sources[i].Entry.ID, err)
	}
	return err
}

// Answer answers a sentence that was said on a day.
func (a *Archive) Answer(ctx context.Context, text string, on stat.Date) (*claim.Claimed, error) {
	list := make(claim.Archive, len(a.sources))
	for i, s := range a.sources {
		list[i] = s
	}
	return claim.Check(ctx, list, text, on, a.since)
}

// find returns a series and its source, or nil.
func (a *Archive) find(id stat.SeriesID) (*unpacked, *source) {
	name, _, _, _, err := id.Parse()
	if err != nil {
		return nil, nil
	}
	for _, s := range a.sources {
		if i := slices.IndexFunc(s.series, func(u unpacked) bool { return u.about.ID == id }); s.Entry.ID == name && i >= 0 {
			return &s.series[i], s
		}
	}
	return nil, nil
}

// About returns what is known of a series and of its source, or nil.
func (a *Archive) About(id stat.SeriesID) (*stat.Series, *Entry) {
	u, s := a.find(id)
	if u == nil {
		return nil, nil
	}
	return &u.about, &s.Entry
}

// Compares reports whether a series is one that is compared, which has a page of its own.
func (a *Archive) Compares(id stat.SeriesID) bool {
	u, _ := a.find(id)
	return u != nil && u.compared
}

// Over returns the value of a series for exactly the days of a period, as known at the end of a day. It is missing
// if nothing was known.
func (a *Archive) Over(id stat.SeriesID, at stat.Date, per stat.Period) stat.Count {
	u, s := a.find(id)
	if u == nil {
		return stat.Count{}
	}
	p, err := u.as(s.at(at), s.Entry.Vintages)
	if p == nil || err != nil {
		return stat.Count{}
	}
	return p.Over(per).Value
}

// source is a source of an archive.
type source struct {
	Entry
	series []unpacked
}

// unpacked is a series that was read.
type unpacked struct {
	about    stat.Series
	compared bool
	periods  []stat.Period
	states   []step
	newest   built
}

// step is what a release changes.
type step struct {
	at, asOf int
	places   []int
	cells    []cell
}

// built is a series as it was known from one vintage on. The search asks for the same ones in a row.
type built struct {
	step int
	asOf stat.Date
	path *compare.Path
}

// read reads the file of the source.
func (s *source) read(data []byte) error {
	var f file
	if err := decode(data, &f); err != nil {
		return err
	}
	list := make([]unpacked, 0, len(f.Series))
	for _, x := range f.Series {
		u, err := unpack(x, len(s.Entry.Vintages))
		if err != nil {
			return fmt.Errorf("%s: %w", x.ID, err)
		}
		list = append(list, u)
	}
	s.series = list
	return nil
}

// unpack reads a series.
func unpack(x series, vintages int) (unpacked, error) {
	name, measure, _, d, err := x.ID.Parse()
	if err != nil {
		return unpacked{}, err
	}
	u := unpacked{compared: x.Compared, about: stat.Series{ID: x.ID, Source: name, Measure: measure, Unit: x.Unit, Flow: x.Flow, Kind: x.Kind, Dimensions: d, Title: x.Title}}
	if u.periods, err = parsePeriods(x.Periods); err != nil {
		return unpacked{}, err
	}
	last := -1
	for _, y := range x.States {
		if y.At <= last || y.At >= vintages || y.AsOf < own || y.AsOf >= vintages {
			return unpacked{}, fmt.Errorf("state %d as of %d", y.At, y.AsOf)
		}
		p := step{at: y.At, asOf: y.AsOf}
		if err := p.parse(y.Values, len(u.periods)); err != nil {
			return unpacked{}, err
		}
		u.states, last = append(u.states, p), y.At
	}
	return u, nil
}

// parse reads what a state changes of some periods.
func (p *step) parse(text string, periods int) error {
	at := 0
	for word := range strings.FieldsSeq(text) {
		if n, found := strings.CutPrefix(word, "@"); found {
			var err error
			if at, err = strconv.Atoi(n); err != nil {
				return err
			}
			continue
		}
		c, err := parseCell(word)
		if err != nil {
			return err
		}
		if at < 0 || at >= periods {
			return fmt.Errorf("period %d of %d", at, periods)
		}
		p.places, p.cells = append(p.places, at), append(p.cells, c)
		at++
	}
	return nil
}

// ID returns the name of the source.
func (s *source) ID() string { return s.Entry.ID }

// Restates returns the source whose facts this one repeats, or "".
func (s *source) Restates() string { return s.Entry.Restates }

// Vintages returns the days of its releases.
func (s *source) Vintages() ([]stat.Date, error) { return s.Entry.Vintages, nil }

// Paths returns the series that a sentence may mean as they were known at the end of a day.
func (s *source) Paths(r *words.Reading, at stat.Date) ([]*compare.Path, error) {
	if s.series == nil {
		return nil, fmt.Errorf("%w: %s", ErrMissing, s.File)
	}
	n := s.at(at)
	var compared, others []*compare.Path
	for i := range s.series {
		u := &s.series[i]
		if !u.compared && !r.Wants(u.about.ID) {
			continue
		}
		p, err := u.as(n, s.Entry.Vintages)
		switch {
		case err != nil:
			return nil, err
		case p == nil:
		case u.compared:
			compared = append(compared, p)
		default:
			others = append(others, p)
		}
	}
	return append(compared, others...), nil
}

// at returns the index of the newest vintage that is not after a day. It is negative if there is none.
func (s *source) at(day stat.Date) int {
	n, found := slices.BinarySearch(s.Entry.Vintages, day)
	if !found {
		n--
	}
	return n
}

// as returns the series as a vintage knew it, or nil if that stated nothing of it.
func (u *unpacked) as(vintage int, days []stat.Date) (*compare.Path, error) {
	steps := 0
	for steps < len(u.states) && u.states[steps].at <= vintage {
		steps++
	}
	if steps == 0 {
		return nil, nil
	}
	asOf := days[vintage]
	if n := u.states[steps-1].asOf; n != own {
		asOf = days[n]
	}
	if u.newest.path != nil && u.newest.step == steps && u.newest.asOf == asOf {
		return u.newest.path, nil
	}
	cells := make([]cell, len(u.periods))
	for _, p := range u.states[:steps] {
		for i, place := range p.places {
			cells[place] = p.cells[i]
		}
	}
	release := &stat.Release{Source: u.about.Source, Vintage: asOf}
	var list []stat.Observation
	for i, c := range cells {
		if !c.stated {
			continue
		}
		o := stat.Observation{Series: &u.about, Period: u.periods[i], Status: stat.Missing, Release: release}
		if c.known {
			o.Value, o.Status = stat.Known(c.value), stat.Normal
		}
		list = append(list, o)
	}
	if len(list) == 0 {
		return nil, nil
	}
	p, err := compare.NewPath(&u.about, list)
	u.newest = built{steps, asOf, p}
	return p, err
}
