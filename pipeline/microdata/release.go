package microdata

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const (
	// maxText limits the decompressed size of a release's files, in bytes.
	maxText = 1 << 40
	// maxListed limits the rows of a release that the quarantine lists; the rest are only counted.
	maxListed = 1_000_000
	// earlyRejects is the number of bad rows below which their share is not checked while a file
	// is still being read.
	earlyRejects = 100
)

// prepared is a delivery that was read but is not in place yet.
type prepared struct {
	delivery delivery
	base     folders
	staged   folders
	before   []delivery
	report   engine.Report
	content  lake.Content
	rejects  *rejects
}

// prepare reads a delivery on top of the earlier ones in on. It changes nothing there.
func (in *loading) prepare(ctx context.Context, s *source.Source, d delivery, on folders, before []delivery) (_ *prepared, err error) {
	tmp := filepath.Join(in.Dir.Lake(), atomicfile.TempPrefix+"records-"+lake.FolderName(s.ID))
	if err := os.RemoveAll(tmp); err != nil {
		return nil, err
	}
	p := &prepared{delivery: d, base: on, staged: folders{filepath.Join(tmp, "events"), filepath.Join(tmp, "cube")}, before: before}
	defer func() {
		if err != nil {
			p.abort()
		}
	}()
	var old *engine.Margins
	if len(before) > 0 {
		if err := errors.Join(engine.Clone(on.events, p.staged.events), engine.Clone(on.cube, p.staged.cube)); err != nil {
			return nil, err
		}
		// If a kill left the cube older or newer than the records, this updates it.
		if old, err = in.margins(ctx, s, p.staged); err != nil {
			return nil, err
		}
	}
	if err := d.checkDate(s); err != nil {
		return nil, err
	}
	if err := in.readRecords(ctx, s, p); err != nil {
		return nil, err
	}
	if len(before) == 0 && p.report.Rows == 0 {
		return nil, p.noValidRecords()
	}
	now, err := in.margins(ctx, s, p.staged)
	if err != nil {
		return nil, err
	}
	return p, p.setContent(s, old, now)
}

// noValidRecords returns the error for a first delivery without a valid record. If all its records were excluded, it
// says why the first was, which is usually why all were.
func (p *prepared) noValidRecords() error {
	e := &decode.Error{File: p.delivery.Release.File, Err: fmt.Errorf("no records in it: %w", decode.ErrShape), Hint: "compare its columns with the layout"}
	if x := p.rejects.first; x != nil {
		e.File, e.Line, e.Column = path.Base(x.File), int(x.Line), x.Column
		e.Err = fmt.Errorf("%w: none of %d records is valid; the first was excluded for %s, %q", decode.ErrShape, p.report.Records, x.Reason, x.Value)
	}
	return e
}

// margins updates the cube from its records and reads the margins.
func (in *loading) margins(ctx context.Context, s *source.Source, g folders) (*engine.Margins, error) {
	spec := s.Records.Cube()
	if _, err := engine.Cube(ctx, g.events, g.cube, spec, engine.Options{Durable: true}); err != nil {
		return nil, err
	}
	return engine.ReadMargins(g.cube, spec)
}

// setContent sets the content of the delivery: what the margins say now and did not say before.
func (p *prepared) setContent(s *source.Source, old, now *engine.Margins) error {
	l, r := s.Records, &p.delivery.Release
	since := min(l.Since(old, now), r.Vintage.AddDays(-1).MonthStart())
	if n := len(p.before); n > 0 { // periods that were not over at the last release are stated now
		since = min(since, p.before[n-1].Release.Vintage.MonthStart())
	}
	obs, err := l.Observations(now, r, since)
	if err != nil {
		return &decode.Error{File: r.File, Err: fmt.Errorf("%w: %w", decode.ErrTooLarge, err)}
	}
	p.rejects.mark(obs)
	findings, err := check.Weigh(obs, slices.Concat(l.Findings(now), p.delivery.dateFindings(s)), s.Checks())
	if err != nil {
		return err
	}
	p.content = lake.Content{Observations: obs, Findings: findings, Rejects: int(p.report.Refused), RejectsSHA256: p.rejects.hash(), Reader: layoutName(s)}
	if p.report.Refused > maxListed {
		p.content.Findings = append(p.content.Findings, stat.Finding{Code: "quarantine-cut", Message: fmt.Sprintf("of %d rows that were not used, the first %d are listed", p.report.Refused, maxListed)})
	}
	return nil
}

