package lake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/hint"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ErrDamaged is in every error about a file of the lake that is not what was
// written. Such a file is never read; ingest run rebuilds it from data/raw.
var ErrDamaged = hint.New("lake file is damaged", "run: ingest run. It rebuilds what data/raw has; a file that nobody knows is yours to move")

// maxEntry is the largest size of an entry and maxParquet that of one release, in bytes.
const (
	maxEntry   = 16 << 20
	maxParquet = 1 << 30
)

// Lake is the store of observations below one folder.
type Lake struct{ folder }

// Open returns the lake in dir. The folder need not exist yet.
func Open(dir string) *Lake { return &Lake{folder{dir}} }

// Entry describes one release in the lake.
type Entry struct {
	Source    string          `json:"source"`
	Release   string          `json:"release"`
	Vintage   stat.Date       `json:"vintage"`
	FirstSeen time.Time       `json:"first_seen"`
	RawFile   string          `json:"raw_file"` // see RawFile
	RawSHA256 string          `json:"raw_sha256"`
	Tidy      bool            `json:"tidy,omitempty"`  // read from the tidy layout, not from the publisher's own file
	Reissued  bool            `json:"again,omitempty"` // it was stated before, and a release in between stated something else
	Statement string          `json:"statement"`       // hash of what it states, independent of the form of the file
	SHA256    string          `json:"sha256"`          // of the Parquet file
	Size      int64           `json:"size"`
	Rows      int             `json:"rows"`
	Coverage  []stat.Coverage `json:"coverage"` // in order of series
	Events    []EventFile     `json:"events,omitempty"`
	Findings  []stat.Finding  `json:"findings"`
	Rejects   int             `json:"rejects,omitempty"` // rows in quarantine
	// RejectsSHA256 is the hash of the list of these rows. It is empty in an entry of an older
	// program.
	RejectsSHA256 string     `json:"rejects_sha256,omitempty"`
	Reader        string     `json:"reader,omitempty"` // version of the reader, if rows were rejected
	Layout        string     `json:"layout,omitempty"` // hash of the layout by which a table was read
	Notes         []NoteHash `json:"notes,omitempty"`
	// States are all releases that the raw file states, if it states several and this is the newest
	// of them.
	States []string `json:"states,omitempty"`
	// Check is the hash of all other fields. It is empty in an entry of an older program.
	Check string `json:"check,omitempty"`
}

