package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"crossings/schemas"
)

// Fingerprint returns a SHA-256 in hexadecimal over all label and code lists. When a
// mapping is corrected, it changes, and so may the figures of files read with the old
// one. It panics if a list is malformed, which a test rules out.
func Fingerprint() string { return fingerprint() }

var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	// Quotation marks keep two fields apart.
	for _, list := range schemas.CodeListNames() {
		codes, err := schemas.CodeList(list)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(h, "code list %q\n", list)
		for _, c := range codes {
			fmt.Fprintf(h, "%q %q %q\n", c.Code, c.Label, c.Description)
		}
	}
	for _, list := range schemas.LabelNames() {
		labels, err := schemas.Labels(list)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(h, "labels %q\n", list)
		for _, l := range labels {
			fmt.Fprintf(h, "%q %q %q %q\n", l.Publisher, l.Label, l.Code, l.Note)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
})
