package sourcetest

import (
	"errors"
	"fmt"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Tally counts what became of files with changed columns and rows.
type Tally struct {
	Cases   int
	Same    int // the figures of the true file
	Refused int // an error
	Held    int // a finding of severity error: the release waits for a person
	Fewer   int // some figures missing or not stated, and none wrong
	Revised int // other figures, within the limits for revisions
}

// Add adds another tally.
func (x *Tally) Add(y Tally) {
	x.Cases, x.Same, x.Refused = x.Cases+y.Cases, x.Same+y.Same, x.Refused+y.Refused
	x.Held, x.Fewer, x.Revised = x.Held+y.Held, x.Fewer+y.Fewer, x.Revised+y.Revised
}

// String is the tally in one line.
func (x Tally) String() string {
	return fmt.Sprintf("%d cases: %d the same figures, %d refused, %d held, %d with fewer figures, %d like a revision",
		x.Cases, x.Same, x.Refused, x.Held, x.Fewer, x.Revised)
}

// Mangle renames, drops, swaps, duplicates and shifts columns and rows of a fixture, rounds times
// for each kind of change, always in the same ways. The source must give the figures of the true
// file, or refuse the file, or give a finding of severity error. It must never give a wrong figure
// silently; it may give fewer. The true file counts as known, as it is when a faulty one comes in.
func Mangle(t *testing.T, s *source.Source, f File, rounds int) Tally {
	t.Helper()
	return mangleAll(t, s, f, rounds, false)
}

// MangleParts is Mangle for a file whose rows are parts of sums that it does not state. A file that
// lacks such a row, or has another, cannot be told from a revision by its publisher. Changes of
// rows may therefore give other figures within the source's limits for revisions.
func MangleParts(t *testing.T, s *source.Source, f File, rounds int) Tally {
	t.Helper()
	return mangleAll(t, s, f, rounds, true)
}

func mangleAll(t *testing.T, s *source.Source, f File, rounds int, parts bool) (sum Tally) {
	t.Helper()
	real, err := decodeAny(s, f)
	if err != nil {
		t.Fatal(err)
	}
	truth, grid := newTruth(s, f, real), OpenGrid(t, f)
	for _, kind := range mangles {
		r := seeded(f.Name + " " + kind.name)
		for range rounds {
			file, said := mangled(t, grid, kind, r)
			if said == "" {
				continue
			}
			sum.Cases++
			switch became, wrong := truth.weigh(file); {
			case became == held:
				sum.Held++
			case became == refused:
				sum.Refused++
			case wrong == "" && became == fewer:
				sum.Fewer++
			case wrong == "":
				sum.Same++
			case parts && kind.rows:
				sum.Revised++
			default:
				t.Errorf("%s: %s", said, wrong)
			}
		}
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// truth is what the true file states.
type truth struct {
	source  *source.Source
	release stat.Date
	dated   bool // the file states its release
	several bool // it has several releases
	figures map[figureKey]stat.Observation
	known   int // figures that are not missing
	obs     []stat.Observation
}

// figureKey identifies a figure. vintage is zero in a file of one release.
type figureKey struct {
	series     stat.SeriesID
	start, end stat.Date
	vintage    stat.Date
}

func newTruth(s *source.Source, f File, r source.Result) *truth {
	x := &truth{source: s, figures: map[figureKey]stat.Observation{}, obs: r.Observations}
	x.release, _ = s.Date(f.Name, f.Data)
	x.dated = !x.release.IsZero()
	x.several = len(byRelease(r.Observations)) > 1
	for _, o := range r.Observations {
		x.figures[x.key(o)] = o
		if o.Value.IsKnown() {
			x.known++
		}
	}
	return x
}

func (x *truth) key(o stat.Observation) figureKey {
	k := figureKey{series: o.Series.ID, start: o.Period.Start, end: o.Period.End}
	if x.several {
		k.vintage = o.Release.Vintage
	}
	return k
}

// What may become of a file.
type outcome int

const (
	taken outcome = iota
	refused
	held
	fewer
)

// weigh takes a file as the pipeline does. wrong says which figure is not that of the true file, or
// is "".
func (x *truth) weigh(f File) (became outcome, wrong string) {
	r, err := decodeAny(x.source, f)
	if err == nil {
		err = check.TooManyExcluded(r.Excluded, r.Rows, x.source.MaxExcluded)
	}
	if err == nil && len(r.Observations) == 0 {
		err = decode.ErrShape
	}
	if err != nil {
		return refused, ""
	}
	for release, now := range byRelease(r.Observations) {
		became, err := x.gate(release, now, r.Findings)
		if became != taken || err != nil {
			return became, ""
		}
	}
	if day, _ := x.source.Date(f.Name, f.Data); x.dated && day != x.release && !day.IsZero() {
		return taken, fmt.Sprintf("released on %s, not %s", day, x.release)
	}
	return x.differs(r.Observations)
}

// gate applies the rules of a source to one release, and compares it with the true file.
func (x *truth) gate(release stat.Release, now []stat.Observation, found []stat.Finding) (outcome, error) {
	var before []stat.Observation
	for _, o := range x.obs {
		if !x.several || o.Release.Vintage == release.Vintage {
			before = append(before, o)
		}
	}
	findings, err := check.Weigh(now, found, x.source.Checks())
	if errors.Is(err, check.ErrDuplicate) {
		return refused, err
	}
	for _, f := range findings {
		if f.Severity == stat.SeverityError {
			return held, nil
		}
	}
	cover := lake.Cover(now, false)
	if x.source.Cumulative && !x.source.Kinds && check.NotShrunk(lake.Cover(before, false), cover) != nil {
		return refused, nil
	}
	known := check.Known{Before: x.described(before), Pairs: x.source.Pairs, Wholes: x.source.Wholes}
	for _, m := range x.source.Limits.Or(check.DefaultLimits).Moves(known, x.described(now), cover) {
		if m.Severity == stat.SeverityError {
			return held, nil
		}
	}
	return taken, nil
}

// described returns the observations of the series that the source describes.
func (x *truth) described(obs []stat.Observation) (out []stat.Observation) {
	for _, o := range obs {
		if x.source.Compares(o.Series.ID) {
			out = append(out, o)
		}
	}
	return out
}

// differs says which figure differs from the true ones or is not among them. A figure that is stated
// as missing, or no longer stated, is not wrong.
func (x *truth) differs(now []stat.Observation) (became outcome, wrong string) {
	known := 0
	for _, o := range now {
		was, there := x.figures[x.key(o)]
		switch {
		case there && !o.Value.IsKnown():
		case o.Value != was.Value:
			return taken, fmt.Sprintf("%s for %s to %s is %s at %s, and truly %s (%t)", o.Series.ID, o.Period.Start, o.Period.End, o.Value, o.Locator, was.Value, there)
		case o.Value.IsKnown():
			known++
		}
	}
	if known < x.known {
		return fewer, ""
	}
	return taken, ""
}
