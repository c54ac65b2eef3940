package engine

import (
	"sync"
	"sync/atomic"
)

// parallel calls do for each number below n, on the given number of workers. After an error it
// starts no more calls, and it returns the error of the lowest number that failed.
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

// zeros returns n zeros that have been written to. A page of new memory that is read before it is
// written faults twice, and the second fault interrupts the other workers: this took a fourteenth
// of the time of a new day.
func zeros(n int) []int64 {
	s := make([]int64, n)
	clear(s)
	return s
}
