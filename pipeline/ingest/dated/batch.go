package dated

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// reader names what reads the files of a source: its decoder and the label lists, with those of the
// operator if there are any.
func reader(s *source.Source, lists *codes.Lists) string {
	name := fmt.Sprintf("%d-%.12s", s.Reader, codes.Fingerprint())
	if own := lists.Fingerprint(); own != "" {
		name += fmt.Sprintf("-%.12s", own)
	}
	return name
}

// layoutOf returns the hash of the layout of a table, and "" for other sources.
func layoutOf(s *source.Source) string {
	if s.Table == nil {
		return ""
	}
	return s.Table.Hash()
}

// Relaid reports whether a release of a table was read by another layout than the present one.
func Relaid(s *source.Source, e lake.Entry) bool { return e.Layout != layoutOf(s) }

// Stale reports whether a release was read by another layout, or has rows that were excluded by another
// reader than the present one, or by one that did not record the hash of their list, and whether a
// label of it has another code now.
func Stale(s *source.Source, lists *codes.Lists, e lake.Entry) bool {
	return Relaid(s, e) || e.Rejects > 0 && (e.Reader != reader(s, lists) || e.RejectsSHA256 == "") || registry.ReadOtherwise(lists, e)
}

// Batch is what one file states of one release.
type Batch struct {
	Release stat.Release
	Guessed bool // it is dated by the day on which the file was added by hand
	source.Result
}

// Content returns the batch in the form that the lake takes.
func (b Batch) Content(s *source.Source, lists *codes.Lists) lake.Content {
	return lake.Content{Observations: b.Observations, Events: b.Events, Findings: b.Findings, Rejects: len(b.Excluded), Reader: reader(s, lists), Layout: layoutOf(s), Notes: b.Notes}
}

// Read decodes a file into its releases, oldest first. Most files have one, and a reissue always
// has one.
func Read(s *source.Source, lists *codes.Lists, name string, data []byte, m *archive.Sidecar) ([]Batch, error) {
	batches, err := readDated(s, lists, name, data, m)
	if err == nil && m.Reissued {
		batches = Reissue(batches, *m, s.SpeaksForSeries(data))
	}
	return batches, err
}

// readDated decodes a file into its releases with the dates that it states.
func readDated(s *source.Source, lists *codes.Lists, name string, data []byte, m *archive.Sidecar) ([]Batch, error) {
	base := stat.Release{Source: s.ID, File: name, SHA256: m.SHA256, Vintage: m.Released, FirstSeen: m.FirstSeen}
	c := check.NewClock(m.RetrievedAt, s.Location())
	if s.IsTidy(data) {
		return readTidy(s, name, data, m, base, c)
	}
	guessed, findings, err := date(&base, s, name, data, m, c)
	if err != nil {
		return nil, err
	}
	result, err := s.Decode(source.File{Name: name, Data: data, Release: &base, Lists: lists})
	if err != nil {
		return nil, err
	}
	if err := check.TooManyExcluded(result.Excluded, result.Rows, s.MaxExcluded); err != nil {
		return nil, &decode.Error{File: name, Err: err, Hint: "look at the rows in the publisher's file; if they are of a new kind, teach it to the decoder or to a list in schemas/labels or data/labels"}
	}
	if err := s.Timely(name, &result, c); err != nil {
		return nil, err
	}
	if len(result.Observations) == 0 {
		return nil, &decode.Error{File: name, Err: fmt.Errorf("no figures in it: %w", decode.ErrShape), Hint: "compare it with the publisher's last release"}
	}
	batches := split(result.Observations)
	if guessed {
		if err := checkRecent(batches, base.Vintage); err != nil {
			return nil, &decode.Error{File: name, Err: err, Hint: registry.ReleasedHint}
		}
	}
	// Everything except the observations belongs to the file as a whole, and goes with its newest
	// release.
	last := &batches[len(batches)-1]
	result.Observations, result.Findings = last.Observations, append(findings, result.Findings...)
	last.Result, last.Guessed = result, guessed
	return batches, nil
}

// split groups observations by release, oldest first. Each group is sorted by series and period, and
// so are obs if they are one group.
func split(obs []stat.Observation) []Batch {
	slices.SortFunc(obs, stat.Observation.Compare)
	if first := *obs[0].Release; !slices.ContainsFunc(obs, func(o stat.Observation) bool { return *o.Release != first }) {
		return []Batch{{Release: first, Result: source.Result{Observations: obs}}}
	}
	var out []Batch
	for _, o := range obs {
		i := slices.IndexFunc(out, func(b Batch) bool { return b.Release == *o.Release })
		if i < 0 {
			i = len(out)
			out = append(out, Batch{Release: *o.Release})
		}
		out[i].Observations = append(out[i].Observations, o)
	}
	slices.SortFunc(out, func(a, b Batch) int { return a.Release.Compare(b.Release) })
	return out
}

// Check applies the rules of the source. If the source restates its whole history and the file is
// not partial, check also compares the release with the ones before and after it that state the same
// measures.
func (b *Batch) Check(s *source.Source, entries []lake.Entry, data []byte) error {
	findings, err := check.Weigh(b.Observations, b.Findings, s.Checks())
	if err != nil {
		return err
	}
	b.Findings = findings
	if !s.Cumulative || s.IsPartial(data) {
		return nil
	}
	at, _ := slices.BinarySearchFunc(entries, b.Release, func(e lake.Entry, r stat.Release) int { return e.Stat().Compare(r) })
	cover := lake.Cover(b.Observations, s.IsTidy(data))
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

// notShrunk compares the coverage of a release, which belongs at an index of entries, with its
// neighbours' coverage of the measures that count.
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

// byMeasure yields the spans of each measure and frequency, sorted by identifier.
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

// neighbour returns the first of entries that states a measure that counts, with its spans of such
// measures; or nil.
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
