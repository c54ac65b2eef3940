package atomicfile

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// SwapDir replaces the folder live with the folder staged, in one step if live exists and the file
// system can exchange them. Afterwards staged is gone. The caller must have synced its content.
func SwapDir(staged, live string) error {
	if _, err := os.Lstat(live); errors.Is(err, os.ErrNotExist) {
		return rename(staged, live)
	}
	err := unix.Renameat2(unix.AT_FDCWD, staged, unix.AT_FDCWD, live, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return swapByTwoRenames(staged, live)
	}
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: staged, New: live, Err: err}
	}
	if err := SyncDir(filepath.Dir(live)); err != nil {
		return err
	}
	return os.RemoveAll(staged) // the old content, under the staged name
}
