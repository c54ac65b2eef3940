//go:build soak

package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestAThousandEditions keeps a thousand nights of 21 changed rows and one new. The last hundred must cost no
// more than 1.3 times what the second hundred did. Then it reads editions from all over the store.
func TestAThousandEditions(t *testing.T) {
	const count, rows = 1000, 6000
	dir := t.TempDir()
	list, r := rowsOf(rows), rand.New(rand.NewPCG(9, 10))
	want := map[int]night{}
	var sizes []int64
	var took []time.Duration
	for i := range count {
		if i > 0 {
			change(list, r, 21)
			list = slices.Insert(list, r.IntN(len(list)), fmt.Sprintf("new,%d", i))
		}
		n := nightOf(t, list, fmt.Sprint(i))
		began := time.Now()
		p := add(t, dir, fmt.Sprintf("1.%d.0", i), n)
		took = append(took, time.Since(began))
		size, err := open(t, dir).Size(p)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, size)
		if i%97 == 0 || i == count-1 {
			want[i] = n
		}
	}
	sum := func(list []int64) (n int64) {
		for _, x := range list {
			n += x
		}
		return n
	}
	early, late := sum(sizes[100:200])/100, sum(sizes[900:])/100
	slices.Sort(took[100:200])
	slices.Sort(took[900:])
	t.Logf("the first takes %d bytes, editions 100 to 199 %d each, the last hundred %d each, all of them %d; keeping one takes %s, and %s at the end",
		sizes[0], early, late, sum(sizes), took[150], took[950])
	if late*10 > early*13 {
		t.Errorf("the last hundred take %d bytes each, and the second hundred %d", late, early)
	}
	s := open(t, dir)
	for i, n := range want {
		if got, err := read(s, s.Packs()[i]); err != nil || !sameNight(got, n) {
			t.Errorf("edition %d is not what was kept: %v", i, err)
		}
	}
}
