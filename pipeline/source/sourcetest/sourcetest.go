// Package sourcetest is the contract that every source must pass. A source's own test calls Run
// with its fixtures, and tests only what is particular to the source.
package sourcetest

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// File is a file of the source: a fixture, or one that a test made.
type File struct {
	Name string
	Data []byte
}

// Run checks the source's description and what it makes of each file.
func Run(t *testing.T, s *source.Source, files []File) {
	t.Run("description", func(t *testing.T) { checkDescription(t, s) })
	t.Run("codes", func(t *testing.T) { checkCodes(t, s) })
	if len(files) == 0 {
		t.Fatal("no files: the contract needs fixtures")
	}
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) { checkDecoded(t, s, f) })
	}
	t.Run("refusals", func(t *testing.T) { checkRefusals(t, s, files[0]) })
}

// RunAll checks a source with all n of its fixtures; see Run.
func RunAll(t *testing.T, s *source.Source, n int) {
	files := LoadAll(t, s.ID)
	if len(files) != n {
		t.Fatalf("%d fixtures, want %d", len(files), n)
	}
	Run(t, s, files)
}

// checkDescription checks that everything a reader is told about the source is there.
func checkDescription(t *testing.T, s *source.Source) {
	for what, text := range map[string]string{"title": s.Title, "publisher": s.Publisher, "licence": s.Licence, "licence address": s.LicenceAt,
		"homepage": s.Homepage, "holds": s.Holds, "zone": s.Zone} {
		if text == "" {
			t.Errorf("no %s", what)
		}
	}
	if _, err := time.LoadLocation(s.Zone); err != nil {
		t.Error(err)
	}
	if p := s.Poll; (p.Again > 0) != (p.For > p.Again) || p.Again < 0 {
		t.Errorf("Poll is %+v: asks every %s for %s", p, p.Again, p.For)
	}
	if s.Every <= 0 || s.Grace <= 0 {
		t.Error("no frequency or grace")
	}
	if s.Place.MaxBytes <= 0 {
		t.Error("no limit on the size of a file")
	}
	checkPlace(t, s)
	for _, x := range s.Series {
		if s.Most[x.Measure] <= 0 {
			t.Errorf("%s: Most does not say how many %s there can be at most", x.ID, x.Measure)
		}
		source, measure, _, d, err := x.ID.Parse()
		if err != nil || source != s.ID || measure != x.Measure || d != x.Dimensions {
			t.Errorf("%s: identifier does not agree with the series (%v)", x.ID, err)
		}
		if x.Title == "" || x.Definition == "" || x.Designation == "" {
			t.Errorf("%s: no title, definition or designation", x.ID)
		}
	}
}

// checkPlace checks that a source asks only hosts that it lists, and over HTTPS.
func checkPlace(t *testing.T, s *source.Source) {
	if !s.Place.Given() && s.Fallbacks != nil {
		t.Error("there are other places, but no first one")
	}
	for _, p := range s.Places() {
		u, err := url.Parse(p.At())
		if err != nil || u.Scheme != "https" || !slices.Contains(p.Hosts, u.Host) {
			t.Errorf("%s is not an address on a host that the source lists (%v)", p.At(), err)
		}
		if p.MaxBytes != s.Place.MaxBytes {
			t.Errorf("%s: a file may have %d bytes, at the first place %d", p.At(), p.MaxBytes, s.Place.MaxBytes)
		}
		if (p.Web != "") != (p.Link != nil) {
			t.Errorf("%s: a web page needs a pattern of its link, and nothing else does", p.At())
		}
	}
}

// checkCodes checks that each described series uses codes of the code lists.
func checkCodes(t *testing.T, s *source.Source) {
	for _, x := range s.Series {
		inLists(t, x)
	}
}

// inLists checks that a series uses codes of the code lists.
func inLists(t *testing.T, x stat.Series) {
	for _, c := range []struct {
		code  string
		lists []string
	}{
		{x.Measure, []string{"measure"}}, {x.Unit, []string{"unit"}}, {x.Flow, []string{"flow"}}, {string(x.Kind), []string{"kind"}},
		{x.RefArea, []string{"area"}}, {x.Origin, []string{"area"}}, {x.Destination, []string{"area"}},
		{x.Route, []string{"route"}}, {x.Sex, []string{"sex"}}, {x.Age, []string{"age"}}, {x.Category, schemas.CategoryListNames()},
	} {
		if c.code != stat.Total && !slices.ContainsFunc(c.lists, func(list string) bool { return has(t, list, c.code) }) {
			t.Errorf("%s: %q is not in a code list (%s); add it to one in schemas/codelists, or see step 4 of docs/adding-a-source.md", x.ID, c.code, strings.Join(c.lists, ", "))
		}
	}
}