// readRecords reads the files of a delivery into the staged folders. An error about a file is a *decode.Error.
func (in *loading) readRecords(ctx context.Context, s *source.Source, p *prepared) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	d := p.delivery
	elsewhere, err := d.cluster()
	if err != nil {
		return err
	}
	size := int64(0)
	for _, f := range d.Files {
		size += f.Meta.Size
	}
	how := in.normaliser(d, size)
	if len(p.before) > 0 {
		how = map[string]intake{layout.Append: engine.Append, layout.Replace: engine.Revise}[s.Records.Update]
	}
	p.rejects = &rejects{file: in.ExcludedRows(s.ID, d.Release.ID), release: d.Release, layout: s.Records, days: map[stat.Date]int{}}
	o := engine.Options{Durable: true}
	meter := in.progress
	paths, rules := d.paths, s.Records.EngineUntil(d.Release.Vintage)
	for _, f := range d.Files {
		o.Names = append(o.Names, path.Join(d.Release.ID, f.File))
	}
	if elsewhere != nil {
		paths, o.Names, rules = elsewhere.records, elsewhere.names, s.Records.WrittenUntil(d.Release.Vintage)
	}
	o.Progress = func(x engine.Progress) {
		p.rejects.records.Store(x.Records)
		if x.Bytes > maxText {
			stop(fmt.Errorf("%w: more than %d bytes of text", decode.ErrTooLarge, int64(maxText)))
		}
		if meter != nil {
			meter(progressOf(s.ID, x, size))
		}
	}
	p.report, err = how(ctx, rules, paths, p.staged.events, o, p.rejects.add)
	if err == nil && elsewhere != nil {
		err = elsewhere.judge(p)
	}
	switch cause := context.Cause(ctx); {
	case err == nil:
		if err := p.rejects.check(p.rejects.maxInvalid(p.report.Records), p.report.Records); err != nil && p.report.Rows > 0 {
			return err // if none is valid, the caller says so instead
		}
		return p.rejects.flush()
	case cause != nil && errors.Is(cause, context.Canceled):
		return cause
	case cause != nil:
		err = cause
	}
	if errors.As(err, new(*os.PathError)) || errors.As(err, new(*decode.Error)) {
		return err
	}
	return &decode.Error{File: d.Release.File, Err: fmt.Errorf("%w: %w", decode.ErrFormat, err), Hint: "correct the file or the layout; nothing was taken in"}
}

// intake is the type of engine.Normalise, engine.Append and engine.Revise.
type intake = func(context.Context, engine.Layout, []string, string, engine.Options, func(engine.Reject) error) (engine.Report, error)

// commit puts a delivery in place: first the excluded rows, then the release in the lake, and the records last. If
// it is killed, the next run continues.
func (in *loading) commit(s *source.Source, p *prepared) review.Outcome {
	r := p.delivery.Release
	o := review.Outcome{Source: s.ID, File: r.File, Release: r.ID, State: review.Added}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return review.Fail(o, err)
	}
	if slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == r.ID }) {
		o.State = review.Reread
	}
	if err := p.rejects.commit(); err != nil {
		return review.Fail(o, err)
	}
	if _, err := in.Lake.Append(r, p.content, p.delivery.raw()); err != nil {
		return review.Fail(o, err)
	}
	if err := in.swapIn(s, p); err != nil {
		return review.Fail(o, err)
	}
	o.Rows, o.Records, o.Excluded, o.Findings = len(p.content.Observations), p.report.Rows, p.content.Rejects, p.content.Findings
	in.Log.Info("ingested", "source", s.ID, "release", r.ID, "records", o.Records, "rows", o.Rows, "rejects", o.Excluded, "findings", len(o.Findings))
	return o
}

// swapIn swaps the records in, with the list of releases that they were built from.
func (in *loading) swapIn(s *source.Source, p *prepared) error {
	st := loadedReleases{Layout: layoutName(s)}
	if len(p.before) > 0 {
		var err error
		if st, err = readLoaded(p.base.events); err != nil {
			return err
		}
	}
	id := p.delivery.Release.ID
	st.Releases = append(st.Releases, id)
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == id }) {
		st.Silent = append(st.Silent, id)
	}
	text, err := json.MarshalIndent(st, "", " ")
	if err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(p.staged.events, loadedName), append(text, '\n')); err != nil {
		return err
	}
	return p.staged.moveTo(p.base, unknownIn(in.Dir))
}

// abort removes whatever is staged and not in place.
func (p *prepared) abort() {
	if p.rejects != nil {
		p.rejects.abort()
	}
	p.staged.remove() // the next run removes leftovers
}
