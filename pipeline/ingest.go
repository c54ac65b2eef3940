package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// What became of a file.
const (
	Added     = "added"     // a new release is in the lake
	Mended    = "mended"    // a known release, read again by a decoder that has learnt since
	Rebuilt   = "rebuilt"   // a known release that was damaged or lost in the lake, read again from data/raw
	Known     = "known"     // the same bytes were ingested before
	Unchanged = "unchanged" // the publisher serves nothing newer
	Refused   = "refused"   // it could not be ingested; see the error
	Held      = "held"      // it contradicts itself or what was known, and waits: see Ingest.Accept
	Rejected  = "rejected"  // it was rejected before
)

// Outcome says what became of one file, or of one source that could not be
// fetched.
type Outcome struct {
	Source   string         `json:"source"`
	File     string         `json:"file,omitempty"`
	Release  string         `json:"release,omitempty"`
	State    string         `json:"state"`
	Rows     int            `json:"rows,omitempty"`
	Records  int64          `json:"records,omitempty"` // good ones, of a record-level source
	Rejects  int            `json:"rejects,omitempty"` // rows in quarantine
	Findings []stat.Finding `json:"findings,omitempty"`
	Error    string         `json:"error,omitempty"`
	Hint     string         `json:"hint,omitempty"`
	Beyond   []check.Move   `json:"beyond_limits,omitempty"` // what it moves, where it waits
	Waiting  *Waiting       `json:"waiting,omitempty"`       // what else to know of it, where it waits
	Reason   string         `json:"reason,omitempty"`        // why it was rejected, or rebuilt
	Moved    string         `json:"moved,omitempty"`         // why it was not found where it was announced, and how it was
	Releases []string       `json:"releases,omitempty"`      // that went with a file which was withdrawn
	Before   string         `json:"before,omitempty"`        // the release that a redated one was
	Err      error          `json:"-"`
	Took     time.Duration  `json:"-"` // the file, or all of the source up to its last outcome
}

// ErrUndated means that the day on which a file was released is not known.
var ErrUndated = errors.New("the release date is not known")

// Failed reports whether the outcome is an error.
func (o Outcome) Failed() bool { return o.Err != nil }

// Ingest is one run of the ingest side. It is made by OpenIngest and must be
// closed.
type Ingest struct {
	cfg      Config
	store    *archive.Store // data/raw
	refused  *archive.Store // fetched and not read
	held     *archive.Store // waiting for a person
	rejected *archive.Store // by that person
	lake     *lake.Lake
	again    bool // the file that is being taken in is read whatever the lake has of it
	release  func()
}

// OpenIngest takes the lock and returns a run. ErrLocked is its error where
// another run holds it.
func OpenIngest(cfg Config) (*Ingest, error) {
	release, err := cfg.Lock()
	if err != nil {
		return nil, err
	}
	in := &Ingest{cfg: cfg, lake: cfg.lake(), release: release}
	if err := in.openStores(); err != nil {
		in.closeStores()
		release()
		return nil, err
	}
	if err := in.lake.Prune(); err != nil && !errors.Is(err, lake.ErrDamaged) { // damage is reported with its source
		in.Close()
		return nil, err
	}
	if err := errors.Join(cfg.sweepQuarantine(), in.sweepDecided()); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// openStores opens the folders of files. Where one fails, closeStores closes the rest.
func (in *Ingest) openStores() (err error) {
	for _, x := range []struct {
		store **archive.Store
		dir   string
	}{{&in.store, in.cfg.raw()}, {&in.refused, in.cfg.refused()}, {&in.held, in.cfg.held()}, {&in.rejected, in.cfg.rejected()}} {
		if *x.store, err = archive.OpenStore(x.dir); err != nil {
			return err
		}
	}
	return nil
}

func (in *Ingest) closeStores() {
	for _, s := range []*archive.Store{in.store, in.refused, in.held, in.rejected} {
		if s != nil {
			s.Close()
		}
	}
}

// Close ends the run and drops the lock.
func (in *Ingest) Close() {
	if err := in.cfg.sweepQuarantine(); err != nil {
		in.cfg.Log.Warn("rejected rows of displaced releases could not be taken away; the next run tries again", "error", err)
	}
	if err := in.sweepDecided(); err != nil {
		in.cfg.Log.Warn("files that were decided on could not be taken away; the next run tries again", "error", err)
	}
	in.closeStores()
	in.release()
}

// Add ingests files of one source that are given by hand, in the order given.
// released is their release date where the files do not say; the zero date
// leaves it to them. One bad file does not stop the others.
func (in *Ingest) Add(ctx context.Context, id string, files []string, released stat.Date) ([]Outcome, error) {
	s := in.cfg.find(id)
	if s == nil {
		return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", ErrUsage, id)
	}
	if s.Records != nil {
		return in.AddRecords(ctx, id, "", files, released)
	}
	if err := in.checkReleased(s, released); err != nil {
		return nil, err
	}
	var out []Outcome
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		started := in.cfg.Now()
		o := in.addFile(s, file, released)
		o.Took = in.cfg.Now().Sub(started)
		out = append(out, o)
	}
	return out, nil
}

