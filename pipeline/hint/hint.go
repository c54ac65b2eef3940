// Package hint lets an error say what to do about it. A hint is declared with the
// error, and shown wherever the error ends up.
package hint

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// Adviser is an error that says what to do about it.
type Adviser interface{ Advice() string }

// hinted is an error with a hint.
type hinted struct {
	error
	advice string
}

// Advice returns what to do about the error.
func (h *hinted) Advice() string { return h.advice }

// Unwrap returns the error that the hint is about.
func (h *hinted) Unwrap() error { return h.error }

// New returns an error with a text and a hint.
func New(text, advice string) error { return &hinted{errors.New(text), advice} }

// With returns err with a hint that comes before those of what it wraps.
func With(err error, advice string) error { return &hinted{err, advice} }

// Of returns what to do about an error, or "". Of several hints the outermost counts.
func Of(err error) string {
	if advice := advised(err); advice != "" {
		return advice
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "make room on the disk, and run again: nothing known was lost"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "run as the user who owns the data folder, on a disk that can be written to, with the right to read the files given"
	}
	return ""
}

// advised returns the first hint in a tree of wrapped errors.
func advised(err error) string {
	if a, ok := err.(Adviser); ok && a.Advice() != "" {
		return a.Advice()
	}
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return advised(x.Unwrap())
	case interface{ Unwrap() []error }:
		for _, e := range x.Unwrap() {
			if advice := advised(e); advice != "" {
				return advice
			}
		}
	}
	return ""
}

// List writes at most so many of n texts as a message has room for, and how many more there are.
func List(n, most int, between string, text func(i int) string) string {
	var b strings.Builder
	for i := range min(n, most) {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(text(i))
	}
	if n > most {
		fmt.Fprintf(&b, " and %d more", n-most)
	}
	return b.String()
}
