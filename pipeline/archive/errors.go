package archive

import (
	"errors"
	"time"

	"crossings/pipeline/hint"
)

var (
	// ErrTooLarge means that there are more bytes than the caller accepts.
	ErrTooLarge = errors.New("too large")
	// ErrDamaged means that a snapshot does not match its sidecar.
	ErrDamaged = hint.New("damaged snapshot", "restore data/raw from a backup: these bytes are the only copy")
)

// Seconds returns t as sidecars keep it: in UTC, in whole seconds.
func Seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// Short cuts a text from outside to a length that fits in a message.
func Short(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
