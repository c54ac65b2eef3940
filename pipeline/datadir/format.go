package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/hint"
)

// Format is the version of the layout of a data folder that this program writes. It rises when an older
// program could not read, or would damage, what a newer one wrote:
//
//  1. All before the version was noted.
//  2. Data versions are kept by content.
const Format = 2

// ErrNewer means that a newer program wrote to the data folder.
var ErrNewer = hint.New("a newer program wrote to the data folder",
	"use that program or a newer one, or restore the copy that was made before the upgrade: docs/operations.md, Upgrade and go back")

// formatFile returns the file that notes the version of the layout.
func (d Dir) formatFile() string { return filepath.Join(d.Out(), "format") }

// CheckFormat returns ErrNewer if this program cannot work on the data folder. A folder without a note is
// of version 1, or new.
func (d Dir) CheckFormat() error {
	_, err := format(d.formatFile())
	return err
}

// format returns the version of the layout that a file notes, 0 if there is none.
func format(file string) (int, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || n < 1 {
		return 0, hint.With(fmt.Errorf("%s does not have the number of a version", file),
			fmt.Sprintf("write %d to it if no newer program has worked on the folder", Format))
	}
	if n > Format {
		return n, fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, n, Format)
	}
	return n, nil
}

// raiseFormat notes this program's version of the layout before the program changes anything.
func raiseFormat(file string) error {
	n, err := format(file)
	if err != nil || n == Format {
		return err
	}
	return atomicfile.Write(file, fmt.Appendf(nil, "%d\n", Format))
}
