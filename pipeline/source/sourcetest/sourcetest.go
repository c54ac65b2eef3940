// Package sourcetest is the contract that every source must pass. A source's own
// test is one call of Run with its real files, and what it alone knows.
package sourcetest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/check"
	"crossings/pipeline/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/schemas"
)

// File is a real file of the source.
type File struct {
	Name string
	Data []byte
}

// Run checks the source's description and what it makes of each file.
func Run(t *testing.T, s *source.Source, files []File) {
	t.Run("description", func(t *testing.T) { description(t, s) })
	t.Run("codes", func(t *testing.T) { codes(t, s) })
	if len(files) == 0 {
		t.Fatal("no files: the contract is about real ones")
	}
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) { decodes(t, s, f) })
	}
	t.Run("refusals", func(t *testing.T) { refusals(t, s, files[0]) })
}

// description checks that everything a reader is told of the source is there.
func description(t *testing.T, s *source.Source) {
	for what, text := range map[string]string{"title": s.Title, "publisher": s.Publisher, "licence": s.Licence, "licence address": s.LicenceAt,
		"homepage": s.Homepage, "holds": s.Holds, "zone": s.Zone} {
		if text == "" {
			t.Errorf("no %s", what)
		}
	}
	if _, err := time.LoadLocation(s.Zone); err != nil {
		t.Error(err)
	}
	if s.Every <= 0 || s.Grace <= 0 {
		t.Error("no frequency or grace")
	}
	if s.Place.MaxBytes <= 0 {
		t.Error("no limit on the size of a file")
	}
	for _, x := range s.Series {
		source, measure, _, d, err := x.ID.Parse()
		if err != nil || source != s.ID || measure != x.Measure || d != x.Dimensions {
			t.Errorf("%s: identifier does not agree with the series (%v)", x.ID, err)
		}
		if x.Title == "" || x.Definition == "" || x.Designation == "" {
			t.Errorf("%s: no title, definition or designation", x.ID)
		}
	}
}

// codes checks that each series uses codes of the code lists.
func codes(t *testing.T, s *source.Source) {
	for _, x := range s.Series {
		for list, code := range map[string]string{"measure": x.Measure, "unit": x.Unit, "flow": x.Flow, "kind": string(x.Kind), "area": x.RefArea, "sex": x.Sex} {
			known, err := schemas.CodeList(list)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(known, func(c schemas.Code) bool { return c.Code == code }) {
				t.Errorf("%s: %q is not in the code list %s", x.ID, code, list)
			}
		}
	}
}

// Decode decodes a file as the pipeline does.
func Decode(s *source.Source, f File) ([]stat.Observation, []stat.Finding, error) {
	released, stamp := s.Date(f.Name, f.Data)
	if released.IsZero() {
		return nil, nil, errors.New("the file does not say when it was released")
	}
	return s.Decode(source.File{Name: f.Name, Data: f.Data, Release: release(s, f.Name, released, stamp)})
}

// release returns a release as complete as the pipeline hands it to a decoder.
func release(s *source.Source, name string, vintage stat.Date, firstSeen time.Time) *stat.Release {
	r := &stat.Release{Source: s.ID, File: name, Vintage: vintage, FirstSeen: firstSeen, SHA256: strings.Repeat("0", 64)}
	if firstSeen.IsZero() {
		r.FirstSeen = vintage.Time()
	}
	r.ID = stat.NewReleaseID(vintage, r.SHA256)
	return r
}

// decodes checks that a file gives observations that hold together, of the
// series described, and the same ones each time.
func decodes(t *testing.T, s *source.Source, f File) {
	obs, _, err := Decode(s, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(obs) == 0 {
		t.Fatal("no observations")
	}
	for _, stated := range byRelease(obs) {
		if _, err := check.Release(stated, s.Rules); err != nil {
			t.Error(err)
		}
	}
	for _, o := range obs {
		if s.FindSeries(o.Series.ID) == nil {
			t.Fatalf("%s is not among the source's series", o.Series.ID)
		}
		if o.Locator == "" {
			t.Fatalf("%s %s has no locator", o.Series.ID, o.Period.Start)
		}
	}
	again, _, err := Decode(s, f)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(csv(t, obs), csv(t, again)) {
		t.Error("decoding twice gave other observations")
	}
}

// byRelease groups the observations of a file, which may state several
// releases.
func byRelease(obs []stat.Observation) map[stat.Release][]stat.Observation {
	out := map[stat.Release][]stat.Observation{}
	for _, o := range obs {
		out[*o.Release] = append(out[*o.Release], o)
	}
	return out
}

func csv(t *testing.T, obs []stat.Observation) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tabular.Observations(obs).CSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// refusals checks that what is no release of the source gives an error that
// names the file, and never a short result.
func refusals(t *testing.T, s *source.Source, f File) {
	bad := map[string][]byte{
		"empty":        {},
		"html":         []byte("<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>"),
		"noise":        bytes.Repeat([]byte{0x50, 0x4b, 0x03, 0x04, 0xff}, 100),
		"cut in half":  f.Data[:len(f.Data)/2],
		"cut near end": f.Data[:len(f.Data)-30],
	}
	for name, data := range bad {
		t.Run(name, func(t *testing.T) {
			obs, _, err := s.Decode(source.File{Name: f.Name, Data: data, Release: release(s, f.Name, stat.MustDate("2026-01-01"), time.Time{})})
			var where *decode.Error
			if !errors.As(err, &where) || where.File != f.Name || where.Hint == "" {
				t.Errorf("error %v, want a *decode.Error with the file's name and a hint", err)
			}
			if obs != nil {
				t.Errorf("%d observations came with the error", len(obs))
			}
		})
	}
}
