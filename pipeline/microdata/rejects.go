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

// rejects writes the excluded records of a delivery to the quarantine and counts them.
type rejects struct {
	file    string // path of the list
	release stat.Release
	layout  *layout.Layout
	records atomic.Int64      // number of records read so far
	out     *atomicfile.File  // nil until a record is listed
	csv     *csv.Writer       // writes to out and sum
	sum     hash.Hash         // SHA-256 of the list
	listed  int               // number of excluded records; those above maxListed are not written
	invalid int64             // number of excluded records other than duplicates
	latest  engine.Reject     // the last of bad
	days    map[stat.Date]int // number of bad by day
	undated int               // number of bad without a known day
	first   *engine.Reject    // the first excluded record, or nil
}

// add lists an excluded record. It is an error if there are more than the layout allows. Duplicates do not
// count towards that limit, because they do not suggest that the file is of another kind.
func (x *rejects) add(r engine.Reject) error {
	if x.first == nil {
		x.first = &r
	}
	if r.Column != x.layout.Key || r.Reason != x.layout.Duplicate {
		x.invalid++
		x.latest = r
		if r.Day == 0 {
			x.undated++
		} else {
			x.days[stat.DateFromUnixDays(int32(r.Day))]++
		}
	}
	if of := x.records.Load(); x.invalid > earlyRejects {
		if err := x.check(x.maxInvalid(of), of); err != nil {
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

// readable returns a text that any CSV reader can read: bytes that are not UTF-8, and control characters, are
// written as \x and two digits.
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

// maxInvalid returns how many of a number of records may be excluded: the layout's share, but at least one.
func (x *rejects) maxInvalid(records int64) int64 {
	if *x.layout.MaxRejects == 0 {
		return 0
	}
	return max(1, int64(*x.layout.MaxRejects/100*float64(records)))
}

// check returns an error if more records are bad than the layout allows.
func (x *rejects) check(most, of int64) error {
	if x.invalid <= most {
		return nil
	}
	r := x.latest
	return &decode.Error{File: path.Base(r.File), Line: int(r.Line), Column: r.Column,
		Err:  fmt.Errorf("%w: %d of %d records, more than the %d that may be left out; the last of them for %s, %q", check.ErrTooManyExcluded, x.invalid, of, most, r.Reason, r.Value),
		Hint: "look at the file and the layout; max_rejects in the layout is the percentage that is accepted"}
}

// lacking returns how many records a sum over some days lacks: the excluded records of these days, and
// those without a known day.
func (x *rejects) lacking(p stat.Period) int {
	n := x.undated
	for day, of := range x.days {
		if p.Start <= day && day <= p.End {
			n += of
		}
	}
	return n
}

// mark marks the observations that lack records as incomplete.
func (x *rejects) mark(obs []stat.Observation) {
	if x.invalid == 0 {
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

// hash returns the SHA-256 of the whole list, or "" if there is none.
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

// commit puts the list in place. If there is none, it removes the list of an earlier reading.
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