func (in *Ingest) addFile(s *source.Source, file string, released stat.Date) Outcome {
	name := filepath.Base(file)
	data, err := readFile(file, s.Place.MaxBytes)
	if err != nil {
		return refuse(Outcome{Source: s.ID, File: name}, err)
	}
	return in.take(s, name, data, archive.Sidecar{Released: released, RetrievedAt: in.cfg.Now(), Added: true}, false)
}

// readFile returns the bytes of a regular file of at most limit bytes.
func readFile(file string, limit int64) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", file)
	case limit > 0 && info.Size() > limit:
		return nil, fmt.Errorf("%s has %d bytes, more than the limit of %d: %w", file, info.Size(), limit, decode.ErrTooLarge)
	}
	return os.ReadFile(file)
}

// Waits reports whether a source should have a release today, by its own calendar,
// that is neither in the lake yet nor waiting for a person.
func (in *Ingest) Waits(s *source.Source) bool {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return false // its schedule has been refused
	}
	last, err := in.last(s.ID)
	if err != nil {
		return false // reported by Run
	}
	return s.Due(last, stat.DateOf(in.cfg.Now().In(zone)))
}

// Run restores what the lake lacks of the snapshots, then fetches each source's
// newest file and ingests it. ids names the sources; none means all that say
// where their files are. A retired source is not asked. One bad source never stops the others.
func (in *Ingest) Run(ctx context.Context, ids []string) ([]Outcome, error) {
	sources, err := in.sources()
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		sources = nil
		for _, id := range ids {
			s := in.cfg.find(id)
			if s == nil {
				return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", ErrUsage, id)
			}
			sources = append(sources, s)
		}
	}
	var out []Outcome
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		started := in.cfg.Now()
		var list []Outcome
		if !in.cfg.Dry {
			list = in.restore(ctx, s)
		}
		if !slices.ContainsFunc(list, Outcome.Failed) && s.Place.Given() && !s.IsRetired(stat.DateOf(in.cfg.Now().UTC())) {
			list = append(list, in.fetch(ctx, s))
		}
		if err := ctx.Err(); err != nil {
			return append(out, list...), err // that a run was stopped says nothing of the source
		}
		if !in.cfg.Dry {
			list = in.noted(s, list)
		}
		if len(list) > 0 {
			list[len(list)-1].Took = in.cfg.Now().Sub(started)
		}
		out = append(out, list...)
	}
	return out, nil
}

// sources returns the registered sources, and those of anyone's own figures of which
// there is a snapshot or a release.
func (in *Ingest) sources() ([]*source.Source, error) {
	out, err := in.cfg.sources(0)
	if err != nil {
		return nil, err
	}
	stored, err := in.store.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range stored {
		if source.IsOwn(id) && !slices.ContainsFunc(out, func(s *source.Source) bool { return s.ID == id }) {
			out = append(out, in.cfg.own(id, 0))
		}
	}
	return out, nil
}

