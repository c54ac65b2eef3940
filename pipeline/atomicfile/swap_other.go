//go:build !linux

package atomicfile

import (
	"errors"
	"os"
)

// SwapDir makes the folder staged take the place of the folder live. Afterwards
// staged is gone. The caller has synced what is in it.
func SwapDir(staged, live string) error {
	if _, err := os.Lstat(live); errors.Is(err, os.ErrNotExist) {
		return rename(staged, live)
	}
	return swapByTwoRenames(staged, live)
}