// has reports whether a code list has a code. A code made for an unlisted label, which may follow
// that of a group, is in every list. A code made of several is in the list if each of them is. Codes
// of ages are made by rule.
func has(t *testing.T, list, code string) bool {
	group, made, _ := strings.Cut(code, ".")
	if strings.HasPrefix(group, codes.Unlisted) || strings.HasPrefix(made, codes.Unlisted) {
		return true
	}
	if _, _, ok := stat.Ages(code); ok && list == "age" {
		return true
	}
	return !slices.ContainsFunc(strings.Split(code, codes.And), func(part string) bool { return !inList(t, list, part) })
}

// inList reports whether a code list has exactly this code.
func inList(t *testing.T, list, code string) bool {
	labels, err := schemas.CodeLabels(list)
	if err != nil {
		t.Fatal(err)
	}
	_, known := labels[code]
	return known
}

// Decode decodes a file as the pipeline does, and returns its observations and findings.
func Decode(s *source.Source, f File) ([]stat.Observation, []stat.Finding, error) {
	r, err := Read(s, f)
	return r.Observations, r.Findings, err
}

// Read decodes a file as the pipeline does, and leaves out what was not known when it was
// published.
func Read(s *source.Source, f File) (source.Result, error) {
	released, stamp := s.Date(f.Name, f.Data)
	if released.IsZero() {
		return source.Result{}, errors.New("the file does not say when it was released")
	}
	r, err := s.Decode(source.File{Name: f.Name, Data: f.Data, Release: release(s, f.Name, released, stamp)})
	if err == nil {
		err = s.Timely(f.Name, &r, check.NewClock(retrieved, time.UTC))
	}
	if err != nil {
		return source.Result{}, err
	}
	return r, nil
}

// retrieved is when the files of tests came: after all of them were published.
var retrieved = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// release returns a release with all that the pipeline passes to a decoder.
func release(s *source.Source, name string, vintage stat.Date, firstSeen time.Time) *stat.Release {
	r := &stat.Release{Source: s.ID, File: name, Vintage: vintage, FirstSeen: firstSeen, SHA256: strings.Repeat("0", 64)}
	if firstSeen.IsZero() {
		r.FirstSeen = vintage.Time()
	}
	r.ID = stat.NewReleaseID(vintage, r.SHA256)
	return r
}

// checkDecoded checks that a file gives consistent observations, of the described series or
// breakdowns of their measures, and the same ones each time.
func checkDecoded(t *testing.T, s *source.Source, f File) {
	r, err := Read(s, f)
	if err != nil {
		t.Fatal(err)
	}
	obs := r.Observations
	if len(obs) == 0 {
		t.Fatal("no observations")
	}
	if err := check.TooManyExcluded(r.Excluded, r.Rows, s.MaxExcluded); err != nil {
		t.Error(err)
	}
	for _, stated := range ByRelease(obs) {
		if _, err := check.Release(stated, s.Checks()); err != nil {
			t.Error(err)
		}
	}
	measures := map[stat.SeriesID]bool{}
	for _, x := range s.Series {
		measures[stat.NewSeriesID(s.ID, x.Measure, x.Frequency(), stat.AllTotal)] = true
	}
	seen := map[stat.SeriesID]bool{}
	for _, o := range obs {
		if o.Locator == "" {
			t.Fatalf("%s %s has no locator", o.Series.ID, o.Period.Start)
		}
		if seen[o.Series.ID] {
			continue
		}
		seen[o.Series.ID] = true
		if !measures[stat.NewSeriesID(s.ID, o.Series.Measure, o.Series.Frequency(), stat.AllTotal)] {
			t.Fatalf("%s is not a breakdown of the source's series", o.Series.ID)
		}
		inLists(t, *o.Series)
	}
	again, _, err := Decode(s, f)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(csv(t, obs), csv(t, again)) {
		t.Error("decoding twice gave other observations")
	}
}

// ByRelease groups the observations of a file, which may state several releases.
func ByRelease(obs []stat.Observation) map[stat.Release][]stat.Observation {
	out := map[stat.Release][]stat.Observation{}
	for _, o := range obs {
		out[*o.Release] = append(out[*o.Release], o)
	}
	return out
}

func csv(t *testing.T, obs []stat.Observation) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := table.Observations(obs).CSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkRefusals checks that a file that is not a release of the source gives an error that names
// the file, and never a short result.
func checkRefusals(t *testing.T, s *source.Source, f File) {
	bad := map[string][]byte{
		"empty":        {},
		"html":         []byte("<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>"),
		"noise":        bytes.Repeat([]byte{0x50, 0x4b, 0x03, 0x04, 0xff}, 100),
		"cut in half":  f.Data[:len(f.Data)/2],
		"cut near end": f.Data[:len(f.Data)-30],
	}
	for name, data := range bad {
		t.Run(name, func(t *testing.T) {
			r, err := s.Decode(source.File{Name: f.Name, Data: data, Release: release(s, f.Name, stat.MustDate("2026-01-01"), time.Time{})})
			var where *decode.Error
			if !errors.As(err, &where) || where.File != f.Name || where.Hint == "" {
				t.Errorf("error %v, want a *decode.Error with the file's name and a hint", err)
			}
			if r.Observations != nil || r.Events != nil {
				t.Errorf("%d observations came with the error", len(r.Observations))
			}
		})
	}
}
