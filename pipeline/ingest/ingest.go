package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ErrUndated means that the day on which a file was released is not known.
var ErrUndated = errors.New("the release date is not known")

// Ingest is one run of the ingest side. Open makes it, and it must be closed.
type Ingest struct {
	Desk
	downloads downloader
	close     func()
}

// figures takes files of figures into data/raw and the lake.
type figures struct {
	*registry.Session
	micro *microdata.Intake
	Dry   bool // read and check, and keep nothing
	again bool // read the file that is being taken in, whatever the lake has of it
}

// mender makes the lake what data/raw says that it is, and notes the state of each source.
type mender struct{ figures }

// Desk carries out what a person decides about a release.
type Desk struct{ mender }

// downloader asks publishers for files and takes in what is new.
type downloader struct {
	*figures
	client *fetch.Client
}

// Options is what a run of the ingest side is given.
type Options struct {
	registry.Registry
	Client *fetch.Client
	Now    func() time.Time
	// Gate says which releases wait for a person. The zero value is the default gate.
	Gate check.Gate
	// Dry makes Run download and check, and keep nothing. It does not look at microdata.
	Dry bool
	// Progress is told now and then how far a file of microdata is, by one goroutine at a
	// time; or nil.
	Progress func(microdata.Progress)
	// ResumeAbove is the input size in bytes from which a first release of microdata keeps
	// its finished shards, so that an interrupted run can resume. Zero means 2 GiB.
	ResumeAbove int64
	// Begun is called once the lock is taken; or nil.
	Begun func()
}

// Open takes the lock and returns a run. ErrLocked is its error where
// another run holds it.
func Open(o Options) (*Ingest, error) {
	release, err := o.Dir.Lock(o.Begun)
	if err != nil {
		return nil, err
	}
	session, err := registry.OpenSession(o.Registry, o.Gate, o.Now)
	if err != nil {
		release()
		return nil, err
	}
	micro := microdata.NewIntake(session, o.Progress, o.ResumeAbove)
	in := &Ingest{Desk: Desk{mender{figures{Session: session, micro: micro, Dry: o.Dry}}}, close: release}
	in.downloads = downloader{&in.figures, o.Client}
	if err := in.Lake.Prune(); err != nil && !errors.Is(err, lake.ErrDamaged) { // damage is reported with its source
		in.Close()
		return nil, err
	}
	if err := errors.Join(in.SweepExcluded(), in.sweepDecided()); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// Close ends the run and drops the lock.
func (in *Ingest) Close() {
	if err := in.SweepExcluded(); err != nil {
		in.Log.Warn("rejected rows of displaced releases could not be taken away; the next run tries again", "error", err)
	}
	if err := in.sweepDecided(); err != nil {
		in.Log.Warn("files that were decided on could not be taken away; the next run tries again", "error", err)
	}
	in.Session.Close()
	in.close()
}

// Add ingests files of one source that are given by hand, in the order given.
// released is their release date where the files do not say; the zero date
// leaves it to them. One bad file does not stop the others.
func (in *Ingest) Add(ctx context.Context, id string, files []string, released stat.Date) ([]review.Outcome, error) {
	s := in.Find(id)
	if s == nil {
		return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
	}
	if s.Records != nil {
		return in.micro.Add(ctx, id, "", files, released)
	}
	if err := in.CheckReleased(s, released); err != nil {
		return nil, err
	}
	var out []review.Outcome
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		started := in.Now()
		o := in.addFile(s, file, released)
		o.Took = in.Now().Sub(started)
		out = append(out, o)
	}
	return out, nil
}

func (in *Ingest) addFile(s *source.Source, file string, released stat.Date) review.Outcome {
	name := filepath.Base(file)
	data, err := archive.ReadFile(file, s.Place.MaxBytes)
	if err != nil {
		return review.Refuse(review.Outcome{Source: s.ID, File: name}, err)
	}
	return in.ingestFile(s, name, data, archive.Sidecar{Released: released, RetrievedAt: in.Now(), Added: true}, false)
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
	return s.Due(last, stat.DateOf(in.Now().In(zone)))
}

