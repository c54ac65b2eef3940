package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"testing"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
)

// shared is the address of a file that several sources share.
var shared = Remote{URL: mediaURL + "1/dataset.xlsx", FileName: "dataset.xlsx"}

// TestAFileIsAskedForOnceInARun: sources that share a file get it from one request, whether the first has
// the newest one already or not.
func TestAFileIsAskedForOnceInARun(t *testing.T) {
	asked, bytesSent := 0, []byte("PK\x03\x04 one")
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write(bytesSent)
	})
	with := func(etag string) *archive.Sidecar {
		return &archive.Sidecar{URL: shared.URL, HTTP: archive.HTTP{ETag: etag}}
	}
	for _, tt := range []struct {
		name  string
		prev  []*archive.Sidecar // of one source after another
		asked int
		err   []error
	}{
		{"new to all", []*archive.Sidecar{nil, nil, with(`"0"`)}, 1, []error{nil, nil, nil}},
		{"new to the first", []*archive.Sidecar{with(`"0"`), with(`"1"`)}, 1, []error{nil, ErrNotModified}},
		{"known to all", []*archive.Sidecar{with(`"1"`), with(`"1"`)}, 1, []error{ErrNotModified, ErrNotModified}},
		{"known to the first", []*archive.Sidecar{with(`"1"`), nil, nil}, 2, []error{ErrNotModified, nil, nil}},
		{"from another address", []*archive.Sidecar{nil, {URL: "https://example.org/x", HTTP: archive.HTTP{ETag: `"1"`}}}, 1, []error{nil, nil}},
	} {
		run, forget := Remembering(t.Context())
		asked = 0
		for i, prev := range tt.prev {
			b, err := c.Download(run, place, shared, prev)
			if !errors.Is(err, tt.err[i]) || err == nil && (!bytes.Equal(b.Data, bytesSent) || b.HTTP.ETag != `"1"` || b.URL != shared.URL || b.RetrievedAt.IsZero()) {
				t.Errorf("%s, source %d: %+v, error %v", tt.name, i, b, err)
			}
		}
		if asked != tt.asked {
			t.Errorf("%s: asked %d times, want %d", tt.name, asked, tt.asked)
		}
		forget()
	}
}

// TestWhatIsNotRecalled asks again: in another run, without a run, for other hosts, beyond the limit of
// a source, and after an error.
func TestWhatIsNotRecalled(t *testing.T) {
	asked, status := 0, http.StatusOK
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.WriteHeader(status)
		w.Write([]byte("PK\x03\x04 longer than four"))
	})
	run, forget := Remembering(t.Context())
	defer forget()
	next, forgetNext := Remembering(t.Context())
	defer forgetNext()
	other, small := place, place
	other.Hosts = append([]string{"example.org"}, place.Hosts...)
	small.MaxBytes = 4
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		place  origin.Place
		status int
		want   error
	}{
		{"first, not there", run, place, http.StatusNotFound, ErrMoved},
		{"again", run, place, http.StatusOK, nil},
		{"other hosts", run, other, http.StatusOK, nil},
		{"too large for it", run, small, http.StatusOK, archive.ErrTooLarge},
		{"next run", next, place, http.StatusOK, nil},
		{"no run", t.Context(), place, http.StatusOK, nil},
	} {
		asked, status = 0, tt.status
		if _, err := c.Download(tt.ctx, tt.place, shared, nil); asked != 1 || !errors.Is(err, tt.want) {
			t.Errorf("%s: asked %d times, error %v", tt.name, asked, err)
		}
	}
}

// TestARunLeavesNoFile: what a run keeps is on disk, has no name there, and is bounded.
func TestARunLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	run, forget := Remembering(t.Context())
	m := memoryOf(run)
	m.keepFile("a", Body{Data: []byte("abc")})
	if b, err := m.recall("a", "", 3); err != nil || b == nil || string(b.Data) != "abc" {
		t.Errorf("%+v, %v", b, err)
	}
	m.files.size = maxKept - 2
	m.keepFile("b", Body{Data: []byte("abc")})
	if b, _ := m.recall("b", "", 3); b != nil {
		t.Error("more is kept than allowed")
	}
	forget()
	if b, _ := m.recall("a", "", 3); b != nil {
		t.Error("a file is kept after the run")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
	t.Setenv("TMPDIR", dir+"/none")
	run, forget = Remembering(t.Context())
	defer forget()
	memoryOf(run).keepFile("a", Body{Data: []byte("abc")}) // no place to keep it is no error
	if b, err := memoryOf(run).recall("a", "", 3); b != nil || err != nil {
		t.Errorf("%+v, %v", b, err)
	}
}