// fetch asks for the newest file of a source and ingests it if there is one.
func (in *Ingest) fetch(ctx context.Context, s *source.Source) Outcome {
	o := Outcome{Source: s.ID}
	before, err := in.lastPlace(s.ID)
	if err != nil {
		return refuse(o, err)
	}
	remote, err := in.cfg.Client.Find(ctx, s.Place, before)
	if err != nil {
		return refuse(o, err)
	}
	o = in.get(ctx, s, remote)
	if err := moved(remote); err != nil {
		o.Moved = err.Error()
		if remote.Route == fetch.ByLast && !o.Failed() && o.State != Added {
			o = refuse(o, err) // what is new is elsewhere
		}
	}
	return o
}

// get fetches a file that was found, if it is newer than what is there, and ingests it.
func (in *Ingest) get(ctx context.Context, s *source.Source, remote fetch.Remote) Outcome {
	o := Outcome{Source: s.ID, File: remote.FileName}
	last, from, err := in.lastFetched(s.ID, remote.URL)
	if err != nil {
		return refuse(o, err)
	}
	var prev *archive.Sidecar
	if last != nil {
		prev = &last.Meta
	}
	body, err := in.cfg.Client.Get(ctx, s.Place, remote, prev)
	switch {
	case errors.Is(err, fetch.ErrNotModified) && from != in.store:
		// The bytes are still those refused before, and the decoder may have
		// learnt to read them since; or they wait, or were rejected.
		data, err := from.Read(*last, s.Place.MaxBytes)
		if err != nil {
			return refuse(o, err)
		}
		return in.takeAny(ctx, s, last.File, data, last.Meta)
	case errors.Is(err, fetch.ErrNotModified):
		return in.unmodified(ctx, s, *last)
	case err != nil:
		return refuse(o, err)
	}
	meta := archive.Sidecar{URL: body.URL, RetrievedAt: body.RetrievedAt, Title: remote.Title, MediaType: body.MediaType, HTTP: body.HTTP}
	o = in.takeAny(ctx, s, remote.FileName, body.Data, meta)
	if o.Failed() {
		if notice := endNotice(body); notice != "" {
			o = refuse(o, fmt.Errorf("%w: the page says %q: %w", fetch.ErrMoved, notice, o.Err))
		}
		if in.cfg.Dry {
			return o
		}
		if err := in.keepRefused(s, remote.FileName, body.Data, meta); err != nil {
			o.Err = errors.Join(o.Err, err)
		}
	}
	return o
}

// unmodified is the outcome of a file that the publisher's server still serves from an address. It
// brings something new only where another address was served since.
func (in *Ingest) unmodified(ctx context.Context, s *source.Source, sn archive.Snapshot) Outcome {
	o := Outcome{Source: s.ID, File: sn.File, State: Unchanged, Release: sn.Release}
	served, err := in.lastServed(s.ID)
	if err != nil {
		return refuse(o, err)
	}
	if served == nil || served.Meta.SHA256 == sn.Meta.SHA256 {
		if served != nil {
			o.Release = served.Release
		}
		return o
	}
	data, err := in.store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return refuse(o, err)
	}
	meta := archive.Sidecar{URL: sn.Meta.URL, RetrievedAt: in.cfg.Now(), Title: sn.Meta.Title, MediaType: sn.Meta.MediaType, HTTP: sn.Meta.HTTP}
	return in.takeAny(ctx, s, sn.File, data, meta)
}

// lastPlace returns where the newest file of a source was found, or nothing.
func (in *Ingest) lastPlace(id string) (fetch.Remote, error) {
	var newest archive.Snapshot
	snapshots, err := in.store.Snapshots(id)
	for _, sn := range snapshots {
		if sn.Meta.URL != "" && !sn.Meta.RetrievedAt.Before(newest.Meta.RetrievedAt) {
			newest = sn
		}
	}
	return fetch.Remote{URL: newest.Meta.URL, FileName: newest.File, Title: newest.Meta.Title, MediaType: newest.Meta.MediaType}, err
}

// lastFetched returns the newest file fetched from an address, taken or not, and
// where it is kept; or nil.
func (in *Ingest) lastFetched(id, url string) (last *archive.Snapshot, from *archive.Store, err error) {
	for _, store := range []*archive.Store{in.store, in.refused, in.held, in.rejected} {
		snapshots, err := store.Snapshots(id)
		if err != nil {
			return nil, nil, err
		}
		for i := range snapshots {
			if sn := &snapshots[i]; sn.Meta.URL == url && (last == nil || arrived(*sn, *last) > 0) {
				last, from = sn, store
			}
		}
	}
	return last, from, nil
}

