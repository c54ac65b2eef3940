package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

const boats = "ukho-small-boats"

// open returns an empty store and its folder.
func open(t *testing.T) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data", "raw")
	s, err := OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}

// meta is a sidecar without hash and size.
var meta = Sidecar{
	URL: mediaURL + "1/x.ods?a=1&b=2", RetrievedAt: time.Date(2026, 6, 27, 10, 30, 15, 5, time.FixedZone("BST", 3600)),
	Released: stat.MustDate("2026-06-26"), FirstSeen: time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC),
	MediaType: ods, Publisher: "Home Office", Licence: "OGL-3.0", Title: "Small boats – time series <new>",
	HTTP: HTTP{ETag: `"abc"`, FinalURL: mediaURL + "1/x.ods"},
}

// save keeps data; it fails the test on an error.
func save(t *testing.T, s *Store, source, release, file string, data []byte) Snapshot {
	t.Helper()
	sn, err := s.Save(source, release, file, data, meta)
	if err != nil {
		t.Fatal(err)
	}
	return sn
}

// tree lists everything below dir.
func tree(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, _ fs.DirEntry, err error) error {
		names = append(names, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestSave(t *testing.T) {
	s, dir := open(t)
	const name = "pub20260626_data_small_boats_time_series.ods"
	data := fixture(t, name)
	sn := save(t, s, boats, "2026-06-26-0123abcd", name, data)
	again := save(t, s, boats, "2026-06-26-0123abcd", "other name.ods", data)
	if !reflect.DeepEqual(sn, again) {
		t.Errorf("second time: got %+v\nwant %+v", again, sn)
	}
	want := ". ukho-small-boats ukho-small-boats/2026-06-26-0123abcd ukho-small-boats/2026-06-26-0123abcd/" + name +
		" ukho-small-boats/2026-06-26-0123abcd/" + name + ".meta.json"
	if got := strings.Join(tree(t, dir), " "); got != want {
		t.Errorf("store has %s\nwant %s", got, want)
	}
	if _, err := s.Save(boats, "2026-06-26-0123abcd", name, data[1:], meta); err == nil || !strings.Contains(err.Error(), "other bytes") {
		t.Errorf("other bytes: got %v", err)
	}
	if got, err := s.Read(sn, 1<<20); err != nil || !bytes.Equal(got, data) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	if _, err := s.Read(sn, 10); !errors.Is(err, ErrTooLarge) {
		t.Errorf("read at most 10: got %v", err)
	}
	if got, ok, err := s.Find(boats, sn.Meta.SHA256); !reflect.DeepEqual(got, sn) || !ok || err != nil {
		t.Errorf("found %+v, %v, %v", got, ok, err)
	}
	if _, ok, err := s.Find(boats, "0"); ok || err != nil {
		t.Errorf("found a hash that is not there: %v, %v", ok, err)
	}
	if errs := s.Verify(); errs != nil {
		t.Error(errs)
	}
}

func TestSidecarJSON(t *testing.T) {
	s, dir := open(t)
	sn := save(t, s, "tidy:my-figures", "r", "a b.csv", []byte("x"))
	got, err := os.ReadFile(filepath.Join(dir, "tidy~my-figures", "r", "a b.csv.meta.json"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "url": "https://assets.publishing.service.gov.uk/media/1/x.ods?a=1&b=2",
  "retrieved_at": "2026-06-27T09:30:15Z",
  "released": "2026-06-26",
  "first_seen": "2026-06-26T08:30:00Z",
  "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
  "size": 1,
  "media_type": "application/vnd.oasis.opendocument.spreadsheet",
  "publisher": "Home Office",
  "licence": "OGL-3.0",
  "title": "Small boats – time series <new>",
  "http": {
    "etag": "\"abc\"",
    "final_url": "https://assets.publishing.service.gov.uk/media/1/x.ods"
  },
  "check": "f1957bb6f05d6d582b9b01f75959cbb9b23c91687592b15fef109e667e8092dc"
}
`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	all, err := s.Snapshots("tidy:my-figures")
	if err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], sn) {
		t.Errorf("got %+v, %v\nwant %+v", all, err, sn)
	}
	unchecked := regexp.MustCompile(`,\s*"check": "[0-9a-f]*"`).ReplaceAllString(want, "")
	var old Sidecar
	if err := json.Unmarshal([]byte(unchecked), &old); err != nil || !reflect.DeepEqual(old, sn.Meta) {
		t.Errorf("a sidecar of an earlier version: %+v, %v", old, err)
	}
	for _, x := range [][2]string{{"Home Office", "Home Orifice"}, {"2026-06-26\"", "2026-06-25\""}, {"09:30:15", "09:30:16"}, {"OGL-3.0", "OGL-2.0"}, {"media/1", "media/2"}, {`"size": 1`, `"size": 2`}, {`"check": "`, `"check": "0`}} {
		if err := json.Unmarshal([]byte(strings.Replace(want, x[0], x[1], 1)), new(Sidecar)); err == nil {
			t.Errorf("a sidecar in which %s is %s is taken", x[0], x[1])
		}
	}
	for _, bad := range []string{`{}`, `[]`, `{"sha256":"x"}`, strings.Replace(want, `"size": 1,`, "", 1), strings.Replace(want, "2026-06-26\"", "2026-02-30\"", 1), strings.Replace(want, "09:30:15Z", "late", 1)} {
		if err := json.Unmarshal([]byte(bad), new(Sidecar)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}

func TestSaveRefuses(t *testing.T) {
	s, dir := open(t)
	undated, other := meta, meta
	undated.Released, other.SHA256 = 0, strings.Repeat("0", 64)
	for _, tt := range []struct {
		source, release, file string
		m                     Sidecar
	}{
		{boats, "r", "../x", meta}, {boats, "r", "a/b", meta}, {boats, "r", "a\x00", meta}, {boats, "r", ".", meta},
		{boats, "r", "", meta}, {boats, "r", "x.meta.json", meta}, {boats, "..", "x", meta}, {boats, "", "x", meta},
		{boats, "a/b", "x", meta}, {"../x", "r", "x", meta}, {"", "r", "x", meta}, {"starter", "r", "x", meta}, {"claims", "r", "x", meta},
		{"tidy~a", "r", "x", meta}, {"tidy:", "r", "x", meta}, {"Tidy:a", "r", "x", meta},
		{boats, "r", "x", undated}, {boats, "r", "x", other},
	} {
		if sn, err := s.Save(tt.source, tt.release, tt.file, []byte("x"), tt.m); err == nil || !reflect.DeepEqual(sn, Snapshot{}) {
			t.Errorf("%q %q %q: got %+v, %v", tt.source, tt.release, tt.file, sn, err)
		}
	}
	if got := tree(t, dir); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

func TestSaveLeavesTheStore(t *testing.T) {
	s, dir := open(t)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, boats)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(boats, "r", "x", []byte("x"), meta); err == nil {
		t.Error("saved through a link that leaves the store")
	}
	if got := tree(t, outside); len(got) != 1 {
		t.Errorf("wrote outside: %q", got)
	}
}

func TestSaveCleansUp(t *testing.T) {
	s, dir := open(t)
	save(t, s, boats, "a", "x", []byte("x"))
	long := strings.Repeat("é", 100) // 200 bytes: too long only with the suffix
	save(t, s, boats, "b", long, []byte("x"))
	if err := os.WriteFile(filepath.Join(dir, boats, "c"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	before := len(tree(t, dir))
	if _, err := s.Save(boats, "c", "x", []byte("x"), meta); err == nil {
		t.Error("saved over a file")
	}
	if after := len(tree(t, dir)); after != before {
		t.Errorf("%d names before, %d after", before, after)
	}
}

func TestSweep(t *testing.T) {
	s, dir := open(t)
	sn := save(t, s, boats, "r", "x", []byte("x"))
	left := filepath.Join(dir, boats, temporary+"ABC")
	if err := os.MkdirAll(filepath.Join(left, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Snapshots(boats); err != nil || len(all) != 1 {
		t.Errorf("with a temporary folder: %+v, %v", all, err)
	}
	if errs := s.Verify(); errs != nil {
		t.Error(errs)
	}
	if err := s.Sweep(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
	if all, err := s.Snapshots(boats); err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], sn) {
		t.Errorf("after Sweep: %+v, %v", all, err)
	}
}

func TestDiscard(t *testing.T) {
	s, dir := open(t)
	stays, goes := save(t, s, boats, "r", "x", []byte("x")), save(t, s, boats, "s", "y", []byte("y"))
	for range 2 { // the second time it is not there
		if err := s.Discard(goes.Source, goes.Release); err != nil {
			t.Fatal(err)
		}
		if all, err := s.Snapshots(boats); err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], stays) {
			t.Errorf("left %+v, %v", all, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, boats, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := s.Discard(boats, ".."); err == nil {
		t.Error("removed the store")
	}
}

func TestSidecarKeepsWhyAFileWasRejected(t *testing.T) {
	m := Sidecar{Released: 1, SHA256: strings.Repeat("a", 64), Rejected: "May stands twice"}
	text, err := m.MarshalJSON()
	if err != nil || !bytes.Contains(text, []byte(`"rejected":"May stands twice"`)) {
		t.Fatalf("%s, %v", text, err)
	}
	var back Sidecar
	if err := back.UnmarshalJSON(text); err != nil || back.Rejected != m.Rejected {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestVerify(t *testing.T) {
	const file = "31_December_2025_Small_boats_-_time_series.ods"
	data := fixture(t, file)
	flipped := bytes.Clone(data)
	flipped[len(flipped)/2] ^= 1
	for _, tt := range []struct {
		name   string
		damage func(release string) error
		text   string
	}{
		{"flipped byte", func(r string) error { return os.WriteFile(filepath.Join(r, file), flipped, 0o644) }, "sha256"},
		{"cut file", func(r string) error { return os.Truncate(filepath.Join(r, file), 100) }, "100 bytes"},
		{"missing file", func(r string) error { return os.Remove(filepath.Join(r, file)) }, "no such file"},
		{"missing sidecar", func(r string) error { return os.Remove(filepath.Join(r, file+sidecarSuffix)) }, "0 sidecars"},
		{"broken sidecar", func(r string) error { return os.Truncate(filepath.Join(r, file+sidecarSuffix), 50) }, file + sidecarSuffix},
		{"extra file", func(r string) error { return os.WriteFile(filepath.Join(r, "extra"), nil, 0o644) }, "extra"},
		{"loose file", func(r string) error { return os.WriteFile(filepath.Join(r, "../loose"), nil, 0o644) }, "loose"},
		{"strange folder", func(r string) error { return os.Mkdir(filepath.Join(r, "../../My Files"), 0o755) }, "My Files"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, dir := open(t)
			sn := save(t, s, boats, "r", file, data)
			save(t, s, "tidy:a", "r", "x", []byte("x"))
			for name := range reserved {
				if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if errs := s.Verify(); errs != nil {
				t.Fatal(errs)
			}
			if err := tt.damage(filepath.Join(dir, boats, "r")); err != nil {
				t.Fatal(err)
			}
			errs := s.Verify()
			if len(errs) != 1 || !strings.Contains(errs[0].Error(), tt.text) {
				t.Errorf("got %v, want one error with %q", errs, tt.text)
			}
			if b, err := s.Read(sn, 1<<20); (err == nil) != bytes.Equal(b, data) {
				t.Errorf("read %d bytes with %v", len(b), err)
			}
		})
	}
}

func TestSnapshotsNameTheBrokenSidecar(t *testing.T) {
	s, dir := open(t)
	save(t, s, boats, "2026-02", "x", []byte("2"))
	save(t, s, boats, "2026-01", "x", []byte("1"))
	all, err := s.Snapshots(boats)
	if err != nil || len(all) != 2 || all[0].Release != "2026-01" || all[1].Release != "2026-02" {
		t.Errorf("got %+v, %v", all, err)
	}
	if err := os.WriteFile(filepath.Join(dir, boats, "2026-01", "x.meta.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Snapshots(boats); all != nil || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "2026-01/x.meta.json") {
		t.Errorf("got %+v, %v", all, err)
	}
	if all, err := s.Snapshots("not-there"); all != nil || err != nil {
		t.Errorf("no folder: got %+v, %v", all, err)
	}
}

func TestSafeName(t *testing.T) {
	for name, ok := range map[string]bool{
		"a.ods": true, "02 January 2026 Small boats – time series.ods": true, "a..b": true, "~x": true, "é": true, strings.Repeat("x", 200): true,
		"": false, " ": false, ".": false, "..": false, ".x": false, "../x": false, "a/b": false, `a\b`: false, "a\x00": false,
		"a\n": false, "a\u202eods": false, "a\xff": false, strings.Repeat("x", 201): false,
	} {
		if got, err := SafeName(name); (err == nil) != ok || ok && got != name {
			t.Errorf("SafeName(%q) = %q, %v", name, got, err)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.ods", "../x", "a/b", "a\x00", ".", "a b", "é\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, err := SafeName(name)
		if err != nil {
			if got != "" {
				t.Errorf("result with an error: %q", got)
			}
			return
		}
		if got != name || filepath.Base(got) != got || !filepath.IsLocal(got) || len(got) > maxName || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' }) {
			t.Errorf("accepted %q as %q", name, got)
		}
	})
}

// FuzzSource reads source identifiers, from the command line and from folder names. An accepted one
// is one element of a path and leads back to itself.
func FuzzSource(f *testing.F) {
	for _, s := range []string{"ukho-small-boats", "tidy:mine", "tidy~mine", "rejected", "claims", "..", "a/b", "A", "tidy:tidy:x", "-a", "a\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, id string) {
		folder, err := folderOf(id)
		if err == nil {
			if back, err := sourceOf(folder); err != nil || back != id {
				t.Errorf("%q has the folder %q, which is of %q, %v", id, folder, back, err)
			}
			if _, err := SafeName(folder); err != nil || reserved[folder] {
				t.Errorf("%q has the folder %q: %v", id, folder, err)
			}
		}
		if source, err := sourceOf(id); err == nil {
			if back, err := folderOf(source); err != nil || back != id {
				t.Errorf("folder %q is of %q, which has %q, %v", id, source, back, err)
			}
		}
	})
}

// FuzzSidecar reads the JSON next to a snapshot. What is accepted must be the same after writing
// and reading it.
func FuzzSidecar(f *testing.F) {
	text, err := Sidecar{Released: 1, SHA256: strings.Repeat("a", 64), Size: 3, URL: "https://example.org", Rejected: "why", Added: true,
		HTTP: HTTP{ETag: "x"}, Decisions: []Decision{{Kind: Withdrawn, Released: 1, Reason: "why", Releases: []string{"a"}}}}.MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"sha256":"","size":-1}`))
	f.Add([]byte(`{"released":"2026-02-30"}`))
	f.Add(bytes.Replace(text, []byte(`"retrieved_at":""`), []byte(`"retrieved_at":"2026-06-26T09:30:00.5+01:00"`), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		var m, back Sidecar
		if m.UnmarshalJSON(text) != nil {
			return
		}
		again, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := back.UnmarshalJSON(again); err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%s is %+v, and then %+v, %v", text, m, back, err)
		}
	})
}

// TestSidecarOfOddText checks that the check is made from what is read back, even if a title is not
// UTF-8.
func TestSidecarOfOddText(t *testing.T) {
	for _, title := range []string{"a\xffb", "a\ufffdb", "\u2028<&>", "\x00"} {
		text, err := json.Marshal(Sidecar{Title: title, SHA256: strings.Repeat("0", 64), Released: stat.MustDate("2026-01-01")})
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, new(Sidecar)); err != nil {
			t.Errorf("%q: %v", title, err)
		}
	}
}
