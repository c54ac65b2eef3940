// Package refused has the files in which a cluster writes the records that it refused: CSV, one file
// a shard.
package refused

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/read/decode"
)

var columns = []string{"file", "record", "line", "column", "value", "reason", "day"}

// Writer writes such a file.
type Writer struct{ csv *csv.Writer }

// NewWriter returns a writer that has written the header. Flush returns an error that occurs there.
func NewWriter(w io.Writer) Writer {
	out := csv.NewWriter(w)
	out.Write(columns)
	return Writer{out}
}

// Write writes a record as a row. The day is empty if it is not known.
func (w Writer) Write(x engine.Reject) error {
	day := ""
	if x.Day != 0 {
		day = time.Unix(x.Day*86400, 0).UTC().Format(time.DateOnly)
	}
	return w.csv.Write([]string{x.File, strconv.FormatInt(x.Record, 10), strconv.FormatInt(x.Line, 10), x.Column, x.Value, x.Reason, day})
}

// Flush writes what is left and returns the first error of the writer.
func (w Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// Each calls visit with each record of a file. An error of the file is a *decode.Error that wraps
// decode.ErrShape.
func Each(file string, visit func(engine.Reject) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	bad := func(line int, err error) error {
		return &decode.Error{File: filepath.Base(file), Line: line, Err: fmt.Errorf("%w: %w", decode.ErrShape, err), Hint: "it is not what bin/beam writes; run the job again"}
	}
	in := csv.NewReader(f)
	header, err := in.Read()
	if err != nil || !slices.Equal(header, columns) {
		return bad(1, cmp.Or(err, fmt.Errorf("the columns are %q, not %q", header, columns)))
	}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return bad(line, err)
		}
		r := engine.Reject{File: row[0], Column: row[3], Value: row[4], Reason: row[5]}
		var first, second, third error
		r.Record, first = strconv.ParseInt(row[1], 10, 64)
		r.Line, second = strconv.ParseInt(row[2], 10, 64)
		r.Day, third = dayOf(row[6])
		if err := errors.Join(first, second, third); err != nil {
			return bad(line, err)
		}
		if err := visit(r); err != nil {
			return err
		}
	}
}

// dayOf returns a day of a file in days since 1970; 0 if it is not known.
func dayOf(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	return t.Unix() / 86400, err
}
