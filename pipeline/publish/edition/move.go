package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition/store"
)

// fileOf describes a file.
func fileOf(name string, data []byte) store.File {
	sum := sha256.Sum256(data)
	return store.File{Name: name, Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
}

// Move puts editions that have a folder into the store, oldest first, and removes the folder once every
// file was read again from the store. A run that is killed leaves each edition in its folder, in the
// store, or in both; the next one goes on.
func (a Archive) Move() error {
	entries, err := os.ReadDir(a.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if !anyFolder(entries) {
		return nil
	}
	s, all, err := a.holding()
	if err != nil {
		return err
	}
	for _, h := range all {
		folder := filepath.Join(a.dir, h.version.String())
		if _, err := os.Lstat(folder); errors.Is(err, os.ErrNotExist) {
			continue
		}
		for _, p := range s.Packs() {
			if p.Name == h.version.String() {
				h.pack = p
			}
		}
		if err := a.move(s, h, folder); err != nil {
			return fmt.Errorf("edition %s: %w", h.version, err)
		}
	}
	return nil
}

func anyFolder(entries []os.DirEntry) bool {
	for _, e := range entries {
		if _, err := ParseVersion(e.Name()); err == nil && e.IsDir() {
			return true
		}
	}
	return false
}

// move puts one edition into the store, unless it is there.
func (a Archive) move(s *store.Store, h held, folder string) error {
	m, text, err := a.inFolder(h)
	if err != nil {
		return err
	}
	if h.pack.Number == 0 {
		if h.pack, err = a.keep(s, m, text, folder); err != nil {
			return err
		}
	}
	fresh, err := store.Open(a.dir) // reads what is on disk
	if err != nil {
		return err
	}
	k, err := a.open(fresh, h)
	if err != nil {
		return err
	}
	if !bytes.Equal(k.text, text) {
		return fmt.Errorf("%w: %s has another manifest", ErrDamaged, h.pack.File())
	}
	for _, f := range m.Files {
		if err := k.write(io.Discard, f.Name); err != nil {
			return err
		}
	}
	// The folder gets a temporary name first, so that half of it is never taken for an edition.
	going := filepath.Join(a.dir, atomicfile.TempPrefix+h.version.String())
	if err := errors.Join(os.RemoveAll(going), os.Rename(folder, going), atomicfile.SyncDir(a.dir)); err != nil {
		return err
	}
	return os.RemoveAll(going)
}
