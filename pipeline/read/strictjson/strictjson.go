package strictjson

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"crossings/pipeline/read/decode"
)

// Parse reads data into a value and completes it. A line that begins with "#" is a comment. An
// unknown field, a name that occurs twice in one object, text after the value, more than most bytes,
// or an error of complete is an error: a *decode.Error that names the file and, if it is known, the
// line.
func Parse(name string, data []byte, most int, into any, complete func() error, hint string) error {
	fail := func(where string, err error) error {
		return &decode.Error{File: name, Err: fmt.Errorf("%s%w", where, err), Hint: hint}
	}
	if len(data) > most {
		return fail("", fmt.Errorf("%d bytes, more than the %d of a layout: %w", len(data), most, decode.ErrTooLarge))
	}
	data = blankComments(bytes.TrimPrefix(data, []byte("\ufeff")))
	if at, err := twice(data); err != nil {
		return fail(line(data, at), fmt.Errorf("%w: %w", decode.ErrFormat, err))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fail(placeOf(data, err), fmt.Errorf("%w: %w", decode.ErrFormat, err))
	}
	if err := complete(); err != nil {
		return fail("", fmt.Errorf("%w: %w", err, decode.ErrShape))
	}
	return nil
}

// Hash returns the SHA-256 of everything that a value read by Parse says.
func Hash(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // it was read from JSON
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// blankComments replaces the lines that begin with "#" by spaces, so that all places stay the same.
// A text in JSON has no line break, so such a line is never inside one.
func blankComments(data []byte) []byte {
	if !bytes.Contains(data, []byte("#")) {
		return data
	}
	out := make([]byte, 0, len(data))
	for l := range bytes.Lines(data) {
		if bytes.HasPrefix(bytes.TrimLeft(l, " \t"), []byte("#")) {
			end := bytes.HasSuffix(l, []byte("\n"))
			l = bytes.Repeat([]byte(" "), len(l))
			if end {
				l[len(l)-1] = '\n'
			}
		}
		out = append(out, l...)
	}
	return out
}

// line formats the line number of an offset.
func line(data []byte, at int64) string {
	return fmt.Sprintf("line %d: ", 1+bytes.Count(data[:min(int(at), len(data))], []byte("\n")))
}

// quoted matches the text that an error quotes.
var quoted = regexp.MustCompile(`"[^"]+"`)

// placeOf returns the line of an error of the JSON package. The package gives the offset only of a
// value of the wrong type; for other errors it is the line of the text that they quote.
func placeOf(data []byte, err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return line(data, kind.Offset)
	}
	if text := quoted.FindString(err.Error()); text != "" {
		if at := bytes.Index(data, []byte(text)); at >= 0 {
			return line(data, int64(at))
		}
	}
	return ""
}

// twice returns an error if data is not JSON or if a name occurs twice in one object: the JSON
// package would silently take the last. The offset is that of the error.
func twice(data []byte) (at int64, err error) {
	type level struct {
		names map[string]bool // nil in a list
		value bool            // the next token is a value
	}
	d := json.NewDecoder(bytes.NewReader(data))
	var open []level
	for {
		token, err := d.Token()
		if err == io.EOF && len(open) == 0 && d.InputOffset() > 0 {
			return 0, nil
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return d.InputOffset(), err
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, level{names: map[string]bool{}})
				continue
			case '[':
				open = append(open, level{})
				continue
			}
			open = open[:len(open)-1]
		case string:
			if n := len(open); n > 0 && open[n-1].names != nil && !open[n-1].value {
				if open[n-1].names[t] {
					return d.InputOffset(), fmt.Errorf("%q occurs twice", t)
				}
				open[n-1].names[t], open[n-1].value = true, true
				continue
			}
		}
		if len(open) == 0 {
			if _, err := d.Token(); err != io.EOF {
				return d.InputOffset(), errors.New("more text after the layout")
			}
			return 0, nil
		}
		open[len(open)-1].value = false
	}
}
