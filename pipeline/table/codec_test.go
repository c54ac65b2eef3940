package table

import (
	"bytes"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestARowGroupOfTheLakeIsBounded: what is written of a large release is held one row group at a time.
func TestARowGroupOfTheLakeIsBounded(t *testing.T) {
	var b bytes.Buffer
	if err := daily(1, maxGroup+1).Parquet(&b); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if g := f.Metadata().RowGroups; len(g) != 2 || g[0].NumRows != maxGroup {
		t.Errorf("%d groups", len(g))
	}
}

// TestTheCodecReadsWhatItWrites also a page of more than its window, and with an encoder used before.
func TestTheCodecReadsWhatItWrites(t *testing.T) {
	c := newCodec()
	for _, n := range []int{0, 1, 300, 2*window + 5, 300} {
		page := bytes.Repeat([]byte("Data_Ret_D02!G12 "), n/17+1)[:n]
		packed, err := c.Encode(nil, page)
		if err != nil {
			t.Fatal(err)
		}
		if n > 1000 && len(packed) > n/10 {
			t.Errorf("%d bytes became %d", n, len(packed))
		}
		got, err := c.Decode(nil, packed)
		if err != nil || !bytes.Equal(got, page) {
			t.Errorf("%d bytes came back as %d, error %v", n, len(got), err)
		}
	}
}
