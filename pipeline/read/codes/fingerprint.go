package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"crossings/schemas"
)

// Fingerprint returns the SHA-256, in hexadecimal, of all label and code lists. It changes when a
// mapping is corrected, because files read with the old mapping may then give other figures. It
// panics if a list is malformed; a test rules that out.
func Fingerprint() string { return fingerprint() }

var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	// %q keeps neighbouring fields apart.
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
