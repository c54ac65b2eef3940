package table

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// TestOneBound checks that decode and stat have the same bound for a count; decode cannot import
// stat.
func TestOneBound(t *testing.T) {
	if decode.MaxCount != stat.MaxCount {
		t.Errorf("decode reads counts up to %d, an observation has up to %d", decode.MaxCount, stat.MaxCount)
	}
}