// takeAny ingests the bytes of a fetched file: figures or records.
func (in *Ingest) takeAny(ctx context.Context, s *source.Source, name string, data []byte, m archive.Sidecar) Outcome {
	switch {
	case s.Records == nil:
		return in.take(s, name, data, m, false)
	case in.cfg.Dry:
		return refuse(Outcome{Source: s.ID, File: name}, errors.New("a dry run does not read records"))
	}
	return in.takeRecords(ctx, s, name, data, m)
}

// take ingests the bytes of one file: dates the release, decodes and checks it,
// keeps the snapshot, and appends to the lake. Nothing is written unless all of
// it is right. A file that nobody has decided on yet may have to wait; see gate.
func (in *Ingest) take(s *source.Source, name string, data []byte, m archive.Sidecar, decided bool) Outcome {
	o := Outcome{Source: s.ID, File: name}
	name, err := archive.SafeName(name)
	if err != nil {
		return refuse(o, err)
	}
	sum := sha256.Sum256(data)
	m.SHA256, m.Publisher, m.Licence = hex.EncodeToString(sum[:]), s.Publisher, s.Licence
	d := decoded{source: s, name: name, data: data, meta: m}
	if d.entries, err = in.lake.Entries(s.ID); err != nil {
		return refuse(o, err)
	}
	known := ingested(d.entries, m)
	if known < 0 && !decided {
		known = cameAgain(d.entries, m.SHA256)
	}
	lost := known >= 0 && !in.store.Has(d.entries[known].RawFile)
	if lost { // the snapshot is put back as of when it came
		e := d.entries[known]
		d.meta.Released, d.meta.FirstSeen, d.meta.Again = e.Vintage, e.FirstSeen, e.Again
	}
	if e, err := in.readNew(&d, known, !lost && !decided, lost || in.again); err != nil {
		return refuse(o, err)
	} else if e != nil {
		return o.known(*e)
	}
	for i := range d.batches {
		err := d.batches[i].check(s, d.entries, d.raw.Tidy)
		if errors.Is(err, check.ErrShrunk) && decided && known < 0 && in.store.Has(d.raw.File) {
			err = nil // it was compared when it came; a release between it and its neighbour was taken back since
		}
		if err != nil {
			return refuse(o, fmt.Errorf("%s: %w", name, err))
		}
	}
	if e, is, err := in.stated(d); err != nil {
		return refuse(o, err)
	} else if is && !lost {
		return in.superfluous(o, d, e)
	}
	newest := d.batches[len(d.batches)-1].release
	d.meta.Released, d.meta.FirstSeen = newest.Vintage, newest.FirstSeen
	if m.MediaType == "" {
		d.meta.MediaType = mediaType(name)
	}
	o.State, o.Release = Added, newest.ID
	if known >= 0 && !d.meta.Again {
		o.State = Mended
	}
	if in.cfg.Dry {
		return in.foretell(o, d)
	}
	return in.admit(o, d, decided || o.State == Mended)
}

// admit keeps a file that is right, unless it has to wait or was rejected.
func (in *Ingest) admit(o Outcome, d decoded, decided bool) Outcome {
	if !decided {
		g, stops, err := in.gate(o, d)
		switch {
		case err != nil:
			return refuse(o, err)
		case stops:
			return g
		}
		o = g
	}
	return in.keep(o, d)
}

// foretell returns what a run that is not dry would make of a file, and keeps nothing.
func (in *Ingest) foretell(o Outcome, d decoded) Outcome {
	for _, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Rejects += len(b.Rejects)
		o.Findings = append(o.Findings, b.Findings...)
	}
	g, _, err := in.gate(o, d)
	if err != nil {
		return refuse(o, err)
	}
	return g
}

// decoded is one file of a source that was read and checked, and what was in the lake
// before it.
type decoded struct {
	source  *source.Source
	name    string
	data    []byte
	meta    archive.Sidecar
	batches []batch // its releases, oldest first
	raw     lake.Raw
	entries []lake.Entry
}

