package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// setAside begins the name under which swapByTwoRenames keeps the old folder for a moment. It
// differs from TempPrefix, because the old folder must not be swept until the new one has its name.
const setAside = ".previous-"

func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(to))
}

// swapByTwoRenames is SwapDir for systems that cannot exchange two names. Between its two renames
// live does not exist; after a kill, Recover repairs that.
func swapByTwoRenames(staged, live string) error {
	old := filepath.Join(filepath.Dir(live), setAside+filepath.Base(live))
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(live, old); err != nil {
		return err
	}
	if err := rename(staged, live); err != nil {
		return errors.Join(err, os.Rename(old, live))
	}
	return os.RemoveAll(old)
}

// Recover restores the old folder if a kill in the middle of a swap left none. The caller must hold
// the lock.
func Recover(live string) error {
	old := filepath.Join(filepath.Dir(live), setAside+filepath.Base(live))
	if _, err := os.Lstat(old); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(live); errors.Is(err, os.ErrNotExist) {
		return rename(old, live)
	}
	return os.RemoveAll(old)
}
