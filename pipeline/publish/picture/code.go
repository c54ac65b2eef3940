package picture

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/tetratelabs/wazero"

	"crossings/charts"
	"crossings/pipeline/atomicfile"
)

// compile compiles resvg, or takes the machine code that an earlier run kept in a folder. "" keeps nothing,
// and so does a folder that cannot be used: that costs two seconds and changes no picture.
func compile(ctx context.Context, folder string) (*resvg, error) {
	module, err := charts.Rasteriser()
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(maxPages)
	if keep := (codeFolder{folder}); keep.open() == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			r, err := compileWith(ctx, config.WithCompilationCache(cache), module)
			if err == nil {
				keep.seal() // without its seal the code is compiled again
				return r, nil
			}
		}
	}
	return compileWith(ctx, config, module)
}

func compileWith(ctx context.Context, config wazero.RuntimeConfig, module []byte) (*resvg, error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, config)
	if err := hostModule(ctx, runtime); err != nil {
		return nil, err
	}
	code, err := runtime.CompileModule(ctx, module)
	if err != nil {
		return nil, fmt.Errorf("compile resvg: %w", err)
	}
	return &resvg{runtime, code}, nil
}

// ownFolder returns the folder for machine code: in the user's cache and not in the data folder, which may
// come from somebody else. It is "" if the user has no cache, or if the program does not know the version of
// the compiler, as in tests: it could then run the code of another one.
func ownFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil || !strings.Contains(modules(), compiler+"@v") {
		return ""
	}
	return filepath.Join(dir, "crossings")
}

// compiler is the module that compiles. It keeps code by its own version, which it takes from the program.
const compiler = "github.com/tetratelabs/wazero"

// codeFolder keeps machine code. Each file there has a seal, a file with its SHA-256.
type codeFolder struct{ dir string }

const sealSuffix = ".sha256"

// errFolder means that machine code from a folder must not be run.
var errFolder = errors.New("the folder is open to others")

// open makes the folder, and removes the files whose seal is missing or wrong: they are damaged. The error
// is errFolder if anyone but the user may write there.
func (c codeFolder) open() error {
	if c.dir == "" {
		return fs.ErrNotExist
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	info, err := os.Lstat(c.dir)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || info.Mode().Perm()&0o077 != 0 || int(owner.Uid) != os.Getuid() {
		return errFolder
	}
	return c.each(func(path, hash string) error {
		if seal, err := os.ReadFile(path + sealSuffix); err == nil && string(seal) == hash {
			return nil
		}
		if err := os.Remove(path + sealSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return os.Remove(path)
	})
}

// seal writes the seals that are missing.
func (c codeFolder) seal() error {
	return c.each(func(path, hash string) error {
		if _, err := os.Lstat(path + sealSuffix); err == nil {
			return nil
		}
		return atomicfile.Write(path+sealSuffix, []byte(hash))
	})
}

// each calls do for each file of machine code with its SHA-256.
func (c codeFolder) each(do func(path, hash string) error) error {
	return filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, sealSuffix) {
			return err
		}
		_, hash, err := atomicfile.Hash(path)
		if err != nil {
			return err
		}
		return do(path, hash)
	})
}
