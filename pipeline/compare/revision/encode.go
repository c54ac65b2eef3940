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

// kept is a ledger as bytes hold it: what many rows share stands once.
type kept struct {
	Series    []stat.Series
	Releases  []stat.Release
	Revisions []keptRevision
	State     []keptStatement
}

// gob numbers types as it meets them. Met here, they have the same numbers in every
// run of a program, whatever it does first, and so the same ledger has the same bytes.
func init() {
	if err := gob.NewEncoder(io.Discard).Encode(kept{}); err != nil {
		panic(err)
	}
}

// keptCount is a count; gob does not see what stat.Count holds.
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

// keptStatement is what the ledger needs of the newest statement of an observation.
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

// places gives each value that is asked for a place in a list.
type places[T comparable] struct {
	list []T
	at   map[T]int
}

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

// Encode returns the ledger as bytes for DecodeLedger, the same for the same releases.
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

// DecodeLedger returns the ledger that Encode made bytes of. Adding releases to it
// gives what adding them to that ledger would have given.
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
