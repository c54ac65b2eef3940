package lake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// ErrDamaged is in every error about a file of the lake that is not what was
// written. Such a file is never read; deleting data/out/lake and running ingest
// again builds it anew from data/raw.
var ErrDamaged = errors.New("lake file is damaged")

// maxEntry bounds the size of an entry, maxParquet that of one release.
const (
	maxEntry   = 16 << 20
	maxParquet = 1 << 30
)

// Lake is the store of observations below one folder.
type Lake struct{ dir string }

// Open returns the lake in dir. The folder need not exist yet.
func Open(dir string) *Lake { return &Lake{dir} }

// Entry describes one release in the lake.
type Entry struct {
	Source    string          `json:"source"`
	Release   string          `json:"release"`
	Vintage   stat.Date       `json:"vintage"`
	FirstSeen time.Time       `json:"first_seen"`
	RawFile   string          `json:"raw_file"` // below data/raw: <source>/<release>/<file>
	RawSHA256 string          `json:"raw_sha256"`
	Tidy      bool            `json:"tidy,omitempty"` // read from the tidy layout, not from the publisher's own file
	Statement string          `json:"statement"`      // hash of what it states, whatever the file and its cells
	SHA256    string          `json:"sha256"`         // of the Parquet file
	Size      int64           `json:"size"`
	Rows      int             `json:"rows"`
	Coverage  []stat.Coverage `json:"coverage"` // in order of series
	Findings  []stat.Finding  `json:"findings"`
}

// Stat returns the release that the entry describes.
func (e Entry) Stat() stat.Release {
	return stat.Release{Source: e.Source, ID: e.Release, Vintage: e.Vintage, FirstSeen: e.FirstSeen, File: path.Base(e.RawFile), SHA256: e.RawSHA256}
}

func (l *Lake) parquetPath(source, release string) string {
	return filepath.Join(l.dir, "observations", "source="+FolderName(source), release+".parquet")
}

func (l *Lake) entryPath(source, release string) string {
	return filepath.Join(l.dir, "releases", FolderName(source), release+".json")
}

// FolderName returns a source's identifier as the name of a folder: the colon
// of tidy:<name> is not allowed in one on every system.
func FolderName(source string) string { return strings.ReplaceAll(source, ":", "~") }

// Raw names the snapshot that a release was decoded from.
type Raw struct {
	File string // below data/raw: <source>/<release>/<file>
	Tidy bool   // in the tidy layout, not the publisher's own
}

// Append puts one release into the lake: all of its observations, which must
// share the release r, and its findings. It reports whether anything was
// written.
//
// A release that is there already with the same content is left as it is. Of
// two releases of one vintage that state exactly the same, the lake keeps one,
// so that a sum over a vintage counts nothing twice: the publisher's own file
// before one in the tidy layout, else the one whose name comes first. That does
// not depend on which came first.
func (l *Lake) Append(r stat.Release, obs []stat.Observation, findings []stat.Finding, raw Raw) (written bool, err error) {
	e, parquet, err := newEntry(r, obs, findings, raw)
	if err != nil {
		return false, err
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return false, err
	}
	text = append(text, '\n')
	if old, err := os.ReadFile(l.entryPath(r.Source, r.ID)); err == nil && bytes.Equal(old, text) && l.intact(e) == nil {
		return false, nil
	}
	entries, err := l.Entries(r.Source)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(entries, func(other Entry) bool { return other.displaces(e) }) {
		return false, nil
	}
	if err := atomicfile.Write(l.parquetPath(r.Source, r.ID), parquet); err != nil {
		return false, err
	}
	if err := atomicfile.Write(l.entryPath(r.Source, r.ID), text); err != nil {
		return false, err
	}
	return true, l.prune(r.Source)
}

// Stated returns the release that makes r superfluous: one of the same vintage
// that states exactly the same and would be kept; see Append.
func (l *Lake) Stated(r stat.Release, obs []stat.Observation, raw Raw) (Entry, bool, error) {
	entries, err := l.Entries(r.Source)
	if err != nil {
		return Entry{}, false, err
	}
	obs = slices.Clone(obs)
	slices.SortFunc(obs, stat.Observation.Compare)
	e := Entry{Release: r.ID, Vintage: r.Vintage, Tidy: raw.Tidy, Statement: statement(obs)}
	i := slices.IndexFunc(entries, func(other Entry) bool { return other.displaces(e) })
	if i < 0 {
		return Entry{}, false, nil
	}
	return entries[i], true, nil
}

// displaces reports whether e states the same as other, of the same vintage, and
// is the one to keep.
func (e Entry) displaces(other Entry) bool {
	if e.Release == other.Release || e.Vintage != other.Vintage || e.Statement != other.Statement {
		return false
	}
	if e.Tidy != other.Tidy {
		return other.Tidy
	}
	return e.Release < other.Release
}

// Prune mends what a killed Append may have left: releases that another
// displaces, and Parquet files that no entry names. The caller holds the lock.
func (l *Lake) Prune() error {
	sources, err := l.Sources()
	for _, s := range sources {
		err = errors.Join(err, l.prune(s))
	}
	if err != nil {
		return err // an entry that cannot be read may name a file
	}
	orphans, err := l.orphans()
	for _, path := range orphans {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// orphans returns the Parquet files that no entry names.
func (l *Lake) orphans() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(l.dir, "observations", "source=*", "*.parquet"))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(files, func(path string) bool {
		folder, _ := strings.CutPrefix(filepath.Base(filepath.Dir(path)), "source=")
		entry := filepath.Join(l.dir, "releases", folder, strings.TrimSuffix(filepath.Base(path), ".parquet")+".json")
		_, err := os.Stat(entry)
		return err == nil
	}), nil
}

