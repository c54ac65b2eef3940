//go:build unix

package pipeline_test

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"crossings/pipeline/publish"
)

// TestFilesAreForAllToRead looks at every file and folder that runs leave: 0644 and
// 0755 under the umask that the units set, so that another user's web server can show
// them and nobody but the owner can change them. The lock is the owner's alone, and so
// is the folder of a site that waits for its time.
func TestFilesAreForAllToRead(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	dir := t.TempDir()
	cfg := aNight(t, dir)
	if _, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	private := map[string]fs.FileMode{filepath.Join(dir, "out", ".lock"): 0o600, filepath.Join(dir, "out", "embargo"): 0o700 | fs.ModeDir}
	seen := map[fs.FileMode]int{}
	for _, part := range []string{"raw", "out"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			want, special := private[path]
			switch {
			case special:
				delete(private, path)
			case d.IsDir():
				want = 0o755 | fs.ModeDir
			default:
				want = 0o644
			}
			if info.Mode() != want {
				t.Errorf("%s is %v, want %v", path, info.Mode(), want)
			}
			seen[want]++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(private) > 0 || seen[0o644] < 100 {
		t.Errorf("not seen: %v; %d files", private, seen[0o644])
	}
}