// keep keeps the snapshot of a file, and appends to the lake those of its
// releases that it lacks.
func (in *Ingest) keep(o Outcome, d decoded) Outcome {
	snapshot, err := in.store.Save(d.source.ID, o.Release, d.name, d.data, d.meta)
	if err != nil {
		return refuse(o, err)
	}
	d.raw.File = path.Join(lake.FolderName(d.source.ID), snapshot.Release, snapshot.File)
	for i, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Rejects += len(b.Rejects)
		o.Findings = append(o.Findings, b.Findings...)
		if e, known, err := in.lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil {
			return refuse(o, err)
		} else if known { // a file that states its whole history
			if err := in.lake.NoteSame(b.release, snapshot.Release, lake.Statement(b.Observations), e); err != nil {
				return refuse(o, err)
			}
			continue
		}
		// The rejected rows first: the entry in the lake commits the release.
		sum, err := in.cfg.quarantine(b.release, b.Rejects)
		if err != nil {
			return refuse(o, err)
		}
		c := b.content(d.source)
		c.RejectsSHA256 = sum
		if i == len(d.batches)-1 {
			c.States = states(d.batches)
		}
		if _, err := in.lake.Append(b.release, c, d.raw); err != nil {
			return refuse(o, err)
		}
	}
	in.cfg.Log.Info("ingested", "source", d.source.ID, "release", o.Release, "rows", o.Rows, "rejects", o.Rejects, "findings", len(o.Findings))
	return o
}

// states returns the names of all that a file states, one a release.
func states(batches []batch) (out []string) {
	for _, b := range batches {
		out = append(out, lake.State(b.release.Vintage, lake.Statement(b.Observations)))
	}
	return out
}

// known makes o the outcome of a file that brings nothing new.
func (o Outcome) known(e lake.Entry) Outcome {
	o.State, o.Release, o.Rows, o.Rejects = Known, e.Release, e.Rows, e.Rejects
	return o
}

// stated reports whether the lake has every release of a file already, under
// another file of the same vintage, and returns the newest of them. Formatting
// alone then differs: a page that is served with another token
// every day brings nothing new, and is not kept again.
func (in *Ingest) stated(d decoded) (e lake.Entry, known bool, err error) {
	for _, b := range d.batches {
		if e, known, err = in.lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil || !known {
			return e, false, err
		}
	}
	return e, true, nil
}

// superfluous is the outcome of a file of which the lake has every release under another
// one, e the newest. Where the file is kept, the lake notes that it lacks nothing.
func (in *Ingest) superfluous(o Outcome, d decoded, e lake.Entry) Outcome {
	if !in.cfg.Dry && in.store.Has(d.raw.File) {
		b := d.batches[len(d.batches)-1]
		if err := in.lake.NoteSame(b.release, b.release.ID, lake.Statement(b.Observations), e); err != nil {
			return refuse(o, err)
		}
	}
	return o.known(e)
}

// reader names what reads the files of a source: its decoder and the label lists.
func reader(s *source.Source) string {
	return fmt.Sprintf("%d-%.12s", s.Reader, codes.Fingerprint())
}

// stale reports whether rows of a release were rejected by another reader than
// the present one, or by one that noted no hash of their list.
func stale(s *source.Source, e lake.Entry) bool {
	return e.Rejects > 0 && (e.Reader != reader(s) || e.RejectsSHA256 == "")
}

// ingested returns the place of the newest release of the file that a sidecar is of,
// or -1. A file may state several releases; the snapshot is named by the newest
// and that one is appended last, so that where it is missing the file was not
// ingested to its end. What was stated again is a release apart from the first.
func ingested(entries []lake.Entry, m archive.Sidecar) int {
	return slices.IndexFunc(entries, func(e lake.Entry) bool {
		return e.RawSHA256 == m.SHA256 && path.Base(path.Dir(e.RawFile)) == e.Release && e.Again == m.Again && (!m.Again || e.FirstSeen.Equal(m.FirstSeen))
	})
}

// cameAgain returns the place of the newest release that a file with this hash stated again, or -1.
func cameAgain(entries []lake.Entry, sha256 string) int {
	for i, e := range slices.Backward(entries) {
		if e.Again && e.RawSHA256 == sha256 {
			return i
		}
	}
	return -1
}

