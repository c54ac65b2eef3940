package upload

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/edition"
)

// ManifestName is the file on the target that lists what this package put there.
const ManifestName = "upload.json"

// maxManifest is the largest size of the manifest in bytes. A file takes some hundred and fifty.
const maxManifest = 512 << 20

// manifest is what a target says it holds. A file without a hash may or may not be there, because a
// run was stopped.
type manifest struct {
	Files []edition.File `json:"files"` // in order of name
}

// Plan is what to do to a target.
type Plan struct {
	Put    []edition.File  // in order
	Remove []string        // in order of name
	Same   int             // files already there
	Newest edition.Version // newest edition on the target, of this site or not

	before, after manifest // the target's manifest during and after the upload
}

// Bytes returns the number of bytes to put.
func (p Plan) Bytes() (n int64) {
	for _, f := range p.Put {
		n += f.Bytes
	}
	return n
}

// NewPlan compares the site in a folder with a target. The error wraps ErrEdition if a file of an
// edition on the target differs from the site's.
func NewPlan(ctx context.Context, dir string, t Target) (Plan, error) {
	var p Plan
	site, err := edition.List(dir, func(string, fs.FileInfo) bool { return true })
	if err != nil {
		return p, err
	}
	there, err := t.List(ctx)
	if err != nil {
		return p, err
	}
	for name := range there {
		if v := edition.Of(name); v.Compare(p.Newest) > 0 {
			p.Newest = v
		}
	}
	old, err := readManifest(ctx, t)
	if err != nil {
		return p, err
	}
	known := map[string]edition.File{}
	for _, f := range old.Files {
		known[f.Name] = f
	}
	stays := map[string]edition.File{} // the manifest after the upload
	for _, f := range site {
		if f.Name == ManifestName {
			return p, fmt.Errorf("%s is the name of this program's own list; the site must not have such a file", f.Name)
		}
		stays[f.Name] = f
		size, present := there[f.Name]
		same := present && size == f.Bytes && known[f.Name] == f
		if !same && present && edition.Holds(f.Name) {
			sum, err := t.Sum(ctx, f.Name)
			if err != nil {
				return p, err
			}
			same = sum == f.SHA256
			if !same && !edition.MayChange(f.Name) {
				return p, fmt.Errorf("%w: %s differs on the target; is this the target of another site?", ErrEdition, f.Name)
			}
		}
		if same {
			p.Same++
			continue
		}
		p.Put = append(p.Put, f)
	}
	for name, f := range known {
		if _, kept := stays[name]; kept {
			continue
		}
		if edition.Holds(name) {
			stays[name] = f // an older edition that is no longer in the site
			continue
		}
		p.Remove = append(p.Remove, name)
	}
	slices.Sort(p.Remove)
	slices.SortStableFunc(p.Put, func(a, b edition.File) int {
		return cmp.Or(cmp.Compare(turn(a.Name), turn(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	p.after = manifestOf(stays)
	p.before = manifestOf(p.during(known))
	return p, nil
}

// during returns what the target may hold during the upload.
func (p Plan) during(known map[string]edition.File) map[string]edition.File {
	out := maps.Clone(known)
	for _, f := range p.Put {
		out[f.Name] = edition.File{Name: f.Name}
	}
	for _, f := range p.after.Files {
		if _, put := out[f.Name]; !put {
			out[f.Name] = f
		}
	}
	return out
}

func manifestOf(files map[string]edition.File) manifest {
	var m manifest
	for _, name := range slices.Sorted(maps.Keys(files)) {
		m.Files = append(m.Files, files[name])
	}
	return m
}

func readManifest(ctx context.Context, t Target) (m manifest, err error) {
	text, err := t.Get(ctx, ManifestName, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%s on the target: %w; remove it, and the next upload puts everything again", ManifestName, err)
	}
	for _, f := range m.Files {
		if !fs.ValidPath(f.Name) {
			return m, fmt.Errorf("%s on the target: %q is not a valid file name", ManifestName, f.Name)
		}
	}
	return m, nil
}

// last are the files that lead readers and programs to the newest figures.
var last = []string{"sitemap.xml", "calendar.ics", "feed.atom", "release.json", "index.html"}

// turn returns when to put a file, lowest first: what a page links to goes before the page. A
// compressed copy goes with its file.
func turn(name string) int {
	name = compressed.Original(name)
	switch i := slices.Index(last, name); {
	case edition.Holds(name) && path.Base(name) != edition.ManifestName && path.Ext(name) != ".html":
		return 0
	case edition.Holds(name) && path.Base(name) != edition.ManifestName:
		return 1
	case edition.Holds(name):
		return 2
	case i >= 0:
		return 6 + i
	case path.Ext(name) == ".html":
		return 5
	case strings.HasPrefix(name, "data/"):
		return 3
	}
	return 4
}
