package edition

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Version is a data version: major.minor.patch. The zero value means no version.
type Version struct{ Major, Minor, Patch int }

// String returns the version as 1.2.3, or "" for no version.
func (v Version) String() string {
	if v == (Version{}) {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
}

// ParseVersion parses the result of String and accepts nothing else.
func ParseVersion(text string) (Version, error) {
	var v Version
	if n, err := fmt.Sscanf(text, "%d.%d.%d", &v.Major, &v.Minor, &v.Patch); err != nil || n != 3 || v.Major < 1 || v.Minor < 0 || v.Patch < 0 || v.String() != text {
		return Version{}, fmt.Errorf("%q is not a data version such as 1.2.3", text)
	}
	return v, nil
}

// Folder is the folder of a site that holds its editions, one folder each, and the pages about
// them.
const Folder = "releases"

// Holds reports whether a file of a site, named with slashes, belongs to an edition and so never
// changes. releases/1.2.3/index.html does, releases/index.html does not.
func Holds(name string) bool { return Of(name) != Version{} }

// Of returns the version of the edition that a file of a site belongs to; zero if none.
func Of(name string) Version {
	rest, ok := strings.CutPrefix(name, Folder+"/")
	version, _, below := strings.Cut(rest, "/")
	if !ok || !below {
		return Version{}
	}
	v, _ := ParseVersion(version)
	return v
}

// Compare orders versions, older first.
func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), cmp.Compare(v.Patch, w.Patch))
}

// Content is what distinguishes one edition from another.
type Content struct {
	Tables map[string]Table `json:"tables"` // by name
	// Keys is the SHA-256 of the keys of all observations, without their values.
	Keys string `json:"keys_sha256"`
}

// Table is one table of an edition.
type Table struct {
	Columns []string `json:"columns"` // "name type", in order
	SHA256  string   `json:"sha256"`  // of its rows
}

// Next returns the version of content, published after the newest edition, and whether it is new:
// the same content keeps its version. newest is nil if there is no edition.
func Next(newest *Manifest, c Content) (v Version, isNew bool) {
	if newest == nil {
		return Version{Major: 1}, true
	}
	old, v := newest.Content, newest.Version
	switch {
	case breaks(old.Tables, c.Tables):
		return Version{Major: v.Major + 1}, true
	case old.Keys != c.Keys || !sameColumns(old.Tables, c.Tables):
		return Version{Major: v.Major, Minor: v.Minor + 1}, true
	}
	for name, t := range c.Tables {
		if t.SHA256 != old.Tables[name].SHA256 {
			return Version{v.Major, v.Minor, v.Patch + 1}, true
		}
	}
	return v, false
}

// breaks reports whether readers of the old tables cannot read the new ones: a table is gone, or
// its columns are no longer the first of the new ones.
func breaks(old, new map[string]Table) bool {
	for name, t := range old {
		now, there := new[name]
		if !there || len(now.Columns) < len(t.Columns) || !slices.Equal(now.Columns[:len(t.Columns)], t.Columns) {
			return true
		}
	}
	return false
}

// sameColumns reports whether both have the same tables with the same columns.
func sameColumns(old, new map[string]Table) bool {
	return maps.EqualFunc(old, new, func(a, b Table) bool { return slices.Equal(a.Columns, b.Columns) })
}
