package revision

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"io"
	"slices"
	"time"

	"crossings/pipeline/stat"
)

// kept is the stored form of a ledger. Series and releases are stored once and referred to
// by their place in the list.
type kept struct {
	Series    []stat.Series
	Releases  []stat.Release
	Revisions []keptRevision
	State     []keptStatement
}

// gob numbers types as it meets them. Encoding one here gives them the same numbers in
// every run of a program, so the same ledger always has the same bytes.
func init() {
	if err := gob.NewEncoder(io.Discard).Encode(kept{}); err != nil {
		panic(err)
	}
}

// keptCount is a count. gob cannot read the unexported fields of stat.Count.
type keptCount struct {
	N     int64
	Known bool
}

type keptRevision struct {
	Series                 int
	Period                 stat.Period
	Old, New               keptCount
	Kind                   Kind
	OldVintage, NewVintage stat.Date
	NewRelease             string
	FirstSeen              time.Time
	Marked, Substantial    bool
}

// keptStatement is the part of an observation's newest statement that the ledger needs.
type keptStatement struct {
	Series, Release     int
	Period              stat.Period
	Value, Lower, Upper keptCount
	Status              stat.Status
}

func keep(c stat.Count) keptCount {
	n, known := c.Get()
	return keptCount{n, known}
}

func (k keptCount) count() stat.Count {
	if !k.Known {
		return stat.Count{}
	}
	return stat.Known(k.N)
}

// places is a list without repeats.
type places[T comparable] struct {
	list []T
	at   map[T]int
}

// of returns the place of a value in the list, and adds the value if it is new.
func (p *places[T]) of(v T) int {
	i, ok := p.at[v]
	if !ok {
		if p.at == nil {
			p.at = map[T]int{}
		}
		i = len(p.list)
		p.list, p.at[v] = append(p.list, v), i
	}
	return i
}

// Encode returns the ledger as bytes for DecodeLedger. The same releases give the same
// bytes.
func (l *Ledger) Encode() ([]byte, error) {
	var out kept
	var series places[stat.Series]
	var releases places[stat.Release]
	for _, r := range l.Revisions {
		out.Revisions = append(out.Revisions, keptRevision{series.of(*r.Series), r.Period, keep(r.Old), keep(r.New), r.Kind,
			r.OldVintage, r.NewVintage, r.NewRelease, r.FirstSeen, r.Marked, r.Substantial})
	}
	state := make([]stat.Observation, 0, len(l.state))
	for _, o := range l.state {
		state = append(state, o)
	}
	slices.SortFunc(state, func(a, b stat.Observation) int { return cmp.Or(a.Compare(b), a.Release.Compare(*b.Release)) })
	for _, o := range state {
		out.State = append(out.State, keptStatement{series.of(*o.Series), releases.of(*o.Release), o.Period,
			keep(o.Value), keep(o.Lower), keep(o.Upper), o.Status})
	}
	out.Series, out.Releases = series.list, releases.list
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(out)
	return b.Bytes(), err
}

// DecodeLedger reads a ledger that Encode wrote. Releases may be added to it as to the
// original.
func DecodeLedger(data []byte) (*Ledger, error) {
	var in kept
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&in); err != nil {
		return nil, err
	}
	l := &Ledger{state: make(map[key]stat.Observation, len(in.State))}
	for _, r := range in.Revisions {
		if r.Series < 0 || r.Series >= len(in.Series) {
			return nil, fmt.Errorf("a revision of series %d of %d", r.Series, len(in.Series))
		}
		l.Revisions = append(l.Revisions, Revision{&in.Series[r.Series], r.Period, r.Old.count(), r.New.count(), r.Kind,
			r.OldVintage, r.NewVintage, r.NewRelease, r.FirstSeen.UTC(), r.Marked, r.Substantial})
	}
	for _, x := range in.State {
		if x.Series < 0 || x.Series >= len(in.Series) || x.Release < 0 || x.Release >= len(in.Releases) {
			return nil, fmt.Errorf("a statement of series %d of %d in release %d of %d", x.Series, len(in.Series), x.Release, len(in.Releases))
		}
		o := stat.Observation{Series: &in.Series[x.Series], Release: &in.Releases[x.Release], Period: x.Period,
			Value: x.Value.count(), Lower: x.Lower.count(), Upper: x.Upper.count(), Status: x.Status}
		l.state[key{o.Series.ID, o.Period.Start, o.Period.End}] = o
	}
	return l, nil
}
