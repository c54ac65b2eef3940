// Package dated reads the bytes of a file into what it states of each release, with the day and
// the instant from which the release counts. It does no I/O.
package dated

import "errors"

// ErrUndated means that the release date of a file is unknown.
var ErrUndated = errors.New("the release date is not known")
