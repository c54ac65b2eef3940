package event

import (
	"sync"
	"sync/atomic"
)

// parallel calls do for each number below n on so many workers. It returns the
// error of the least number of those that failed; the first error stops the
// rest from being begun.
func parallel(workers, n int, do func(worker, i int) error) error {
	var next, failed atomic.Int64
	var mu sync.Mutex
	var first error
	failed.Store(int64(n))
	var wg sync.WaitGroup
	for worker := range min(workers, n) {
		wg.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= failed.Load() {
					return
				}
				if err := do(worker, int(i)); err != nil {
					mu.Lock()
					if i < failed.Load() {
						failed.Store(i)
						first = err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return first
}
