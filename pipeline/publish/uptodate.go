package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
)

// siteNote says what the last build made the site from, and lists its files. If another build
// has the same inputs and the files are unchanged, nothing is rendered, because the same inputs
// give the same bytes. If the view is the same too, not even the figures are read, so a night
// without news costs next to nothing.
type siteNote struct {
	View   string // see viewOf; "" if the build was incomplete
	Inputs string // see inputsOf
	Files  []edition.File
	Times  []int64 // when each of Files was last changed, in nanoseconds
	Said   Published
}

// maxNote limits the size of a siteNote: some hundred bytes for each file of the site.
const maxNote = 256 << 20

// inputsOf returns the hash of everything that a site is made from: the program, every table
// and the other facts that the site states. If m is not nil, it has the hashes of its tables.
// The result is "" if the program is unknown.
func inputsOf(site content.Site, m *edition.Manifest) (string, error) {
	if tables.Program() == "" {
		return "", nil
	}
	h := sha256.New()
	list := site.Tables
	// After the build, a new edition is like any other. What it does not show follows from it.
	site.Tables, site.NewEdition, site.Unshown = nil, false, nil
	text, err := json.Marshal(site)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%s\n%s\n", tables.Program(), text)
	for _, t := range list {
		fmt.Fprintf(h, "%s\n", t.Schema.Name)
		if m != nil && m.Content.Tables[t.Schema.Name].SHA256 != "" {
			fmt.Fprintf(h, "%s\n", m.Content.Tables[t.Schema.Name].SHA256)
			continue
		}
		if err := t.CSV(h); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// viewOf returns a hash that changes when the inputs of a build change, without reading
// figures. It covers the program, its sources, the public address, and the names and sizes of
// the files that a build reads. It also covers the bytes of claims, announcements, states and
// the lake's entries and manifests, which contain the hashes of the files that they describe.
// It does not cover the times of files, so copying the data folder changes nothing. The result
// is "" if the program is unknown. ingest verify checks the bytes of the other files.
func viewOf(r registry.Registry, base string) (string, error) {
	if tables.Program() == "" {
		return "", nil
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q\n", tables.Program(), base)
	for _, s := range r.Sources {
		fmt.Fprintf(h, "%s %d\n", s.ID, s.Reader)
	}
	for _, dir := range []string{r.Dir.Raw(), r.Dir.Pending(), r.Dir.Lake(), r.Dir.Status()} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if path == dir && errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			return viewFile(h, r.Dir, path, d)
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// viewFile adds one file to the hash; see viewOf.
func viewFile(h io.Writer, dir datadir.Dir, path string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	name, err := filepath.Rel(dir.Path(), path)
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "%q %d\n", filepath.ToSlash(name), info.Size())
	described := filepath.Ext(path) == ".json" && !strings.HasPrefix(path, dir.Raw()+string(filepath.Separator))
	if folder := filepath.Dir(path); !described && folder != dir.Claims() && folder != dir.Announced() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}
