package microdata

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/refused"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
)

// clusterFiles returns the paths of what bin/beam wrote to a folder: the manifest of the records first, then the
// records, and the files of refused rows.
func clusterFiles(dir string) ([]string, error) {
	fail := func(err error) ([]string, error) {
		return nil, fmt.Errorf("%w: --from %s: %w; name the folder that bin/beam wrote to, whose job has ended", registry.ErrUsage, dir, err)
	}
	norm := filepath.Join(dir, "norm")
	m, err := engine.ReadManifest(norm)
	if err != nil {
		return fail(err)
	}
	out := []string{filepath.Join(norm, manifestName)}
	there := map[string]bool{}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			name := path.Base(f.Path)
			if there[name] || path.Ext(name) != ".parquet" {
				return fail(fmt.Errorf("its manifest names %s twice, or as a file of records", name))
			}
			there[name] = true
			out = append(out, filepath.Join(norm, filepath.FromSlash(f.Path)))
		}
	}
	rejects, err := os.ReadDir(filepath.Join(dir, "rejects"))
	if err != nil && !missing(err) {
		return fail(err)
	}
	for _, e := range rejects {
		if filepath.Ext(e.Name()) == ".csv" {
			out = append(out, filepath.Join(dir, "rejects", e.Name()))
		}
	}
	return out, nil
}

// cluster is a delivery that other machines have read.
type cluster struct {
	manifest *engine.Manifest
	records  []string // paths of the files of records
	names    []string // their names
	refused  []string // paths of the files of refused rows
}

// cluster returns what a delivery holds if other machines have read it, otherwise nil. The files must be those that
// the manifest names, byte for byte.
func (d delivery) cluster() (*cluster, error) {
	at := slices.IndexFunc(d.Files, func(f archive.Snapshot) bool { return f.File == manifestName })
	if at < 0 {
		return nil, nil
	}
	bad := func(format string, args ...any) error {
		return &decode.Error{File: d.Files[at].File, Err: fmt.Errorf("%w: "+format, append([]any{decode.ErrShape}, args...)...), Hint: "run the job again, and add what it wrote"}
	}
	m, err := engine.ReadManifest(filepath.Dir(d.paths[at]))
	if err != nil {
		return nil, bad("%w", err)
	}
	want := map[string]string{}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			want[path.Base(f.Path)] = f.SHA256
		}
	}
	c := &cluster{manifest: m}
	for i, f := range d.Files {
		sum, named := want[f.File]
		switch {
		case i == at:
		case named && sum == f.Meta.SHA256:
			delete(want, f.File)
			c.records, c.names = append(c.records, d.paths[i]), append(c.names, path.Join(d.Release.ID, f.File))
		case !named && path.Ext(f.File) == ".csv":
			c.refused = append(c.refused, d.paths[i])
		default:
			return nil, bad("%s is not what the manifest names", f.File)
		}
	}
	if len(want) > 0 {
		return nil, bad("%d files of records are not there", len(want))
	}
	return c, nil
}

// rows returns how many records the cluster has read, and how many of them are good.
func (c *cluster) rows() (records, good int64) {
	for _, in := range c.manifest.Inputs {
		records += in.Records
	}
	for _, p := range c.manifest.Partitions {
		for _, f := range p.Files {
			good += f.Rows
		}
	}
	return records, good
}

// judge compares what was read here with what the cluster has read, and adds the rows that it refused. The layout must
// accept every record of the cluster; only a key that an earlier release has is no contradiction.
func (c *cluster) judge(p *prepared) error {
	records, good := c.rows()
	bad := func(at engine.Reject, hint, format string, args ...any) error {
		return &decode.Error{File: cmp.Or(path.Base(at.File), manifestName), Line: int(at.Line), Column: at.Column, Err: fmt.Errorf("%w: "+format, append([]any{decode.ErrShape}, args...)...), Hint: hint}
	}
	if p.report.Records != good {
		return bad(engine.Reject{}, "run the job again, and add what it wrote", "its manifest counts %d records, but the files hold %d", good, p.report.Records)
	}
	if p.rejects.invalid > 0 || len(p.before) == 0 && p.report.Refused > 0 {
		x := *p.rejects.first
		return bad(x, "read them there by this layout and for this day of release: bin/beam --released", "of %d records that were read on other machines, %d are refused here; the first for %s, %q", good, p.report.Refused, x.Reason, x.Value)
	}
	p.rejects.records.Store(records)
	n := int64(0)
	for _, file := range c.refused {
		if err := refused.Each(file, func(r engine.Reject) error { n++; return p.rejects.add(r) }); err != nil {
			return err
		}
	}
	if n != records-good {
		return bad(engine.Reject{}, "add the whole folder, with rejects", "of %d records %d are good, but the refused rows are %d", records, good, n)
	}
	p.report.Records, p.report.Refused = p.report.Records+n, p.report.Refused+n
	return nil
}
