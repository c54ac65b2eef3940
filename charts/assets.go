package charts

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed assets
var assets embed.FS

const (
	// LibraryName is the file name of the chart library among the site's assets.
	LibraryName = "echarts.min.js"
	// librarySHA256 is of dist/echarts.common.min.js in npm echarts 6.1.0.
	librarySHA256 = "61f13280aba3161f77fc801bf5f9c786f55f10432153a0683fc5cc0700b013d5"
)

// ErrLibrary means that the chart library was not there when the program was
// built, or is not the one that it was made for.
var ErrLibrary = errors.New(`chart library: run "make build"`)

// Templates returns the page templates, one *.html a file.
func Templates() fs.FS { return sub(templates, "templates") }

// Assets returns the names and contents of the files that every page refers to,
// style sheet and scripts, the chart library included, or ErrLibrary.
func Assets() (map[string][]byte, error) {
	library, err := Library()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{LibraryName: library}
	for _, name := range []string{"favicon.svg", "search.js", "site.css", "site.js"} {
		if files[name], err = assets.ReadFile("assets/" + name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Library returns the chart library, npm echarts, as one script; ErrLibrary
// where "make build" did not put it in place before the program was built, or
// where it is not the pinned one.
func Library() ([]byte, error) {
	data, err := assets.ReadFile("assets/" + LibraryName)
	if err != nil {
		return nil, ErrLibrary
	}
	if err := verify(data); err != nil {
		return nil, err
	}
	return data, nil
}

// verify reports a library of another hash than the pinned one.
func verify(data []byte) error {
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != librarySHA256 {
		return fmt.Errorf("%w: sha256 is %s, not %s", ErrLibrary, got, librarySHA256)
	}
	return nil
}

func sub(f embed.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		panic(err) // the folder is embedded
	}
	return s
}
