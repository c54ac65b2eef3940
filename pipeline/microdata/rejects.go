package microdata

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// rejects lists the records of a delivery that were refused, as they come.
type rejects struct {
	file    string
	release stat.Release
	layout  *layout.Layout
	records atomic.Int64 // that were read
	out     *atomicfile.File
	csv     *csv.Writer
	sum     hash.Hash // of the list
	listed  int
	bad     int64             // that are not duplicates
	latest  engine.Reject     // of the bad ones
	days    map[stat.Date]int // the bad ones by day
	undated int               // those without a day that is known
	first   *engine.Reject    // nil is none
}

// add lists a record. The error says that there are more than the layout allows; a duplicate is not counted, as it
// does not say that the file is of another kind.
func (x *rejects) add(r engine.Reject) error {
	if x.first == nil {
		x.first = &r
	}
	if r.Column != x.layout.Key || r.Reason != x.layout.Duplicate {
		x.bad++
		x.latest = r
		if r.Day == 0 {
			x.undated++
		} else {
			x.days[stat.DateFromUnixDays(int32(r.Day))]++
		}
	}
	if of := x.records.Load(); x.bad > earlyRejects {
		if err := x.check(x.most(of), of); err != nil {
			return err
		}
	}
	if x.listed++; x.listed > maxListed {
		return nil
	}
	if x.out == nil {
		if err := x.begin(); err != nil {
			return err
		}
	}
	text := func(s string) string { return table.Text(s).Field() }
	return x.csv.Write([]string{x.release.Source, x.release.ID, text(path.Base(r.File)), "", strconv.FormatInt(r.Line, 10), text(r.Column), text(readable(r.Value)), text(r.Reason)})
}

// readable is a refused text as any reader of CSV can take it: bytes that are no UTF-8, and control characters that
// no text has, are written as \x and two digits.
func readable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isControl) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 || isControl(r) {
			fmt.Fprintf(&b, "\\x%02x", s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }

// most is how many of so many records may be refused: the layout's share, and one in any file.
func (x *rejects) most(records int64) int64 {
	if *x.layout.MaxRejects == 0 {
		return 0
	}
	return max(1, int64(*x.layout.MaxRejects/100*float64(records)))
}

// check returns an error where more records are bad than the layout allows.
func (x *rejects) check(most, of int64) error {
	if x.bad <= most {
		return nil
	}
	r := x.latest
	return &decode.Error{File: path.Base(r.File), Line: int(r.Line), Column: r.Column,
		Err:  fmt.Errorf("%w: %d of %d records, more than the %d that may be left out; the last of them for %s, %q", check.ErrTooManyExcluded, x.bad, of, most, r.Reason, r.Value),
		Hint: "look at the file and the layout; max_rejects in the layout is the percentage that is accepted"}
}

// lacking returns how many records a sum over some days lacks: those that are of one of them, and
// those of which no day is known.
func (x *rejects) lacking(p stat.Period) int {
	n := x.undated
	for day, of := range x.days {
		if p.Start <= day && day <= p.End {
			n += of
		}
	}
	return n
}

// mark says of the figures that lack records that they are incomplete.
func (x *rejects) mark(obs []stat.Observation) {
	if x.bad == 0 {
		return
	}
	for i := range obs {
		if n := x.lacking(obs[i].Period); n > 0 && obs[i].Value.IsKnown() {
			obs[i].Status, obs[i].Locator = stat.Estimated, stat.Lacking(obs[i].Locator, n)
		}
	}
}

func (x *rejects) begin() (err error) {
	if x.out, err = atomicfile.Create(x.file); err != nil {
		return err
	}
	x.sum = sha256.New()
	x.csv = csv.NewWriter(io.MultiWriter(x.out, x.sum))
	x.csv.UseCRLF = true
	return x.csv.Write(schemas.MustLoad("quarantine").ColumnNames())
}

// hash returns the SHA-256 of the list once all of it is written, "" where there is none.
func (x *rejects) hash() string {
	if x.sum == nil {
		return ""
	}
	return hex.EncodeToString(x.sum.Sum(nil))
}

func (x *rejects) flush() error {
	if x.csv == nil {
		return nil
	}
	x.csv.Flush()
	return x.csv.Error()
}

// commit puts the list in place, or takes away the one of an earlier reading where there is none.
func (x *rejects) commit() error {
	if x.out != nil {
		out := x.out
		x.out = nil
		return out.Commit(true)
	}
	if err := os.Remove(x.file); err != nil && !missing(err) {
		return err
	}
	return nil
}

func (x *rejects) abort() {
	if x.out != nil {
		x.out.Abort()
	}
}
