package charts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// Bundle is the files that pages refer to, each with a part of its hash in its name. A changed file has
// another address, so browsers may keep each for a year.
type Bundle struct {
	Files map[string][]byte // by the name under which the site serves them
	names map[string]string // by the name that templates and scripts use
}

// Name returns the name under which the site serves a file. It returns an error if there is none.
func (b Bundle) Name(file string) (string, error) {
	name, ok := b.names[file]
	if !ok {
		return "", fmt.Errorf("the site has no file %q: add it to the list of those that are served", file)
	}
	return name, nil
}

// mention is a file name as scripts and style sheets write it: between quotes or brackets.
var mention = regexp.MustCompile(`(["(])([a-z.-]+\.(?:js|css|svg|woff2))([")])`)

// newBundle names files by their hashes. Where a file mentions another, it gets that one's name first.
func newBundle(files map[string][]byte) (Bundle, error) {
	b := Bundle{Files: map[string][]byte{}, names: map[string]string{}}
	begun := map[string]bool{}
	var add func(file string) error
	add = func(file string) (err error) {
		if b.names[file] != "" {
			return nil
		}
		if begun[file] {
			return fmt.Errorf("%s mentions itself, or a file that mentions it", file)
		}
		begun[file] = true
		text := files[file]
		if file != LibraryName {
			text = mention.ReplaceAllFunc(text, func(found []byte) []byte {
				part := mention.FindSubmatch(found)
				other := string(part[2])
				if _, ours := files[other]; err == nil && !ours {
					err = fmt.Errorf("%s mentions %s, which the site does not serve", file, other)
				} else if err == nil {
					err = add(other)
				}
				return []byte(string(part[1]) + b.names[other] + string(part[3]))
			})
		}
		sum := sha256.Sum256(text)
		ending := path.Ext(file)
		b.names[file] = strings.TrimSuffix(file, ending) + "." + hex.EncodeToString(sum[:5]) + ending
		b.Files[b.names[file]] = text
		return err
	}
	for file := range files {
		if err := add(file); err != nil {
			return Bundle{}, err
		}
	}
	return b, nil
}
