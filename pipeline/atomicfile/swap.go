package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// setAside is where swapByTwoRenames puts the old folder for a moment. It does
// not begin with TempPrefix: until the new folder is in place it must not be
// swept.
const setAside = ".previous-"

func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(to))
}

// swapByTwoRenames is SwapDir where the system has no exchange. Between its two
// renames nothing stands at live; Recover mends that after a kill.
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

// Recover puts the old folder back where a kill in the middle of a swap left
// none. The caller must hold the lock.
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
