package archive

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sidecarSuffix ends the name of a sidecar. The rest of the name is that of its file.
const sidecarSuffix = ".meta.json"

// reserved are the folders in data/raw that are not sources: figures that come with the repository,
// claims to check, figures announced elsewhere, and rejected files.
var reserved = map[string]bool{"starter": true, "claims": true, "announced": true, "rejected": true}

// maxName is the longest name accepted, in bytes. File systems allow 255, and the sidecar's suffix
// must fit too.
const maxName = 200

// SafeName returns name, served by a publisher or given by a user, if it can be one element of a
// path. It returns an error if the name is empty, only spaces, longer than 200 bytes, begins with a
// dot, or has separators, invalid UTF-8 or characters that control text instead of showing it.
// Spaces are allowed.
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

// sourceID matches a source's identifier: lower-case words joined by hyphens, after a prefix for a
// source of one's own.
var sourceID = regexp.MustCompile(`^(tidy:|tidy-events:|table:)?[a-z0-9]+(-[a-z0-9]+)*$`)

// folderOf returns the folder of a source. The identifier tidy:<name> becomes tidy~<name>, because
// some file systems do not allow a colon.
func folderOf(source string) (string, error) {
	if !sourceID.MatchString(source) || reserved[source] || len(source) > maxName {
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
