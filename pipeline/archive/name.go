package archive

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sidecarSuffix ends the name of a sidecar; what is before it names its file.
const sidecarSuffix = ".meta.json"

// others are the folders beside the sources: the figures that come with the
// repository, claims to be checked, and files that an operator rejected.
var others = map[string]bool{"starter": true, "claims": true, "announced": true, "rejected": true}

// maxName is the longest name accepted, in bytes. File systems take 255, and
// the sidecar's suffix must fit too.
const maxName = 200

// SafeName returns name, served or given by a user, if it may stand as a single
// element of a path. It refuses the empty name and one of spaces alone, one
// over 200 bytes, one that begins with a dot, separators, invalid UTF-8, and
// characters that control rather than show text. Spaces are allowed.
func SafeName(name string) (string, error) {
	bad := func(why string) (string, error) {
		return "", fmt.Errorf("file name %q %s", Short(name), why)
	}
	switch {
	case strings.TrimSpace(name) == "":
		return bad("is empty")
	case len(name) > maxName:
		return bad(fmt.Sprintf("is longer than %d bytes", maxName))
	case name[0] == '.':
		return bad("begins with a dot")
	case strings.ContainsAny(name, `/\`):
		return bad("holds a path separator")
	case !utf8.ValidString(name):
		return bad("is not UTF-8")
	}
	for _, r := range name {
		if !unicode.IsGraphic(r) {
			return bad(fmt.Sprintf("holds the control character %U", r))
		}
	}
	return name, nil
}

// sourceID is a source's identifier: lower-case words joined by hyphens, after a
// prefix for anyone's own.
var sourceID = regexp.MustCompile(`^(tidy:|tidy-events:)?[a-z0-9]+(-[a-z0-9]+)*$`)

// folderOf returns the folder of a source. The identifier tidy:<name> becomes
// tidy~<name>, as a colon may not stand in a name everywhere.
func folderOf(source string) (string, error) {
	if !sourceID.MatchString(source) || others[source] || len(source) > maxName {
		return "", fmt.Errorf("%q cannot be the id of a source: want lower-case words joined by hyphens", Short(source))
	}
	return strings.Replace(source, ":", "~", 1), nil
}

// sourceOf is the inverse of folderOf.
func sourceOf(folder string) (string, error) {
	source := strings.Replace(folder, "~", ":", 1)
	if f, err := folderOf(source); err != nil || f != folder {
		return "", fmt.Errorf("%q is not the folder of a source; move it out of the store", Short(folder))
	}
	return source, nil
}