// batch is what one file states of one release.
type batch struct {
	release stat.Release
	guessed bool // it is dated by the day on which the file was added by hand
	source.Result
}

// content returns the batch as the lake takes it.
func (b batch) content(s *source.Source) lake.Content {
	return lake.Content{Observations: b.Observations, Events: b.Events, Findings: b.Findings, Rejects: len(b.Rejects), Reader: reader(s), Notes: b.Notes}
}

// read decodes a file into its releases, oldest first. Most files are one, and so is whatever came again.
func read(s *source.Source, name string, data []byte, m *archive.Sidecar) ([]batch, error) {
	batches, err := readDated(s, name, data, m)
	if err == nil && m.Again {
		batches = again(batches, *m, table.IsTidy(data))
	}
	return batches, err
}

// readDated decodes a file into its releases as it dates them itself.
func readDated(s *source.Source, name string, data []byte, m *archive.Sidecar) ([]batch, error) {
	base := stat.Release{Source: s.ID, File: name, SHA256: m.SHA256, Vintage: m.Released, FirstSeen: m.FirstSeen}
	c := check.NewClock(m.RetrievedAt, s.Location())
	if table.IsTidy(data) {
		return readTidy(s, name, data, m, base, c)
	}
	guessed, findings, err := date(&base, s, name, data, m, c)
	if err != nil {
		return nil, err
	}
	result, err := s.Decode(source.File{Name: name, Data: data, Release: &base})
	if err != nil {
		return nil, err
	}
	if err := check.Rejects(result.Rejects, result.Rows, s.MaxRejects); err != nil {
		return nil, &decode.Error{File: name, Err: err, Hint: "look at the rows in the publisher's file; if they are of a new kind, the decoder or a list in schemas/labels must learn it"}
	}
	if err := s.Timely(name, &result, c); err != nil {
		return nil, err
	}
	if len(result.Observations) == 0 {
		return nil, &decode.Error{File: name, Err: fmt.Errorf("no figures in it: %w", decode.ErrShape), Hint: "compare it with the publisher's last release"}
	}
	batches := split(result.Observations)
	if guessed {
		if err := recent(batches, base.Vintage); err != nil {
			return nil, &decode.Error{File: name, Err: err, Hint: releasedHint}
		}
	}
	// Everything but the observations is of the file as a whole, and goes with
	// the newest release in it.
	last := &batches[len(batches)-1]
	result.Observations, result.Findings = last.Observations, append(findings, result.Findings...)
	last.Result, last.guessed = result, guessed
	return batches, nil
}

// split groups observations by release, oldest first.
func split(obs []stat.Observation) []batch {
	var out []batch
	for _, o := range obs {
		i := slices.IndexFunc(out, func(b batch) bool { return b.release == *o.Release })
		if i < 0 {
			i = len(out)
			out = append(out, batch{release: *o.Release})
		}
		out[i].Observations = append(out[i].Observations, o)
	}
	slices.SortFunc(out, func(a, b batch) int { return a.release.Compare(b.release) })
	return out
}

// check applies the rules of the source and, for one that restates its whole
// history, compares the release with its neighbours in time that state the same
// measures, of which a newer one may have been ingested earlier.
func (b *batch) check(s *source.Source, entries []lake.Entry, tidy bool) error {
	findings, err := check.Weigh(b.Observations, b.Findings, s.Checks())
	if err != nil {
		return err
	}
	b.Findings = findings
	if !s.Cumulative {
		return nil
	}
	at, _ := slices.BinarySearchFunc(entries, b.release, func(e lake.Entry, r stat.Release) int { return e.Stat().Compare(r) })
	cover := lake.Cover(b.Observations, tidy)
	if !s.Kinds {
		return notShrunk(entries, at, cover, func(string) bool { return true })
	}
	for measure, part := range byMeasure(cover) {
		if err := notShrunk(entries, at, part, func(m string) bool { return m == measure }); err != nil {
			return err
		}
	}
	return nil
}

