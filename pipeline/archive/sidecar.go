package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"crossings/pipeline/stat"
)

// HTTP is the part of the server's answer that is needed to ask for a newer file.
type HTTP struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"` // as served
	FinalURL     string `json:"final_url,omitempty"`     // after redirects
}

// Sidecar is the JSON next to each snapshot file: where the bytes came from and what they must be.
// Times are in UTC, to the second.
type Sidecar struct {
	URL         string    // the address asked; "" for a file given by hand
	RetrievedAt time.Time // when the bytes arrived here
	Released    stat.Date // the publisher's release date, or the day of retrieval if there is none
	FirstSeen   time.Time // see stat.Release
	SHA256      string    // of the file, in lower-case hex
	Size        int64     // of the file, in bytes
	MediaType   string    // without parameters
	Publisher   string
	Licence     string
	Title       string
	Homepage    string // the page for readers that a tidy file names, or ""
	Added       bool   // given by hand, not fetched
	Reissued    bool   // it states again what an earlier release stated; Released is the day of retrieval
	HTTP        HTTP
	Place       string // which place of its source served it, if that has several; see origin.Place.At
	Rejected    string // why an operator rejected the file; "" if nobody did
	// Decisions are those about the release after it came in, oldest first.
	Decisions []Decision
}

// sidecarJSON is the JSON form of a Sidecar, in the order of its keys.
type sidecarJSON struct {
	URL         string     `json:"url"`
	RetrievedAt string     `json:"retrieved_at"`
	Released    string     `json:"released"`
	FirstSeen   string     `json:"first_seen"`
	SHA256      string     `json:"sha256"`
	Size        int64      `json:"size"`
	MediaType   string     `json:"media_type"`
	Publisher   string     `json:"publisher"`
	Licence     string     `json:"licence"`
	Title       string     `json:"title"`
	Homepage    string     `json:"homepage,omitempty"`
	Added       bool       `json:"added,omitempty"`
	Reissued    bool       `json:"again,omitempty"`
	HTTP        HTTP       `json:"http"`
	Place       string     `json:"place,omitempty"`
	Rejected    string     `json:"rejected,omitempty"`
	Decisions   []Decision `json:"decisions,omitempty"`
	Check       string     `json:"check,omitempty"` // see check; "" if written by an earlier version of the program
}

// check returns the hash of everything in the sidecar except Check, so that a changed fact is
// noticed like a changed byte of the file.
func (j sidecarJSON) check() (string, error) {
	j.Check = ""
	text, err := encode(j, "")
	if err != nil {
		return "", err
	}
	var read sidecarJSON // text that is not UTF-8 does not survive writing and reading
	if err := json.Unmarshal(text, &read); err != nil {
		return "", err
	}
	if text, err = encode(read, ""); err != nil {
		return "", err
	}
	return HashOf(text), nil
}

// MarshalJSON writes dates as YYYY-MM-DD and times as RFC 3339 in UTC, to the second. It does not
// fail.
func (m Sidecar) MarshalJSON() ([]byte, error) {
	j := sidecarJSON{m.URL, formatTime(m.RetrievedAt), m.Released.String(), formatTime(m.FirstSeen), m.SHA256, m.Size,
		m.MediaType, m.Publisher, m.Licence, m.Title, m.Homepage, m.Added, m.Reissued, m.HTTP, m.Place, m.Rejected, m.Decisions, ""}
	var err error
	if j.Check, err = j.check(); err != nil {
		return nil, err
	}
	return encode(j, "")
}

// sha256Hex is a sha256 in lower-case hex.
var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

// UnmarshalJSON reads what MarshalJSON writes. The hash, the size and the release date must be
// there, and the facts must match the check.
func (m *Sidecar) UnmarshalJSON(b []byte) error {
	var j sidecarJSON
	j.Size = -1
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	if want, err := j.check(); err != nil {
		return err
	} else if j.Check != "" && j.Check != want {
		return errors.New("a fact in it was changed after it was written: its check does not match")
	}
	if !sha256Hex.MatchString(j.SHA256) {
		return fmt.Errorf("sha256 %q is not 64 lower-case hex digits", Short(j.SHA256))
	}
	if j.Size < 0 {
		return fmt.Errorf("size is missing or negative")
	}
	released, err := stat.ParseDate(j.Released)
	if err != nil {
		return fmt.Errorf("released: %w", err)
	}
	retrieved, err := parseTime(j.RetrievedAt)
	if err != nil {
		return fmt.Errorf("retrieved_at: %w", err)
	}
	seen, err := parseTime(j.FirstSeen)
	if err != nil {
		return fmt.Errorf("first_seen: %w", err)
	}
	*m = Sidecar{j.URL, retrieved, released, seen, j.SHA256, j.Size,
		j.MediaType, j.Publisher, j.Licence, j.Title, j.Homepage, j.Added, j.Reissued, j.HTTP, j.Place, j.Rejected, nilIfEmpty(j.Decisions)}
	return nil
}

// encode returns v as JSON with a trailing newline and without HTML escapes.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return b.Bytes(), err
}

// formatTime returns t in RFC 3339, or "" for the zero time.
func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Seconds(t).Format(time.RFC3339)
}

// parseTime is the inverse of formatTime.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a time", Short(s))
	}
	return Seconds(t), nil
}