// Run restores what the lake lacks of the snapshots, then fetches each source's
// newest file and ingests it. ids names the sources; none means all that say
// where their files are. A retired source is not asked. One bad source never stops the others.
func (in *Ingest) Run(ctx context.Context, ids []string) ([]review.Outcome, error) {
	sources, err := in.sources()
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		sources = nil
		for _, id := range ids {
			s := in.Find(id)
			if s == nil {
				return nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
			}
			sources = append(sources, s)
		}
	}
	var out []review.Outcome
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		started := in.Now()
		var list []review.Outcome
		if !in.Dry {
			list = in.restore(ctx, s)
		}
		if !slices.ContainsFunc(list, review.Outcome.Failed) && s.Place.Given() && !s.IsRetired(stat.DateOf(in.Now().UTC())) {
			list = append(list, in.downloads.fetch(ctx, s))
		}
		if err := ctx.Err(); err != nil {
			return append(out, list...), err // that a run was stopped says nothing of the source
		}
		if !in.Dry {
			list = in.noted(s, list)
		}
		if len(list) > 0 {
			list[len(list)-1].Took = in.Now().Sub(started)
		}
		out = append(out, list...)
	}
	return out, nil
}

// sources returns the registered sources, and those of anyone's own figures of which
// there is a snapshot or a release.
func (in *Ingest) sources() ([]*source.Source, error) {
	out, err := in.All(0)
	if err != nil {
		return nil, err
	}
	stored, err := in.Raw.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range stored {
		if source.IsOwn(id) && !slices.ContainsFunc(out, func(s *source.Source) bool { return s.ID == id }) {
			out = append(out, in.Own(id, 0))
		}
	}
	return out, nil
}

// fetch asks for the newest file of a source and ingests it if there is one.
func (in *downloader) fetch(ctx context.Context, s *source.Source) review.Outcome {
	o := review.Outcome{Source: s.ID}
	before, err := in.lastPlace(s.ID)
	if err != nil {
		return review.Refuse(o, err)
	}
	remote, err := in.client.Find(ctx, s.Place, before)
	if err != nil {
		return review.Refuse(o, err)
	}
	o = in.download(ctx, s, remote)
	if err := moved(remote); err != nil {
		o.Moved = err.Error()
		if remote.Route == fetch.ByLast && !o.Failed() && o.State != review.Added {
			o = review.Refuse(o, err) // what is new is elsewhere
		}
	}
	return o
}