// notShrunk compares the spans of a release that stands at a place among entries
// with those of its neighbours, of the measures that count.
func notShrunk(entries []lake.Entry, at int, cover []stat.Coverage, counts func(measure string) bool) error {
	if e, other := neighbour(slices.Backward(entries[:at]), counts); e != nil {
		if err := check.NotShrunk(other, cover); err != nil {
			return fmt.Errorf("after release %s: %w", e.Release, err)
		}
	}
	if e, other := neighbour(slices.All(entries[at:]), counts); e != nil {
		if err := check.NotShrunk(cover, other); err != nil {
			return fmt.Errorf("before release %s: %w", e.Release, err)
		}
	}
	return nil
}

// byMeasure yields the spans of each measure and frequency, in order of its
// identifier.
func byMeasure(cover []stat.Coverage) iter.Seq2[string, []stat.Coverage] {
	groups := map[string][]stat.Coverage{}
	for _, c := range cover {
		m := c.Series.Measure()
		groups[m] = append(groups[m], c)
	}
	return func(yield func(string, []stat.Coverage) bool) {
		for _, m := range slices.Sorted(maps.Keys(groups)) {
			if !yield(m, groups[m]) {
				return
			}
		}
	}
}

// neighbour returns the first of entries that states a measure that counts, with
// its spans of these, or nil.
func neighbour(entries iter.Seq2[int, lake.Entry], counts func(measure string) bool) (*lake.Entry, []stat.Coverage) {
	for _, e := range entries {
		var spans []stat.Coverage
		for _, c := range e.Coverage {
			if counts(c.Series.Measure()) {
				spans = append(spans, c)
			}
		}
		if spans != nil {
			return &e, spans
		}
	}
	return nil, nil
}

// refuse makes o the outcome of an error, with the hint that it carries.
func refuse(o Outcome, err error) Outcome {
	o.State, o.Err, o.Error, o.Hint = Refused, err, err.Error(), Hint(err)
	return o
}

// Hint returns what to do about an error, or "".
func Hint(err error) string {
	var where *decode.Error
	switch {
	case errors.As(err, &where) && where.Hint != "":
		return where.Hint
	case errors.Is(err, ErrFewer):
		return "run: ingest run. It rebuilds what data/raw has. To publish without these releases all the same: publish run --allow-fewer"
	case errors.Is(err, edition.ErrDamaged):
		return "restore data/out/releases from a backup: what was published cannot be made again"
	case errors.Is(err, ErrNothing):
		return "bring in a release first: ingest run, or ingest add SOURCE FILE"
	case errors.Is(err, check.ErrShrunk):
		return "a release that takes history back is not trusted; check it against the publisher's page, and give its right date with --released if the date is wrong"
	case errors.Is(err, lake.ErrDamaged) && errors.Is(err, archive.ErrDamaged):
		return "restore data/raw from a backup, and then: ingest run; or take the release back: ingest withdraw"
	case errors.Is(err, lake.ErrDamaged), errors.Is(err, engine.ErrDamaged):
		return "run: ingest run. It rebuilds what data/raw has; a file that nobody knows is yours to move"
	case errors.Is(err, archive.ErrDamaged):
		return "restore data/raw from a backup: these bytes are the only copy"
	case errors.Is(err, ErrPicture):
		return "the figures are published, and the next publish run draws the picture again; if it fails each time, its chart is at fault: report it with this message"
	case errors.Is(err, ErrLocked):
		return "wait until it has ended; the lock of a process that died is dropped by the system"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "make room on the disk, and run again: nothing known was lost"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "be the user who owns the data folder, on a disk that can be written to, and may read what is given"
	case errors.Is(err, fetch.ErrUnreachable):
		return "look at the network, or at HTTPS_PROXY behind a proxy; nothing known was lost, and ingest add takes a file by hand"
	case errors.Is(err, fetch.ErrMoved), errors.Is(err, fetch.ErrNoAttachment), errors.Is(err, fetch.ErrAmbiguous):
		return "open the publisher's page; if the file has a new place, the source's Place must learn it. Until then: ingest add"
	}
	return ""
}

// mediaType returns the media type that a file's name suggests.
func mediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".ods":
		return "application/vnd.oasis.opendocument.spreadsheet"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		return "text/csv"
	case ".gz":
		return "application/gzip"
	case ".zst":
		return "application/zstd"
	case ".html":
		return "text/html"
	}
	return ""
}
