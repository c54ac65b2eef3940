package altered

import (
	"fmt"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// Tally counts what became of files with changed columns and rows.
type Tally struct {
	Cases   int
	Same    int // the figures of the true file
	Refused int // an error
	Held    int // a finding of severity error about the file: the release waits for a person
	Moved   int // one about what was known: known figures change too much, or are gone
	Fewer   int // some figures missing or not stated, and none wrong
	Revised int // other figures, within the limits for revisions
}

// Add adds another tally.
func (x *Tally) Add(y Tally) {
	x.Cases, x.Same, x.Refused = x.Cases+y.Cases, x.Same+y.Same, x.Refused+y.Refused
	x.Held, x.Moved, x.Fewer, x.Revised = x.Held+y.Held, x.Moved+y.Moved, x.Fewer+y.Fewer, x.Revised+y.Revised
}

// String is the tally in one line.
func (x Tally) String() string {
	return fmt.Sprintf("%d cases: %d the same figures, %d refused, %d held, %d held for what was known, %d with fewer figures, %d like a revision",
		x.Cases, x.Same, x.Refused, x.Held, x.Moved, x.Fewer, x.Revised)
}

// Mangle renames, drops, swaps, duplicates and shifts columns and rows of a fixture, rounds times
// for each kind of change, always in the same ways. The source must give the figures of the true
// file, or refuse the file, or give a finding of severity error. It must never give a wrong figure
// silently; it may give fewer. The true file counts as known, as it is when a faulty one comes in.
func Mangle(t *testing.T, s *source.Source, f sourcetest.File, rounds int) Tally {
	t.Helper()
	return mangleAll(t, s, f, rounds, false, func(said string) { t.Error(said) })
}

// MangleParts is Mangle for a file whose rows are parts of sums that it does not state. A file that
// lacks such a row, or has another, cannot be told from a revision by its publisher. Changes of
// rows may therefore give other figures within the source's limits for revisions.
func MangleParts(t *testing.T, s *source.Source, f sourcetest.File, rounds int) Tally {
	t.Helper()
	return mangleAll(t, s, f, rounds, true, func(said string) { t.Error(said) })
}

// mangleAll calls silent with each wrong figure that is silent. If every is given, it is called with
// each case and what became of it.
func mangleAll(t testing.TB, s *source.Source, f sourcetest.File, rounds int, parts bool, silent func(string), every ...func(outcome, string)) (sum Tally) {
	t.Helper()
	truth, grid := stated(t, s, f)
	for _, kind := range mangles {
		r := seeded(f.Name + " " + kind.name)
		for range rounds {
			file, said := mangled(t, grid, kind, r)
			if said == "" {
				continue
			}
			became, why := truth.weigh(file)
			if became == wrong && (parts && kind.rows || kind.figures) {
				became = revised
			}
			if became == wrong {
				silent(said + ": " + why)
			}
			for _, tell := range every {
				tell(became, said)
			}
			sum.count(became)
		}
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// count counts one case.
func (x *Tally) count(became outcome) {
	x.Cases++
	if n := map[outcome]*int{same: &x.Same, refused: &x.Refused, held: &x.Held, moved: &x.Moved, fewer: &x.Fewer, revised: &x.Revised}[became]; n != nil {
		*n++
	}
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
	// incomplete means that a smaller sum is not wrong if it says that a part of it is not stated.
	incomplete bool
}

// figureKey identifies a figure. vintage is zero in a file of one release.
type figureKey struct {
	series     stat.SeriesID
	start, end stat.Date
	vintage    stat.Date
}

func newTruth(s *source.Source, f sourcetest.File, r source.Result) *truth {
	x := &truth{source: s, figures: map[figureKey]stat.Observation{}, obs: r.Observations}
	x.release, _ = s.Date(f.Name, f.Data)
	x.dated = !x.release.IsZero()
	x.several = len(sourcetest.ByRelease(r.Observations)) > 1
	for _, o := range r.Observations {
		x.figures[x.key(o)] = o
		if o.Value.IsKnown() {
			x.known++
		}
	}
	return x
}

// stated returns what is true of a file, and its cells.
func stated(t testing.TB, s *source.Source, f sourcetest.File) (*truth, *Grid) {
	t.Helper()
	real, err := sourcetest.DecodeAny(s, f)
	if err != nil {
		t.Fatal(err)
	}
	return newTruth(s, f, real), OpenGrid(t, f)
}

// unknown is stated while none of the figures is known.
func unknown(t testing.TB, s *source.Source, f sourcetest.File) (*truth, *Grid) {
	t.Helper()
	truth, grid := stated(t, s, f)
	truth.obs = nil
	return truth, grid
}

// weigher returns a function that weighs a changed copy of a file. It counts in sum what becomes of
// it, and calls silent with a wrong figure that is silent.
func (x *truth) weigher(t testing.TB, grid *Grid, sum *Tally, silent func(string)) func(said string, change func(g *Grid)) {
	return func(said string, change func(g *Grid)) {
		g := grid.clone()
		change(g)
		became, why := x.weigh(g.File(t))
		if became == wrong {
			silent(said + ": " + why)
		}
		sum.count(became)
	}
}

func (x *truth) key(o stat.Observation) figureKey {
	k := figureKey{series: o.Series.ID, start: o.Period.Start, end: o.Period.End}
	if x.several {
		k.vintage = o.Release.Vintage
	}
	return k
}

// outcome is what became of a file.
type outcome int

// The outcomes.
const (
	same outcome = iota
	refused
	held
	moved
	fewer
	revised
	wrong
)

// weigh takes a file as the pipeline does. why says which figure is wrong.
func (x *truth) weigh(f sourcetest.File) (became outcome, why string) {
	r, err := sourcetest.DecodeAny(x.source, f)
	if err == nil {
		err = check.TooManyExcluded(r.Excluded, r.Rows, x.source.MaxExcluded)
	}
	if err == nil && len(r.Observations) == 0 {
		err = decode.ErrShape
	}
	if err != nil {
		return refused, ""
	}
	for release, now := range sourcetest.ByRelease(r.Observations) {
		if became := x.gate(release, now, r.Findings); became != same {
			return became, ""
		}
	}
	if day, _ := x.source.Date(f.Name, f.Data); x.dated && day != x.release && !day.IsZero() {
		return wrong, fmt.Sprintf("released on %s, not %s", day, x.release)
	}
	return x.differs(r.Observations)
}

// gate applies the rules of a source to one release, and compares it with the true file.
func (x *truth) gate(release stat.Release, now []stat.Observation, found []stat.Finding) outcome {
	var before []stat.Observation
	for _, o := range x.obs {
		if !x.several || o.Release.Vintage == release.Vintage {
			before = append(before, o)
		}
	}
	findings, err := check.Weigh(now, found, x.source.Checks())
	if err != nil {
		return refused
	}
	for _, f := range findings {
		if f.Severity == stat.SeverityError {
			return held
		}
	}
	cover := lake.Cover(now, false)
	if x.source.Cumulative && !x.source.Kinds && check.NotShrunk(lake.Cover(before, false), cover) != nil {
		return moved
	}
	known := check.Known{Before: x.described(before), Pairs: x.source.Pairs, Wholes: x.source.Wholes}
	for _, m := range x.source.Limits.Or(check.DefaultLimits).Moves(known, x.described(now), cover) {
		if m.Severity == stat.SeverityError {
			return moved
		}
	}
	return same
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

// isLess reports whether a count is less than another.
func isLess(a, b stat.Count) bool {
	x, _ := a.Get()
	y, _ := b.Get()
	return x < y
}

// differs says which figure differs from the true ones or is not among them. A figure that is stated
// as missing, or no longer stated, is not wrong.
func (x *truth) differs(now []stat.Observation) (became outcome, why string) {
	known := 0
	for _, o := range now {
		was, there := x.figures[x.key(o)]
		switch {
		case there && !o.Value.IsKnown():
		case there && x.incomplete && was.Status != stat.Estimated && o.Status == stat.Estimated && isLess(o.Value, was.Value):
		case o.Value != was.Value:
			return wrong, fmt.Sprintf("%s for %s to %s is %s at %s, and truly %s (%t)", o.Series.ID, o.Period.Start, o.Period.End, o.Value, o.Locator, was.Value, there)
		case o.Value.IsKnown():
			known++
		}
	}
	if known < x.known {
		return fewer, ""
	}
	return same, ""
}
