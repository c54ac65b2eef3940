package stamp

import (
	"bytes"
	"crypto/sha256"
	"sync"

	"crossings/pipeline/publish/cached"
)

// Texts that a file has instead of its data version and of the day of the newest release in it, until
// Fill replaces them.
const (
	Version  = "0.0.0-to-be-stamped"
	Released = "0-to-be-stamped"
)

// Edition is a data version.
type Edition struct {
	Version  string
	Released string // the day of the newest release in it, in words
}

// Stamper gives the files of one site their versions, and keeps the ledger of them. It is safe for
// concurrent use.
type Stamper struct {
	base     Ledger
	current  Edition
	released map[string]string // by version

	mu   sync.Mutex // guards made
	made Ledger
}

// New returns the stamper of a site. base is the ledger of the newest edition, whose versions are among
// older. A site without versions has an empty current version, and nothing to stamp.
func New(base Ledger, current Edition, older []Edition) *Stamper {
	s := &Stamper{base: base, current: current, released: map[string]string{}, made: Ledger{}}
	for _, e := range older {
		s.released[e.Version] = e.Released
	}
	s.released[current.Version] = current.Released
	return s
}

// Of returns the version of a file whose content is made from parts, and notes it in the ledger.
func (s *Stamper) Of(name string, parts ...[]byte) string {
	if s.current.Version == "" {
		return ""
	}
	e := Entry{Content: contentOf(parts), Version: s.current.Version}
	if was, ok := s.base[name]; ok && was.Content == e.Content {
		if _, known := s.released[was.Version]; known {
			e.Version = was.Version
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made[name] = e
	return e.Version
}

// Fill returns a file with its version and day where Version and Released are, and notes it in the
// ledger. A file of a site without a version stays as it is.
func (s *Stamper) Fill(name string, data []byte) []byte {
	return s.FillIn(name, data, func(day string) string { return day })
}

// FillIn does the same for a file in another language, in which say says the day.
func (s *Stamper) FillIn(name string, data []byte, say func(day string) string) []byte {
	if s.current.Version == "" {
		return data
	}
	version := s.Of(name, data)
	return fill(data, Edition{version, say(s.released[version])})
}

// Current returns a file with the current version and day where Version and Released are. The ledger
// does not have it.
func (s *Stamper) Current(data []byte) []byte { return fill(data, s.current) }

// Keep notes the files of the newest edition that kept returns true for as they were. They are those
// that the site does not make again.
func (s *Stamper) Keep(kept func(name string) bool) {
	for name, e := range s.base {
		if kept(name) {
			s.made[name] = e
		}
	}
}

// Ledger returns the ledger of the files so far.
func (s *Stamper) Ledger() Ledger { return s.made }

func fill(data []byte, e Edition) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(data, []byte(Version), []byte(e.Version)), []byte(Released), []byte(e.Released))
}

// contentOf returns a hash of parts. Half of a SHA-256 is enough to tell the contents of one file apart.
func contentOf(parts [][]byte) string { return cached.Name(parts...)[:sha256.Size] }
