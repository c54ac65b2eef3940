package charts

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// field is the value of a key and the line on which the key stands.
type field struct {
	line  int
	value string
}

// block is one record before its values are looked at.
type block struct {
	file   string
	line   int // of its first key
	fields map[string]field
}

func (b block) value(key string) string { return b.fields[key].value }

// errorf returns an error at the line of key, or at the record's first line
// where key is "".
func (b block) errorf(key, format string, args ...any) error {
	line := b.line
	if f, ok := b.fields[key]; ok {
		line = f.line
	}
	return fmt.Errorf("%s:%d: %w", b.file, line, fmt.Errorf(format, args...))
}

// require reports the first of keys that is missing, and an id that cannot be
// an address.
func (b block) require(keys ...string) error {
	for _, key := range keys {
		if b.value(key) == "" {
			return b.errorf("", "%s is missing", key)
		}
	}
	if id := b.value("id"); !isKebab(id) {
		return b.errorf("id", "id %q is not lower-case words joined by hyphens", id)
	}
	return nil
}

// parse reads the records of a text in the format that the package comment
// describes, each with one of keys a line and an id that no other has; read
// looks at their values. name stands for the text in errors, before the line
// number. The result is nil where there is an error.
func parse[T any](name, text string, keys []string, read func(block) (T, error)) ([]T, error) {
	blocks, err := split(name, text, keys)
	if err != nil {
		return nil, err
	}
	var records []T
	seen := map[string]int{}
	for _, b := range blocks {
		r, err := read(b)
		if err != nil {
			return nil, err
		}
		id := b.value("id")
		if line, ok := seen[id]; ok {
			return nil, b.errorf("id", "id %q was given on line %d already", id, line)
		}
		seen[id] = b.fields["id"].line
		records = append(records, r)
	}
	return records, nil
}

// split returns the blocks of the text that have keys.
func split(name, text string, keys []string) ([]block, error) {
	var blocks []block
	open := block{file: name, fields: map[string]field{}}
	last := "" // key that a continuation line belongs to
	end := func() {
		if len(open.fields) > 0 {
			blocks = append(blocks, open)
		}
		open, last = block{file: name, fields: map[string]field{}}, ""
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s:%d: not UTF-8", name, n)
		}
		line = strings.TrimRight(line, " \t\r\n")
		switch {
		case line == "" || line[0] == '#':
		case line == "---":
			end()
		case line[0] == ' ' || line[0] == '\t':
			if last == "" {
				return nil, fmt.Errorf("%s:%d: indented line continues nothing", name, n)
			}
			f := open.fields[last]
			f.value = strings.TrimSpace(f.value + " " + strings.TrimSpace(line))
			open.fields[last] = f
		default:
			if open.line == 0 {
				open.line = n
			}
			key, err := open.add(n, line, keys)
			if err != nil {
				return nil, err
			}
			last = key
		}
	}
	end()
	return blocks, nil
}

// add takes the line "key: value" and returns the key.
func (b *block) add(n int, line string, keys []string) (string, error) {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", fmt.Errorf("%s:%d: %q is not key: value", b.file, n, line)
	}
	if !slices.Contains(keys, key) {
		return "", fmt.Errorf("%s:%d: unknown key %q", b.file, n, key)
	}
	if _, twice := b.fields[key]; twice {
		return "", fmt.Errorf("%s:%d: %s is given twice", b.file, n, key)
	}
	b.fields[key] = field{n, strings.TrimSpace(value)}
	return key, nil
}

// isKebab reports whether s is lower-case words of letters and digits joined by
// single hyphens, safe as a file name.
func isKebab(s string) bool {
	for _, word := range strings.Split(s, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}
