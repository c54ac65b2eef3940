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
	SHA256    string          `json:"sha256"` // of the Parquet file
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

// Append puts one release into the lake: all of its observations, which must
// share the release r, and its findings. rawFile is the snapshot that they were
// decoded from, below data/raw. A release that is there already with the same
// content is left as it is and reported as not written.
func (l *Lake) Append(r stat.Release, obs []stat.Observation, findings []stat.Finding, rawFile string) (written bool, err error) {
	obs = slices.Clone(obs)
	slices.SortFunc(obs, stat.Observation.Compare)
	var b bytes.Buffer
	// The folder gives the source, as Hive partitions do. With the column in the
	// file as well, pandas and pyarrow refuse to read the folder: they take the
	// one for dictionary-coded text and the other for plain.
	if err := tabular.Observations(obs).Without("source").Parquet(&b); err != nil {
		return false, err
	}
	sum := sha256.Sum256(b.Bytes())
	e := Entry{Source: r.Source, Release: r.ID, Vintage: r.Vintage, FirstSeen: r.FirstSeen.UTC(), RawFile: rawFile,
		RawSHA256: r.SHA256, SHA256: hex.EncodeToString(sum[:]), Size: int64(b.Len()), Rows: len(obs), Coverage: Cover(obs), Findings: findings}
	if e.Findings == nil {
		e.Findings = []stat.Finding{}
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return false, err
	}
	text = append(text, '\n')
	if old, err := os.ReadFile(l.entryPath(r.Source, r.ID)); err == nil && bytes.Equal(old, text) && l.intact(e) == nil {
		return false, nil
	}
	if err := atomicfile.Write(l.parquetPath(r.Source, r.ID), b.Bytes()); err != nil {
		return false, err
	}
	return true, atomicfile.Write(l.entryPath(r.Source, r.ID), text)
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
	known := map[string]bool{}
	for _, s := range sources {
		entries, err := l.Entries(s)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, e := range entries {
			known[l.parquetPath(e.Source, e.Release)] = true
			if err := l.intact(e); err != nil {
				errs = append(errs, err)
			}
		}
	}
	files, _ := filepath.Glob(filepath.Join(l.dir, "observations", "*", "*.parquet"))
	for _, f := range files {
		if !known[f] {
			errs = append(errs, fmt.Errorf("%s: %w: no entry names it; run ingest again", f, ErrDamaged))
		}
	}
	return errs
}