func (l *Lake) prune(source string) error {
	entries, err := l.Entries(source)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if slices.ContainsFunc(entries, func(other Entry) bool { return other.displaces(e) }) {
			if err := l.remove(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove takes a release out of the lake, its entry first.
func (l *Lake) remove(e Entry) error {
	if err := os.Remove(l.entryPath(e.Source, e.Release)); err != nil {
		return err
	}
	return os.Remove(l.parquetPath(e.Source, e.Release))
}

// newEntry returns the entry of a release and its Parquet file.
func newEntry(r stat.Release, obs []stat.Observation, findings []stat.Finding, raw Raw) (Entry, []byte, error) {
	obs = slices.Clone(obs)
	slices.SortFunc(obs, stat.Observation.Compare)
	var b bytes.Buffer
	// The folder gives the source, as Hive partitions do. With the column in the
	// file as well, pandas and pyarrow refuse to read the folder: they take the
	// one for dictionary-coded text and the other for plain.
	if err := tabular.Observations(obs).Without("source").Parquet(&b); err != nil {
		return Entry{}, nil, err
	}
	if findings == nil {
		findings = []stat.Finding{} // an empty list in the entry, not null
	}
	sum := sha256.Sum256(b.Bytes())
	return Entry{Source: r.Source, Release: r.ID, Vintage: r.Vintage, FirstSeen: r.FirstSeen.UTC(), RawFile: raw.File, RawSHA256: r.SHA256,
		Tidy: raw.Tidy, Statement: statement(obs), SHA256: hex.EncodeToString(sum[:]), Size: int64(b.Len()), Rows: len(obs),
		Coverage: Cover(obs), Findings: findings}, b.Bytes(), nil
}

// statement returns the hash of what sorted observations state: everything but
// the release and the place in its file.
func statement(obs []stat.Observation) string {
	h := sha256.New()
	for _, o := range obs {
		s := o.Series
		fmt.Fprintf(h, "%s %s %s %s %s %s %s %s %s %s %s %s %t %q\n", s.ID, s.Flow, s.Unit, s.Kind, s.RefArea, o.Period.Start, o.Period.End, o.Period.Precision,
			o.Value, o.Lower, o.Upper, o.Status, o.Revised, o.Mark)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Cover returns the span of each series in obs, which are in order of series.
func Cover(obs []stat.Observation) []stat.Coverage {
	var out []stat.Coverage
	for _, o := range obs {
		n := len(out)
		if n == 0 || out[n-1].Series != o.Series.ID {
			out = append(out, stat.Coverage{Series: o.Series.ID, Start: o.Period.Start, End: o.Period.End, Observations: 1})
			continue
		}
		c := &out[n-1]
		c.Start, c.End = min(c.Start, o.Period.Start), max(c.End, o.Period.End)
		c.Observations++
	}
	return out
}

// Sources returns the identifiers of all sources with a release in the lake,
// sorted.
func (l *Lake) Sources() ([]string, error) {
	dirs, err := os.ReadDir(filepath.Join(l.dir, "releases"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, d := range dirs {
		out = append(out, strings.ReplaceAll(d.Name(), "~", ":"))
	}
	return out, err
}

// Entries returns the releases of a source that are in the lake, in the order
// in which they were known. None is not an error; an entry that cannot be read
// wraps ErrDamaged.
func (l *Lake) Entries(source string) ([]Entry, error) {
	paths, err := filepath.Glob(filepath.Join(l.dir, "releases", FolderName(source), "[0-9]*.json"))
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, p := range paths {
		e, err := readEntry(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %w", p, ErrDamaged, err)
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Entry) int { return a.Stat().Compare(b.Stat()) })
	return out, nil
}

func readEntry(path string) (Entry, error) {
	var e Entry
	text, err := readBounded(path, maxEntry)
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal(text, &e)
}

// readBounded reads a file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%d bytes, more than the limit of %d", info.Size(), limit)
	}
	return os.ReadFile(path)
}

// load returns the bytes of an entry's Parquet file, checked against its hash.
func (l *Lake) load(e Entry) ([]byte, error) {
	path := l.parquetPath(e.Source, e.Release)
	data, err := readBounded(path, maxParquet)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != e.SHA256 {
		return nil, fmt.Errorf("%s: %w: its hash is not the one written", path, ErrDamaged)
	}
	return data, nil
}

func (l *Lake) intact(e Entry) error {
	_, err := l.load(e)
	return err
}

// Verify checks every file of the lake against the hash written with it and
// returns one error for each that is damaged, missing or not accounted for.
func (l *Lake) Verify() []error {
	sources, err := l.Sources()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, s := range sources {
		entries, err := l.Entries(s)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, e := range entries {
			if err := l.intact(e); err != nil {
				errs = append(errs, err)
			}
		}
	}
	orphans, err := l.orphans()
	if err != nil {
		errs = append(errs, err)
	}
	for _, path := range orphans {
		errs = append(errs, fmt.Errorf("%s: %w: no entry names it; the next ingest removes it", path, ErrDamaged))
	}
	return errs
}
