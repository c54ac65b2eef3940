package charts

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// field is the value of a key.
type field struct {
	line  int // number of the key's line, counted from 1
	value string
}

// entry is one entry of a file before its values are checked.
type entry struct {
	file   string
	line   int // number of the first key's line
	fields map[string]field
}

func (e entry) value(key string) string { return e.fields[key].value }

// errorf returns an error with the line of the key. Without a key it gives the entry's
// first line.
func (e entry) errorf(key, format string, args ...any) error {
	line := e.line
	if f, ok := e.fields[key]; ok {
		line = f.line
	}
	return fmt.Errorf("%s:%d: %w", e.file, line, fmt.Errorf(format, args...))
}

// require returns an error if one of the keys is missing, or if the id cannot be part of
// an address.
func (e entry) require(keys ...string) error {
	for _, key := range keys {
		if e.value(key) == "" {
			return e.errorf("", "%s is missing", key)
		}
	}
	if id := e.value("id"); !isKebab(id) {
		return e.errorf("id", "id %q is not lower-case words joined by hyphens", id)
	}
	return nil
}

// parse reads the entries of a text in the format that the package comment describes. An
// entry may have only the given keys, and its id must be unique. read checks its values.
// Errors give the name of the text and a line number. If there is an error, the result is
// nil.
func parse[T any](name, text string, keys []string, read func(entry) (T, error)) ([]T, error) {
	entries, err := split(name, text, keys)
	if err != nil {
		return nil, err
	}
	var out []T
	seen := map[string]int{}
	for _, e := range entries {
		r, err := read(e)
		if err != nil {
			return nil, err
		}
		id := e.value("id")
		if line, ok := seen[id]; ok {
			return nil, e.errorf("id", "id %q is already on line %d", id, line)
		}
		seen[id] = e.fields["id"].line
		out = append(out, r)
	}
	return out, nil
}

// split returns the entries of the text that have keys.
func split(name, text string, keys []string) ([]entry, error) {
	var entries []entry
	open := entry{file: name, fields: map[string]field{}}
	last := "" // the key that a continuation line belongs to
	end := func() {
		if len(open.fields) > 0 {
			entries = append(entries, open)
		}
		open, last = entry{file: name, fields: map[string]field{}}, ""
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
				return nil, fmt.Errorf("%s:%d: indented line without a key above it", name, n)
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
	return entries, nil
}

// add adds the line "key: value" to the entry and returns the key.
func (e *entry) add(n int, line string, keys []string) (string, error) {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", fmt.Errorf("%s:%d: %q does not have the form key: value", e.file, n, line)
	}
	if !slices.Contains(keys, key) {
		return "", fmt.Errorf("%s:%d: unknown key %q", e.file, n, key)
	}
	if _, twice := e.fields[key]; twice {
		return "", fmt.Errorf("%s:%d: %s is given twice", e.file, n, key)
	}
	e.fields[key] = field{n, strings.TrimSpace(value)}
	return key, nil
}

// isKebab reports whether s consists of lower-case words of letters and digits, joined by
// single hyphens. Such a text is safe as a file name.
func isKebab(s string) bool {
	for _, word := range strings.Split(s, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}
