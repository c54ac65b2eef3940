package engine

import (
	"os"
	"sync"
)

// place locates bytes in a store.
type place struct {
	at int64
	n  int
}

// store keeps parsed rows until they are needed: in memory up to a budget, then in a file. The file
// is unlinked at once, so that a killed run leaves nothing behind.
type store struct {
	mu     sync.Mutex
	budget int64
	kept   [][]byte // by the number at the start of a place
	file   *os.File
	end    int64
	dir    string
}

// An offset into kept memory is stored as -((number+1) << keptShift) plus the offset.
const keptShift = 32

func newStore(dir string, budget int64) *store { return &store{dir: dir, budget: budget} }

// put copies b into the store and returns its offset.
func (s *store) put(b []byte) (int64, error) {
	s.mu.Lock()
	if s.budget >= int64(len(b)) {
		s.budget -= int64(len(b))
		i := len(s.kept)
		s.kept = append(s.kept, nil)
		s.mu.Unlock()
		kept := append(make([]byte, 0, len(b)), b...)
		s.mu.Lock()
		s.kept[i] = kept
		s.mu.Unlock()
		return -int64(i+1) << keptShift, nil
	}
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "spill-*")
		if err != nil {
			s.mu.Unlock()
			return 0, err
		}
		s.file = f
		os.Remove(f.Name())
	}
	at := s.end
	s.end += int64(len(b))
	s.mu.Unlock()
	_, err := s.file.WriteAt(b, at)
	return at, err
}

// get returns n bytes from at: a slice of the kept memory, or buf filled from the file. The caller
// must not change them.
func (s *store) get(at int64, n int, buf []byte) ([]byte, error) {
	if at < 0 {
		i := -(at >> keptShift) - 1
		off := at & (1<<keptShift - 1)
		return s.kept[i][off : off+int64(n)], nil
	}
	if cap(buf) < n {
		buf = make([]byte, n+n/4)
	}
	buf = buf[:n]
	_, err := s.file.ReadAt(buf, at)
	return buf, err
}

// close releases everything.
func (s *store) close() {
	s.kept = nil
	if s.file != nil {
		s.file.Close()
		s.file = nil
	}
}