// download fetches a file that was found, if it is newer than what is there, and ingests it.
func (in *downloader) download(ctx context.Context, s *source.Source, remote fetch.Remote) review.Outcome {
	o := review.Outcome{Source: s.ID, File: remote.FileName}
	last, from, err := in.lastFetched(s.ID, remote.URL)
	if err != nil {
		return review.Refuse(o, err)
	}
	var prev *archive.Sidecar
	if last != nil {
		prev = &last.Meta
	}
	body, err := in.client.Get(ctx, s.Place, remote, prev)
	switch {
	case errors.Is(err, fetch.ErrNotModified) && from != in.Raw:
		// The bytes are still those refused before, and the decoder may have
		// learnt to read them since; or they wait, or were rejected.
		data, err := from.Read(*last, s.Place.MaxBytes)
		if err != nil {
			return review.Refuse(o, err)
		}
		return in.ingestDownload(ctx, s, last.File, data, last.Meta)
	case errors.Is(err, fetch.ErrNotModified):
		return in.unmodified(ctx, s, *last)
	case err != nil:
		return review.Refuse(o, err)
	}
	meta := archive.Sidecar{URL: body.URL, RetrievedAt: body.RetrievedAt, Title: remote.Title, MediaType: body.MediaType, HTTP: body.HTTP}
	o = in.ingestDownload(ctx, s, remote.FileName, body.Data, meta)
	if o.Failed() {
		if notice := endNotice(body); notice != "" {
			o = review.Refuse(o, fmt.Errorf("%w: the page says %q: %w", fetch.ErrMoved, notice, o.Err))
		}
		if in.Dry {
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
func (in *downloader) unmodified(ctx context.Context, s *source.Source, sn archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: s.ID, File: sn.File, State: review.Unchanged, Release: sn.Release}
	served, err := in.lastServed(s.ID)
	if err != nil {
		return review.Refuse(o, err)
	}
	if served == nil || served.Meta.SHA256 == sn.Meta.SHA256 {
		if served != nil {
			o.Release = served.Release
		}
		return o
	}
	data, err := in.Raw.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Refuse(o, err)
	}
	meta := archive.Sidecar{URL: sn.Meta.URL, RetrievedAt: in.Now(), Title: sn.Meta.Title, MediaType: sn.Meta.MediaType, HTTP: sn.Meta.HTTP}
	return in.ingestDownload(ctx, s, sn.File, data, meta)
}

// lastPlace returns where the newest file of a source was found, or nothing.
func (in *downloader) lastPlace(id string) (fetch.Remote, error) {
	var newest archive.Snapshot
	snapshots, err := in.Raw.Snapshots(id)
	for _, sn := range snapshots {
		if sn.Meta.URL != "" && !sn.Meta.RetrievedAt.Before(newest.Meta.RetrievedAt) {
			newest = sn
		}
	}
	return fetch.Remote{URL: newest.Meta.URL, FileName: newest.File, Title: newest.Meta.Title, MediaType: newest.Meta.MediaType}, err
}

// lastFetched returns the newest file fetched from an address, taken or not, and
// where it is kept; or nil.
func (in *downloader) lastFetched(id, url string) (last *archive.Snapshot, from *archive.Store, err error) {
	for _, store := range []*archive.Store{in.Raw, in.Invalid, in.Pending, in.Rejected} {
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

// ingestDownload ingests the bytes of a fetched file: figures or records.
func (in *downloader) ingestDownload(ctx context.Context, s *source.Source, name string, data []byte, m archive.Sidecar) review.Outcome {
	switch {
	case s.Records == nil:
		return in.ingestFile(s, name, data, m, false)
	case in.Dry:
		return review.Refuse(review.Outcome{Source: s.ID, File: name}, errors.New("a dry run does not read records"))
	}
	return in.micro.Take(ctx, s, name, data, m)
}

// ingestFile ingests the bytes of one file: dates the release, decodes and checks it,
// keeps the snapshot, and appends to the lake. Nothing is written unless all of
// it is right. A file that nobody has decided on yet may have to wait; see gate.
func (in *figures) ingestFile(s *source.Source, name string, data []byte, m archive.Sidecar, decided bool) review.Outcome {
	o := review.Outcome{Source: s.ID, File: name}
	name, err := archive.SafeName(name)
	if err != nil {
		return review.Refuse(o, err)
	}
	sum := sha256.Sum256(data)
	m.SHA256, m.Publisher, m.Licence = hex.EncodeToString(sum[:]), s.Publisher, s.Licence
	d := decoded{source: s, name: name, data: data, meta: m}
	if d.entries, err = in.Lake.Entries(s.ID); err != nil {
		return review.Refuse(o, err)
	}
	known := ingested(d.entries, m)
	if known < 0 && !decided {
		known = cameAgain(d.entries, m.SHA256)
	}
	lost := known >= 0 && !in.Raw.Has(d.entries[known].RawFile)
	if lost { // the snapshot is put back as of when it came
		e := d.entries[known]
		d.meta.Released, d.meta.FirstSeen, d.meta.Reissued = e.Vintage, e.FirstSeen, e.Again
	}
	if e, err := in.readNew(&d, known, !lost && !decided, lost || in.again); err != nil {
		return review.Refuse(o, err)
	} else if e != nil {
		return o.Known(*e)
	}
	for i := range d.batches {
		err := d.batches[i].check(s, d.entries, d.raw.Tidy)
		if errors.Is(err, check.ErrShrunk) && decided && known < 0 && in.Raw.Has(d.raw.File) {
			err = nil // it was compared when it came; a release between it and its neighbour was taken back since
		}
		if err != nil {
			return review.Refuse(o, fmt.Errorf("%s: %w", name, err))
		}
	}
	if e, is, err := in.stated(d); err != nil {
		return review.Refuse(o, err)
	} else if is && !lost {
		return in.superfluous(o, d, e)
	}
	newest := d.batches[len(d.batches)-1].release
	d.meta.Released, d.meta.FirstSeen = newest.Vintage, newest.FirstSeen
	if m.MediaType == "" {
		d.meta.MediaType = archive.MediaType(name)
	}
	o.State, o.Release = review.Added, newest.ID
	if known >= 0 && !d.meta.Reissued {
		o.State = review.Mended
	}
	if in.Dry {
		return in.preview(o, d)
	}
	return in.reviewOrStore(o, d, decided || o.State == review.Mended)
}

// reviewOrStore keeps a file that is right, unless it has to wait or was rejected.
func (in *figures) reviewOrStore(o review.Outcome, d decoded, decided bool) review.Outcome {
	if !decided {
		g, stops, err := in.gate(o, d)
		switch {
		case err != nil:
			return review.Refuse(o, err)
		case stops:
			return g
		}
		o = g
	}
	return in.store(o, d)
}

// preview returns what a run that is not dry would make of a file, and keeps nothing.
func (in *figures) preview(o review.Outcome, d decoded) review.Outcome {
	for _, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Excluded += len(b.Excluded)
		o.Findings = append(o.Findings, b.Findings...)
	}
	g, _, err := in.gate(o, d)
	if err != nil {
		return review.Refuse(o, err)
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

// store keeps the snapshot of a file, and appends to the lake those of its
// releases that it lacks.
func (in *figures) store(o review.Outcome, d decoded) review.Outcome {
	snapshot, err := in.Raw.Save(d.source.ID, o.Release, d.name, d.data, d.meta)
	if err != nil {
		return review.Refuse(o, err)
	}
	d.raw.File = path.Join(lake.FolderName(d.source.ID), snapshot.Release, snapshot.File)
	for i, b := range d.batches {
		o.Rows += len(b.Observations)
		o.Excluded += len(b.Excluded)
		o.Findings = append(o.Findings, b.Findings...)
		if e, known, err := in.Lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil {
			return review.Refuse(o, err)
		} else if known { // a file that states its whole history
			if err := in.Lake.NoteSame(b.release, snapshot.Release, lake.Statement(b.Observations), e); err != nil {
				return review.Refuse(o, err)
			}
			continue
		}
		// The rejected rows first: the entry in the lake commits the release.
		sum, err := in.Exclude(b.release, b.Excluded)
		if err != nil {
			return review.Refuse(o, err)
		}
		c := b.content(d.source)
		c.RejectsSHA256 = sum
		if i == len(d.batches)-1 {
			c.States = states(d.batches)
		}
		if _, err := in.Lake.Append(b.release, c, d.raw); err != nil {
			return review.Refuse(o, err)
		}
	}
	in.Log.Info("ingested", "source", d.source.ID, "release", o.Release, "rows", o.Rows, "rejects", o.Excluded, "findings", len(o.Findings))
	return o
}

// states returns the names of all that a file states, one a release.
func states(batches []batch) (out []string) {
	for _, b := range batches {
		out = append(out, lake.State(b.release.Vintage, lake.Statement(b.Observations)))
	}
	return out
}

// stated reports whether the lake has every release of a file already, under
// another file of the same vintage, and returns the newest of them. Formatting
// alone then differs: a page that is served with another token
// every day brings nothing new, and is not kept again.
func (in *figures) stated(d decoded) (e lake.Entry, known bool, err error) {
	for _, b := range d.batches {
		if e, known, err = in.Lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil || !known {
			return e, false, err
		}
	}
	return e, true, nil
}

// superfluous is the outcome of a file of which the lake has every release under another
// one, e the newest. Where the file is kept, the lake notes that it lacks nothing.
func (in *figures) superfluous(o review.Outcome, d decoded, e lake.Entry) review.Outcome {
	if !in.Dry && in.Raw.Has(d.raw.File) {
		b := d.batches[len(d.batches)-1]
		if err := in.Lake.NoteSame(b.release, b.release.ID, lake.Statement(b.Observations), e); err != nil {
			return review.Refuse(o, err)
		}
	}
	return o.Known(e)
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
		return e.RawSHA256 == m.SHA256 && path.Base(path.Dir(e.RawFile)) == e.Release && e.Again == m.Reissued && (!m.Reissued || e.FirstSeen.Equal(m.FirstSeen))
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
	return lake.Content{Observations: b.Observations, Events: b.Events, Findings: b.Findings, Rejects: len(b.Excluded), Reader: reader(s), Notes: b.Notes}
}

// read decodes a file into its releases, oldest first. Most files are one, and so is whatever came again.
func read(s *source.Source, name string, data []byte, m *archive.Sidecar) ([]batch, error) {
	batches, err := readDated(s, name, data, m)
	if err == nil && m.Reissued {
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
	if err := check.TooManyExcluded(result.Excluded, result.Rows, s.MaxExcluded); err != nil {
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
			return nil, &decode.Error{File: name, Err: err, Hint: registry.ReleasedHint}
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

// AddMicrodata ingests files of one microdata source, which are one release together.
// layoutFile is the path of the layout of a tidy-events source; with "" the layout that is
// kept counts, or the default. See Intake.Add.
func (in *Ingest) AddMicrodata(ctx context.Context, id, layoutFile string, files []string, released stat.Date) ([]review.Outcome, error) {
	return in.micro.Add(ctx, id, layoutFile, files, released)
}
