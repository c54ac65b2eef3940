package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Modes of what the store writes, before the umask.
const (
	fileMode   = 0o644
	folderMode = 0o755
)

// folder is a folder on the disk. Nothing outside it is reached, not even through links.
type folder struct {
	*os.Root
}

// makeDir creates the folder of a source and syncs it.
func (f folder) makeDir(name string) error {
	err := f.Mkdir(name, folderMode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.sync(".")
}

// writeFile creates a file and syncs it.
func (f folder) writeFile(name string, data []byte) error {
	file, err := f.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// sync syncs the entries of a folder.
func (f folder) sync(name string) error {
	dir, err := f.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// open opens a regular file. A link, a pipe or anything else is an error.
func (f folder) open(name string) (*os.File, int64, error) {
	info, err := f.Lstat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("not a regular file")
	}
	file, err := f.Open(name)
	return file, info.Size(), err
}

// readFile returns a file's bytes, at most max.
func (f folder) readFile(name string, max int64) ([]byte, error) {
	file, size, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if size > max {
		return nil, fmt.Errorf("%w: %d bytes, at most %d accepted", ErrTooLarge, size, max)
	}
	return io.ReadAll(io.LimitReader(file, size))
}
