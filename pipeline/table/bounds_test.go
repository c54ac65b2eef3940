package table

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// TestOneBound holds that the readers and the domain bound a count alike: the
// reader's package knows nothing of the domain.
func TestOneBound(t *testing.T) {
	if decode.MaxCount != stat.MaxCount {
		t.Errorf("decode reads counts up to %d, an observation has up to %d", decode.MaxCount, stat.MaxCount)
	}
}
