package picture

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/atomicfile"
)

// keptCode returns the one file of machine code in a folder.
func keptCode(t *testing.T, dir string) string {
	t.Helper()
	var found []string
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, sealSuffix) {
			found = append(found, path)
		}
		return err
	}); err != nil || len(found) != 1 {
		t.Fatalf("machine code: %v, %v", found, err)
	}
	return found[0]
}

// TestMachineCodeIsKept compiles resvg into a folder, and changes the file there in each way that a disk
// may: the next run must not run what it finds.
func TestMachineCodeIsKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "code")
	ctx := context.Background()
	if _, err := compile(ctx, dir); err != nil {
		t.Fatal(err)
	}
	file := keptCode(t, dir)
	was, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	_, hash, err := atomicfile.Hash(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := compile(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if now, err := os.Stat(file); err != nil || !os.SameFile(was, now) {
		t.Errorf("the code was compiled again: %v", err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 40, len(data) / 2, len(data) - 1} {
		data[at] ^= 4
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		data[at] ^= 4
		if err := (codeFolder{dir}).open(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("byte %d was changed, and the code is still there: %v", at, err)
		}
	}
	if _, err := compile(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if _, again, err := atomicfile.Hash(file); err != nil || again != hash {
		t.Errorf("compiled again the code differs: %v", err)
	}
	if seal, err := os.ReadFile(file + sealSuffix); err != nil || string(seal) != hash {
		t.Errorf("the seal is %q, %v", seal, err)
	}
}

// TestMachineCodeOfOthersIsNotRun refuses folders that others may write to, or read through a link.
func TestMachineCodeOfOthersIsNotRun(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(dir string) error{
		"open":   func(dir string) error { return errors.Join(os.Mkdir(dir, 0o700), os.Chmod(dir, 0o770)) },
		"a link": func(dir string) error { return os.Symlink(t.TempDir(), dir) },
	} {
		dir := filepath.Join(t.TempDir(), "code")
		if err := make(dir); err != nil {
			t.Fatal(err)
		}
		if err := (codeFolder{dir}).open(); !errors.Is(err, errFolder) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (codeFolder{}).open(); err == nil {
		t.Error("no folder is a folder")
	}
}

// TestCodeOfAnUnknownCompilerIsNotKept relies on test programs not knowing the versions of their modules. If
// they come to know them, the folder must have a name.
func TestCodeOfAnUnknownCompilerIsNotKept(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	known := strings.Contains(modules(), compiler+"@v")
	if dir := ownFolder(); (dir != "") != known {
		t.Errorf("folder %q; the version of the compiler is known: %t", dir, known)
	}
}
