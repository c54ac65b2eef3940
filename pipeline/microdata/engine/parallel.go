package engine

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

// zeros returns n zeros that were written to. A page of new memory that is read before it is written to is faulted in
// twice, and the second time interrupts the other workers: a fourteenth of the samples of a new day.
func zeros(n int) []int64 {
	s := make([]int64, n)
	clear(s)
	return s
}
