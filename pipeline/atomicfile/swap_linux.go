package atomicfile

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// SwapDir makes the folder staged take the place of the folder live, in one
// step where both exist and the file system can exchange them. Afterwards
// staged is gone. The caller has synced what is in it.
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
