package table

import (
	block "github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// window is how far back a page may refer to its own bytes. Few pages are larger.
const window = 1 << 20

// smallCodec is zstd in little memory: an encoder of the library's codec takes 20 MiB, most of it for
// a window of 8 MiB, and is made again after each collection of garbage. Ours are kept, as many as
// idle has room for.
type smallCodec struct {
	zstd.Codec
	idle chan *block.Encoder
}

func newCodec() *smallCodec {
	return &smallCodec{Codec: zstd.Codec{Level: zstd.SpeedBetterCompression}, idle: make(chan *block.Encoder, 2)}
}

// Encode compresses a page.
func (c *smallCodec) Encode(dst, src []byte) ([]byte, error) {
	var e *block.Encoder
	select {
	case e = <-c.idle:
	default:
		var err error
		e, err = block.NewWriter(nil, block.WithEncoderLevel(c.Level), block.WithEncoderConcurrency(1), block.WithZeroFrames(true),
			block.WithEncoderCRC(false), block.WithWindowSize(window), block.WithLowerEncoderMem(true))
		if err != nil {
			return nil, err
		}
	}
	out := e.EncodeAll(src, dst[:0])
	select {
	case c.idle <- e:
	default:
	}
	return out, nil
}