// EventFile is the Parquet file with one year of a release's events.
type EventFile struct {
	Year   int    `json:"year"`
	Rows   int    `json:"rows"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// NoteHash identifies a text that says what the figures mean. The text belongs to the publisher and
// stays in the raw file; the hash shows that it changed.
type NoteHash struct {
	Where  string `json:"where"`
	SHA256 string `json:"sha256"`
}

// Stat returns the release that the entry describes.
func (e Entry) Stat() stat.Release {
	return stat.Release{Source: e.Source, ID: e.Release, Vintage: e.Vintage, FirstSeen: e.FirstSeen, File: path.Base(e.RawFile), SHA256: e.RawSHA256}
}

// FolderName returns a source's identifier as the name of a folder. It replaces the colon of
// tidy:<name>, which not every system allows in one.
func FolderName(source string) string { return strings.ReplaceAll(source, ":", "~") }

// SourceOf returns the source whose folder has a name; see FolderName.
func SourceOf(folder string) string { return strings.ReplaceAll(folder, "~", ":") }

// Content is what one release states.
type Content struct {
	Observations []stat.Observation // all of one release
	Events       *table.Table       // under a schema with the column period_start; nil means none
	Findings     []stat.Finding
	Rejects      int // rows of the file that were not used
	// RejectsSHA256 is the hash of the list of these rows, in hexadecimal.
	RejectsSHA256 string
	Reader        string // version of the decoder and its label lists
	Layout        string // hash of the layout, if the source is a table
	Notes         []stat.Note
	States        []string // see Entry
}

// RawFile returns the path below data/raw of a file of a release.
func RawFile(source, release, file string) string {
	return path.Join(FolderName(source), release, file)
}

// Raw identifies the snapshot that a release was decoded from.
type Raw struct {
	File string // see RawFile
	Tidy bool   // in the tidy layout, not the publisher's own
	// Reissued says that the release was stated before and is stated again; its vintage is the day on
	// which it came again.
	Reissued bool
}

// Append adds one release to the lake. It reports whether it wrote anything.
//
// It leaves an existing release with the same content as it is. It replaces one with other content,
// which a newer decoder reads differently. If two releases of one vintage state exactly the same,
// the lake keeps the one whose snapshot has the earlier date, so that a sum over a vintage counts
// nothing twice and a newer file that restates its history changes nothing. If a release between
// them states something else, both are kept: the publisher took the change back. Figures in the
// tidy layout are dropped if the publisher's own file of the same vintage states all of them. The
// order in which releases come makes no difference.
func (l *Lake) Append(r stat.Release, c Content, raw Raw) (written bool, err error) {
	if r.Vintage.IsZero() || r.FirstSeen.IsZero() {
		return false, fmt.Errorf("release %s does not say since when it is known", r.ID)
	}
	e, files, err := newEntry(r, c, raw)
	if err != nil {
		return false, err
	}
	text, err := e.encode()
	if err != nil {
		return false, err
	}
	if old, err := os.ReadFile(l.entryPath(r.Source, r.ID)); err == nil && bytes.Equal(old, text) && l.Intact(e) == nil {
		return false, nil
	}
	entries, err := l.Entries(r.Source)
	if err != nil {
		return false, err
	}
	if i, err := l.displacing(entries, e, c.Observations); err != nil {
		return false, err
	} else if i >= 0 {
		return false, l.noteSame(e, entries[i])
	}
	if i := slices.IndexFunc(entries, func(old Entry) bool { return old.Release == e.Release }); i >= 0 {
		// Remove the entry first. If the run is killed, the release is either whole or gone, and
		// then the next run reads its snapshot again.
		if err := l.remove(entries[i]); err != nil {
			return false, err
		}
	}
	undo := l.entryPath(r.Source, r.ID) + undoSuffix // says what to remove after a kill
	if err := atomicfile.Write(undo, text); err != nil {
		return false, err
	}
	for _, f := range files {
		if err := atomicfile.Write(l.path(e, f), f.data); err != nil {
			return false, err
		}
	}
	if err := atomicfile.Write(l.entryPath(r.Source, r.ID), text); err != nil {
		return false, err
	}
	return true, errors.Join(os.Remove(undo), l.prune(r.Source))
}

// files returns the Parquet files that the entry names.
func (e Entry) files() []lakeFile {
	out := []lakeFile{{sha256: e.SHA256}}
	for _, x := range e.Events {
		out = append(out, lakeFile{year: x.Year, sha256: x.SHA256})
	}
	return out
}

// newEntry returns the entry of a release and its Parquet files.
func newEntry(r stat.Release, c Content, raw Raw) (Entry, []lakeFile, error) {
	obs := inOrder(c.Observations)
	var b bytes.Buffer
	// The folder name gives the source, as in Hive partitions. If the file also had the column,
	// pandas and pyarrow would refuse to read the folder, because one of the two is
	// dictionary-coded text and the other plain.
	if err := table.Stream(obs).Without("source").Parquet(&b); err != nil {
		return Entry{}, nil, err
	}
	e := Entry{Source: r.Source, Release: r.ID, Vintage: r.Vintage, FirstSeen: r.FirstSeen.UTC(), RawFile: raw.File, RawSHA256: r.SHA256,
		Tidy: raw.Tidy, Reissued: raw.Reissued, Statement: statement(obs), SHA256: hash(b.Bytes()), Size: int64(b.Len()), Rows: len(obs),
		Coverage: Cover(obs, raw.Tidy), Findings: c.Findings, Rejects: c.Rejects, Notes: HashNotes(c.Notes)}
	if e.Findings == nil {
		e.Findings = []stat.Finding{} // an empty list in the entry, not null
	}
	e.Layout = c.Layout
	if c.Rejects > 0 {
		e.Reader, e.RejectsSHA256 = c.Reader, c.RejectsSHA256
	}
	if len(c.States) > 1 {
		e.States = c.States
	}
	files := []lakeFile{{data: b.Bytes()}}
	events, err := byYear(c.Events)
	if err != nil {
		return Entry{}, nil, err
	}
	for _, f := range events {
		e.Events = append(e.Events, f.entry)
		files = append(files, lakeFile{year: f.entry.Year, data: f.data})
	}
	return e, files, nil
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// yearFile holds the events of one year.
type yearFile struct {
	entry EventFile
	data  []byte
}

// byYear returns the Parquet files of a release's events, one for each year in which events begin.
func byYear(events *table.Table) ([]yearFile, error) {
	if events == nil {
		return nil, nil
	}
	events.Sort()
	years := map[int]*table.Table{}
	for i, day := range events.Column("period_start") {
		y := day.Date().Year()
		if years[y] == nil {
			years[y] = &table.Table{Schema: events.Schema}
		}
		years[y].Rows = append(years[y].Rows, events.Rows[i])
	}
	var out []yearFile
	for _, y := range slices.Sorted(maps.Keys(years)) {
		var b bytes.Buffer
		if err := years[y].Without("source").Parquet(&b); err != nil {
			return nil, err
		}
		out = append(out, yearFile{EventFile{Year: y, Rows: len(years[y].Rows), Size: int64(b.Len()), SHA256: hash(b.Bytes())}, b.Bytes()})
	}
	return out, nil
}

// inOrder returns observations by series and period: obs itself if they are so, else a copy.
func inOrder(obs []stat.Observation) []stat.Observation {
	if slices.IsSortedFunc(obs, stat.Observation.Compare) {
		return obs
	}
	obs = slices.Clone(obs)
	slices.SortFunc(obs, stat.Observation.Compare)
	return obs
}

// Statement returns the hash of what observations state, in any order. Two files with the same hash
// differ only in form.
func Statement(obs []stat.Observation) string { return statement(inOrder(obs)) }

// statement returns the hash of what sorted observations state: everything except the release and
// the location in its file.
func statement(obs []stat.Observation) string {
	h := sha256.New()
	var line []byte
	for _, o := range obs {
		s := o.Series
		line = line[:0]
		for _, text := range []string{string(s.ID), s.Flow, s.Unit, string(s.Kind), s.RefArea} {
			line = append(append(line, text...), ' ')
		}
		line = append(o.Period.Start.Append(line), ' ')
		line = append(o.Period.End.Append(line), ' ')
		for _, text := range []string{string(o.Period.Precision), o.Value.String(), o.Lower.String(), o.Upper.String(), string(o.Status)} {
			line = append(append(line, text...), ' ')
		}
		line = append(strconv.AppendBool(line, o.Revised), ' ')
		line = append(strconv.AppendQuote(line, o.Mark), '\n')
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Cover returns the span that obs state for each series. The breakdowns of one measure in a
// publisher's own file share one span: the file restates them all, including those that no longer
// have a row. Figures in the tidy layout may be only some of them, so each series speaks for
// itself.
func Cover(obs []stat.Observation, tidy bool) []stat.Coverage {
	spans := map[stat.SeriesID]*stat.Coverage{}
	var series *stat.Series // of the last observation
	var id stat.SeriesID
	for _, o := range obs {
		if o.Series != series {
			if series, id = o.Series, o.Series.ID; !tidy {
				id = id.Group()
			}
		}
		c := spans[id]
		if c == nil {
			c = &stat.Coverage{Series: id, Start: o.Period.Start}
			spans[id] = c
		}
		c.Start, c.End = min(c.Start, o.Period.Start), max(c.End, o.Period.End)
		c.Observations++
	}
	var out []stat.Coverage
	for _, id := range slices.Sorted(maps.Keys(spans)) {
		out = append(out, *spans[id])
	}
	return out
}

// Intact returns one error for each damaged file of an entry.
func (l *Lake) Intact(e Entry) error {
	var err error
	for _, f := range e.files() {
		_, bad := l.load(e, f)
		err = errors.Join(err, bad)
	}
	return err
}

// Span returns the first and last day that any of the releases states; a source
// may state a month at a time.
func Span(entries []Entry) (start, end stat.Date) {
	for _, e := range entries {
		for _, c := range e.Coverage {
			if start.IsZero() || c.Start < start {
				start = c.Start
			}
			end = max(end, c.End)
		}
	}
	return start, end
}
