//go:build !linux

package atomicfile

import (
	"errors"
	"os"
)

// SwapDir replaces the folder live with the folder staged. Afterwards staged is gone. The caller
// must have synced its content.
func SwapDir(staged, live string) error {
	if _, err := os.Lstat(live); errors.Is(err, os.ErrNotExist) {
		return rename(staged, live)
	}
	return swapByTwoRenames(staged, live)
}
