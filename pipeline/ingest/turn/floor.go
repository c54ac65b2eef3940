package turn

import "sync"

// Floor lets one source at a time use the session of a run. Only requests to publishers go on without it.
type Floor struct{ mu sync.Mutex }

// Take waits for the floor.
func (f *Floor) Take() { f.mu.Lock() }

// Give gives the floor to another source.
func (f *Floor) Give() { f.mu.Unlock() }

// Aside runs a request that does not touch the session, while other sources have the floor. The caller
// has it, and gets it back.
func (f *Floor) Aside(request func()) {
	f.Give()
	defer f.Take()
	request()
}
