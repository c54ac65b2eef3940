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

	"crossings/pipeline/publish/edition"
)

// ManifestName is the file on the target that says what this package put there.
const ManifestName = "upload.json"

// maxManifest bounds the manifest: some hundred and fifty bytes a file.
const maxManifest = 512 << 20

// manifest is what a target says it holds. A file that may be there or not, after a
// run that was stopped, has no hash.
type manifest struct {
	Files []edition.File `json:"files"` // in order of name
}

// Plan is what is to be done to a target.
type Plan struct {
	Put    []edition.File  // in order
	Remove []string        // in order of name
	Same   int             // files that are there already
	Newest edition.Version // of the editions on the target, whether of this site or not

	before, after manifest // what the target says while it is done, and when it is
}

// Bytes returns how much is to be put.
func (p Plan) Bytes() (n int64) {
	for _, f := range p.Put {
		n += f.Bytes
	}
	return n
}

// NewPlan compares the site in a folder with a target. It is ErrEdition where an
// edition on the target has other bytes than the one of the site.
func NewPlan(ctx context.Context, dir string, t Target) (Plan, error) {
	var p Plan
	site, err := edition.List(dir, func(string) bool { return true })
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
	stays := map[string]edition.File{} // of the manifest when all is done
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
				return p, fmt.Errorf("%w: %s is there with other bytes; is this the target of another site?", ErrEdition, f.Name)
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
			stays[name] = f // an older edition that is not here any more
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

// during returns what the target may hold while the plan is carried out.
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
		return m, fmt.Errorf("%s on the target: %w; remove it, and everything is put there again", ManifestName, err)
	}
	for _, f := range m.Files {
		if !fs.ValidPath(f.Name) {
			return m, fmt.Errorf("%s on the target: %q is no name for a file", ManifestName, f.Name)
		}
	}
	return m, nil
}

// last are the files by which readers and programs find what is newest.
var last = []string{"sitemap.xml", "calendar.ics", "feed.atom", "release.json", "index.html"}

// turn says when a file is put, the lowest first: whatever a page links to before the
// page.
func turn(name string) int {
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
