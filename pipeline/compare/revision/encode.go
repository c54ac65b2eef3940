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

// storedLedger is the encoded form of a ledger. Each series and release is stored once, and
// referred to by its index.
type storedLedger struct {
	Series    []stat.Series
	Releases  []stat.Release
	Revisions []storedRevision
	State     []storedStatement
	Read      []storedRelease // the releases that the ledger has read, oldest first
}

// storedRelease is a release and what it covers.
type storedRelease struct {
	Release  int
	Coverage []stat.Coverage
}

// gob numbers types in the order in which it meets them. Encoding one here gives the types the
// same numbers in every process, so the same ledger always has the same bytes.
func init() {
	if err := gob.NewEncoder(io.Discard).Encode(storedLedger{}); err != nil {
		panic(err)
	}
}

// storedCount is a count with exported fields. gob cannot read those of stat.Count.
type storedCount struct {
	N     int64
	Known bool
}

type storedRevision struct {
	Series                 int
	Period                 stat.Period
	Old, New               storedCount
	Kind                   Kind
	OldVintage, NewVintage stat.Date
	NewRelease             string
	FirstSeen              time.Time
	Marked, Substantial    bool
}

// storedStatement is the part of an observation's newest statement that the ledger needs.
type storedStatement struct {
	Series, Release     int
	First               int // index in Read
	Period              stat.Period
	Value, Lower, Upper storedCount
	Status              stat.Status
}

func storeCount(c stat.Count) storedCount {
	n, known := c.Get()
	return storedCount{n, known}
}

func (k storedCount) count() stat.Count {
	if !k.Known {
		return stat.Count{}
	}
	return stat.Known(k.N)
}

// interner is a list without repeats.
type interner[T comparable] struct {
	list []T
	at   map[T]int
}

// index returns the index of a value in the list, and adds the value if it is new.
func (p *interner[T]) index(v T) int {
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
	var out storedLedger
	var series interner[stat.Series]
	var releases interner[stat.Release]
	for _, r := range l.Revisions {
		out.Revisions = append(out.Revisions, storedRevision{series.index(*r.Series), r.Period, storeCount(r.Old), storeCount(r.New), r.Kind,
			r.OldVintage, r.NewVintage, r.NewRelease, r.FirstSeen, r.Marked, r.Substantial})
	}
	for _, r := range l.releases {
		out.Read = append(out.Read, storedRelease{releases.index(r.Release), r.Coverage})
	}
	state := make([]statement, 0, len(l.state))
	for _, o := range l.state {
		state = append(state, o)
	}
	slices.SortFunc(state, func(a, b statement) int { return cmp.Or(a.Compare(b.Observation), a.Release.Compare(*b.Release)) })
	for _, o := range state {
		out.State = append(out.State, storedStatement{series.index(*o.Series), releases.index(*o.Release), o.first, o.Period,
			storeCount(o.Value), storeCount(o.Lower), storeCount(o.Upper), o.Status})
	}
	out.Series, out.Releases = series.list, releases.list
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(out)
	return b.Bytes(), err
}

// DecodeLedger reads a ledger that Encode wrote. The caller may add releases to it as to
// the original.
func DecodeLedger(data []byte) (*Ledger, error) {
	var in storedLedger
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&in); err != nil {
		return nil, err
	}
	l := &Ledger{state: make(map[key]statement, len(in.State))}
	for _, r := range in.Read {
		if r.Release < 0 || r.Release >= len(in.Releases) {
			return nil, fmt.Errorf("the ledger has read release %d of %d", r.Release, len(in.Releases))
		}
		l.releases = append(l.releases, Release{Release: in.Releases[r.Release], Coverage: r.Coverage})
	}
	for _, r := range in.Revisions {
		if r.Series < 0 || r.Series >= len(in.Series) {
			return nil, fmt.Errorf("a revision refers to series %d of %d", r.Series, len(in.Series))
		}
		l.Revisions = append(l.Revisions, Revision{&in.Series[r.Series], r.Period, r.Old.count(), r.New.count(), r.Kind,
			r.OldVintage, r.NewVintage, r.NewRelease, r.FirstSeen.UTC(), r.Marked, r.Substantial})
	}
	for _, x := range in.State {
		if x.Series < 0 || x.Series >= len(in.Series) || x.Release < 0 || x.Release >= len(in.Releases) {
			return nil, fmt.Errorf("a statement refers to series %d of %d and release %d of %d", x.Series, len(in.Series), x.Release, len(in.Releases))
		}
		if x.First < 0 || x.First >= len(l.releases) {
			return nil, fmt.Errorf("a statement refers to release %d of the %d that were read", x.First, len(l.releases))
		}
		o := stat.Observation{Series: &in.Series[x.Series], Release: &in.Releases[x.Release], Period: x.Period,
			Value: x.Value.count(), Lower: x.Lower.count(), Upper: x.Upper.count(), Status: x.Status}
		l.state[key{o.Series.ID, o.Period.Start, o.Period.End}] = statement{o, x.First}
	}
	return l, nil
}
